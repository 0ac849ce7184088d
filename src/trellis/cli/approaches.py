"""``trellis approaches``: the list, several side by side, and which fit one person and why."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from trellis.account import inside_of
from trellis.approaches import (
    AimSaid,
    ApproachView,
    Guided,
    Matched,
    evidence_for,
    match_approaches,
    read_wishes,
    words_of_check,
)
from trellis.cli import panel
from trellis.cli.aims import DANGER
from trellis.cli.lists import entry_json
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
from trellis.cli.person_file import ForFile, danger_json, for_person
from trellis.cli.side_by_side import Notes, claims, evidence, show_statement, topic
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.compare import ApproachesCompared, compare_approaches
from trellis.decide import Recommendation
from trellis.engine.node import OPEN
from trellis.errors import AnswerError, Problem
from trellis.evidence import size_of, statement
from trellis.evidence.words import level_words, size_words
from trellis.justice.assessment import Assessment
from trellis.kinds.approach import Approach
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital
from trellis.plans import Person
from trellis.say import Say

IN_FULL = 8
"""So many approaches that fit are shown in full; the others in a line each, unless all are asked for."""
TITLES = {
    "what": "compare.topic_what",
    "principles": "compare.topic_principles",
    "format": "compare.topic_format",
    "sessions": "compare.topic_sessions",
    "length": "compare.topic_length",
    "given_by": "compare.topic_given_by",
    "manual": "compare.topic_manual",
    "for_whom": "compare.topic_for_whom",
    "not_for": "compare.topic_not_for",
    "asks": "compare.topic_asks",
    "drawbacks": "compare.topic_drawbacks",
    "settings": "compare.topic_settings",
    "places": "compare.topic_places",
    "guidelines": "compare.topic_guidelines",
    "questions": "compare.topic_ask",
}
KINDS = {
    "psychotherapy": "approaches.kind_psychotherapy",
    "medication": "approaches.kind_medication",
    "service": "approaches.kind_service",
    "social": "approaches.kind_social",
    "justice": "approaches.kind_justice",
    "digital": "approaches.kind_digital",
    "crisis": "approaches.kind_crisis",
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="approaches",
        epilog=examples(
            "trellis approaches",
            "trellis approaches cbt dbt mi",
            "trellis approaches cbt act --condition depression --lang es",
            "trellis approaches --for person.yaml",
        ),
    )
    @guarded
    def approaches(
        names: Annotated[
            list[str] | None, typer.Argument(metavar="[APPROACH...]", help="Two to four; none for the list.")
        ] = None,
        file: ForFile = None,
        condition: Annotated[
            str | None, typer.Option("--condition", help="Only evidence for this, such as depression.")
        ] = None,
        everything: Annotated[bool, typer.Option("--all", help="With --for: all that fit in full.")] = False,
        role: Role = "person",
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
        parameters: Parameters = None,
        as_of: AsOf = None,
    ) -> None:
        """List treatment approaches, show one or compare up to four, or match them to a person.

        Side by side: principles, methods, for whom, what it asks, and what studies say for it and of its limits.
        """
        if condition is not None and not names:
            raise typer.BadParameter("it goes with approaches to compare: name two to four.", param_hint="--condition")
        if everything and (names or not file):
            raise typer.BadParameter("it goes with --for FILE alone.", param_hint="--all")
        say, term = Say(lang), Terminal()
        given = for_person(file, knowledge, parameters, as_of, lang) if file else None
        kb = given.rec.kb if given else load_knowledge(knowledge, parameters)
        matched = match_person(given.rec, given.person, given.justice) if given else None
        rec = given.rec if given else None
        if names:
            compared = compare_approaches(kb, names, condition=condition, matched=matched)
            if as_json:
                print_json(_with_danger(kb, compared, rec, say, role))
            else:
                show_compared(kb, compared, rec, say, term, role)
        elif given is not None and matched is not None:
            if as_json:
                print_json(danger_json(kb, given.rec, say, role) | matched_json(kb, matched))
                return
            if given.other:
                term.text(say("result.other_knowledge"))
            show_matched(View(given.rec, say, term, role), matched, given.person, everything=everything)
        elif as_json:
            print_json([entry_json(kb, "approaches", one, by_alias=False) for one in kb.approaches.values()])
        else:
            show_list(kb, say, term)


def match_person(rec: Recommendation, person: Person, justice: Assessment | None = None) -> Matched:
    """Match approaches to a person's file. Raises ``AnswerError`` for aims or features that there are not."""
    problems: list[Problem] = []
    wishes = read_wishes(rec.kb, {"aims": person.aims, "prefers": person.prefers}, problems)
    if problems:
        raise AnswerError(problems)
    return match_approaches(rec, wishes, justice)


