"""Which approaches fit one person: as guidance orders them, then aim, rule, certainty, size, wishes and setting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from trellis.approaches.guidance import Guided, by_approach, guidance_for, not_held
from trellis.approaches.minded import Minded
from trellis.approaches.wishes import Wishes
from trellis.decide import Recommendation
from trellis.engine.node import OPEN, TRUE
from trellis.evidence.size import Size, size_of
from trellis.justice.assessment import Assessment
from trellis.justice.track import CourtView, track_of
from trellis.kinds.approach import Alignment, Approach, Match, Stop
from trellis.kinds.evidence import LEVELS, Level, Summary
from trellis.kinds.guidance import SEVERITIES
from trellis.kinds.text import Words
from trellis.library.knowledge import Knowledge

Order = Literal["first", "core", "add", "aim"]
ORDERS: tuple[Order, ...] = ("first", "core", "add", "aim")
SIZES: tuple[Size, ...] = ("large", "medium", "small", "unclear", "unknown")
FIRST, SECOND, UNNAMED, AGAINST = range(4)
"""Where guidance puts an approach; what it does not name stands between what it names and what it is against."""


@dataclass(frozen=True)
class ApproachView:
    """One approach for one person, with every reason for its place in the list.

    Args:
        approach: as the knowledge has it.
        order: the strongest rule that holds: ``first``, ``core``, ``add``; ``aim`` when only an aim speaks for it. What
            guidance names first is ``core`` at least, what it names second ``add``.
        rules: the rules that hold, the strongest first.
        aims: how it serves aims of this person.
        summaries: what the evidence says for the conditions addressed, benefits first, then limits and harms.
        certainty: the best certainty among the benefits; None when there is no evidence here.
        size: the size of the effect in the summary that gives the certainty.
        wanted: features of it the person wants; ``unwanted`` those they would rather not have.
        inside: the recommended settings in which it is commonly given.
        cautions: rules that hold and say what to mind.
        check_first: rules that the answers leave open, each with what is checked before the approach is given.
        guidance: what guidance says of it for this person, the strongest first.
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
    guidance: tuple[Guided, ...] = ()
    check_first: tuple[Stop, ...] = ()

    @property
    def id(self) -> str:
        """The id of the approach."""
        return self.approach.id

    @property
    def line(self) -> int:
        """Where guidance puts it: ``FIRST``, ``SECOND``, ``UNNAMED`` or ``AGAINST``.

        What a rule puts before all else is first even where the table does not name it.
        """
        lines = {guided.line for guided in self.guidance}
        if "against" in lines:
            return AGAINST
        if "first" in lines or self.order == "first":
            return FIRST
        return SECOND if "second" in lines else UNNAMED

    @property
    def severity(self) -> int:
        """How grave what it is named for is, the gravest 0."""
        if self.order == "first":
            return 0
        return SEVERITIES.index(self.guidance[0].cell.severity) if self.guidance else len(SEVERITIES)

    @property
    def guided_key(self) -> tuple[int, int, int]:
        """Where guidance puts it: the list, how grave what it is named for is, and the place in that list."""
        return (self.line, self.severity, self.guidance[0].place if self.guidance else 0)

    @property
    def key(self) -> tuple[int, ...]:
        """What the list is ordered by, best first: each part counts only where all parts before it are equal.

        Guidance, how grave the condition is, aims, the place in the list of guidance, the rule; then what studies say.
        """
        line, severity, place = self.guided_key
        certainty = len(LEVELS) if self.certainty is None else len(LEVELS) - 1 - LEVELS.index(self.certainty)
        fit = len(self.unwanted) - len(self.wanted)
        head = (line, severity, -len(self.aims), place, ORDERS.index(self.order))
        return (*head, certainty, SIZES.index(self.size), fit, -len(self.inside))

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
            "check_first": [stop.id for stop in self.check_first],
            "guidance": [guided.to_json() for guided in self.guidance],
        }


