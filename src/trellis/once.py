"""What is worked out when it is first asked for, by one thread, and then kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")

_lock = RLock()


def first_time() -> RLock:
    """The lock that is held while something is worked out for the first time."""
    return _lock


def _renew() -> None:
    # A process forked while another thread held the lock would wait for ever: that thread is not in it.
    global _lock
    _lock = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)


class once(Generic[T]):  # noqa: N801 - read as a decorator, like property
    """An attribute worked out when first read and then kept.

    Like ``functools.cached_property``, which from Python 3.12 on lets several threads do the work at the same time.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        kept: dict[str, Any] = vars(instance)
        with first_time():
            if self.name not in kept:
                kept[self.name] = self.work(instance)
        found: T = kept[self.name]
        return found
