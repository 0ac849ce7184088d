"""From a recommendation and the person's own words to a plan. Nothing is invented: what is missing stays open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from trellis.approaches import ApproachView, Matched, Wishes, match_approaches, read_wishes
from trellis.decide import Recommendation
from trellis.decide.views import EvaluateView, NeedView, Placement
from trellis.model.approach import PlanGoal
from trellis.model.errors import AnswerError, Problem, did_you_mean
from trellis.model.knowledge import Knowledge
from trellis.model.text import Text, Words
from trellis.model.words import condition_lines
from trellis.plans.person import Member, OwnGoal, Person
from trellis.plans.plan import (
    Action,
    Aim,
    Evaluation,
    Goal,
    Intervention,
    Place,
    Placing,
    Plan,
    PlanBarrier,
    PlanService,
    PlanStep,
    Transition,
)
from trellis.plans.roles import role_name

ACTIONS = 3
"""How many next actions a person is given: more are not done."""
ADDED = 3
"""How many approaches beside the main ones a plan proposes; the others are named to ask about."""
REVIEW_DAYS = 30
"""How soon a plan is looked at again where the knowledge names no time for a setting."""
PHASE_ORDER = ("hold", "acute", "ongoing")


def make_plan(rec: Recommendation, person: Person | None = None) -> Plan:
    """Make the first version of a plan.

    Each active need is a problem; what clears it a measurable goal; approaches with evidence are interventions; what
    holds the person at this level is the criterion to step down.

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
    if problems:
        raise AnswerError(problems)
    matched = match_approaches(rec, wishes)
    goals = (*_goals(rec, said.team), *(_own_goal(number, goal) for number, goal in enumerate(said.goals, 1)))
    chosen, instead = _choose(matched, said)
    placing = _placing(rec)
    return Plan(
        made_on=rec.as_of,
        review_on=_review_on(rec, placing),
        review_status=rec.review,
        basis=rec.provenance.to_json(),
        called=said.called,
        placing=placing,
        urgent=tuple(view.id for view in rec.urgent),
        evaluate=tuple(_evaluation(view) for view in rec.evaluate if view.certain),
        aims=_aims(wishes),
        strengths=said.strengths,
        goals=goals,
        interventions=tuple(_intervention(view, instead.get(view.id, ()), said) for view in chosen),
        stopped=tuple(stopped.approach.id for stopped in matched.stopped),
        ask_about=_ask_about(matched, chosen, instead, said),
        services=tuple(
            PlanService(service=s.id, safety=s.safety, gap=s.gap, needs=s.needs) for s in rec.services if s.certain
        ),
        medications=said.medications,
        safety_plan=said.safety_plan,
        return_to_use=said.return_to_use,
        naloxone=any(s.id == "naloxone" and s.certain for s in rec.services),
        barriers=tuple(
            PlanBarrier(barrier=b.id, because=b.because, accommodations=b.accommodations) for b in rec.barriers
        ),
        step_down=_step_down(rec, goals),
        step_up=_step_up(kb, goals),
        actions=_actions(rec, goals, said.team),
        open_questions=len({fact.id for need in rec.open for fact in need.facts}),
        team=said.team,
        agreed=said.agreed,
        person=said.model_dump(mode="json", exclude_defaults=True),
    )


def _aims(wishes: Wishes) -> tuple[Aim, ...]:
    return tuple(Aim(words=said.words, serves=said.serves, suggested=said.suggested) for said in wishes.aims)


def _evaluation(view: EvaluateView) -> Evaluation:
    return Evaluation(by=view.by, within_hours=view.within_hours, needs=view.needs)


def place_of(rec: Recommendation, package: str) -> Place:
    """A package with its name for this person, in both languages."""
    kb = rec.kb
    first, *rest = kb.packages[package].parts
    names = {}
    for lang, joined in (("en", ", with "), ("es", ", con ")):
        parts = [kb.unit_name(part, rec.context, lang) for part in (first, *rest)]
        name = joined.join([parts[0], ", ".join(parts[1:])] if rest else parts)
        names[lang] = name[:1].upper() + name[1:]
    return Place(package=package, name=Text(en=names["en"], es=names["es"]))


