"""Words for evidence: how sure, how large, how many of 100. Page, plan and terminal all take them from here."""

from __future__ import annotations

from trellis.evidence.frequency import Estimate, OutOf100
from trellis.evidence.size import Size, size_of
from trellis.evidence.statement import Statement
from trellis.kinds.evidence import Level
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.say import Say


def level_words(level: Level, lang: str, *, role: str = "person") -> str:
    """How sure: a sentence for the person, GRADE's name for the clinician.

    >>> level_words("low", "en"), level_words("low", "en", role="clinician")
    ('We are not very sure of this.', 'low certainty')
    """
    return Say(lang)(f"findings.{'certainty' if role == 'clinician' else 'sure'}_{level}")


def size_words(size: Size, lang: str) -> str:
    """How large, in words."""
    return Say(lang)(f"findings.size_{size}")


def people(estimate: Estimate, lang: str) -> str:
    """A number of people with its interval, as whole people.

    >>> people(Estimate(61.7, 55.2, 70.1), "en"), people(Estimate(37.0), "es")
    ('62 (from 55 to 70)', '37')
    """
    value = f"{abs(estimate.value):.0f}"
    if estimate.low is None or estimate.high is None:
        return value
    return Say(lang)("findings.range", value=value, low=f"{estimate.low:.0f}", high=f"{estimate.high:.0f}")


def frequency_words(found: OutOf100, lang: str) -> str:
    """The natural frequency in a sentence: the event, the time, both groups of 100, and whose rate is compared."""
    slots = {
        "outcome": found.frequency.outcome.in_language(lang),
        "time": found.frequency.time.in_language(lang),
        "comparator": in_a_sentence(found.result.comparator.in_language(lang)),
    }
    if found.approach is not None and found.comparison is not None:
        slots |= {"approach": people(found.approach, lang), "comparison": people(found.comparison, lang)}
        sentence = Say(lang)("findings.both", **slots)
    else:
        sentence = _difference(found.difference, slots, lang)
    if found.base is not None:
        sentence += " " + Say(lang)("findings.base", who=found.base.who.in_language(lang).rstrip("."))
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
    return Say(lang)("findings.fewer" if fewer else "findings.more", **slots)


def statement_lines(statement: Statement, lang: str, *, role: str = "person") -> list[str]:
    """All that is said of a statement, a line each: the sentence, how many of 100, how sure and why.

    What points another way is part of the authored sentence, and its rows are among the sources.
    """
    lines = [statement.words(role, lang)]
    unknown: Text | None = statement.summary.unknown
    if statement.of_100 is not None:
        lines.append(frequency_words(statement.of_100, lang))
    else:
        lines.append(unknown.in_language(lang) if unknown is not None else Say(lang)("findings.not_known"))
    if statement.above_average is not None and role == "person":
        # A place on a curve is nothing that people read; how large the difference was, is.
        lead = statement.rows[0]
        comparator = in_a_sentence(lead.comparator.in_language(lang))
        lines.append(Say(lang)(f"findings.moved_{size_of(lead)}", comparator=comparator))
    elif statement.above_average is not None:
        lead = statement.rows[0]
        comparator, outcome = (in_a_sentence(text.in_language(lang)) for text in (lead.comparator, lead.outcome))
        slots = {"comparator": comparator, "outcome": outcome, "value": people(statement.above_average, lang)}
        lines.append(Say(lang)("findings.average", **slots))
    sure = level_words(statement.level, lang, role=role)
    if role == "clinician":
        sure = f"{sure[:1].upper()}{sure[1:]}."
    reasons = " ".join(reason.in_language(lang) for reason in statement.reasons())
    lines.append(f"{sure} {reasons}".strip())
    if not statement.verified:
        lines.append(Say(lang)("findings.not_verified"))
    return lines


def source_lines(kb: Knowledge, statement: Statement) -> list[str]:
    """Each source of a statement with its address, so that a reader can open it."""
    return [f"{source.cite()} {source.link}".strip() for source in (kb.sources[s.id] for s in statement.sources)]
