"""The score of the guide as a decision aid: what a machine can check is checked, what needs people is not claimed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.guide.reading_support import files, inside, pages
from tests.support import AS_OF, shipped
from trellis.guide.ipdas import items, looked_at, measured, score
from trellis.guide.readability import LOWEST_SCORE
from trellis.guide.reading_conditions import conditions
from trellis.guide.site import CHECK_DAYS, Site, read_site
from trellis.kinds.setting import FEWEST_COMPARED, MOST_COMPARED, Place
from trellis.kinds.text import LANGUAGES
from trellis.prove import reading
from trellis.say import catalogue

NEED_PEOPLE = {"12", "13", "14", "15", "16", "17", "22", "23"}
MOST_APART = 1.5
"""Of benefits and drawbacks of a setting, the longer list has at most so many times the words of the other."""
FROM_MOST_TO_LEAST = 2.5
"""The page of the setting told at most length has at most so many times the words of the shortest."""


def shipped_site() -> Site:
    return read_site(None, shipped(), AS_OF)[0]


def page(lang: str, name: str) -> str:
    return pages()[f"{lang}/read/{name}.html"].text


def html(lang: str, name: str) -> str:
    return files()[f"{lang}/read/{name}.html"].decode()


def words(lang: str, key: str) -> str:
    found = catalogue.texts("reading").get(key) or catalogue.texts("guide")[key]
    return found.in_language(lang)


def settings() -> list[str]:
    return [f"settings/{name}" for name in shipped().settings]


def approaches() -> list[str]:
    return [f"approaches/{name}" for name in shipped().approaches]


def has_heading(lang: str, names: list[str], key: str) -> bool:
    return all(f"<h2>{words(lang, key)}</h2>" in html(lang, name) for name in names)


def lengths(place: Place, lang: str) -> tuple[int, int]:
    both = (place.benefits, place.drawbacks)
    first, second = (sum(len(one.text.in_language(lang).split()) for one in several) for several in both)
    return first, second


def equal_detail(lang: str) -> bool:
    """Both lists of each setting are of like length, and no setting is told at far more length than another."""
    alike = all(max(both) <= MOST_APART * min(both) for both in (lengths(p, lang) for p in shipped().settings.values()))
    told = [len(page(lang, name).partition(words(lang, "compare.topic_evidence"))[0].split()) for name in settings()]
    hard = all(len(one.drawbacks) >= 3 for one in shipped().approaches.values())
    return alike and hard and max(told) <= FROM_MOST_TO_LEAST * min(told)


def statements(lang: str) -> Iterator[str]:
    """Each statement of evidence on any page, as HTML."""
    for name in [*settings(), *approaches()]:
        yield from html(lang, name).split('<div class="study">')[1:]


def both_groups(lang: str) -> bool:
    """A statement with two pictures gives a number of 100 for each."""
    pair = [
        one.partition('class="crowds"')[2].partition("</div>\n<p")[0]
        for one in statements(lang)
        if one.count('<svg class="people"') == 2
    ]
    of_100 = re.compile(r"of 100" if lang == "en" else r"de cada 100")
    return len(pair) > 5 and all(len(of_100.findall(re.sub(r"<svg.*?</svg>", "", one))) == 2 for one in pair)


CHECKS: dict[str, Callable[[str], bool]] = {
    "Q1": lambda lang: all(f'id="{one.condition}"' in html(lang, "conditions") and one.says for one in conditions()),
    "Q2": lambda lang: words(lang, "steps.lead") in page(lang, "steps"),
    "Q3": lambda lang: all(
        (f"{lang}/read/{name}.html", "")
        in [inside(f"{lang}/read/index.html", a["href"]) for a in pages()[f"{lang}/read/index.html"].links]
        for name in [*settings(), *approaches()]
    ),
    "Q4": lambda lang: (
        has_heading(lang, settings(), "compare.topic_benefits") and has_heading(lang, approaches(), "approach.benefit")
    ),
    "Q5": lambda lang: (
        has_heading(lang, settings(), "compare.topic_drawbacks")
        and has_heading(lang, approaches(), "approach.limits")
        and has_heading(lang, approaches(), "approach.drawbacks")
    ),
    "Q6": lambda lang: (
        all(
            has_heading(lang, settings(), f"compare.topic_{one}") for one in ("day", "week", "work", "school", "family")
        )
        and has_heading(lang, approaches(), "approach.asks")
    ),
    "C1": equal_detail,
    "C2": lambda lang: all('<ol class="sources">' in html(lang, name) for name in [*settings(), *approaches()]),
    "C3": lambda lang: all(
        {shipped().effective, AS_OF.isoformat()} <= set(re.findall(r"\d{4}-\d\d-\d\d", one.text))
        for name, one in pages().items()
        if name.startswith(lang)
    ),
    "C4": lambda lang: words(lang, "about.update") in page(lang, "about") and str(CHECK_DAYS) in page(lang, "about"),
    "C5": lambda lang: (
        all("<strong>" in one for one in statements(lang)) and any('class="perhaps"' in one for one in statements(lang))
    ),
    "C6": lambda lang: shipped_site().funding.in_language(lang) in page(lang, "about"),
    "1": lambda lang: (
        page(lang, "conditions").count(words(lang, "conditions.unknown")) == sum(not one.base for one in conditions())
        and html(lang, "conditions").count('<svg class="people"') == sum(bool(one.base) for one in conditions()) > 2
    ),
    "2": lambda lang: '<svg class="steps"' in html(lang, "index") and html(lang, "index").count('class="rung"') > 5,
    "3": lambda lang: sum('<svg class="people"' in one for one in statements(lang)) > 15,
    "4": lambda lang: all(words(lang, "study.people").partition("{")[0] in one for one in statements(lang)),
    "5": both_groups,
    "8": lambda lang: all(
        one.count("<p") > 2 and "<strong>" in one for one in statements(lang) if '<svg class="people"' in one
    ),
    "9": lambda lang: has_heading(lang, settings(), "setting.matters"),
    "10": lambda lang: html(lang, "steps").count("<h2>") == 5,
    "11": lambda lang: (
        has_heading(lang, settings(), "compare.topic_questions")
        and has_heading(lang, approaches(), "approach.questions")
    ),
    "18": lambda lang: all(words(lang, f"about.evidence_{n}") in page(lang, "about") for n in (1, 2, 3)),
    "19": lambda lang: all(one.count("<strong>") >= 1 for one in statements(lang)),
    "20": lambda lang: words(lang, "about.made_1").partition("}. ")[2] in page(lang, "about"),
    "21": lambda lang: str(measured(shipped())["settings"][1]) in page(lang, "quality"),
}
"""What must be so for an item to count as met, in one language."""


def test_there_are_six_six_and_twenty_three_items() -> None:
    assert [score(kind).all for kind in ("qualifying", "certifying", "quality")] == [6, 6, 23]
    assert list(items()) == [*(f"Q{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 7)), *map(str, range(1, 24))]


def test_what_needs_people_is_not_done_and_nothing_else_is() -> None:
    assert {name for name, item in items().items() if item.state == "not_done"} == NEED_PEOPLE


def test_every_picture_is_of_100_people() -> None:
    for lang in LANGUAGES:
        pictures = [svg for one in statements(lang) for svg in re.findall(r'<svg class="people.*?</desc>', one)]
        assert pictures
        assert all(svg.count(">100 ") == 1 for svg in pictures)


def test_the_buttons_and_counts_that_the_claims_name_are_those_of_the_guide() -> None:
    for lang in LANGUAGES:
        for part, item in (("comparison", "2"), ("matters", "9"), ("questions", "11"), ("keep", "11")):
            assert words(lang, f"part.{part}") in items()[item].how.in_language(lang)
    assert (FEWEST_COMPARED, MOST_COMPARED) == (2, 4), "item 2 tells of two to four"


def test_the_claims_were_read_since_the_content_changed() -> None:
    assert looked_at() >= date.fromisoformat(shipped().effective), "read ipdas.yaml against the guide, and date it"


def test_every_item_that_is_met_has_a_check() -> None:
    assert {name for name, item in items().items() if item.state == "met"} == set(CHECKS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("item", CHECKS)
def test_what_is_claimed_is_so(item: str, lang: str) -> None:
    assert CHECKS[item](lang)


def test_the_score_is_what_the_items_say() -> None:
    """A change of the score is a change of this line, so that nobody raises it in passing."""
    required, quality = score("qualifying", "certifying"), score("quality")
    assert (required.met, required.all, quality.met, quality.all) == (12, 12, 13, 23)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_quality_page_shows_every_item_with_its_state_and_the_score(lang: str) -> None:
    text = html(lang, "quality")
    for name, item in items().items():
        block = text.partition(f'id="item-{name}"')[2].partition("</div>")[0]
        assert words(lang, f"quality.state_{item.state}") + "." in block, name
        assert bool(item.pages) == ("<a href" in block), name
    assert text.count(words(lang, "quality.state_not_done") + ".") == len(NEED_PEOPLE)
    assert words(lang, "quality.required").format(met=12, all=12) in text
    assert words(lang, "quality.further").format(met=13, all=23) in text
    assert words(lang, "quality.looked_at").format(day=looked_at().isoformat()) in text
    assert words(lang, "quality.caveat") in text
    assert "Joseph-Williams 2014" in words(lang, "quality.caveat")


def test_the_about_page_says_what_it_does_not_know() -> None:
    for lang in LANGUAGES:
        for key in ("about.is_not_2", "about.is_not_3"):
            assert words(lang, key) in page(lang, "about"), key


def test_the_words_that_were_measured_are_easy_enough() -> None:
    for name, (grade, spanish) in measured(shipped()).items():
        assert grade is not None, name
        assert grade <= 8, name
        assert spanish >= LOWEST_SCORE, name


def test_without_the_package_for_syllables_the_page_says_that_nothing_was_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from trellis.guide import ipdas

    def missing(text: str) -> float:
        raise reading.NoSyllablesError

    monkeypatch.setattr(ipdas, "grade", missing)
    assert ipdas._grade([]) is None
