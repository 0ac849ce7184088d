"""A site's own colours, pages and name: the invented hospital and county are built, read and looked at."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.guide.conftest import PHONE
from tests.guide.hearing import ambiguous, badly_built, heard, unnamed, wrongly_spoken
from tests.guide.measuring import badly_focused, contrasts, small_targets
from tests.guide.test_build import wrong_in
from tests.guide.test_reflow import lost
from tests.guide.walking import Visit, said
from tests.support import AS_OF, shipped
from trellis.guide.build import FIRST_VIEW_MOST, build_guide, bundle
from trellis.guide.colours import SHOWN, colours_of, contrast, shipped_colours
from trellis.guide.serve import server
from trellis.guide.site import read_site
from trellis.guide.site_file import SiteError
from trellis.kinds.text import LANGUAGES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "sites").iterdir())
SCHEMES = ("light", "dark")
PAGE = "pages:\n  - id: us\n    title: {en: Us, es: Nosotros}\n    files: {en: us.en.md, es: us.es.md}\n"


def refused(folder: Path, text: str, **files: str | bytes) -> str:
    """What is said about a site's file and its pages; the name of the folder left out."""
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SiteError) as caught:
        read_site(folder / "site.yaml", shipped(), AS_OF)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda folder: folder.name)
def offered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the guide of an example, and where its settings are."""
    out = tmp_path_factory.mktemp(request.param.name) / "guide"
    site, warnings = read_site(request.param / "site.yaml", shipped(), AS_OF)
    assert warnings == []
    built = build_guide(shipped(), site, out, as_of=AS_OF)
    assert built.first_view < FIRST_VIEW_MOST
    served = server(out, port=0)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served.address, request.param
    served.shutdown()
    served.server_close()
    thread.join()


GONE = """() => {
  const light = (code) => {
    const parts = code.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style.color = "Canvas";
  const ground = light(getComputedStyle(probe).color);
  probe.remove();
  return [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words || style.forcedColorAdjust === "none" || !one.checkVisibility()) return false;
    const own = light(style.color);
    return Math.max(own, ground) / Math.min(own, ground) < 4.5;
  }).map((one) => one.outerHTML.slice(0, 80));
}"""
"""Words that could not be told from what lies behind them: in forced colours that is the reader's own ground."""


def gone(page: Page) -> list[str]:
    """Words that are lost in the reader's own colours."""
    return list(page.evaluate(GONE))


# --- colours


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_that_ship_pass_what_those_of_a_site_are_held_to(scheme: str) -> None:
    colours = shipped_colours()[scheme]
    low = {(one, other): contrast(colours[one], colours[other]) for one, other, least, _ in SHOWN
           if contrast(colours[one], colours[other]) < least}  # fmt: skip
    assert not low
    assert {name for one, other, _, _ in SHOWN for name in (one, other)} == set(colours)


@pytest.mark.parametrize(
    ("colours", "says"),
    [
        ("light: {accent: '#7fb0d0'}", "[accent] on [paper]: links and the edges of buttons, #7fb0d0 on #faf7f2, have"),
        ("light: {accent: '#7fb0d0'}", "have a contrast of 2.17:1 where 4.5:1 is needed. Take #356d91 for [accent]"),
        ("dark: {accent_ink: '#ffffff'}", "site.yaml:1: [accent_ink] on [accent]: the words on buttons, #ffffff on"),
        ("light: {warm: '#2f5d50'}", "or a lighter one."),
        ("light: {focus: '#f0e0d0'}", "the ring of the focus, #f0e0d0 on #faf7f2, has a contrast of"),
        ("light: {paper: '#808080'}", "[danger] on [paper]"),
        ("light: {accent: 2f5d50}", "[colours.light.accent] is [2f5d50], which is no colour. Write it in quotes"),
        ("light: {accent: }", "[colours.light.accent] is empty. Write it in quotes, as '#2f5d50'"),
        ("light: {acent: '#2f5d50'}", "[acent] means nothing here. Did you mean accent?"),
        ("bright: {accent: '#2f5d50'}", "[bright] means nothing here."),
        ("light: {danger: '#2f5d50'}", "[danger] means nothing here."),
    ],
)
def test_a_pair_that_could_not_be_read_is_refused_with_its_contrast_and_how_to_mend_it(
    tmp_path: Path, colours: str, says: str
) -> None:
    assert says in refused(tmp_path, f"colours: {{{colours}}}\n")


