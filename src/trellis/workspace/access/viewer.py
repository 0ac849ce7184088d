"""Who asks, for as long as they ask. Where nobody does, nothing is read and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in, in one organisation.

    Args:
        account: the number of their account.
        membership: the number of their membership of the organisation.
        organisation: the number of the organisation.
        role: what they are there, one of :class:`trellis.workspace.access.rules.Role`.
        why: what they said they need it for, where that was asked.
    """

    account: int
    membership: int
    organisation: int
    role: str
    why: str = ""

    @property
    def acting(self) -> str:
        """As the audit writes it."""
        return self.role


@dataclass(frozen=True)
class Upkeep:
    """The program itself: a command of the administrator, or something before anybody is signed in.

    Args:
        reason: what for; the audit writes it down.
        organisation: the number of the one organisation it is about, or None.
    """

    reason: str
    organisation: int | None = None

    account: None = None
    membership: None = None
    role: str = "upkeep"

    @property
    def acting(self) -> str:
        """As the audit writes it."""
        return "upkeep"

    @property
    def why(self) -> str:
        """What for."""
        return self.reason


@dataclass(frozen=True)
class Visitor:
    """Somebody of whom nothing is known yet: who signs in, or opened a link. No row of the table of rules is theirs.

    Args:
        account: the number of their account, once they are signed in and before they are in an organisation.
    """

    account: int | None = None

    membership: None = None
    organisation: None = None
    role: str = "visitor"
    why: str = ""

    @property
    def acting(self) -> str:
        """As the audit writes it."""
        return self.role


Asking = Viewer | Upkeep | Visitor
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


class NobodyAsks(RuntimeError):  # noqa: N818 - a sentence, as where it is raised
    """A query about people was made where nobody is known to ask. Use :func:`acting_as` or :func:`upkeep`."""


def asking() -> Asking:
    """Who asks now. Raises :class:`NobodyAsks` where that is not known."""
    who = _asking.get()
    if who is None:
        raise NobodyAsks("Nobody is known to ask: nothing about people is read or written.")
    return who


def viewing() -> Viewer:
    """Who asks now, where that is a member of an organisation. Raises :class:`NobodyAsks`."""
    who = asking()
    if not isinstance(who, Viewer):
        raise NobodyAsks("Nobody of an organisation asks here.")
    return who


def asking_or_none() -> Asking | None:
    """Who asks now, or None."""
    return _asking.get()


@contextmanager
def acting_as(who: Asking) -> Iterator[Asking]:
    """All that is read and written inside is read and written by them.

    >>> with acting_as(Viewer(1, 1, 1, "clinician")):
    ...     asking().role
    'clinician'
    """
    token = _asking.set(who)
    try:
        yield who
    finally:
        _asking.reset(token)


@contextmanager
def upkeep(reason: str, organisation: int | None = None) -> Iterator[Asking]:
    """The program itself acts: for one query, with a reason that the audit writes down."""
    with acting_as(Upkeep(reason, organisation)) as who:
        yield who
