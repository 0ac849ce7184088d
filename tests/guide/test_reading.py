"""The pages to read: complete, linked, sourced, safe, and easy to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.guide.reading_support import files, inside, pages, parsed, the_site
from tests.guide.verdict import verdicts
from tests.support import AS_OF, shipped
from trellis.evidence import statement
from trellis.guide.ipdas import items
from trellis.guide.readability import LOWEST_SCORE, fernandez_huerta
from trellis.guide.reading import reading_pages
from trellis.guide.reading_conditions import conditions
from trellis.guide.reading_links import Linker, Names, PageName
from trellis.guide.site_file import Both, Phone
from trellis.guide.terms import names_of, terms
from trellis.kinds.setting import BenefitOrDrawback
from trellis.kinds.sign_off import SignOff
from trellis.kinds.text import LANGUAGES, Claim, Frozen, Text
from trellis.library.reviewed import digest_of
from trellis.prove import reading
from trellis.say import Say, catalogue

LARGEST = 96_000
"""The page on CBT, with eighteen statements and their pictures, is the largest by far; the others are below half."""
SLOT = re.compile(r"\{\w+\}")
LETTERS = re.compile(r"[^\W\d_]")
ORDERS = re.compile(r"\b(you must|you have to|you should|never stop|debe|tiene que|usted necesita)\b", re.IGNORECASE)
TU = re.compile(r"\b(tú|tu|tus|ti|contigo|puedes|tienes|quieres|debes|haces|eres|estás)\b", re.IGNORECASE)


def each_page() -> list[str]:
    kb = shipped()
    found = [f"settings/{name}" for name in (*kb.settings, *kb.add_ons, *kb.responses)]
    found += [f"approaches/{name}" for name in kb.approaches]
    found += [f"instruments/{name}" for name in kb.instruments]
    found += [f"{kind}/{name}" for kind in ("moments", "choices") for name in kb.of(kind)]
    return [*found, "index", "terms/index", "about", "quality", "steps", "conditions", "talking"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_add_on_response_approach_and_instrument_has_a_page_and_there_is_no_other(lang: str) -> None:
    assert {name for name in pages() if name.startswith(f"{lang}/")} == {
        f"{lang}/read/{one}.html" for one in each_page()
    }


def test_every_page_is_well_formed() -> None:
    assert not {name: page.wrong for name, page in pages().items() if page.wrong}
    assert parsed("<p><ul><li>a</ul>").wrong  # the check itself can fail


def test_every_page_says_its_language_and_has_one_heading_of_the_first_rank_in_its_main() -> None:
    for name, page in pages().items():
        assert ("html", {"lang": name[:2]}) in page.tags, name
        headings = [tag for tag, _ in page.in_main if tag in ("h1", "h2", "h3")]
        assert headings[0] == "h1", name
        assert headings.count("h1") == 1, name
        assert not re.search("h1 h3", " ".join(headings)), name


def test_no_page_has_a_script_or_a_style_in_it_or_loads_anything_from_elsewhere() -> None:
    for name, page in pages().items():
        for tag, given in page.tags:
            assert tag not in ("script", "style", "iframe", "form"), name
            assert "style" not in given, name
            assert not [key for key in given if key.startswith("on")], name
            for key in ("src", "href", "xlink:href"):
                elsewhere = given.get(key, "").startswith(("http", "//"))
                assert not elsewhere or tag == "a", f"{name}: {given}"
        policy = next(given["content"] for tag, given in page.tags if given.get("http-equiv"))
        assert "default-src 'none'" in policy, name
        assert "script-src" not in policy, name


def test_help_stands_first_on_every_page() -> None:
    for name, page in pages().items():
        said = "".join(page.words)
        addresses = [given["href"] for given in page.links if not given["href"].startswith("#")]
        assert addresses[:3] == ["tel:911", "tel:988", "sms:988"], name
        assert said.index(Say(name[:2])("guide.crisis.danger")) < said.index("911"), name


def test_every_page_leads_to_the_start_and_to_itself_in_the_other_language_outside_of_its_main() -> None:
    for name, page in pages().items():
        sheet = [inside(name, given["href"]) for tag, given in page.in_main if tag == "a"]
        whole = [inside(name, given["href"]) for given in page.links]
        other = {"en": "es", "es": "en"}[name[:2]] + name[2:]
        for away in (("index.html", ""), (other, "")):
            assert away in whole, name
            # The app shows main above the answers; such a link in it would lose them.
            assert away not in sheet, name


def test_every_link_leads_to_a_file_of_the_guide_and_to_an_anchor_on_it() -> None:
    for name, page in pages().items():
        for tag, given in page.tags:
            found = inside(name, given.get("href", "")) if tag in ("a", "link") and given.get("href") else None
            if found is None:
                continue
            path, anchor = found
            assert path in files(), f"{name}: {given['href']}"
            assert not anchor or anchor in pages()[path].ids, f"{name}: {given['href']}"


def test_links_between_pages_open_in_the_sheet_and_others_beside_the_guide() -> None:
    for name, page in pages().items():
        for given in [given for tag, given in page.in_main if tag == "a"]:
            href = given["href"]
            if inside(name, href):
                assert "data-read" in given, f"{name}: {href}"
            elif href.startswith("http"):
                assert given.get("target") == "_blank", f"{name}: {href}"
                assert "noreferrer" in given["rel"], f"{name}: {href}"
            else:
                assert href.startswith(("tel:", "sms:")), f"{name}: {href}"


def test_ids_are_unique_on_every_page() -> None:
    for name, page in pages().items():
        assert len(page.ids) == len(set(page.ids)), name


def test_the_title_of_the_tab_is_neutral() -> None:
    for name, content in files().items():
        if "/read/" in name:
            title = re.search(r"<title>(.*)</title>", content.decode())
            assert title, name
            assert title.group(1) in ("Care guide", "Guía de atención"), name


def test_pages_are_small_and_leave_the_first_view_alone() -> None:
    sizes = sorted((len(content), name) for name, content in files().items() if "/read/" in name)
    assert sizes[-1][0] < LARGEST, sizes[-1]
    assert sizes[-3][0] < LARGEST / 2, sizes[-3]
    said = files()["data/talk.en.json"].decode()
    assert not [key for key in catalogue.texts("reading") if f'"{key}"' in said]


def claims_in(part: object) -> list[tuple[Text, str, tuple[str, ...]]]:
    """Every claim of an entry, however deep: its words, how it was verified, its sources."""
    if isinstance(part, Claim):
        return [(part, part.verified, tuple(ref.ref for ref in part.sources))]
    if isinstance(part, BenefitOrDrawback):
        return [(part.text, part.verified, tuple(ref.ref for ref in part.sources))]
    if isinstance(part, tuple):
        return [found for one in part for found in claims_in(one)]
    if isinstance(part, Frozen) and not isinstance(part, Text):
        return [found for name in type(part).model_fields for found in claims_in(getattr(part, name))]
    return []


def cited_pages() -> list[tuple[str, object]]:
    kb = shipped()
    found: list[tuple[str, object]] = [
        (f"settings/{one.id}", one) for one in (*kb.settings.values(), *kb.add_ons.values(), *kb.responses.values())
    ]
    found += [(f"approaches/{one.id}", one) for one in kb.approaches.values()]
    found += [(f"{kind}/{one.id}", one) for kind in ("moments", "choices") for one in kb.of(kind).values()]
    return [*found, ("conditions", tuple(claim for one in conditions() for claim in one.says))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_is_on_its_page_with_its_source_and_a_star_where_nobody_checked_it(lang: str) -> None:
    kb = shipped()
    for name, entry in cited_pages():
        text = pages()[f"{lang}/read/{name}.html"].text
        found = claims_in(entry)
        assert found, name
        for claim, verified, sources in found:
            words = re.sub(r"\s+", " ", claim.in_language(lang))
            assert words in text, f"{name}: {words}"
            assert verified != "memory" or f"{words}*" in text, f"{name}: {words}"
            for ref in sources:
                assert re.sub(r"\s+", " ", kb.sources[ref].cite()) in text, f"{name}: {ref}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_evidence_stands_on_its_page_with_every_source_of_it(lang: str) -> None:
    kb = shipped()
    for summary in kb.summaries.values():
        places = [f"settings/{name}" for name in (summary.setting, *summary.also) if name]
        for name in [*places, *([f"approaches/{summary.approach}"] if summary.approach else [])]:
            text = pages()[f"{lang}/read/{name}.html"].text
            assert re.sub(r"\s+", " ", summary.says.person.in_language(lang)) in text, f"{name}: {summary.id}"
            for source in statement(kb, summary).sources:
                assert re.sub(r"\s+", " ", source.cite()) in text, f"{name}: {source.id}"


def test_every_number_in_the_text_is_in_the_list_and_the_list_says_how_each_source_is_known() -> None:
    how = {lang: [Say(lang)(f"reading.read.{one}") for one in ("seen", "secondary", "memory")] for lang in LANGUAGES}
    for name, content in files().items():
        if "/read/" not in name:
            continue
        text = content.decode()
        listed = re.findall(
            r"<li>(.*?)</li>", text.partition('<ol class="sources">')[2].partition("</ol>")[0], re.DOTALL
        )
        cited = {int(n) for row in re.findall(r'class="cites">.*?</span>([\d, ]+)\]', text) for n in row.split(",")}
        assert cited <= set(range(1, len(listed) + 1)), name
        assert all(any(words in source for words in how[name[:2]]) for source in listed), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_is_told_under_the_same_headings(lang: str) -> None:
    told = {
        name: re.findall(r"<h2>(.*?)</h2>", files()[f"{lang}/read/settings/{name}.html"].decode())
        for name in shipped().settings
    }
    first = told["iop"]
    treatments = Say(lang)("reading.setting.approaches")
    for name, headings in told.items():
        # Only what is given there may be nothing at all.
        assert [h for h in headings if h != treatments] == [h for h in first if h != treatments], name


def test_every_place_shows_its_mark_on_the_way_and_the_words_for_it() -> None:
    for lang in LANGUAGES:
        for name in shipped().settings:
            text = files()[f"{lang}/read/settings/{name}.html"].decode()
            assert text.count('class="node here"') == 1, name
        assert files()[f"{lang}/read/index.html"].decode().count('class="rung"') == 8


def test_no_item_of_an_instrument_is_shown_in_its_own_words() -> None:
    for instrument in shipped().instruments.values():
        for lang in LANGUAGES:
            text = pages()[f"{lang}/read/instruments/{instrument.id}.html"].text
            if instrument.licence.credit:
                assert re.sub(r"\s+", " ", instrument.licence.credit) in text, instrument.id
            for item in instrument.items:
                assert item.about.in_language(lang) in text, f"{instrument.id} {item.id}"


# The words.


def authored() -> dict[str, Text]:
    """What is written for these pages alone."""
    found = dict(catalogue.texts("reading"))
    for item in items().values():
        found |= {f"ipdas {item.id} asks": item.asks, f"ipdas {item.id} how": item.how}
    for one in conditions():
        found |= {f"condition {one.condition} {n}": claim for n, claim in enumerate(one.says)}
    return found | {f"term {term.id}": term.means for term in terms().values()}


def test_no_words_are_missing_or_the_same_in_both_languages() -> None:
    for key, text in authored().items():
        assert text.es, key
        assert text.en != text.es or not LETTERS.search(SLOT.sub("", text.en)), key
        assert set(SLOT.findall(text.en)) == set(SLOT.findall(text.es)), key


class Asked(dict[str, Any]):
    """Words that note which of them were asked for."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__(words)
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_asked.add(key)
        return super().__getitem__(key)


