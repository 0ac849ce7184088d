"""Readings, kept as data: what somebody found right or wrong of each row of *worst alone*, and by which source.

A reading is of what came out. Where that changes, the row fails until it is read again; :func:`renewed` writes what
comes out now and marks such rows unread, with what was remarked of them before. What must never be holds whatever is
read: see :func:`breaches`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.frozen import thawed
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Day, Frozen
from trellis.library.knowledge import Knowledge
from trellis.library.strict_yaml import OF_CONTENT, read_strictly
from trellis.library.write_yaml import to_yaml
from trellis.prove.alone import AloneRow
from trellis.prove.outcome import Box, boxes, in_box

M = TypeVar("M", bound=Frozen)
ReadAs = Literal["right", "too high", "too low", "nobody sent", "too late", "too soon", "cheap", "unsure", "unread"]
Rule = Literal["left alone", "no help shown", "sooner than asked", "nobody asks"]
UNREAD = "unread"
NOT_CLINICIAN = "not clinically read"
OURS = "ours: "
"""Begins a source that is none: a rule of our own, said in words."""
WIDTH = 118


class HowRead(Frozen):
    """How a row was read.

    ``source`` is the id of a source, or begins with "ours: "; ``by`` is "not clinically read" until a clinician has.
    """

    verdict: ReadAs
    source: str = ""
    remark: str = ""
    on: Day = ""
    by: str = NOT_CLINICIAN


class ReadRow(Frozen):
    """A row of *worst alone* as it was read. ``who``: the contexts, as boxes; everybody who is asked when left out.

    ``breaks``: what must never be and is so today. It is taken out when it is mended.
    """

    alone: FrozenMap[str, str | int | float]
    who: tuple[FrozenMap[str, tuple[str, ...]], ...] = ()
    comes_out: FrozenMap[str, tuple[str, ...] | FrozenMap[str, int]]
    read: HowRead
    breaks: tuple[Rule, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The fact or number, and where it stands."""
        ((name, step),) = self.alone.items()
        return name, str(step)


class ReadEvaluation(Frozen):
    """What the sources of a need ask of an evaluation, beside what the need asks.

    ``asked``: the hours that a source names; ``no hours`` where it asks that somebody looks and names none, so that
    they are ours; ``nobody`` where no source asks that anybody looks.
    """

    need: str
    by: str
    within_hours: int
    asked: int | Literal["no hours", "nobody"]
    read: HowRead


class Readings(Frozen):
    """A file of readings. ``cannot_be_left_alone``: steps at which self-care alone is never said to be enough."""

    about: str
    cannot_be_left_alone: tuple[FrozenMap[str, str], ...] = ()
    evaluations: tuple[ReadEvaluation, ...] = ()
    rows: tuple[ReadRow, ...] = Field(default=())


@dataclass(frozen=True)
class NotAsRead:
    """Something that was not read so. ``kind`` is one word; ``row`` the row that it is about, if it is still there."""

    kind: Literal["changed", "unread", "new", "gone", "unsourced", "breach", "mended", "evaluation"]
    where: str
    what: str
    remedy: str
    row: AloneRow | None = None


def read_readings(path: Path) -> Readings:
    """Read a file of readings.

    Raises:
        AnswerError: there is no such file, or it is not of the form; it names every fault.
    """
    return read_file(path, Readings)


def read_file(path: Path, shape: type[M]) -> M:
    """Read a file of YAML that is of one shape.

    Raises:
        AnswerError: there is no such file, or it is not of the form; it names every fault.
    """
    from pydantic import ValidationError

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise AnswerError([Problem(str(path), "cannot be read.", "Give a file in UTF-8.")]) from None
    read = read_strictly(text, str(path), OF_CONTENT)
    if read.problems:
        raise AnswerError(read.problems)
    try:
        return shape.model_validate(read.documents[0] if read.documents else {})
    except ValidationError as error:
        raise AnswerError(
            [
                Problem(f"{path}: {'/'.join(str(step) for step in one['loc'])}", f"{one['msg'].lower()}.", "")
                for one in error.errors()
            ]
        ) from None


