"""What was noticed of the answers: those too old to count, danger that stays in force, what stays open."""

from __future__ import annotations

from trellis.cli.view import View
from trellis.decide.join import Expired, StandingDanger
from trellis.say.outline import fact_label

MOST_FACTS = 2


def answer(view: View, name: str, value: str) -> str:
    """An answer in words: a step, a context's value, or a number."""
    kb = view.kb
    if name in kb.facts:
        steps = {step.id: step.in_language(view.lang) for step in kb.facts[name].scale}
        return steps.get(value, value)
    if name in kb.factors:
        return {step.id: step.in_language(view.lang) for step in kb.factors[name].values}.get(value, value)
    return value


def question(view: View, name: str) -> str:
    """What was asked: the question of a fact, a context or a number, as this reader is asked it."""
    kb = view.kb
    asked = kb.facts.get(name) or kb.factors.get(name) or kb.inputs[name]
    if view.role == "clinician" and name in kb.facts:
        return f"{fact_label(kb.facts[name], view.lang)} [{name}]"
    words = view.words(asked.question.for_role(view.role))
    return f"{words} [{name}]" if view.role == "clinician" else words


def expired_lines(view: View) -> list[str]:
    """Each answer past its validity: what was asked, what it was, its day, and until when it counted."""
    return [_expired(view, one) for one in view.account.expired]


def _expired(view: View, one: Expired) -> str:
    slots = {"question": question(view, one.name), "answer": answer(view, one.name, one.value)}
    return view.say("result.expired_row", **slots, day=one.day.isoformat(), until=one.until.isoformat())


def standing_lines(view: View) -> list[str]:
    """Each danger that stays in force though less was said later."""
    return [_standing(view, one) for one in view.account.standing]


def _standing(view: View, one: StandingDanger) -> str:
    slots = {"question": question(view, one.fact), "answer": answer(view, one.fact, one.value)}
    if one.until is None:
        return view.say("result.standing_row_open", **slots, day=one.day.isoformat())
    return view.say("result.standing_row", **slots, day=one.day.isoformat(), until=one.until.isoformat())


def evaluation_lines(view: View) -> list[str]:
    """Each finding of a professional that counts: who, when, and what was found."""
    return [
        view.say(
            "result.evaluated_row",
            question=question(view, found.fact),
            answer=answer(view, found.fact, found.value),
            who=found.author,
            day=found.day.isoformat(),
        )
        for found in view.rec.findings
    ]


def set_aside_lines(view: View) -> list[str]:
    """The questions whose answers do not count, as something said later stands against them."""
    return [question(view, name) for name in view.rec.set_aside]


def show(view: View) -> None:
    """What stays in force, who has evaluated it, and what does not count; nothing where there is nothing."""
    for title, lines in (
        ("result.standing_title", standing_lines(view)),
        ("result.evaluated_title", evaluation_lines(view)),
        ("result.expired_title", expired_lines(view)),
        ("result.set_aside_title", set_aside_lines(view)),
    ):
        if lines:
            view.term.subheading(view.say(title))
            view.term.bullets(lines)


def used(view: View) -> str:
    """How many of the answers given count."""
    return view.say("basis.provenance_answers", count=len(view.rec.counted), given=len(view.rec.provenance.answers))


def what_is_open(view: View) -> str:
    """Of what must be known for a settled result: what the answers leave open, and what they do not."""
    say, parts = view.say, view.rec.open_parts
    if not parts:
        return say("clinician.settled")
    still = [say(f"result.part_{part}") for part in parts]
    known = [say(f"result.part_{part}") for part in ("placement_now", "danger") if part not in parts]
    if known:
        return say("clinician.not_settled_but", parts=say.join(still), known=say.join(known))
    return say("clinician.not_settled", parts=say.join(still))


def deciding_facts(view: View, needs: tuple[str, ...]) -> list[str]:
    """The questions that would show whether some open needs hold, the first few of them."""
    facts = dict.fromkeys(fact.id for name in needs for fact in view.rec.need(name).facts)
    return [question(view, name) for name in list(facts)[:MOST_FACTS]]
