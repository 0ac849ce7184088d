"""The settings of one site: its name, telephones, crisis lines with the day of their check, insurance, help nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from trellis.errors import Problem, did_you_mean
from trellis.frozen import EMPTY
from trellis.guide.colours import colour_problems
from trellis.guide.own_pages import WrittenPage, read_pages
from trellis.guide.site_file import (
    Both,
    Link,
    OwnColours,
    OwnLine,
    Phone,
    Places,
    Settings,
    SiteError,
    read_settings,
    shows,
)
from trellis.kinds.need import HelpLine
from trellis.kinds.shape import FrozenMap
from trellis.kinds.text import LANGUAGES, Frozen, PerLanguage, Text, reached_in
from trellis.library.knowledge import Knowledge
from trellis.library.watched import watched

CHECK_DAYS = 180
"""A crisis line is checked at least every so many days; after that the build warns."""
AS_THEY_ARE = (
    "id", "contact", "what_for", "reaches", "language", "stands_for", "tel", "sms", "web", "refers", "everywhere",
)  # fmt: skip
"""What a line shows as the knowledge has it."""
NEW = "site_"
"""How the id of a line begins that the site adds."""
TELLING = re.compile(
    r"addict|adicci|alcohol|crisis|detox|drog|drug|mental|opioid|psiqui|psych|recover|recuperaci|rehab|sobri|suicid"
    r"|therap|terapia|tratamiento|treatment",
    re.IGNORECASE,
)
"""Parts of words that tell what a page is about."""


class ShownLine(Frozen):
    """A help line as the guide shows it.

    Args:
        reaches: who answers, in a few words; nothing where the site gives the line.
        language: the language in which it is answered, where it stands in the place of ``stands_for`` for its readers.
        checked: the day on which somebody last made sure that it is right.
        own: whether the site gives it, or gives it in the place of one of the knowledge.
        everywhere: its place among the lines that stand on every page, in each language.
    """

    id: str
    contact: Text
    what_for: Text | None
    reaches: Text | None = None
    language: Literal["", "en", "es"] = ""
    stands_for: str = ""
    hours: Text | None
    tel: str
    sms: str | PerLanguage
    web: str | PerLanguage
    everywhere: FrozenMap[Literal["en", "es"], int]
    refers: bool = False
    checked: date
    own: bool

    def to_json(self, lang: str) -> dict[str, Any]:
        """The line in one language, as plain values."""
        return {
            "id": self.id,
            "contact": self.contact.in_language(lang),
            "what_for": self.what_for.in_language(lang) if self.what_for else "",
            "reaches": self.reaches.in_language(lang) if self.reaches else "",
            "language": self.language,
            "stands_for": self.stands_for,
            "hours": self.hours.in_language(lang) if self.hours else "",
            "tel": self.tel,
            "sms": reached_in(self.sms, lang),
            "web": reached_in(self.web, lang),
            "refers": self.refers,
            "checked": self.checked.isoformat(),
        }


class Site(Frozen):
    """The settings in force.

    Args:
        neutral_title: what the browser's tab shows.
        exit: where the button "Leave now" leads.
        funding: who paid for the guide, in sentences.
        lines: every help line: those of the knowledge, or the site's in their place, then those that the site adds.
        insurance: what the site accepts.
        pages: what the site wrote to read.
        colours: those in the place of what ships.
        named: whether somebody gave the guide a name of their own; else nobody is said to offer it.
    """

    name: Both
    neutral_title: Both
    exit: str
    funding: Both
    phones: tuple[Phone, ...]
    lines: tuple[ShownLine, ...]
    insurance: tuple[Both, ...]
    links: tuple[Link, ...]
    pages: tuple[WrittenPage, ...] = ()
    colours: OwnColours = OwnColours()
    named: bool = False

    def crisis(self, lang: str) -> tuple[ShownLine, ...]:
        """The lines that stand in every guide, in the order of the language, then those that the site adds."""
        first = sorted(
            (line for line in self.lines if line.everywhere),
            key=lambda line: line.everywhere["es" if lang == "es" else "en"],
        )
        return (*first, *(line for line in self.lines if line.id.startswith(NEW)))

    def to_json(self, lang: str) -> dict[str, Any]:
        """The settings in one language, as plain values.

        ``lines`` holds every help line by its id, the site's own in the place of those of the knowledge; ``crisis``
        names those that stand in every guide, in their order.

        >>> import trellis
        >>> site, _ = read_site(None, trellis.load(), date(2026, 11, 24))
        >>> site.to_json("es")["crisis"][:2]
        ['line_911', 'line_988_es']
        """
        return {
            "name": self.name.in_language(lang),
            "named": self.named,
            "pages": [{"id": page.id, "title": page.title[lang]} for page in self.pages],
            "neutral_title": self.neutral_title.in_language(lang),
            "exit": self.exit,
            "phones": [
                {
                    "label": phone.label.in_language(lang),
                    "tel": phone.tel,
                    "hours": phone.hours.in_language(lang) if phone.hours else "",
                }
                for phone in self.phones
            ],
            "crisis": [line.id for line in self.crisis(lang)],
            "lines": {line.id: line.to_json(lang) for line in self.lines},
            "insurance": [name.in_language(lang) for name in self.insurance],
            "links": [
                {
                    "label": link.label.in_language(lang),
                    "address": link.address,
                    "what_for": link.what_for.in_language(lang),
                }
                for link in self.links
            ],
        }


def read_site(path: Path | None, kb: Knowledge, as_of: date) -> tuple[Site, list[Problem]]:
    """Read the settings of a site.

    Args:
        path: the site's YAML file; the settings that ship when left out.
        kb: the knowledge, which holds the help lines.
        as_of: the day of the build.

    Returns:
        the settings, and warnings: help lines that were not checked for long, what is to be looked at again by a day
        that has passed or is near, a title that tells too much.

    Raises:
        SiteError: the file cannot be read or used, colours that meet could not be told apart, or a page is not there in
            both languages; it lists every problem with its line.

    >>> import trellis
    >>> site, warnings = read_site(None, trellis.load(), date(2026, 11, 24))
    >>> site.neutral_title.en, warnings
    ('Care guide', [])
    """
    settings, places = read_settings(path)
    problems = [problem for number in range(len(settings.crisis)) for problem in _entry(settings, number, kb, places)]
    pages, wrong = read_pages(settings.pages, path, places)
    problems += [*colour_problems(settings.colours, places), *wrong]
    if problems:
        raise SiteError(problems)
    own = {entry.line or f"{NEW}{number + 1}": (number, entry) for number, entry in enumerate(settings.crisis)}
    lines = tuple(_lines(own, kb))
    if not any(line.id.startswith(NEW) or line.everywhere for line in lines):
        raise SiteError([Problem(places("crisis"), "there is no crisis line.", "Give at least one, with `contact:`.")])
    warnings = [*_ages(lines, own, as_of, places), *_dated(own, kb, as_of)]
    for lang in LANGUAGES:
        title = settings.neutral_title.in_language(lang)
        if found := TELLING.search(title):
            what = f"the title of the tab [{title}] tells what the page is about: [{found.group()}]."
            remedy = "Choose one that means nothing to somebody who sees the telephone."
            warnings.append(Problem(places("neutral_title", lang), what, remedy))
    parts = {key: getattr(settings, key) for key in Settings.model_fields if key not in ("crisis", "pages")}
    named = path is not None and settings.name != read_settings(None)[0].name
    return Site(lines=lines, pages=tuple(pages), named=named, **parts), list(dict.fromkeys(warnings))


def _entry(settings: Settings, number: int, kb: Knowledge, places: Places) -> Iterator[Problem]:
    """What is wrong with one entry below ``crisis``."""
    entry = settings.crisis[number]
    if entry.line and entry.line not in kb.lines:
        remedy = did_you_mean(entry.line, kb.lines) or f"It may be {', '.join(kb.lines)}; leave it out for a new line."
        yield Problem(places("crisis", number, "line"), f"[{entry.line}] is no line.", remedy)
    if entry.line and entry.line in [other.line for other in settings.crisis[:number]]:
        yield Problem(places("crisis", number, "line"), f"[{entry.line}] stands here twice.", "Keep one.")
    if entry.contact is None:
        if not entry.line or entry.what_for or entry.hours or entry.tel or entry.sms or entry.web:
            remedy = "Say in `contact:` how to reach it, in words, with the number."
            yield Problem(places("crisis", number), "a crisis line has no [contact].", remedy)
        return
    if not (entry.tel or entry.sms or entry.web):
        remedy = "Give at least one of tel, sms and web."
        yield Problem(places("crisis", number), f"[{entry.contact.en}] leads nowhere.", remedy)
    for key, dialled in (("tel", entry.tel), ("sms", entry.sms)):
        for lang in LANGUAGES:
            contact = entry.contact.in_language(lang)
            if dialled and not shows(contact, dialled):
                what = f"[{contact}] does not show the number it reaches: [{dialled}]."
                remedy = f"Write the number of `{key}:` in the contact too; who reads it on paper has only that."
                yield Problem(places("crisis", number, "contact"), what, remedy)


def _lines(own: Mapping[str, tuple[int, OwnLine]], kb: Knowledge) -> Iterator[ShownLine]:
    checked = _checked_days(kb)
    for name, line in kb.lines.items():
        _, entry = own.get(name, (-1, None))
        if entry is None or entry.contact is None:
            hours = Text(en=line.hours) if isinstance(line.hours, str) and line.hours else line.hours or None
            parts = {key: getattr(line, key) for key in AS_THEY_ARE}
            day = checked.get(name, date.min) if entry is None else entry.checked
            yield ShownLine(hours=hours, checked=day, own=False, **parts)
        else:
            yield _own_line(name, entry, entry.contact, line)
    for name, (_, entry) in own.items():
        if name not in kb.lines and entry.contact is not None:
            yield _own_line(name, entry, entry.contact, None)


def _own_line(name: str, entry: OwnLine, contact: Text, instead_of: HelpLine | None) -> ShownLine:
    what_for = entry.what_for or (instead_of.what_for if instead_of else None)
    parts = {key: getattr(entry, key) for key in ("hours", "tel", "sms", "web", "checked")}
    refers = instead_of is not None and instead_of.refers
    everywhere = instead_of.everywhere if instead_of is not None else EMPTY
    return ShownLine(
        id=name, contact=contact, what_for=what_for, refers=refers, everywhere=everywhere, own=True, **parts
    )


def _dated(own: Mapping[str, tuple[int, OwnLine]], kb: Knowledge, as_of: date) -> Iterator[Problem]:
    """Warns of what may change on a day that is known, but of no line that the site gives or has checked since."""
    remedy = "Look at its source; then write what holds, and the next day in `watch_until`."
    for one in watched(kb, as_of):
        _, entry = own.get(one.name, (-1, None)) if one.key == "lines" else (-1, None)
        if entry is None or (entry.contact is None and entry.checked < one.until):
            yield Problem("the knowledge", one.says(), remedy)


def _checked_days(kb: Knowledge) -> Mapping[str, date]:
    """When each line of the knowledge was last looked at: its own day, or that of its file."""
    found: dict[str, date] = {}
    for name, line in kb.lines.items():
        about = kb.about("lines", name)
        found[name] = date.fromisoformat(line.reviewed_on or about.reviewed_on or line.effective)
    return found


def _ages(
    lines: tuple[ShownLine, ...], own: Mapping[str, tuple[int, OwnLine]], as_of: date, places: Places
) -> Iterator[Problem]:
    """Warns of what was not checked for long. Raises :class:`SiteError` for a day that has not come yet."""
    ahead = []
    old: dict[date, list[str]] = {}
    for line in lines:
        where = places("crisis", own[line.id][0], "checked") if line.id in own else f"the knowledge: {line.id}"
        contact, day = line.contact.en, line.checked
        # What ships may be newer than the day that is built for; a day in the site's own file that is ahead is a slip.
        if day > as_of and line.id in own:
            what = f"[{contact}] was checked on [{day}], after the day of the build [{as_of}]."
            ahead.append(Problem(where, what, "Correct the day, or the clock of this computer."))
        elif as_of - day > timedelta(days=CHECK_DAYS):
            if line.id in own:
                what = f"[{contact}] was last checked on [{day}], more than {CHECK_DAYS} days ago."
                yield Problem(where, what, "Make sure that it is right, and write the day.")
            else:
                old.setdefault(day, []).append(line.id)
    if ahead:
        raise SiteError(ahead)
    # The lines of one file share their day: one warning for all of them is read, thirteen are not.
    for day, names in old.items():
        when = f"were last checked on [{day}], more than {CHECK_DAYS} days ago" if day > date.min else "have no day"
        remedy = "Make sure that they are right, and write the day of each below `crisis:` (see docs/guide.md)."
        yield Problem("the knowledge", f"the lines [{', '.join(names)}] {when}.", remedy)
