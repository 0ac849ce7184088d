"""``trellis values``: what matters to a person, how settings fare on it, and where wish and safety part."""

from __future__ import annotations

from datetime import date

import typer

from trellis.account import inside_of
from trellis.cli import keyboard, panel
from trellis.cli.inputs import STANDARD_INPUT
from trellis.cli.keyboard import Keyboard, Leave, StopHere
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
from trellis.cli.side_by_side import Notes
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.compare import Fares, SettingFares, ValuesCompared, fare
from trellis.decide import Recommendation, decide
from trellis.kinds.setting import Value
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital
from trellis.say import Say

SCALE = ("0", "1", "2", "3", "4", "5")
SKIP = ("", keyboard.NOT_KNOWN, keyboard.DECLINED)
HOWS = {
    "well": "values.how_well",
    "partly": "values.how_partly",
    "hard": "values.how_hard",
    "depends": "values.how_depends",
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="values",
        epilog=examples(
            "trellis values",
            "trellis values --for person.yaml",
            "trellis values --rate home=5 --rate work=4 --lang es",
        ),
    )
    @guarded
    def values(
        file: ForFile = None,
        rate: Rates = None,
        role: Role = "person",
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
        parameters: Parameters = None,
        as_of: AsOf = None,
    ) -> None:
        """Rate what matters, and see how settings fare on it.

        Asks about each thing, from 0 to 5; with --rate, --json or a file from standard input it does not ask. With
        --for it looks at the settings that are enough, and says where wish and safety part.
        """
        given = for_person(file, knowledge, parameters, as_of, lang) if file else None
        kb = given.rec.kb if given else load_knowledge(knowledge, parameters)
        rec = given.rec if given else None
        matters = read_rates(kb, given.person if given else None, rate)
        say, term = Say(lang), Terminal()
        if as_json:
            head = {} if rec is None else danger_json(kb, rec, say, role)
            print_json(head | {"values": fare(kb, matters, rec).to_json()})
            return
        if rec is not None:
            panel.show(kb, rec.urgent, say, term, role, inside_of(rec))
        asked = not rate and file != STANDARD_INPUT
        if asked:
            answered = Exercise(kb, rec, say, term, role).run(matters)
            if answered is None:
                return
            matters = answered
        notes = Notes(kb)
        show_values(kb, fare(kb, matters, rec), notes, say, term, role, rec)
        if asked and any(matters.values()):
            _keep(matters, say, term)
        notes.show(say, term)
        term.line()
        term.text(say("compare.note"), style="bold")
        term.text(panel.always_help(say, None if rec is None else inside_of(rec)))


class Exercise:
    """Asks about each thing on the terminal, with the keys that work everywhere."""

    def __init__(self, kb: Knowledge, rec: Recommendation | None, say: Say, term: Terminal, role: str) -> None:
        self.kb, self.rec, self.say, self.term, self.role = kb, rec, say, term, role
        self.keyboard = Keyboard(say, term, self._help)

    def run(self, before: dict[str, int]) -> dict[str, int] | None:
        """The ratings, beginning with those of a file; None when somebody left at once."""
        matters = dict(before)
        self.term.heading(self.say("values.title"))
        self.term.text(self.say("values.how"))
        self.term.text(self.say("values.keys"), style="dim")
        try:
            self._all(matters)
        except (StopHere, KeyboardInterrupt):
            self.term.line()
        except Leave:
            self.term.clear()
            self.term.text(self.say("ask.left"))
            return None
        return matters

    def _all(self, matters: dict[str, int]) -> None:
        every = list(self.kb.values.values())
        place = 0
        while place < len(every):
            value = every[place]
            self.term.line()
            self.term.text(self.say("ask.part_of", number=place + 1, total=len(every)), style="dim")
            self.term.text(value.asks.in_language(self.say.lang), style="bold")
            if value.id in matters:
                self.term.text(self.say("values.so_far", rating=matters[value.id]))
            typed = self._one(value)
            if typed == keyboard.BACK:
                place = max(0, place - 1)
                continue
            if typed in SCALE:
                matters[value.id] = int(typed)
            place += 1

    def _one(self, value: Value) -> str:
        while True:
            typed = self.keyboard.key()
            if typed in (*SCALE, *SKIP, keyboard.BACK):
                return typed
            if typed == keyboard.WHY:
                self.term.text(self.say("values.why", name=value.name.in_language(self.say.lang)))
            else:
                self.term.text(self.say("values.wrong"))

    def _help(self) -> None:
        rec = self.rec or decide(self.kb, {}, as_of=date.today())
        panel.help_now(self.kb, rec.urgent, self.say, self.term, self.role, inside_of(rec))
        self.term.line()


