"""Every sentence of evidence, in any output, leads to a source a reader can open: all of them are walked."""

from __future__ import annotations

import re

import pytest

import trellis
from tests.support import AS_OF, complete, shipped
from trellis.compare import compare_settings
from trellis.evidence import statement
from trellis.evidence.words import source_lines, statement_lines
from trellis.plans import make_plan
from trellis.plans.view import PlanView

SUMMARIES = sorted(shipped().summaries)


@pytest.mark.parametrize("name", SUMMARIES)
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_every_summary_is_said_with_its_certainty_and_leads_to_its_sources(name: str, lang: str, role: str) -> None:
    kb = shipped()
    one = statement(kb, kb.summaries[name])
    lines = statement_lines(one, lang, role=role)
    assert len(lines) >= 3
    assert all(re.search(r"[.?!]$", line) for line in lines), lines
    assert one.sources
    for line in source_lines(kb, one):
        assert re.search(r"https?://\S+$", line), line


@pytest.mark.parametrize("name", SUMMARIES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_person_reads_no_number_to_the_hundredth(name: str, lang: str) -> None:
    words = shipped().summaries[name].says.for_role("person").in_language(lang)
    assert not re.search(r"\d[.,]\d\d(?!\d)", words), words


@pytest.mark.parametrize("name", SUMMARIES)
def test_natural_frequencies_name_both_groups_the_time_and_whose_rate_is_compared(name: str) -> None:
    kb = shipped()
    found = statement(kb, kb.summaries[name]).of_100
    if found is None:
        assert kb.summaries[name].unknown is not None
        return
    assert found.frequency.time.en
    if found.approach is not None and found.comparison is not None:
        assert 0 <= found.approach.value <= 100
        assert found.difference.value == pytest.approx(found.approach.value - found.comparison.value)
    if found.base is not None:
        assert found.base.who.en
        assert found.base.sources
    assert found.verified


def test_every_sentence_of_evidence_about_settings_leads_to_a_source() -> None:
    kb = shipped()
    compared = compare_settings(kb, ["outpatient", "iop", "residential_high", "inpatient_psychiatric"])
    told = [one for column in compared.columns for one in column.evidence]
    assert told
    assert all(source.link for one in told for source in one.sources)


def test_what_iop_and_inpatient_compare_to_is_said_for_both_without_a_number() -> None:
    kb = shipped()
    compared = compare_settings(kb, ["iop", "inpatient_psychiatric"])
    for column in compared.columns:
        said = next(one for one in column.evidence if one.id == "iop-substance-use")
        assert said.of_100 is None
        assert said.above_average is None
        assert "comparable" in said.words("clinician", "en")


def test_a_reason_in_a_plan_that_speaks_of_studies_leads_to_a_source() -> None:
    kb = shipped()
    answers = {
        "use.opioids": "severe",
        "use.stimulants": "severe",
        "mental.trauma": "ptsd",
        "engagement.readiness": "unsure",
    }
    plan = make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF))
    view = PlanView(kb, plan, "en", "clinician")
    spoken = re.compile(r"\b(stud(y|ies)|trials?|proof|research)\b", re.IGNORECASE)
    told = [one for i in plan.interventions for one in (*view.reasons(i.why), *view.reasons(i.cautions))]
    assert all(one.numbers for one in (*told, *view.because) if spoken.search(one.text))
