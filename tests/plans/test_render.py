"""Every form of a plan says the same, in both languages, and is safe to print and to read aloud."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

import trellis.plans
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.plans import make_plan, read_person
from trellis.plans.plan import Plan
from trellis.plans.render import to_html, to_markdown, to_pdf
from trellis.plans.view import PlanView

ANSWERS = {"use.opioids": "severe", "harm.suicide_thoughts": "thoughts", "mental.depression": "moderate"}


def plan(**said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, ANSWERS), as_of=AS_OF), read_person(said))


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_markdown_and_html_hold_every_goal_approach_and_source(lang: str, role: str) -> None:
    kb, made = shipped(), plan(called="Sam")
    view = PlanView(kb, made, lang, role)
    pages = to_markdown(kb, made, lang=lang, role=role), to_html(kb, made, lang=lang, role=role)
    for page in pages:
        assert "Sam" in page
        for source in view.sources:
            assert source.link.replace("&", "&amp;") in page or source.link in page
    for goal in made.goals:
        assert view.words(goal.goal) in pages[0]
    for one in made.interventions:
        assert view.text(one.name) in pages[0]


@pytest.mark.parametrize("layout", ["page", "full"])
def test_in_markdown_no_html_begins_in_what_people_typed_and_nothing_steers_a_terminal(layout: Any) -> None:
    made = plan(called="<script>x</script>\x1b[2J", strengths=["<img src=x> BMI < 18"], aims=["<!-- y"])
    text = to_markdown(shipped(), made, layout=layout)
    assert not re.search(r"(?<!\\)<(?!https?://)[a-zA-Z/!?]", text)
    assert "\x1b" not in text


def test_what_people_typed_is_escaped() -> None:
    page = to_html(shipped(), plan(called="<script>alert(1)</script>", strengths=["<b>x</b>"]))
    assert "<script>" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("layout", ["page", "full"])
def test_the_pdf_is_tagged_has_a_language_a_title_and_says_pdf_ua(lang: str, layout: Any) -> None:
    reader = PdfReader(io.BytesIO(to_pdf(shipped(), plan(called="Sam"), layout=layout, lang=lang)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == lang
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert "Sam" in (reader.metadata.title or "")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("name", ["suicide-intent-cannot-stay-safe", "suicide-plan-means-at-hand"])
def test_the_short_form_has_two_pages_at_most_and_help_and_next_steps_on_the_first(name: str) -> None:
    kb = shipped()
    vignette = next(one for one in vignettes() if one["id"] == name)
    made = make_plan(person(kb, vignette), read_person({"called": "Sam", "aims": ["sleep"], "strengths": ["Family"]}))
    for lang in ("en", "es"):
        pages = PdfReader(io.BytesIO(to_pdf(kb, made, layout="page", lang=lang))).pages
        assert len(pages) <= 2
        first = pages[0].extract_text()
        assert "988" in first
        assert PlanView(kb, made, lang, "person").say("plan.actions") in first


def test_help_stands_on_every_form_before_the_plan() -> None:
    kb, made = shipped(), plan()
    for text in (to_markdown(kb, made), to_html(kb, made), to_markdown(kb, made, layout="page")):
        assert "911" in text
        assert "988" in text
        assert text.index("988") < text.index(PlanView(kb, made, "en", "person").say("plan.actions"))


def test_html_has_one_main_heading_a_language_and_table_headers() -> None:
    page = to_html(shipped(), plan(), lang="es")
    assert '<html lang="es">' in page
    assert len(re.findall(r"<h1", page)) == 1
    assert 'scope="col"' in page


def test_spanish_pages_do_not_fall_back_to_english() -> None:
    kb, made = shipped(), plan(called="Sam")
    spanish = to_markdown(kb, made, lang="es")
    english = to_markdown(kb, made, lang="en")
    same = {line for line in spanish.splitlines() if len(line.split()) > 4 and "---" not in line} & set(
        english.splitlines()
    )
    assert not {line for line in same if not re.match(r"\d+\. ", line)}


def test_markdown_holds_no_tag_link_or_picture_that_somebody_typed() -> None:
    said = {"called": "<script>alert(1)</script>", "strengths": ["<img onerror=x>", "![x](http://example.org/x.png)"]}
    for layout in ("page", "full"):
        text = to_markdown(shipped(), plan(**said), layout=layout)  # type: ignore[arg-type]
        assert not re.search(r"(?<!\\)<(script|img|/script)", text)
        assert not re.search(r"(?<!\\)\]\(http", text)
        assert r"\<script>" in text


def test_a_line_that_somebody_typed_begins_no_heading_and_steers_no_terminal() -> None:
    said = {"called": "Sam\n# Not a heading\x1b[2J\u202e", "strengths": ["One\n\n## Two"]}
    for text in (to_markdown(shipped(), plan(**said)), to_html(shipped(), plan(**said))):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not [line for line in text.splitlines() if line.startswith(("# Not", "## Two"))]


def test_a_bar_that_somebody_typed_adds_no_column() -> None:
    goal = {"goal": "Walk on three days", "by": "2026-12-01", "steps": ["tea | milk"]}
    text = to_markdown(shipped(), plan(goals=[goal]))
    assert not [line for line in text.splitlines() if line.startswith("| ") and len(re.split(r"(?<!\\)\|", line)) != 5]
