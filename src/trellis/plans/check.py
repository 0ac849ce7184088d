"""Whether a saved plan is still what its answers give: edited by hand, made with other content, or neither.

The answers in a plan decide, not what somebody wrote beside them. So danger is told as the answers give it, and every
part that says something else is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis._version import __version__
from trellis.decide import Recommendation, decide
from trellis.errors import AnswerError
from trellis.library.knowledge import Knowledge
from trellis.plans.keep import unknown_names
from trellis.plans.make import make_plan
from trellis.plans.person import read_person
from trellis.plans.places import places_now
from trellis.plans.plan import Plan
from trellis.plans.seal import Seal, seal_of

APART = ("form", "version", "basis", "person", "on_record", "services_kept", "earlier", "kept", "seal")
"""What making a plan again does not give, or what the rest is made from."""
SINCE_SEALS = ("conflicts", "not_held")
"""Parts that plans of before seals do not have."""


@dataclass(frozen=True)
class PartDiffers:
    """A part of a plan that is not what its answers give, with the names on each side; empty where it has none."""

    part: str
    plan: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What was found about a saved plan.

    Args:
        seal: whether the file is as it was made.
        other_knowledge: made with other content, or other parameters of the site.
        other_software: made by another version of Trellis.
        rec: what the answers in the plan give, with the knowledge at hand.
        as_made: the plan that follows from them; None with other knowledge, or when it cannot be made.
        parts: where the plan says something else than ``as_made``.
        unreadable: answers that the knowledge at hand cannot read.
        unknown: names in the plan that the knowledge at hand does not have, by kind.
        no_basis: what the plan rests on is not of its form.
        future: the plan says that it was made on a day that has not come.
        number: which version it is by the versions it keeps, when it says another; else None.
        earlier_edited: the versions it keeps that were edited by hand.
    """

    seal: Seal
    other_knowledge: bool
    other_software: bool
    rec: Recommendation
    as_made: Plan | None
    parts: tuple[PartDiffers, ...]
    unreadable: tuple[str, ...]
    unknown: Mapping[str, tuple[str, ...]]
    no_basis: bool
    future: bool
    number: int | None
    earlier_edited: tuple[int, ...]

    @property
    def edited(self) -> bool:
        """Whether somebody edited the plan by hand, or may have: older plans carry no seal that could tell."""
        by_itself = bool(self.parts or self.number or self.no_basis)
        return self.seal == "broken" or (self.seal == "none" and by_itself)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The dangers that the answers give, the gravest first."""
        return tuple(view.id for view in self.rec.urgent)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "edited": self.edited,
            "seal": self.seal,
            "other_knowledge": self.other_knowledge,
            "urgent": list(self.urgent),
            "placing": list((self.rec.now or self.rec.least.now).ids),
            "parts": [{"part": p.part, "plan": list(p.plan), "answers": list(p.answers)} for p in self.parts],
            "unreadable": list(self.unreadable),
            "unknown": {kind: list(names) for kind, names in self.unknown.items()},
            "earlier_edited": list(self.earlier_edited),
        }


def check_plan(kb: Knowledge, plan: Plan, *, today: date | None = None) -> Checked:
    """Decide a plan's answers again, and say where the plan is not what they give.

    Args:
        kb: the knowledge at hand; the plan may rest on another.
        plan: any version, with the earlier ones it keeps.
        today: the day, to tell a plan that says it was made later; not looked at when left out.

    >>> import trellis
    >>> kb = trellis.load()
    >>> plan = make_plan(trellis.decide(kb, {"harm.suicide_thoughts": "intent"}, as_of=date(2026, 11, 24)))
    >>> found = check_plan(kb, plan.model_copy(update={"urgent": ()}))
    >>> found.edited, found.urgent, [(one.part, one.answers) for one in found.parts]
    (True, ('suicide',), [('urgent', ('suicide',))])
    """
    basis = plan.basis
    day = _day(basis.get("as_of"))
    answers, places = basis.get("answers"), basis.get("places", {})
    sound = day is not None and isinstance(answers, dict) and isinstance(places, dict)
    read, unreadable = readable(kb, answers if isinstance(answers, dict) else {}, day or plan.made_on)
    full = places_now(kb, places if isinstance(places, dict) else {}, None)
    rec = decide(kb, read, as_of=day or plan.made_on, places=full)
    other = basis.get("digest") != kb.digest
    as_made = None if other or unreadable or not sound else _made_again(rec, plan)
    number = len(plan.earlier) + 1
    seal = seal_of(plan)
    return Checked(
        seal=seal,
        other_knowledge=other,
        other_software=basis.get("software") != __version__,
        rec=rec,
        as_made=as_made,
        parts=_parts(plan, as_made) if as_made else (),
        unreadable=unreadable,
        unknown=unknown_names(kb, plan),
        no_basis=not sound,
        future=today is not None and plan.made_on > today,
        number=number if seal != "whole" and plan.version != number else None,
        earlier_edited=tuple(one.version for one in plan.earlier if seal_of(one) == "broken"),
    )


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None


def readable(kb: Knowledge, answers: Mapping[str, Any], as_of: date) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers of a saved plan that the knowledge can read together, and the names of those it cannot.

    A fact or a step may be gone from the content, or have another name: nobody typed anything wrong then.
    """
    known = {
        name: given
        for name, given in answers.items()
        if name in kb.facts or name in kb.factors or name in kb.inputs
        if isinstance(given, list) and all(isinstance(one, (dict, str, int, float)) for one in given)
    }
    kept = known if _can_decide(kb, known, as_of) else {}
    if not kept:
        for name, given in known.items():
            if _can_decide(kb, {**kept, name: given}, as_of):
                kept[name] = given
    return kept, tuple(name for name in answers if name not in kept)


def _can_decide(kb: Knowledge, answers: Mapping[str, Any], as_of: date) -> bool:
    try:
        decide(kb, answers, as_of=as_of)
    except AnswerError:
        return False
    return True


def _made_again(rec: Recommendation, plan: Plan) -> Plan | None:
    """The plan as the answers and the person's words give it; None when the words in the file cannot be used."""
    try:
        made = make_plan(rec, read_person(plan.person))
    except AnswerError:
        return None
    return made.model_copy(update={"version": plan.version, "earlier": plan.earlier, "on_record": plan.on_record})


def _parts(plan: Plan, made: Plan) -> tuple[PartDiffers, ...]:
    apart = APART if plan.seal else (*APART, *SINCE_SEALS)
    found = []
    for part in Plan.model_fields:
        if part not in apart and getattr(plan, part) != getattr(made, part):
            one, two = names_of(plan, part), names_of(made, part)
            found.append(PartDiffers(part, one, two) if one != two else PartDiffers(part))
    return tuple(found)


def names_of(plan: Plan, part: str) -> tuple[str, ...]:
    """What a part of a plan holds, as names that the knowledge leads to words; empty for a part that has no names."""
    match part:
        case "placing":
            return tuple(place.package for place in plan.placing.now)
        case "goals":
            return tuple(goal.id for goal in plan.goals)
        case "interventions":
            return tuple(one.approach for one in plan.interventions)
        case "services":
            return tuple(one.service for one in (*plan.services, *plan.services_kept))
        case "evaluate":
            return tuple(one.by for one in plan.evaluate)
        case "medications":
            return tuple(f"{one.name} {one.dose}".strip() for one in plan.medications)
        case "aims":
            return tuple(aim.words or ", ".join(aim.serves) for aim in plan.aims)
        case "strengths":
            return plan.strengths
        case "urgent":
            return plan.urgent
    return ()
