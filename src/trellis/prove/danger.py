"""What would weaken danger: a scale written the wrong way round, a danger nobody warns of, a text that says no help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trellis.kinds.condition import leaves
from trellis.kinds.fact import Fact
from trellis.kinds.need import Need, Urgent
from trellis.kinds.text import LANGUAGES, reached_in
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, error, where_of

LEAST = ("none", "no", "never")
"""Steps that say that there is nothing of it; on the scale of a danger they stand first, whichever way is worse."""

FEWEST_WORDS = 2
"""A sentence of a danger text has this many at the least: "Call 911." """


def inverted_scales(kb: Knowledge) -> Iterator[Finding]:
    """Danger facts whose scale begins with the most of it: then the worst answer would count as the best."""
    for name, fact in kb.facts.items():
        late = [step for step in fact.values[1:] if step in LEAST] if fact.kind == "danger" else []
        if late:
            what = f"the scale of danger [{name}] has [{late[0]}] after [{fact.values[0]}]."
            remedy = "Write a scale from the least of it to the most; `worse` says which end is worse."
            yield error("inverted", where_of(kb, "facts", name), what, remedy)


def unwarned_danger(kb: Knowledge) -> Iterator[Finding]:
    """Danger facts of which, at ``danger_at``, no need warns, that no need evaluates and for which none holds."""
    for name, fact in kb.facts.items():
        if fact.danger_rank is None:
            continue
        reached = [rank for need in kb.needs.values() if _acts(need) for rank in _read_from(kb, need, fact)]
        if not any(rank <= fact.danger_rank for rank in reached):
            what = f"no need warns, evaluates or holds when danger [{name}] is at its danger_at [{fact.danger_at}]."
            yield error("unwarned", where_of(kb, "facts", name), what, "Add such a need, or set danger_at to its step.")


def _acts(need: Need) -> bool:
    return need.urgent is not None or need.evaluate is not None or need.phase == "hold"


def _read_from(kb: Knowledge, need: Need, fact: Fact) -> list[int]:
    """The worse-ranks from which on a need reads a fact."""
    return [min(leaf.ranks) for leaf, positive in leaves(kb.conditions[need.id]) if leaf.fact == fact.id and positive]


def thin_danger_texts(kb: Knowledge) -> Iterator[Finding]:
    """Danger texts that name none of their help lines, in each language, or have a sentence without words."""
    for name, urgent in kb.urgent.items():
        where = where_of(kb, "urgent", name)
        numbers = _numbers(kb, urgent)
        if not numbers:
            what = f"danger text [{name}] has no help line with a number to call or text."
            yield error("danger-text", where, what, "Name one below lines.")
            continue
        for reader, lang, sentences in _readings(urgent):
            if not any(_says(number, sentences) for number in numbers):
                what = f"[{name}] says none of its help lines ({', '.join(numbers)}) in [{reader}.{lang}]."
                yield error("danger-text", where, what, "Say whom to call or text.")
        clinician = [text for text in (urgent.clinician.en, urgent.clinician.es) if text]
        for said in [*clinician, *(sentence for *_, sentences in _readings(urgent) for sentence in sentences)]:
            if len(said.split()) < FEWEST_WORDS:
                yield error("danger-text", where, f"[{name}] has a sentence [{said}].", "Write a whole sentence.")


def _readings(urgent: Urgent) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Whom a danger text is for, in which language, and its sentences."""
    for reader, sentences in (("person", urgent.person), ("loved_one", urgent.loved_one)):
        yield reader, "en", sentences.en
        yield reader, "es", sentences.es


def _says(number: str, sentences: tuple[str, ...]) -> bool:
    """Whether a number stands in the sentences, however its digits are grouped."""
    grouped = r"[ ().-]{0,2}".join(number)
    return re.search(rf"(?<!\d){grouped}(?!\d)", " ".join(sentences)) is not None


def _numbers(kb: Knowledge, urgent: Urgent) -> list[str]:
    """The digits of every number to call or text among its lines."""
    lines = [kb.lines[name] for name in urgent.lines]
    given = (number for line in lines for number in (line.tel, *(reached_in(line.sms, lang) for lang in LANGUAGES)))
    return list(dict.fromkeys(digits for number in given if (digits := re.sub(r"\D", "", number))))


KEYWORD = re.compile(r"\b[Tt]ext ([A-Z]{3,})\b")
"""A word that is texted to a line; what it says decides who answers."""


def foreign_keywords(kb: Knowledge) -> Iterator[Finding]:
    """Lines that tell a reader of Spanish to text the English word: somebody who speaks English would answer."""
    for name, line in kb.lines.items():
        keywords = [] if line.ahead_of.es or line.language == "es" else KEYWORD.findall(line.contact.en)
        for word in keywords:
            if re.search(rf"\b{word}\b", line.contact.es or line.contact.en):
                what = f"line [{name}] tells in Spanish to text the English word [{word}]."
                remedy = "Give the word that is answered in Spanish, or another way in."
                yield error("keyword", where_of(kb, "lines", name), what, remedy)
