"""``trellis compare``: settings next to one another, in equal detail, and how each fits one person."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from trellis.account import Reason, inside_of
from trellis.cli import panel
from trellis.cli.options import (
    AsJson,
    AsOf,
    Folder,
    Lang,
    Parameters,
    Role,
    examples,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.person_file import ForFile, Rates, danger_json, for_person, read_rates
from trellis.cli.side_by_side import Notes, claims, evidence, topic
from trellis.cli.terminal import Terminal
from trellis.cli.values import show_values
from trellis.cli.view import View
from trellis.compare import Fit, SettingColumn, SettingsCompared, compare_settings
from trellis.compare.settings import FEWEST
from trellis.kinds.text import Code
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital
from trellis.say import Say

__all__ = ["register"]

TITLES = {
    "short": "compare.topic_short",
    "what": "compare.topic_what",
    "who": "compare.topic_who",
    "supervision": "compare.topic_supervision",
    "structure": "compare.topic_structure",
    "gives": "compare.topic_gives",
    "hours": "compare.topic_hours",
    "flexibility": "compare.topic_flexibility",
    "day": "compare.topic_day",
    "week": "compare.topic_week",
    "work": "compare.topic_work",
    "school": "compare.topic_school",
    "family": "compare.topic_family",
    "stay": "compare.topic_stay",
    "benefits": "compare.topic_benefits",
    "drawbacks": "compare.topic_drawbacks",
    "cost": "compare.topic_cost",
    "questions": "compare.topic_questions",
    "before": "compare.topic_before",
    "after": "compare.topic_after",
    "ways_in": "compare.topic_ways_in",
    "ways_out": "compare.topic_ways_out",
    "services": "compare.topic_services",
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="compare",
        epilog=examples(
            "trellis compare iop inpatient_psychiatric",
            "trellis compare outpatient iop php --lang es",
            "trellis compare inpatient iop outpatient --for person.yaml",
            "trellis compare iop php --rate home=5 --rate privacy=3",
            "trellis compare iop php --role clinician",
        ),
    )
    @guarded
    def compare(
        settings: Annotated[list[str], typer.Argument(metavar="SETTING SETTING...", help="Two to four settings.")],
        file: ForFile = None,
        rate: Rates = None,
        role: Role = "person",
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
        parameters: Parameters = None,
        as_of: AsOf = None,
    ) -> None:
        """Show two to four settings next to one another.

        What each is, what a week is like, benefits, drawbacks and evidence in equal detail.

        With --for: what each would lack and what it would take. With --rate, or `matters:` in the file: how each
        fares on what matters.
        """
        given = for_person(file, knowledge, parameters, as_of, lang) if file else None
        kb = given.rec.kb if given else load_knowledge(knowledge, parameters)
        matters = read_rates(kb, given.person if given else None, rate)
        compared = compare_settings(kb, settings, rec=given.rec if given else None, matters=matters)
        say, term = Say(lang), Terminal()
        if as_json:
            print_json(to_json(kb, compared, say, role))
            return
        if given and given.other:
            term.text(say("result.other_knowledge"))
        show(kb, compared, say, term, role)


def show(kb: Knowledge, compared: SettingsCompared, say: Say, term: Terminal, role: str) -> None:
    """Danger first; then two settings in two columns, three or four one below the other, topic by topic."""
    rec = compared.rec
    view = View(rec, say, term, role) if rec is not None else None
    if rec is not None:
        panel.show(kb, rec.urgent, say, term, role, inside_of(rec))
    names = [capital(column.name.in_language(say.lang)) for column in compared.columns]
    notes = Notes(kb)
    term.heading(say("compare.title"))
    _taken(compared, names, say, term)
    if view is not None and view.rec.hold is not None:
        term.text(say("compare.hold"), style="bold")
    if len(names) == FEWEST:
        term.columns(*names)
    nothing = say("lists.nothing_said")
    for name in compared.topics:
        cells = [claims(cell, notes, say, role) for cell in compared.row(name)]
        topic(term, names, say(TITLES[name]), cells, nothing)
    if role == "clinician":
        codes = [[_code(code, say) for code in column.place.codes] for column in compared.columns]
        topic(term, names, say("compare.topic_codes"), codes, nothing)
    if view is not None:
        _person(view, compared, names)
    _evidence(compared, names, notes, say, term, role)
    if compared.values is not None:
        show_values(kb, compared.values, notes, say, term, role, rec)
    notes.show(say, term)
    _close(compared, say, term)


def _taken(compared: SettingsCompared, names: list[str], say: Say, term: Terminal) -> None:
    for column, name in zip(compared.columns, names, strict=True):
        if column.named.why is not None:
            term.text(column.named.why.in_language(say.lang))
        if column.named.other:
            term.text(say("compare.taken", said=column.named.said, name=name))


def _close(compared: SettingsCompared, say: Say, term: Terminal) -> None:
    term.line()
    if say.lang != "en" and any(
        claim.es is None for column in compared.columns for cell in column.topics.values() for claim in cell
    ):
        term.text(say("lists.in_english"))
    term.text(say("compare.note"), style="bold")
    if compared.rec is not None:
        term.text(panel.always_help(say, inside_of(compared.rec)))


def _evidence(compared: SettingsCompared, names: list[str], notes: Notes, say: Say, term: Terminal, role: str) -> None:
    term.subheading(say("compare.topic_evidence"))
    for column, name in zip(compared.columns, names, strict=True):
        term.text(name, indent="  ", style="bold")
        evidence(column.evidence, say("compare.evidence_no_setting"), notes, say, term, role, indent="    ")


def _person(view: View, compared: SettingsCompared, names: list[str]) -> None:
    """For this person: what each gives and lacks, why, what it would take, what stands in the way."""
    say, term = view.say, view.term
    rows = [
        ("compare.fit_title", _enough),
        ("compare.fit_why", _why),
        ("compare.fit_take", _take),
        ("compare.fit_barriers", _barriers),
    ]
    now, following = view.rec.now, view.rec.next
    if now is None or following is None or now.ids != following.ids:
        rows.insert(1, ("compare.fit_later", _later))
    for title, cell in rows:
        cells = [cell(view, column) for column in compared.columns]
        topic(term, names, say(title), cells, say("lists.nothing_said"))


def _fit(column: SettingColumn) -> Fit:
    if column.fit is None:
        raise ValueError("a column without a person")
    return column.fit


def _apart(view: View, fit: Fit) -> list[str]:
    """Of what is no setting of its own, or does not take the person: that it is so."""
    if fit.now == "not_admitted":
        return [view.say("compare.fit_not_admitted")]
    if fit.place in view.kb.responses:
        return [view.say("compare.fit_serves_hold" if fit.serves_hold else "compare.fit_response")]
    return [view.say("compare.fit_add_on")]


def _enough(view: View, column: SettingColumn) -> list[str]:
    fit, say = _fit(column), view.say
    if fit.package is None:
        return _apart(view, fit)
    lines = []
    if fit.joined:
        lines.append(say("compare.fit_joined", more=say.join(view.part(part) for part in fit.joined)))
    if view.role == "clinician":
        rank = view.rec.now.rank if view.rec.now else "-"
        lines.append(say("compare.fit_package", id=fit.package.id, rank=fit.package.rank, least=rank))
        keys = {True: "basis.shortfall", False: "basis.shortfall_maybe"}
        lines += [
            say(
                keys[row.certain],
                axis=view.axis(row.axis),
                asked=view.step(row.axis, row.asked),
                given=view.step(row.axis, row.given),
                needs=view.need_names(row.needs),
            )
            for row in fit.lacking
        ]
        return lines if fit.lacking else [*lines, say("basis.shortfall_nothing")]
    if fit.now == "enough":
        lines.append(say("compare.fit_enough"))
    if fit.more:
        lines.append(say("compare.fit_more"))
    return lines + view.lacks(fit.lacking)


def _later(view: View, column: SettingColumn) -> list[str]:
    fit = _fit(column)
    if fit.package is None:
        return []
    return view.lacks(fit.lacking_next) or [view.say("compare.fit_enough_later")]


def _why(view: View, column: SettingColumn) -> list[str]:
    fit = _fit(column)
    if fit.package is None:
        return []
    if not fit.resolve:
        return [view.say("compare.fit_why_nothing")]
    return [_reason(view, reason) for reason in view.account.told_for(need.id for need in fit.resolve)]


def _reason(view: View, reason: Reason) -> str:
    words = view.reason(reason)
    return view.say("compare.need_and_words", id=reason.need, words=words) if view.role == "clinician" else words


def _take(view: View, column: SettingColumn) -> list[str]:
    fit, say = _fit(column), view.say
    if fit.package is None:
        return []
    lines = []
    if fit.resolve:
        lines.append(say("compare.take_resolve"))
    fixed = view.account.told_for(need.id for need in fit.fixed)
    lines += [say("compare.take_fixed", words=_reason(view, reason)) for reason in fixed]
    if fit.open:
        facts = {fact.id for need in fit.open for fact in need.facts}
        lines.append(say("compare.take_open", count=len(facts)))
    if fit.arrange:
        lines.append(say("compare.take_arrange", services=view.services(service.id for service in fit.arrange)))
    return lines or [say("compare.take_nothing")]


def _barriers(view: View, column: SettingColumn) -> list[str]:
    fit, say = _fit(column), view.say
    if fit.package is None:
        return []
    lines = []
    for barrier in fit.barriers:
        lines.append(view.words(barrier.because.for_role(view.role)))
        if barrier.accommodations:
            lines.append(say("result.barrier_ask", services=view.services(barrier.accommodations)))
    return lines or [say("compare.barriers_none")]


def _code(code: Code, say: Say) -> str:
    key = "lists.code_row_unverified" if code.verified == "memory" else "lists.code_row"
    return say(key, system=code.system, code=code.code, label=code.label)


def to_json(kb: Knowledge, compared: SettingsCompared, say: Say, role: str) -> Any:
    """The settings as a list; with a person or what matters, as a mapping that begins with danger."""
    if compared.rec is None and compared.values is None:
        return compared.to_json()
    found: dict[str, Any] = {} if compared.rec is None else danger_json(kb, compared.rec, say, role)
    found["settings"] = compared.to_json()
    if compared.values is not None:
        found["values"] = compared.values.to_json()
    return found