def test_the_shade_that_is_offered_is_taken_and_a_shade_next_to_it_is_not_far(tmp_path: Path) -> None:
    told = refused(tmp_path, "colours: {light: {accent: '#7fb0d0'}}")
    offered = re.findall(r"Take (#\w{6}) for \[accent\]", told)
    assert offered
    assert len(set(offered)) == 1, "one shade does in all its pairs"
    (tmp_path / "site.yaml").write_text(f"colours: {{light: {{accent: '{offered[0]}'}}}}\n", encoding="utf-8")
    site, _ = read_site(tmp_path / "site.yaml", shipped(), AS_OF)
    assert colours_of(site.colours, "light")["accent"] == offered[0]
    assert colours_of(site.colours, "dark") == dict(shipped_colours()["dark"])


def test_three_digits_are_a_colour_and_the_file_of_the_phone_s_icon_takes_it_too(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("colours: {light: {accent: '#036', paper: '#FFF'}}\n", encoding="utf-8")
    made = bundle(shipped(), read_site(tmp_path / "site.yaml", shipped(), AS_OF)[0], as_of=AS_OF)
    assert b'"background_color":"#ffffff","theme_color":"#003366"' in made["manifest.webmanifest"]
    assert b'<meta name="theme-color" content="#003366">' in made["index.html"]
    assert b"{ :root:root { --accent: #003366; --paper: #ffffff; } }" in made["css/guide.css"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_of_a_site_are_those_on_the_page(browser: Browser, offered: tuple[str, Path], scheme: str) -> None:
    address, folder = offered
    site, _ = read_site(folder / "site.yaml", shipped(), AS_OF)
    with Visit.of(browser, address, viewport=PHONE, locale="en-US", color_scheme=scheme) as visit:
        pairs = [(f"--{a.replace('_', '-')}", f"--{b.replace('_', '-')}") for a, b, _, _ in SHOWN]
        found = contrasts(visit.page, pairs)
        wanted = colours_of(site.colours, scheme)
        for (a, b, least, what), pair in zip(SHOWN, pairs, strict=True):
            assert found[pair] >= least, what
            assert found[pair] == pytest.approx(contrast(wanted[a], wanted[b])), what
        assert visit.problems_of_access() == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_where_readers_have_colours_of_their_own_none_of_a_site_s_is_left(
    browser: Browser, offered: tuple[str, Path], scheme: str
) -> None:
    address, folder = offered
    site, _ = read_site(folder / "site.yaml", shipped(), AS_OF)
    ours = {code for code in colours_of(site.colours, scheme).values() if code not in ("#000000", "#ffffff")}
    rgb = {f"rgb({int(code[1:3], 16)}, {int(code[3:5], 16)}, {int(code[5:], 16)})" for code in ours}
    script = """() => [...document.querySelectorAll('body *')].flatMap((one) => {
      const style = getComputedStyle(one);
      return ['color', 'backgroundColor', 'borderTopColor', 'outlineColor', 'fill', 'stroke'].map((it) => style[it]);
    })"""
    options = {"viewport": PHONE, "locale": "en-US", "color_scheme": scheme}
    with Visit.of(browser, address, forced_colors="active", **options) as visit:
        assert rgb.isdisjoint(visit.page.evaluate(script))
        assert gone(visit.page) == []
        visit.begin()
        visit.page.locator('input[name="harm.danger_now"][value="yes"]').check()
        assert gone(visit.page) == []
        visit.page.goto(f"{address}en/read/approaches/acamprosate.html")
        assert visit.page.locator("svg.people .bad").count() > 0
        assert gone(visit.page) == []
        assert rgb.isdisjoint(visit.page.evaluate(script)), "a picture keeps a colour of ours"
    with Visit.of(browser, address, **options) as visit:
        assert not rgb.isdisjoint(visit.page.evaluate(script)), "the measure finds no colour at all"


# --- pages


def test_a_page_that_is_missing_in_spanish_is_an_error(tmp_path: Path) -> None:
    told = refused(tmp_path, PAGE, us__en__md="Hello")
    assert "site.yaml:4: [us.es.md] is not there. Write it; each page is there in both languages." in told
    assert "site.yaml:4: has no [pages.files.es]. Add it." in refused(tmp_path, PAGE.replace(", es: us.es.md", ""))
    assert "site.yaml:3: has no [pages.title.es]. Add it." in refused(tmp_path, PAGE.replace(", es: Nosotros", ""))
    assert "[us.es.md] is empty." in refused(tmp_path, PAGE, us__en__md="Hello", us__es__md="\n")
    same = refused(tmp_path, PAGE, us__en__md="Hello", us__es__md="Hello\n")
    assert "[us] has the same text in both languages." in same


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("a\n\n<script>alert(1)</script>", "us.en.md:3: holds HTML, which is not shown. Write Markdown"),
        ("a <b>b</b>", "us.en.md:1: holds HTML"),
        ("<!-- a -->", "holds HTML"),
        ("a\nb ![us](https://a.example/us.png)", "us.en.md:2: holds a picture, which is not shown."),
        ("`a`", "holds code"),
        ("[a](http://a.example)", "us.en.md:1: leads to [http://a.example]. A link begins with https://, tel:, sms:."),
        ("[a](../../secret.html)", "leads to [../../secret.html]."),
        ("[](https://a.example)", "has a link to [https://a.example] without words."),
        ("[call us](tel:555-0100)", "[call us] does not show the number it reaches: [tel:555-0100]."),
    ],
)
def test_what_would_load_run_or_mislead_is_refused_with_its_line(tmp_path: Path, words: str, says: str) -> None:
    assert says in refused(tmp_path, PAGE, us__en__md=words, us__es__md="Hola")


