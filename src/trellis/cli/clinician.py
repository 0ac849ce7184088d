"""The clinician's view: the determination, each part of it with the needs that ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from trellis.account import services_of
from trellis.cli import everything, noticed, panel
from trellis.cli.public import barriers, closing, conflicts, more_open
from trellis.cli.view import View
from trellis.decide.views import Placement
from trellis.say.outline import fact_label

FACTS_SHOWN = 10


def short(view: View, *, after_panels: bool = False, whole: bool = False) -> None:
    """The determination on a page.

    Args:
        view: whose result, and for whom.
        after_panels: the help panels were shown just before, so they are not repeated.
        whole: with what is folded, ruled out and open.
    """
    say, term, rec = view.say, view.term, view.rec
    if not after_panels:
        panel.show(view.kb, rec.urgent, say, term, view.role, view.here)
    if view.danger_left_open:
        term.text(say("result.danger_left_open_clinician", facts=", ".join(view.danger_left_open)), style="bold")
    term.heading(say("clinician.title", date=rec.as_of.isoformat()))
    term.text(view.review(), style="bold")
    term.text(noticed.what_is_open(view))
    term.text(view.context())
    if rec.latched:
        term.text(say("clinician.latched", facts=", ".join(rec.latched)))
    if rec.unanswerable:
        term.text(say("clinician.unanswerable", facts=", ".join(rec.unanswerable)))
    for d in rec.disagreements:
        values, sources = ", ".join(d.values), ", ".join(d.sources)
        term.text(say("clinician.disagreement", fact=d.fact, values=values, sources=sources))
    noticed.show(view)
    _hold(view)
    _placement(view, "clinician.now", rec.now, rec.least.now, rec.most.now, rec.between.now)
    _placement(view, "clinician.next", rec.next, rec.least.next, rec.most.next, rec.between.next)
    _evaluate(view)
    _services(view)
    _needs(view)
    _open(view)
    barriers(view)
    conflicts(view)
    if whole:
        everything.show(view)
    closing(view)


def _hold(view: View) -> None:
    hold, say, term = view.account.hold, view.say, view.term
    if hold is None:
        return
    term.subheading(say("clinician.hold"))
    term.text(say("clinician.required", rows=view.rows(hold.requirement)), indent="  ")
    if hold.responses:
        term.text(
            say("clinician.hold_served", places=say.join(view.part(name) for name in hold.responses)), indent="  "
        )
    else:
        term.text(say("clinician.hold_unserved"), indent="  ")
    term.text(say("clinician.hold_by", needs=", ".join(hold.needs)), indent="  ")


def _placement(
    view: View, title: str, settled: Placement | None, least: Placement, most: Placement, between: Sequence[str]
) -> None:
    say, term = view.say, view.term
    term.subheading(say(title))
    if settled is None:
        ends = {"least": view.packages(least.ids), "most": view.packages(most.ids)}
        term.text(say("clinician.range", **ends, count=len(between)), indent="  ")
    for package in settled.packages if settled else ():
        row = say("clinician.place", place=view.package(package.id), id=package.id, rank=package.rank)
        term.text(row, indent="  ", style="bold")
    asked = (settled or least).requirement
    term.text(
        say("clinician.required", rows=view.rows(asked)) if asked else say("clinician.required_nothing"), indent="  "
    )
    if settled is not None and settled.up_to != settled.requirement:
        term.text(say("clinician.required_up_to", rows=view.rows(settled.up_to)), indent="  ")


def _evaluate(view: View) -> None:
    if not view.account.next_steps:
        return
    say = view.say
    view.term.subheading(say("clinician.evaluate"))
    for look in view.account.next_steps:
        who = view.evaluator(look.by)
        if look.certain:
            soon = say.soon(look.within_hours)
            view.term.bullets([say("clinician.evaluate_row", who=who, soon=soon, needs=", ".join(look.needs))])
        else:
            questions = "; ".join(noticed.deciding_facts(view, look.needs))
            names = view.need_names(look.needs)
            view.term.bullets([say("clinician.evaluate_open", who=who, needs=names, questions=questions)])
        if look.sooner:
            questions = "; ".join(noticed.deciding_facts(view, look.sooner))
            names = view.need_names(look.sooner)
            view.term.text(say("clinician.evaluate_sooner", needs=names, questions=questions), indent="  ")


def _services(view: View) -> None:
    told = services_of(view.rec)
    certain = [service for service in told if service.certain]
    maybe = [service for service in told if not service.certain]
    if not told:
        return
    say = view.say
    view.term.subheading(say("clinician.services"))
    keys = {
        (False, False): "clinician.service", (True, False): "clinician.service_safety",
        (False, True): "clinician.service_gap", (True, True): "clinician.service_safety_gap",
    }  # fmt: skip
    for service in certain:
        known = view.kb.services[service.id]
        line = say(keys[service.safety, service.gap], name=view.words(known.name), needs=", ".join(service.needs))
        view.term.bullets([line])
        if known.clinician is not None:
            view.term.text(view.words(known.clinician), indent="  ")
    if maybe:
        view.term.text(say("clinician.services_open", names=view.services(s.id for s in maybe)))


def _needs(view: View) -> None:
    say, reasons = view.say, view.account.reasons
    view.term.subheading(say("clinician.active"))
    if not reasons:
        view.term.text(say("clinician.no_needs"))
    view.term.bullets(
        say(
            "clinician.need",
            id=reason.need,
            phase=say(f"result.phase_{view.kb.needs[reason.need].phase}"),
            words=view.reason(reason),
        )
        for reason in reasons
    )
    everything.count_folded(view)


def _open(view: View) -> None:
    facts = view.account.open
    if not facts:
        return
    view.term.subheading(view.say("clinician.ask_next"))
    shown = [f"{fact_label(view.kb.facts[one.fact], view.lang)} [{one.fact}]" for one in facts[:FACTS_SHOWN]]
    view.term.bullets(shown)
    if len(facts) > FACTS_SHOWN:
        view.term.text(more_open(view.say, len(facts) - FACTS_SHOWN))
