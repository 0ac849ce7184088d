"""What is loaded tells nobody what was answered: the same files for everybody, the later ones in one order."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Browser

from tests.guide.conftest import PHONE
from tests.guide.walking import Visit, boxes
from tests.support import complete, shipped, vignettes

OWN = "sw.js"
"""The worker's own file: the browser asks for it now and then by itself."""


def truth(vignette: str) -> dict[str, str]:
    return complete(shipped(), next(one for one in vignettes() if one["id"] == vignette)["answers"])


def asked_for(browser: Browser, asked: tuple[str, list[str]], person: Mapping[str, str] | None) -> list[str]:
    """What a first visit asks for: the first view sorted, for its files come several at a time; then the rest."""
    before = len(asked[1])
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        if person is not None:
            visit.begin()
            for _ in range(6):
                visit.page.wait_for_selector("#title")
                if visit.shows("help.go_on"):
                    visit.press("help.go_on")
                elif boxes(visit.page) or visit.shows("talk.safe_yes"):
                    visit.answer_page(person)
        visit.wait_until_kept()
    paths = [path for path in asked[1][before:] if not path.endswith(OWN)]
    later = [path for path in paths if "/read/" in path]
    return [*sorted(path for path in paths if "/read/" not in path), *later]


def test_who_answers_what_changes_neither_what_is_loaded_nor_its_order(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    nobody = asked_for(browser, asked, None)
    assert sum("/read/" in path for path in nobody) > 50
    for person in ("low-mood-and-drinking", "suicide-intent-cannot-stay-safe"):
        assert asked_for(browser, asked, truth(person)) == nobody, person


def test_answering_asks_the_host_for_nothing_even_where_no_worker_keeps_the_guide(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US", service_workers="block") as visit:
        visit.page.wait_for_load_state("networkidle")
        before = len(asked[1])
        visit.begin("loved_one", concerns=("drinking", "low_mood"))
        visit.answer_all(truth("low-mood-and-drinking"))
        assert asked[1][before:] == []