def test_what_the_parser_takes_for_no_link_stands_there_as_words(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(PAGE, encoding="utf-8")
    (tmp_path / "us.en.md").write_text("[a](javascript:alert(1)) & \\<b>", encoding="utf-8")
    (tmp_path / "us.es.md").write_text("Hola", encoding="utf-8")
    page = bundle(shipped(), read_site(tmp_path / "site.yaml", shipped(), AS_OF)[0], as_of=AS_OF)
    shown = page["en/read/site/us.html"].decode()
    assert "<p>[a](javascript:alert(1)) &amp; &lt;b&gt;</p>" in shown
    assert 'href="javascript' not in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PAGE.replace("us.en.md", "/etc/passwd.md"), "[/etc/passwd.md] lies elsewhere. Put it beside the site's file"),
        (PAGE.replace("us.en.md", "../us.md"), "[../us.md] lies elsewhere."),
        (PAGE.replace("us.en.md", "us.html"), "[us.html] is neither Markdown nor plain text. Its name ends in .md or"),
        (PAGE.replace("id: us", "id: ../us"), "[pages.id] is [../us], which is no name of a page."),
        (PAGE + PAGE.partition("\n")[2], "[us] stands here twice. Keep one."),
        (PAGE.replace("id: us", "id: us\n    body: x"), "[body] means nothing here. It may hold id, title, files."),
    ],
)
def test_a_page_that_cannot_be_one_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text, us__en__md="Hello", us__es__md="Hola")


