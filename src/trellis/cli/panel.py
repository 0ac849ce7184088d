"""The help panel: shown at once when an answer tells of danger, before anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.account import CUSTODY
from trellis.cli.terminal import Terminal
from trellis.decide.views import UrgentView
from trellis.kinds.need import Urgent, lines_in_order
from trellis.kinds.told_first import Inside
from trellis.library.knowledge import Knowledge
from trellis.say import Say


def show(
    kb: Knowledge, views: Iterable[UrgentView], say: Say, term: Terminal, role: str, here: Inside | None = None
) -> None:
    """Each danger, the gravest first: what to do, what somebody close can do, whom to reach. Ends with 911 and 988.

    ``here``: the place with staff at hand that the person is in now, whose words stand for those that send elsewhere.
    """
    several = list(views)
    if not several:
        return
    told: set[str] = set()
    for view in several:
        _one(kb, view.id, say, term, role, latched=view.latched, told=told, here=here)
    term.line()
    term.text(always_help(say, here), style="bold")


def always_help(say: Say, here: Inside | None) -> str:
    """What every page begins and ends with: 911 and 988; before them, whom to tell where those may not be reached."""
    if here is None or here.crisis is None:
        return say("result.always_help")
    there = [here.crisis.for_role(role).in_language(say.lang) for role in ("person", "loved_one")]
    return " ".join([*there, say("result.always_help")])


def show_named(kb: Knowledge, name: str, say: Say, term: Terminal, role: str) -> None:
    """One danger by its id, where something other than an answer may tell of it."""
    _one(kb, name, say, term, role, latched=False, told=set())
    term.line()
    term.text(say("result.always_help"), style="bold")


def help_json(kb: Knowledge, name: str, say: Say, here: Inside | None = None) -> dict[str, Any]:
    """One danger as plain values: what to do, what somebody close can do, whom to reach; ``here``: see :func:`show`."""
    urgent = kb.urgent[name]
    does = here or urgent
    return {
        "id": name,
        "title": urgent.title.in_language(say.lang),
        "person": list(does.person.in_language(say.lang)),
        "loved_one": list(does.loved_one.in_language(say.lang)),
        "lines": [
            kb.lines[line].contact.in_language(say.lang) for line in lines_in_order(urgent.lines, say.lang, kb.lines)
        ],
    }


def at_once(kb: Knowledge, name: str, say: Say, term: Terminal, *, here: Inside | None, again: bool) -> None:
    """A kind line and the number, right under an answer.

    Args:
        kb: the knowledge.
        name: the id of an entry of ``kb.at_once``.
        say: the voice.
        term: where it is shown.
        here: the place with staff at hand that somebody is in; None elsewhere.
        again: the kind line was said a moment ago, so that the number alone stands.
    """
    entry = kb.at_once[name]
    term.line()
    if not again:
        words = entry.says if here is None else entry.custody if here.id == CUSTODY else entry.inside
        term.text(words.person.in_language(say.lang), style="bold")
    if here is None:
        # Whoever reads Spanish is given the way in that answers in Spanish, in the place of the other.
        instead = {line.stands_for: name for name, line in kb.lines.items() if line.language == say.lang}
        _lines(kb, dict.fromkeys(instead.get(name, name) for name in entry.lines), say, term)


def help_now(
    kb: Knowledge, active: Iterable[UrgentView], say: Say, term: Terminal, role: str, here: Inside | None = None
) -> None:
    """Help at any time: the dangers that were told of, or else the gravest there is, and every line."""
    ids = [view.id for view in active] or list(kb.urgent)[:1]
    told: set[str] = set()
    for name in ids:
        _one(kb, name, say, term, role, latched=False, told=told, here=here)
    others = [name for name in kb.lines if name not in told]
    if others:
        term.subheading(say("ask.help_other_lines"))
        _lines(kb, others, say, term)
    term.line()
    term.text(always_help(say, here), style="bold")


def _one(
    kb: Knowledge,
    name: str,
    say: Say,
    term: Terminal,
    role: str,
    *,
    latched: bool,
    told: set[str],
    here: Inside | None = None,
) -> None:
    urgent = kb.urgent[name]
    term.box(urgent.title.in_language(say.lang))
    if latched:
        term.text(say("ask.latched_danger"))
        term.line()
    if role == "clinician":
        term.text(urgent.clinician.in_language(say.lang))
        term.subheading(say("ask.say_to_person"))
    _does(say, term, here or urgent, told if here else set())
    # Two dangers share lines; each is told once.
    fresh = [line for line in lines_in_order(urgent.lines, say.lang, kb.lines) if line not in told]
    told.update(fresh)
    if fresh:
        term.subheading(say("ask.help_lines"))
        _lines(kb, fresh, say, term)


def _does(say: Say, term: Terminal, does: Inside | Urgent, told: set[str]) -> None:
    """What to do. What holds for a place is the same whatever the danger, and is told once."""
    if does.id in told:
        return
    told.add(does.id)
    term.bullets(does.person.in_language(say.lang))
    term.subheading(say("ask.loved_one"))
    term.bullets(does.loved_one.in_language(say.lang))


def _lines(kb: Knowledge, names: Iterable[str], say: Say, term: Terminal) -> None:
    for name in names:
        line = kb.lines[name]
        hours = line.hours if isinstance(line.hours, str) else line.hours.in_language(say.lang)
        contact, what_for = line.contact.in_language(say.lang), line.what_for.in_language(say.lang)
        if hours:
            term.bullets([say("ask.line_with_hours", contact=contact, hours=hours, what_for=what_for)])
        else:
            term.bullets([say("ask.line_without_hours", contact=contact, what_for=what_for)])