def _keep(matters: dict[str, int], say: Say, term: Terminal) -> None:
    term.subheading(say("values.keep"))
    term.line("person:")
    term.line("  matters:")
    for name, rating in matters.items():
        term.line(f"    {name}: {rating}")


def show_values(
    kb: Knowledge,
    found: ValuesCompared,
    notes: Notes,
    say: Say,
    term: Terminal,
    role: str,
    rec: Recommendation | None,
) -> None:
    """Each thing that matters with how each setting fares; then what matters most; then where wish and safety part."""
    view = None if rec is None else View(rec, say, term, role)
    names = {one.setting: _name(kb, one, view, say) for one in (*found.settings, *found.short)}
    term.heading(say("values.result"))
    if not found.matters:
        term.text(say("values.nothing"))
        return
    term.text(say("values.order"))
    for one in found.settings:
        if one.standing == "open":
            term.text(say("values.fare_open", place=names[one.setting]))
    for value, rating in found.matters:
        term.subheading(say("values.value_and_rating", name=value.name.in_language(say.lang), rating=rating))
        for one in found.settings:
            if value.id in one.fares:
                term.bullets([_fares(one.fares[value.id], names[one.setting], notes, say)])
    _important(kb, found, names, say, term)
    if view is not None:
        _partings(kb, found, names, view)


def _name(kb: Knowledge, one: SettingFares, view: View | None, say: Say) -> str:
    if view is not None and one.package is not None:
        return view.package(one.package.id)
    return capital(kb.place(one.setting).name.in_language(say.lang))


def _fares(one: Fares, place: str, notes: Notes, say: Say) -> str:
    why = " ".join(w.why.in_language(say.lang) + notes.refs(w.sources) for w in one.why)
    line = say("values.fare_row", place=place, how=say(HOWS[one.how]), why=why)
    return " ".join([line, say("values.fare_changed")]) if one.changed else line


def _value_names(kb: Knowledge, ids: tuple[str, ...], say: Say) -> str:
    return say.join(kb.values[name].name.in_language(say.lang) for name in ids)


def _important(kb: Knowledge, found: ValuesCompared, names: dict[str, str], say: Say, term: Terminal) -> None:
    term.subheading(say("values.important_title"))
    if not found.important:
        term.text(say("values.important_none"))
        return
    for one in found.settings:
        lines = []
        if one.well:
            lines.append(say("values.important_well", values=_value_names(kb, one.well, say)))
        if one.hard:
            lines.append(say("values.important_hard", values=_value_names(kb, one.hard, say)))
        term.text(names[one.setting], style="bold")
        for line in lines or [say("values.important_neither")]:
            term.text(line, indent="  ")


def _partings(kb: Knowledge, found: ValuesCompared, names: dict[str, str], view: View) -> None:
    say, term = view.say, view.term
    term.subheading(say("values.parting_title"))
    if view.rec.now is None:
        term.text(say("values.parting_open"))
    parted = {parting.setting for parting in found.partings}
    if not found.partings:
        term.text(say("values.parting_none"))
    else:
        term.text(say("values.parting_intro"))
    for parting in found.partings:
        place = names[parting.setting]
        term.line()
        term.text(place, style="bold")
        term.text(say("values.parting_wish", values=_value_names(kb, parting.values, say)), indent="  ")
        for line in view.lacks(r for r in parting.lacking if r.certain):
            term.text(line, indent="  ")
        if parting.resolve:
            term.text(say("values.parting_once"), indent="  ")
            told = view.account.told_for(need.id for need in parting.resolve)
            term.bullets(map(view.reason, told), indent="    ")
        for value, settings in parting.instead.items():
            name = kb.values[value].name.in_language(say.lang)
            places = say.join(view.part(setting) for setting in settings)
            line = (
                say("values.parting_instead", value=name, places=places)
                if settings
                else say("values.parting_ask", value=name)
            )
            term.text(line, indent="  ")
    left = [names[one.setting] for one in found.short if one.setting not in parted]
    if left:
        term.line()
        term.text(say("values.left_out", places=say.join(left)))