def test_a_file_of_a_page_in_another_encoding_is_told(tmp_path: Path) -> None:
    assert "[us.es.md] is not text in UTF-8." in refused(
        tmp_path, PAGE, us__en__md="Hi", us__es__md="Está".encode("latin-1")
    )


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_the_pages_of_an_example_are_there_in_both_languages_say_that_they_are_invented_and_are_kept(
    folder: Path,
) -> None:
    site, _ = read_site(folder / "site.yaml", shipped(), AS_OF)
    files = bundle(shipped(), site, as_of=AS_OF)
    assert site.pages
    for lang in LANGUAGES:
        assert site.name.in_language(lang).endswith(("(invented)", "(inventado)"))
        assert "invent" in site.funding.in_language(lang)
        for page in site.pages:
            name = f"{lang}/read/site/{page.id}.html"
            shown = files[name].decode()
            assert wrong_in(shown) == []
            assert "invent" in page.words[lang]
            assert f"<h1>{page.title[lang]}</h1>" in shown
            assert name in files["sw.js"].decode(), "it is not kept for a time without a connection"
            assert f'href="site/{page.id}.html"' in files[f"{lang}/read/index.html"].decode()
            levels = [int(level) for level in re.findall(r"<h(\d)", shown)]
            assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_plain_text_keeps_its_paragraphs_and_lines_and_nothing_in_it_is_markup(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(PAGE.replace(".md", ".txt"), encoding="utf-8")
    (tmp_path / "us.en.txt").write_text("One <b>\ntwo **3**\n\nfour", encoding="utf-8")
    (tmp_path / "us.es.txt").write_text("Uno", encoding="utf-8")
    made = bundle(shipped(), read_site(tmp_path / "site.yaml", shipped(), AS_OF)[0], as_of=AS_OF)
    assert "<p>One &lt;b&gt;<br>two **3**</p><p>four</p>" in made["en/read/site/us.html"].decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_screen_says_who_offers_it_and_leads_to_the_site_s_pages_and_telephones(
    browser: Browser, offered: tuple[str, Path], lang: str
) -> None:
    address, folder = offered
    site, _ = read_site(folder / "site.yaml", shipped(), AS_OF)
    with Visit.of(browser, address, viewport=PHONE, locale=f"{lang}-US") as visit:
        page = visit.page
        words = visit.words()
        assert said("start.made", lang) in words
        assert said("start.offered", lang, site=site.name.in_language(lang)) in words
        for phone in site.phones:
            expect(page.locator(f'main a[href="tel:{phone.tel}"]')).to_be_visible()
        nodes = heard(page)
        assert [*unnamed(nodes), *ambiguous(nodes, set()), *wrongly_spoken(page, lang), *small_targets(page)] == []
        assert lost(page) == []
        page.get_by_role("link", name=site.pages[0].title[lang], exact=True).click()
        expect(page.locator(".sheet .reading h1")).to_have_text(site.pages[0].title[lang])
        page.goto(f"{address}{lang}/read/site/{site.pages[0].id}.html")
        nodes = heard(page)
        found = [*visit.problems_of_access(), *unnamed(nodes), *badly_built(nodes, {"main": 1}), *small_targets(page)]
        assert [*found, *badly_focused(page), *lost(page)] == []


def test_where_nobody_gave_a_name_nobody_is_said_to_offer_it(visit: Visit) -> None:
    assert said("start.made", "en") in visit.words()
    assert "offers it" not in visit.words()
    assert visit.page.locator("main .start h2").count() == len(("whom", "happening"))


def test_everything_has_one_left_edge_at_every_width(visit: Visit) -> None:
    page = visit.page
    script = """() => ['.crisis a', 'h1', '.lead', '.note', '.start-main button', 'footer p'].map(
      (one) => Math.round(document.querySelector(one).getBoundingClientRect().left))"""
    for width in (320, 390, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert len(set(page.evaluate(script))) == 1, (width, page.evaluate(script))
