"""Every set of rules that a site can make of one knowledge by what it may set, so that each of them can be proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from trellis.engine.artefact import Artefact
from trellis.library.in_force import stages
from trellis.library.knowledge import Knowledge

Chosen = dict[str, int | str]


@dataclass(frozen=True)
class Covered:
    """What a proof covers.

    Args:
        combinations: how many combinations of values a site may set.
        sets: how many different sets of rules they make; each is proved.
        in_rules: the parameters that the rules or the theorems read.
        in_bounds: the others: they move the bounds of numbers, which become facts before any rule is read.
    """

    combinations: int
    sets: int
    in_rules: tuple[str, ...]
    in_bounds: tuple[str, ...]


def read_by_rules(kb: Knowledge) -> tuple[str, ...]:
    """The parameters on which the rules, or what is claimed of them, depend.

    >>> import trellis
    >>> read_by_rules(trellis.load())
    ('past_complication_setting',)
    """
    read = {
        asked["parameter"]
        for need in kb.needs.values()
        for asked in need.requires.values()
        if not isinstance(asked, str)
    }
    read |= {name for stated in kb.properties.values() for name in stated.parameters}
    return tuple(name for name in kb.parameter_definitions if name in read)


def rule_sets(kb: Knowledge, load: Callable[[Mapping[str, int | str]], Knowledge]) -> Iterator[tuple[str, Knowledge]]:
    """Every different set of rules: that of ``kb`` first, then those of all combinations that a site may set.

    Where needs wait for their dates, each of these once before, between and after the dates.

    Parameters that only move the bounds of numbers make no new rules, so their values are those of ``kb`` throughout.

    Args:
        kb: the knowledge with the parameters in force.
        load: loads the same knowledge with other parameters.

    Yields:
        what was set otherwise than in ``kb``, such as ``"past_complication_setting=hospital"``, with the day from which
        on it holds where there are several, and the knowledge.
    """
    seen: list[tuple[Artefact, tuple[str, ...]]] = []
    names = read_by_rules(kb)
    choices = list(product(*(kb.parameter_definitions[name].allowed for name in names)))
    choices.sort(key=lambda values: any(v != kb.parameters[n] for n, v in zip(names, values, strict=True)))
    for values in choices:
        other = {n: v for n, v in zip(names, values, strict=True) if v != kb.parameters[n]}
        variant = load(dict(kb.parameters) | other) if other else kb
        said = [f"{name}={value}" for name, value in other.items()]
        for day, stage in stages(variant):
            if (stage.artefact, _claimed(stage)) not in seen:
                seen.append((stage.artefact, _claimed(stage)))
                yield ", ".join([*said, *([day] if day else [])]), stage


def _claimed(kb: Knowledge) -> tuple[str, ...]:
    """The properties that are claimed for the parameters in force."""
    return tuple(
        name
        for name, stated in kb.properties.items()
        if all(kb.parameters.get(parameter) == value for parameter, value in stated.parameters.items())
    )


def covered(kb: Knowledge, sets: int) -> Covered:
    """What a proof of so many sets of rules covers."""
    read = read_by_rules(kb)
    return Covered(
        combinations=prod(len(parameter.allowed) for parameter in kb.parameter_definitions.values()),
        sets=sets,
        in_rules=read,
        in_bounds=tuple(name for name in kb.parameter_definitions if name not in read),
    )
