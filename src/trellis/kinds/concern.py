"""What brings somebody: the concerns that a conversation opens with, and what each makes useful to ask."""

from __future__ import annotations

from typing import Any

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.need import Screen
from trellis.kinds.shape import Field, Frozen, FrozenMap
from trellis.kinds.text import Spoken


class Concern(Frozen):
    """What worries somebody most, in the words in which one says it.

    ``title``: the words, as somebody says them of themselves and of a person they care about. ``topics`` and
    ``facts``: what is asked about it, first and in any case. ``opens_with``: what is asked right after danger now,
    whether or not a setting depends on it, for what is said from there on does: where somebody is. ``tells``: the
    answers that the words give by themselves, so that they are not asked for once more. ``moment``: a page to act
    on today that belongs to it; ``close_moment``: that of somebody who cares about the person, where it is another.
    ``at_once``: what is said right below it. ``order``: its place in the list.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    order: int
    title: Spoken
    topics: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    opens_with: tuple[str, ...] = ()
    tells: FrozenMap[str, str] = EMPTY
    moment: str = ""
    close_moment: str = ""
    at_once: str = ""


class AlwaysAsked(Frozen):
    """What is asked whatever brings somebody, since a person may be in danger and not speak of it.

    ``first``: what is asked before anything about the concern. ``topics`` and ``facts``: what else is asked. ``opens``:
    what an answer makes useful to ask once it is not the best one.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    why: str
    first: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    opens: FrozenMap[str, tuple[str, ...]] = EMPTY


def check_topics(where: str, entry: Any, book: Book) -> None:
    """Each topic is one of the interview's, and something is asked."""
    topics = {screen.topic for screen in book.of("screens", Screen)} | {fact.domain for fact in book.facts.values()}
    for topic in entry.topics:
        if topic not in topics:
            book.wrong(
                where, f"[{entry.id}] asks about [{topic}], and no screen has this topic.", "Use one of screens.yaml."
            )
    if not entry.topics and not entry.facts:
        book.wrong(where, f"[{entry.id}] asks about nothing.", "Name topics or facts.")


def check_concern(where: str, entry: Any, book: Book) -> None:
    """As :func:`check_topics`; what the words tell is a step of the fact's scale."""
    check_topics(where, entry, book)
    for name, step in entry.tells.items():
        fact = book.facts.get(name)
        if fact is not None and step not in [one.id for one in fact.scale]:
            steps = ", ".join(one.id for one in fact.scale)
            book.wrong(where, f"[{entry.id}] tells [{step}] of {name}.", f"Use one of: {steps}.")


def check_always(where: str, entry: Any, book: Book) -> None:
    """As :func:`check_topics`; what an answer opens are facts."""
    check_topics(where, entry, book)
    for opened in entry.opens.values():
        book.name(where, opened, "facts")


KINDS = (
    Kind(
        "concerns",
        Concern,
        "what worries somebody most, and what is then asked first",
        refers={"facts": "facts", "opens_with": "facts", "tells": "facts", "at_once": "at_once"},
        public=("title",),
        check=check_concern,
    ),
    Kind(
        "always_asked",
        AlwaysAsked,
        "what is asked whatever brings somebody",
        refers={"first": "facts", "facts": "facts", "opens": "facts"},
        english=("why",),
        check=check_always,
    ),
)