def compared(kb: Knowledge, rows: Sequence[AloneRow], readings: Readings) -> list[NotAsRead]:
    """Every row that came out otherwise than it was read, is not read, or breaks what must never be.

    Args:
        kb: the knowledge.
        rows: all rows of it, from :func:`trellis.prove.alone.alone`.
        readings: what was read.

    Returns:
        what differs, row by row, then what is no longer a row, then evaluations.
    """
    known = _by_context(kb, rows, readings)
    found: list[NotAsRead] = []
    for row in rows:
        found += _compared_row(kb, row, known.get((row.name, str(row.step)), {}))
    there = {(row.name, str(row.step)) for row in rows}
    for one in readings.rows:
        if one.key not in there:
            remedy = "Write the readings anew; what was remarked of it is shown by version control."
            found.append(NotAsRead("gone", _name(*one.key), "is no row any more.", remedy))
    found += _sourced(kb, readings)
    found += _breaches_compared(kb, rows, readings, known)
    found += _evaluations_compared(kb, readings)
    return found


Known = dict[tuple[str, str], dict[int, ReadRow]]


def _by_context(kb: Knowledge, rows: Iterable[AloneRow], readings: Readings) -> Known:
    """Per fact and step and context, how it was read."""
    among = {(row.name, str(row.step)): row.among for row in rows}
    found: Known = {}
    for one in readings.rows:
        meant = (
            frozenset.union(*(in_box(kb, box) for box in one.who)) if one.who else frozenset(range(len(kb.contexts)))
        )
        for number in meant & among.get(one.key, frozenset()):
            found.setdefault(one.key, {})[number] = one
    return found


def _compared_row(kb: Knowledge, row: AloneRow, known: Mapping[int, ReadRow]) -> Iterator[NotAsRead]:
    where = name_of(kb, row)
    new = [number for number in row.contexts if number not in known]
    if new:
        who = _words(boxes(kb, new, row.among))
        yield NotAsRead("new", where, f"has no reading ({who}).", "Write the readings anew, and read it.", row)
    for one in _unlike(known[number] for number in sorted(row.contexts) if number in known):
        differs = row.outcome.differs(one.comes_out)
        if differs:
            what = f"comes out otherwise than it was read: {'; '.join(differs)}."
            yield NotAsRead("changed", where, what, "Read it again: write the readings anew, then mark it.", row)
        elif one.read.verdict == UNREAD:
            yield NotAsRead("unread", where, "has not been read.", "Read it, and say what you find.", row)


def _unlike(several: Iterable[ReadRow]) -> list[ReadRow]:
    return list({id(one): one for one in several}.values())


def _sourced(kb: Knowledge, readings: Readings) -> Iterator[NotAsRead]:
    for where, read in (
        *((_name(*one.key), one.read) for one in readings.rows),
        *((one.need, one.read) for one in readings.evaluations),
    ):
        if read.verdict == UNREAD:
            continue
        known = read.source.startswith(OURS) or read.source in kb.sources
        if not known or not read.on or (read.verdict != "right" and not read.remark):
            near = did_you_mean(read.source, kb.sources) or f'Name a source, or begin with "{OURS.strip()}".'
            what = f"was read as [{read.verdict}] without a source [{read.source}], a day or a remark."
            yield NotAsRead("unsourced", where, what, near)


def breaches(kb: Knowledge, row: AloneRow, readings: Readings) -> set[Rule]:
    """What must never be and is so in a row.

    * ``left alone``: somebody who cannot feed, clothe or shelter themselves is told that self-care is enough;
    * ``no help shown``: a danger, from its ``danger_at`` on, shows no help;
    * ``sooner than asked``: somebody is to be seen sooner than any source asks;
    * ``nobody asks``: somebody is to be seen though no source asks for it.
    """
    found: set[Rule] = set()
    lowest = min(kb.packages.values(), key=lambda package: package.rank)
    if {row.name: row.step} in [dict(one) for one in readings.cannot_be_left_alone] and lowest.id in row.outcome.now:
        found.add("left alone")
    if _is_danger(kb, row) and not row.outcome.urgent:
        found.add("no help shown")
    asking = [one for one in readings.evaluations if one.need in row.outcome.needs]
    for who, hours in row.outcome.evaluate:
        sources = [one for one in asking if one.by == who]
        asked = [one.asked for one in sources if one.within_hours == hours]
        if sources and all(one.asked == "nobody" for one in sources):
            found.add("nobody asks")
        if asked and all(isinstance(one, int) and hours < one for one in asked):
            found.add("sooner than asked")
    return found