def _with_danger(kb: Knowledge, compared: ApproachesCompared, rec: Recommendation | None, say: Say, role: str) -> Any:
    if rec is None or compared.matched is None:
        return compared.to_json()
    return danger_json(kb, rec, say, role) | {"approaches": compared.to_json(), "matched": compared.matched.to_json()}


def matched_json(kb: Knowledge, matched: Matched) -> dict[str, Any]:
    """What matching found, with the statements it rests on."""
    used = {summary.id: summary for view in matched.ranked for summary in view.summaries}
    return matched.to_json() | {"evidence": [statement(kb, summary).to_json() for summary in used.values()]}


def show_list(kb: Knowledge, say: Say, term: Terminal) -> None:
    """Every approach by kind, with the name it goes by."""
    term.heading(say("approaches.title"))
    for kind, title in KINDS.items():
        several = [one for one in kb.approaches.values() if one.kind == kind]
        if not several:
            continue
        term.subheading(say(title))
        for one in several:
            name, short = one.name.in_language(say.lang), one.short.in_language(say.lang)
            key = "approaches.approach_row_same" if name == short else "approaches.approach_row"
            term.bullets([say(key, id=one.id, name=name, **({} if name == short else {"short": short}))])
    term.line()
    term.text(say("approaches.more"))
    term.text(say("approaches.note"), style="bold")


def show_compared(
    kb: Knowledge, compared: ApproachesCompared, rec: Recommendation | None, say: Say, term: Terminal, role: str
) -> None:
    """Approaches topic by topic; then what speaks for each, then limits and harm, each in the same space."""
    if rec is not None:
        panel.show(kb, rec.urgent, say, term, role, inside_of(rec))
    notes = Notes(kb)
    names = [column.approach.name.in_language(say.lang) for column in compared.columns]
    term.heading(names[0] if len(names) == 1 else say("compare.title"))
    if len(names) == 2:
        term.columns(*names)
    for name in compared.topics:
        cells = [claims(cell, notes, say, role) for cell in compared.row(name)]
        if name == "given_by":
            prescribed = zip(cells, compared.columns, strict=True)
            cells = [[*c, say("approaches.approach_prescriber")] if x.approach.prescriber else c for c, x in prescribed]
        topic(term, names, say(TITLES[name]), cells, say("lists.nothing_said"))
    if rec is not None and compared.matched is not None:
        view = View(rec, say, term, role)
        cells = [_for_person(view, compared.matched, column.id) for column in compared.columns]
        topic(term, names, say("approaches.match_person"), cells, say("approaches.match_none"))
    for title, nothing, side in (
        ("approaches.evidence_benefit", "approaches.evidence_no_benefit", "benefit"),
        ("approaches.evidence_limits", "approaches.evidence_no_limits", "limits"),
    ):
        term.subheading(say(title))
        for column, name in zip(compared.columns, names, strict=True):
            term.text(name, indent="  ", style="bold")
            evidence(getattr(column, side), say(nothing), notes, say, term, role, indent="    ")
            if side == "benefit" and not column.benefit:
                for known in claims(column.topics["guidelines"], notes, say, role):
                    term.text(say("approaches.evidence_known", known=known), indent="    ")
    notes.show(say, term)
    term.line()
    term.text(say("approaches.note"), style="bold")
    if rec is not None:
        term.text(panel.always_help(say, inside_of(rec)))


def _for_person(view: View, matched: Matched, name: str) -> list[str]:
    """Where one approach stands for a person: among those that fit, stopped, to ask about, or none of them."""
    found = matched.view(name)
    if found is not None:
        place = [one.id for one in matched.ranked].index(name) + 1
        return [view.say("approaches.match_place", number=place, total=len(matched.ranked)), *reasons(view, found)]
    for stopped in matched.stopped:
        if stopped.approach.id == name:
            why = [view.words(stop.because.for_role(view.role)) for stop in stopped.stops]
            return why + [view.words(guided.says) for guided in stopped.guidance]
    for ask in matched.ask_about:
        if ask.approach.id == name:
            return [_ask_row(view, ask.approach, ask.rules)]
    return []


