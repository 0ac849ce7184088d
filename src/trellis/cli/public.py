"""The public view: it informs and prepares for a talk with a professional. No verdict, nothing marked as "yours"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.account import CUSTODY, LOCATOR, WayIn, filters_for, filters_in_groups, reasons_json
from trellis.cli import everything, noticed, panel
from trellis.cli.view import View
from trellis.decide.views import Conflict
from trellis.kinds.setting import FEWEST_COMPARED, MOST_COMPARED
from trellis.library.titles import capital
from trellis.say import Say
from trellis.say.outline import requirement_lines

MANY = 6
"""Up to so many packages are shown one by one; more than that, by setting, each in one line."""
OPEN_SHOWN = 5
QUESTIONS = ("result.ask_1", "result.ask_2", "result.ask_3", "result.ask_4", "result.ask_5", "result.ask_6")


def considered(view: View) -> tuple[str, ...]:
    """The packages that are not ruled out, least restrictive first."""
    return tuple(one.package for one in view.account.considered)


def short(view: View, *, after_panels: bool = False, whole: bool = False) -> None:
    """The result on a page.

    Args:
        view: whose result, and for whom.
        after_panels: the help panels were shown just before, so only their last line is repeated.
        whole: with what is folded, ruled out and open.
    """
    if not after_panels:
        panel.show(view.kb, view.rec.urgent, view.say, view.term, view.role, view.here)
        if view.danger_left_open:
            view.term.text(view.say("result.danger_left_open"), style="bold")
    _first(view)
    view.term.heading(view.say("public.title"))
    _hold(view)
    _settings(view)
    _ways(view)
    _later(view)
    _why(view)
    noticed.show(view)
    _change(view)
    _next(view)
    barriers(view)
    conflicts(view)
    if whole:
        everything.show(view)
    closing(view)


def closing(view: View) -> None:
    """What every output ends with: help, and the review status."""
    view.term.line()
    view.term.text(panel.always_help(view.say, view.here))
    view.term.text(view.review(), style="bold")


def _first(view: View) -> None:
    """What stands on top, whatever is chosen: what to do, and how to get it."""
    lines = [view.kb.first[name] for name in view.account.first]
    if lines:
        view.term.subheading(view.say("public.first"))
        held = view.here is not None and view.here.id == CUSTODY
        # Who is in jail cannot go to a drug store, nor lock things away at home.
        told = [(line.custody if held else None) or line for line in lines]
        view.term.bullets(
            f"{view.words(one.says.for_role(view.role))} {view.words(one.how.for_role(view.role))}" for one in told
        )


def _hold(view: View) -> None:
    hold = view.account.hold
    if hold is None:
        return
    view.term.subheading(view.say("public.hold_title"))
    if view.here is not None:
        view.term.text(view.words(view.here.looks.for_role(view.role)))
        return
    view.term.text(view.say("public.hold"))
    view.term.bullets(
        view.say("result.name_and_text", name=view.part(name), text=view.words(view.kb.responses[name].short))
        for name in hold.responses
    )


def _settings(view: View) -> None:
    say, term, ids = view.say, view.term, considered(view)
    term.subheading(say("public.settings_title" if view.rec.now else "public.settings_title_open"))
    term.text(say("public.settings_settled" if view.rec.now else "public.settings_open"))
    term.line()
    if len(ids) > MANY:
        _by_setting(view, ids)
    else:
        axes = _axes(view)
        for number, name in enumerate(ids):
            if number:
                term.line()
            _setting(view, name, axes)
    others = neighbours(view)
    if others:
        term.subheading(say("public.others_title"))
        term.text(say("public.others"))
    for name in others:
        term.line()
        _setting(view, name, axes=_axes(view))
    settings = list(dict.fromkeys(view.kb.packages[name].setting for name in (*ids, *others)))
    if FEWEST_COMPARED <= len(settings) <= MOST_COMPARED:
        term.line()
        term.text(say("public.compare", settings=" ".join(settings)))


def neighbours(view: View) -> tuple[str, ...]:
    """When the answers leave one rank: the nearest lighter and the nearest fuller setting, to compare with."""
    return tuple(other.package for other in view.account.others)


def _by_setting(view: View, ids: tuple[str, ...]) -> None:
    packages = [view.kb.packages[name] for name in ids]
    for name in dict.fromkeys(package.setting for package in packages):
        view.term.bullets([_named(view, name)])
    more = dict.fromkeys(part for package in packages for part in package.parts[1:] if part in view.kb.add_ons)
    if more:
        view.term.line()
        view.term.text(view.say("public.add_ons", places=view.say.join(capital(view.part(part)) for part in more)))


def _named(view: View, part: str) -> str:
    return view.say("result.name_and_text", name=view.part(part), text=view.words(view.kb.place(part).short))


def _axes(view: View) -> tuple[str, ...]:
    """The axes to tell of: those on which something may be asked; all where nothing is."""
    asked = dict(view.rec.most.now.requirement)
    return tuple(axis for axis in view.kb.axes if not asked or axis in asked)


def _setting(view: View, name: str, axes: tuple[str, ...]) -> None:
    say, term, kb = view.say, view.term, view.kb
    package = kb.packages[name]
    term.text(view.package(name), style="bold")
    for part in package.parts:
        term.text(view.words(kb.place(part).short), indent="  ")
    given = tuple(row for row in kb.steps(package.gives) if row[0] in axes)
    if given:
        term.text(say("ways.gives", sentences=" ".join(view.told(*row) for row in given)), indent="  ")
    for line in lacking(view, name):
        term.text(line, indent="  ")


def lacking(view: View, name: str) -> list[str]:
    """What a package lacks for what was said, and what it may lack."""
    return view.lacks(view.rec.shortfalls[name]) or [view.say("result.lacks_nothing")]


def _ways(view: View) -> None:
    """What inpatient care and IOP, which people ask about by name, would each give and lack here."""
    if view.account.ways:
        choice = view.kb.of("choices")[view.account.ways[0].choice]
        view.term.subheading(view.words(choice.title))
        view.term.text(view.say("ways.lead"))
    for way in view.account.ways:
        view.term.line()
        view.term.text(way_named(view, way), style="bold")
        for line in way_told(view, way):
            view.term.text(line, indent="  ")


def way_named(view: View, way: WayIn) -> str:
    """What a way is called, and the place that stands for it here."""
    columns = view.kb.of("choices")[way.choice].columns
    name = next(view.words(column.name) for column in columns if column.id == way.column)
    return name if way.package is None else view.say("ways.here", name=name, place=view.package(way.package))


def way_told(view: View, way: WayIn) -> list[str]:
    """What a way would give and lack, a line each: the same as on the screens of the guide."""
    if way.package is None:
        return [view.say("ways.none")]

    def sentences(rows: Iterable[tuple[str, str]]) -> str:
        return " ".join(view.told(axis, step) for axis, step in rows)

    told = {
        "ways.gives": sentences(way.gives),
        "ways.lacks": sentences((row.axis, row.asked) for row in way.lacks if row.certain),
    }
    lines = [view.say(key, sentences=said) for key, said in told.items() if said]
    if not lines:
        lines.append(view.say("ways.nothing_asked"))
    elif not way.lacks:
        lines.append(view.say("ways.nothing_missing"))
    if not all(row.certain for row in way.lacks):
        lines.append(view.say("ways.may_lack"))
    return lines


def _later(view: View) -> None:
    now, following = view.rec.now, view.rec.next
    if now is None or following is None or now.ids == following.ids:
        return
    view.term.subheading(view.say("public.later_title"))
    view.term.text(view.say("public.later", places=view.packages(following.ids)))


def _why(view: View) -> None:
    reasons = view.account.reasons
    view.term.subheading(view.say("result.why_heading"))
    if not reasons:
        view.term.text(view.say("public.no_reason" if view.rec.settled else "public.no_reason_open"))
    apart = next((place for place, reason in enumerate(reasons) if reason.later), len(reasons))
    view.term.numbered([view.reason(reason) for reason in reasons[:apart]])
    if apart < len(reasons):
        view.term.subheading(view.say("grounds.later"))
        view.term.numbered([view.reason(reason) for reason in reasons[apart:]], start=apart + 1)


def more_open(say: Say, count: int) -> str:
    """How many facts are open beyond those shown."""
    return say("result.change_more_open", count=count)


def _change(view: View) -> None:
    say, term = view.say, view.term
    term.subheading(say("result.change_title"))
    for disagreement in view.rec.disagreements:
        term.text(say("result.change_disagreement", question=view.question(disagreement.fact)))
    facts = [one.fact for one in view.account.open]
    if facts:
        term.text(say("result.change_open"))
        term.bullets((view.question(name) for name in facts[:OPEN_SHOWN]), indent="  ")
        if len(facts) > OPEN_SHOWN:
            term.text(more_open(say, len(facts) - OPEN_SHOWN), indent="  ")
    lighter = _lighter(view)
    if lighter:
        place, numbers = lighter
        slots = {"place": view.package(place), "numbers": say.join(str(number) for number in numbers)}
        term.text(say("result.change_lighter", **slots, count=len(numbers)))
    term.text(say("result.change_worse"))


def _lighter(view: View) -> tuple[str, list[int]] | None:
    """The nearest lighter package, and the reasons, as numbered above, that hold the person above it."""
    for way in view.account.step_down:
        held = view.account.told_for(way.resolve)
        return way.target, [number for number, reason in enumerate(view.account.reasons, 1) if reason in held]
    return None


def _next(view: View) -> None:
    say, term, rec = view.say, view.term, view.rec
    term.subheading(say("result.next_title"))
    for look in view.account.next_steps:
        if look.certain:
            who, soon = view.evaluator(look.by), say.soon(look.within_hours)
            term.bullets([say("result.next_see", who=who, soon=soon, what=view.looks(look.by))])
            questions = noticed.deciding_facts(view, look.sooner)
            if questions:
                term.text(say("result.next_see_sooner", questions=" ".join(questions)), indent="  ")
    if not any(look.certain for look in view.account.next_steps):
        term.bullets([say("result.next_see_anyone")])
    for line in view.kb.lines.values():
        if line.refers:
            term.bullets([say("result.next_refer", contact=view.words(line.contact), what=view.words(line.what_for))])
    _finding(view)
    maybe = [view.evaluator(look.by) for look in view.account.next_steps if not look.certain]
    if maybe and len(considered(view)) <= MANY:
        term.bullets([say("result.next_see_maybe", people=say.join(maybe))])
    services = [view.kb.services[service.id] for service in rec.services if service.certain]
    if services:
        term.line()
        term.text(say("result.next_services"))
        term.bullets(say("result.name_and_text", name=view.words(s.name), text=view.words(s.what)) for s in services)
    term.line()
    term.text(say("result.next_questions"))
    term.bullets(say(question) for question in QUESTIONS)


def _finding(view: View) -> None:
    """What to choose on the page of the government that searches for places: for this result, by its own names."""
    say, term = view.say, view.term
    term.line()
    term.text(say("finding.title", name=LOCATOR))
    term.text(say("finding.how"), indent="  ")
    for group, filters in filters_in_groups(view.rec).items():
        term.text(say(f"finding.{group}"), indent="  ")
        term.bullets((say("finding.filter", label=one.label, says=view.words(one.says)) for one in filters), "    ")
    term.line()


def barriers(view: View) -> None:
    """What stands in the way, with what answers it."""
    if not view.rec.barriers:
        return
    view.term.subheading(view.say("result.barriers_title"))
    for barrier in view.rec.barriers:
        view.term.bullets([view.words(barrier.because.for_role(view.role))])
        if barrier.accommodations:
            view.term.text(view.say("result.barrier_ask", services=view.services(barrier.accommodations)), indent="  ")


def conflicts(view: View) -> None:
    """Where a wish, a refusal or a lack of places meets what is needed."""
    if not view.account.conflicts:
        return
    view.term.subheading(view.say("result.conflicts_title"))
    for conflict in view.account.conflicts:
        first, *rest = conflict_lines(view, conflict)
        view.term.bullets([first])
        for line in rest:
            view.term.text(line, indent="  ")


def conflict_lines(view: View, conflict: Conflict) -> list[str]:
    """One conflict in sentences."""
    say = view.say
    lines = [say(f"result.conflict_{conflict.kind}", places=view.packages(conflict.packages))]
    if conflict.next_sufficient:
        key = "result.conflict_next" if conflict.certain else "result.conflict_next_open"
        lines.append(say(key, places=view.packages(conflict.next_sufficient)))
    else:
        lines.append(say("result.conflict_no_next"))
    if conflict.lesser:
        rows = " ".join(view.lacks(view.rec.shortfalls[conflict.lesser]))
        if rows:
            lines.append(say("result.conflict_lesser", place=view.package(conflict.lesser), rows=rows))
    if conflict.interim:
        lines.append(say("result.conflict_interim", services=view.services(conflict.interim)))
    lines.append(say("result.conflict_again", date=conflict.look_again.isoformat()))
    return lines


def to_json(view: View) -> dict[str, Any]:
    """The public view as plain values: what is considered, never what is determined."""
    rec, kb = view.rec, view.kb
    return {
        "view": "public",
        "review": view.review(),
        "urgent": [panel.help_json(kb, u.id, view.say, view.here) for u in rec.urgent],
        "danger_left_open": list(view.danger_left_open),
        "until_somebody_has_looked": list(rec.hold.responses) if rec.hold and view.inside is None else [],
        "considered": [_plain(view, name) for name in considered(view)],
        "for_comparison": [_plain(view, name) for name in neighbours(view)],
        "why": [view.reason(reason) for reason in view.account.reasons],
        "reasons": reasons_json(view.account.reasons),
        "too_old_to_count": noticed.expired_lines(view),
        "danger_in_force": noticed.standing_lines(view),
        "still_open": [view.question(one.fact) for one in view.account.open],
        "talk_with": [
            {
                "who": view.evaluator(e.by),
                "within_hours": e.within_hours if e.certain else None,
                "certain": e.certain,
                "may_be_sooner_if": noticed.deciding_facts(view, e.sooner),
            }
            for e in view.account.next_steps
        ],
        "filters": [{"group": one.group, "label": one.label, "says": view.words(one.says)} for one in filters_for(rec)],
        "ask_for": [view.words(kb.services[s.id].name) for s in rec.services if s.certain],
        "questions": [view.say(question) for question in QUESTIONS],
        "barriers": [
            {"because": view.words(b.because.person), "can_help": _names(view, b.accommodations)} for b in rec.barriers
        ],
        "conflicts": [conflict_lines(view, conflict) for conflict in view.account.conflicts],
        "provenance": rec.provenance.to_json(),
    }


def _plain(view: View, name: str) -> dict[str, Any]:
    gives = requirement_lines(view.kb, view.kb.steps(view.kb.packages[name].gives), view.lang)
    return {"id": name, "name": view.package(name), "gives": gives, "lacks": lacking(view, name)}


def _names(view: View, services: Iterable[str]) -> list[str]:
    return [view.words(view.kb.services[name].name) for name in services]
