"""What people typed, made safe to print: no character that steers a terminal, no line that begins a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.plans.plan import Plan
from trellis.written import cell as cell
from trellis.written import markdown as markdown
from trellis.written import one_line
from trellis.written import unescaped as unescaped

OUTLINES = "met_when"
"""The one part whose lines are a matter of form: an outline that Trellis writes."""
AS_IT_IS = ("basis", "person")
"""Parts that are not shown."""


def printable(plan: Plan) -> Plan:
    """The plan with every text on one line and without characters that steer. Only for showing: it has no seal."""
    plain = {name: value if name in AS_IT_IS else _clean(value, name) for name, value in plan.model_dump().items()}
    return Plan.model_validate(plain | {"seal": ""})


def _clean(value: Any, name: str) -> Any:
    if name == OUTLINES:
        return value
    if isinstance(value, str):
        return one_line(value) or (value and "?")
    if isinstance(value, Mapping):
        return {key: _clean(inner, str(key)) for key, inner in value.items()}
    return tuple(_clean(inner, name) for inner in value) if isinstance(value, (tuple, list)) else value
