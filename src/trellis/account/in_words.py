"""A reason in words: what was said that brought it, then what follows. Never all that could have brought it."""

from __future__ import annotations

from trellis.account.grounds import Ground, said_of
from trellis.account.where import inside_of
from trellis.decide import Recommendation
from trellis.decide.parsing import Answer
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge
from trellis.say import Say
from trellis.say.outline import fact_label
from trellis.say.short_names import short_names


def reason_in_words(rec: Recommendation, need: str, *, role: str, lang: str, hour: bool = True) -> str:
    """Why a need holds, in whole sentences, for one reader.

    Where its words list what can bring it, what was said stands in the place of that list. Where nothing was said to
    it in so many words, as when it only follows from a number, the words stay as they are. Whoever is in a hospital, a
    program or jail already is not sent elsewhere.

    Args:
        rec: the recommendation.
        need: the id of a need.
        role: ``"person"``, ``"loved_one"`` or ``"clinician"``.
        lang: ``"en"`` or ``"es"``.
        hour: whether its words tell within which time somebody looks; see :class:`trellis.account.Reason`.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"harm.self_injury": "current"}, as_of=date(2026, 11, 30))
    >>> words = reason_in_words(rec, "self-injury-current", role="person", lang="en")
    >>> words.startswith("You said: Self-injury without wish to die")
    True
    """
    entry, say = rec.kb.needs[need], Say(lang)
    lists = entry.alternatives is not None and entry.alternatives.for_role(role) is not None
    said = said_of(rec, need) if lists else ()
    sentences = entry.told(hour=hour, alternatives=not said, elsewhere=inside_of(rec) is None)
    words = sentences.for_role(role).in_language(lang)
    if not said:
        return words
    told = "; ".join(_said(rec.kb, one, say, role) for one in said)
    key = "grounds.reported" if role == "clinician" else "grounds.you_said"
    return f"{say(key, told=told)} {words}"


def _said(kb: Knowledge, one: Ground, say: Say, role: str) -> str:
    fact = kb.facts[one.fact]
    short = short_names().get(fact.id)
    name = fact_label(fact, say.lang) if short is None else short.in_language(say.lang)
    return say("grounds.said", name=name, answer=_answer(kb, fact, one.answer, say, role).rstrip("."))


def _answer(kb: Knowledge, fact: Fact, answer: Answer, say: Say, role: str) -> str:
    """An answer in words: of a box that was ticked, the line beside it."""
    step = next(step for step in fact.scale if step.id == answer.value)
    if answer.at_least and role != "clinician":
        for screen in kb.screens.values():
            for item in screen.checklist:
                if item.fact == fact.id and item.at_least == answer.value:
                    line = item.loved_one if role == "loved_one" and item.loved_one is not None else item.label
                    return line.in_language(say.lang)
    words = step.loved_one if role == "loved_one" and step.loved_one is not None else step
    said = words.in_language(say.lang)
    return say("grounds.at_least", answer=said) if answer.at_least and answer.value != fact.values[-1] else said
