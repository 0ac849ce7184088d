"""Words for evidence: how sure, how large, how many of 100. Page, plan and terminal all take them from here."""

from __future__ import annotations

from trellis.evidence.frequency import Estimate, OutOf100
from trellis.evidence.size import Size
from trellis.evidence.statement import Statement
from trellis.kinds.evidence import Level
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge

Pair = tuple[str, str]

LEVEL_WORDS: dict[Level, Pair] = {
    "high": ("We are quite sure of this.", "Estamos bastante seguros de esto."),
    "moderate": ("We are fairly sure of this.", "Estamos más o menos seguros de esto."),
    "low": ("We are not very sure of this.", "No estamos muy seguros de esto."),
    "very_low": ("We are not at all sure of this.", "No estamos nada seguros de esto."),
}
LEVEL_NAMES: dict[Level, Pair] = {
    "high": ("high certainty", "certeza alta"),
    "moderate": ("moderate certainty", "certeza moderada"),
    "low": ("low certainty", "certeza baja"),
    "very_low": ("very low certainty", "certeza muy baja"),
}
SIZE_NAMES: dict[Size, Pair] = {
    "large": ("large effect", "efecto grande"),
    "medium": ("medium effect", "efecto mediano"),
    "small": ("small effect", "efecto pequeño"),
    "unclear": ("effect not clear", "efecto poco claro"),
    "unknown": ("size not known", "tamaño no conocido"),
}
SENTENCES: dict[str, Pair] = {
    "both": (
        "With this, about {approach} of 100 people {outcome}. In the comparison group ({comparator}), about "
        "{comparison} of 100. Time: {time}.",
        "Con esto, unas {approach} de cada 100 personas {outcome}. En el grupo de comparación ({comparator}), unas "
        "{comparison} de cada 100. Tiempo: {time}.",
    ),
    "more": (
        "With this, about {difference} more of 100 people {outcome} than in the comparison group ({comparator}). "
        "Time: {time}.",
        "Con esto, unas {difference} personas más de cada 100 {outcome} que en el grupo de comparación "
        "({comparator}). Tiempo: {time}.",
    ),
    "fewer": (
        "With this, about {difference} fewer of 100 people {outcome} than in the comparison group ({comparator}). "
        "Time: {time}.",
        "Con esto, unas {difference} personas menos de cada 100 {outcome} que en el grupo de comparación "
        "({comparator}). Tiempo: {time}.",
    ),
    "average": (
        "What can be said: of 100 people with this, about {value} did better than the average person in the comparison "
        "group ({comparator}). It would be 50 if it made no difference. Measured: {outcome}.",
        "Lo que sí se puede decir: de cada 100 personas con esto, a unas {value} les fue mejor que a la persona "
        "promedio del grupo de comparación ({comparator}). Serían 50 si no hubiera diferencia. Se midió: {outcome}.",
    ),
    "range": ("{value} (from {low} to {high})", "{value} (entre {low} y {high})"),
    "base": ("The comparison number is that of {who}.", "El número de comparación es el de {who}."),
    "not_verified": (
        "At least one of these numbers has not been checked at its source yet.",
        "Al menos uno de estos números todavía no se ha verificado en su fuente.",
    ),
    "not_known": (
        "Nobody has told us how many of 100 are helped.",
        "No sabemos a cuántas de cada 100 personas les ayuda.",
    ),
}


def _pick(pair: Pair, lang: str) -> str:
    return pair[1] if lang == "es" else pair[0]


def level_words(level: Level, lang: str, *, role: str = "person") -> str:
    """How sure: a sentence for the person, GRADE's name for the clinician.

    >>> level_words("low", "en"), level_words("low", "en", role="clinician")
    ('We are not very sure of this.', 'low certainty')
    """
    return _pick((LEVEL_NAMES if role == "clinician" else LEVEL_WORDS)[level], lang)


