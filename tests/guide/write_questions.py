"""Write every question as a list to read aloud into docs/questions.md: ``python -m tests.guide.write_questions``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import message, shipped
from trellis.kinds.concern import Concern
from trellis.kinds.fact import ContextFactor, Fact
from trellis.kinds.need import Screen
from trellis.kinds.text import LANGUAGES, Text
from trellis.library.knowledge import Knowledge
from trellis.library.titles import topic_title

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
BEGIN, END = "<!-- questions: begin -->\n", "<!-- questions: end -->\n"
PERSON, LOVED_ONE = "person", "loved_one"
TO = {
    ("en", PERSON): "To the person",
    ("en", LOVED_ONE): "To a loved one",
    ("es", PERSON): "A la persona",
    ("es", LOVED_ONE): "A un ser querido",
}

SAME = {"en": "The same choices.", "es": "Las mismas opciones."}


@dataclass(frozen=True)
class ReadAloud:
    """One question as it is heard: in one language, by one reader."""

    question: str
    choices: tuple[str, ...]


def of_fact(fact: Fact | ContextFactor, lang: str, whom: str) -> ReadAloud:
    """A question that stands alone, with the steps it offers."""
    steps = fact.scale if isinstance(fact, Fact) else fact.values
    choices = tuple(
        (step.loved_one if whom == LOVED_ONE and step.loved_one is not None else step).in_language(lang)
        for step in steps
    )
    asked = fact.question.loved_one if whom == LOVED_ONE and fact.question.loved_one else fact.question.person
    return ReadAloud(asked.in_language(lang), choices)


def of_list(screen: Screen, lang: str, whom: str) -> ReadAloud:
    """A list to tick, with its lines."""
    assert screen.prompt is not None
    other = whom == LOVED_ONE
    asked = screen.prompt.loved_one if other and screen.prompt.loved_one else screen.prompt.person
    lines = tuple(
        (item.loved_one if other and item.loved_one is not None else item.label).in_language(lang)
        for item in screen.checklist
    )
    return ReadAloud(asked.in_language(lang), lines)


def of_concerns(kb: Knowledge, lang: str, whom: str) -> ReadAloud:
    """The question that opens the guide."""
    concerns: list[Concern] = sorted(kb.of("concerns").values(), key=lambda one: one.order)
    titles = tuple(
        (one.title.loved_one if whom == LOVED_ONE and one.title.loved_one else one.title.person).in_language(lang)
        for one in concerns
    )
    asked = message(f"guide.concerns.title{'.loved_one' if whom == LOVED_ONE else ''}", lang)
    return ReadAloud(asked, (*titles, message("guide.concerns.not_sure", lang)))


def heard(kb: Knowledge) -> Iterator[tuple[str, str, dict[tuple[str, str], ReadAloud]]]:
    """Every question, in order of topic: the topic, what the question is called, and how each reader hears it."""

    yield "concerns", "concerns", {reader: of_concerns(kb, *reader) for reader in TO}
    for name, factor in kb.factors.items():
        yield "context", name, {reader: of_fact(factor, *reader) for reader in TO}
    for topic in kb.topics:
        for screen in (one for one in kb.screens.values() if one.topic == topic):
            if screen.checklist:
                yield topic, screen.id, {reader: of_list(screen, *reader) for reader in TO}
            for fact in () if screen.checklist else screen.facts:
                yield topic, fact, {reader: of_fact(kb.facts[fact], *reader) for reader in TO}


def listed(kb: Knowledge) -> str:
    """All questions as Markdown: a heading a topic, a heading a question, and for each reader what is read to them."""
    lines: list[str] = []
    last = ""
    for topic, name, readers in heard(kb):
        # Topics that follow one another under one title, as commitments and preferences, are one part here.
        if (title := _title(kb, topic)) != last:
            lines += ["", f"## {title}"]
            last = title
        lines += ["", f"### `{name}`"]
        for (lang, whom), said in readers.items():
            lines += ["", f"**{TO[lang, whom]}.** {said.question}"]
            if whom == PERSON or said.choices != readers[lang, PERSON].choices:
                lines += ["", *(f"* {choice}" for choice in said.choices)]
            else:
                lines[-1] += f" *({SAME[lang]})*"
    return "\n".join(lines) + "\n"


def _title(kb: Knowledge, topic: str) -> str:
    if topic == "concerns":
        title = kb.about("concerns", next(iter(kb.of("concerns")))).title
        return " · ".join(title.in_language(lang) for lang in LANGUAGES) if isinstance(title, Text) else title
    return " · ".join(topic_title(kb, topic, lang) for lang in LANGUAGES)


def written(text: str, kb: Knowledge) -> str:
    """The page with the questions as they are now."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{listed(kb)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), shipped()), encoding="utf-8")
