"""Moments that many people meet on the way: what one can do then, in parts, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, Frozen, FrozenMap
from trellis.kinds.text import Cited, Claim, Text, TextList


class MomentPart(Frozen):
    """A part of it: a heading, and what is said below. The parts stand in the order of their urgency."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    says: tuple[Claim, ...] = Field(min_length=1)


class Call(Frozen):
    """A call that helps: whom one calls, and words to say. They are ours, and claim nothing."""

    to: Text
    says: Text


class Moment(Cited):
    """A moment: what happened, what one can do today, whom to call with which words, and what to ask.

    ``order``: its place in the list of what is happening. ``lines``: who answers a call, told right after what comes
    first. ``note_for``: what a reader must know of the whole, such as that rules differ from place to place.
    ``brought_by``: the answers, each from a step on, after which the result leads to this page.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    order: int
    title: Text
    lead: Text
    note_for: Text
    lines: tuple[str, ...] = ()
    brought_by: FrozenMap[str, str] = EMPTY
    parts: tuple[MomentPart, ...] = Field(min_length=1)
    calls: tuple[Call, ...] = ()
    questions: TextList


def in_order(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    """The moments as a list of what is happening shows them.

    >>> import trellis
    >>> [moment.id for moment in in_order(trellis.load().of("moments").values())][:2]
    ['after_overdose', 'leaving']
    """
    return tuple(sorted(moments, key=lambda moment: moment.order))


def check_moment(where: str, entry: Any, book: Book) -> None:
    """Each claim has a ground, every source and step is known, and no part stands there twice."""
    moment: Moment = entry
    for name, step in moment.brought_by.items():
        fact = book.facts.get(name)
        if fact is not None and step not in [one.id for one in fact.scale]:
            steps = ", ".join(one.id for one in fact.scale)
            book.wrong(where, f"[{moment.id}] is brought by [{step}] of {name}.", f"Use one of: {steps}.")
    seen: set[str] = set()
    for part in moment.parts:
        if part.id in seen:
            book.wrong(where, f"[{moment.id}] has the part [{part.id}] twice.", "Keep one.")
        seen.add(part.id)
        for claim in part.says:
            if not claim.sources and not claim.verified:
                what = f"[{moment.id}] claims without ground in [{part.id}]: {claim.en[:50]}…"
                book.wrong(where, what, "Cite a source, or mark it as memory.")
            book.name(where, [source.ref for source in claim.sources], "sources")


KINDS = (
    Kind(
        "moments",
        Moment,
        "what one can do at a moment that many people meet, and what to ask",
        folder="moments",
        refers={"lines": "lines", "brought_by": "facts"},
        public=("title", "lead", "note_for", "parts.title", "parts.says", "calls.to", "calls.says", "questions"),
        cited=True,
        check=check_moment,
    ),
)
