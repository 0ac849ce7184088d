"""``trellis template``: an empty file of answers, with every name, its values and its question as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from trellis.library.knowledge import Knowledge
from trellis.library.titles import topic_title
from trellis.say import Say

WIDTH = 78


def template(kb: Knowledge, say: Say, role: str) -> str:
    """The file as text: YAML in which nothing is answered yet. What stays as it is, is unknown."""
    return "\n".join(_lines(kb, say, role)) + "\n"


def _lines(kb: Knowledge, say: Say, role: str) -> Iterator[str]:
    yield from _comment(say("lists.template_head", version=kb.version), "")
    yield "answers:"
    for name, factor in kb.factors.items():
        values = ", ".join(step.id for step in factor.values)
        yield from _entry(name, factor.question.for_role(role).in_language(say.lang), values)
    for domain in dict.fromkeys(fact.domain for fact in kb.facts.values()):
        yield from _heading(topic_title(kb, domain, say.lang))
        for name, fact in kb.facts.items():
            if fact.domain == domain:
                yield from _entry(name, fact.question.for_role(role).in_language(say.lang), ", ".join(fact.values))
    yield from _heading(say("lists.inputs_title"))
    for name, number in kb.inputs.items():
        span = say("lists.input_range", low=f"{number.min:g}", high=f"{number.max:g}", unit=number.unit).strip()
        yield from _entry(name, number.question.for_role(role).in_language(say.lang), span)


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield from _comment(f"===== {title}")


def _entry(name: str, question: str, values: str) -> Iterator[str]:
    """A name without a value: it is read as unknown."""
    yield ""
    yield from _comment(question)
    yield from _comment(values)
    yield f"  {name}:"


def _comment(text: str, indent: str = "  ") -> Iterator[str]:
    room = WIDTH - len(indent) - 2
    for line in textwrap.wrap(text, room, break_on_hyphens=False, break_long_words=False):
        yield f"{indent}# {line}"
