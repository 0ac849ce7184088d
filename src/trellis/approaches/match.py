"""Which approaches fit one person: need first, then aim, certainty, size of effect, fit with wishes and setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from trellis.approaches.wishes import Wishes
from trellis.decide import Recommendation
from trellis.engine.node import FALSE, OPEN, TRUE
from trellis.evidence.size import Size, size_of
from trellis.kinds.approach import Alignment, Approach, Match, Stop
from trellis.kinds.evidence import LEVELS, Level, Summary
from trellis.library.knowledge import Knowledge

Order = Literal["first", "core", "add", "aim"]
ORDERS: tuple[Order, ...] = ("first", "core", "add", "aim")
SIZES: tuple[Size, ...] = ("large", "medium", "small", "unclear", "unknown")


@dataclass(frozen=True)
class ApproachView:
    """One approach for one person, with every reason for its place in the list.

    Args:
        approach: as the knowledge has it.
        order: the strongest rule that holds: ``first``, ``core``, ``add``; ``aim`` when only an aim speaks for it.
        rules: the rules that hold, the strongest first.
        aims: how it serves aims of this person.
        summaries: what the evidence says for the conditions addressed, benefits first, then limits and harms.
        certainty: the best certainty among the benefits; None when there is no evidence here.
        size: the size of the effect in the summary that gives the certainty.
        wanted: features of it the person wants; ``unwanted`` those they would rather not have.
        inside: the recommended settings in which it is commonly given.
        cautions: rules that say what to mind.
    """

    approach: Approach
    order: Order
    rules: tuple[Match, ...]
    aims: tuple[Alignment, ...]
    summaries: tuple[Summary, ...]
    certainty: Level | None
    size: Size
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    inside: tuple[str, ...]
    cautions: tuple[Stop, ...]

    @property
    def id(self) -> str:
        """The id of the approach."""
        return self.approach.id

    @property
    def key(self) -> tuple[int, int, int, int, int, int]:
        """What the list is ordered by, best first: each part counts only where all parts before it are equal."""
        certainty = len(LEVELS) if self.certainty is None else len(LEVELS) - 1 - LEVELS.index(self.certainty)
        fit = len(self.unwanted) - len(self.wanted)
        return (ORDERS.index(self.order), -len(self.aims), certainty, SIZES.index(self.size), fit, -len(self.inside))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "approach": self.id,
            "order": self.order,
            "rules": [rule.id for rule in self.rules],
            "aims": [alignment.aim for alignment in self.aims],
            "summaries": [summary.id for summary in self.summaries],
            "certainty": self.certainty,
            "size": self.size,
            "wanted": list(self.wanted),
            "unwanted": list(self.unwanted),
            "inside": list(self.inside),
            "cautions": [stop.id for stop in self.cautions],
        }


@dataclass(frozen=True)
class Stopped:
    """An approach that would fit, and the rules against it."""

    approach: Approach
    stops: tuple[Stop, ...]
    rules: tuple[Match, ...]


@dataclass(frozen=True)
class AskAbout:
    """An approach that may fit: the answers do not say yet whether these rules hold."""

    approach: Approach
    rules: tuple[Match, ...]


@dataclass(frozen=True)
class Matched:
    """All that matching found for one person."""

    wishes: Wishes
    ranked: tuple[ApproachView, ...]
    stopped: tuple[Stopped, ...]
    ask_about: tuple[AskAbout, ...]

    def view(self, name: str) -> ApproachView | None:
        """One ranked approach, or None."""
        return next((view for view in self.ranked if view.id == name), None)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "aims": [
                {"words": said.words, "serves": list(said.serves), "suggested": said.suggested}
                for said in self.wishes.aims
            ],
            "ranked": [view.to_json() for view in self.ranked],
            "stopped": [{"approach": s.approach.id, "stops": [stop.id for stop in s.stops]} for s in self.stopped],
            "ask_about": [{"approach": a.approach.id, "rules": [rule.id for rule in a.rules]} for a in self.ask_about],
        }


def match_approaches(rec: Recommendation, wishes: Wishes | None = None) -> Matched:
    """Match approaches to a person.

    A rule of the knowledge holds when its condition holds for certain; what is open never counts as true, and leads to
    "also ask about". A rule that stops an approach stops it when it holds for certain; while it is open it is shown as
    something to ask before the approach is given.

    Args:
        rec: the recommendation, which holds the person's facts.
        wishes: what the person wants; nothing when left out.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"use.opioids": "severe"}, as_of=date(2026, 11, 24))
    >>> [view.id for view in match_approaches(rec).ranked][:2]
    ['buprenorphine', 'methadone']
    """
    kb, wished = rec.kb, wishes or Wishes()
    holding = _rules(rec, TRUE)
    open_rules = _rules(rec, OPEN)
    aligned: dict[str, list[Alignment]] = {}
    for alignment in kb.alignments:
        if alignment.aim in wished.aim_ids:
            aligned.setdefault(alignment.approach, []).append(alignment)
    ranked, stopped, ask = [], [], []
    for name, approach in kb.approaches.items():
        rules = holding.get(name, ())
        # An aim alone never brings what is made for another illness, such as a programme for psychosis.
        aims = tuple(aligned.get(name, ())) if rules or approach.anyone or name in open_rules else ()
        if not rules and not aims:
            if name in open_rules:
                ask.append(AskAbout(approach, open_rules[name]))
            continue
        against = [stop for stop in kb.stops.values() if stop.approach == name]
        standing = {stop.id: rec.stands(kb.rule_nodes[stop.id], stop.applies) for stop in against}
        stops = tuple(stop for stop in against if stop.action == "stop" and standing[stop.id] == TRUE)
        if stops:
            stopped.append(Stopped(approach, stops, rules))
            continue
        cautions = tuple(stop for stop in against if _to_mind(stop, standing[stop.id]))
        ranked.append(_view(rec, wished, approach, rules, aims, cautions))
    return Matched(wished, tuple(sorted(ranked, key=lambda view: view.key)), tuple(stopped), tuple(ask))


def _to_mind(stop: Stop, standing: int) -> bool:
    """A caution that holds, or a stop that is not ruled out yet: somebody must ask before the approach is given."""
    return standing == TRUE or (stop.action == "stop" and standing != FALSE)


def _rules(rec: Recommendation, value: int) -> dict[str, tuple[Match, ...]]:
    kb = rec.kb
    found: dict[str, list[Match]] = {}
    for rule in kb.matches.values():
        if rec.stands(kb.rule_nodes[rule.id], rule.applies) == value:
            found.setdefault(rule.approach, []).append(rule)
    return {name: tuple(sorted(rules, key=lambda rule: ORDERS.index(rule.order))) for name, rules in found.items()}


def _view(
    rec: Recommendation,
    wishes: Wishes,
    approach: Approach,
    rules: tuple[Match, ...],
    aims: tuple[Alignment, ...],
    cautions: tuple[Stop, ...],
) -> ApproachView:
    kb = rec.kb
    summaries = evidence_for(kb, approach.id, tuple(dict.fromkeys(rule.condition for rule in rules)))
    best = max((s for s in summaries if s.side == "benefit"), key=lambda s: _strength(kb, s), default=None)
    places = [placed for placed in (rec.now, rec.next) if placed is not None]
    settings = dict.fromkeys(part for placed in places for package in placed.packages for part in package.parts)
    return ApproachView(
        approach=approach,
        order=rules[0].order if rules else "aim",
        rules=rules,
        aims=aims,
        summaries=summaries,
        certainty=best.certainty.level if best else None,
        size=size_of(kb.results[best.results[0]]) if best else "unknown",
        wanted=tuple(feature for feature in wishes.wants if feature in approach.features),
        unwanted=tuple(feature for feature in wishes.avoids if feature in approach.features),
        inside=tuple(name for name in settings if name in approach.inside),
        cautions=cautions,
    )


def _strength(kb: Knowledge, summary: Summary) -> tuple[int, int]:
    return LEVELS.index(summary.certainty.level), -SIZES.index(size_of(kb.results[summary.results[0]]))


def evidence_for(kb: Knowledge, approach: str, conditions: tuple[str, ...] = ()) -> tuple[Summary, ...]:
    """What the evidence says of an approach: for these conditions, or for all when none are given. Benefits first."""
    sides = ("benefit", "neither", "harm")
    found = [
        s for s in kb.summaries.values() if s.approach == approach and (not conditions or s.condition in conditions)
    ]
    return tuple(sorted(found, key=lambda summary: sides.index(summary.side)))