def test_no_words_are_kept_that_no_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = catalogue.topic
    words = Asked(topic("reading"))
    monkeypatch.setattr(catalogue, "topic", lambda name: words if name == "reading" else topic(name))
    phone = Phone(label=Both(en="Front desk", es="Recepción"), tel="555-0100")
    site = the_site().model_copy(update={"phones": (phone,)})
    reading_pages(shipped(), site, as_of=AS_OF)
    left = set(words) - words.keys_asked
    # Said where no grade could be measured, where an entry was reviewed, has no source, no guideline, no text; and on a
    # site's own page, which this site has none of.
    unsaid = {"quality.not_measured", "read.reviewed", "read.no_sources", "approach.no_guidelines", "own.by"}
    assert left == unsaid


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_are_a_verdict_or_an_order(lang: str) -> None:
    for key, text in authored().items():
        assert not verdicts(text.in_language(lang), lang), key
        assert not ORDERS.search(text.in_language(lang)), key


def test_spanish_says_usted() -> None:
    for key, text in authored().items():
        assert not TU.search(text.es or ""), f"{key}: {text.es}"


def test_the_english_words_read_at_grade_eight_or_easier() -> None:
    for key, text in authored().items():
        if len(text.en.split()) >= 8:
            assert reading.grade(SLOT.sub("three", text.en)) <= reading.HIGHEST_GRADE, key
    whole = "\n".join(text.en for text in authored().values() if len(text.en.split()) >= 8)
    assert reading.grade(SLOT.sub("three", whole)) <= 8


