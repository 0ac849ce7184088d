"""Guidance: for a condition and how severe it is, what current guidelines name first, second, and against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from trellis.engine.node import FALSE, TRUE, Node, evaluate
from trellis.errors import Problem
from trellis.frozen import EMPTY
from trellis.kinds import condition as conditions
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Before, Field, Frozen, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Source, Text

Line = Literal["first", "second", "against"]
Severity = Literal["danger", "severe", "moderate", "mild", "any"]
LINES: tuple[Line, ...] = ("first", "second", "against")
SEVERITIES: tuple[Severity, ...] = ("danger", "severe", "moderate", "mild", "any")


class Treatment(Frozen):
    """A treatment that guidance names: an approach, or one that exists and is not held here.

    ``says``: when guidance names it, or why it speaks against it. ``action`` is read of what guidance is against: it
    is not offered (``stop``), or offered with this in mind (``caution``).
    """

    approach: str = ""
    not_held: Text | None = None
    says: Text | None = None
    action: Literal["stop", "caution"] = "caution"


def _named(given: Any) -> Any:
    return {"approach": given} if isinstance(given, str) else given


TreatmentOrId = Annotated[Treatment, Before(_named, also="string")]
"""An entry of a list: the id of an approach, or the whole of :class:`Treatment`."""


class Cell(Cited):
    """One cell of the table: for whom, and what guidance names for them.

    ``says``: what guidance says and who says so, in whole sentences. The lists are in the order of the source where it
    has one. ``together``: what is named first is offered side by side, not one in place of the other. ``asked: false``:
    no question tells whether the cell holds; it is printed, and never read for a person. ``severity`` says what comes
    first where several cells hold. ``gives_way_to``: cells that speak of the same illness in a life of its own, such as
    the time around a birth or a first episode; where one of them holds, this one is silent.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    treats: str
    severity: Severity
    whom: Text
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree = None
    asked: bool = True
    says: Text
    together: bool = False
    gives_way_to: tuple[str, ...] = ()
    first: tuple[TreatmentOrId, ...] = ()
    second: tuple[TreatmentOrId, ...] = ()
    against: tuple[TreatmentOrId, ...] = ()

    def names(self, line: Line) -> tuple[Treatment, ...]:
        """What stands in one of its three lists."""
        found: tuple[Treatment, ...] = getattr(self, line)
        return found


class Reach(Frozen):
    """What the table says of a treated condition: a cell for each step of a fact from one on, or why it has none.

    Where no fact tells how severe it is, ``fact`` is left out, and one cell is enough.
    """

    id: str
    fact: str = ""
    least: str = ""
    none: Text | None = None


def check_cell(where: str, cell: Cell, book: Book) -> None:
    """A cell names something that a source, which was read, says; and no other cell says the contrary of a person."""
    sources = [book.get("sources", ref.ref) for ref in cell.sources]
    if not any(isinstance(source, Source) and source.verified == "seen" for source in sources):
        book.wrong(where, f"[{cell.id}] cites no source that was seen.", "What cannot be read is not written.")
    if not cell.asked and (cell.when is not None or cell.applies):
        book.wrong(where, f"[{cell.id}] is asked of nobody and has a condition.", "Leave one of the two out.")
    if cell.asked and not cell.when:
        book.wrong(where, f"[{cell.id}] holds for everybody.", "Give it a condition, or write `asked: false`.")
    if not any(cell.names(line) for line in LINES):
        book.wrong(where, f"[{cell.id}] names nothing.", "Say what guidance names, or leave it out.")
    for line in LINES:
        for named in cell.names(line):
            _check_named(where, cell, named, line, book)
    for other in book.of("guidance", Cell):
        for approach in _contrary(cell, other):
            if cell.asked and other.asked and together(cell, other, book.facts):
                what = f"[{cell.id}] names [{approach}], and for the same person [{other.id}] is against it."
                book.wrong(where, what, "Take those whom the other speaks of out of the condition of one.")


