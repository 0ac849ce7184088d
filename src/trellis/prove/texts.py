"""What is wrong with the words: missing Spanish, unequal detail, too hard, claiming too much, too old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from trellis.kinds.fact import Step
from trellis.kinds.kind import at, every
from trellis.kinds.text import Frozen, Text, TextList, Words
from trellis.library.knowledge import Knowledge
from trellis.library.watched import watched, watches
from trellis.prove import reading
from trellis.prove.finding import Finding, entries, error, warning, where_of

BALANCE = 0.2
"""Benefits and drawbacks of a setting may differ in length by this share at the most (IPDAS: equal detail)."""

STALE_AFTER_DAYS = 365
SHORTEST_GRADED = 20
"""The formula says little about a text of fewer words."""
CLAIMS = re.compile(
    r"\b(clinically )?(validated|proven to work|guarantee[sd]?|validad[oa]s?|garantiza)\b", re.IGNORECASE
)
DENIED = re.compile(r"\b(not|never|no|nunca|ni)(\s+\w+){0,4}\s*$", re.IGNORECASE)
"""What stands right before a claim that is denied; a "not" elsewhere in the text denies another thing."""


def untranslated(kb: Knowledge) -> Iterator[Finding]:
    """Words without Spanish, where Spanish is required."""
    for key, name, entry in entries(kb):
        for path, text in _texts(entry, every()[key].english):
            if not text.es:
                where = where_of(kb, key, name)
                yield error("untranslated", where, f"[{name}] has no Spanish for [{path}].", "Add es.")
            elif isinstance(text, TextList) and len(text.es) != len(text.en):
                what = f"[{name}] has {len(text.en)} English and {len(text.es)} Spanish sentences in [{path}]."
                yield error("untranslated", where_of(kb, key, name), what, "Make them match.")


def _texts(value: Any, skip: tuple[str, ...] = (), path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, (Text, TextList, Step)):
        yield path, value
        if isinstance(value, Step) and value.loved_one is not None:
            yield f"{path}.loved_one", value.loved_one
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            if name not in skip:
                yield from _texts(getattr(value, name), skip, f"{path}.{name}".lstrip("."))
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, skip, path)


def unbalanced(kb: Knowledge) -> Iterator[Finding]:
    """Benefits and drawbacks that are not told in equal detail."""
    for key, group in (("setting", kb.settings), ("add_ons", kb.add_ons), ("responses", kb.responses)):
        for name, place in group.items():
            good, bad = (
                sum(len(statement.text.en.split()) for statement in statements)
                for statements in (place.benefits, place.drawbacks)
            )
            if not good or not bad or abs(good - bad) > BALANCE * max(good, bad):
                what = f"[{name}] has {good} words on benefits and {bad} on drawbacks."
                remedy = f"Bring them within {BALANCE:.0%} of each other."
                yield error("unbalanced", where_of(kb, key, name), what, remedy)


def public_texts(kb: Knowledge) -> Iterator[tuple[str, str, Text]]:
    """Every text that a person reads, as its kind says: key, id, words."""
    for key, name, entry in entries(kb):
        kind = every()[key]
        for path in kind.public:
            for value in [entry] if path == "*" else at(entry, path):
                yield from ((key, name, text) for text in _read_by_a_person(value, kind.apart))


def _read_by_a_person(value: Any, apart: tuple[str, ...]) -> Iterator[Text]:
    if isinstance(value, Words):
        # What is said to the person, and to somebody who cares about the person; a clinician reads harder words.
        yield from (value.person,) if value.loved_one is None else (value.person, value.loved_one)
    elif isinstance(value, Text):
        yield value
    elif isinstance(value, TextList):
        yield Text(en=" ".join(value.en), es=" ".join(value.es) or None)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            if name not in apart:
                yield from _read_by_a_person(getattr(value, name), apart)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _read_by_a_person(item, apart)


def hard_to_read(kb: Knowledge) -> Iterator[Finding]:
    """Public English above grade 8 (Flesch-Kincaid). Texts too short to grade alone are graded together."""
    short: dict[str, list[str]] = {}
    texts: list[tuple[str, str, str]] = []
    for key, name, text in public_texts(kb):
        if len(text.en.split()) < SHORTEST_GRADED:
            short.setdefault(key, []).append(text.en.rstrip(".") + ".")
        else:
            texts.append((key, name, text.en))
    texts += [(key, f"the short texts of {key}", " ".join(sentences)) for key, sentences in short.items()]
    for key, name, words in texts:
        try:
            found = reading.grade(words)
        except reading.NoSyllablesError as missing:
            yield warning("reading", "trellis check", f"reading grades were not checked: {missing}.")
            return
        if found > reading.HIGHEST_GRADE:
            what = f"[{name}] reads at grade {found:.1f}: {words[:60]}…"
            yield error(
                "reading", where_of(kb, key, name), what, f"Aim below {reading.HIGHEST_GRADE} with shorter words."
            )


def claims_validation(kb: Knowledge) -> Iterator[Finding]:
    """Public texts that claim what has not been shown."""
    for key, name, text in public_texts(kb):
        for words in (text.en, text.es or ""):
            for match in CLAIMS.finditer(words):
                if DENIED.search(words[: match.start()]):
                    continue
                what = f"[{name}] claims [{match.group(0)}]."
                yield error("claim", where_of(kb, key, name), what, "Say what was measured, or leave it out.")


NO_SPANISH = re.compile(r"(escrib\w*|mensajes?( de texto)?) al 988", re.IGNORECASE)
"""Who texts 988 without the word AYUDA is asked in English first which line they want."""


def texts_in_english(kb: Knowledge) -> Iterator[Finding]:
    """Public Spanish that sends somebody to text 988 without the word that is answered in Spanish."""
    for key, name, text in public_texts(kb):
        if found := NO_SPANISH.search(text.es or ""):
            what = f"[{name}] says [{found.group(0)}] in Spanish, which is answered in English first."
            yield error("keyword", where_of(kb, key, name), what, "Say: llame al 988 y oprima 2, o envíe AYUDA al 988.")


def stale(kb: Knowledge, as_of: date) -> Iterator[Finding]:
    """Urgent texts that nobody has looked at for a year: numbers change."""
    for name, urgent in kb.urgent.items():
        age = (as_of - date.fromisoformat(urgent.reviewed_on)).days
        if age > STALE_AFTER_DAYS:
            what = f"[{name}] was last looked at {age} days ago."
            yield warning("stale", where_of(kb, "urgent", name), what, "Check every number, then set reviewed_on.")


def to_watch(kb: Knowledge, as_of: date) -> Iterator[Finding]:
    """What may change, or has, on a day that is known: a rule that ends, a line that somebody promised."""
    for one in watched(kb, as_of):
        remedy = "Look at its source; then write what holds, and the next day in watch_until."
        yield warning("watch", where_of(kb, one.key, one.name), one.says(), remedy)


def watched_for_nothing(kb: Knowledge) -> Iterator[Finding]:
    """A day to look again that does not say what to look for, or what to look for without a day."""
    for key, name, entry in entries(kb):
        for one in watches(entry):
            if bool(one.watch_until) != bool(one.watch_for):
                what = f"[{name}] has watch_until [{one.watch_until}] and watch_for [{one.watch_for}]."
                yield error("watch", where_of(kb, key, name), what, "Give both: the day, and what may change on it.")
