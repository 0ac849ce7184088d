"""A moment that many meet: safety stands first, every sentence has a ground, and an author is told what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import trellis
from tests.library.tiny import plant
from tests.prove.planting import copy
from tests.support import shipped
from trellis.errors import TrellisError
from trellis.kinds.moment import Moment, in_order


def insurance() -> Moment:
    found: Moment = shipped().of("moments")["insurance"]
    return found


def test_safety_is_the_first_thing_that_is_said_when_insurance_refuses() -> None:
    first = insurance().parts[0]
    assert first.id == "safety"
    assert "911" in first.says[0].en
    assert "988" in first.says[0].en
    assert "oprimir 2" in (first.says[0].es or "")


@pytest.mark.parametrize("part", ["writing", "fast", "staying", "outside", "medicaid", "complain"])
def test_each_way_out_stands_there_and_leads_to_a_source(part: str) -> None:
    found = next(one for one in insurance().parts if one.id == part)
    assert any(claim.sources for claim in found.says)


@pytest.mark.parametrize(
    "name",
    [
        "after_overdose",
        "leaving",
        "leaving_jail",
        "loved_one_inside",
        "facing_court",
        "refuses",
        "waiting",
    ],
)
def test_a_moment_begins_with_danger_names_who_answers_and_gives_words_for_a_call(name: str) -> None:
    found: Moment = shipped().of("moments")[name]
    first = " ".join(claim.en for claim in found.parts[0].says)
    assert "911" in first
    assert "988" in first
    assert {"line_911", "line_988", "line_988_es"} <= set(found.lines)
    assert len(found.calls) >= 2
    assert all(call.says.es for call in found.calls)


def test_the_list_of_what_is_happening_has_the_soonest_danger_first_and_each_moment_once() -> None:
    moments = shipped().of("moments")
    assert next(moment.id for moment in in_order(moments.values())) == "after_overdose"
    assert len({moment.order for moment in moments.values()}) == len(moments)


def test_what_worries_somebody_leads_to_pages_that_are_there() -> None:
    # The pages are read when they are first asked for, so that no load can check this.
    concerns = shipped().of("concerns").values()
    named = {page for one in concerns for page in (one.moment, one.close_moment) if page}
    assert {"leaving", "leaving_jail", "loved_one_inside", "facing_court"} <= named
    assert named <= set(shipped().of("moments"))


def test_a_mother_finds_on_the_page_what_to_say_to_the_jail_and_what_to_send() -> None:
    found: Moment = shipped().of("moments")["loved_one_inside"]
    first = " ".join(claim.en for claim in found.parts[0].says)
    assert "suicide risk" in first
    assert "shift supervisor" in first
    assert any("medicine" in claim.en for claim in found.parts[1].says)
    assert "suicide risk" in found.calls[0].says.en


def test_before_release_medicine_and_naloxone_stand_before_papers_and_a_ride() -> None:
    found: Moment = shipped().of("moments")["leaving_jail"]
    order = [part.id for part in found.parts]
    assert order.index("safety") < order.index("medicine") < order.index("papers") < order.index("gate")
    assert any("naloxone in your hand" in claim.en for part in found.parts for claim in part.says)


def test_who_is_sent_by_a_court_reads_of_the_lawyer_before_all_but_danger_and_keeps_the_medicine() -> None:
    found: Moment = shipped().of("moments")["facing_court"]
    assert [part.id for part in found.parts][:2] == ["safety", "lawyer"]
    medicine = next(part for part in found.parts if part.id == "medicine")
    assert "may not bar medicine for opioids" in medicine.says[0].en
    assert all(claim.sources for claim in medicine.says if "Department of Justice" in claim.en)


def test_a_number_of_days_or_hours_always_has_a_source() -> None:
    for part in insurance().parts:
        for claim in part.says:
            if any(unit in claim.en for unit in (" hours", " days", " months")) and any(map(str.isdigit, claim.en)):
                assert claim.sources, claim.en


PLANTED = {
    "without ground": (
        "            sources: [{ref: dol-parity-faq-38, at: criteria for medical necessity}]\n",
        "",
        "claims without ground in [writing]",
    ),
    "twice": ("      - id: outside\n", "      - id: fast\n", "has the part [fast] twice"),
    "unknown source": ("{ref: medicare-fast-appeal-hospital}", "{ref: medicare-fast-apeal-hospital}", "apeal"),
}


def test_a_page_is_brought_by_a_step_that_there_is(tmp_path: Path) -> None:
    root = copy(tmp_path)
    brought = "brought_by: {overdose.recent: past_30_days}"
    plant(root, root, "moments/after_overdose.yaml", brought, brought.replace("past_30_days", "lately"))
    with pytest.raises(TrellisError, match=r"is brought by \[lately\] of overdose.recent"):
        trellis.load(root).of("moments")


@pytest.mark.parametrize(("old", "new", "said"), PLANTED.values(), ids=PLANTED)
def test_what_is_wrong_with_a_moment_is_told_with_its_place(old: str, new: str, said: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "moments/insurance.yaml", old, new)
    with pytest.raises(TrellisError) as caught:
        trellis.load(root).of("moments")
    assert said in str(caught.value)
    assert "moments/insurance.yaml:" in str(caught.value)
