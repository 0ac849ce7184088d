"""What is said before all else: right below an answer, and on top of a result whatever is chosen."""

from __future__ import annotations

from trellis.errors import did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Frozen, FrozenMap
from trellis.kinds.text import Cited, Spoken, TextList


class AtOnce(Cited):
    """What is said right below an answer, before anything else is asked.

    Args:
        tells: facts, each with the step from which it is said.
        left_open: facts of which it is said when somebody does not know, or would rather not say.
        says: warm and short; what to do comes first where something is to be done.
        inside: the same for somebody who is in a hospital or a program now, where the staff are nearest.
        custody: the same for somebody in jail or prison, who may have no telephone and cannot leave.
        lines: whom to reach.
    """

    id: str
    tells: FrozenMap[str, str] = EMPTY
    left_open: tuple[str, ...] = ()
    says: Spoken
    inside: Spoken
    custody: Spoken
    lines: tuple[str, ...] = ()
    reviewed_on: str


class InCustody(Frozen):
    """What is done in jail or prison in the place of what nobody can do there: ``says`` what, ``how`` to get it."""

    says: Spoken
    how: Spoken


class First(Cited):
    """A line that stands on top of a result, whatever somebody chooses: what saves a life, and how to get it.

    Args:
        needs: the needs that bring it.
        services: services for safety that bring it, whichever need asks for them.
        says: what to do.
        how: how to get it, and from whom.
        custody: both, for somebody in jail or prison now; left out where the same can be done there.
    """

    id: str
    needs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    says: Spoken
    how: Spoken
    custody: InCustody | None = None
    reviewed_on: str


class Inside(Cited):
    """A place whose staff are nearest, such as a hospital or a jail: how it is known, and what is done there in danger.

    Where two hold, the one that stands first counts.

    Args:
        tells: facts, each with the step from which it is so.
        asks: what is asked on the screen of help, where it is not known.
        staff: who looks there, in the place of those of an emergency room, as a name within a sentence.
        looks: that somebody there looks before care is chosen, and that one can ask for it.
        crisis: what stands on top of every screen and page on paper, where 911 and 988 cannot be reached.
        person: what to do, in the place of what sends somebody elsewhere; ``loved_one`` for somebody close.
    """

    id: str
    tells: FrozenMap[str, str]
    asks: Spoken
    staff: Spoken
    looks: Spoken
    crisis: Spoken | None = None
    person: TextList
    loved_one: TextList


def check_at_once(where: str, entry: AtOnce | Inside, book: Book) -> None:
    """The steps that it names must be on the scales of their facts; it must be said of something."""
    for name, step in entry.tells.items():
        if name in book.facts and step not in book.facts[name].values:
            near = did_you_mean(step, book.facts[name].values)
            book.wrong(where, f"[{name}] has no value [{step}].", near)
    if not entry.tells and not getattr(entry, "left_open", ()):
        book.wrong(where, "is said of nothing.", "Name facts below `tells:` or `left_open:`.")


def check_first(where: str, entry: First, book: Book) -> None:
    """Something must bring it."""
    if not entry.needs and not entry.services:
        book.wrong(where, "is brought by nothing.", "Name needs or services.")


KINDS = (
    Kind(
        "at_once",
        AtOnce,
        "what is said right below an answer",
        refers={"tells": "facts", "left_open": "facts", "lines": "lines"},
        public=("says", "inside", "custody"),
        dated=True,
        cited=True,
        check=check_at_once,
    ),
    Kind(
        "inside_now",
        Inside,
        "somebody who is in a hospital, a program, jail or prison now",
        refers={"tells": "facts"},
        public=("asks", "looks", "crisis", "person", "loved_one"),
        dated=True,
        check=check_at_once,
    ),
    Kind(
        "first",
        First,
        "what stands on top of a result, whatever is chosen",
        refers={"needs": "needs", "services": "services"},
        public=("says", "how", "custody.says", "custody.how"),
        dated=True,
        cited=True,
        check=check_first,
    ),
)
