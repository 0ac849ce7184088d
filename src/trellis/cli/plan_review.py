"""What ``trellis plan review`` prints: the step proposed, its reasons, what changed, and what to know first."""

from __future__ import annotations

from trellis.account import what_decides
from trellis.cli import noticed
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.decide import Recommendation
from trellis.decide.views import UrgentView
from trellis.plans import Plan, Review, differences
from trellis.plans.printable import printable
from trellis.plans.render import view_of
from trellis.plans.told import in_words
from trellis.plans.view import PlanView
from trellis.say import Say


def review_view(found: Review, lang: str, role: str) -> PlanView:
    """The version before, as it stands in the file, with what was found about it."""
    return view_of(found.rec.kb, found.plan.earlier[-1], lang=lang, role=role, found=found.checked)


def dangers(rec: Recommendation, plan: Plan) -> tuple[UrgentView, ...]:
    """The dangers to tell first: as the answers give them, then those on record that no answer can rule out."""
    told = {view.id for view in rec.urgent}
    on_record = (name for name in plan.on_record if name in rec.kb.urgent and name not in told)
    return (*rec.urgent, *(UrgentView(name, (), latched=True) for name in on_record))


def show_review(found: Review, lang: str, role: str, term: Terminal) -> None:
    """A review on the terminal, below the help panel."""
    kb = found.rec.kb
    above = [danger.id for danger in dangers(found.rec, found.plan)]
    view = view_of(kb, found.plan, lang=lang, role=role, above=above)
    before = PlanView(kb, printable(found.before), lang, role, found.checked)
    say = view.say
    term.heading(say("plan.review_title", as_of=view.day(found.rec.as_of)))
    _first(found, view, review_view(found, lang, role), term)
    term.text(say(f"plan.step_{found.step}"), style="bold")
    if view.plan.placing.most:
        # What is least so far is no step: somebody would read it as the place to go to.
        term.text(f"{view.where} {say('plan.not_settled', most=view.most, count=view.plan.open_questions)}")
    else:
        term.text(
            f"{say('plan.now')}: {before.now} → {view.now}"
            if before.now != view.now
            else f"{say('plan.now')}: {view.now}"
        )
    if view.plan.conflicts:
        term.subheading(say("plan.conflicts"))
        term.bullets(view.conflict(conflict) for conflict in view.plan.conflicts)
    noticed.show(View(found.rec, Say(lang), term, role))
    term.subheading(say("plan.reasons"))
    term.bullets(_reasons(found, view, before))
    term.subheading(say("plan.changed"))
    term.bullets(_changes(found, view) or [say("plan.nothing_changed")])
    for part in ("goals_met", "goals_open", "goals_kept", "goals_new"):
        names = getattr(found, part)
        if names:
            term.subheading(say(f"plan.{part}"))
            owner = view.plan if part == "goals_new" else before.plan
            term.bullets(view.words(goal.goal) for name in names if (goal := owner.goal(name)) is not None)
    if found.outdated:
        term.text(say("plan.outdated", names=", ".join(found.outdated)))
    if found.other_knowledge:
        term.text(say("plan.other_knowledge"))
    _differences(found, view, before, term)
    term.line()
    term.text(view.version_line)
    _agreement(view, term)
    term.text(say("plan.not_reviewed_clinician" if role == "clinician" else "plan.not_reviewed"))


def _first(found: Review, view: PlanView, as_it_is: PlanView, term: Terminal) -> None:
    """What to know before the rest is read."""
    told = list(as_it_is.notices)
    if found.checked.edited and found.before is not found.plan.earlier[-1] and found.checked.as_made is not None:
        told.append(view.say("plan.edited_before", version=as_it_is.plan.version))
    if view.plan.on_record:
        told.append(view.say("plan.on_record", names=view.join(view.danger(name) for name in view.plan.on_record)))
    if told:
        term.bullets(told)
        term.line()
    for danger in view.urgent:  # on record, and gone from today's content: in the words that were kept
        term.box(view.text(danger.title))
        term.bullets(view.urgent_lines(danger))


def _reasons(found: Review, view: PlanView, before: PlanView) -> list[str]:
    decides = what_decides(found.rec) - set(found.needs_new)
    holding = view.why(name for name in view.plan.placing.because if name in decides)
    return [
        *(view.say("plan.arose", need=view.reason(name)) for name in found.needs_new),
        *(view.say("plan.passed", need=view.need(name)) for name in found.needs_cleared),
        *(view.say("plan.holds", need=one.text) for one in holding),
        *(view.say("plan.needs_gone", need=before.need(name)) for name in found.needs_gone),
    ]


def _changes(found: Review, view: PlanView) -> list[str]:
    kb = found.rec.kb
    lines = []
    for change in found.changed:
        fact = kb.facts[change.fact]
        label = fact.question.for_role(view.role).in_language(view.lang)
        if change.before[0] == change.before[1] and change.after[0] != change.after[1]:
            lines.append(view.say("plan.ask_again", fact=label))
            continue
        steps = {step.id: step.in_language(view.lang).rstrip(".") for step in fact.scale}
        before, after = (
            steps[ends[0]] if ends[0] == ends[1] else f"{steps[ends[0]]} … {steps[ends[1]]}"
            for ends in (change.before, change.after)
        )
        lines.append(view.say("plan.changed_row", fact=_sentence(label), before=before, after=after))
    for place in found.places:
        states = {"before": view.say(f"plan.state_{place.before}"), "after": view.say(f"plan.state_{place.after}")}
        lines.append(view.say("plan.place_row", place=view.package(place.place), **states))
    return lines


def _sentence(label: str) -> str:
    """A question, or the name of a fact, as a sentence of its own: what follows does not belong to it."""
    return label if label.endswith((".", "?", "!")) else f"{label}."


def _differences(found: Review, view: PlanView, before: PlanView, term: Terminal) -> None:
    shown = differences(before.plan, view.plan)
    if not shown:
        return
    term.subheading(view.say("plan.differences", before=found.before.version, after=found.plan.version))
    for one in shown:
        sides = (("plan.gone", one.only_before, before), ("plan.come", one.only_after, view))
        parts = [
            view.say(key, names="; ".join(in_words(side, side.plan, one.part, name) for name in names))
            for key, names, side in sides
            if names
        ]
        term.bullets([f"{view.say(f'plan.part_{one.part}')}: {'; '.join(parts)}"])


def _agreement(view: PlanView, term: Terminal) -> None:
    """Who agreed to the new version; where nobody did, who agreed to an earlier one."""
    if view.agreed:
        term.subheading(view.say("plan.agreed"))
        term.bullets(view.spoken(one) for one in view.agreed)
        term.line()
        return
    term.text(view.nobody)
    if view.agreed_before:
        term.text(view.before_line(view.agreed_before))
        term.bullets(view.spoken(one) for one in view.agreed_before.agreed)
