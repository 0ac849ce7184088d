"""What ``trellis directory`` shows, as words on a page and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trellis.cli.inputs import read_text
from trellis.cli.terminal import Terminal
from trellis.directory import (
    Directory,
    Double,
    ListSource,
    Merge,
    Near,
    PlaceMatch,
    Programme,
    Report,
    Wanted,
    find_doubles,
    miles,
    terms_of,
)
from trellis.directory.programme import FIELDS
from trellis.directory.reading.table import CAPABILITIES, COLUMNS, DAY, DENIED, GROUPS, KEY, NOT_KNOWN
from trellis.directory.told import ToldPlace, care_name, name_of
from trellis.errors import AnswerError, Problem
from trellis.kinds.place_feature import PlaceList
from trellis.library.knowledge import Knowledge
from trellis.library.strict_yaml import OF_CONTENT, read_strictly
from trellis.say import Say

MOST_SHOWN = 10
"""So many of a kind are shown; of more it is told how many there are."""
OWN_ID = "site"
FAR_FROM_ZIP = 100
"""Miles. Only in Alaska a place may lie farther from the middle of its own ZIP code."""


def short(place: Programme) -> str:
    """A place on one line, with its id."""
    town = place.text("city")
    return f"{name_of(place)}{f', {town}' if town else ''} [{place.id}]"


# --- import ---


def read_list_file(kb: Knowledge, path: Path) -> PlaceList:
    """A site's own file that says what the columns and words of a list mean.

    Raises:
        AnswerError: it is not as it must be; each problem has its place.
    """
    shown = path.name
    read = read_strictly(read_text(str(path)), shown, OF_CONTENT)
    if read.problems:
        raise AnswerError(read.problems)
    tree = read.documents[0] if read.documents else None
    if not isinstance(tree, dict):
        raise AnswerError([Problem(shown, "does not hold a mapping.", "Begin with `id:`, `title:` and `format:`.")])
    try:
        found: PlaceList = PlaceList.model_validate({"id": OWN_ID, "title": {"en": shown}} | tree)
    except ValidationError as error:
        told = [
            Problem(shown, f"{'.'.join(map(str, one['loc']))}: {one['msg']}.", "docs/directory.md shows the form.")
            for one in error.errors()[:20]
        ]
        raise AnswerError(told) from None
    features = kb.of("place_features")
    wrong = [
        Problem(shown, f"[{name}] is no feature.", "`trellis directory template --explain` lists them.")
        for term in found.terms
        for name in (*term.means, *term.denies)
        if name not in features
    ]
    wrong += [
        Problem(shown, f"[{ours}] is no field.", f"Give one of {', '.join(COLUMNS)}.")
        for ours in found.fields.values()
        if ours not in COLUMNS
    ]
    if wrong:
        raise AnswerError(dict.fromkeys(wrong))
    return found


def report_json(report: Report) -> dict[str, Any]:
    """What came of an import, as plain values."""
    counts = (
        "rows",
        "taken",
        "in_part",
        "left_out",
        "new",
        "changed",
        "same",
        "gone",
        "absent",
        "renamed",
        "merged",
        "doubles",
    )
    return {
        "source": report.source._asdict(),
        **{name: getattr(report, name) for name in counts},
        "problems": [asdict(one) for one in report.problems],
        "problem_count": report.problem_count,
        "not_understood": [
            {"in": category, "says": word, "times": times}
            for (category, word), times in report.not_understood.most_common()
        ],
        "side_file": str(report.side_file) if report.side_file else None,
    }


def show_report(report: Report, say: Say, term: Terminal) -> None:
    """What came of an import."""
    counts = {"taken": report.taken, "part": report.in_part, "left": report.left_out}
    shown = {name: say.number(count) for name, count in counts.items()}
    term.text(say("directory.import_done", rows=report.rows, **shown))
    places = {"new": report.new, "changed": report.changed, "same": report.same}
    term.text(say("directory.import_places", **{name: say.number(count) for name, count in places.items()}))
    for name in ("renamed", "gone", "absent", "merged", "doubles"):
        if getattr(report, name):
            term.text(say(f"directory.import_{name}", count=getattr(report, name)))
    if report.not_understood:
        several = [f"{category}: {word} ({times})" for (category, word), times in report.not_understood.most_common(5)]
        term.text(say("directory.import_words", words="; ".join(several)))
    if report.problems:
        term.subheading(say("directory.import_wrong"))
        term.bullets(str(one) for one in report.problems[:MOST_SHOWN])
        if report.problem_count > MOST_SHOWN:
            more = say.number(report.problem_count - MOST_SHOWN)
            term.text(say("directory.import_more", count=more))
    if report.side_file is not None:
        term.line()
        term.text(say("directory.import_side", file=report.side_file))


# --- check ---


@dataclass
class Looked:
    """What is to be mended in a directory."""

    places: int = 0
    sources: list[tuple[ListSource, int]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)

    KINDS = ("gone", "stale", "disputed", "doubles", "unreachable", "nowhere", "misplaced")

    @property
    def anything(self) -> bool:
        """Whether something is to be mended."""
        return any(getattr(self, name) for name in self.KINDS)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        sources = [{**one._asdict(), "rows": rows} for one, rows in self.sources]
        return {"places": self.places, "sources": sources} | {name: getattr(self, name) for name in self.KINDS}


def look_over(opened: Directory, as_of: date, older_than: int) -> Looked:
    """What is to be mended in a directory."""
    found = Looked(sources=[(one, len(opened.said_by(one.id))) for one in opened.sources])
    places = list(opened)
    found.places = len(places)
    features = opened.kb.of("place_features")
    by_id = {}
    for place in places:
        by_id[place.id] = place
        if place.gone:
            found.gone.append(short(place))
        elif place.is_stale(as_of, older_than):
            found.stale.append(f"{short(place)}: {place.newest or '?'}")
        if place.disputed:
            named = "; ".join(features[one].name.en if one in features else one for one in place.disputed)
            found.disputed.append(f"{short(place)}: {named}")
        if not any(place.text(name) for name in ("phone", "intake_phone", "website")):
            found.unreachable.append(short(place))
        if place.at is None:
            found.nowhere.append(short(place))
        far = _from_its_zip(opened, place)
        if far is not None and far > FAR_FROM_ZIP:
            found.misplaced.append(f"{short(place)}: {far:,.0f}")
    for one in find_doubles(places, opened.apart):
        found.doubles.append(f"{short(by_id[one.kept])} + {short(by_id[one.merged])}: {', '.join(one.why)}")
    return found


def _from_its_zip(opened: Directory, place: Programme) -> float | None:
    """Miles from the middle of its own ZIP code; None where either is not known."""
    at, latitude = place.at, place.number("latitude")
    middle = opened.zip_at(place.text("zip")) if opened.zip_at is not None and place.text("zip") else None
    return miles(at, middle) if at is not None and latitude is not None and middle is not None else None


def show_check(found: Looked, say: Say, term: Terminal) -> None:
    """What is to be mended."""
    term.heading(say("directory.check_title"))
    term.text(say("directory.check_places", count=found.places))
    term.subheading(say("directory.check_sources"))
    for one, rows in found.sources:
        day = say.day(date.fromisoformat(one.read_on))
        term.bullets([say("directory.check_source", title=one.title, id=one.id, day=day, rows=rows)])
    for name in found.KINDS:
        several: list[str] = getattr(found, name)
        if several:
            term.subheading(f"{say(f'directory.check_{name}')} ({say.number(len(several))})")
            term.bullets(several[:MOST_SHOWN])
            if len(several) > MOST_SHOWN:
                term.text(f"… {say.number(len(several) - MOST_SHOWN)}")
    if not found.anything:
        term.line()
        term.text(say("directory.check_fine"))


# --- search ---


def search_json(
    wanted: Wanted, near: Near | None, matches: Sequence[PlaceMatch], told: Sequence[ToldPlace], urgent: list[Any]
) -> dict[str, Any]:
    """The places found, as plain values: danger first, then what was looked for, then each place."""
    return {
        "urgent": urgent,
        "wanted": {
            "when": wanted.when,
            "settings": list(wanted.settings),
            "open": wanted.open,
            "asked": [one._asdict() for one in wanted.asked],
        },
        "near": near._asdict() if near is not None else None,
        "places": [
            asdict(words)
            | {
                "miles": None if one.miles is None else round(one.miles, 1),
                "wait_days": one.wait,
                **{name: [point._asdict() for point in getattr(one, name)] for name in ("met", "ask", "lacks")},
            }
            for one, words in zip(matches, told, strict=True)
        ],
    }


def show_search(
    kb: Knowledge,
    wanted: Wanted,
    near: str,
    within: float,
    told: Iterable[ToldPlace],
    say: Say,
    term: Terminal,
    *,
    held: bool,
) -> None:
    """The places found, each with why it stands there and what to ask."""
    settings = say.join(care_name(kb, one, say) for one in wanted.settings)
    term.heading(say(f"directory.title_{wanted.when}", **({"settings": settings} if wanted.when == "asked" else {})))
    if held:
        term.text(say("compare.hold"), style="bold")
    if not wanted.settings:
        term.text(say("directory.nothing_to_look_for"))
        return
    if wanted.when != "asked":
        key = "looked_for_open" if wanted.open else "looked_for"
        term.text(say(f"directory.{key}", settings=settings))
    if near:
        term.text(say("directory.near_within", near=near, miles=f"{within:g}"))
    term.text(say("directory.order"))
    term.text(say("directory.unknown_is_not_no"))
    several = list(told)
    if not several:
        term.line()
        term.text(say("directory.none_found"))
    for number, one in enumerate(several, 1):
        _show_place(number, one, say, term)
    if several:
        term.subheading(say("directory.script_title"))
        term.bullets(several[0].script)


def _show_place(number: int, one: ToldPlace, say: Say, term: Terminal) -> None:
    term.subheading(f"{number}. {one.name}")
    for line in (one.address, one.says, *one.reach, *one.far, one.wait):
        if line:
            term.text(line, indent="   ")
    term.bullets(one.why, indent="   ")
    if one.signs:
        term.text(say("directory.signs_title"), indent="   ")
        term.bullets(one.signs, indent="   ")
    term.text(say("directory.ask_title"), indent="   ")
    term.bullets(one.questions, indent="   ")
    for line in one.checked:
        term.text(line, indent="   ")


# --- merge and undo ---


def show_doubles(opened: Directory, doubles: Sequence[Double], say: Say, term: Terminal) -> None:
    """What may be one place twice."""
    if not doubles:
        term.text(say("directory.merge_none"))
        return
    term.heading(say("directory.check_doubles"))
    for one in doubles:
        why = say.join(say(f"directory.why_{name}") for name in one.why)
        kept, merged = (opened.get(name) for name in (one.kept, one.merged))
        if kept is not None and merged is not None:
            term.bullets([say("directory.pair", kept=short(kept), merged=short(merged), why=why)])
    term.line()
    term.text(say("directory.merge_how"))


def show_merges(opened: Directory, merges: Sequence[Merge], say: Say, term: Terminal) -> None:
    """Which entries were joined."""
    term.heading(say("directory.merges_title"))
    for one in merges:
        kept = opened.get(one.kept)
        shown = short(kept) if kept is not None else one.kept
        term.bullets([say("directory.merged_told", merged=one.merged, kept=shown, id=one.merged)])


# --- template ---


def columns_json(kb: Knowledge, say: Say) -> list[dict[str, Any]]:
    """What may stand in each column, as plain values."""
    terms = terms_of(kb)
    return [
        {
            "column": column,
            "may_hold": {one.id: one.name.in_language(say.lang) for one in terms.of_group(GROUPS[column])}
            if column in GROUPS
            else None,
        }
        for column in COLUMNS
    ]


def show_columns(kb: Knowledge, say: Say, term: Terminal) -> None:
    """What may stand in each column."""
    terms = terms_of(kb)
    term.heading(say("directory.explain_title"))
    term.text(say("directory.explain_lead"))
    explained = (KEY, "part", "wait_days", "closed", CAPABILITIES, DENIED, NOT_KNOWN, DAY)
    for column in COLUMNS:
        if column in GROUPS:
            words = "; ".join(f"{one.id} ({one.name.in_language(say.lang)})" for one in terms.of_group(GROUPS[column]))
            text = say("directory.column_list", words=words)
        elif column in explained:
            text = say(f"directory.column_{column}")
        else:
            assert column in FIELDS  # noqa: S101
            text = ""
        term.text(f"{column}{': ' if text else ''}{text}", hanging="  ")
