"""The whole basis of a result, to be checked step by step: needs, rules, sources, shortfalls, provenance."""

from __future__ import annotations

from trellis.cli import noticed
from trellis.cli.public import admitted
from trellis.cli.view import View
from trellis.decide.views import FactView, NeedView, Shortfall
from trellis.model.titles import dimension_title
from trellis.model.words import condition_lines, fact_label


def show(view: View) -> None:
    """Everything that the result rests on."""
    _needs(view)
    _shortfalls(view)
    _step_down(view)
    _open(view)
    _provenance(view)


def _needs(view: View) -> None:
    view.term.heading(view.say("basis_title"))
    if not view.rec.active:
        view.term.text(view.say("clinician_no_needs"))
    for number, need in enumerate(view.rec.active, 1):
        if number > 1:
            view.term.line()
        _need(view, number, need)


def _need(view: View, number: int, need: NeedView) -> None:
    say, term, kb = view.say, view.term, view.kb
    dimension = dimension_title(kb, need.dimension, view.lang)
    head = say("basis_need", number=number, id=need.id, phase=say(f"phase_{need.phase}"), dimension=dimension)
    term.text(head, style="bold")
    term.text(view.words(need.because.for_role(view.role)), indent="  ")
    if need.facts:
        term.text(say("basis_facts"), indent="  ")
        term.bullets((_fact(view, fact) for fact in need.facts), indent="    ")
    if view.role == "clinician":
        term.text(say("basis_condition"), indent="  ")
        term.lines(condition_lines(kb, kb.conditions[need.id], view.lang), indent="    ")
    requires = say("basis_requires", rows=view.rows(need.requires)) if need.requires else say("basis_requires_nothing")
    term.text(requires, indent="  ")
    if need.services:
        term.text(say("basis_services", names=view.services(need.services)), indent="  ")
    if need.fixed and need.facts:
        term.text(say("basis_fixed"), indent="  ")
    term.text(say("basis_mapping_source" if need.mapping == "source" else "basis_mapping_judgement"), indent="  ")
    if need.note and view.role == "clinician":
        term.text(say("basis_note", note=need.note), indent="  ")
    term.text(say("basis_sources"), indent="  ")
    term.bullets(kb.cite(need.sources), indent="    ")
    term.text(say("basis_review", review=need.review), indent="  ")


def _fact(view: View, fact: FactView) -> str:
    label = view.question(fact.id)
    if view.role == "clinician":
        label = f"{fact_label(view.kb.facts[fact.id], view.lang)} [{fact.id}]"
    if not fact.source:
        return view.say("basis_fact", fact=label, value=view.value(fact))
    day = (fact.date or view.rec.as_of).isoformat()
    return view.say("basis_fact_sourced", fact=label, value=view.value(fact), source=fact.source, date=day)


def _shortfall(view: View, row: Shortfall) -> str:
    return view.say(
        "basis_shortfall" if row.certain else "basis_shortfall_maybe",
        axis=view.axis(row.axis),
        asked=view.step(row.axis, row.asked),
        given=view.step(row.axis, row.given),
        needs=", ".join(row.needs) if row.certain else view.need_names(row.needs),
    )


def _shortfalls(view: View) -> None:
    view.term.heading(view.say("basis_shortfalls"))
    for name, rows in view.rec.shortfalls.items():
        if not admitted(view, view.kb.packages[name].admits):
            continue
        view.term.text(view.package(name), style="bold")
        if rows:
            view.term.bullets((_shortfall(view, row) for row in rows), indent="  ")
        else:
            view.term.text(view.say("basis_shortfall_nothing"), indent="  ")


def _step_down(view: View) -> None:
    say, term = view.say, view.term
    top = (view.rec.now or view.rec.most.now).rank
    ways = [
        way
        for name, way in view.rec.step_down.items()
        if view.kb.packages[name].rank < top
        and admitted(view, view.kb.packages[name].admits)
        and (way.resolve or way.open)
    ]
    if not ways:
        return
    term.heading(say("basis_step_down"))
    for way in ways:
        term.text(view.package(way.target), style="bold")
        if way.resolve:
            term.text(say("basis_resolve", needs=", ".join(way.resolve)), indent="  ")
        if way.fixed:
            term.text(say("basis_step_fixed", needs=", ".join(way.fixed)), indent="  ")
        if way.open:
            term.text(say("basis_step_open", needs=view.need_names(way.open)), indent="  ")


def _open(view: View) -> None:
    if not view.rec.open:
        return
    view.term.heading(view.say("basis_open"))
    view.term.bullets(
        view.say("basis_open_need", id=need.id, facts=", ".join(fact.id for fact in need.facts))
        for need in view.rec.open
    )


def _provenance(view: View) -> None:
    say, given = view.say, view.rec.provenance
    view.term.heading(say("basis_provenance"))
    parameters = ", ".join(f"{name}={value}" for name, value in given.parameters.items())
    lines = [
        say("provenance_software", version=given.software),
        say("provenance_knowledge", version=given.knowledge, digest=given.digest),
        say("provenance_as_of", date=given.as_of.isoformat()),
        say("provenance_parameters", parameters=parameters),
        noticed.used(view),
    ]
    if given.places:
        lines.append(say("provenance_places", places=", ".join(f"{k}={v}" for k, v in given.places.items())))
    if given.jurisdiction:
        lines.append(say("provenance_jurisdiction", place=given.jurisdiction))
    lines += [say("provenance_off", need=name, why=why) for name, why in given.off.items()]
    view.term.bullets(lines)
    view.term.text(view.review(), style="bold")
