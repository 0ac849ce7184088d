"""Hours in words: what a need tells of when somebody looks, against the hours of its rule.

A person reads the words and a nurse plans by the rule. So whatever ``because`` and ``within`` promise of an evaluation,
to whomever and in either language, says the hours of ``evaluate``; and a promise without a rule is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trellis.kinds.need import Need
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, error, where_of

HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "hora": 1, "día": 24, "semana": 168, "mes": 720}
NUMBERS = {
    "en": ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "es": ("", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
}
SOME_HOURS = (2, 23)
"""What "within hours" may mean: more than an hour, and less than a day."""

_COUNT_EN = rf"(?:(?P<n>\d+|an?|{'|'.join(NUMBERS['en'][1:])}|(?P<few>a few|some))[ -])?"
_COUNT_ES = rf"(?:(?P<n>\d+|una?|uno|{'|'.join(NUMBERS['es'][2:])}|(?P<few>pocas|unas pocas|algunas)) )?"
_WITHIN_ES = (
    "(?: el plazo de| un plazo de| plazo de| cuestión de| menos de| un máximo de| las próximas)?"  # en, dentro de
)
TIMES = {
    "en": (
        re.compile(rf"\b(?:within|in|inside) (?:the next )?{_COUNT_EN}(?P<unit>hour|day|week|month)s?\b", re.I),
        re.compile(r"\b(?P<today>today|(?:on |the )*same day)\b", re.I),
    ),
    "es": (
        re.compile(rf"\b(?:en|dentro de){_WITHIN_ES} {_COUNT_ES}(?P<unit>hora|día|semana|mes)(?:s|es)?\b", re.I),
        re.compile(r"\b(?P<today>hoy|(?:el )?mismo día)\b", re.I),
    ),
}
LOOKS = {
    "en": re.compile(
        r"\b(?:evaluat|assess|examin|see (?:you|them|the)|seen|sees|look|medical check|check-?up|go over|work-?up)",
        re.I,
    ),
    "es": re.compile(
        "(?:evalu|valora|verle|vea|ver esto|ver a la persona|atender|examin|revis(?:ar|ión|e )|consulta médica)", re.I
    ),
}
"""Words that tell that somebody looks; a time in a clause without one tells of something else, such as the past."""
PAST = re.compile(r"\b(?:past|last|previous|ago|hace|últim[ao]s?|pasad[ao]s?)\b", re.I)
CONTACT = re.compile(r"\b(?:contact|call|visit|contacto|llamada|visita)\b", re.I)
CLAUSES = re.compile(r"[.;:,()]+")


@dataclass(frozen=True)
class TimeTold:
    """A time within which somebody looks, as words tell it: ``least`` to ``most`` hours."""

    words: str
    least: int
    most: int

    def agrees(self, hours: int) -> bool:
        """Whether a rule's hours are what the words say."""
        return self.least <= hours <= self.most


def times_told(text: str, lang: str, *, all_of_it: bool = False) -> list[TimeTold]:
    """The times within which somebody looks, as a text tells them.

    Args:
        text: whole sentences, or a part of one.
        lang: ``en`` or ``es``.
        all_of_it: the text is known to tell of an evaluation, so that every time in it counts.

    >>> times_told("A psychiatrist needs to see you within three days.", "en")
    [TimeTold(words='within three days', least=72, most=72)]
    >>> times_told("Behavior within 7 days. A visit within two days. Evaluation within 24 hours.", "en")
    [TimeTold(words='within 24 hours', least=24, most=24)]
    >>> [told.most for told in times_told("Un médico necesita verle en cuestión de horas.", "es")]
    [23]
    """
    found: list[TimeTold] = []
    for clause in CLAUSES.split(text):
        for pattern in TIMES[lang]:
            matches = pattern.finditer(clause)
            found += [_told(one, lang) for one in matches if all_of_it or _of_an_evaluation(clause, one, lang)]
    return found


def _of_an_evaluation(clause: str, match: re.Match[str], lang: str) -> bool:
    before, after = clause[: match.start()], clause[match.end() :]
    if PAST.search(match.group()) or not LOOKS[lang].search(clause):
        return False
    # "evaluation within a day, contact within two": of several words before a time the last one says of what it is.
    contact, looks = _last(CONTACT, before), _last(LOOKS[lang], before)
    return looks >= contact if contact >= 0 or looks >= 0 else bool(LOOKS[lang].search(after))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _told(match: re.Match[str], lang: str) -> TimeTold:
    words = " ".join(match.group().split())
    groups = match.groupdict()
    if groups.get("today"):
        return TimeTold(words, 1, 24)
    unit, count = HOURS[groups["unit"].lower()], groups["n"]
    if count is None or groups["few"]:
        least, most = SOME_HOURS if unit == 1 else (2 * unit, 6 * unit)
        return TimeTold(words, least, most)
    number = int(count) if count.isdecimal() else _number(count.lower(), lang)
    return TimeTold(words, number * unit, number * unit)


def _number(word: str, lang: str) -> int:
    if word in ("a", "an", "one", "un", "una", "uno"):
        return 1
    return NUMBERS[lang].index(word)


def hours_in_words(kb: Knowledge) -> Iterator[tuple[str, Finding]]:
    """Needs whose words tell other hours than their rule, or promise a look for which there is no rule.

    Yields:
        the id of the need, and what is wrong with it.
    """
    for name, need in kb.needs.items():
        for where, told in _all_told(need):
            if need.evaluate is None:
                what = f"need [{name}] says [{told.words}] ({where}), and no evaluation is asked for."
                yield name, error("hours", where_of(kb, "needs", name), what, "Add `evaluate`, or leave the time out.")
            elif not told.agrees(need.evaluate.within_hours):
                what = f"need [{name}] says [{told.words}] ({where}); its rule says {need.evaluate.within_hours} hours."
                yield name, error("hours", where_of(kb, "needs", name), what, "Make words and rule say the same.")


def _all_told(need: Need) -> Iterator[tuple[str, TimeTold]]:
    for reader in ("person", "loved_one", "clinician"):
        words = getattr(need.because, reader)
        part = getattr(need.within, reader, None) if need.within is not None else None
        for lang in ("en", "es"):
            found = times_told(words.in_language(lang), lang) if words is not None else []
            found += times_told(part.in_language(lang), lang, all_of_it=True) if part is not None else []
            yield from ((f"{reader}, {lang}", told) for told in dict.fromkeys(found))
            if part is not None and not times_told(part.in_language(lang), lang, all_of_it=True):
                yield f"{reader}, {lang}", TimeTold(part.in_language(lang), 0, 0)
