"""What a decision does not need: instruments, approaches, evidence, goals, and every kind with a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping

from trellis.engine.node import Node
from trellis.frozen import FrozenDict
from trellis.kinds import condition as conditions
from trellis.kinds.fact import Fact
from trellis.kinds.kind import every
from trellis.library.entries import Entries
from trellis.library.knowledge import WhatHelps
from trellis.library.references import check_kinds


def compile_what_helps(entries: Entries, facts: Mapping[str, Fact]) -> WhatHelps:
    """Check what these kinds refer to and compile their conditions; what is wrong is added to ``entries.problems``."""
    index = {fact: place for place, fact in enumerate(facts)}
    kinds = [kind for kind in every().values() if kind.folder]
    parsed = check_kinds(entries, kinds)
    nodes: dict[str, Node] = {}
    if not entries.problems:
        nodes = {name: conditions.compile_condition(condition, index) for name, condition in parsed.items()}
    return WhatHelps(
        entries=FrozenDict({kind.key: FrozenDict(entries.by_id(kind.key)) for kind in kinds}),
        places=FrozenDict({kind.key: FrozenDict(entries.where(kind.key)) for kind in kinds}),
        abouts=FrozenDict(entries.abouts),
        rule_conditions=parsed,
        rule_nodes=nodes,
    )
