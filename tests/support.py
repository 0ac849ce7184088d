"""What many tests share: people filled in to be complete, vignettes as YAML, and the one shipped knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml12

import trellis
from trellis.decide.answers import read_answers
from trellis.kinds.text import LANGUAGES
from trellis.say import catalogue

AS_OF = date(2026, 11, 23)
VIGNETTES = Path(__file__).parent / "vignettes"
CONTEXT = {"focus": "both", "age": "adult", "pregnancy": "no"}


@cache
def shipped() -> trellis.Knowledge:
    return trellis.load()


def complete(
    kb: trellis.Knowledge, answers: Mapping[str, Any], context: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The answers with every other fact at the best value that they allow; facts that do not apply are left out.

    Nobody has evaluated the person unless the answers say so.
    """
    known = dict(CONTEXT if context is None else context) | dict(answers)
    reading = read_answers(kb, known, AS_OF)
    lo, _ = reading.intervals(kb, reading.contexts[0])
    closed = set.intersection(*(set(kb.artefact.closed[n]) for n in reading.contexts))
    for number, fact in enumerate(kb.facts.values()):
        if fact.id not in known and number not in closed and fact.kind != "evaluation":
            known[fact.id] = fact.step_at(lo[number]).id
    return known


def person(kb: trellis.Knowledge, vignette: Mapping[str, Any]) -> trellis.Recommendation:
    """Decide for the person of a vignette."""
    answers = vignette["answers"]
    if vignette.get("others", "best") == "best":
        answers = complete(kb, answers)
    return trellis.decide(kb, answers, as_of=AS_OF, places=vignette.get("places"))


def vignettes() -> list[dict[str, Any]]:
    files = sorted(VIGNETTES.glob("*.yaml"))
    return [one | {"file": path.name} for path in files for one in yaml12.read_yaml(path)["people"]]


def message(key: str, lang: str = "en") -> str:
    """A sentence of the catalogue as it is written, with its slots in braces."""
    topic, _, name = key.partition(".")
    return str(catalogue.topic(topic)[name][LANGUAGES.index(lang)])
