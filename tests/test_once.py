"""What is worked out when it is first asked for: once, by one thread, however many ask at the same moment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Barrier, Thread
from time import sleep
from typing import TypeVar

import pytest

import trellis
from tests.library.tiny import tiny
from tests.support import AS_OF, shipped
from trellis import once as module
from trellis.library.knowledge import Knowledge, once_per_knowledge
from trellis.once import first_time, once

T = TypeVar("T")
THREADS = 8


def at_once(work: Callable[[], T]) -> list[T]:
    """What each of several threads gets when all begin at the same moment; what one raises is raised."""
    barrier = Barrier(THREADS)
    found: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        barrier.wait()
        try:
            found.append(work())
        except BaseException as error:
            raised.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [Thread(target=run) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    if raised:
        raise raised[0]
    return found


class Counted:
    worked = 0

    @once
    def slow(self) -> object:
        """Work that takes a while."""
        self.worked += 1
        sleep(0.02)
        return object()


def test_an_attribute_is_worked_out_by_one_thread_and_kept() -> None:
    counted = Counted()
    assert len(set(at_once(lambda: counted.slow))) == 1
    assert counted.worked == 1
    assert Counted.slow.__doc__ == "Work that takes a while."


def test_what_is_worked_out_once_a_knowledge_is_worked_out_by_one_thread() -> None:
    worked: list[Knowledge] = []

    @once_per_knowledge
    def slow(kb: Knowledge) -> object:
        worked.append(kb)
        sleep(0.02)
        return object()

    assert len(set(at_once(lambda: slow(tiny())))) == 1
    assert worked == [tiny()]


def test_threads_that_first_read_the_instruments_together_get_the_same_and_no_error() -> None:
    kb = trellis.load()
    found = at_once(lambda: kb.instruments)
    assert all(one is found[0] for one in found)
    assert found[0] == shipped().instruments


def test_threads_with_a_fresh_knowledge_decide_and_ask_alike() -> None:
    kb = trellis.load()

    def work() -> tuple[object, ...]:
        rec = trellis.decide(kb, {"focus": "both", "age": "adult"}, as_of=AS_OF)
        question = trellis.next_question(kb, {}, as_of=AS_OF)
        return rec.to_json(), question, len(kb.approaches), kb.service_masks

    found = at_once(work)
    assert all(one == found[0] for one in found)
    assert found[0][0] == trellis.decide(shipped(), {"focus": "both", "age": "adult"}, as_of=AS_OF).to_json()


def test_threads_that_read_one_result_together_see_the_same() -> None:
    rec = trellis.decide(trellis.load(), {"harm.danger_now": "yes"}, as_of=AS_OF)
    found = at_once(lambda: (rec.to_json(), hash(rec), str(rec)))
    assert all(one == found[0] for one in found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_forked_while_another_thread_works_does_not_wait_for_it() -> None:
    held, done = Barrier(2), Barrier(2)

    def hold() -> None:
        with first_time():
            held.wait()
            done.wait()

    thread = Thread(target=hold)
    thread.start()
    held.wait()
    child = os.fork()
    if child == 0:  # pragma: no cover - it runs in another process
        os._exit(0 if module._lock.acquire(timeout=5) else 1)
    _, status = os.waitpid(child, 0)
    done.wait()
    thread.join()
    assert os.waitstatus_to_exitcode(status) == 0
