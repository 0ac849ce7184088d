"""The table that a clinician reads: every need once, in words that name all that its condition reads."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest

from tests.library.test_reviewed import signed, with_signatures
from tests.library.tiny import tiny
from tests.support import AS_OF, shipped
from trellis.clinical import table, to_html, to_pdf
from trellis.clinical.table import text_of
from trellis.kinds.text import LANGUAGES
from trellis.library.reviewed import SHORTEST, digest_of
from trellis.say import Say
from trellis.say.outline import fact_label


@cache
def page(lang: str) -> str:
    return to_html(shipped(), lang=lang, as_of=AS_OF)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_need_is_there_once_with_all_that_its_condition_reads(lang: str) -> None:
    kb, found = shipped(), table(shipped(), lang)
    assert sorted(row.id for row in found.rows) == sorted(kb.needs)
    for row in found.rows:
        words = " ".join(text_of(row))
        missing = [name for name in kb.reads[row.id] if fact_label(kb.facts[name], lang) not in words]
        assert not missing, row.id
        assert page(lang).count(f'<p class="id">{row.id} (') == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_says_what_is_asked_who_looks_on_what_ground_and_its_review(lang: str) -> None:
    kb, say = shipped(), Say(lang)
    for row in table(kb, lang).rows:
        need = kb.needs[row.id]
        asks = " ".join(row.asks)
        assert all(kb.services[name].name.in_language(lang) in asks for name in need.services)
        assert len([one for one in row.asks if ": " in one]) >= len(need.requires)
        assert (kb.urgent[need.urgent].title.in_language(lang) in asks) if need.urgent else True
        assert (say.soon(need.evaluate.within_hours) in row.looks) if need.evaluate else row.looks == ""
        assert len(row.cites) == len(need.sources)
        for ref, cite in zip(need.sources, row.cites, strict=True):
            assert say(f"clinical.{kb.sources[ref.ref].verified}") in cite
        assert row.review == say("review.none")
        assert row.digest == digest_of(kb, "needs", row.id)[:SHORTEST]


def test_danger_stands_first_the_gravest_first_and_the_rest_by_dimension() -> None:
    kb, found = shipped(), table(shipped())
    urgent = [kb.needs[row.id].urgent for row in found.rows]
    dangers = [name for name in urgent if name is not None]
    assert urgent[: len(dangers)] == dangers
    assert dangers == sorted(dangers, key=list(kb.urgent).index)
    rest = [kb.needs[row.id].dimension for row in found.rows[len(dangers) :]]
    assert len(list(dict.fromkeys(rest))) == sum(1 for a, b in zip(["", *rest], rest, strict=False) if a != b)
    assert [len(group.rows) > 0 for group in found.groups] == [True] * len(found.groups)


def test_a_condition_reads_as_sentences() -> None:
    rows = {row.id: row for row in table(shipped()).rows}
    assert isinstance(rows["opioid-use-disorder"].when, str)
    made_up = {row.id: row for row in table(tiny()).rows}
    assert made_up["mood-severe-alone"].when == "State: “Severe”; and State: “Nobody”"
    assert made_up["danger-unclear"].when == "State: “Maybe” or worse"
    assert made_up["use-any"].when == ("None of:", ("State: “None”",))
    assert made_up["many-troubles"].when == (
        "At least 2 of:", ("State: “Mild” or worse", "State: “Some” or worse", "State: “Few” or worse"),
    )  # fmt: skip
    assert made_up["everybody"].when == "Always."


def test_numbers_that_lead_to_a_fact_and_whom_a_rule_is_for_are_told() -> None:
    rows = {row.id: row for row in table(tiny()).rows}
    assert rows["score-high"].numbers == ("Total of 10 or more: “High”", "Total of 20 or more: “Highest”")
    assert rows["use-any"].numbers == ("Total of more than 0: “Some”", "Total of more than 4.5: “Daily”")
    assert rows["young-or-pregnant-weak"].numbers == ("Total of less than 40: “Yes”",)
    assert rows["young"].only.startswith("Only for: ")
    assert rows["everybody"].only == ""
    assert "A site may set shakes_care: doctor or ward" in rows["shakes-severe"].asks
    assert rows["mood-severe-alone"].asked == 2


def test_a_signature_stands_beside_what_it_is_under() -> None:
    kb = with_signatures(tiny(), signed(tiny(), "needs", "use-any"))
    rows = {row.id: row.review for row in table(kb).rows}
    assert rows["use-any"] == "clinically reviewed by A. Invented, MD, on December 1, 2026"
    assert rows["everybody"] == "not clinically reviewed"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_it_is_how_long_it_takes_and_from_which_content(lang: str) -> None:
    kb, say = shipped(), Say(lang)
    text = html.unescape(page(lang))
    assert f'<html lang="{lang}">' in text
    assert say("result.not_reviewed_clinician") in text
    assert say("clinical.version", version=kb.version, digest=kb.digest[:12], day=say.day(AS_OF)) in text
    assert say("clinical.time", count=len(kb.needs), hours=table(kb, lang).hours) in text
    assert text.count("<thead>") == 1
    assert text.count('scope="col"') == 5
    for cite, link in table(kb, lang).sources:
        assert cite in text
        assert link in text


def test_what_stands_in_content_becomes_no_tag() -> None:
    need = tiny().needs["use-any"].model_copy(update={"note": "<script>"})
    assert "<script>" not in to_html(tiny().with_changes(needs={**tiny().needs, "use-any": need}), as_of=AS_OF)


@pytest.mark.slow
def test_the_pdf_is_landscape_numbered_and_repeats_its_head() -> None:
    pytest.importorskip("weasyprint")
    import pypdfium2

    document = pypdfium2.PdfDocument(to_pdf(shipped(), as_of=AS_OF))
    texts = [re.sub(r"\s+|\ufffe", "", page.get_textpage().get_text_range()) for page in document]
    held = [{name for name in shipped().needs if f"{name}(" in text} for text in texts]
    assert set().union(*held) == set(shipped().needs)
    for number, (sheet, text) in enumerate(zip(document, texts, strict=True), 1):
        assert sheet.get_width() > sheet.get_height()
        assert f"{number}/{len(texts)}" in text
        assert shipped().digest[:12] in text
        assert not held[number - 1] or "Onwhatground" in text
