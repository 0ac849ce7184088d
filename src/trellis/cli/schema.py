"""``trellis schema``: JSON Schema for what Trellis reads and prints, so that editors help and programs can rely on it.

Content and plans are described by the models that check them, results by the types they are made of; nothing is
written down a second time where it could be taken from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from trellis.cli.inputs import ANSWER_FIELDS, READ, TOLERATED
from trellis.decide import DECLINED, NOT_KNOWN
from trellis.decide import views as parts
from trellis.decide.join import Disagreement, Expired, StandingDanger
from trellis.kinds.kind import every
from trellis.kinds.text import About
from trellis.library.knowledge import Knowledge

VERSIONS = {"answers": 1, "result": 1, "public": 1, "plan": 1, "error": 1, "content": 1}
"""Raised when something that was valid no longer is, or is left out of what is printed."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NAMED: Schema = {"type": "object", "additionalProperties": TEXT}
PARAMETERS: Schema = {"type": "object", "additionalProperties": {"type": ["integer", "string"]}}
PLACES: Schema = {"type": "object", "additionalProperties": {"enum": ["full", "denied", "refused"]}}
_SIMPLE: dict[Any, Schema] = {
    str: TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    date: DAY,
    NoneType: {"type": "null"},
}


def names() -> tuple[str, ...]:
    """Everything there is a schema for: the six forms, then each kind of content."""
    return (*VERSIONS, *every())


def schema(kb: Knowledge, name: str, lang: str = "en") -> Schema:
    """The schema of one form or of one kind of content, questions in ``lang``. Raises ``KeyError`` for another name."""
    made = {
        "answers": lambda: _answers(kb, lang),
        "result": _result,
        "public": _public,
        "plan": _plan,
        "error": _error,
        "content": _content,
    }
    body = made[name]() if name in made else _kind(name)
    number = VERSIONS.get(name, VERSIONS["content"])
    return {"$schema": DIALECT, "$id": f"urn:trellis:schema:{name}:{number}", **body}


def _object(properties: Mapping[str, Schema], *, optional: tuple[str, ...] = (), more: bool = False) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": more,
    }


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "null"}]}


