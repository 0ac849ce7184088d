"""Settings next to one another, in equal detail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from trellis.cli.messages import Say
from trellis.cli.terminal import Terminal
from trellis.model.errors import Problem, TrellisError, did_you_mean
from trellis.model.knowledge import Knowledge
from trellis.model.setting import Place
from trellis.model.text import Claim, Code, Text
from trellis.model.words import requirement_lines

FEWEST, MOST = 2, 4
Topic = tuple[str, list[list[str]]]


def places(kb: Knowledge, names: Sequence[str]) -> list[Place]:
    """The settings, add-ons and responses named. Raises ``TrellisError`` naming each that there is not."""
    known = [*kb.settings, *kb.add_ons, *kb.responses]
    problems = [
        Problem(f"compare {name}", f"[{name}] is no setting.", did_you_mean(name, known) or "See `trellis settings`.")
        for name in names
        if name not in known
    ]
    if len(set(names)) != len(names):
        problems.append(Problem("compare", "names a setting twice.", "Name each once."))
    if not FEWEST <= len(names) <= MOST:
        remedy = f"Name {FEWEST} to {MOST} settings; `trellis settings` lists them."
        problems.append(Problem("compare", f"has [{len(names)}] settings.", remedy))
    if problems:
        raise TrellisError(problems)
    return [kb.place(name) for name in names]


def show(kb: Knowledge, names: Sequence[str], say: Say, term: Terminal, role: str) -> None:
    """Two settings in two columns; three or four one below the other, topic by topic."""
    chosen = places(kb, names)
    titles = [place.name.in_language(say.lang) for place in chosen]
    term.heading(say("compare_title"))
    if len(chosen) == FEWEST:
        term.columns(*titles)
    for title, cells in _topics(kb, chosen, say, role):
        term.subheading(title)
        if len(chosen) == FEWEST:
            _side_by_side(term, cells)
            continue
        for name, lines in zip(titles, cells, strict=True):
            term.text(name, indent="  ", style="bold")
            if len(lines) == 1:
                term.text(lines[0], indent="    ")
            else:
                term.bullets(lines, indent="    ")
    term.line()
    if say.lang != "en" and any(_only_english(place) for place in chosen):
        term.text(say("in_english"))
    term.text(say("compare_note"), style="bold")


def _side_by_side(term: Terminal, cells: list[list[str]]) -> None:
    left, right = cells
    for number in range(max(len(left), len(right))):
        one, two = ((side[number] if number < len(side) else "") for side in (left, right))
        term.columns(one, two, listed=max(len(left), len(right)) > 1)


def _topics(kb: Knowledge, chosen: list[Place], say: Say, role: str) -> list[Topic]:
    lang = say.lang
    topics: list[Topic] = [
        (say("topic_short"), [[p.short.in_language(lang)] for p in chosen]),
        (say("topic_what"), [_claims([p.what], say, role) for p in chosen]),
        (say("topic_who"), [_claims([p.who_is_there], say, role) for p in chosen]),
        (say("topic_hours"), [_claims([p.hours], say, role) for p in chosen]),
        (say("topic_stay"), [_claims([p.usual_stay], say, role) for p in chosen]),
        (say("topic_gives"), [_gives(kb, p, chosen, say) for p in chosen]),
        (say("topic_benefits"), [_statements(p, "benefits", say, role) for p in chosen]),
        (say("topic_drawbacks"), [_statements(p, "drawbacks", say, role) for p in chosen]),
        (say("topic_ways_in"), [_claims(p.ways_in, say, role) for p in chosen]),
        (say("topic_ways_out"), [_claims(p.ways_out, say, role) for p in chosen]),
        (say("topic_services"), [[kb.services[s].name.in_language(lang) for s in p.services] for p in chosen]),
    ]
    if role == "clinician":
        topics.append((say("topic_codes"), [[_code(code, say) for code in p.codes] for p in chosen]))
        topics.append((say("topic_sources"), [list(kb.cite(p.sources)) for p in chosen]))
    nothing = [say("nothing_said")]
    return [(title, [cell or nothing for cell in cells]) for title, cells in topics if any(cells)]


def _marked(words: str, verified: str, say: Say, role: str) -> str:
    return say("unverified", text=words) if role == "clinician" and verified == "memory" else words


def _claims(claims: Iterable[Claim | None], say: Say, role: str) -> list[str]:
    return [_marked(c.in_language(say.lang), c.verified, say, role) for c in claims if c is not None]


def _statements(place: Place, which: str, say: Say, role: str) -> list[str]:
    return [_marked(s.text.in_language(say.lang), s.verified, say, role) for s in getattr(place, which)]


def _gives(kb: Knowledge, place: Place, chosen: list[Place], say: Say) -> list[str]:
    """What it gives on every axis that any of them raises, so that rows match."""
    axes = [axis for axis in kb.axes if any(axis in other.gives for other in chosen)]
    return [
        requirement_lines(kb, ((axis, place.gives[axis]),), say.lang)[0]
        if axis in place.gives
        else say("not_raised", axis=kb.axes[axis].name.in_language(say.lang))
        for axis in axes
    ]


def _code(code: Code, say: Say) -> str:
    key = "code_row_unverified" if code.verified == "memory" else "code_row"
    return say(key, system=code.system, code=code.code, label=code.label)


def _only_english(place: Place) -> bool:
    texts: list[Text | None] = [place.what, place.who_is_there, place.hours, place.usual_stay]
    texts += [*place.ways_in, *place.ways_out, *(s.text for s in (*place.benefits, *place.drawbacks))]
    return any(text is not None and not text.es for text in texts)


def to_json(kb: Knowledge, names: Sequence[str]) -> list[dict[str, Any]]:
    """The settings as plain values."""
    return [place.model_dump(mode="json", exclude_none=True) for place in places(kb, names)]
