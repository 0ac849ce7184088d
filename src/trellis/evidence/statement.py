"""A sentence of evidence with all that stands behind it. Every output shows evidence through this, and only this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trellis.evidence.frequency import Estimate, OutOf100, above_average, of_100, sources_of_frequency
from trellis.kinds.evidence import Level, Result, Summary
from trellis.kinds.text import Source, Text
from trellis.library.knowledge import Knowledge

U3 = "cohen_u3"
"""The method behind "better than the average person"."""


@dataclass(frozen=True)
class Statement:
    """What the evidence says for one approach and condition, ready to be shown.

    Args:
        summary: the authored sentence and its certainty.
        rows: the results it rests on, the leading one first.
        against: results that point another way, always shown beside it.
        of_100: natural frequencies, or None when nobody knows; then ``summary.unknown`` says so.
        above_average: where there are no natural frequencies but a standardised difference, how many of 100 did better
            than the average person of the comparison group.
        sources: every source behind it, each once: the rows', the base rate's, the method's.
    """

    summary: Summary
    rows: tuple[Result, ...]
    against: tuple[Result, ...]
    of_100: OutOf100 | None
    above_average: Estimate | None
    sources: tuple[Source, ...]

    @property
    def id(self) -> str:
        """The id of the summary."""
        return self.summary.id

    @property
    def level(self) -> Level:
        """How sure the evidence is."""
        return self.summary.certainty.level

    @property
    def verified(self) -> bool:
        """Whether every number it rests on was seen in its source."""
        rows_seen = all(row.verified == "yes" for row in (*self.rows, *self.against))
        return rows_seen and (self.of_100 is None or self.of_100.verified)

    def words(self, role: str, lang: str) -> str:
        """The sentence for ``role`` (``"person"`` or ``"clinician"``) in ``lang``."""
        return self.summary.says.for_role(role).in_language(lang)

    def reasons(self) -> tuple[Text, ...]:
        """Why the evidence is no surer, or surer, than where it started."""
        certainty = self.summary.certainty
        return (*(down.why for down in certainty.lowered), *(up.why for up in certainty.raised))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        found = self.of_100
        return {
            "id": self.id,
            "approach": self.summary.approach,
            "setting": self.summary.setting,
            "condition": self.summary.condition,
            "side": self.summary.side,
            "says": self.summary.says.model_dump(exclude_none=True),
            "certainty": self.level,
            "reasons": [reason.model_dump(exclude_none=True) for reason in self.reasons()],
            "verified": self.verified,
            "of_100": None
            if found is None
            else {
                "outcome": found.frequency.outcome.model_dump(exclude_none=True),
                "time": found.frequency.time.model_dump(exclude_none=True),
                "good": found.frequency.good,
                "approach": None if found.approach is None else vars(found.approach),
                "comparison": None if found.comparison is None else vars(found.comparison),
                "difference": vars(found.difference),
                "method": found.method,
                "result": found.result.id,
            },
            "above_average": None if self.above_average is None else vars(self.above_average),
            "unknown": None if self.summary.unknown is None else self.summary.unknown.model_dump(exclude_none=True),
            "results": [row.id for row in self.rows],
            "against": [row.id for row in self.against],
            "sources": [{"id": source.id, "cite": source.cite(), "link": source.link} for source in self.sources],
        }


def statement(kb: Knowledge, summary: Summary) -> Statement:
    """The statement of a summary, with its rows, frequencies and sources.

    >>> import trellis
    >>> kb = trellis.load()
    >>> all(source.link for summary in kb.summaries.values() for source in statement(kb, summary).sources)
    True
    """
    rows = tuple(kb.results[name] for name in summary.results)
    against = tuple(kb.results[name] for name in summary.against)
    found = of_100(kb, summary)
    average = above_average(rows[0]) if found is None else None
    names = [row.source for row in (*rows, *against)] + [ref.ref for ref in summary.sources]
    if average is not None and U3 in kb.methods:
        names += [ref.ref for ref in kb.methods[U3].sources]
    sources = [kb.sources[name] for name in names] + list(sources_of_frequency(kb, found) if found else ())
    once = tuple({source.id: source for source in sources}.values())
    return Statement(summary, rows, against, found, average, once)
