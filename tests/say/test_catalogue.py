"""One catalogue, two languages, the same slots; nothing that is said is missing, and nothing is left over."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.support import shipped
from trellis.errors import KnowledgeError
from trellis.kinds.text import LANGUAGES
from trellis.library import cache as kept
from trellis.say import Say, catalogue, in_each
from trellis.say.say import form_of

ROOT = Path(trellis.__file__).parent
BROWSER = ("guide", "reading")
"""Topics of the guide, whose keys its scripts and templates name: see tests/guide/test_words.py."""
A_KEY = re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)+")


@cache
def sentences() -> dict[str, tuple[Any, ...]]:
    return {f"{name}.{key}": message for name in catalogue.topics() for key, message in catalogue.topic(name).items()}


@cache
def named() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The keys that the code names in full, and those it puts together of a known part and a name."""
    keys: set[str] = set()
    made: set[str] = set()
    for path in ROOT.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        within = {id(part) for node in joined for part in node.values}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and A_KEY.fullmatch(node.value):
                keys |= set() if id(node) in within else {node.value}
        for node in joined:
            parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_0-9]+" for p in node.values)
            made.add("".join(parts))
    for path in ROOT.rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        keys |= set(re.findall(r'"([a-z_]+\.[a-z_0-9.]+)"', text))
        for start in re.findall(r'"([a-z_]+\.[a-z_]*)" ~ ', text):
            made.add(re.escape(start) + "[a-z_0-9]+")
    topics = tuple(f"{name}\\." for name in catalogue.topics())
    return frozenset(keys), tuple(re.compile(one) for one in made if one.startswith(topics))


def test_everything_that_the_code_says_is_in_the_catalogue() -> None:
    keys, families = named()
    said = {key for key in keys if key.partition(".")[0] in catalogue.topics()}
    known = {*sentences(), *shipped().facts}  # a fact has a name of the same shape
    files = {path.name for path in ROOT.rglob("*") if path.is_file()}
    assert said - known - files == set()
    for family in families:
        assert any(family.fullmatch(key) for key in sentences()), family.pattern


def test_nothing_in_the_catalogue_is_never_said() -> None:
    keys, families = named()
    for key in sentences():
        if key.partition(".")[0] not in BROWSER:
            # What is said to somebody close stands beside what is said to the person, and is found by the role.
            names = (key, key.removesuffix(".loved_one"))
            assert any(name in keys or any(one.fullmatch(name) for one in families) for name in names), key


def test_sentences_end_alike_in_both_languages() -> None:
    for key, (english, spanish, *_) in sentences().items():
        if key.partition(".")[0] in BROWSER:
            continue
        ends = [
            {text.rstrip()[-1:] in (".", "?", ":") for text in catalogue.texts_of(one)} for one in (english, spanish)
        ]
        assert ends[0] == ends[1], key


def test_spanish_is_not_english_left_as_it_was() -> None:
    for key, (english, spanish, *_) in sentences().items():
        for one, other in zip(catalogue.texts_of(english), catalogue.texts_of(spanish), strict=False):
            words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[^}]*\}", "", one))
            assert one != other or len(words) < 2, key


def test_a_topic_read_from_its_files_is_the_topic_as_it_was_kept() -> None:
    for name in catalogue.topics():
        read = catalogue._compiled(name, catalogue.read_texts(name))
        assert catalogue.topic(name) == read


def test_a_sentence_with_a_number_takes_its_form_from_it() -> None:
    english, spanish = Say("en"), Say("es")
    assert [english("plan.within", who="A doctor", hours=n) for n in (1, 2)] == [
        "A doctor, within 1 hour",
        "A doctor, within 2 hours",
    ]
    assert [spanish("plan.not_settled", most="el hospital", count=n).rpartition(". ")[2] for n in (0, 1, 5)] == [
        "Faltan 0 preguntas.",
        "Falta 1 pregunta.",
        "Faltan 5 preguntas.",
    ]


def test_two_numbers_in_one_sentence_each_choose() -> None:
    say = Say("en")
    found = {(e, w): say("check.counts", errors=e, warnings=w) for e in (0, 1) for w in (1, 2)}
    assert found == {
        (0, 1): "0 errors, 1 warning.",
        (0, 2): "0 errors, 2 warnings.",
        (1, 1): "1 error, 1 warning.",
        (1, 2): "1 error, 2 warnings.",
    }


def test_what_chooses_a_form_must_be_a_whole_number() -> None:
    with pytest.raises(TypeError, match=r"the slot \[count\] holds \['2'\]"):
        form_of({"one": "a", "other": "b"}, "en", ["count"], {"count": "2"})


def test_a_key_a_slot_or_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        Say("en")("plan.never_said")
    with pytest.raises(KeyError):
        Say("en")("never.said")
    with pytest.raises(KeyError):
        Say("en")("plan.version", version=1)
    with pytest.raises(ValueError, match=r"\[fr\] is no language"):
        Say("fr")


def test_a_sentence_in_each_language_fills_each_with_its_own_words() -> None:
    said = in_each("plan.role_named", role=in_each("plan.role_team"), names="Ana")
    assert (said.en, said.es) == ("Care team (Ana)", "Equipo de atención (Ana)")


