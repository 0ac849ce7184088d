"""The recommendation: what fits now and next, between which ends, why, and what would change it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import timedelta
from typing import Any

import pytest

import trellis
from tests.decide.reading import decide, ids, well
from tests.library.tiny import CONTEXT, known, tiny
from tests.support import AS_OF, shipped
from trellis import Answer, AnswerError, Recommendation
from trellis.decide.views import Shortfall, StepDown
from trellis.library.reviewed import EntryReview

# --- one immutable object


@pytest.mark.parametrize("name", ["now", "provenance", "anything"])
def test_a_recommendation_cannot_be_changed(name: str) -> None:
    rec = well()
    with pytest.raises(AttributeError, match="immutable"):
        setattr(rec, name, None)
    with pytest.raises(AttributeError, match="immutable"):
        delattr(rec, name)
    with pytest.raises(FrozenInstanceError):
        rec.provenance.digest = ""


def test_what_is_worked_out_once_is_kept() -> None:
    rec = well(mood__low="severe")
    assert all(getattr(rec, name) is getattr(rec, name) for name in ("now", "active", "services", "step_down", "facts"))


@pytest.mark.parametrize("name", ["now", "step_down", "conflicts"])
def test_what_each_part_is_stands_on_the_class(name: str) -> None:
    assert getattr(Recommendation, name).__doc__


def test_two_recommendations_are_equal_when_all_they_say_is() -> None:
    one, same, other = well(life__past="often"), well(life__past="often"), well()
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "home"
    assert len({one, same, other}) == 2


def test_it_shows_what_is_recommended_or_how_much_is_still_open() -> None:
    assert repr(well()) == "<Recommendation now: home>"
    assert repr(decide({})) == f"<Recommendation now: not settled, {len(decide({}).between.now)} not ruled out>"


def test_it_carries_the_day_and_the_review_status_of_the_knowledge() -> None:
    assert (well().as_of, well().review, well().kb) == (AS_OF, "not clinically reviewed", tiny())


# --- now and next, least and most


def test_nobody_with_everything_at_its_best_needs_more_than_home() -> None:
    rec = well()
    assert rec.settled
    assert rec.now.ids == rec.next.ids == ("home",)
    assert rec.now.requirement == ()
    assert rec.now.rank == min(package.rank for package in tiny().packages.values())


def test_while_the_answers_leave_more_than_one_placement_there_is_none() -> None:
    rec = decide({})
    assert (rec.now, rec.next, rec.context, rec.settled) == (None, None, None, False)


def test_the_least_and_the_most_are_the_ends_of_what_is_open() -> None:
    rec = decide(known(life__home=None, life__danger=None))
    assert rec.least.now.ids == ("home",)
    assert rec.most.now.ids == ("ward",)
    assert rec.most.next.ids == ("clinic+shared_home",)
    assert rec.between.now == ("home", "home+shared_home", "clinic", "clinic+shared_home", "house", "hospital", "ward")
    assert rec.between.next == ("home", "home+shared_home", "clinic", "clinic+shared_home")


def test_what_cannot_change_the_placement_does_not_keep_it_open() -> None:
    rec = decide(known(mood__low="moderate", life__nights=None, life__past=None))
    assert rec.now.ids == ("clinic",)
    assert rec.settled


def test_now_joins_what_is_acute_and_next_leaves_only_what_goes_on() -> None:
    rec = well(mood__low="severe", life__support="nobody", life__home="street")
    assert rec.now.ids == ("hospital", "ward")
    assert dict(rec.now.requirement) == {"watch": "nights", "medicine": "doctor", "housing": "shared"}
    assert rec.next.ids == ("clinic+shared_home",)


@pytest.mark.parametrize(
    ("facts", "following", "care"),
    [
        pytest.param({"life__danger": "yes"}, ("clinic",), True, id="a group that care follows"),
        pytest.param({"use__shakes": "mild"}, ("home",), False, id="a group that none follows"),
        pytest.param({"life__past": "often"}, ("clinic",), False, id="nothing acute"),
    ],
)
def test_care_follows_a_stay_only_for_the_groups_that_say_so(facts: Any, following: tuple[str], care: bool) -> None:
    rec = well(**facts)
    assert rec.next.ids == following
    assert rec.aftercare is (tiny().aftercare if care else None)


def test_a_place_is_recommended_only_where_it_admits_the_person() -> None:
    """The house takes nobody under 18: a grown person who refuses a shared home may go there, a young one may not."""
    without_home = known(life__home="street")
    for age, expected in (("adult", ("house",)), ("older_adult", ("house",)), ("adolescent", ("hospital", "ward"))):
        (conflict,) = decide(without_home | {"age": age}, shared_home="refused").conflicts
        assert conflict.next_sufficient == expected


def test_an_open_context_leaves_open_what_depends_on_it() -> None:
    weak = known(body__weak="yes") | {"pregnancy": None}
    rec = decide(weak)
    assert (rec.least.now.ids, rec.most.now.ids) == (("home",), ("clinic",))
    assert rec.context is None
    assert decide(weak | {"pregnancy": "yes"}).now.ids == ("clinic",)
    assert dict(decide(weak | {"pregnancy": "yes"}).context) == CONTEXT | {"pregnancy": "yes"}


# --- needs


def test_every_need_is_active_open_or_cleared_and_says_by_which_facts() -> None:
    rec = decide(known(mood__low="moderate", life__past=None))
    assert ids(rec.active) == ["mood-moderate", "everybody"]
    assert ids(rec.open) == ["past-often"]
    assert "danger-certain" in ids(rec.cleared)
    assert [need.status for need in rec.needs] == sorted(
        need.status for need in rec.needs if need.status != "cleared"
    ) + ["cleared"] * len(rec.cleared)
    active, unsure, cleared = rec.need("mood-moderate"), rec.need("past-often"), rec.need("mood-severe-alone")
    assert [(fact.id, fact.best, fact.worst) for fact in active.facts] == [("mood.low", "moderate", "moderate")]
    assert [(fact.id, fact.known) for fact in unsure.facts] == [("life.past", False)]
    assert [fact.id for fact in cleared.facts] == ["mood.low", "life.support"]
    assert active.requires == (("watch", "visits"), ("medicine", "doctor"))


def test_a_need_carries_its_words_its_sources_and_its_review() -> None:
    need, written = well(mood__low="moderate").need("mood-moderate"), tiny().needs["mood-moderate"]
    for name in ("id", "phase", "dimension", "because", "services", "group", "mapping", "note", "sources"):
        assert getattr(need, name) == getattr(written, name)
    assert need.review == tiny().review_of("needs", "mood-moderate") == EntryReview()


def test_a_need_that_does_not_apply_to_the_person_is_not_among_theirs() -> None:
    with pytest.raises(KeyError, match="young"):
        well().need("young")


def test_a_need_on_history_alone_is_fixed() -> None:
    rec = well(life__past="often", life__home="street")
    assert rec.need("past-often").fixed
    assert not rec.need("no-home").fixed


# --- why not, and what would change it


def test_a_shortfall_names_what_is_asked_what_is_given_and_who_asks() -> None:
    rec = well(mood__low="moderate", life__past="often")
    assert rec.shortfalls["home"] == (
        Shortfall("watch", "visits", "none", ("mood-moderate", "past-often"), certain=True),
        Shortfall("medicine", "doctor", "none", ("mood-moderate",), certain=True),
    )
    assert rec.shortfalls["clinic"] == ()


def test_a_shortfall_that_only_open_answers_could_bring_is_not_certain() -> None:
    rec = decide(known(life__home=None))
    assert rec.shortfalls["clinic"] == (Shortfall("housing", "shared", "own", ("no-home",), certain=False),)


def test_what_is_asked_next_has_shortfalls_of_its_own() -> None:
    rec = well(life__danger="yes")
    assert rec.shortfalls["clinic"] == (Shortfall("watch", "constant", "visits", ("danger-certain",), certain=True),)
    assert rec.shortfalls_next["clinic"] == ()
    assert rec.shortfalls_next["home"] == (Shortfall("watch", "visits", "none", ("danger-certain",), certain=True),)


def test_stepping_down_names_what_to_resolve_what_is_open_and_what_cannot_change() -> None:
    rec = decide(known(life__danger="yes", life__past="often", life__home=None))
    assert rec.step_down["home"] == StepDown("home", ("danger-certain", "past-often"), ("no-home",), ("past-often",))
    assert rec.step_down["clinic"] == StepDown("clinic", ("danger-certain",), ("no-home",), ())
    assert rec.step_down["ward"] == StepDown("ward", (), (), ())


def test_a_hold_is_nothing_to_resolve_before_stepping_down() -> None:
    rec = well(life__danger="maybe")
    assert rec.hold is not None
    assert rec.step_down["home"].resolve == ()


# --- facts as they stand


def test_every_fact_is_shown_with_its_range_and_where_it_comes_from() -> None:
    old = AS_OF - timedelta(days=5)
    rec = decide(
        CONTEXT
        | {"focus": "mental_health", "life.danger": Answer("yes", date=old), "life.home": "not_known"}
        | {"mood.low": [Answer("mild", source="self-report"), Answer("severe", source="nurse", date=old)]}
    )
    danger, low = rec.facts["life.danger"], rec.facts["mood.low"]
    assert (danger.best, danger.worst, danger.known, danger.latched) == ("yes", "yes", True, True)
    assert (low.best, low.source, low.date, low.fixed) == ("severe", "nurse", old, False)
    assert (rec.facts["life.home"].best, rec.facts["life.home"].worst) == ("safe", "street")
    assert rec.facts["use.drink"].known
    assert rec.facts["life.past"].fixed
    assert set(rec.facts) == set(tiny().facts)
    assert [found.fact for found in rec.disagreements] == ["mood.low"]
    assert (rec.latched, rec.unanswerable) == (("life.danger",), ("life.home",))


# --- plain values, and deciding the same again

ANSWERS: dict[str, Any] = CONTEXT | {
    "mood.low": [Answer("mild", source="self-report"), Answer("severe", source="clinician", date=AS_OF)],
    "life.danger": {"value": "yes", "date": (AS_OF - timedelta(days=9)).isoformat(), "author": "N. N."},
    "use.drink": Answer("some", at_least=True),
    "life.support": Answer("few", at_most=True),
    "input.mood": 22,
    "input.hours": 30.5,
    "life.home": "declined",
    "life.nights": "must_home",
    "life.past": None,
}


def test_everything_it_says_can_be_written_down_as_json() -> None:
    plain = decide(ANSWERS, ward="refused", hospital="full").to_json()
    assert json.loads(json.dumps(plain))["settled"] == plain["settled"]
    assert plain["latched"] == ["life.danger"]
    assert [conflict["kind"] for conflict in plain["conflicts"]] == ["refused", "wish"]
    assert plain["provenance"]["answers"]["input.mood"] == [{"value": 22, "source": "self-report"}]


@pytest.mark.parametrize("through", [lambda p: p, lambda p: p.to_json(), lambda p: json.loads(json.dumps(p.to_json()))])
def test_an_old_recommendation_replays_identically_from_its_provenance(through: Any) -> None:
    rec = decide(ANSWERS, ward="refused", hospital__ward="full")
    again = trellis.replay(tiny(), through(rec.provenance))
    assert again == rec
    assert again.provenance == rec.provenance


def test_an_answer_of_nought_replays_too() -> None:
    rec = decide(ANSWERS | {"input.hours": 0})
    assert trellis.replay(tiny(), rec.provenance) == rec


def test_a_replay_with_another_knowledge_is_refused() -> None:
    old = well().provenance.to_json()
    other = tiny(mood_high_from=12)
    with pytest.raises(AnswerError) as raised:
        trellis.replay(other, old)
    assert str(raised.value) == (
        f"provenance[digest]: was made with knowledge [{old['digest'][:12]}], but this is [{other.digest[:12]}]. "
        "Load version 0.0.1 of the knowledge with the parameters recorded."
    )


def test_the_provenance_says_what_decided_and_on_what() -> None:
    rec = decide(ANSWERS, ward="refused")
    plain = rec.provenance.to_json()
    assert plain["software"] == trellis.__version__
    assert (plain["knowledge"], plain["digest"], plain["review"]) == ("0.0.1", tiny().digest, "not clinically reviewed")
    assert plain["parameters"] == {"mood_high_from": 10, "shakes_care": "ward"}
    assert (plain["as_of"], plain["places"]) == (AS_OF.isoformat(), {"ward": "refused"})
    assert plain["content"] == f"site content, not the shipped {shipped().version}"
    assert (plain["jurisdiction"], plain["off"]) == ("", {})
    assert set(plain["answers"]) == {name for name, given in ANSWERS.items() if given is not None}
