"""The checker finds what is wrong with approaches, evidence, values and goals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import trellis
from tests.support import shipped
from trellis.kinds.text import Claim, Source
from trellis.prove import treatment
from trellis.prove.finding import Finding

Rule = Callable[[trellis.Knowledge], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    treatment.evidence_without_source,
    treatment.unverified_unsaid,
    treatment.figures_from_memory,
    treatment.numbers_without_row,
    treatment.ungrounded_claims,
    treatment.findings_unsourced,
    treatment.needs_without_goal,
)


def changed(part: str, name: str, **update: Any) -> trellis.Knowledge:
    """The shipped knowledge with one entry of one part changed."""
    kb = shipped()
    entries = dict(getattr(kb, part))
    entries[name] = entries[name].model_copy(update=update)
    return kb.with_changes(**{part: entries})


def found(rule: Rule, kb: trellis.Knowledge) -> list[str]:
    return [str(finding) for finding in rule(kb)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_shipped_content_is_found_in_order(rule: Rule) -> None:
    assert found(rule, shipped()) == []


def test_a_sentence_whose_source_has_no_address_is_refused() -> None:
    kb = shipped()
    sources = dict(kb.sources)
    sources["cuijpers-2023"] = sources["cuijpers-2023"].model_copy(update={"address": ""})
    told = found(treatment.evidence_without_source, kb.with_changes(sources=sources))
    assert any("[cbt-depression] rests on [cuijpers-2023], which has no address" in line for line in told)


def test_a_row_that_says_seen_of_a_source_that_was_not_is_refused() -> None:
    kb = shipped()
    sources = dict(kb.sources)
    sources["cuijpers-2023"] = Source.model_validate(sources["cuijpers-2023"].model_dump() | {"verified": "memory"})
    told = found(treatment.evidence_without_source, kb.with_changes(sources=sources))
    assert any("[E001] says it was seen" in line for line in told)


def test_a_sentence_on_a_row_nobody_has_verified_must_say_so() -> None:
    told = found(treatment.unverified_unsaid, changed("results", "E001", verified="memory"))
    assert any("[cbt-depression] rests on an unverified row and does not say so" in line for line in told)


def test_a_frequency_on_a_row_nobody_has_verified_is_refused() -> None:
    told = found(treatment.unverified_unsaid, changed("results", "E002", verified="memory"))
    assert any("makes a frequency of [E002], which nobody has verified" in line for line in told)


def test_a_figure_from_memory_must_be_marked_in_its_own_sentence() -> None:
    kb = changed("results", "E001", verified="memory")
    words = kb.summaries["cbt-depression"].says
    elsewhere = words.clinician.model_copy(
        update={"en": f"{words.clinician.en} One figure has not been checked yet."},
    )
    summaries = dict(kb.summaries)
    says = words.model_copy(update={"clinician": elsewhere})
    summaries["cbt-depression"] = summaries["cbt-depression"].model_copy(update={"says": says})
    told = found(treatment.figures_from_memory, kb.with_changes(summaries=summaries))
    assert any("[cbt-depression] shows [0.79] (en) as sourced, and it is from memory." in line for line in told)


def test_a_figure_of_an_approach_on_a_source_that_nobody_read_must_be_marked() -> None:
    bare = Claim.model_validate(
        {"en": "It has 12 visits.", "es": "Son 12 citas.", "sources": [{"ref": "general-knowledge"}]}
    )
    told = found(treatment.figures_from_memory, changed("approaches", "cbt", drawbacks=(bare,)))
    assert any("[cbt] shows a figure (It has 12 visits.…) as sourced" in line for line in told)
    marked = bare.model_copy(update={"verified": "memory"})
    assert found(treatment.figures_from_memory, changed("approaches", "cbt", drawbacks=(marked,))) == []


def test_a_number_that_no_row_says_is_found_in_either_language() -> None:
    says = shipped().summaries["cbt-depression"].says
    for lang in ("en", "es"):
        words = getattr(says.clinician, lang)
        wrong = says.clinician.model_copy(update={lang: words.replace("0.79", "0.97")})
        kb = changed("summaries", "cbt-depression", says=says.model_copy(update={"clinician": wrong}))
        assert any(
            "says [0.97], which none of its rows says" in line for line in found(treatment.numbers_without_row, kb)
        )


def test_a_claim_with_neither_source_nor_mark_is_found() -> None:
    claim = Claim(en="It cures everybody.", es="Cura a todos.")
    told = found(treatment.ungrounded_claims, changed("approaches", "cbt", drawbacks=(claim,)))
    assert any("[cbt] claims without ground in [drawbacks]: It cures everybody." in line for line in told)


def test_a_reason_that_speaks_of_studies_must_name_one() -> None:
    kb = shipped()
    because = kb.matches["cbt-depression"].because
    words = because.person.model_copy(update={"en": "Many studies show that this works."})
    told = found(
        treatment.findings_unsourced,
        changed("matches", "cbt-depression", because=because.model_copy(update={"person": words}), sources=()),
    )
    assert any("[cbt-depression] speaks of studies and names none" in line for line in told)


def test_a_need_without_a_goal_is_found() -> None:
    kb = shipped()
    goals = {name: goal for name, goal in kb.goals.items() if "suicide-danger" not in goal.needs}
    told = found(treatment.needs_without_goal, kb.with_changes(goals=goals))
    assert any("need [suicide-danger] stands in 0 goals" in line for line in told)
    assert found(treatment.needs_without_goal, kb.with_changes(goals={})) == []


def test_what_nothing_leads_to_and_nothing_serves_is_found() -> None:
    kb = shipped()
    matches = {name: rule for name, rule in kb.matches.items() if rule.approach != "ba"}
    alignments = tuple(a for a in kb.alignments if a.approach != "ba" and a.aim != "sleep_better")
    told = found(treatment.unmatched, kb.with_changes(matches=matches, alignments=alignments))
    assert any("no rule and no aim leads to [ba]" in line for line in told)
    assert any("nothing serves [sleep_better]" in line for line in told)


def test_a_value_that_leaves_a_setting_out_is_found() -> None:
    settings = dict(shipped().values["privacy"].settings)
    settings.pop("iop")
    told = found(treatment.unmatched, changed("values", "privacy", settings=settings))
    assert any("[privacy] says nothing of iop" in line for line in told)


def test_a_result_that_no_summary_uses_is_a_warning_only() -> None:
    warnings = [finding for finding in treatment.unmatched(shipped()) if finding.kind == "unused"]
    assert all(finding.level == "warning" for finding in warnings)
