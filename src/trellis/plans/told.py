"""What to know before a saved plan is used: edited by hand, made with other content, or not read in full today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trellis.plans.check import PartDiffers
from trellis.plans.plan import Plan, PlanConflict

if TYPE_CHECKING:
    from trellis.plans.view import PlanView


def notices(view: PlanView) -> tuple[str, ...]:
    """Sentences, what matters most first; none for a plan that is what its answers give with the content at hand."""
    found = view.checked
    lines = [*_edited(view)]
    left_out = [name for name in found.urgent if name not in (*view.plan.urgent, *view.plan.on_record)]
    if left_out:
        lines.append(view.say("plan.danger_left_out", names=view.join(view.danger(name) for name in left_out)))
    if found.as_made is not None:
        lines += [_differs(view, found.as_made, one) for one in found.parts if one.part != "urgent" or not left_out]
    if found.no_basis:
        lines.append(view.say("plan.no_basis"))
    if found.other_knowledge:
        basis = view.plan.basis
        digest = str(basis.get("digest", "?"))[:12]
        lines.append(view.say("plan.other_content", knowledge=basis.get("knowledge", "?"), digest=digest))
    if found.edited and found.as_made is None:
        now = view.join(view.package(name) for name in (found.rec.now or found.rec.least.now).ids)
        lines.append(view.say("plan.answers_today", place=now))
    if found.unreadable:
        lines.append(view.say("plan.unreadable", names=view.join(found.unreadable)))
    lines += _unknown(view)
    if found.future:
        lines.append(view.say("plan.future", day=view.day(view.plan.made_on)))
    if found.number is not None:
        lines.append(view.say("plan.misnumbered", version=view.plan.version, number=found.number))
    lines += [view.say("plan.earlier_edited", version=number) for number in found.earlier_edited]
    return tuple(lines)


def _edited(view: PlanView) -> Iterable[str]:
    """That the plan was edited, or may have been."""
    found = view.checked
    if found.seal == "broken":
        yield view.say("plan.edited")
        if found.as_made is not None and not found.parts:
            yield view.say("plan.edited_same")
    elif found.edited:
        yield view.say("plan.edited_or_older")
    elif found.parts:
        yield view.say("plan.not_as_answers")


def _differs(view: PlanView, made: Plan, one: PartDiffers) -> str:
    part = view.say(f"plan.part_{one.part}")
    if not (one.plan or one.answers):
        return view.say("plan.edited_part", part=part)
    sides = (_side(view, view.plan, one.part, one.plan), _side(view, made, one.part, one.answers))
    return view.say("plan.edited_part_named", part=part, plan=sides[0], answers=sides[1])


def _side(view: PlanView, plan: Plan, part: str, names: tuple[str, ...]) -> str:
    if part == "placing":
        return "; ".join(view.text(place.name) for place in plan.placing.now) or view.say("plan.nothing")
    return "; ".join(in_words(view, plan, part, name) for name in names) or view.say("plan.nothing")


def in_words(view: PlanView, plan: Plan, part: str, name: str) -> str:
    """A name in a part of a plan as a reader knows it."""
    match part:
        case "goals":
            goal = plan.goal(name)
            if goal is None and name in view.kb.goals:
                return view.words(view.kb.goals[name].goal)
            return view.words(goal.goal) if goal else name
        case "interventions":
            return view.approach(name)
        case "services":
            return view.service(name)
        case "placing":
            return view.package(name)
        case "urgent":
            return view.danger(name)
        case "evaluate":
            return view.evaluator(name)
    return name


def _unknown(view: PlanView) -> Iterable[str]:
    kept = view.plan.kept
    names = [(f"{kind}.{name}", name) for kind, names in view.checked.unknown.items() for name in names]
    dangers = {f"urgent.{name}" for name in kept.dangers}
    packages = {f"packages.{name}" for name in view.checked.unknown.get("packages", ())}
    goals = {f"goals.{name}" for name in view.checked.unknown.get("goals", ())}
    worded = {*kept.names, *kept.says, *dangers, *packages, *goals}  # a plan holds the words of places and goals itself
    gone = [_with_words(view, key, name) for key, name in names if key in worded]
    lost = [name for key, name in names if key not in worded]
    if gone:
        yield view.say("plan.words_kept", names=view.join(dict.fromkeys(gone)))
    if lost:
        yield view.say("plan.names_unknown", names=view.join(dict.fromkeys(lost)))


def _with_words(view: PlanView, key: str, name: str) -> str:
    kept = view.plan.kept.names.get(key)
    words = view.text(kept) if kept else view.package(name) if key.startswith("packages.") else name
    return f"{words} ({name})" if words != name else name


def where(view: PlanView) -> str:
    """The places recommended now and next, in sentences. A place that somebody wrote in is never told as ours."""
    placing, found = view.plan.placing, view.checked
    if found.edited and found.as_made is not None and any(one.part == "placing" for one in found.parts):
        answers = view.say.either([view.text(place.name) for place in found.as_made.placing.now])
        if answers != view.now:
            return view.say("plan.where_edited", plan=view.now, answers=answers)
    first = view.say("plan.least_now" if placing.most else "plan.usual_now", place=view.now)
    return f"{first} {view.say('plan.usual_next', place=view.next)}" if view.next else first


def conflict_lines(view: PlanView, conflict: PlanConflict) -> tuple[str, ...]:
    """A place that cannot be had, or is not wanted: what would do, what helps meanwhile, when to look again."""
    places, instead = (
        view.say.either([view.text(place.name) for place in side]) for side in (conflict.places, conflict.instead)
    )
    lines = [view.say(f"plan.conflict_{conflict.kind}", places=places)]
    enough = "plan.conflict_next" if conflict.certain else "plan.conflict_next_open"
    lines.append(view.say(enough, places=instead) if instead else view.say("plan.conflict_no_next"))
    if conflict.interim:
        lines.append(view.say("plan.conflict_interim", services=view.join(view.services(conflict.interim))))
    return (*lines, view.say("plan.conflict_again", date=view.day(conflict.look_again)))