@dataclass(frozen=True)
class Stopped:
    """An approach that would fit, and the rules and the guidance against it."""

    approach: Approach
    stops: tuple[Stop, ...]
    rules: tuple[Match, ...]
    guidance: tuple[Guided, ...] = ()


@dataclass(frozen=True)
class AskAbout:
    """An approach that may fit: the answers do not say yet whether these rules hold."""

    approach: Approach
    rules: tuple[Match, ...]


@dataclass(frozen=True)
class Matched:
    """All that matching found for one person. ``not_held``: what guidance names for them, and is not held here.

    ``ahead``: what of it guidance names first for something graver than all that is ranked, or earlier in the same
    list. It is shown above the ranking: somebody who refuses all food is told of hospital care before any therapy.
    """

    wishes: Wishes
    ranked: tuple[ApproachView, ...]
    stopped: tuple[Stopped, ...]
    ask_about: tuple[AskAbout, ...]
    not_held: tuple[Guided, ...] = ()

    def view(self, name: str) -> ApproachView | None:
        """One ranked approach, or None."""
        return next((view for view in self.ranked if view.id == name), None)

    @property
    def ahead(self) -> tuple[Guided, ...]:
        """What guidance names first before all that is ranked, and is not held here."""
        first = self.ranked[0] if self.ranked else None
        return tuple(
            one for one in self.not_held if one.line == "first" and (first is None or one.key < first.guided_key)
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "aims": [
                {"words": said.words, "serves": list(said.serves), "suggested": said.suggested}
                for said in self.wishes.aims
            ],
            "ranked": [view.to_json() for view in self.ranked],
            "stopped": [{"approach": s.approach.id, "stops": [stop.id for stop in s.stops]} for s in self.stopped],
            "not_held": [guided.to_json() for guided in self.not_held],
            "ahead": [guided.to_json() for guided in self.ahead],
            "ask_about": [{"approach": a.approach.id, "rules": [rule.id for rule in a.rules]} for a in self.ask_about],
        }


def match_approaches(rec: Recommendation, wishes: Wishes | None = None, justice: Assessment | None = None) -> Matched:
    """Match approaches to a person.

    The table of guidance orders what is shown, and brings what it names even where no rule does; what it is against is
    told as something to mind, or not offered. A rule of the knowledge holds when its condition holds for certain; what
    is open never counts as true, and leads to "also ask about". A rule that stops an approach stops it when it holds
    for certain; while it is open, what to check first is told with the approach, never that it holds.

    Args:
        rec: the recommendation, which holds the person's facts.
        wishes: what the person wants; nothing when left out.
        justice: what is known around justice. A court with treatment is offered only where it applies; while the legal
            status is not known, to check it stands first.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"use.opioids": "severe"}, as_of=date(2026, 11, 24))
    >>> sorted(view.id for view in match_approaches(rec).ranked[:3])
    ['buprenorphine', 'methadone', 'naloxone']
    """
    kb, wished = rec.kb, wishes or Wishes()
    holding = _rules(rec, TRUE)
    open_rules = _rules(rec, OPEN)
    aligned: dict[str, list[Alignment]] = {}
    for alignment in kb.alignments:
        if alignment.aim in wished.aim_ids:
            aligned.setdefault(alignment.approach, []).append(alignment)
    courts = track_of(rec, justice, as_of=rec.as_of).courts if justice is not None else ()
    found = guidance_for(rec)
    guidance = by_approach(found)
    ranked, stopped, ask = [], [], []
    for name, approach in kb.approaches.items():
        rules, guided = holding.get(name, ()), guidance.get(name, ())
        named = any(one.line != "against" for one in guided)
        # An aim alone never brings what is made for another illness, such as a programme for psychosis.
        fits = bool(rules) or named or approach.anyone or name in open_rules
        aims = tuple(aligned.get(name, ())) if fits else ()
        if not rules and not aims and not named and name not in open_rules:
            continue
        against = _against(kb, name, courts, known=justice is not None and bool(justice.status))
        standing = {stop.id: rec.stands(kb.rule_nodes[stop.id], stop.applies) for stop in against}
        stops = tuple(stop for stop in against if stop.action == "stop" and (stop.court or standing[stop.id] == TRUE))
        if not rules and not aims and not named:
            # "Ask about it" is an offer too.
            if not stops:
                ask.append(AskAbout(approach, open_rules[name]))
            continue
        forbids = tuple(one for one in guided if one.line == "against" and one.named.action == "stop")
        if stops or forbids:
            stopped.append(Stopped(approach, stops, rules, forbids))
            continue
        ranked.append(_view(rec, wished, approach, rules, aims, Minded.of(against, standing), guided))
    ordered = tuple(sorted(ranked, key=lambda view: view.key))
    return Matched(wished, ordered, tuple(stopped), tuple(ask), not_held(found))


