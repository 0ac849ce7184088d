"""What is said before all else: the soonest danger first, brought by the needs, and below an answer at once."""

from __future__ import annotations

import pytest

import trellis
from tests.support import AS_OF, shipped
from trellis.account import account_of, at_once, first_of
from trellis.account.first import bringing


def lines(**answers: str) -> tuple[str, ...]:
    given = {name.replace("__", "."): value for name, value in answers.items()}
    return account_of(trellis.decide(shipped(), given, as_of=AS_OF)).first


def test_every_line_can_be_brought() -> None:
    assert all(bringing(shipped()).values())


def test_what_a_need_asks_for_within_the_fewest_hours_comes_first() -> None:
    # Withdrawal that needs medicine the same day comes before alcohol that a doctor looks at within three days.
    found = lines(
        withdrawal__opioid_signs="severe", withdrawal__alcohol_intake="daily", withdrawal__alcohol_window="open"
    )
    assert found.index("opioid-medicine") < found.index("do-not-stop-at-once")


def test_danger_comes_before_what_is_only_hurried() -> None:
    found = lines(harm__suicide_thoughts="plan", withdrawal__opioid_signs="severe")
    assert found[0] == "means"


def test_who_takes_medicine_for_opioids_is_told_to_go_on_and_whose_medicine_is_unknown_hears_of_it() -> None:
    says = trellis.load().first["opioid-medicine"].says.person
    for taken in ({"use__opioid_medication": "taken_or_not_needed"}, {}):
        assert "opioid-medicine" in lines(use__opioids="severe", **taken)
    assert "If you take it, keep taking it. If you do not, ask for it today." in says.en
    assert "Si la toma, siga tomándola. Si no, pídala hoy." in says.es


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert first_of(trellis.decide(shipped(), {}, as_of=AS_OF)) == ()


@pytest.mark.parametrize(
    ("fact", "answer", "said"),
    [
        ("harm.suicide_thoughts", trellis.Answer("none"), ()),
        ("harm.suicide_thoughts", trellis.Answer("wish"), ("suicide-thoughts",)),
        ("harm.suicide_thoughts", trellis.Answer("wish", at_most=True), ()),
        ("harm.suicide_thoughts", trellis.Answer("wish", at_least=True), ("suicide-thoughts",)),
        ("harm.lethal_means", trellis.Answer("not_secured"), ("means-within-reach",)),
        ("harm.danger_now", trellis.Answer("not_known"), ("danger-not-sure",)),
        ("harm.danger_now", trellis.Answer("declined"), ("danger-not-sure",)),
        ("use.alcohol", trellis.Answer("not_known"), ()),
    ],
)
def test_what_is_said_below_an_answer(fact: str, answer: trellis.Answer, said: tuple[str, ...]) -> None:
    assert at_once(shipped(), {fact: answer}) == said
