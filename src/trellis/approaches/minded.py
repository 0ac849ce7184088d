"""What is told with an approach: what to mind because it holds, and what to check first because nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trellis.engine.node import OPEN, TRUE
from trellis.kinds.approach import Stop
from trellis.kinds.text import LANGUAGES, Text, Words
from trellis.say import Say


@dataclass(frozen=True)
class Minded:
    """The rules against an approach that is offered: those that hold, and those that the answers leave open."""

    cautions: tuple[Stop, ...] = ()
    check_first: tuple[Stop, ...] = ()

    @classmethod
    def of(cls, against: Iterable[Stop], standing: Mapping[str, int]) -> Minded:
        """Part the rules by how each stands; what is checked once is told once.

        Args:
            against: the rules against one approach, in order; none of them a stop that holds.
            standing: by id, ``TRUE``, ``OPEN`` or ``FALSE``.
        """
        rules = list(against)
        open_rules = {stop.check.en: stop for stop in reversed(rules) if stop.check and standing[stop.id] == OPEN}
        return cls(
            cautions=tuple(stop for stop in rules if standing[stop.id] == TRUE),
            check_first=tuple(stop for stop in rules if stop in open_rules.values()),
        )


def words_of_check(stop: Stop) -> Words:
    """What is told while it is open whether a rule holds: what to check first, and never that it is so.

    The page, the terminal, the plan and its PDF all say this sentence.

    Raises:
        ValueError: the rule has nothing to check.

    >>> import trellis
    >>> words_of_check(trellis.load().stops["acamprosate-kidney"]).person.en
    'Check first: severe kidney disease.'
    """
    return words_of_checks([stop])


def words_of_checks(stops: Iterable[Stop]) -> Words:
    """What to check first of several open rules, in one sentence.

    Raises:
        ValueError: a rule has nothing to check.

    >>> import trellis
    >>> stops = trellis.load().stops
    >>> words_of_checks([stops["acamprosate-kidney"], stops["acamprosate-kidney"]]).person.es
    'Revisar antes: enfermedad grave de los riñones; enfermedad grave de los riñones.'
    """
    checks: list[Text] = []
    for stop in stops:
        if stop.check is None:
            raise ValueError(f"[{stop.id}] has nothing to check")
        checks.append(stop.check)
    said = {
        lang: Say(lang)("approaches.check_first", what="; ".join(check.in_language(lang) for check in checks))
        for lang in LANGUAGES
    }
    text = Text(en=said["en"], es=said["es"])
    return Words(person=text, clinician=text)
