"""All needs as rows to be read: when each holds, what it asks, who looks, on what ground, whether it was signed.

What leads to a text of danger stands first, the gravest first; the rest by dimension. The words of a condition are read
off the very condition that decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trellis.kinds.fact import Band, Derivation
from trellis.kinds.need import Need
from trellis.kinds.text import SourceRef
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import SHORTEST, digest_of, reviewers_asked
from trellis.library.titles import dimension_title
from trellis.say import Say
from trellis.say.outline import Clauses, condition_clauses, requirement_lines

WORDS_A_SECOND = 3
SECONDS_TO_WEIGH = 120
"""Two minutes to weigh a rule and look into a source. It is our guess; nobody has timed it."""


LONGEST_UNBROKEN = 200
"""A cell of so many words fits on a sheet together with the head. One that does not would leave the head away."""


@dataclass(frozen=True)
class NeedRow:
    """One need as it is read.

    Args:
        id: of the need.
        phase: when it counts, in words.
        when: its condition.
        only: for whom alone it is; empty for everybody.
        numbers: what numbers lead to the facts that it reads.
        asks: what it requires, brings and shows.
        looks: who looks, and within what time; empty when it sends nobody.
        mapping: whether the source itself asks for it.
        note: what the author says with it.
        cites: its sources, each with its number in the list, the place in it and how it was verified.
        review: whether it is clinically reviewed.
        asked: how many are asked to sign it.
        digest: the beginning of its digest, with which it is signed.
    """

    id: str
    phase: str
    when: Clauses
    only: str
    numbers: tuple[str, ...]
    asks: tuple[str, ...]
    looks: str
    mapping: str
    note: str
    cites: tuple[str, ...]
    review: str
    asked: int
    digest: str

    @property
    def long(self) -> bool:
        """Whether it may not fit on one sheet below the head of the table, so that it may be broken."""
        return max(_words(*_plain(self.when), *self.numbers), _words(*self.cites, self.note)) > LONGEST_UNBROKEN


@dataclass(frozen=True)
class NeedGroup:
    """Needs that are read together."""

    title: str
    rows: tuple[NeedRow, ...]


@dataclass(frozen=True)
class NeedTable:
    """The whole table.

    Args:
        groups: the needs, each once.
        sources: every source in the order of its number, with its link.
        hours: how long reading it takes, about, in whole hours.
    """

    groups: tuple[NeedGroup, ...]
    sources: tuple[tuple[str, str], ...]
    hours: int

    @property
    def rows(self) -> tuple[NeedRow, ...]:
        """All rows, in order."""
        return tuple(row for group in self.groups for row in group.rows)


def table(kb: Knowledge, lang: str = "en") -> NeedTable:
    """All needs of a knowledge, to be read.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> kb = trellis.load()
    >>> len(table(kb).rows) == len(kb.needs)
    True
    """
    maker = _Maker(kb, lang)
    groups: dict[str, list[NeedRow]] = {}
    for title, need in maker.in_order():
        groups.setdefault(title, []).append(maker.row(need))
    made = tuple(NeedGroup(title, tuple(rows)) for title, rows in groups.items())
    rows = [row for group in made for row in group.rows]
    sources = tuple((kb.sources[name].cite(), kb.sources[name].link) for name in maker.cited)
    seconds = sum(_words(*text_of(row)) / WORDS_A_SECOND + SECONDS_TO_WEIGH for row in rows)
    return NeedTable(made, sources, max(1, round(seconds / 3600)))


def text_of(row: NeedRow) -> Iterator[str]:
    """Everything in a row that is read."""
    yield from _plain(row.when)
    yield from (row.phase, row.only, *row.numbers, *row.asks, row.looks, row.mapping, row.note, *row.cites, row.review)


def _words(*texts: str) -> int:
    return len(" ".join(texts).split())


def _plain(clauses: Clauses) -> Iterator[str]:
    if isinstance(clauses, str):
        yield clauses
    else:
        yield clauses[0]
        for one in clauses[1]:
            yield from _plain(one)


class _Maker:
    """Makes the rows, and numbers their sources as they come."""

    def __init__(self, kb: Knowledge, lang: str) -> None:
        self.kb, self.lang, self.say = kb, lang, Say(lang)
        self.cited: dict[str, int] = {}

    def in_order(self) -> Iterator[tuple[str, Need]]:
        """The needs with the title of their group: danger, the gravest first, then dimension by dimension."""
        needs, say = self.kb.needs.values(), self.say
        for name, urgent in self.kb.urgent.items():
            title = say("clinical.danger", danger=urgent.title.in_language(self.lang))
            yield from ((title, need) for need in needs if need.urgent == name)
        for dimension in dict.fromkeys(need.dimension for need in needs):
            title = dimension_title(self.kb, dimension, self.lang)
            yield from ((title, need) for need in needs if need.dimension == dimension and need.urgent is None)

    def row(self, need: Need) -> NeedRow:
        kb, say = self.kb, self.say
        looks = ""
        if need.evaluate is not None:
            who = kb.evaluators[need.evaluate.by].name.in_language(self.lang)
            looks = say("clinical.looks", who=who, soon=say.soon(need.evaluate.within_hours))
        return NeedRow(
            id=need.id,
            phase=say(f"result.phase_{need.phase}"),
            when=condition_clauses(kb, kb.conditions[need.id], self.lang),
            only=self._only(need),
            numbers=tuple(self._numbers(need)),
            asks=tuple(self._asks(need)),
            looks=looks,
            mapping=say("basis.mapping_source" if need.mapping == "source" else "basis.mapping_judgement"),
            note=need.note,
            cites=tuple(self._cite(ref) for ref in need.sources),
            review=say.review_of(kb.review_of("needs", need.id)),
            asked=reviewers_asked(kb, "needs", need.id),
            digest=digest_of(kb, "needs", need.id)[:SHORTEST],
        )

    def _only(self, need: Need) -> str:
        named = [
            self.say.either(
                step.in_language(self.lang) for step in self.kb.factors[factor].values if step.id in allowed
            )
            for factor, allowed in need.applies.items()
        ]
        return self.say("clinical.only", who="; ".join(named)) if named else ""

    def _asks(self, need: Need) -> Iterator[str]:
        kb, lang, say = self.kb, self.lang, self.say
        if need.urgent is not None:
            yield say("clinical.shows", danger=kb.urgent[need.urgent].title.in_language(lang))
        yield from requirement_lines(kb, kb.required[list(kb.needs).index(need.id)], lang)
        for asked in need.requires.values():
            if not isinstance(asked, str):
                allowed = say.either(str(value) for value in kb.parameter_definitions[asked["parameter"]].allowed)
                yield say("clinical.parameter", name=asked["parameter"], allowed=allowed)
        if need.services:
            yield say(
                "outline.services", services="; ".join(kb.services[s].name.in_language(lang) for s in need.services)
            )

    def _numbers(self, need: Need) -> Iterator[str]:
        for derivation in self.kb.derivations:
            if derivation.to in self.kb.reads[need.id]:
                yield from (self._number(derivation, band) for band in derivation.bands)

    def _number(self, derivation: Derivation, band: Band) -> str:
        fact = self.kb.facts[derivation.to]
        number = self.kb.inputs[derivation.from_].question.clinician.in_language(self.lang)
        step = fact.step_at(fact.rank_of(band.step)).in_language(self.lang)
        slots = {"number": number.partition(".")[0].partition(" (")[0].partition(",")[0], "step": step}
        for frame, value in (("from", band.from_), ("above", band.above), ("below", band.below)):
            if value is not None:
                return self.say(f"clinical.number_{frame}", value=f"{value:g}", **slots)
        raise AssertionError("a band begins or ends somewhere")

    def _cite(self, ref: SourceRef) -> str:
        source = self.kb.sources[ref.ref]
        number = self.cited.setdefault(ref.ref, len(self.cited) + 1)
        state = self.say(f"clinical.{source.verified}")
        if ref.at:
            return self.say("clinical.cite_at", number=number, name=_short(source.authors, source.title, source.year),
                            at=ref.at.rstrip("."), state=state)  # fmt: skip
        return self.say(
            "clinical.cite", number=number, name=_short(source.authors, source.title, source.year), state=state
        )


def _short(authors: str, title: str, year: int | None) -> str:
    """A source in few words: who, or else what, and when.

    >>> _short("McCarty D, Braude L", "Intensive outpatient", 2014), _short("", "A guideline", None)
    ('McCarty D 2014', 'A guideline')
    """
    name = authors.partition(",")[0].partition(";")[0].strip() or title
    name = name if len(name) <= 60 else name[:57].rstrip() + "…"
    return f"{name} {year}" if year and str(year) not in name else name
