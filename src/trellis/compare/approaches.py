"""Treatment approaches side by side: what each is, what it asks, what studies say for it and of its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.approaches import Matched, evidence_for
from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.evidence import Statement, statement
from trellis.frozen import FrozenDict
from trellis.kinds.approach import Approach
from trellis.kinds.text import Claim, Text
from trellis.library.knowledge import Knowledge

FEWEST, MOST = 1, 4

TOPICS = (
    "what",
    "principles",
    "format",
    "sessions",
    "length",
    "given_by",
    "manual",
    "for_whom",
    "not_for",
    "asks",
    "drawbacks",
    "settings",
    "places",
    "guidelines",
    "questions",
)
"""What is told of every approach, in this order; the evidence stands apart, benefit and limits in equal space."""


@dataclass(frozen=True)
class ApproachColumn:
    """One approach.

    Args:
        approach: as the knowledge has it.
        topics: what is told of it, by topic.
        benefit: what speaks for it, the surest first; ``limits``: where there is no difference, it fades, or it harms.
    """

    approach: Approach
    topics: Mapping[str, tuple[Claim, ...]]
    benefit: tuple[Statement, ...]
    limits: tuple[Statement, ...]

    @property
    def id(self) -> str:
        """The id of the approach."""
        return self.approach.id

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": self.id,
            "name": self.approach.name.model_dump(exclude_none=True),
            "short": self.approach.short.model_dump(exclude_none=True),
            "kind": self.approach.kind,
            "prescriber": self.approach.prescriber,
            "topics": {
                topic: [claim.model_dump(mode="json", exclude_defaults=True) for claim in claims]
                for topic, claims in self.topics.items()
            },
            "benefit": [one.to_json() for one in self.benefit],
            "limits": [one.to_json() for one in self.limits],
        }


@dataclass(frozen=True)
class ApproachesCompared:
    """Approaches side by side, in the order asked for; ``matched`` when there is a person."""

    columns: tuple[ApproachColumn, ...]
    matched: Matched | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics on which something is said of any of them, in order."""
        return tuple(topic for topic in TOPICS if any(column.topics[topic] for column in self.columns))

    def row(self, topic: str) -> tuple[tuple[Claim, ...], ...]:
        """One topic, a cell for each approach. Raises ``KeyError`` for a topic that there is not."""
        return tuple(column.topics[topic] for column in self.columns)

    def to_json(self) -> list[dict[str, Any]]:
        """Plain values, one entry an approach."""
        return [column.to_json() for column in self.columns]


