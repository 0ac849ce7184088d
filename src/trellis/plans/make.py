"""From a recommendation and the person's own words to a plan. Nothing is invented: what is missing stays open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from trellis.account import reasons_of, services_of, what_decides
from trellis.approaches import ApproachView, Wishes, match_approaches, read_wishes
from trellis.decide import Recommendation
from trellis.decide.views import EvaluateView, Placement
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.plans.actions import IN_CUSTODY, next_actions
from trellis.plans.choose import ahead, ask_about, cautions, choose, method_sources, reasons
from trellis.plans.goals import goals_of
from trellis.plans.keep import keep
from trellis.plans.person import Medication, Person
from trellis.plans.places import conflicts_of, place_of
from trellis.plans.plan import (
    Evaluation,
    Goal,
    Intervention,
    NamedElsewhere,
    NamedPackage,
    Placing,
    Plan,
    PlanAim,
    PlanBarrier,
    PlanService,
    Transition,
)
from trellis.plans.seal import sealed
from trellis.plans.taken import taken_of, without_what_must_not_go_with

REVIEW_DAYS = 30
"""How soon a plan is looked at again where the knowledge names no time for a setting."""


def make_plan(rec: Recommendation, person: Person | None = None) -> Plan:
    """Make the first version of a plan.

    Each active need is a problem with a goal that can be counted by a day; approaches that fit are interventions; what
    holds the person at this level is the criterion to step down. What endangers stands first, then what the person came
    for. A plan without a need still has a goal and steps.

    Args:
        rec: the recommendation; the plan keeps all it takes to decide the same again.
        person: what the person and the team say; nothing when left out.

    Raises:
        AnswerError: aims, features or approaches that do not exist; it lists every one.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"mental.depression": "moderate"}, as_of=date(2026, 11, 24))
    >>> plan = make_plan(rec, Person(called="Sam", strengths=("Shows up.",)))
    >>> plan.version, plan.strengths, len(plan.actions) <= 3
    (1, ('Shows up.',), True)
    """
    said = person or Person()
    kb = rec.kb
    problems: list[Problem] = []
    wishes = read_wishes(kb, {"aims": said.aims, "prefers": said.prefers}, problems)
    for name in (*said.approaches.chosen, *said.approaches.declined):
        if name not in kb.approaches:
            remedy = did_you_mean(name, kb.approaches) or "`trellis approaches` lists them."
            problems.append(Problem("person: approaches", f"names [{name}], which is no approach.", remedy))
    ids = (*kb.goals, *(f"own-{number}" for number in range(1, len(said.goals) + 1)))
    for one in said.reached:
        if one.goal not in ids:
            remedy = did_you_mean(one.goal, ids) or "`trellis plan show PLAN --json` names the goals of a plan."
            problems.append(Problem("person: reached", f"names [{one.goal}], which is no goal.", remedy))
    if problems:
        raise AnswerError(problems)
    taken = taken_of(kb, said.medications)
    matched = without_what_must_not_go_with(kb, match_approaches(rec, wishes), taken)
    goals = goals_of(rec, said, wishes)
    chosen, instead = choose(matched, said, taken)
    before_all = ahead(matched)
    placing = _placing(rec)
    plan = Plan(
        made_on=rec.as_of,
        review_on=_review_on(rec, placing),
        review_status=rec.review,
        basis=rec.provenance.to_json(),
        called=said.called,
        placing=placing,
        conflicts=conflicts_of(rec),
        urgent=tuple(view.id for view in rec.urgent),
        evaluate=tuple(_evaluation(view) for view in rec.evaluate if view.certain),
        aims=_aims(wishes),
        strengths=said.strengths,
        goals=goals,
        ahead=before_all,
        interventions=_interventions(chosen, instead, said, taken, before_all),
        stopped=tuple(stopped.approach.id for stopped in matched.stopped),
        ask_about=ask_about(matched, chosen, instead, said),
        not_held=tuple(
            dict.fromkeys(
                Text(en=one.named.not_held.en, es=one.named.not_held.es)
                for one in matched.not_held
                if one.line != "against" and one.named.not_held is not None
                if one.named.not_held.en not in {named.name.en for named in before_all}
            )
        ),
        services=_services(rec, taken),
        medications=said.medications,
        safety_plan=said.safety_plan,
        return_to_use=said.return_to_use,
        naloxone=any(s.id == "naloxone" and s.certain for s in rec.services),
        barriers=tuple(
            PlanBarrier(barrier=b.id, because=b.because, accommodations=b.accommodations) for b in rec.barriers
        ),
        step_down=_step_down(rec, goals),
        step_up=_step_up(kb, goals),
        actions=next_actions(rec, goals, placing.now, wishes.aim_ids, _review_on(rec, placing), taken),
        open_questions=len({fact.id for need in rec.open for fact in need.facts}),
        team=said.team,
        agreed=said.agreed,
        person=said.model_dump(mode="json", exclude_defaults=True),
    )
    return sealed(plan.model_copy(update={"kept": keep(kb, plan)}))


def _aims(wishes: Wishes) -> tuple[PlanAim, ...]:
    return tuple(PlanAim(words=said.words, serves=said.serves, suggested=said.suggested) for said in wishes.aims)


def _evaluation(view: EvaluateView) -> Evaluation:
    return Evaluation(by=view.by, within_hours=view.within_hours, needs=view.needs)


def _placing(rec: Recommendation) -> Placing:
    def places(placement: Placement | None) -> tuple[NamedPackage, ...]:
        return tuple(place_of(rec, package) for package in placement.ids) if placement else ()

    open_now = rec.now is None
    told = reasons_of(rec)
    reasons, later = [reason.need for reason in told], {reason.need for reason in told if reason.later}
    # In danger what asks for less is told further down, as on every other page. In jail or prison it is said at once
    # that the place is for the day of release.
    holds = (what_decides(rec) | {need for view in rec.urgent for need in view.needs} | {IN_CUSTODY}) - later
    return Placing(
        settled=rec.settled,
        now=places(rec.now or rec.least.now),
        next=places(rec.next or rec.least.next),
        most=places(rec.most.now) if open_now else (),
        because=tuple(reasons),
        holds=tuple(need for need in reasons if need in holds),
    )


def _review_on(rec: Recommendation, placing: Placing) -> date:
    days = {entry.setting: entry.days for entry in rec.kb.review_within}
    settings = [rec.kb.packages[place.package].setting for place in placing.now]
    soonest = min((days.get(setting, REVIEW_DAYS) for setting in settings), default=REVIEW_DAYS)
    return rec.as_of + timedelta(days=soonest)


def _services(rec: Recommendation, taken: Mapping[str, Medication]) -> tuple[PlanService, ...]:
    """The services that are told. What brings a medicine the person has already needs no arranging."""
    there = {rec.kb.approaches[name].service for name in taken}
    return tuple(
        PlanService(service=s.id, safety=s.safety, gap=s.gap and s.id not in there, needs=s.needs)
        for s in services_of(rec)
        if s.certain
    )


def _interventions(
    chosen: Iterable[ApproachView],
    instead: Mapping[str, tuple[str, ...]],
    said: Person,
    taken: Mapping[str, Medication],
    before_all: Iterable[NamedElsewhere],
) -> tuple[Intervention, ...]:
    """The approaches of the plan. What guidance says for several is said with the first of them."""
    told = {one.why.words.person.en for one in before_all}
    found = []
    for view in chosen:
        found.append(_intervention(view, instead.get(view.id, ()), said, taken.get(view.id), told))
        told |= {one.cell.says.en for one in view.guidance[:1]}
    return tuple(found)


def _intervention(
    view: ApproachView, instead: tuple[str, ...], said: Person, record: Medication | None, told: set[str]
) -> Intervention:
    methods = view.approach.methods

    def text(claim: Text) -> Text:
        return Text(en=claim.en, es=claim.es)

    return Intervention(
        approach=view.id,
        name=view.approach.name,
        why=reasons(view, told),
        aims=tuple(alignment.aim for alignment in view.aims),
        format=text(methods.format),
        sessions=text(methods.sessions),
        length=None if methods.length is None else text(methods.length),
        who=text(methods.given_by),
        where=view.inside,
        prescriber=view.approach.prescriber,
        cautions=cautions(view, taken=record is not None),
        method_sources=method_sources(view),
        instead=instead,
        chosen=view.id in said.approaches.chosen,
        taken="" if record is None else ", ".join(filter(None, (record.name, record.prescriber))),
        asks=tuple(text(claim) for claim in view.approach.asks),
    )


def _step_down(rec: Recommendation, goals: tuple[Goal, ...]) -> tuple[Transition, ...]:
    """The least restrictive of the settings that wait for the fewest needs, and the one recommended next."""
    kb = rec.kb
    placed = rec.now or rec.least.now
    rank = min(kb.packages[name].rank for name in placed.ids)
    plain = [p for p in kb.packages.values() if p.rank < rank and len(p.parts) == 1 and p.id in rec.step_down]
    context = rec.context
    if context is not None:
        number = rec.kb.contexts.index(context)
        plain = [p for p in plain if number in p.admits]
    easiest = min(plain, key=lambda p: (len(rec.step_down[p.id].resolve), p.rank), default=None)
    targets = [easiest.id] if easiest else []
    after = rec.next or rec.least.next
    targets += [name for name in after.ids if kb.packages[name].rank < rank and name not in targets]
    found = []
    for target in targets:
        way = rec.step_down[target]
        if not way.resolve:
            continue
        names = tuple(goal.id for goal in goals if set(goal.needs) & set(way.resolve))
        found.append(
            Transition(target=place_of(rec, target), goals=names, needs=way.resolve, open=way.open, fixed=way.fixed)
        )
    return tuple(found)


def _step_up(kb: Knowledge, goals: tuple[Goal, ...]) -> tuple[str, ...]:
    names, needs = {goal.id for goal in goals}, {need for goal in goals for need in goal.needs}
    return tuple(
        sign.id
        for sign in kb.step_up.values()
        if not (sign.for_goals or sign.for_needs) or names & set(sign.for_goals) or needs & set(sign.for_needs)
    )