def reasons(view: View, found: ApproachView) -> list[str]:
    """Why an approach fits: what guidance says, what each rule tells of, the aims; with an aim alone, what is open."""
    lines = [view.say(_LINES[one.line], says=view.words(one.says)) for one in found.guidance if one.line != "against"]
    lines += [view.words(rule.because.for_role(view.role)) for rule in found.rules]
    lines += [
        view.say("approaches.match_aim", aim=view.words(view.kb.aims[one.aim].name), how=view.words(one.how))
        for one in found.aims
    ]
    if found.order == "aim":
        rules = [rule for rule in view.kb.matches.values() if rule.approach == found.id]
        waiting = [r for r in rules if view.rec.stands(view.kb.rule_nodes[r.id], r.applies) == OPEN]
        lines += [
            view.say("approaches.match_if", why=view.words(rule.because.for_role(view.role))) for rule in waiting[:1]
        ]
    return lines


def show_matched(view: View, matched: Matched, person: Person, *, everything: bool) -> None:
    """Danger first; the aims; what fits in order with every reason; what does not, and why; what to ask about."""
    say, term, kb = view.say, view.term, view.kb
    panel.show(kb, view.rec.urgent, say, term, view.role, view.here)
    if matched.wishes.danger and not view.rec.urgent:
        panel.show_named(kb, DANGER, say, term, view.role)
    notes = Notes(kb)
    term.heading(say("approaches.match_title"))
    _aims(view, matched)
    term.line()
    nothing = "approaches.match_elsewhere" if matched.not_held else "approaches.match_nothing"
    term.text(say("approaches.match_order" if matched.ranked else nothing))
    full = len(matched.ranked) if everything else IN_FULL
    _not_held(view, "approaches.guidance_ahead", matched.ahead, notes)
    for number, found in enumerate(matched.ranked[:full], 1):
        term.subheading(say("approaches.match_row", number=number, name=view.words(found.approach.name), id=found.id))
        _one(view, found, person, notes)
    _rest(view, matched.ranked[full:])
    if matched.stopped:
        term.subheading(say("approaches.match_stopped"))
    for stopped in matched.stopped:
        name = view.words(stopped.approach.name)
        against = [(stop.because.for_role(view.role), stop.sources) for stop in stopped.stops]
        against += [(guided.says, guided.cell.sources) for guided in stopped.guidance]
        for why, sources in against:
            row = say("approaches.match_rest_row", name=name, id=stopped.approach.id, why=view.words(why))
            term.bullets([row + notes.refs(sources)])
    _elsewhere(view, matched, notes)
    if matched.ask_about:
        term.subheading(say("approaches.match_ask"))
        term.bullets(_ask_row(view, ask.approach, ask.rules) for ask in matched.ask_about)
    notes.show(say, term)
    term.line()
    term.text(panel.always_help(say, view.here))
    term.text(view.review(), style="bold")


_LINES = {"first": "approaches.guidance_first", "second": "approaches.guidance_second"}


def _elsewhere(view: View, matched: Matched, notes: Notes) -> None:
    """What guidance names after what is ranked, and is not held here; then what it is against."""
    rest = [one for one in matched.not_held if one not in matched.ahead]
    against = tuple(one for one in rest if one.line == "against")
    _not_held(view, "approaches.guidance_not_held", tuple(one for one in rest if one not in against), notes)
    _not_held(view, "approaches.guidance_against", against, notes)


def _not_held(view: View, title: str, guided: tuple[Guided, ...], notes: Notes) -> None:
    """Treatments that are not held here, with who says so."""
    if guided:
        view.term.subheading(view.say(title))
        view.term.bullets(
            view.say("approaches.guidance_row", name=view.words(one.named.not_held), says=view.words(one.says))
            + notes.refs(one.cell.sources)
            for one in guided
            if one.named.not_held is not None
        )


def _aims(view: View, matched: Matched) -> None:
    view.term.subheading(view.say("approaches.aims_title"))
    if not matched.wishes.aims:
        view.term.text(view.say("approaches.aims_none"))
    view.term.bullets(_aim(view, said) for said in matched.wishes.aims)


