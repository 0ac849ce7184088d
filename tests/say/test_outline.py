"""The words of a condition come from the object that decides: every operator, both languages, both worse directions."""

from __future__ import annotations

import pytest

from tests.support import shipped
from trellis.kinds.condition import Branch, Condition, leaves, parse
from trellis.say.outline import condition_clauses, condition_lines, fact_label, need_text, requirement_lines

UP, DOWN = "harm.hopelessness", "environment.support"


def read(raw: object) -> Condition:
    problems: list = []
    condition = parse(raw, shipped().facts, "test", problems)
    assert not problems
    return condition


def value(fact: str, number: int, lang: str) -> str:
    label = shipped().facts[fact].scale[number].in_language(lang)
    return f"«{label}»" if lang == "es" else f"“{label}”"


@pytest.mark.parametrize("fact", [UP, DOWN], ids=["worse up", "worse down"])
@pytest.mark.parametrize(
    ("operator", "english", "spanish"),
    [
        ("at_least", ": at least {}", ": al menos {}"),
        ("at_most", ": at most {}", ": a lo sumo {}"),
        ("is", ": {}", ": {}"),
    ],
)
@pytest.mark.parametrize("number", [0, 1])
def test_leaf_says_the_step_as_written_whichever_way_is_worse(
    fact: str, operator: str, english: str, spanish: str, number: int
) -> None:
    kb = shipped()
    leaf = read({fact: {operator: kb.facts[fact].values[number]}})
    for lang, frame in (("en", english), ("es", spanish)):
        (line,) = condition_lines(kb, leaf, lang)
        assert line == f"{fact_label(kb.facts[fact], lang)} [{fact}]" + frame.format(value(fact, number, lang))


@pytest.mark.parametrize("fact", [UP, DOWN], ids=["worse up", "worse down"])
def test_one_of_names_every_value(fact: str) -> None:
    kb = shipped()
    leaf = read({fact: {"one_of": list(kb.facts[fact].values[:2])}})
    (line,) = condition_lines(kb, leaf, "en")
    assert line.endswith(f": one of {value(fact, 0, 'en')}, {value(fact, 1, 'en')}")
    (line,) = condition_lines(kb, leaf, "es")
    assert line.endswith(f": uno de {value(fact, 0, 'es')}, {value(fact, 1, 'es')}")


@pytest.mark.parametrize(
    ("operator", "english", "spanish"),
    [
        ("all", "All of:", "Todo lo siguiente:"),
        ("any", "Any of:", "Al menos uno de los siguientes:"),
        ("none", "None of:", "Ninguno de los siguientes:"),
    ],
)
def test_branches_indent_what_stands_below_them(operator: str, english: str, spanish: str) -> None:
    two = [{UP: {"at_least": shipped().facts[UP].values[1]}}, {DOWN: {"at_most": shipped().facts[DOWN].values[0]}}]
    condition = read({operator: two})
    for lang, head in (("en", english), ("es", spanish)):
        first, *rest = condition_lines(shipped(), condition, lang)
        assert first == head
        assert len(rest) == 2
        assert all(line.startswith("  ") and not line.startswith("   ") for line in rest)


def test_count_says_how_many() -> None:
    leaf = {UP: {"at_least": shipped().facts[UP].values[1]}}
    condition = read({"count_at_least": {"k": 2, "of": [leaf, leaf, leaf]}})
    assert condition_lines(shipped(), condition, "en")[0] == "At least 2 of:"
    assert condition_lines(shipped(), condition, "es")[0] == "Al menos 2 de los siguientes:"


def test_nesting_indents_step_by_step() -> None:
    leaf = {UP: {"at_least": shipped().facts[UP].values[1]}}
    lines = condition_lines(shipped(), read({"all": [leaf, {"any": [leaf, {"none": [leaf]}]}]}), "en")
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 2, 4, 4, 6]


def test_a_single_child_needs_no_operator_except_none() -> None:
    leaf = {UP: {"at_least": shipped().facts[UP].values[1]}}
    assert condition_lines(shipped(), read({"all": [leaf]})) == condition_lines(shipped(), read(leaf))
    assert condition_lines(shipped(), read({"none": [leaf]}))[0] == "None of:"


def test_empty_conditions() -> None:
    assert condition_lines(shipped(), read(None), "en") == ["Always."]
    assert condition_lines(shipped(), Branch("any", ()), "es") == ["Nunca."]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_need_says_every_fact_it_reads(lang: str) -> None:
    kb = shipped()
    for name, condition in kb.conditions.items():
        lines = condition_lines(kb, condition, lang)
        named = [line.split("[")[-1].split("]")[0] for line in lines if "[" in line]
        assert named == [leaf.fact for leaf, _ in leaves(condition)], name


@pytest.mark.parametrize("lang", ["en", "es"])
def test_need_text_says_what_is_required(lang: str) -> None:
    kb = shipped()
    for number, name in enumerate(kb.needs):
        text = "\n".join(need_text(kb, name, lang))
        for line in requirement_lines(kb, kb.required[number], lang):
            assert line in text
        if kb.needs[name].evaluate:
            assert str(kb.needs[name].evaluate.within_hours) in text


def test_a_label_that_would_say_too_little_is_the_whole_question() -> None:
    kb = shipped()
    for fact in kb.facts.values():
        for lang in ("en", "es"):
            label = fact_label(fact, lang)
            assert len(label) >= 8, fact.id
            assert label.count("(") == label.count(")"), fact.id


def test_a_plain_condition_is_one_sentence_and_says_which_way_is_worse() -> None:
    kb = shipped()
    label = fact_label(kb.facts[UP], "en")
    steps = [value(UP, number, "en") for number in range(len(kb.facts[UP].scale))]
    worst = read({UP: {"at_least": kb.facts[UP].values[-1]}})
    assert condition_clauses(kb, worst) == f"{label}: {steps[-1]}"
    both = read({"all": [{UP: {"is": kb.facts[UP].values[-1]}}, {DOWN: {"at_most": kb.facts[DOWN].values[1]}}]})
    other = fact_label(kb.facts[DOWN], "en")
    assert condition_clauses(kb, both) == f"{label}: {steps[-1]}; and {other}: {value(DOWN, 1, 'en')} or worse"
    either = Branch("any", both.children)
    assert condition_clauses(kb, either, "es").count("; o ") == 1
    assert condition_clauses(kb, read({DOWN: {"at_least": kb.facts[DOWN].values[1]}})).endswith(" or better")


def test_a_longer_condition_is_a_heading_with_what_stands_below_it() -> None:
    kb = shipped()
    leaf = read({UP: {"is": kb.facts[UP].values[-1]}})
    said = condition_clauses(kb, leaf)
    assert condition_clauses(kb, Branch("all", (leaf,) * 4)) == ("All of:", (said,) * 4)
    assert condition_clauses(kb, Branch("none", (leaf,))) == ("None of:", (said,))
    assert condition_clauses(kb, Branch("count_at_least", (leaf, leaf, leaf), 2)) == ("At least 2 of:", (said,) * 3)
    nested = Branch("any", (leaf, Branch("all", (leaf, leaf))))
    assert condition_clauses(kb, nested) == ("Any of:", (said, f"{said}; and {said}"))
    assert condition_clauses(kb, Branch("all", (leaf,))) == said
    assert [condition_clauses(kb, Branch(one, ())) for one in ("all", "any")] == ["Always.", "Never."]
