"""One table, two languages, the same keys and slots; nothing that is said is missing, and nothing is left over."""

from __future__ import annotations

import importlib
import re
import string
from pathlib import Path

import pytest

import trellis.cli
from trellis.cli.messages import MESSAGES, Say
from trellis.plans.words import WORDS

SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for path in Path(trellis.cli.__file__).parent.glob("*.py")
    if not path.name.startswith("messages_")
}
SAYING = re.compile(r"""\bsay\(\s*f?"([a-z_0-9]+)"|\bpause\("([a-z_0-9]+)"\)""")
# Built from a known part and a name: the phases, a role's welcome, the columns of a table.
FAMILIES = ("part_", "phase_", "welcome_", "prove_", "verdict_")


def slots_of(text: str) -> set[str]:
    """The named slots of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_have_the_same_slots(key: str) -> None:
    english, spanish = MESSAGES[key]
    assert english
    assert spanish
    assert slots_of(english) == slots_of(spanish)


def test_no_key_stands_in_two_parts_of_the_table() -> None:
    names = [path.stem for path in Path(trellis.cli.__file__).parent.glob("messages_*.py")]
    parts = [importlib.import_module(f"trellis.cli.{name}").MESSAGES for name in names]
    assert len(MESSAGES) == sum(len(part) for part in parts)


@pytest.mark.parametrize("name", SOURCES)
def test_everything_that_is_said_is_in_the_table(name: str) -> None:
    # What a plan says stands with the plan, for it is printed without a terminal too.
    table = WORDS if name in ("plans.py", "plan_review.py") else MESSAGES
    for first, second in SAYING.findall(SOURCES[name]):
        key = first or second
        assert key in table or any(other.startswith(key) for other in table), key


def test_nothing_in_the_table_is_never_said() -> None:
    everything = "\n".join(SOURCES.values()).replace("'", '"')
    unsaid = [k for k in MESSAGES if f'"{k}"' not in everything and not k.startswith(FAMILIES)]
    assert unsaid == []


def test_sentences_are_whole_in_both_languages() -> None:
    for key, (english, spanish) in MESSAGES.items():
        ends = {".", "?", ":"}
        assert (english.rstrip()[-1:] in ends) == (spanish.rstrip()[-1:] in ends), key


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


def test_lists_within_a_sentence() -> None:
    assert [Say("en").join(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_another_review_status_is_said_as_it_is() -> None:
    assert "signed by A. Name" in Say("en").review("signed by A. Name", "person")