def _aim(view: View, said: AimSaid) -> str:
    say = view.say
    aims = say.join(view.words(view.kb.aims[name].name) for name in said.serves)
    if not said.words:
        return say("approaches.aim_listed", aims=capital(aims))
    if not said.serves:
        return say("approaches.aim_unknown", words=said.words)
    if said.suggested:
        return say("approaches.aim_suggested", words=said.words, aims=aims, ids=", ".join(said.serves))
    return say("approaches.aim_row", words=said.words, aims=aims)


def _one(view: View, found: ApproachView, person: Person, notes: Notes) -> None:
    say, term = view.say, view.term
    term.text(view.words(found.approach.what) + notes.refs(found.approach.what.sources), indent="   ")
    for chosen, key in (
        (person.approaches.chosen, "approaches.match_chosen"),
        (person.approaches.declined, "approaches.match_declined"),
    ):
        if found.id in chosen:
            term.text(say(key), indent="   ")
    term.text(say("approaches.match_why"), indent="   ", style="bold")
    term.bullets(reasons(view, found), indent="   ")
    _evidence(view, found, notes)
    for features, key in ((found.wanted, "approaches.match_wanted"), (found.unwanted, "approaches.match_unwanted")):
        if features:
            words = say.join(say(f"approaches.feature_{feature}") for feature in features)
            term.text(say(key, features=words), indent="   ")
    if found.inside:
        term.text(
            say("approaches.match_inside", places=say.join(view.part(name) for name in found.inside)), indent="   "
        )
    if found.approach.prescriber:
        term.text(say("approaches.approach_prescriber"), indent="   ")
    against = [one for one in found.guidance if one.line == "against"]
    if found.cautions or found.check_first or against:
        term.text(say("approaches.match_cautions"), indent="   ", style="bold")
        rows = [view.words(one.says) + notes.refs(one.cell.sources) for one in against]
        rows += [view.words(c.because.for_role(view.role)) + notes.refs(c.sources) for c in found.cautions]
        rows += [view.words(words_of_check(c).for_role(view.role)) + notes.refs(c.sources) for c in found.check_first]
        term.bullets(rows, indent="   ")


def _evidence(view: View, found: ApproachView, notes: Notes) -> None:
    """How sure and how large; then the first sentence for it and the first on its limits, each in the same space."""
    say, term = view.say, view.term
    if found.certainty is not None:
        sure = level_words(found.certainty, say.lang, role=view.role).rstrip(".")
        line = say("approaches.match_sure", sure=sure, size=size_words(found.size, say.lang))
        term.text(line, indent="   ")
    # What is not about a condition of this person is still better than silence about limits.
    summaries = found.summaries or evidence_for(view.kb, found.id)
    statements = [statement(view.kb, summary) for summary in summaries]
    # The one that gives the certainty and the size above stands for all that speak for it.
    benefits = [s for s in statements if s.summary.side == "benefit"]
    leading = [s for s in benefits if (s.level, size_of(s.rows[0])) == (found.certainty, found.size)] or benefits
    for title, nothing, chosen in (
        ("approaches.evidence_benefit", "approaches.evidence_no_benefit", leading),
        (
            "approaches.evidence_limits",
            "approaches.evidence_no_limits",
            [s for s in statements if s.summary.side != "benefit"],
        ),
    ):
        term.text(say(title), indent="   ", style="bold")
        if chosen:
            show_statement(chosen[0], notes, say, term, view.role, indent="   ")
        else:
            term.text(say(nothing), indent="   ")


def _rest(view: View, rest: tuple[ApproachView, ...]) -> None:
    if not rest:
        return
    say, term = view.say, view.term
    term.subheading(say("approaches.match_rest"))
    for found in rest:
        several = reasons(view, found)
        why = " ".join(several if found.order == "aim" else several[:1])
        term.bullets([say("approaches.match_rest_row", name=view.words(found.approach.name), id=found.id, why=why)])
    term.text(say("approaches.match_all"))


def _ask_row(view: View, approach: Approach, rules: Any) -> str:
    why = " ".join(view.words(rule.because.for_role(view.role)) for rule in rules[:1])
    return view.say("approaches.match_ask_row", name=view.words(approach.name), id=approach.id, why=why)