def _check_named(where: str, cell: Cell, named: Treatment, line: Line, book: Book) -> None:
    if bool(named.approach) == (named.not_held is not None):
        what = f"[{cell.id}] has an entry in [{line}] that is neither an approach nor one not held, or both."
        book.wrong(where, what, "Write the id of an approach, or {not_held: {en: …, es: …}}.")
    if line == "against" and named.says is None:
        book.wrong(where, f"[{cell.id}] does not say why guidance is against an entry.", "Give it `says`.")
    if line != "against" and named.action != "caution":
        book.wrong(where, f"[{cell.id}] has an action in [{line}].", "Only what guidance is against has one.")


def _contrary(cell: Cell, other: Cell) -> Iterator[str]:
    """Approaches that one cell names first or second and the other is against."""
    against = {named.approach for named in other.against if named.approach}
    yield from (named.approach for named in (*cell.first, *cell.second) if named.approach in against)


def together(one: Cell, other: Cell, facts: Mapping[str, Any]) -> bool:
    """Whether there can be a person of whom both cells hold."""
    for factor in set(one.applies) & set(other.applies):
        if not set(one.applies[factor]) & set(other.applies[factor]):
            return False
    return possible([one.when, other.when], facts)


def possible(whens: list[Any], facts: Mapping[str, Any]) -> bool:
    """Whether facts can be such that all these conditions hold. Conditions that cannot be read are told elsewhere."""
    found: list[Problem] = []
    parsed = conditions.Branch("all", tuple(conditions.parse(when, facts, "", found) for when in whens))
    if found:
        return False
    read = conditions.facts_read(parsed)
    node = conditions.compile_condition(parsed, {name: place for place, name in enumerate(read)})
    tops = [facts[name].top for name in read]
    return _somewhere(node, [0] * len(tops), tops, 0)


def _somewhere(node: Node, low: list[int], high: list[int], place: int) -> bool:
    value = evaluate(node, low, high)
    if value in (FALSE, TRUE) or place == len(low):
        return bool(value == TRUE)
    for rank in range(low[place], high[place] + 1):
        at = [*low[:place], rank, *low[place + 1 :]], [*high[:place], rank, *high[place + 1 :]]
        if _somewhere(node, *at, place + 1):
            return True
    return False


def check_guided(where: str, guided: Reach, book: Book) -> None:
    """A treated condition has a cell for each step of its fact, or the table says why it has none."""
    cells = [cell for cell in book.of("guidance", Cell) if cell.treats == guided.id]
    if guided.none is not None:
        if cells:
            book.wrong(where, f"[{guided.id}] has cells and says that it has none.", "One of the two is wrong.")
        return
    if not cells:
        book.wrong(where, f"[{guided.id}] has no cell.", "Add one, or say why there is `none`.")
    if not guided.fact or guided.fact not in book.facts:
        return
    values = book.facts[guided.fact].values
    if guided.least not in values:
        book.wrong(where, f"[{guided.fact}] has no value [{guided.least}].", f"Its values are {', '.join(values)}.")
        return
    for step in values[values.index(guided.least) :]:
        at = {guided.fact: {"is": step}}
        if not any(cell.asked and possible([cell.when, at], book.facts) for cell in cells):
            book.wrong(where, f"[{guided.id}] has no cell for [{guided.fact}: {step}].", "Add one.")


KINDS = (
    Kind(
        "guidance",
        Cell,
        "what guidelines name first, second and against, for a condition and how severe it is",
        folder="guidance",
        refers={
            "treats": "treated_conditions",
            "first.approach": "approaches",
            "second.approach": "approaches",
            "against.approach": "approaches",
            "gives_way_to": "guidance",
        },
        public=("says", "whom", "against.says"),
        cited=True,
        condition="when",
        check=check_cell,
    ),
    Kind(
        "guided",
        Reach,
        "for which steps of a treated condition that table has cells",
        folder="guidance",
        refers={"id": "treated_conditions", "fact": "facts"},
        check=check_guided,
    ),
)