def find_approach(kb: Knowledge, name: str, problems: list[Problem], where: str = "approaches") -> Approach | None:
    """Find an approach by its id, a short name in either language, or the beginning of its id.

    Args:
        kb: the knowledge.
        name: as typed; capitals, spaces and hyphens make no difference.
        problems: what is wrong is added here.
        where: the place, for messages.

    >>> import trellis
    >>> kb = trellis.load()
    >>> [find_approach(kb, name, []).id for name in ("cbt", "MI", "met", "methad")]
    ['cbt', 'mi_met', 'mi_met', 'methadone']
    """
    plain = _plain(name)
    if plain in kb.approaches:
        return kb.approaches[plain]
    for found in (
        [a for a in kb.approaches.values() if plain in _short_names(a)],
        [a for a in kb.approaches.values() if plain and a.id.startswith(plain)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(one.id for one in found)
            problems.append(Problem(f"{where} {name}", f"[{name}] may mean {several}.", "Name one of them."))
            return None
    near = did_you_mean(plain, kb.approaches) or "`trellis approaches` lists them."
    problems.append(Problem(f"{where} {name}", f"[{name}] is no approach.", near))
    return None


def _plain(name: str) -> str:
    return name.strip().casefold().replace("-", "_").replace(" ", "_")


def _short_names(approach: Approach) -> set[str]:
    shorts = (approach.short.en, approach.short.in_language("es"))
    return {_plain(part) for short in shorts for part in short.split(",")}


def compare_approaches(
    kb: Knowledge,
    names: Sequence[str],
    *,
    condition: str | None = None,
    matched: Matched | None = None,
) -> ApproachesCompared:
    """Put approaches side by side.

    Args:
        kb: the knowledge.
        names: two to four approaches, as :func:`find_approach` reads them.
        condition: only evidence for this condition, such as ``depression``; all of it when left out.
        matched: what matching found for a person, to be shown beside them.

    Raises:
        TrellisError: a name that means no approach or several, one named twice, too few or too many, or a condition
            that there is not.

    >>> import trellis
    >>> compared = compare_approaches(trellis.load(), ["cbt", "dbt", "mi"])
    >>> [column.id for column in compared.columns], len({len(column.topics) for column in compared.columns})
    (['cbt', 'dbt', 'mi_met'], 1)
    """
    problems: list[Problem] = []
    read = [find_approach(kb, name, problems) for name in names]
    found = [one for one in read if one is not None]
    if len({one.id for one in found}) != len(found):
        problems.append(Problem("approaches", "names an approach twice.", "Name each once."))
    if not FEWEST <= len(names) <= MOST:
        remedy = f"Name {FEWEST} to {MOST} approaches; `trellis approaches` lists them."
        problems.append(Problem("approaches", f"has [{len(names)}] approaches.", remedy))
    if condition is not None and condition not in kb.treated:
        remedy = did_you_mean(condition, kb.treated) or f"It may be {', '.join(kb.treated)}."
        problems.append(Problem("--condition", f"[{condition}] is no condition.", remedy))
    if problems:
        raise TrellisError(problems)
    chosen = () if condition is None else (condition,)
    return ApproachesCompared(tuple(_column(kb, one, chosen) for one in found), matched)


def _column(kb: Knowledge, approach: Approach, conditions: tuple[str, ...]) -> ApproachColumn:
    statements = [statement(kb, summary) for summary in evidence_for(kb, approach.id, conditions)]
    return ApproachColumn(
        approach=approach,
        topics=FrozenDict(topics_of(kb, approach)),
        benefit=tuple(one for one in statements if one.summary.side == "benefit"),
        limits=tuple(one for one in statements if one.summary.side != "benefit"),
    )


def topics_of(kb: Knowledge, approach: Approach) -> dict[str, tuple[Claim, ...]]:
    """All that is told of an approach, by topic; every topic is there, and empty where the knowledge says nothing.

    >>> import trellis
    >>> kb = trellis.load()
    >>> list(topics_of(kb, kb.approaches["cbt"])) == list(TOPICS)
    True
    """
    methods = approach.methods
    questions = zip(approach.questions.en, approach.questions.in_language("es"), strict=True)
    found: dict[str, tuple[Claim, ...]] = {
        "what": (approach.what,),
        "principles": approach.principles,
        "format": (methods.format,),
        "sessions": (methods.sessions,),
        "length": _given(methods.length),
        "given_by": (methods.given_by,),
        "manual": _given(methods.manual),
        "for_whom": approach.for_whom,
        "not_for": approach.not_for,
        "asks": approach.asks,
        "drawbacks": approach.drawbacks,
        "settings": tuple(_text(kb.settings[name].name) for name in approach.inside),
        "places": approach.places,
        "guidelines": tuple(_guidelines(approach)),
        "questions": tuple(Claim(en=en, es=es) for en, es in questions),
    }
    return {topic: found[topic] for topic in TOPICS}


def _given(claim: Claim | None) -> tuple[Claim, ...]:
    return () if claim is None else (claim,)


def _text(text: Text) -> Claim:
    return Claim(en=text.en, es=text.es)


def _guidelines(approach: Approach) -> Iterable[Claim]:
    for one in approach.guidelines:
        head = f"{one.by} ({one.year})" if one.year else one.by
        lines = {
            lang: f"{head}: {one.says.in_language(lang)} {one.strength.in_language(lang)}" for lang in ("en", "es")
        }
        yield Claim(en=lines["en"], es=lines["es"], sources=one.sources, verified=one.verified)
