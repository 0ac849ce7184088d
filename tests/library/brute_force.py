"""Three facts, everything that can be known of them, and what conditions mean for them, said as plainly as can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from trellis.engine.node import FALSE, OPEN, TRUE
from trellis.kinds import condition as conditions
from trellis.kinds.condition import Leaf
from trellis.kinds.fact import Fact


def fact(name: str, *values: str, worse: str = "up") -> Fact:
    words = {"person": {"en": "?"}, "clinician": {"en": "?"}}
    scale = [{"id": value, "en": value} for value in values]
    plain = {"id": name, "kind": "state", "worse": worse, "valid_days": 7, "scale": scale, "question": words}
    return Fact.model_validate(plain | {"help": {"en": "."}})


# `pain.level` gets worse upwards; of `life.support` less is worse, and its scale is written least first.
FACTS = {
    one.id: one
    for one in (
        fact("pain.level", "none", "some", "much", "worst"),
        fact("life.support", "nobody", "few", "many", worse="down"),
        fact("life.danger", "no", "yes"),
    )
}
INDEX = {name: place for place, name in enumerate(FACTS)}
TOPS = [one.top for one in FACTS.values()]

# Every operator, alone and within others. No condition reads a fact twice, so that its value is exact.
SEVERE, ALONE, DANGER = (
    {"pain.level": {"at_least": "much"}},
    {"life.support": {"at_most": "few"}},
    {"life.danger": {"is": "yes"}},
)
OPERATORS: dict[str, Any] = {
    "all": {"all": [SEVERE, ALONE, DANGER]},
    "any": {"any": [SEVERE, ALONE, DANGER]},
    "none": {"none": [SEVERE, ALONE, DANGER]},
    "count 1": {"count_at_least": {"k": 1, "of": [SEVERE, ALONE, DANGER]}},
    "count 2": {"count_at_least": {"k": 2, "of": [SEVERE, ALONE, DANGER]}},
    "count 3": {"count_at_least": {"k": 3, "of": [SEVERE, ALONE, DANGER]}},
    "at_least": SEVERE,
    "at_most": ALONE,
    "is": DANGER,
    "one_of": {"pain.level": {"one_of": ["some", "much"]}},
    "none of one": {"none": [SEVERE]},
    "all of one": {"all": [SEVERE]},
    "none in none": {"none": [{"none": [SEVERE, DANGER]}, ALONE]},
    "none over all": {"none": [{"all": [SEVERE, ALONE, DANGER]}]},
    "none over any": {"none": [{"any": [SEVERE, ALONE, DANGER]}]},
    "none over count": {"none": [{"count_at_least": {"k": 2, "of": [SEVERE, ALONE, DANGER]}}]},
    "count over none": {"count_at_least": {"k": 2, "of": [{"none": [SEVERE]}, ALONE, {"none": [DANGER]}]}},
    "any over all": {"any": [{"all": [SEVERE, ALONE]}, DANGER]},
    "always": {},
    "never": {"none": [{}]},
}


def intervals(tops: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Everything that can be known of some facts: for each, every interval of its scale."""
    each = [[(lo, hi) for lo in range(top + 1) for hi in range(lo, top + 1)] for top in tops]
    for chosen in product(*each):
        yield tuple(lo for lo, _ in chosen), tuple(hi for _, hi in chosen)


def points(lo: tuple[int, ...], hi: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every completion of what is known."""
    return product(*(range(low, high + 1) for low, high in zip(lo, hi, strict=True)))


def holds(condition: conditions.Condition, ranks: tuple[int, ...]) -> bool:
    """What a condition means at a point, written down once more, as plainly as it can be said."""
    if isinstance(condition, Leaf):
        return ranks[INDEX[condition.fact]] in condition.ranks
    true = sum(holds(child, ranks) for child in condition.children)
    return {
        "all": true == len(condition.children),
        "any": true >= 1,
        "none": true == 0,
        "count_at_least": true >= condition.k,
    }[condition.operator]


def brute_force(condition: conditions.Condition, lo: tuple[int, ...], hi: tuple[int, ...]) -> int:
    values = {holds(condition, ranks) for ranks in points(lo, hi)}
    return OPEN if len(values) == 2 else TRUE if values == {True} else FALSE