def _type(hint: Any) -> Schema:
    """The schema of a type as :mod:`trellis.decide.plain` writes it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_type(one) for one in inner]}
    if origin is tuple and get_origin(inner[0]) is tuple:
        return NAMED  # pairs are written as a mapping
    return _array(_type(inner[0])) if origin is tuple else _SIMPLE[hint]


def _row(cls: Any) -> Schema:
    return _object({name: _type(hint) for name, hint in get_type_hints(cls).items()})


def _answers(kb: Knowledge, lang: str) -> Schema:
    values: dict[str, Schema] = {name: {"enum": list(fact.values)} for name, fact in kb.facts.items()}
    values |= {name: {"enum": [step.id for step in factor.values]} for name, factor in kb.factors.items()}
    for name, number in kb.inputs.items():
        kind = "integer" if number.whole else "number"
        values[name] = {"type": kind, "minimum": number.min, "maximum": number.max}
    questions = {
        name: one.question.clinician.in_language(lang)
        for table in (kb.facts, kb.factors, kb.inputs)
        for name, one in table.items()
    }
    answers = {name: {"description": questions[name], **_one_or_more(one)} for name, one in values.items()}
    any_value: Schema = {}
    properties = {
        "as_of": DAY,
        "answers": _object(answers, optional=tuple(answers)),
        "places": PLACES,
        "parameters": PARAMETERS,
        "person": {"type": "object"},
        "digest": TEXT,
        **dict.fromkeys(TOLERATED, any_value),
    }
    optional = tuple(name for name in (*READ, *TOLERATED) if name != "answers")
    told = f"Knowledge {kb.version}, digest {kb.digest[:12]}: the names and values are those of this knowledge."
    return {"title": "A person's file", "$comment": told, **_object(properties, optional=optional)}


def _one_or_more(value: Schema) -> Schema:
    """A value, or an answer with its source, or several answers."""
    value = {"anyOf": [value, {"enum": [NOT_KNOWN, DECLINED]}]}
    fields = {"value": value, "source": TEXT, "date": DAY, "author": TEXT}
    fields |= {"at_least": _SIMPLE[bool], "at_most": _SIMPLE[bool]}
    one = {"anyOf": [value, _object(fields, optional=ANSWER_FIELDS[1:])]}
    return {"anyOf": [one, _array(one), {"type": "null"}]}


def _provenance() -> Schema:
    answer = _object(
        {
            "value": {"type": ["string", "number"]},
            "source": TEXT,
            "date": DAY,
            "author": TEXT,
            "at_least": _SIMPLE[bool],
            "at_most": _SIMPLE[bool],
        },
        optional=ANSWER_FIELDS[2:],
    )
    return _object(
        {
            **dict.fromkeys(("software", "knowledge", "digest"), TEXT),
            "parameters": PARAMETERS,
            "as_of": DAY,
            "answers": {"type": "object", "additionalProperties": _array(answer)},
            "places": PLACES,
            **dict.fromkeys(("review", "content", "jurisdiction"), TEXT),
            "off": NAMED,
        }
    )


def _result() -> Schema:
    placement = _object({"packages": TEXTS, "rank": _SIMPLE[int], "requirement": NAMED, "up_to": NAMED})
    ends = _object({"now": placement, "next": placement})
    text = _object({"en": TEXT, "es": TEXT}, optional=("es",))
    need = _object(
        {
            **dict.fromkeys(("id", "status", "phase"), TEXT),
            "facts": {"type": "object", "additionalProperties": TEXTS},
            "because": _object({"person": text, "loved_one": text, "clinician": text}, optional=("loved_one",)),
            "requires": NAMED,
            "services": TEXTS,
            "group": _or_null(TEXT),
            "mapping": TEXT,
            "sources": TEXTS,
            "review": TEXT,
        }
    )
    properties = {
        "review": TEXT,
        "settled": _SIMPLE[bool],
        "context": _or_null(NAMED),
        "now": _or_null(placement),
        "next": _or_null(placement),
        "least": ends,
        "most": ends,
        "between": _row(parts.Between),
        "hold": _or_null(_row(parts.Hold)),
        "urgent": _array(_row(parts.UrgentView)),
        "evaluate": _array(_row(parts.EvaluateView)),
        "services": _array(_row(parts.ServiceView)),
        "needs": _array(need),
        "cleared": TEXTS,
        "shortfalls": {"type": "object", "additionalProperties": _array(_row(parts.Shortfall))},
        "step_down": {"type": "object", "additionalProperties": _row(parts.StepDown)},
        "barriers": _array(_object({"id": TEXT, "packages": TEXTS, "accommodations": TEXTS})),
        "conflicts": _array(_row(parts.Conflict)),
        "disagreements": _array(_row(Disagreement)),
        "standing": _array(_row(StandingDanger)),
        "expired": _array(_row(Expired)),
        **dict.fromkeys(("counted", "open_parts", "latched", "unanswerable"), TEXTS),
        "provenance": _provenance(),
        "names": NAMED,
        "other_knowledge": _SIMPLE[bool],
    }
    # More may be told later without a new version; what is here stays.
    title = "A determination: trellis decide --json --role clinician, and Recommendation.to_json()"
    return {"title": title, **_object(properties, optional=("names", "other_knowledge"), more=True)}


def _help() -> Schema:
    return _object({"id": TEXT, "title": TEXT, "person": TEXTS, "loved_one": TEXTS, "lines": TEXTS})


def _public() -> Schema:
    place = _object({"id": TEXT, "name": TEXT, "gives": TEXTS, "lacks": TEXTS})
    talk = {
        "who": TEXT,
        "within_hours": _or_null(_SIMPLE[int]),
        "certain": _SIMPLE[bool],
        "may_be_sooner_if": TEXTS,
    }
    properties = {
        "view": {"const": "public"},
        "review": TEXT,
        "urgent": _array(_help()),
        "danger_left_open": TEXTS,
        "until_somebody_has_looked": TEXTS,
        "considered": _array(place),
        "for_comparison": _array(place),
        **dict.fromkeys(("why", "too_old_to_count", "danger_in_force", "still_open", "ask_for", "questions"), TEXTS),
        "talk_with": _array(_object(talk)),
        "filters": _array(_object({"group": TEXT, "label": TEXT, "says": TEXT})),
        "barriers": _array(_object({"because": TEXT, "can_help": TEXTS})),
        "conflicts": _array(TEXTS),
        "provenance": _provenance(),
        "other_knowledge": _SIMPLE[bool],
    }
    title = "The public view: trellis decide --json"
    return {"title": title, **_object(properties, optional=("other_knowledge",), more=True)}


def _plan() -> Schema:
    from trellis.plans.plan import CHECKED, FORM, Plan

    made: Schema = Plan.model_json_schema(by_alias=True)
    root = made["$defs"]["Plan"] if "$ref" in made else made  # a plan holds its earlier versions
    root["properties"] |= {"form": {"const": FORM}, CHECKED: {}}
    return made


def _error() -> Schema:
    problem = _object(dict.fromkeys(("where", "what", "remedy"), TEXT))
    error = _object({"exit_code": {"enum": [1, 2, 70]}, "problems": _array(problem), "more": _SIMPLE[int]})
    title = "What --json prints when something is wrong"
    return {"title": title, **_object({"urgent": _array(_help()), "error": error}, optional=("urgent",))}


def _kind(name: str) -> Schema:
    return every()[name].shape.model_json_schema(by_alias=True)


def _content() -> Schema:
    """A whole file of knowledge, for editors."""
    shapes: dict[str, Schema] = {"about": About.model_json_schema(by_alias=True)} | {key: _kind(key) for key in every()}
    definitions: Schema = {}
    for one in shapes.values():
        definitions |= one.pop("$defs", {})
    properties: dict[str, Schema] = {
        key: one if key == "about" or every()[key].single else _array(one) for key, one in shapes.items()
    }
    properties |= {"version": {"type": "object"}, "impossible": _array({"type": "object"}), "topics": TEXTS}
    optional = tuple(name for name in properties if name != "about")
    return {"title": "A file of knowledge", **_object(properties, optional=optional), "$defs": definitions}
