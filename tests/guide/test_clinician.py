"""The door for clinicians: what was kept is opened in the page, its basis shown, and nothing of it stays or leaves."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import trellis
from tests.guide.conftest import PHONE
from tests.guide.keeping import PASSPHRASE, payload, seal
from tests.guide.walking import AXE, RULES, Visit, said
from tests.support import message, shipped
from trellis.guide.basis_data import WORDS, basis_of
from trellis.guide.keep import code_of

STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


def opened(visit: Visit, text: str, passphrase: str = PASSPHRASE) -> Page:
    """Through the door on the front page, with a code or the text of a file."""
    page = visit.page
    page.get_by_role("button", name=said("door.start", visit.lang)).click()
    page.locator('textarea[name="code"]').fill(text)
    page.locator('input[name="passphrase"]').fill(passphrase)
    page.get_by_role("button", name=said("door.do", visit.lang), exact=True).click()
    return page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_basis_is_that_of_python_in_the_language_of_who_reads(
    browser: Browser, asked: tuple[str, list[str]], lang: str
) -> None:
    kb, today = shipped(), date.today()
    # Of today, so that no answer ages before this test does.
    answers = payload()["answers"] | {"environment.violence": "none"}
    kept = payload(date=today.isoformat(), answers=answers)
    rec = trellis.decide(kb, answers, as_of=today)
    basis = basis_of(kb, lang)
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US") as visit:
        page = opened(visit, seal(kept, PASSPHRASE))
        expect(page.get_by_role("heading", name=said("door.ranges", lang))).to_be_visible(timeout=20_000)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        shown = page.locator("#main").inner_text()
        assert page.locator("section.need h3").all_inner_texts() == [need.id for need in rec.active]
        for need in rec.active:
            assert basis["needs"][need.id]["because"] in shown, need.id
            assert all(line in shown for line in kb.cite(need.sources)), need.id
        rows = page.locator("ul.ranges li").all_inner_texts()
        least, most = dict(rec.least.now.requirement), dict(rec.most.now.requirement)
        for row, axis in zip(rows, kb.axes.values(), strict=True):
            steps = {step.id: step.name.in_language(lang) for step in axis.steps}
            low = steps[least.get(axis.id, axis.steps[0].id)]
            high = steps[most.get(axis.id, axis.steps[0].id)]
            assert low in row, row
            assert high in row, row
        assert kept["own"][0] in shown
        assert kb.facts["harm.suicide_thoughts"].question.person.in_language(lang) in shown


def test_nothing_of_it_is_sent_kept_printed_or_mixed_with_own_answers(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        requests: list[tuple[str, str | None]] = []
        visit.page.on("request", lambda one: requests.append((one.method, one.post_data)))
        page = opened(visit, code_of(seal(payload(), PASSPHRASE)))
        expect(page.locator("section.need").first).to_be_visible(timeout=20_000)
        assert {method for method, _ in requests} <= {"GET"}
        assert not any(body for _, body in requests)
        assert "miedo" not in page.evaluate(STORED)
        assert page.locator(".page").count() == 0, "nothing of it is on the page that prints"
        page.get_by_role("button", name=said("door.close", "en"), exact=True).click()
        expect(page.locator('input[name="passphrase"]')).to_have_value("")
        assert page.locator("section.need").count() == 0


def test_axe_finds_nothing_on_the_door_nor_on_what_it_opens(browser: Browser, asked: tuple[str, list[str]]) -> None:
    script = AXE.read_text(encoding="utf-8")
    run = f"axe.run(document, {{runOnly: {list(RULES)}}}).then(({{violations}}) => violations.map((one) => one.id))"
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        page = visit.page
        page.get_by_role("button", name=said("door.start", "en")).click()
        page.evaluate(script)
        assert page.evaluate(run) == []
        page.go_back()
        opened(visit, seal(payload(), PASSPHRASE))
        expect(page.locator("section.need").first).to_be_visible(timeout=20_000)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert page.evaluate(run) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_does_not_open_says_why(browser: Browser, asked: tuple[str, list[str]]) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        page = opened(visit, seal(payload(), PASSPHRASE), "another five small words")
        words = re.split(r"\{\w+\}", said("keep.problem.passphrase", "en"))[0]
        expect(page.locator("#main").get_by_role("status")).to_contain_text(words, timeout=20_000)


def test_a_file_opens_as_a_code_does(browser: Browser, asked: tuple[str, list[str]], tmp_path: Path) -> None:
    file = tmp_path / "notes-2026-11-20.json"
    file.write_text(seal(payload(), PASSPHRASE), encoding="utf-8")
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        page = visit.page
        page.get_by_role("button", name=said("door.start", "en")).click()
        page.locator('input[type="file"]').set_input_files(file)
        page.locator('input[name="passphrase"]').fill(PASSPHRASE)
        page.get_by_role("button", name=said("door.do", "en"), exact=True).click()
        expect(page.locator("section.need").first).to_be_visible(timeout=20_000)


def test_a_file_of_the_short_way_opens_too(browser: Browser, asked: tuple[str, list[str]]) -> None:
    kept = payload() | {"concerns": ["drinking"], "short": True}
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        page = opened(visit, seal(kept, PASSPHRASE))
        expect(page.locator("section.need").first).to_be_visible(timeout=20_000)
        assert message("kept.short", "en") in visit.words()


def test_every_word_that_the_page_says_of_the_basis_is_there() -> None:
    script = Path("src/trellis/guide/assets/js/ui/clinician.js").read_text(encoding="utf-8")
    wanted = set(re.findall(rf'"((?:{"|".join(WORDS)})\.\w+)"', script))
    assert wanted
    assert not wanted - {f"{topic}.{key}" for topic, keys in WORDS.items() for key in keys}


def test_every_word_of_the_basis_is_said_by_the_page() -> None:
    script = Path("src/trellis/guide/assets/js/ui/clinician.js").read_text(encoding="utf-8")
    unsaid = [f"{topic}.{key}" for topic, keys in WORDS.items() for key in keys if f'"{topic}.{key}"' not in script]
    assert not unsaid
