"""Places near, in a browser: a frightened parent finds three, also on paper, and nobody learns that they looked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from tests.directory.invented import invented
from tests.directory.support import EXAMPLE, directory, taken
from tests.guide.conftest import PHONE
from tests.guide.measuring import cut_off
from tests.guide.test_access import of_the_screen
from tests.guide.test_reflow import NARROW
from tests.guide.walking import Visit, said, served
from tests.support import AS_OF, complete, message, shipped
from trellis.cli import app
from trellis.directory import ListSource
from trellis.guide import places_data
from trellis.guide.build import FIRST_VIEW_MOST, Built, build_guide
from trellis.guide.site import read_site
from trellis.say import Say

KB = shipped()
TEEN = {
    "focus": "both",
    "age": "adolescent",
    "pregnancy": "no",
    "mental.depression": "severe",
    "use.alcohol": "moderate",
}
CONTEXT = {name: TEEN[name] for name in ("focus", "age", "pregnancy")}
ZIP = "22902"
MIDDLES = {f"{22000 + number:05}": (36.5 + number * 0.003, -80.0 + number % 30 * 0.05) for number in range(1000)}
"""Invented middles of ZIP codes; those of the examples lie near one another."""


def truth() -> dict[str, str]:
    return complete(KB, TEEN, CONTEXT)


@pytest.fixture(scope="module")
def zip_codes() -> Iterator[None]:
    """Where ZIP codes lie, invented: the package that knows is an extra."""
    module = ModuleType("zip2info")
    module.coordinates = MIDDLES.get  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "zip2info", module)
        yield


def guide(folder: Path, *, own: bool) -> Built:
    """A guide with a directory: the example's places as the site's own, and invented ones of another list."""
    site, _ = read_site(None, KB, AS_OF)
    with directory(folder) as opened:
        if own:
            taken(opened, EXAMPLE)
        with opened.writing():
            opened.remember_source(ListSource("invented", "Invented", "csv", False, "2026-11-30"))
            opened.write_said(invented(KB, 60))
            opened.index_all()
        return build_guide(KB, site, folder / "guide", as_of=AS_OF, places=opened)


@pytest.fixture(scope="module")
def small(zip_codes: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder = tmp_path_factory.mktemp("small")
    return folder / "guide", guide(folder, own=True)


@pytest.fixture(scope="module")
def large(zip_codes: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The same where the list counts as too large for one file."""
    folder = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places_data, "WHOLE_MOST", 100)
        patch.setattr(places_data, "LEAST_PLACES", 1)
        return folder / "guide", guide(folder, own=True)


@contextmanager
def visiting(browser: Browser, folder: Path, lang: str = "en") -> Iterator[tuple[Visit, list[str]]]:
    with served(folder) as (address, paths), Visit.of(browser, address, viewport=PHONE, locale=f"{lang}-US") as visit:
        yield visit, paths


def answered(visit: Visit, whom: str = "loved_one") -> None:
    visit.begin(whom)
    visit.answer_all(truth())


def look_from(visit: Visit, zip_code: str) -> None:
    visit.page.locator("#places-zip").fill(zip_code)
    visit.press("places.look")


# --- files


def test_a_guide_without_a_directory_has_nothing_of_places(built: tuple[Path, Built]) -> None:
    assert [name for name in built[1].files if name.startswith(("places/", "js/places/"))] == []


def test_the_first_view_stays_light_and_the_list_comes_behind_it(small: tuple[Path, Built]) -> None:
    folder, built = small
    assert built.first_view < FIRST_VIEW_MOST
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "js/places/" not in page


def test_a_small_list_is_one_file_that_the_worker_keeps_for_everybody(small: tuple[Path, Built]) -> None:
    folder, _ = small
    worker = (folder / "sw.js").read_text(encoding="utf-8")
    assert '"places/list.json"' in worker
    assert not (folder / "places" / "areas").exists()


def test_a_large_list_is_cut_into_areas_that_nobody_loads_ahead(large: tuple[Path, Built]) -> None:
    folder, _ = large
    areas = sorted((folder / "places" / "areas").iterdir())
    assert len(areas) > 1
    worker = (folder / "sw.js").read_text(encoding="utf-8")
    assert "places/areas/0" not in worker
    for area in areas:
        assert len(json.loads(area.read_text(encoding="utf-8"))["zips"]["zip"]) >= places_data.LEAST_ZIPS


def test_what_the_site_says_itself_is_in_the_file_that_everybody_loads(large: tuple[Path, Built]) -> None:
    folder, _ = large
    index = json.loads((folder / "places" / "list.json").read_text(encoding="utf-8"))
    names = [one["t"]["name"] for one in index["places"]]
    assert "Example Creek Recovery" in names
    assert all(one["own"] for one in index["places"])


