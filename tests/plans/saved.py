"""Plans as files hold them: made, edited by hand, and made with content that is gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import trellis
from tests.support import AS_OF, complete, shipped
from trellis.plans import make_plan, read_person, read_plan
from trellis.plans.plan import Plan
from trellis.plans.render import to_json
from trellis.plans.seal import sealed

DATA = Path(__file__).parent / "data"
DANGER = {"harm.suicide_thoughts": "intent", "harm.stays_safe": "no", "mental.depression": "severe"}
CALMER = {"harm.suicide_thoughts": "none", "harm.stays_safe": "without_help", "mental.depression": "mild"}
FULL = {
    "mental.depression": "severe",
    "history.outpatient_not_enough": "once",
    "harm.suicide_thoughts": "none",
}
"""Answers that lead to an intensive outpatient program."""


def made(answers: Mapping[str, Any], places: Mapping[str, str] | None = None, **said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF, places=places), read_person(said))


def edited(plan: Plan, change: Callable[[dict[str, Any]], None]) -> Plan:
    """The plan, after somebody opened its file and changed it."""
    raw = json.loads(to_json(plan))
    change(raw)
    return read_plan(raw)


def with_other_names(plan: Plan, names: Mapping[str, str]) -> Plan:
    """The plan as content made it that had other names than that of today."""
    text = to_json(plan.model_copy(update={"basis": {**plan.basis, "digest": "0" * 64}}))
    for name, other in names.items():
        text = text.replace(f'"{name}"', f'"{other}"').replace(f'.{name}"', f'.{other}"')
    old = read_plan(json.loads(text))
    return sealed(old) if plan.seal else old


def from_1_1_0(name: str = "plan-1.1.0") -> Plan:
    """A plan as Trellis wrote it with content 1.1.0, before plans had seals and kept their words."""
    return saved_plan(name)


def saved_plan(name: str) -> Plan:
    """A plan as an earlier Trellis wrote it."""
    return read_plan(json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")))
