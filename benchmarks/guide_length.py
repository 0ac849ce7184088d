"""How long the guide is, from the first screen to the page that prints, and how hard to read.

Alone: ``python -m benchmarks.guide_length [--quick]``.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser

import trellis
from benchmarks import guide
from benchmarks.guide import aim
from benchmarks.measure import Figure, median
from trellis.guide.readability import LOWEST_SCORE, fernandez_huerta
from trellis.kinds.text import LANGUAGES
from trellis.prove.reading import HIGHEST_GRADE, grade

MOST_SCREENS, MOST_WORDS = 12, 1_200
EVERY_QUICK = 20
WORDS_A_SECOND, SECONDS_A_CHOICE = 3, 5
SENTENCE = re.compile(r"[.?!]$")
NAMES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class Way:
    """One person's way through: how many screens and words, and how hard these words are to read."""

    who: str
    screens: int
    words: int
    reading: float
    choices: int = 0

    @property
    def minutes(self) -> float:
        """How long that takes at an honest pace: every word seen is read, every choice is weighed."""
        return (self.words / WORDS_A_SECOND + self.choices * SECONDS_A_CHOICE) / 60


def way(who: str, seen: list[str], lang: str, choices: int = 0) -> Way:
    """What the words of the screens come to."""
    lines = [line.strip() for screen in seen for line in screen.splitlines()]
    # Choices and headings are no sentences: each would count as a short one and make all look easier than it is.
    sentences = "\n".join(line for line in lines if SENTENCE.search(line))
    words = sum(len(line.split()) for line in lines)
    return Way(who, len(seen), words, grade(sentences) if lang == "en" else fernandez_huerta(sentences), choices)


def ways(opened: Browser, address: str, lang: str, people: dict[str, dict[str, list[str]]]) -> list[Way]:
    """Everybody's way through, in a browser, as drawn on a phone."""
    found = []
    with guide.profile(opened, lang) as context:
        page = context.new_page()
        guide.opened_at_start(page, address, lang)
        for who, truth in people.items():
            guide.started_again(page, lang)
            gone = page.evaluate("(truth) => walker.through(truth)", truth)
            found.append(way(who, [*gone["seen"], gone["last"]], lang, gone["choices"]))
    return found


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    people = guide.truths(kb, EVERY_QUICK if quick else 1)
    with guide.served(kb) as site, guide.browser() as opened:
        each = {lang: ways(opened, site.address, lang, people) for lang in LANGUAGES}
    figure = Figure(
        "guide_length",
        f"The guide, from its first screen to the page that prints: {len(people)} people of the vignettes",
        ("", "median", "nine in ten within", "most", "who that is"),
    )
    for lang, found in each.items():
        for what, values in (
            ("screens", [one.screens for one in found]),
            ("words", [one.words for one in found]),
            ("choices", [one.choices for one in found]),
            ("minutes", [round(one.minutes, 1) for one in found]),
        ):
            worst = max(found, key=lambda one: getattr(one, what)).who
            row = (f"{median(values):,g}", f"{guide.share(values, 90):,}", f"{max(values):,}", worst)
            figure.rows.append((f"{NAMES[lang]}: {what}", *row))
            figure.data[f"{lang}: {what}"] = values
        figure.rows.append(_hardness(lang, found))
        figure.data[f"{lang}: reading"] = [one.reading for one in found]
    english, spanish = each["en"], each["es"]
    figure.says = [
        aim("screens at the median, in English", median([one.screens for one in english]), MOST_SCREENS),
        aim("words at the median, in English", median([one.words for one in english]), MOST_WORDS),
        aim("the reading grade at the median, in English", median([one.reading for one in english]), HIGHEST_GRADE),
        _easy(median([one.reading for one in spanish])),
        "A screen is whatever has to be gone on from: the first one, a page of questions, what is asked before a "
        "private question, help in danger, the result, and the one with the button to print.",
        f"Minutes: {WORDS_A_SECOND} words a second, and {SECONDS_A_CHOICE} seconds a choice. A question is one choice, "
        "a list to tick as many as it has lines.",
        "Only whole sentences are graded; choices and headings, which are shorter, would make all look easier. Words "
        "in folds that stay shut are not counted.",
        'Everybody answers every question; who says "I don\'t know" or goes to the result earlier sees less.',
    ]
    return figure


def _hardness(lang: str, found: list[Way]) -> tuple[str, ...]:
    """The row on reading: of the English grade the highest is the worst, of the Spanish score the lowest."""
    english = lang == "en"
    values = [one.reading if english else -one.reading for one in found]
    worst = max(found, key=lambda one: one.reading if english else -one.reading)
    shown = [abs(value) for value in (median(values), guide.share(values, 90), max(values))]
    name = "reading grade (Flesch-Kincaid)" if english else "ease of reading (Fernández-Huerta)"
    return (f"{NAMES[lang]}: {name}", *(f"{value:.1f}" for value in shown), worst.who)


def _easy(score: float) -> str:
    kept = "kept" if score >= LOWEST_SCORE else "MISSED"
    return (
        f"Aim {kept}: ease of reading at the median, in Spanish: {score:.1f}, at least {LOWEST_SCORE:g} (more is easy)."
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
