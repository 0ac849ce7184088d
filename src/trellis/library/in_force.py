"""Which rules hold on a day and in a place. What does not hold is off and in sight.

A need waits for its ``effective`` date when that is later than the date of the content itself; whatever is as old as
the content holds on every day, so that a decision for an earlier day, or a clock that is wrong, switches no safety off.
A place switches off legal and payment rules only, and only where it is known that the two places are different.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trellis.engine.artefact import Artefact
from trellis.kinds.need import Need
from trellis.once import first_time

if TYPE_CHECKING:
    from trellis.library.knowledge import Knowledge

EVERYWHERE = ("", "any")


def in_force(kb: Knowledge, as_of: date) -> Knowledge:
    """The knowledge as it holds on a day: needs whose date is still to come are off, and stand in ``off``.

    Most knowledge has no such needs and is given back as it is. Each set of dates is compiled once.

    Args:
        kb: the knowledge; one that this gave before is looked at anew, as a whole.
        as_of: the day.

    >>> from datetime import date
    >>> import trellis
    >>> kb = trellis.load()
    >>> in_force(kb, date(2026, 11, 24)) is kb
    True
    """
    whole = kb.whole or kb
    if not whole.waiting:
        return whole
    day = as_of.isoformat()
    later = {name: effective for name, effective in whole.waiting.items() if effective > day}
    if not later:
        return whole
    key = ("in force", frozenset(later))
    with first_time():
        if key not in whole._kept:
            off = dict(whole.off) | {name: f"in force from {effective}" for name, effective in later.items()}
            whole._kept[key] = replace(whole, artefact=without(whole.artefact, later), off=off, whole=whole)
        view: Knowledge = whole._kept[key]
    return view


def stages(kb: Knowledge) -> tuple[tuple[str, Knowledge], ...]:
    """The knowledge before, between and after the dates that its needs wait for, each with the day from which it holds.

    Without such needs it is itself, and the day is empty.
    """
    days = sorted(set(kb.waiting.values()))
    before = in_force(kb, date.min)
    return (("", before), *((f"from {day}", in_force(kb, date.fromisoformat(day))) for day in days))


def without(artefact: Artefact, names: Iterable[str]) -> Artefact:
    """The artefact with these needs off. They keep their places and apply in no context."""
    off = frozenset(names)
    needs = (replace(need, contexts=frozenset()) if need.id in off else need for need in artefact.needs)
    return replace(artefact, needs=tuple(needs)) if off else artefact


def waiting(needs: Iterable[Need], since: str) -> Mapping[str, str]:
    """The needs whose date is later than that of the content itself, each with its date."""
    return {need.id: need.effective for need in needs if need.effective > since}


def elsewhere(needs: Iterable[Need], place: str) -> Mapping[str, str]:
    """The legal and payment rules that do not hold in a place, each with why. A need for care is never among them."""
    return {
        need.id: f"a {need.basis} rule of {need.jurisdiction}"
        for need in needs
        if need.basis != "care" and not same_place(need.jurisdiction, place)
    }


def same_place(one: str, other: str) -> bool:
    """Whether two places may be the same: one of them is unknown or everywhere, or one lies within the other.

    >>> same_place("US", "US-OH"), same_place("us-oh", "US"), same_place("US", ""), same_place("US-OH", "US-TX")
    (True, True, True, False)
    """
    if one in EVERYWHERE or other in EVERYWHERE:
        return True
    left, right = one.upper().split("-"), other.upper().split("-")
    shared = min(len(left), len(right))
    return left[:shared] == right[:shared]