@pytest.mark.parametrize(
    ("hours", "english", "spanish"),
    [
        (1, "within an hour", "en menos de una hora"),
        (24, "within 24 hours", "en menos de 24 horas"),
        (72, "within 3 days", "en menos de 3 días"),
        (50, "within 50 hours", "en menos de 50 horas"),
    ],
)
def test_how_soon(hours: int, english: str, spanish: str) -> None:
    assert (Say("en").soon(hours), Say("es").soon(hours)) == (english, spanish)


def test_another_review_status_is_said_as_it_is() -> None:
    assert "signed by A. Name" in Say("en").review("signed by A. Name", "person")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: {en: A, es: B}\na: {en: C, es: D}\n", "a.yaml:2: has [a] twice; first in line 1. Keep one."),
        ("a: {en: A}\n", "a.yaml:1: has no words in [es]. Write them: no language is behind the other."),
        ("a: {en: A, es: ''}\n", "a.yaml:1: has no words in [es]. Write them: no language is behind the other."),
        ("\na: A\n", "a.yaml:2: is [A]. Give en and es."),
        ("a: {en: A, es: B, fr: C}\n", "a.yaml:1: has a part [fr], which nobody reads. Give en, es."),
        ('a:\n  en: "{x}"\n  es: B\n', "a.yaml:3: lacks the slot [x]. Every language and form has the same slots."),
        ('a: {en: "{", es: B}\n', "a.yaml:1: has braces that are no slot [{]. Write a slot as {name}."),
        ('a: {en: "{}", es: "{}"}\n', "a.yaml:1: has braces that are no slot [{}]. Write a slot as {name}."),
        (
            "a: {by: n, en: A, es: B}\n",
            "a.yaml:1: names a number that changes nothing. Remove it, or write plural forms.",
        ),
        ("a:\n  en: {one: A}\n  es: B\n", "a.yaml:2: has no form [other]. Give one and other."),
        (
            "a:\n  en: {one: A, many: B, other: C}\n  es: B\n",
            "a.yaml:2: [many] is no plural form of [en]. Forms: one, other.",
        ),
        (
            "a:\n  en:\n    one: A\n    other: '{x}'\n  es: '{x}'\n",
            "a.yaml:3: lacks the slot [x]. Every language and form has the same slots.",
        ),
        ("a:\n  en: {one: {one: A, other: B}, other: C}\n  es: D\n", "a.yaml:2: is [{'one': 'A', 'other': 'B'}]."),
    ],
)
def test_a_wrong_entry_is_refused_with_file_line_and_remedy(text: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        catalogue._compiled("a", {"a.yaml": text})
    assert says in str(refused.value)


def test_a_key_in_two_files_of_a_topic_is_refused() -> None:
    texts = {"a/one.yaml": "b: {en: A, es: B}\n", "a/two.yaml": "# again\nb: {en: A, es: B}\n"}
    with pytest.raises(KnowledgeError, match=r"a/two\.yaml:2: \[b\] is also in a/one\.yaml\. Give each key of a topic"):
        catalogue._compiled("a", texts)


def test_what_a_script_fills_has_slots_by_name_alone() -> None:
    text = {"guide/a.yaml": 'a: {en: "{x:>3}", es: "{x:>3}"}\n'}
    with pytest.raises(KnowledgeError, match=r"guide/a\.yaml:1: has braces that are no slot"):
        catalogue._compiled("guide", text)
    assert catalogue._compiled("a", {"a.yaml": text["guide/a.yaml"]})["a"] == ("{x:>3}", "{x:>3}")


def test_the_number_that_chooses_need_not_be_repeated() -> None:
    text = 'a: {en: {one: A day, other: "{count} days"}, es: {one: Un día, other: "{count} días"}}\n'
    assert catalogue._compiled("a", {"a.yaml": text})["a"][2:] == ("count",)


def test_what_is_kept_is_used_again_and_a_broken_one_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv(kept.SWITCH, raising=False)
    catalogue._bundle.cache_clear()
    try:
        first = catalogue._bundle()
        assert set(first) == set(catalogue.topics())
        (file,) = (tmp_path / "trellis").glob(f"*.{catalogue.PART}{kept.ENDING}")
        catalogue._bundle.cache_clear()
        with monkeypatch.context() as patched:
            patched.setattr(catalogue, "_compiled", lambda *_: pytest.fail("read again"))
            assert catalogue._bundle() == first
        file.write_bytes(file.read_bytes()[:-10])
        catalogue._bundle.cache_clear()
        assert catalogue._bundle() == first
    finally:
        catalogue._bundle.cache_clear()


def test_nothing_is_kept_where_that_is_switched_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv(kept.SWITCH, "off")
    catalogue._bundle.cache_clear()
    catalogue.topic.cache_clear()
    try:
        assert Say("en")("plan.now") == "Now"
        assert list(tmp_path.iterdir()) == []
    finally:
        catalogue._bundle.cache_clear()
        catalogue.topic.cache_clear()


def test_every_language_is_spoken() -> None:
    for lang in LANGUAGES:
        assert Say(lang)("plan.now")