def _is_danger(kb: Knowledge, row: AloneRow) -> bool:
    fact = kb.facts.get(row.name)
    return fact is not None and fact.danger_rank is not None and fact.rank_of(str(row.step)) >= fact.danger_rank


def _breaches_compared(
    kb: Knowledge, rows: Iterable[AloneRow], readings: Readings, known: Known
) -> Iterator[NotAsRead]:
    for row in rows:
        broken = breaches(kb, row, readings)
        read = _unlike(
            one for number, one in known.get((row.name, str(row.step)), {}).items() if number in row.contexts
        )
        admitted = {rule for one in read for rule in one.breaks}
        for rule in sorted(broken - admitted):
            what = f"breaks what must never be: {rule}."
            yield NotAsRead("breach", name_of(kb, row), what, "Mend the rules; only a known fault may be kept.", row)
        for rule in sorted(admitted - broken):
            what = f"no longer breaks [{rule}]."
            yield NotAsRead("mended", name_of(kb, row), what, "Take it out of `breaks`.", row)


def _evaluations_compared(kb: Knowledge, readings: Readings) -> Iterator[NotAsRead]:
    read = {one.need: one for one in readings.evaluations}
    asking = {name: need.evaluate for name, need in kb.needs.items() if need.evaluate is not None}
    for name, evaluate in asking.items():
        one = read.get(name)
        if one is None or (one.by, one.within_hours) != (evaluate.by, evaluate.within_hours):
            was = f"it was read as {one.by} within {one.within_hours} h" if one else "it was not read"
            what = f"asks for {evaluate.by} within {evaluate.within_hours} h; {was}."
            yield NotAsRead("evaluation", name, what, "Say what its source asks, and read it.")
        elif one.read.verdict == UNREAD:
            yield NotAsRead("unread", name, "has an evaluation that has not been read.", "Say what its source asks.")
    for name in read:
        if name not in asking:
            yield NotAsRead("gone", name, "asks for no evaluation any more.", "Write the readings anew.")


def renewed(kb: Knowledge, rows: Sequence[AloneRow], readings: Readings) -> Readings:
    """The readings with what comes out now; rows that came out otherwise, or are new, are marked unread.

    Remarks are kept. Where two readings of a row differ though the same comes out, they stay apart.
    """
    known = _by_context(kb, rows, readings)
    written: list[ReadRow] = []
    for row in rows:
        groups: dict[int, tuple[ReadRow | None, list[int]]] = {}
        by_context = known.get((row.name, str(row.step)), {})
        for number in sorted(row.contexts):
            one = by_context.get(number)
            groups.setdefault(id(one), (one, []))[1].append(number)
        same = [one for one, _ in groups.values() if one is not None and not row.outcome.differs(one.comes_out)]
        for one, numbers in groups.values():
            if one is not None and one in same:
                written.append(_row(kb, row, numbers, one.read, one.breaks))
        other = [(one, numbers) for one, numbers in groups.values() if one is None or one not in same]
        if other:
            numbers = sorted(number for _, several in other for number in several)
            before = [one for one, _ in other if one is not None]
            written.append(_row(kb, row, numbers, _unread(before), ()))
    return readings.model_copy(
        update={"rows": tuple(written), "evaluations": tuple(_evaluations_renewed(kb, readings))}
    )


def _row(kb: Knowledge, row: AloneRow, numbers: list[int], read: HowRead, breaks: tuple[Rule, ...]) -> ReadRow:
    who = boxes(kb, numbers, row.among)
    return ReadRow.model_validate(
        {
            "alone": {row.name: row.step},
            "who": () if who == ({},) else who,
            "comes_out": row.outcome.to_plain(),
            "read": read.model_dump(),
            "breaks": breaks,
        }
    )


def _unread(before: Sequence[ReadRow]) -> HowRead:
    remarks = dict.fromkeys(_before(one.read) for one in before)
    source = before[0].read.source if before else ""
    return HowRead(verdict="unread", source=source, remark=" ".join(remark for remark in remarks if remark))


