"""Which of the approaches that fit stand in a plan, and why. What studies found stands with the approach, not here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trellis.approaches import ApproachView, Matched, words_of_checks
from trellis.approaches.match import AGAINST, ORDERS
from trellis.kinds.approach import Feature
from trellis.kinds.text import LANGUAGES, SourceRef, Text, Words
from trellis.plans.person import Person
from trellis.plans.plan import NamedElsewhere, PlanReason
from trellis.say import Say, in_each

APPROACHES = 6
"""How many approaches a plan proposes: what comes before all else, then main ones, then others; the rest is named."""
ADDED = 3
"""How many approaches beside the main ones a plan proposes."""
THERAPIES = 2
"""From how many talking therapies on a further one is only named: several at once help nobody."""
ASKED = 12
"""Up to how many names stand under "also ask about": while little is known nearly all may fit, which helps nobody."""
REASONS = 2
PRIVATE: tuple[Feature, ...] = ("couple", "faith")
"""What nobody assumes of a person: that there is a partner, or a faith."""
ON_WISH: tuple[Feature, ...] = (*PRIVATE, "online")
"""What comes in beside other care only when the person wants it: with a partner, through a screen, with faith."""


def choose(
    matched: Matched, said: Person, taken: Collection[str] = ()
) -> tuple[list[ApproachView], dict[str, tuple[str, ...]]]:
    """The approaches that stand in the plan, and for each main one the others for the same condition.

    What the person chose comes in, what they declined stays out. Of several main approaches for one condition the first
    is proposed, one that answers more of the person's conditions before others; the others are named beside it.

    Args:
        matched: what fits the person.
        said: the person's choices.
        taken: approaches that are a medicine somebody prescribed already: it is not put beside another one.
    """
    chosen: list[ApproachView] = []
    instead: dict[str, list[str]] = {}
    holder: dict[tuple[str, str], str] = {}
    for view in sorted(matched.ranked, key=lambda view: _place(view, said, taken)):
        if view.id in said.approaches.declined:
            continue
        wanted = view.id in said.approaches.chosen or view.id in taken
        if view.line == AGAINST and view.id not in said.approaches.chosen:
            continue
        kind = "medication" if view.approach.kind == "medication" else "other"
        main = _main(view)
        beside = _beside(view)
        held = [
            holder[condition, kind]
            for condition in main
            if (condition, kind) in holder and holder[condition, kind] not in beside
        ]
        if main and len(held) == len(main) and not wanted:
            instead.setdefault(held[0], []).append(view.id)
            continue
        if not wanted and not _has_room(view, chosen):
            continue
        for condition in main:
            holder.setdefault((condition, kind), view.id)
        chosen.append(view)
    _serve_aims(chosen, instead, matched, said)
    order = {view.id: place for place, view in enumerate(matched.ranked)}

    def shown(view: ApproachView) -> tuple[int, bool, int]:
        # What treats an illness stands before what only stands beside it or serves an aim, such as a case manager.
        return view.line, view.order in ("add", "aim"), order[view.id]

    return sorted(chosen, key=shown), {name: tuple(others) for name, others in instead.items()}


def _serve_aims(chosen: list[ApproachView], instead: dict[str, list[str]], matched: Matched, said: Person) -> None:
    """For each aim that nothing chosen serves, the first that does: what the person came for does not fall off.

    Where the plan is full, it takes the place of the last one that only stands beside others and serves no aim.
    """
    for aim in matched.wishes.aim_ids:
        if any(aim in (one.aim for one in view.aims) for view in chosen):
            continue
        serving = (view for view in matched.ranked if aim in (one.aim for one in view.aims))
        view = next((one for one in serving if _may_serve(one, said)), None)
        if view is None:
            continue
        if len(chosen) >= APPROACHES:
            spare = next((one for one in reversed(chosen) if one.order == "add" and not one.aims), None)
            if spare is None:
                continue
            chosen.remove(spare)
        chosen.append(view)
        for others in instead.values():
            if view.id in others:
                others.remove(view.id)


def _may_serve(view: ApproachView, said: Person) -> bool:
    on_wish = all(one in view.wanted for one in PRIVATE if one in view.approach.features)
    return view.id not in said.approaches.declined and view.line != AGAINST and not view.unwanted and on_wish


def _main(view: ApproachView) -> list[str]:
    """The conditions it is a main treatment for: where guidance names it first, or a rule makes it one.

    Of a medicine it is every condition that its rules name, or guidance where no rule does: a second medicine for the
    same is one to talk about, and naloxone, which guidance names beside the medicines for opioid use, is none of them.
    """
    named = [one.cell.treats for one in view.guidance if one.line == "first"]
    if view.approach.kind == "medication":
        ruled = [rule.condition for rule in view.rules]
        return list(dict.fromkeys(ruled or [one.cell.treats for one in view.guidance if one.line != "against"]))
    return list(dict.fromkeys([*named, *(rule.condition for rule in view.rules if rule.order in ("first", "core"))]))


def _beside(view: ApproachView) -> set[str]:
    """What guidance names first together with it, for the same people: none of them takes the place of another."""
    cells = [one.cell for one in view.guidance if one.line == "first" and one.cell.together]
    return {one.approach for cell in cells for one in cell.first if one.approach}


def _place(view: ApproachView, said: Person, taken: Collection[str]) -> tuple[object, ...]:
    elsewhere = bool(view.approach.inside) and not view.inside
    wanted = view.id in said.approaches.chosen or view.id in taken
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
    fits = [view.id for view in matched.ranked if view.id not in shown]
    may = [ask.approach.id for ask in matched.ask_about if ask.approach.id not in shown]
    return (*fits, *(may if len(fits) + len(may) <= ASKED else ()))


def reasons(view: ApproachView, told: Collection[str] = ()) -> tuple[PlanReason, ...]:
    """Why an approach stands in the plan: what guidance says, at most two reasons from the answers, then the aims.

    Args:
        view: the approach for this person.
        told: what guidance was said to say for one that stands before it, in English: it is not said again.
    """
    named = [one.cell for one in view.guidance if one.line != "against"][:1]
    said = [(in_each("plan.same_guidance") if c.says.en in told else c.says, c.sources) for c in named]
    guided = [PlanReason(words=Words(person=says, clinician=says), sources=_ids(refs)) for says, refs in said]
    rules = [PlanReason(words=rule.because, sources=_ids(rule.sources)) for rule in view.rules][: 2 - len(guided)]
    aims = [
        PlanReason(words=Words(person=aligned.how, clinician=aligned.how), sources=_ids(aligned.sources))
        for aligned in view.aims
    ]
    return (*guided, *rules, *aims)[:REASONS]


def ahead(matched: Matched) -> tuple[NamedElsewhere, ...]:
    """What guidance names before all that is proposed, and is not held here, each with what guidance says.

    Args:
        matched: what fits the person.
    """
    return tuple(
        NamedElsewhere(
            name=Text(en=one.named.not_held.en, es=one.named.not_held.es),
            why=PlanReason(words=Words(person=one.says, clinician=one.says), sources=_ids(one.cell.sources)),
        )
        for one in matched.ahead
        if one.named.not_held is not None
    )


def cautions(view: ApproachView, *, taken: bool = False) -> tuple[PlanReason, ...]:
    """What guidance has against it, what to mind, and in one sentence what to check before it is given.

    Args:
        view: the approach for this person.
        taken: whether they take it already. Then what to say before a start is left out, and what to check is told as
            what may not have been checked yet.
    """
    against = [one for one in view.guidance if one.line == "against"]
    said = [PlanReason(words=Words(person=o.says, clinician=o.says), sources=_ids(o.cell.sources)) for o in against]
    holding = [
        PlanReason(words=stop.because, sources=_ids(stop.sources))
        for stop in view.cautions
        if stop.when or not taken or not view.approach.medicines
    ]
    return (*said, *holding, *_checked_first(view, taken))


def _checked_first(view: ApproachView, taken: bool) -> list[PlanReason]:
    if not view.check_first:
        return []
    refs = [ref for stop in view.check_first for ref in stop.sources]
    if taken:
        checks = [stop.check for stop in view.check_first if stop.check]
        said = {lang: "; ".join(check.in_language(lang) for check in checks) for lang in LANGUAGES}
        told = Text(**{lang: Say(lang)("plan.check_still", what=said[lang]) for lang in LANGUAGES})
        return [PlanReason(words=Words(person=told, clinician=told), sources=_ids(refs))]
    return [PlanReason(words=words_of_checks(view.check_first), sources=_ids(refs))]


def method_sources(view: ApproachView) -> tuple[str, ...]:
    """The sources behind how an approach is done and what it asks of a person."""
    methods = view.approach.methods
    claims = [methods.format, methods.sessions, methods.length, methods.given_by, *view.approach.asks]
    return tuple(dict.fromkeys(ref.ref for claim in claims if claim is not None for ref in claim.sources))


def _ids(refs: Iterable[SourceRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.ref for ref in refs))
