"""The whole basis of a result, to be checked step by step: needs, rules, sources, shortfalls, provenance."""

from __future__ import annotations

from trellis.account import Reason
from trellis.cli import everything, noticed
from trellis.cli.view import View
from trellis.decide.views import FactView, Shortfall
from trellis.library.titles import dimension_title
from trellis.say.outline import condition_lines, fact_label


def show(view: View, *, whole: bool = False) -> None:
    """Everything that the result rests on.

    Args:
        view: whose result, and for whom.
        whole: with the needs that are folded under another, those still open, and those ruled out.
    """
    _needs(view, whole)
    _shortfalls(view)
    _step_down(view)
    if whole:
        everything.still_open(view)
        everything.cleared(view)
    _provenance(view)


def _needs(view: View, whole: bool) -> None:
    reasons = list(view.account.reasons)
    if whole:
        reasons += [Reason(name, hour=False) for reason in view.account.reasons for name in reason.folded]
    view.term.heading(view.say("basis.title"))
    if not reasons:
        view.term.text(view.say("clinician.no_needs"))
    for number, reason in enumerate(reasons, 1):
        if number > 1:
            view.term.line()
        _need(view, number, reason)
    if not whole:
        everything.count_folded(view)


def _need(view: View, number: int, reason: Reason) -> None:
    say, term, kb = view.say, view.term, view.kb
    need = view.rec.need(reason.need)
    dimension = dimension_title(kb, need.dimension, view.lang)
    head = say("basis.need", number=number, id=need.id, phase=say(f"result.phase_{need.phase}"), dimension=dimension)
    term.text(head, style="bold")
    term.text(view.reason(reason), indent="  ")
    if need.facts:
        term.text(say("basis.facts"), indent="  ")
        term.bullets((_fact(view, fact) for fact in need.facts), indent="    ")
    if view.role == "clinician":
        term.text(say("basis.condition"), indent="  ")
        term.lines(condition_lines(kb, kb.conditions[need.id], view.lang), indent="    ")
    requires = say("basis.requires", rows=view.rows(need.requires)) if need.requires else say("basis.requires_nothing")
    term.text(requires, indent="  ")
    if need.services:
        term.text(say("basis.services", names=view.services(need.services)), indent="  ")
    if need.fixed and need.facts:
        term.text(say("basis.fixed"), indent="  ")
    term.text(say("basis.mapping_source" if need.mapping == "source" else "basis.mapping_judgement"), indent="  ")
    if need.note and view.role == "clinician":
        term.text(say("basis.note", note=need.note), indent="  ")
    term.text(say("basis.sources"), indent="  ")
    term.bullets(kb.cite(need.sources), indent="    ")
    term.text(say("basis.review", review=say.review_of(need.review)), indent="  ")


def _fact(view: View, fact: FactView) -> str:
    label = view.question(fact.id)
    if view.role == "clinician":
        label = f"{fact_label(view.kb.facts[fact.id], view.lang)} [{fact.id}]"
    if not fact.source:
        return view.say("basis.fact", fact=label, value=view.value(fact))
    day = (fact.date or view.rec.as_of).isoformat()
    return view.say("basis.fact_sourced", fact=label, value=view.value(fact), source=fact.source, date=day)


def _shortfall(view: View, row: Shortfall) -> str:
    return view.say(
        "basis.shortfall" if row.certain else "basis.shortfall_maybe",
        axis=view.axis(row.axis),
        asked=view.step(row.axis, row.asked),
        given=view.step(row.axis, row.given),
        needs=", ".join(row.needs) if row.certain else view.need_names(row.needs),
    )


def _shortfalls(view: View) -> None:
    """What each package lacks; those that lack the same together, in the place of the lightest of them."""
    view.term.heading(view.say("basis.shortfalls"))
    told = [one.package for one in view.account.considered] + [one.package for one in view.account.others]
    alike: dict[tuple[str, ...], list[str]] = {}
    for name in (name for name in view.kb.packages if name in told):
        rows = tuple(_shortfall(view, row) for row in view.rec.shortfalls[name])
        alike.setdefault(rows, []).append(name)
    for lines, names in alike.items():
        view.term.text("; ".join(view.package(name) for name in names), style="bold")
        if lines:
            view.term.bullets(lines, indent="  ")
        else:
            view.term.text(view.say("basis.shortfall_nothing"), indent="  ")


def _step_down(view: View) -> None:
    """What would have to be resolved; the packages for which it is the same together."""
    say, term = view.say, view.term
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for way in view.account.step_down:
        alike.setdefault((way.resolve, way.fixed, way.open), []).append(way.target)
    if not alike:
        return
    term.heading(say("basis.step_down"))
    for (resolve, fixed, left), targets in alike.items():
        term.text("; ".join(view.package(target) for target in targets), style="bold")
        if resolve:
            term.text(say("basis.resolve", needs=", ".join(resolve)), indent="  ")
        if fixed:
            term.text(say("basis.step_fixed", needs=", ".join(fixed)), indent="  ")
        if left:
            term.text(say("basis.step_open", needs=view.need_names(left)), indent="  ")


def _provenance(view: View) -> None:
    say, given = view.say, view.rec.provenance
    view.term.heading(say("basis.provenance"))
    parameters = ", ".join(f"{name}={value}" for name, value in given.parameters.items())
    lines = [
        say("basis.provenance_software", version=given.software),
        say("basis.provenance_knowledge", version=given.knowledge, digest=given.digest),
        say("basis.provenance_as_of", date=given.as_of.isoformat()),
        say("basis.provenance_parameters", parameters=parameters),
        noticed.used(view),
    ]
    if given.places:
        lines.append(say("basis.provenance_places", places=", ".join(f"{k}={v}" for k, v in given.places.items())))
    if given.jurisdiction:
        lines.append(say("basis.provenance_jurisdiction", place=given.jurisdiction))
    lines += [say("basis.provenance_off", need=name, why=why) for name, why in given.off.items()]
    view.term.bullets(lines)
    view.term.text(view.review(), style="bold")
