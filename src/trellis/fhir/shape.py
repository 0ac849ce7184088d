"""Whether a resource is built as FHIR builds it, so far as it is read here. What comes in was written by others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from trellis.errors import Problem

LISTS = ("item", "answerOption", "extension", "enableWhen", "contained", "answer", "concept", "contains", "include")
MAPS = ("valueCoding", "valueExpression", "valueQuantity", "answerCoding", "expansion", "compose")
LARGEST = 10**9
TEXTS = ("linkId", "text", "display", "expression", "url", "title")


def check_shape(resource: Mapping[str, Any], problems: list[Problem]) -> None:
    """Name every part that is not the list, the mapping or the text that FHIR has in its place.

    >>> found = []
    >>> check_shape({"item": [{"linkId": "a", "answerOption": "yes"}]}, found)
    >>> print(found[0])
    item[0].answerOption: is [yes]. FHIR has a list of objects there.
    """
    _walk(resource, "", problems)


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether this can be a score: a number, finite, and no truth value.

    >>> [is_number(value) for value in (2, 0.5, True, float("inf"), float("nan"), 10**400, "2")]
    [True, True, False, False, False, False, False]
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def _walk(node: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
    for key, value in node.items():
        where = f"{path}.{key}" if path else str(key)
        lists = key in LISTS or (key == "code" and ("linkId" in node or "resourceType" in node))
        if lists:
            if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
                problems.append(Problem(where, f"is [{_short(value)}].", "FHIR has a list of objects there."))
                continue
            for place, one in enumerate(value):
                _walk(one, f"{where}[{place}]", problems)
        elif key in MAPS:
            if not isinstance(value, dict):
                problems.append(Problem(where, f"is [{_short(value)}].", "FHIR has an object there."))
                continue
            _walk(value, where, problems)
        elif key in TEXTS and not isinstance(value, (str, dict) if key == "text" else str):
            problems.append(Problem(where, f"is [{_short(value)}].", "FHIR has text there."))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
