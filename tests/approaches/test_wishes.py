"""Aims in the person's own words: sayings propose, the person confirms, and words that say nothing known are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trellis
from tests.support import AS_OF, complete, shipped, vignettes
from tests.support import person as of_vignette
from trellis.approaches import Wishes, goals_for, hear, match_approaches, read_wishes
from trellis.decide import decide
from trellis.errors import Problem
from trellis.plans import Person, make_plan

KB = shipped()
SAYINGS = [(aim.id, lang, one) for aim in KB.aims.values() for lang in ("en", "es") for one in getattr(aim.like, lang)]
SPOKEN = st.lists(
    st.sampled_from(
        ["not", "no", "want", "quiero", "my", "mi", "job", "baby", "bebé", "back", "prison", "but", ",", "x"]
    )
)


def wishes_of(*aims: Any) -> Wishes:
    problems: list[Problem] = []
    found = read_wishes(KB, {"aims": list(aims)}, problems)
    assert problems == []
    return found


@pytest.mark.parametrize(("aim", "lang", "saying"), SAYINGS, ids=lambda part: str(part))
def test_each_saying_proposes_its_aim_however_it_is_written(aim: str, lang: str, saying: str) -> None:
    said = {"en": f"Well, {saying.upper()}, I think.", "es": f"Bueno, {saying.upper()}, creo."}[lang]
    assert aim in hear(KB, said).aims


def test_every_aim_has_many_sayings_in_both_languages() -> None:
    for aim in KB.aims.values():
        assert len(aim.like.en) == len(aim.like.es) >= 7, aim.id


@pytest.mark.parametrize(
    ("said", "aims"),
    [
        ("I just don't want to go back to prison again", {"stay_out_of_jail"}),
        ("no quiero volver nunca más a la carcel", {"stay_out_of_jail"}),
        ("I wanna keep my baby", {"keep_children"}),
        ("que no me quiten a mi bebe por favor", {"keep_children"}),
        ("I want to sleep without the pills", {"sleep_better"}),
        ("quiero dormir sin las pastillas", {"sleep_better"}),
        ("my job, I want to keep it", set()),
        ("My job is what I really want to keep", {"keep_or_find_work"}),
        ("to keep that job of mine", {"keep_or_find_work"}),
        ("stay sober and see my kids", {"stay_well_after_treatment", "keep_children"}),
        ("i dont want to lose my job", {"keep_or_find_work"}),
        ("my trabajo no lo quiero perder", set()),
        ("no lo quiero perder, mi trabajo", set()),
    ],
)
def test_people_say_it_in_their_own_way(said: str, aims: set[str]) -> None:
    assert set(hear(KB, said).aims) == aims


@pytest.mark.parametrize(
    "said",
    [
        "I do not want to stop drinking",
        "no quiero dejar de beber",
        "nobody asked me to quit drugs but I do not want to get sober",
        "I can't sleep without pills",
        "get off my meds",
        "dejar mis medicinas",
        "become a pilot",
        "Zzz qqq",
        "",
        "...",
    ],
)
def test_what_is_denied_or_not_known_proposes_nothing(said: str) -> None:
    assert hear(KB, said).aims == ()


def test_words_that_only_begin_alike_are_not_taken_for_an_aim() -> None:
    assert "keep_or_find_work" in hear(KB, "find a job").aims
    assert "keep_or_find_work" not in hear(KB, "find a jobxyz").aims


def test_a_proposal_says_what_was_heard_and_which_saying_it_is_like() -> None:
    (proposal,) = hear(KB, "Honestly, I don't want to go back to prison.").proposals
    assert proposal.heard == "don't want to go back to prison"
    assert proposal.saying in KB.aims["stay_out_of_jail"].like.en


@given(SPOKEN)
def test_hearing_is_the_same_each_time_and_never_alters_what_was_said(words: list[str]) -> None:
    said = " ".join(words)
    heard = hear(KB, said)
    assert heard == hear(KB, said)
    assert heard.words == said
    assert all(one.heard in said for one in heard.proposals)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_kept_and_breaks_nothing(said: str) -> None:
    heard = hear(KB, said)
    assert all(one.heard in said for one in heard.proposals)
    if said.strip():
        assert wishes_of(said).aims[0].words == said.strip() or said in KB.aims


@pytest.mark.parametrize(
    "said",
    [
        "I want to die",
        "I can't stop thinking of suicide",
        "quiero quitarme la vida",
        "go to sleep and not wake up",
        "kill myself",
    ],
)
def test_words_that_may_tell_of_suicide_bring_help_and_are_no_answer(said: str) -> None:
    assert hear(KB, said).danger
    assert wishes_of(said).danger
    assert wishes_of({"words": said, "serves": ["stay_alive"]}).danger


@pytest.mark.parametrize("said", ["not wake up sick", "stop waking up at night", "my mother died", "dead tired"])
def test_words_that_only_sound_alike_bring_no_alarm(said: str) -> None:
    assert not hear(KB, said).danger


# --- what counts ----------------------------------------------------------------------------------------------------


def test_what_is_heard_is_proposed_and_only_what_is_confirmed_counts() -> None:
    said = [
        "I want to keep my job",
        "avoid_overdose",
        {"words": "swim", "serves": ["daily_life"]},
        {"words": "my kids"},
    ]
    wishes = wishes_of(*said)
    assert [aim.suggested for aim in wishes.aims] == [True, False, False, True]
    assert wishes.aims[2].words == "swim"
    assert (wishes.aim_ids, wishes.proposed) == (("avoid_overdose", "daily_life"), ("keep_or_find_work",))


@given(st.sampled_from(vignettes()), st.sampled_from(SAYINGS))
def test_a_proposal_steers_nothing_until_it_is_confirmed(vignette: dict[str, Any], one: tuple[str, str, str]) -> None:
    rec = of_vignette(KB, vignette)
    plain, proposed = match_approaches(rec), match_approaches(rec, wishes_of(one[2]))
    assert [view.to_json() for view in proposed.ranked] == [view.to_json() for view in plain.ranked]
    unknown = match_approaches(rec, wishes_of("become a pilot"))
    assert [view.to_json() for view in unknown.ranked] == [view.to_json() for view in plain.ranked]


def test_a_confirmed_aim_orders_what_guidance_leaves_equal() -> None:
    rec = decide(KB, complete(KB, {"use.opioids": "severe"}), as_of=AS_OF)
    kept = {"words": "keep my baby", "serves": ["keep_children"]}
    for view in match_approaches(rec, wishes_of(kept)).ranked:
        if view.id in ("methadone", "buprenorphine"):
            assert [aligned.aim for aligned in view.aims] == ["keep_children"]


def test_confirmed_aims_name_the_goals_that_work_towards_them_in_the_persons_order() -> None:
    wishes = wishes_of("keep_or_find_work", {"words": "not go back", "serves": ["stay_out_of_jail"]}, "sleep better")
    assert goals_for(KB, wishes) == ("days-work-again", "no-new-charges", "court-and-care-fit")


def test_a_plan_keeps_the_words_and_says_which_aims_are_only_proposed() -> None:
    rec = trellis.decide(KB, {"mental.depression": "moderate"}, as_of=date(2026, 11, 24))
    said = Person(aims=("become a pilot", "keep my job", {"words": "keep my baby", "serves": ["keep_children"]}))
    aims = make_plan(rec, said).aims
    assert [(aim.words, aim.serves, aim.suggested) for aim in aims] == [
        ("become a pilot", (), True),
        ("keep my job", ("keep_or_find_work",), True),
        ("keep my baby", ("keep_children",), False),
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"aims": "one"}, "Give a list"),
        ({"aims": [3]}, "has [3]"),
        ({"aims": [{"serves": ["keep_work"]}]}, "[keep_work], which is no aim"),
        ({"aims": [{"words": "x", "serves": ["keep_childrn"]}]}, "Did you mean keep_children?"),
        ({"prefers": ["group"]}, "`wants` and `avoids`"),
        ({"prefers": {"wants": ["grup"]}}, "Did you mean group?"),
    ],
)
def test_what_is_wrong_is_explained(said: dict[str, object], words: str) -> None:
    problems: list[Problem] = []
    read_wishes(KB, said, problems)
    assert words in str(problems[0])


@pytest.mark.parametrize(
    "said",
    [
        {"prefers": {"wants": 5}},
        {"prefers": {"avoids": [["x"], None]}},
        {"aims": [{"words": "x", "serves": 7}]},
        {"aims": [{"words": "x", "serves": {"a": 1}}]},
    ],
)
def test_what_is_no_list_of_names_is_a_problem_and_no_fault(said: dict[str, Any]) -> None:
    problems: list[Problem] = []
    read_wishes(KB, said, problems)
    assert problems
    assert all("list of names" in problem.remedy for problem in problems)
