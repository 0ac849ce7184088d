"""Which of the approaches that fit stand in a plan, why, and what of the evidence is shown under each."""

from __future__ import annotations

from collections.abc import Iterable

from trellis.approaches import ApproachView, Matched, words_of_check
from trellis.approaches.match import AGAINST, ORDERS
from trellis.kinds.approach import Feature
from trellis.kinds.evidence import LEVELS, Summary
from trellis.kinds.text import SourceRef, Words
from trellis.library.knowledge import Knowledge
from trellis.plans.person import Person
from trellis.plans.plan import PlanReason

APPROACHES = 6
"""How many approaches a plan proposes: what comes before all else, then main ones, then others; the rest is named."""
ADDED = 3
"""How many approaches beside the main ones a plan proposes."""
THERAPIES = 2
"""From how many talking therapies on a further one is only named: several at once help nobody."""
REASONS = 3
FINDINGS = 4
ON_WISH: tuple[Feature, ...] = ("couple", "online", "faith")
"""What comes in beside other care only when the person wants it: with a partner, through a screen, with faith."""


def choose(matched: Matched, said: Person) -> tuple[list[ApproachView], dict[str, tuple[str, ...]]]:
    """The approaches that stand in the plan, and for each main one the others for the same condition.

    What the person chose comes in, what they declined stays out. Of several main approaches for one condition the first
    is proposed, one that answers more of the person's conditions before others; the others are named beside it.

    Args:
        matched: what fits the person.
        said: the person's choices.
    """
    chosen: list[ApproachView] = []
    instead: dict[str, list[str]] = {}
    holder: dict[tuple[str, str], str] = {}
    for view in sorted(matched.ranked, key=lambda view: _place(view, said)):
        if view.id in said.approaches.declined:
            continue
        wanted = view.id in said.approaches.chosen
        if view.line == AGAINST and not wanted:
            continue
        kind = "medication" if view.approach.kind == "medication" else "other"
        main = _main(view)
        held = [holder[condition, kind] for condition in main if (condition, kind) in holder]
        if main and len(held) == len(main) and not wanted:
            instead.setdefault(held[0], []).append(view.id)
            continue
        if not wanted and not _has_room(view, chosen):
            continue
        for condition in main:
            holder.setdefault((condition, kind), view.id)
        chosen.append(view)
    order = {view.id: place for place, view in enumerate(matched.ranked)}
    return sorted(chosen, key=lambda view: order[view.id]), {name: tuple(others) for name, others in instead.items()}


def _main(view: ApproachView) -> list[str]:
    """The conditions it is a main treatment for: where guidance names it first, or a rule makes it one."""
    named = [one.cell.treats for one in view.guidance if one.line == "first"]
    return list(dict.fromkeys([*named, *(rule.condition for rule in view.rules if rule.order in ("first", "core"))]))


def _place(view: ApproachView, said: Person) -> tuple[object, ...]:
    elsewhere = bool(view.approach.inside) and not view.inside
    wanted = view.id in said.approaches.chosen
    return (not wanted, view.line, ORDERS.index(view.order), -len(_main(view)), elsewhere, view.key)


def _has_room(view: ApproachView, chosen: list[ApproachView]) -> bool:
    """Whether an approach that the person did not choose comes in. What comes before all else always does."""
    if view.order == "first":
        return True
    if len(chosen) >= APPROACHES:
        return False
    if view.order == "core":
        return True
    therapies = sum(one.approach.kind == "psychotherapy" for one in chosen)
    return (
        sum(one.order in ("add", "aim") for one in chosen) < ADDED
        and not view.unwanted
        and (bool(view.inside) or not view.approach.inside)
        and all(feature in view.wanted for feature in ON_WISH if feature in view.approach.features)
        and not (view.approach.kind == "psychotherapy" and therapies >= THERAPIES)
    )


def ask_about(
    matched: Matched, chosen: Iterable[ApproachView], instead: dict[str, tuple[str, ...]], said: Person
) -> tuple[str, ...]:
    """What else fits, or may fit once more is known: named, so that the person can ask.

    Args:
        matched: what fits the person.
        chosen: what stands in the plan.
        instead: what is named beside it.
        said: the person's choices.
    """
    shown = {view.id for view in chosen} | {name for others in instead.values() for name in others}
    shown |= set(said.approaches.declined)
    names = [view.id for view in matched.ranked] + [ask.approach.id for ask in matched.ask_about]
    return tuple(name for name in names if name not in shown)


def reasons(view: ApproachView) -> tuple[PlanReason, ...]:
    """Why an approach stands in the plan: what guidance says, at most two reasons from the answers, then the aims."""
    named = [one.cell for one in view.guidance if one.line != "against"][:1]
    told = [PlanReason(words=Words(person=c.says, clinician=c.says), sources=_ids(c.sources)) for c in named]
    rules = [PlanReason(words=rule.because, sources=_ids(rule.sources)) for rule in view.rules][: 2 - len(told)]
    aims = [
        PlanReason(words=Words(person=aligned.how, clinician=aligned.how), sources=_ids(aligned.sources))
        for aligned in view.aims
    ]
    return (*told, *rules, *aims)[:REASONS]


def cautions(view: ApproachView) -> tuple[PlanReason, ...]:
    """What guidance has against it, what to mind, and what to check before it is given."""
    against = [one for one in view.guidance if one.line == "against"]
    said = [PlanReason(words=Words(person=o.says, clinician=o.says), sources=_ids(o.cell.sources)) for o in against]
    holding = [PlanReason(words=stop.because, sources=_ids(stop.sources)) for stop in view.cautions]
    unknown = [PlanReason(words=words_of_check(stop), sources=_ids(stop.sources)) for stop in view.check_first]
    return (*said, *holding, *unknown)


def method_sources(view: ApproachView) -> tuple[str, ...]:
    """The sources behind how an approach is done and what it asks of a person."""
    methods = view.approach.methods
    claims = [methods.format, methods.sessions, methods.length, methods.given_by, *view.approach.asks]
    return tuple(dict.fromkeys(ref.ref for claim in claims if claim is not None for ref in claim.sources))


def _ids(refs: Iterable[SourceRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.ref for ref in refs))


def findings(kb: Knowledge, view: ApproachView) -> tuple[Summary, ...]:
    """What studies found, for the conditions of this person: at most four statements, harms always among them.

    First what it does for each condition, then harms, then where it makes no difference, then the rest. What it costs
    the public is no reason for one person and left out.
    """
    told = [summary for summary in view.summaries if kb.results[summary.results[0]].about != "cost"]
    benefits = sorted((s for s in told if s.side == "benefit"), key=_telling)
    harms = [s for s in told if s.side == "harm"]
    neither = [s for s in told if s.side == "neither"]
    sure = sorted(benefits, key=lambda s: LEVELS.index(s.certainty.level), reverse=True)
    found = dict.fromkeys(s.id for s in (*_one_each(benefits), *harms, *_one_each(neither), *neither, *sure))
    keep = set(list(found)[:FINDINGS])
    return tuple(s for s in (*benefits, *harms, *neither) if s.id in keep)


def _one_each(summaries: list[Summary]) -> list[Summary]:
    """The first of each condition."""
    return list({s.condition: s for s in reversed(summaries)}.values())[::-1]


def _telling(summary: Summary) -> tuple[bool, int]:
    return summary.frequency is None, len(LEVELS) - LEVELS.index(summary.certainty.level)
