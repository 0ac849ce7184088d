"""An agreement belongs to the version it was given to."""

from __future__ import annotations

from datetime import date

import pytest

from tests.plans.saved import CALMER, DANGER, from_1_1_0, made
from tests.support import AS_OF, shipped
from trellis.errors import AnswerError
from trellis.plans import find_gaps, review
from trellis.plans.agreement import agreed_before, agreed_to
from trellis.plans.render import to_html, to_markdown

LATER = date(2026, 11, 30)
YES = {"name": "Daniel", "role": "person", "on": "2026-11-23", "words": "For this week. Ask me again."}
FIRST = made(DANGER, agreed=[YES])


def test_nobody_has_agreed_to_a_new_version_and_the_earlier_agreement_stays_with_its_version() -> None:
    second = review(shipped(), FIRST, {}, as_of=LATER).plan
    assert second.agreed == ()
    assert "agreed" not in second.person
    before = agreed_before(second)
    assert before is not None
    assert (before.version, before.made_on, before.agreed) == (1, AS_OF, FIRST.agreed)
    assert second.earlier[0].agreed == FIRST.agreed
    assert "Nobody has agreed to this version yet" in [gap.says.en for gap in find_gaps(shipped(), second)][-1]


@pytest.mark.parametrize("layout", ["page", "full"])
@pytest.mark.parametrize(
    ("lang", "nobody", "of"),
    [
        ("en", "Nobody has agreed to this version yet", "Of version 1, made on November 23, 2026"),
        ("es", "Nadie ha aceptado aún esta versión", "Sobre la versión 1, hecha el 23 de noviembre de 2026"),
    ],
)
def test_a_new_version_says_so_on_both_pages_in_both_languages(layout: str, lang: str, nobody: str, of: str) -> None:
    second = review(shipped(), FIRST, {}, as_of=LATER).plan
    for render in (to_markdown, to_html):
        text = render(shipped(), second, layout=layout, lang=lang)  # type: ignore[arg-type]
        assert text.index(nobody) < text.index(of) < text.index("For this week. Ask me again.")


def test_who_agrees_at_the_review_agrees_to_the_new_version() -> None:
    now = {**YES, "on": "2026-11-30", "words": "A day program, yes."}
    second = review(shipped(), FIRST, {}, as_of=LATER, person={"agreed": [now]}).plan
    assert [one.words for one in agreed_to(second)] == ["A day program, yes."]
    third = review(shipped(), second, {}, as_of=date(2026, 12, 1)).plan
    before = agreed_before(third)
    assert before is not None
    assert (before.version, before.agreed) == (2, second.agreed)


def test_an_agreement_said_again_as_it_was_stays_with_the_version_it_is_of() -> None:
    assert review(shipped(), FIRST, {}, as_of=LATER, person={"agreed": [YES]}).plan.agreed == ()


def test_an_agreement_of_a_day_before_the_version_is_refused() -> None:
    early = {**YES, "on": "2026-11-28"}
    with pytest.raises(AnswerError, match=r"agreed: Daniel: has on \[2026-11-28\], before this version .*2026-11-30"):
        review(shipped(), FIRST, {}, as_of=LATER, person={"agreed": [early]})


def test_what_older_plans_carried_over_is_read_as_of_the_earlier_version() -> None:
    old = from_1_1_0("plan-1.1.0-reviewed")
    assert old.agreed
    assert agreed_to(old) == ()
    before = agreed_before(old)
    assert before is not None
    assert before.version == 1
    assert "Nobody has agreed to this version yet" in to_markdown(shipped(), old)


def test_a_first_version_without_agreement_is_a_draft_as_before() -> None:
    assert "Nobody has agreed yet: this is a draft." in to_markdown(shipped(), made(CALMER))
