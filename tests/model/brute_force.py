"""Three facts, everything that can be known of them, and what conditions mean for them, said as plainly as can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from trellis.model import condition as conditions
from trellis.model.condition import FALSE, OPEN, TRUE, Leaf
from trellis.model.fact import Fact


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