def size_words(size: Size, lang: str) -> str:
    """How large, in words."""
    return _pick(SIZE_NAMES[size], lang)


def people(estimate: Estimate, lang: str) -> str:
    """A number of people with its interval, as whole people.

    >>> people(Estimate(61.7, 55.2, 70.1), "en"), people(Estimate(37.0), "es")
    ('62 (from 55 to 70)', '37')
    """
    value = f"{abs(estimate.value):.0f}"
    if estimate.low is None or estimate.high is None:
        return value
    return _pick(SENTENCES["range"], lang).format(value=value, low=f"{estimate.low:.0f}", high=f"{estimate.high:.0f}")


def frequency_words(found: OutOf100, lang: str) -> str:
    """The natural frequency in a sentence: the event, the time, both groups of 100, and whose rate is compared."""
    slots = {
        "outcome": found.frequency.outcome.in_language(lang),
        "time": found.frequency.time.in_language(lang),
        "comparator": in_a_sentence(found.result.comparator.in_language(lang)),
    }
    if found.approach is not None and found.comparison is not None:
        slots |= {"approach": people(found.approach, lang), "comparison": people(found.comparison, lang)}
        sentence = _pick(SENTENCES["both"], lang).format(**slots)
    else:
        sentence = _difference(found.difference, slots, lang)
    if found.base is not None:
        sentence += " " + _pick(SENTENCES["base"], lang).format(who=found.base.who.in_language(lang).rstrip("."))
    return sentence


def in_a_sentence(words: str) -> str:
    """Words with a small first letter, for the middle of a sentence; a name or an acronym stays as it is.

    >>> in_a_sentence("Usual care."), in_a_sentence("CBT alone"), in_a_sentence("Al-Anon")
    ('usual care', 'CBT alone', 'Al-Anon')
    """
    plain = words.rstrip(".")
    first = plain.partition(" ")[0]
    return plain if any(letter.isupper() for letter in first[1:]) else plain[:1].lower() + plain[1:]


def _difference(difference: Estimate, slots: dict[str, str], lang: str) -> str:
    fewer = difference.value < 0
    turned = difference
    if fewer:
        low, high = difference.low, difference.high
        turned = Estimate(-difference.value, None if high is None else -high, None if low is None else -low)
    slots = slots | {"difference": people(turned, lang)}
    return _pick(SENTENCES["fewer" if fewer else "more"], lang).format(**slots)


def statement_lines(statement: Statement, lang: str, *, role: str = "person") -> list[str]:
    """All that is said of a statement, a line each: the sentence, how many of 100, how sure and why.

    What points another way is part of the authored sentence, and its rows are among the sources.
    """
    lines = [statement.words(role, lang)]
    unknown: Text | None = statement.summary.unknown
    if statement.of_100 is not None:
        lines.append(frequency_words(statement.of_100, lang))
    else:
        lines.append(unknown.in_language(lang) if unknown is not None else _pick(SENTENCES["not_known"], lang))
    if statement.above_average is not None:
        lead = statement.rows[0]
        comparator, outcome = (in_a_sentence(text.in_language(lang)) for text in (lead.comparator, lead.outcome))
        slots = {"comparator": comparator, "outcome": outcome, "value": people(statement.above_average, lang)}
        lines.append(_pick(SENTENCES["average"], lang).format(**slots))
    sure = level_words(statement.level, lang, role=role)
    if role == "clinician":
        sure = f"{sure[:1].upper()}{sure[1:]}."
    reasons = " ".join(reason.in_language(lang) for reason in statement.reasons())
    lines.append(f"{sure} {reasons}".strip())
    if not statement.verified:
        lines.append(_pick(SENTENCES["not_verified"], lang))
    return lines


def source_lines(kb: Knowledge, statement: Statement) -> list[str]:
    """Each source of a statement with its address, so that a reader can open it."""
    return [f"{source.cite()} {source.link}".strip() for source in (kb.sources[s.id] for s in statement.sources)]