def _placing(rec: Recommendation) -> Placing:
    def places(placement: Placement | None) -> tuple[Place, ...]:
        return tuple(place_of(rec, package) for package in placement.ids) if placement else ()

    open_now = rec.now is None
    asked = [need for need in rec.active if need.requires and need.phase != "hold"]
    return Placing(
        settled=rec.settled,
        now=places(rec.now or rec.least.now),
        next=places(rec.next or rec.least.next),
        most=places(rec.most.now) if open_now else (),
        because=tuple(need.id for need in asked),
    )


def _review_on(rec: Recommendation, placing: Placing) -> date:
    days = {entry.setting: entry.days for entry in rec.kb.review_within}
    settings = [rec.kb.packages[place.package].setting for place in placing.now]
    soonest = min((days.get(setting, REVIEW_DAYS) for setting in settings), default=REVIEW_DAYS)
    return rec.as_of + timedelta(days=soonest)


def _goals(rec: Recommendation, team: tuple[Member, ...]) -> tuple[Goal, ...]:
    kb = rec.kb
    by_goal: dict[str, list[NeedView]] = {}
    goal_of = {need: goal for goal in kb.goals.values() for need in goal.needs}
    for need in rec.active:
        if need.id in goal_of:
            by_goal.setdefault(goal_of[need.id].id, []).append(need)
    urgent = {need for view in rec.urgent for need in view.needs}

    def order(entry: tuple[str, list[NeedView]]) -> tuple[bool, int, int]:
        name, needs = entry
        return (
            not any(need.id in urgent for need in needs),
            min(PHASE_ORDER.index(need.phase) for need in needs),
            list(kb.goals).index(name),
        )

    return tuple(
        _goal(kb, kb.goals[name], needs, rec.as_of, team) for name, needs in sorted(by_goal.items(), key=order)
    )


def _goal(kb: Knowledge, goal: PlanGoal, needs: list[NeedView], today: date, team: tuple[Member, ...]) -> Goal:
    steps = tuple(
        PlanStep(text=step.text, who=role_name(step.who, team), by=today + timedelta(days=step.within_days))
        for step in goal.objectives
    )
    return Goal(
        id=goal.id,
        needs=tuple(need.id for need in needs),
        problem=goal.problem,
        goal=goal.goal,
        measure=goal.measure or "",
        met_when=tuple(_cleared_words(kb, need.id) for need in needs),
        steps=steps,
        by=max(step.by for step in steps),
    )


def _cleared_words(kb: Knowledge, need: str) -> Text:
    """The condition whose end clears a need, as an indented outline in both languages."""
    lines = {lang: "\n".join(condition_lines(kb, kb.conditions[need], lang)) for lang in ("en", "es")}
    return Text(en=lines["en"], es=lines["es"])


def _own_goal(number: int, own: OwnGoal) -> Goal:
    def same(words: str) -> Words:
        return Words(person=Text(en=words, es=words), clinician=Text(en=words, es=words))

    who = Text(en=own.who, es=own.who) if own.who else role_name("team", ())
    return Goal(
        id=f"own-{number}",
        problem=same(own.problem or own.goal),
        goal=same(own.goal),
        measure=own.measure,
        steps=tuple(PlanStep(text=same(step), who=who, by=own.by) for step in own.steps) if own.by else (),
        by=own.by,
        own=True,
    )


def _choose(matched: Matched, said: Person) -> tuple[list[ApproachView], dict[str, tuple[str, ...]]]:
    """The approaches that stand in the plan, and for each main one the others for the same condition.

    What the person chose comes in, what they declined stays out. Of several main approaches for one condition the first
    is proposed and the others are named beside it: several therapies for one thing at once help nobody.
    """
    chosen: list[ApproachView] = []
    instead: dict[str, list[str]] = {}
    holder: dict[tuple[str, str], str] = {}
    added = 0
    declined = set(said.approaches.declined)
    ranked = sorted(matched.ranked, key=lambda view: (view.id not in said.approaches.chosen, view.key))
    for view in ranked:
        if view.id in declined:
            continue
        wanted = view.id in said.approaches.chosen
        main = [rule.condition for rule in view.rules if rule.order in ("first", "core")]
        if main:
            kind = "medication" if view.approach.kind == "medication" else "other"
            held = [holder[condition, kind] for condition in main if (condition, kind) in holder]
            if len(held) == len(main) and not wanted:
                instead.setdefault(held[0], []).append(view.id)
                continue
            for condition in main:
                holder.setdefault((condition, kind), view.id)
        elif not wanted:
            if added >= ADDED:
                continue
            added += 1
        chosen.append(view)
    order = {view.id: place for place, view in enumerate(matched.ranked)}
    return sorted(chosen, key=lambda view: order[view.id]), {name: tuple(others) for name, others in instead.items()}