def _before(read: HowRead) -> str:
    if read.verdict == UNREAD:
        return read.remark
    return f"Before it changed ({read.on}): {read.verdict}. {read.remark}".strip()


def _evaluations_renewed(kb: Knowledge, readings: Readings) -> Iterator[ReadEvaluation]:
    read = {one.need: one for one in readings.evaluations}
    for name, need in kb.needs.items():
        if need.evaluate is None:
            continue
        by, hours, one = need.evaluate.by, need.evaluate.within_hours, read.get(name)
        if one is not None and (one.by, one.within_hours) == (by, hours):
            yield one
        else:
            before = _before(one.read) if one else ""
            yield ReadEvaluation(
                need=name, by=by, within_hours=hours, asked=one.asked if one else "no hours",
                read=HowRead(verdict="unread", source=one.read.source if one else "", remark=before),
            )  # fmt: skip


def counted(readings: Readings) -> dict[str, int]:
    """How many rows were read how, in the order of the verdicts.

    >>> counted(Readings(about="Nothing yet."))
    {}
    """
    counts = {verdict: sum(one.read.verdict == verdict for one in readings.rows) for verdict in get_args(ReadAs)}
    return {verdict: count for verdict, count in counts.items() if count}


def name_of(kb: Knowledge, row: AloneRow) -> str:
    """A row in short, such as ``harm.violence: threats (age: adolescent)``."""
    who = _words(row.where(kb))
    return _name(row.name, str(row.step)) + (f" ({who})" if who != EVERYBODY else "")


EVERYBODY = "everybody"


def _name(name: str, step: str) -> str:
    return f"{name}: {step}"


def _words(several: Iterable[Box]) -> str:
    return " or ".join("; ".join(f"{n}: {', '.join(v)}" for n, v in box.items()) or EVERYBODY for box in several)


def written(readings: Readings) -> str:
    """The readings as the text of a file, laid out to be read and edited by hand."""
    lines = ["about: >-", *_wrapped(readings.about, "  ")]
    lines += _list("cannot_be_left_alone", [[f"- {_flow(one)}"] for one in readings.cannot_be_left_alone])
    lines += _list("evaluations", [_evaluation_lines(one) for one in readings.evaluations])
    lines += _list("rows", [_row_lines(one) for one in readings.rows])
    return "\n".join(lines) + "\n"


def _list(key: str, entries: Iterable[list[str]]) -> list[str]:
    lines = [f"  {line}" for entry in entries for line in entry]
    return [f"{key}:", *lines] if lines else [f"{key}: []"]


def _evaluation_lines(one: ReadEvaluation) -> list[str]:
    fields = {"by": one.by, "within_hours": one.within_hours, "asked": one.asked}
    return [
        f"- need: {one.need}",
        *(f"  {name}: {_flow(value)}" for name, value in fields.items()),
        *_read_lines(one.read),
    ]


def _row_lines(row: ReadRow) -> list[str]:
    lines = [f"- alone: {_flow(row.alone)}"]
    if row.who:
        lines.append(f"  who: {_flow(row.who)}")
    outcome = f"  comes_out: {_flow(row.comes_out)}"
    if len(outcome) <= WIDTH:
        lines.append(outcome)
    else:
        lines += ["  comes_out:", *(f"    {part}: {_flow(value)}" for part, value in row.comes_out.items())]
    if row.breaks:
        lines.append(f"  breaks: {_flow(row.breaks)}")
    return lines + _read_lines(row.read)


def _read_lines(read: HowRead) -> list[str]:
    fields = {"verdict": read.verdict, "source": read.source, "on": read.on, "by": read.by}
    shown = ", ".join(f"{name}: {_flow(value)}" for name, value in fields.items() if value)
    if not read.remark:
        return [f"  read: {{{shown}}}"]
    return [
        "  read:",
        *(f"    {name}: {_flow(value)}" for name, value in fields.items() if value),
        "    remark: >-",
        *_wrapped(read.remark, "      "),
    ]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _flow(value: Any) -> str:
    """A value in one line of YAML."""
    return to_yaml([thawed(value)], flow=True).strip()[1:-1]


NONE_YET = Readings(about="What comes out for every fact and number alone. Not read yet.", rows=())
"""Where there is no file yet."""