def _against(kb: Knowledge, name: str, courts: Iterable[CourtView], *, known: bool) -> list[Stop]:
    """The rules against an approach. A court that says no stops it; where the status is known, none is asked for."""
    no = {view.court.id: view for view in courts if view.says in ("wrong_status", "wrong_track")}
    found = []
    for stop in kb.stops.values():
        if stop.approach != name:
            continue
        if stop.court in no:
            court, says = no[stop.court]
            words = court.wrong_status if says == "wrong_status" else court.wrong_track
            because = Words(person=words, clinician=words)
            found.append(stop.model_copy(update={"action": "stop", "because": because, "sources": court.sources}))
        elif not (stop.court and known):
            found.append(stop)
    return found


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
    minded: Minded,
    guidance: tuple[Guided, ...],
) -> ApproachView:
    kb = rec.kb
    treated = [rule.condition for rule in rules] + [one.cell.treats for one in guidance if one.line != "against"]
    summaries = evidence_for(kb, approach.id, tuple(dict.fromkeys(treated)))
    best = max((s for s in summaries if s.side == "benefit"), key=lambda s: _strength(kb, s), default=None)
    places = [placed for placed in (rec.now, rec.next) if placed is not None]
    settings = dict.fromkeys(part for placed in places for package in placed.packages for part in package.parts)
    return ApproachView(
        approach=approach,
        order=_order(rules, guidance),
        rules=rules,
        aims=aims,
        summaries=summaries,
        certainty=best.certainty.level if best else None,
        size=size_of(kb.results[best.results[0]]) if best else "unknown",
        wanted=tuple(feature for feature in wishes.wants if feature in approach.features),
        unwanted=tuple(feature for feature in wishes.avoids if feature in approach.features),
        inside=tuple(name for name in settings if name in approach.inside),
        cautions=minded.cautions,
        guidance=guidance,
        check_first=minded.check_first,
    )


def _order(rules: tuple[Match, ...], guidance: tuple[Guided, ...]) -> Order:
    """The strongest rule, or what guidance makes of it where that is stronger."""
    lines = {guided.line for guided in guidance}
    by_table: Order = "core" if "first" in lines else "add" if "second" in lines else "aim"
    by_rule: Order = rules[0].order if rules else "aim"
    return min(by_rule, by_table, key=ORDERS.index)


def _strength(kb: Knowledge, summary: Summary) -> tuple[int, int]:
    return LEVELS.index(summary.certainty.level), -SIZES.index(size_of(kb.results[summary.results[0]]))


def evidence_for(kb: Knowledge, approach: str, conditions: tuple[str, ...] = ()) -> tuple[Summary, ...]:
    """What the evidence says of an approach: for these conditions, or for all when none are given. Benefits first."""
    sides = ("benefit", "neither", "harm")
    found = [
        s for s in kb.summaries.values() if s.approach == approach and (not conditions or s.condition in conditions)
    ]
    return tuple(sorted(found, key=lambda summary: sides.index(summary.side)))