def test_the_spanish_words_are_easy_to_read() -> None:
    for key, text in authored().items():
        if len((text.es or "").split()) >= 12:
            assert fernandez_huerta(SLOT.sub("tres", text.es or "")) >= LOWEST_SCORE, f"{key}: {text.es}"


# Linking.

NAMES = Names(
    (
        PageName("Safety plan", "terms/index.html#safety_plan"),
        PageName("Plan", "terms/index.html#plan"),
        PageName("MAT", "terms/index.html#moud"),
        PageName("Outpatient care", "settings/outpatient.html"),
        PageName("IOP", "terms/index.html#iop", "settings/iop.html"),
    )
)


def linked(words: str, here: str = "index.html") -> str:
    return str(Linker(NAMES, str, here).link(words))


def test_the_longest_name_is_linked_once_and_keeps_its_letters() -> None:
    assert linked("A safety plan. The SAFETY PLAN.") == (
        'A <a href="terms/index.html#safety_plan" data-read="">safety plan</a>. The SAFETY PLAN.'
    )


def test_only_whole_words_are_linked_and_a_plural_is_one() -> None:
    assert linked("planning, a plan-b, explanation") == "planning, a plan-b, explanation"
    assert ">Plans</a>" in linked("Plans differ.")


def test_a_short_form_is_linked_in_capitals_only() -> None:
    assert linked("a mat on the floor") == "a mat on the floor"
    assert ">MAT</a>" in linked("with MAT")


