"""Conditions: what may be written, what it means for every answer, and what an author is told of mistakes."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.brute_force import (
    ALONE,
    DANGER,
    FACTS,
    INDEX,
    OPERATORS,
    SEVERE,
    TOPS,
    brute_force,
    holds,
    intervals,
    points,
)
from trellis.engine.node import ALL, ANY, COUNT, FALSE, OPEN, TRUE, WITHIN, Node, evaluate, least_points, to_python
from trellis.errors import Problem
from trellis.kinds import condition as conditions
from trellis.kinds.condition import Branch, Leaf

PLACE = "criteria.yaml#needs/0/when"


def read(raw: Any) -> conditions.Condition:
    found: list[Problem] = []
    parsed = conditions.parse(raw, FACTS, PLACE, found)
    assert not found, found
    return parsed


def node_of(raw: Any) -> Node:
    return conditions.compile_condition(read(raw), INDEX)


def told(raw: Any) -> list[str]:
    found: list[Problem] = []
    conditions.parse(raw, FACTS, PLACE, found)
    return [str(problem) for problem in found]


# --- leaves


@pytest.mark.parametrize(
    ("raw", "ranks"),
    [
        ({"pain.level": {"at_least": "much"}}, {2, 3}),
        ({"pain.level": {"at_most": "some"}}, {0, 1}),
        ({"pain.level": {"is": "some"}}, {1}),
        ({"pain.level": {"one_of": ["none", "worst"]}}, {0, 3}),
        ({"pain.level": {"one_of": "worst"}}, {3}),
        # On a scale of which less is worse, the worse-rank runs against the scale.
        ({"life.support": {"at_most": "few"}}, {1, 2}),
        ({"life.support": {"at_least": "few"}}, {0, 1}),
        ({"life.support": {"is": "nobody"}}, {2}),
        ({"life.support": {"one_of": ["nobody", "few"]}}, {1, 2}),
    ],
)
def test_a_leaf_holds_for_the_ranks_that_its_operator_names(raw: Any, ranks: set[int]) -> None:
    leaf = read(raw)
    assert isinstance(leaf, Leaf)
    assert leaf.ranks == ranks
    assert leaf.where == PLACE


@pytest.mark.parametrize(
    ("ranks", "node"),
    [
        (["much", "worst"], (WITHIN, 0, 2, 3)),
        (["some", "much"], (WITHIN, 0, 1, 2)),
        (["none", "much", "worst"], (ANY, (WITHIN, 0, 0, 0), (WITHIN, 0, 2, 3))),
    ],
)
def test_ranks_that_follow_one_another_become_one_interval(ranks: list[str], node: list[Any]) -> None:
    assert node_of({"pain.level": {"one_of": ranks}}) == node


def test_a_whole_scale_below_none_never_holds() -> None:
    node = node_of({"none": [{"pain.level": {"at_least": "none"}}]})
    assert evaluate(node, [0, 0, 0], TOPS) == FALSE


# --- truth tables


@pytest.mark.parametrize("raw", OPERATORS.values(), ids=OPERATORS)
def test_an_operator_says_of_every_interval_what_all_its_completions_say(raw: Any) -> None:
    """Each fact is read once here, so nothing is lost: the value is exact, whatever the answers leave open."""
    condition, node = read(raw), node_of(raw)
    for lo, hi in intervals(TOPS):
        assert evaluate(node, lo, hi) == brute_force(condition, lo, hi), (lo, hi)


THREE = {FALSE: (0, 0), TRUE: (1, 1), OPEN: (0, 1)}


@pytest.mark.parametrize(
    ("operator", "least"), [("all", 3), ("any", 1), ("count 1", 1), ("count 2", 2), ("count 3", 3), ("none", 0)]
)
def test_the_truth_table_over_false_true_and_open(operator: str, least: int) -> None:
    """Three facts with two steps each, each known to be so, known not to be so, or unknown: all 27 rows."""
    yes = [(WITHIN, place, 1, 1) for place in range(3)]
    node = {"all": (ALL, *yes), "any": (ANY, *yes), "none": (ALL, *((WITHIN, p, 0, 0) for p in range(3)))}.get(
        operator, (COUNT, least, *yes)
    )
    for row in product(THREE, repeat=3):
        lo, hi = ([THREE[value][end] for value in row] for end in (0, 1))
        sure, possible = row.count(TRUE), 3 - row.count(FALSE)
        if operator == "none":
            expected = FALSE if sure else TRUE if not possible else OPEN
        else:
            expected = TRUE if sure >= least else FALSE if possible < least else OPEN
        assert evaluate(node, lo, hi) == expected, row


def test_an_empty_all_always_holds_and_an_empty_any_never_does() -> None:
    assert evaluate((ALL,), [], []) == TRUE
    assert evaluate((ANY,), [], []) == FALSE


@pytest.mark.parametrize("raw", [None, {}])
def test_a_condition_left_out_always_holds(raw: Any) -> None:
    assert read(raw) == Branch("all", ())
    assert node_of(raw) == (ALL,)


@pytest.mark.parametrize(
    ("raw", "node"),
    [
        ({"all": [SEVERE]}, (WITHIN, 0, 2, 3)),
        ({"count_at_least": {"k": 1, "of": [SEVERE]}}, (WITHIN, 0, 2, 3)),
        ({"count_at_least": {"k": 1, "of": [SEVERE, ALONE]}}, (ANY, (WITHIN, 0, 2, 3), (WITHIN, 1, 1, 2))),
        ({"count_at_least": {"k": 2, "of": [SEVERE, ALONE]}}, (ALL, (WITHIN, 0, 2, 3), (WITHIN, 1, 1, 2))),
        ({"none": [SEVERE, ALONE]}, (ALL, (WITHIN, 0, 0, 1), (WITHIN, 1, 0, 0))),
        ({"none": [{"all": [SEVERE, ALONE]}]}, (ANY, (WITHIN, 0, 0, 1), (WITHIN, 1, 0, 0))),
    ],
)
def test_a_node_is_as_simple_as_it_can_be_and_holds_no_not(raw: Any, node: list[Any]) -> None:
    assert node_of(raw) == node


# --- every reader of a node, on nodes nobody thought of


def nodes(*, monotone: bool) -> st.SearchStrategy[Node]:
    def leaf(place: int, low: int, high: int) -> Node:
        low, high = min(low, TOPS[place]), min(high, TOPS[place])
        return (WITHIN, place, min(low, high), TOPS[place] if monotone else max(low, high))

    leaves = st.builds(leaf, st.integers(0, 2), st.integers(0, 3), st.integers(0, 3))

    def branches(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(children, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda below: (ALL, *below)),
            several.map(lambda below: (ANY, *below)),
            st.tuples(st.integers(1, 3), several).map(lambda pair: (COUNT, min(pair[0], len(pair[1])), *pair[1])),
        )

    return st.recursive(leaves, branches, max_leaves=8)


@given(nodes(monotone=True))
def test_a_monotone_node_is_exact_even_when_it_reads_a_fact_twice(node: Node) -> None:
    for lo, hi in intervals(TOPS):
        values = {evaluate(node, ranks, ranks) for ranks in points(lo, hi)}
        assert evaluate(node, lo, hi) == (values.pop() if len(values) == 1 else OPEN)


@given(nodes(monotone=False))
def test_any_node_is_sound(node: Node) -> None:
    """A node that is not monotone may stay open where it could be settled; it is never wrong."""
    for lo, hi in intervals(TOPS):
        value = evaluate(node, lo, hi)
        if value != OPEN:
            assert {evaluate(node, ranks, ranks) for ranks in points(lo, hi)} == {value}


@given(nodes(monotone=False))
def test_the_python_text_says_the_same_as_evaluating(node: Node) -> None:
    text = to_python(node, TOPS)
    for ranks in points((0, 0, 0), tuple(TOPS)):
        assert bool(eval(text, {"__builtins__": {}}, {"r": ranks})) == bool(evaluate(node, ranks, ranks))  # noqa: S307


def test_the_python_text_can_hold_nothing_but_integers() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        to_python((WITHIN, "__import__('os')", 0, 0), TOPS)


@given(nodes(monotone=True))
def test_the_least_points_are_the_least_people_for_whom_a_node_holds(node: Node) -> None:
    everybody = list(points((0, 0, 0), tuple(TOPS)))
    true = [ranks for ranks in everybody if evaluate(node, ranks, ranks) == TRUE]
    least = {
        ranks
        for ranks in true
        if not any(other != ranks and all(a <= b for a, b in zip(other, ranks, strict=True)) for other in true)
    }
    found = least_points(node)
    assert {tuple(point.get(place, 0) for place in range(3)) for point in found} == least
    assert len(found) == len(least)


def test_a_node_that_always_holds_has_nobody_as_its_least_point() -> None:
    assert least_points((ALL,)) == [{}]


# --- the worse direction


@pytest.mark.parametrize(
    "raw",
    [
        {"pain.level": {"at_least": "some"}},
        {"pain.level": {"is": "worst"}},
        {"pain.level": {"one_of": ["much", "worst"]}},
        {"pain.level": {"at_least": "none"}},
        {"life.support": {"at_most": "few"}},
        {"life.support": {"is": "nobody"}},
        {"life.support": {"one_of": ["few", "nobody"]}},
        {"none": [{"pain.level": {"at_most": "some"}}]},
        {"none": [{"pain.level": {"is": "none"}}]},
        {"none": [{"life.support": {"is": "many"}}]},
        {"none": [{"none": [{"pain.level": {"at_least": "some"}}]}]},
        {"count_at_least": {"k": 1, "of": [{"pain.level": {"at_least": "some"}}, {"life.danger": {"is": "yes"}}]}},
        {},
    ],
)
def test_a_condition_that_worse_facts_can_only_bring_about_is_let_through(raw: Any) -> None:
    assert conditions.against_worse(read(raw)) == []


@pytest.mark.parametrize(
    ("raw", "operator"),
    [
        ({"pain.level": {"at_most": "some"}}, "at_most"),
        ({"life.support": {"at_least": "few"}}, "at_least"),
        ({"pain.level": {"is": "much"}}, "is"),
        ({"pain.level": {"one_of": ["some", "worst"]}}, "one_of"),
        ({"pain.level": {"one_of": ["some", "much"]}}, "one_of"),
        ({"life.support": {"is": "few"}}, "is"),
        ({"none": [{"pain.level": {"at_least": "some"}}]}, "at_least"),
        ({"none": [{"life.support": {"at_most": "few"}}]}, "at_most"),
        ({"none": [{"pain.level": {"one_of": ["none", "much"]}}]}, "one_of"),
        ({"all": [{"any": [{"pain.level": {"at_most": "some"}}]}]}, "at_most"),
    ],
)
def test_a_condition_that_a_worse_fact_could_undo_is_refused(raw: Any, operator: str) -> None:
    condition = read(raw)
    (leaf,) = conditions.against_worse(condition)
    assert leaf.operator == operator
    undone = [
        (better, worse)
        for better, worse in product(points((0, 0, 0), tuple(TOPS)), repeat=2)
        if all(a <= b for a, b in zip(better, worse, strict=True)) and holds(condition, better)
        if not holds(condition, worse)
    ]
    assert undone


def test_facts_are_listed_once_in_the_order_they_are_read() -> None:
    condition = read({"all": [DANGER, {"any": [SEVERE, DANGER]}, {"none": [ALONE]}]})
    assert conditions.facts_read(condition) == ("life.danger", "pain.level", "life.support")


def test_none_turns_the_direction_of_the_leaves_below_it() -> None:
    condition = read({"all": [DANGER, {"none": [SEVERE, {"none": [ALONE]}]}]})
    directions = [(leaf.fact, positive) for leaf, positive in conditions.leaves(condition)]
    assert directions == [("life.danger", True), ("pain.level", False), ("life.support", True)]


# --- what an author is told


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            {"pain.levle": {"is": "much"}},
            f"{PLACE}: the condition reads fact [pain.levle], which no file defines. Did you mean pain.level?",
        ),
        ({"zzz.zzz": {"is": "much"}}, f"{PLACE}: the condition reads fact [zzz.zzz], which no file defines."),
        (
            {"either": [SEVERE]},
            f"{PLACE}: [either] is neither an operator nor a fact. Operators are all, any, none, count_at_least.",
        ),
        (
            {"pain.level": {"is": "mcuh"}},
            f"{PLACE}: fact [pain.level] has no value [mcuh]. Its values are none, some, much, worst. "
            "Did you mean much?",
        ),
        (
            {"life.danger": {"is": True}},
            f"{PLACE}: fact [life.danger] has no value [True]. Its values are no, yes.",
        ),
        (
            {"pain.level": {"above": "some"}},
            f"{PLACE}: fact [pain.level] is read with [{{'above': 'some'}}]. "
            "Use one of at_least, at_most, is, one_of and a value.",
        ),
        ({"pain.level": "much"}, f"{PLACE}: fact [pain.level] is read with [much]. "
         "Use one of at_least, at_most, is, one_of and a value."),
        ({"all": []}, f"{PLACE}: [all] needs a list of conditions, not [[]]. Give at least one."),
        ({"none": SEVERE}, f"{PLACE}: [none] needs a list of conditions, not [{SEVERE}]. Give at least one."),
        (
            [SEVERE],
            f"{PLACE}: a condition must be a mapping with one key, not [[{SEVERE}]]. "
            "Write one of all, any, none, count_at_least, or one fact with one operator.",
        ),
        (
            {"count_at_least": [SEVERE]},
            f"{PLACE}: [count_at_least] needs k and of, not [[{SEVERE}]]. Write {{k: 2, of: [...]}}.",
        ),
        (
            {"count_at_least": {"k": 3, "of": [SEVERE, ALONE]}},
            f"{PLACE}: [count_at_least] has k [3] of 2 conditions. k goes from 1 to 2.",
        ),
        (
            {"count_at_least": {"k": 0, "of": [SEVERE]}},
            f"{PLACE}: [count_at_least] has k [0] of 1 conditions. k goes from 1 to 1.",
        ),
        (
            {"count_at_least": {"k": True, "of": [SEVERE]}},
            f"{PLACE}: [count_at_least] has k [True] of 1 conditions. k goes from 1 to 1.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_place_its_value_and_its_remedy(raw: Any, message: str) -> None:
    assert told(raw) == [message]


def test_a_problem_deep_down_names_the_way_to_it() -> None:
    raw = {"any": [SEVERE, {"none": [{"count_at_least": {"k": 1, "of": [{"life.dangr": {"is": "yes"}}]}}]}]}
    (message,) = told(raw)
    assert message.startswith(f"{PLACE}/any/1/none/0/count_at_least/of/0: the condition reads fact [life.dangr]")


def test_everything_wrong_in_a_condition_is_told_at_once() -> None:
    raw = {"all": [{"pain.level": {"one_of": ["mcuh", "wrost"]}}, {"life.dangr": {"is": "yes"}}]}
    assert len(told(raw)) == 3


def test_what_cannot_be_read_never_holds() -> None:
    parsed = conditions.parse({"all": [SEVERE, {"life.dangr": {"is": "yes"}}]}, FACTS, PLACE, [])
    assert evaluate(conditions.compile_condition(parsed, INDEX), TOPS, TOPS) == FALSE
