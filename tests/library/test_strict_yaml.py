"""One strict reading: what a number would change, is written twice, or stands for more than it says is refused."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml12

from trellis.library.strict_yaml import MOST_DEEP, Read, read_strictly


def said(text: str) -> str:
    return "\n".join(str(problem) for problem in read_strictly(text, "f").problems)


@pytest.mark.parametrize(
    "word",
    ["no", "Yes", "on", "NO", "true", "False", "~", "null", "", "12", "-3", "+5", "1.50", ".5", "5.", "1e3", "1_000",
     "1:30",     "2026-11-23", "=", "<<", "0", "-0", "0.5", "abc", "1.2.3", "12a", ".inf", "-.INF"],
)  # fmt: skip
def test_a_bare_word_is_read_as_in_yaml_1_2(word: str) -> None:
    text = f"a: {word}\n"
    read = read_strictly(text, "f")
    assert read.problems == []
    assert read.documents == [yaml12.parse_yaml(text)]
    assert type(read.documents[0]["a"]) is type(yaml12.parse_yaml(text)["a"])


@pytest.mark.parametrize("word", ["030", "08", "-012", "08540", "0x1F", "0o17"])
def test_a_number_that_programs_read_differently_is_refused_and_kept_as_written(word: str) -> None:
    read = read_strictly(f"ok: 1\na: {word}\n", "f")
    assert [problem.where for problem in read.problems] == ["f:2"]
    assert f"'{word}'" in read.problems[0].remedy
    assert read.documents[0]["a"] == word
    assert read_strictly(f"a: '{word}'\n", "f").problems == []


@pytest.mark.parametrize(("key", "other"), [("1.10", "1.1"), ("010", "10"), ("1e3", "1000.0")])
def test_a_name_that_would_become_another_is_refused(key: str, other: str) -> None:
    assert f"f:1: has the name [{key}], which is read as [{other}]. Put it in quotes" in said(f"{key}: x\n")
    read = read_strictly(f"'{key}': x\n", "f")
    assert (read.problems, read.documents) == ([], [{key: "x"}])


@pytest.mark.parametrize("key", ["true", "~", "null", "FALSE"])
def test_a_name_that_is_no_word_in_yaml_is_refused(key: str) -> None:
    assert f"f:1: has the name [{key}], which is no word in YAML. Put it in quotes" in said(f"{key}: x\n")


def test_names_are_text_even_where_they_are_plain_numbers() -> None:
    assert read_strictly("1: 2\n1.5: 3\n", "f").documents == [{"1": 2, "1.5": 3}]


def test_a_name_written_twice_is_refused_and_neither_value_is_lost() -> None:
    read = read_strictly("a: x\nb: 1\na: [y, z]\nc: {d: 1}\nc: {d: 2, e: 3}\n", "f")
    assert [str(problem)[:20] for problem in read.problems] == [
        "f:3: has [a] twice. ",
        "f:5: has [c] twice. ",
        "f:5: has [d] twice. ",
    ]
    assert read.documents == [{"a": ["x", "y", "z"], "b": 1, "c": {"d": [1, 2], "e": 3}}]


def test_a_name_written_twice_in_json_has_its_line() -> None:
    assert said('{\n\t"a": 1,\n\t"a": 2\n}').startswith("f:3: has [a] twice.")
    assert said('{"a": "\\ud83d\\ude00", "a": 2}').startswith("f: has [a] twice.")


def test_a_second_document_is_refused_and_read() -> None:
    read = read_strictly("a: 1\n---\nb: 2\n", "f")
    assert "f:2: begins a second document." in str(read.problems[0])
    assert read.documents == [{"a": 1}, {"b": 2}]
    assert read_strictly("---\na: 1\n...\n", "f").problems == []


def test_anchors_aliases_and_tags_are_refused() -> None:
    problems = said("a: &x plan\nb: *x\nc: !!python/object:os.system {}\nd: !!str 010\n")
    assert "f:1: has the anchor [&x]" in problems
    assert "f:2: has the alias [*x]" in problems
    assert "f:3: has the tag [!!python/object:os.system]" in problems
    assert "f:4" not in problems


def test_nine_lines_of_nested_aliases_cost_nothing() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    start = time.process_time()
    read = read_strictly("\n".join(lines), "f")
    assert time.process_time() - start < 1
    assert len(str(read.documents)) < 2000
    assert "has the alias [*h]" in str(read.problems[-1])


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * 3000 + "]" * 3000, '{"a": ' * 3000 + "1" + "}" * 3000, "- " * 5000]
)
def test_what_is_nested_too_deeply_is_refused_soon(text: str) -> None:
    assert f"nested too deeply, more than {MOST_DEEP} levels" in said(text)


def test_what_stands_above_a_broken_line_is_still_read() -> None:
    read = read_strictly("answers:\n  a: plan\n  b: [1\n", "f")
    assert read.broken
    assert "is neither YAML nor JSON" in str(read.problems[0])
    assert read.documents[0]["answers"]["a"] == "plan"


def test_control_characters_are_named_with_their_line() -> None:
    read = read_strictly("a: 1\nb: x\x1b[2J\n", "f")
    assert "f:2: holds the control character [U+001B]" in str(read.problems[0])
    assert read.documents[0]["a"] == 1


@pytest.mark.parametrize("tree", [{"a": [1, 2.5, True, None, "x", {"b": "é😀"}]}, [], {"0": {"": []}}])
def test_json_is_read_as_json(tree: Any) -> None:
    for text in (json.dumps(tree), json.dumps(tree, indent="\t"), json.dumps(tree, ensure_ascii=False)):
        assert read_strictly(text, "f") == Read([tree])


def test_a_number_of_thousands_of_digits_is_no_fault() -> None:
    for text in (f"a: {'1' * 5000}", f'{{"a": {"1" * 5000}}}'):
        assert read_strictly(text, "f").documents == [{"a": "1" * 5000}]


@pytest.mark.parametrize("text", ["? [a]\n: b\n", "? {a: b}\n: c\n", "a: &x b\n*x : c\n", "[1]: 2\n"])
def test_a_name_that_is_no_word_is_refused(text: str) -> None:
    assert "as a name" in said(text)
