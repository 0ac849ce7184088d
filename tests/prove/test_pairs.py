"""Facts that guidelines name together come out as their source asks; what does not yet says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import shipped
from trellis.errors import AnswerError
from trellis.prove.pairs import Pairs, Tried, read_pairs, tried

FILE = Path(__file__).parent.parent / "readings" / "pairs.yaml"


def test_every_pair_comes_out_as_its_source_asks_or_says_that_it_waits() -> None:
    found = tried(shipped(), read_pairs(FILE))
    assert [f"{one.pair.id}: {one.fails}" for one in found if one.fails] == []


def test_there_are_pairs_of_every_kind_that_guidelines_name() -> None:
    pairs = read_pairs(FILE).pairs
    assert len(pairs) >= 40
    assert len({one.id for one in pairs}) == len(pairs)
    named = {fact for one in pairs for fact in one.facts}
    assert {"harm.lethal_means", "withdrawal.sedatives", "history.discharge", "mental.cognition"} <= named
    assert {"pregnant", "postpartum"} <= {value for one in pairs for value in one.who.get("pregnancy", ())}


def pair(**fields: Any) -> Tried:
    whole = {
        "id": "planted", "facts": {"harm.violence": "threats"}, "expect": {}, "because": "Planted.", "on": "2026-11-30",
        "sources": [{"ref": "mccarty-2014"}],
    } | fields  # fmt: skip
    (one,) = tried(shipped(), Pairs.model_validate({"about": "Planted.", "pairs": [whole]}))
    return one


WRONG: dict[str, dict[str, Any]] = {
    "now: at_least php was expected, found outpatient": {"now": {"at_least": "php"}},
    "next: at_most self_management was expected, found outpatient": {"next": {"at_most": "self_management"}},
    "medical: at_least hospital was expected, found on_call": {"axes": {"medical": {"at_least": "hospital"}}},
    "structure: at_most none was expected, found weekly": {"axes": {"structure": {"at_most": "none"}}},
    "evaluate: within 2 h was expected, found mental_health_professional within 24 h": {
        "evaluate": {"within_hours": 2}
    },
    "evaluate: within 24 h by psychiatrist was expected, found mental_health_professional within 24 h": {
        "evaluate": {"within_hours": 24, "by": ["psychiatrist"]}
    },
    "evaluate: not within 72 h was expected, found mental_health_professional within 24 h": {
        "evaluate": {"not_sooner_than": 72}
    },
    "evaluate: nobody was expected, found mental_health_professional within 24 h": {"evaluate": "nobody"},
    "urgent: violence is missing": {"urgent": {"has": ["violence"]}},
    "services: naloxone is missing": {"services": {"has": ["naloxone"]}},
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_otherwise_than_expected_is_told(what: str) -> None:
    one = pair(expect=WRONG[what])
    assert one.wrong == (what,)
    assert one.fails == what
    assert pair(expect=WRONG[what], waiting="It is known.").fails == ""


def test_what_comes_out_as_expected_does_not_fail() -> None:
    expect = {
        "now": {"at_least": "outpatient", "at_most": "outpatient"}, "axes": {"structure": {"at_least": "weekly"}},
        "evaluate": {"within_hours": 24, "not_sooner_than": 24, "by": ["mental_health_professional"]},
        "urgent": {"lacks": ["violence"]}, "services": {"lacks": ["naloxone"]},
    }  # fmt: skip
    assert pair(expect=expect).fails == ""
    assert pair(facts={"environment.housing": "unstable"}, expect={"evaluate": "nobody"}).fails == ""


def test_what_waits_and_is_mended_fails_until_the_word_is_taken_out() -> None:
    assert pair(waiting="It was wrong.").fails == "comes out as the source asks; take out `waiting`"


def test_what_is_there_and_must_not_be_is_told() -> None:
    one = pair(facts={"harm.suicide_thoughts": "intent"}, expect={"urgent": {"lacks": ["suicide"]}})
    assert one.wrong == ("urgent: suicide is there",)


UNKNOWN: dict[str, dict[str, Any]] = {
    "harm.violnce": {"facts": {"harm.violnce": "threats"}},
    "threat": {"facts": {"harm.violence": "threat"}},
    "sex": {"who": {"sex": ["any"]}},
    "adul": {"who": {"age": ["adul"]}},
    "ipo": {"expect": {"now": {"at_least": "ipo"}}},
    "comfort": {"expect": {"axes": {"comfort": {"at_least": "much"}}}},
    "much": {"expect": {"axes": {"medical": {"at_least": "much"}}}},
    "suicde": {"expect": {"urgent": {"has": ["suicde"]}}},
    "doctor": {"expect": {"evaluate": {"within_hours": 2, "by": ["doctor"]}}},
    "mccarty": {"sources": [{"ref": "mccarty"}]},
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_the_knowledge_has_not_is_refused(name: str) -> None:
    with pytest.raises(AnswerError, match=rf"\[{name}\] is not known"):
        pair(**UNKNOWN[name])


def test_a_source_without_an_address_and_facts_of_nobody_are_refused() -> None:
    with pytest.raises(AnswerError, match="neither a ref nor a title with its address"):
        pair(sources=[{"title": "Somewhere"}])
    with pytest.raises(AnswerError, match="apply to nobody"):
        pair(facts={"use.alcohol": "severe"}, who={"focus": ["mental_health"]})


def test_a_file_that_is_not_of_the_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.yaml"
    path.write_text("about: Planted.\npairs:\n  - {id: planted}\n", encoding="utf-8")
    with pytest.raises(AnswerError, match=r"pairs/0/facts"):
        read_pairs(path)