def test_words_are_escaped_inside_and_outside_of_links() -> None:
    assert linked("<b>&</b> plan <i>").startswith("&lt;b&gt;&amp;&lt;/b&gt; <a ")
    assert linked("<b>&</b> plan <i>").endswith("</a> &lt;i&gt;")


def test_a_page_does_not_link_to_itself_or_to_a_term_that_only_leads_back() -> None:
    assert linked("outpatient care, IOP", "settings/outpatient.html").count("<a ") == 1
    assert linked("outpatient care, IOP", "settings/iop.html").count("<a ") == 1


def test_no_names_at_all_link_nothing() -> None:
    assert str(Linker(Names(()), str, "index.html").link("any words")) == "any words"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_in_the_glossary_and_most_are_linked_from_somewhere(lang: str) -> None:
    ids = pages()[f"{lang}/read/terms/index.html"].ids
    assert set(terms()) <= set(ids)
    led = {given["href"].partition("#")[2] for page in pages().values() for given in page.links}
    assert len(led & set(terms())) > len(terms()) / 2


def test_every_name_that_is_linked_leads_to_a_page() -> None:
    for lang in LANGUAGES:
        for name in names_of(shipped(), lang).all:
            page, _, anchor = name.page.partition("#")
            assert f"{lang}/read/{page}" in pages(), name
            assert not anchor or anchor in pages()[f"{lang}/read/{page}"].ids, name


def test_the_same_input_gives_the_same_pages() -> None:
    again = reading_pages(shipped(), the_site(), as_of=AS_OF)
    assert {name: page.encode() for name, page in again.items()} == {
        name: content for name, content in files().items() if "/read/" in name
    }


def test_an_entry_that_was_reviewed_says_by_whom() -> None:
    kb = shipped()
    one = {"kind": "approaches", "entry": "act", "digest": digest_of(kb, "approaches", "act"), "read": "both"}
    signature = SignOff(**one, name="A. Invented", credentials="psychologist", on="2026-12-01")
    claims = kb.approaches["ba"].model_copy(update={"review": "A. Invented", "reviewed_on": "2026-12-01"})
    changed = kb.with_changes(sign_offs=[signature], approaches={**kb.approaches, "ba": claims})
    found = reading_pages(changed, the_site(), as_of=AS_OF)
    told = "This page: clinically reviewed by A. Invented, psychologist, on December 1, 2026."
    assert told in found["en/read/approaches/act.html"]
    assert "Not clinically reviewed" in found["en/read/approaches/ba.html"]


def test_the_telephones_of_a_site_stand_on_the_page_about_the_guide() -> None:
    phone = Phone(label=Both(en="Front <desk>", es="Recepción"), tel="555-0100", hours=Both(en="8 to 5", es="de 8 a 5"))
    page = reading_pages(shipped(), the_site().model_copy(update={"phones": (phone,)}), as_of=AS_OF)[
        "en/read/about.html"
    ]
    assert 'Front &lt;desk&gt;: <a href="tel:555-0100"><span class="number">555-0100</span></a>. 8 to 5' in page