def test_no_file_of_places_names_a_need(small: tuple[Path, Built], large: tuple[Path, Built]) -> None:
    for folder, _ in (small, large):
        for file in (folder / "places").rglob("*.json"):
            text = file.read_text(encoding="utf-8")
            assert [need for need in KB.needs if f'"{need}"' in text] == []


def test_a_site_names_its_directory_beside_its_settings(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("places: places.sqlite\n", encoding="utf-8")
    site, _ = read_site(tmp_path / "site.yaml", KB, AS_OF)
    assert site.places == str(tmp_path / "places.sqlite")
    assert read_site(None, KB, AS_OF)[0].places == ""


def test_a_directory_that_is_not_there_is_told_with_what_makes_one(tmp_path: Path) -> None:
    arguments = ["guide", "build", str(tmp_path / "out"), "--places", str(tmp_path / "none.sqlite")]
    ran = CliRunner().invoke(app, arguments)
    assert ran.exit_code != 0
    assert "trellis directory import" in ran.output
    assert not (tmp_path / "out").exists()


# --- the frightened parent


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_frightened_parent_finds_three_places_and_nothing_is_asked_of_anybody(
    browser: Browser, small: tuple[Path, Built], lang: str
) -> None:
    with visiting(browser, small[0], lang) as (visit, paths):
        visit.wait_until_kept()
        before = len(paths)
        answered(visit)
        visit.press("places.to")
        look_from(visit, ZIP)
        cards = visit.page.locator("main .cards > .card")
        expect(cards.first).to_be_visible()
        first = cards.first
        expect(first.locator("a[href^='tel:']")).to_be_visible()
        first.locator("summary").first.click()
        assert first.locator("details[open] ol li").count() >= 2
        assert visit.page.locator("main h2", has_text=said("places.own", lang)).count() == 1
        visit.press("next.print" if visit.shows("next.print") else "part.keep")
        visit.page.emulate_media(media="print")
        paper = visit.page.locator("#paper .page-places")
        expect(paper).to_be_visible()
        assert paper.locator("h3").count() == 3
        assert "434-555-" in paper.inner_text()
        assert Say(lang)("directory.meets", things="@").split("@")[0] in paper.inner_text(), "why it stands there"
        assert message("directory.own_list", lang) in paper.inner_text(), "who says so"
        assert [path for path in paths[before:] if "/read/" not in path] == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_on_paper_in_two_languages_both_tell_of_the_same_places_line_by_line(
    browser: Browser, small: tuple[Path, Built], lang: str
) -> None:
    with visiting(browser, small[0], lang) as (visit, _):
        answered(visit)
        visit.part("keep")
        box = visit.page.get_by_label(said("keeping.two_languages", lang))
        expect(box).to_be_enabled()
        box.check()
        paper = visit.page.locator("#paper .page-places")
        expect(paper.locator(".twin").first).to_be_attached()
        assert paper.locator("h3").count() == 3
        twins = paper.locator(".twin").evaluate_all(
            "all => all.map((one) => [...one.children].map((part) => part.textContent))"
        )
        assert [pair for pair in twins if not all(pair)] == []
        cost = [message("directory.ask_cost", one) for one in (lang, "es" if lang == "en" else "en")]
        assert [pair for pair in twins if pair[0] == cost[0]] == [cost] * 3


def test_who_looks_for_a_place_for_veterans_is_shown_first_who_says_so(
    browser: Browser, small: tuple[Path, Built]
) -> None:
    with visiting(browser, small[0]) as (visit, paths):
        visit.wait_until_kept()
        answered(visit)
        visit.part("places")
        before = len(paths)
        visit.page.locator("select[name='takes']").select_option("veterans")
        asked = json.loads((small[0] / "places" / "words.en.json").read_text(encoding="utf-8"))["features"]["veterans"]
        visit.page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert asked["name"] in visit.words() or asked["ask"] in visit.words()
        assert paths[before:] == []


def test_what_a_place_lacks_is_said_with_the_reason_in_the_parents_words(
    browser: Browser, small: tuple[Path, Built]
) -> None:
    with visiting(browser, small[0]) as (visit, _):
        answered(visit)
        visit.part("places")
        visit.press("places.more")
        assert "Why this is asked: " in visit.words() or "It says that it does not take" in visit.words()


def test_a_zip_code_that_is_none_is_said_where_it_was_typed(browser: Browser, small: tuple[Path, Built]) -> None:
    with visiting(browser, small[0]) as (visit, _):
        answered(visit)
        visit.part("places")
        look_from(visit, "abc")
        expect(visit.page.locator("#places-said")).to_have_text(said("places.zip_wrong", "en"))
        expect(visit.page.locator("#places-zip")).to_be_focused()
        look_from(visit, "99999")
        expect(visit.page.locator("#places-said")).to_have_text(said("places.zip_far", "en"))


def test_an_area_is_loaded_only_after_yes_and_the_request_names_nothing_of_the_person(
    browser: Browser, large: tuple[Path, Built]
) -> None:
    with visiting(browser, large[0]) as (visit, paths):
        visit.wait_until_kept()
        answered(visit)
        visit.part("places")
        before = len(paths)
        look_from(visit, ZIP)
        expect(visit.page.locator("#places-area")).to_be_visible()
        assert paths[before:] == []
        visit.press("places.area_no")
        assert paths[before:] == []
        look_from(visit, ZIP)
        visit.press("places.area_yes")
        expect(visit.page.locator("main h2", has_text=said("places.others", "en"))).to_be_visible()
        assert len(paths[before:]) == 1
        assert paths[before].startswith("/places/areas/")
        assert ZIP not in paths[before]


def test_without_a_connection_an_area_is_said_not_to_load_and_what_the_site_says_itself_is_there(
    browser: Browser, large: tuple[Path, Built]
) -> None:
    with visiting(browser, large[0]) as (visit, _):
        visit.wait_until_kept()
        answered(visit)
        visit.part("places")
        visit.page.context.set_offline(True)
        look_from(visit, ZIP)
        visit.press("places.area_yes")
        expect(visit.page.locator("#places-area ~ [role='alert']")).to_have_text(said("places.failed", "en"))
        expect(visit.page.locator("main .cards > .card").first).to_be_visible()
        visit.complaints.clear()  # that the browser could not load it is what is tested
        visit.page.context.set_offline(False)
        visit.press("places.area_yes")
        others = visit.page.locator("main h2", has_text=said("places.others", "en"))
        expect(others).to_be_visible()
        visit.page.context.set_offline(True)
        look_from(visit, "22903")
        expect(visit.page.locator("#places-area")).to_have_count(0)
        expect(others).to_be_visible()


def test_an_area_stays_for_a_time_without_a_connection_and_is_gone_with_the_answers(
    browser: Browser, large: tuple[Path, Built]
) -> None:
    kept = """async () => {
      const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return all.flat().filter(({url}) => url.includes("/places/areas/")).length;
    }"""
    with visiting(browser, large[0]) as (visit, _):
        visit.wait_until_kept()
        answered(visit)
        visit.part("places")
        look_from(visit, ZIP)
        visit.press("places.area_yes")
        expect(visit.page.locator("main h2", has_text=said("places.others", "en"))).to_be_visible()
        assert visit.page.evaluate(kept) == 1
        visit.part("keep")
        visit.page.locator("details.clearing summary").click()
        visit.press("keeping.clear_do")
        visit.page.wait_for_function(f"async () => (await ({kept})()) === 0")


# --- seen, heard, reached by keys, narrow


@pytest.mark.parametrize("lang", ["en", "es"])
def test_places_can_be_seen_heard_hit_and_reached(browser: Browser, small: tuple[Path, Built], lang: str) -> None:
    with visiting(browser, small[0], lang) as (visit, _):
        answered(visit)
        visit.part("places")
        expect(visit.page.locator("main .cards > .card").first).to_be_visible()
        assert of_the_screen(visit, "places") == []
        look_from(visit, ZIP)
        visit.page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert of_the_screen(visit, "questions, looked from a ZIP code") == []
        visit.page.set_viewport_size({"width": NARROW, "height": PHONE["height"]})
        assert cut_off(visit.page) == []


def test_the_question_before_an_area_can_be_answered_by_keys(browser: Browser, large: tuple[Path, Built]) -> None:
    with visiting(browser, large[0]) as (visit, _):
        answered(visit)
        visit.part("places")
        visit.page.locator("#places-zip").focus()
        visit.page.keyboard.type(ZIP)
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("#places-area")).to_be_visible()
        assert of_the_screen(visit, "questions before an area") == []
        reached = press_until(visit, said("places.area_yes", "en"))
        assert reached
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("main h2", has_text=said("places.others", "en"))).to_be_visible()


def press_until(visit: Visit, words: str, most: int = 60) -> bool:
    """Go on by the Tab key until a button with these words has the focus."""
    there: Callable[[], str] = lambda: str(visit.page.evaluate("() => document.activeElement.textContent.trim()"))  # noqa: E731
    for _ in range(most):
        if there() == words:
            return True
        visit.page.keyboard.press("Tab")
    return False