def _ask_about(
    matched: Matched, chosen: Iterable[ApproachView], instead: dict[str, tuple[str, ...]], said: Person
) -> tuple[str, ...]:
    shown = {view.id for view in chosen} | {name for others in instead.values() for name in others}
    shown |= set(said.approaches.declined)
    names = [view.id for view in matched.ranked] + [ask.approach.id for ask in matched.ask_about]
    return tuple(name for name in names if name not in shown)


def _intervention(view: ApproachView, instead: tuple[str, ...], said: Person) -> Intervention:
    methods = view.approach.methods
    aims = tuple(Words(person=alignment.how, clinician=alignment.how) for alignment in view.aims)

    def text(claim: Text) -> Text:
        return Text(en=claim.en, es=claim.es)

    return Intervention(
        approach=view.id,
        name=view.approach.name,
        why=(*(rule.because for rule in view.rules), *aims),
        aims=tuple(alignment.aim for alignment in view.aims),
        format=text(methods.format),
        sessions=text(methods.sessions),
        length=None if methods.length is None else text(methods.length),
        who=text(methods.given_by),
        where=view.inside,
        prescriber=view.approach.prescriber,
        cautions=tuple(stop.because for stop in view.cautions),
        evidence=tuple(summary.id for summary in view.summaries),
        instead=instead,
        chosen=view.id in said.approaches.chosen,
        asks=tuple(text(claim) for claim in view.approach.asks),
    )


def _step_down(rec: Recommendation, goals: tuple[Goal, ...]) -> tuple[Transition, ...]:
    """The next less restrictive setting, and the one recommended next: what each waits for."""
    kb = rec.kb
    placed = rec.now or rec.least.now
    rank = min(kb.packages[name].rank for name in placed.ids)
    plain = [p for p in kb.packages.values() if p.rank < rank and len(p.parts) == 1 and p.id in rec.step_down]
    context = rec.context
    if context is not None:
        number = rec.kb.contexts.index(context)
        plain = [p for p in plain if number in p.admits]
    targets = [max(plain, key=lambda p: p.rank).id] if plain else []
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
    names = {goal.id for goal in goals}
    return tuple(sign.id for sign in kb.step_up.values() if not sign.for_goals or names & set(sign.for_goals))


def _actions(rec: Recommendation, goals: tuple[Goal, ...], team: tuple[Member, ...]) -> tuple[Action, ...]:
    kb = rec.kb
    today = rec.as_of
    found: list[Action] = []
    for view in rec.evaluate:
        if view.certain:
            evaluator = kb.evaluators[view.by]
            days = (
                max(1, -(-view.within_hours // 24)) if view.within_hours > 24 else (0 if view.within_hours <= 12 else 1)
            )
            what = Text(
                en=f"Talk with: {evaluator.name.en.lower()}.",
                es=f"Hablar con: {evaluator.name.in_language('es').lower()}.",
            )
            found.append(Action(what=what, who=role_name("team", team), by=today + timedelta(days=days)))
            break
    for goal in goals:
        planned = kb.goals.get(goal.id)
        if planned is not None:
            first = planned.first_steps[0]
            by = today + timedelta(days=first.within_days)
            found.append(Action(what=first.text, who=first.who, by=by, goal=goal.id))
        elif goal.steps:
            step = goal.steps[0]
            found.append(Action(what=step.text.person, who=step.who, by=step.by, goal=goal.id))
    return tuple(found[:ACTIONS])
