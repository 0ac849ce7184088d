"""The words behind the names in a plan, kept at its making, so that it can be read when the content has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trellis.kinds.text import Text, Words
from trellis.library.knowledge import Knowledge
from trellis.plans.plan import Kept, KeptDanger, KeptLine, Plan


def lines_on_paper(kb: Knowledge) -> tuple[str, ...]:
    """The help lines that stand on every plan, whatever its dangers."""
    return tuple(name for name, line in kb.lines.items() if line.on_paper)


def names_in(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Every name in a plan that the knowledge leads to words, by the kind of entry."""
    conflicts = [name for one in plan.conflicts for name in one.interim]
    barriers = [name for one in plan.barriers for name in one.accommodations]
    also = [name for one in plan.interventions for name in one.instead]
    found: dict[str, Iterable[str]] = {
        "approaches": [*(one.approach for one in plan.interventions), *also, *plan.ask_about, *plan.stopped],
        "services": [*(one.service for one in (*plan.services, *plan.services_kept)), *barriers, *conflicts],
        "settings": [name for one in plan.interventions for name in one.where],
        "aims": [name for one in plan.aims for name in one.serves],
        "evaluators": [one.by for one in plan.evaluate],
        "instruments": [goal.measure for goal in plan.goals if goal.measure and not goal.own],
        "barriers": [one.barrier for one in plan.barriers],
        "needs": [
            *plan.placing.because,
            *(need for goal in plan.goals for need in goal.needs),
            *(need for way in plan.step_down for need in (*way.needs, *way.fixed)),
        ],
        "goals": [goal.id for goal in plan.goals if not goal.own],
        "step_up": plan.step_up,
        "urgent": [*plan.urgent, *plan.on_record],
        "packages": [place.package for place in (*plan.placing.now, *plan.placing.next, *plan.placing.most)],
    }
    return {kind: tuple(dict.fromkeys(names)) for kind, names in found.items()}


def entries(kb: Knowledge, kind: str) -> Mapping[str, object]:
    """The entries of the knowledge that a kind of name leads to."""
    if kind == "settings":
        return {**kb.settings, **kb.add_ons, **kb.responses}
    found: Mapping[str, object] = getattr(kb, kind)
    return found


def unknown_names(kb: Knowledge, plan: Plan) -> dict[str, tuple[str, ...]]:
    """The names in a plan that the knowledge does not have, by kind."""
    missing = {kind: _without(names, entries(kb, kind)) for kind, names in names_in(plan).items()}
    return {kind: names for kind, names in missing.items() if names}


def _without(names: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in known)


def keep(kb: Knowledge, plan: Plan) -> Kept:
    """The words of every name in a plan, each under ``kind.name``, and those of its dangers and help lines."""
    names: dict[str, Text] = {}
    says: dict[str, Words] = {}
    for kind, used in names_in(plan).items():
        known = entries(kb, kind)
        for name in used:
            entry = known.get(name)
            words = getattr(entry, "because", None) or getattr(entry, "says", None)
            if kind in ("needs", "step_up") and isinstance(words, Words):
                says[f"{kind}.{name}"] = words
            elif isinstance(called := getattr(entry, "name", None), Text):
                names[f"{kind}.{name}"] = Text(en=called.en, es=called.es)
    dangers = {
        name: KeptDanger(
            title=kb.urgent[name].title,
            person=kb.urgent[name].person,
            clinician=kb.urgent[name].clinician,
            lines=kb.urgent[name].lines,
        )
        for name in (*plan.urgent, *plan.on_record)
        if name in kb.urgent
    }
    wanted = dict.fromkeys((*(line for one in dangers.values() for line in one.lines), *lines_on_paper(kb)))
    lines = {
        name: KeptLine(contact=kb.lines[name].contact, what_for=kb.lines[name].what_for)
        for name in wanted
        if name in kb.lines
    }
    return Kept(names=names, says=says, dangers=dangers, lines=lines)
