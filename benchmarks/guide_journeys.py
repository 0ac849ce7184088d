"""Seven ways through the guide, by seven invented people: what each costs now, next to what was counted by hand before.

Alone: ``python -m benchmarks.guide_journeys [--quick]``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page

import trellis
from benchmarks import guide
from benchmarks.guide import aim
from benchmarks.guide_length import SECONDS_A_CHOICE, WORDS_A_SECOND
from benchmarks.measure import Figure
from trellis.decide import NOT_KNOWN
from trellis.say import Say

PEOPLE = Path(__file__).with_suffix(".yaml")
WAYS = ("short", "whole")
NOT_SURE = "not_sure"
MOST_TURNS = 80
MINUTES_WAIT_MS = 30_000
WITHIN = 1 / 3
"""How far the minutes that are shown may be from the honest ones."""
PARTS = {"comparison": "Side by side", "approaches": "Treatments"}
PARTS_BEFORE = {"comparison": 12_735, "approaches": 12_769}
"""Their heights at 360 points in the journey of the parent, as measured before."""


@dataclass(frozen=True)
class Journey:
    """One person's way, as ``guide_journeys.yaml`` has it.

    Args:
        id: a letter.
        title: who that is.
        before: what was counted by hand: screens, words, taps, minutes shown and honest, the longest page.
        whom: ``me`` or ``loved_one``; empty for who only reads.
        lang: of the guide.
        concerns: what worries them most.
        answers: what is true of them; anything else is answered as ``others`` says.
        others: ``best``, or ``not_known`` for who knows nothing.
        skips: private questions that they skip.
        leaves_after: so many pages of questions, then to the result; 0 for who goes on to the end.
        reads: the page to read that they open instead.
    """

    id: str
    title: str
    before: Mapping[str, float]
    whom: str = ""
    lang: str = "en"
    concerns: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    others: str = "best"
    skips: Sequence[str] = ()
    leaves_after: int = 0
    reads: str = ""


@dataclass
class Cost:
    """What a way costs: counted from the first screen, words until the result and those of the result apart.

    Args:
        screens: until the result is there.
        words: on them.
        taps: each choice and each button.
        asked: words on the screens of questions.
        choices: questions answered; a list to tick is one.
        shown: the minutes that the first question tells.
        longest: height of the longest screen, the result among them, in points.
        result: words of the result.
        parts: heights of further parts of the guide.
    """

    screens: int = 0
    words: int = 0
    taps: int = 0
    asked: int = 0
    choices: int = 0
    shown: int = 0
    longest: int = 0
    result: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def honest(self) -> float:
        """Minutes to read all that stands on the screens of questions, and to choose."""
        return (self.asked / WORDS_A_SECOND + self.choices * SECONDS_A_CHOICE) / 60


class Walk:
    """One person going through the guide, with what it costs."""

    def __init__(self, page: Page, journey: Journey, truth: Mapping[str, Sequence[str]]) -> None:
        self.page, self.journey, self.truth = page, journey, truth
        self.say = Say(journey.lang)
        self.cost = Cost()

    def look(self) -> int:
        """Take in the screen: its words count, and so does its height."""
        words = len(str(self.page.evaluate("() => walker.words()")).split())
        self.cost.longest = max(self.cost.longest, self.height())
        return words

    def height(self) -> int:
        """Of the whole page, in points."""
        return int(self.page.evaluate("() => document.documentElement.scrollHeight"))

    def screen(self) -> int:
        """A screen before the result; its words."""
        words = self.look()
        self.cost.screens += 1
        self.cost.words += words
        return words

    def press(self, key: str) -> None:
        """Press the button with these words of the guide."""
        self.page.get_by_role("button", name=self.say(f"guide.{key}"), exact=True).first.click()
        self.cost.taps += 1

    def choose(self, name: str, value: str) -> None:
        """Tick a line or choose an answer, unless it is chosen already."""
        box = self.page.locator(f'input[name="{name}"][value="{value}"]')
        if not box.is_checked():
            box.check()
            self.cost.taps += 1

    def begin(self, way: str) -> None:
        """For whom, what worries them most, and how much they want to be asked."""
        self.screen()
        self.press(f"start.{self.journey.whom}")
        self.page.wait_for_selector('input[name="concerns"]')
        for one in self.journey.concerns:
            self.choose("concerns", one)
        if NOT_SURE not in self.journey.concerns:
            self.choose("way", way)
        self.screen()
        self.press("talk.next")

    def minutes(self) -> int:
        """The minutes that the first question tells, once they are worked out."""
        told = self.page.locator(".progress span")
        told.wait_for(timeout=MINUTES_WAIT_MS)
        return int("".join(letter for letter in told.inner_text() if letter.isdigit()))

    def answer(self) -> None:
        """A page of questions: what is true, or nothing of a list, or that they do not know."""
        self.cost.asked += self.screen()
        boxes = self.page.locator("main fieldset input").evaluate_all("all => all.map((one) => [one.name, one.value])")
        for name in dict.fromkeys(name for name, _ in boxes):
            there = [value for group, value in boxes if group == name]
            self.cost.choices += 1
            if self.journey.others == NOT_KNOWN:
                self.choose(name, NOT_KNOWN)
                continue
            true = [value for value in self.truth.get(name, ()) if value in there]
            for value in true or ["none"]:
                self.choose(name, value)
        self.press("talk.next")

    def pages(self) -> None:
        """All questions, until the result is there or the person has had enough of them."""
        answered = 0
        for _ in range(MOST_TURNS):
            at = self.page.evaluate("() => walker.state()")
            if at == "result":
                return
            if at == "help":
                self.screen()
                self.press("help.go_on")
            elif at == "gate":
                self.cost.asked += self.screen()
                self.press("talk.safe_no" if self.journey.skips else "talk.safe_yes")
            elif self.journey.leaves_after and answered >= self.journey.leaves_after:
                self.press("talk.skip_to_end")
            else:
                self.cost.shown = self.cost.shown or self.minutes()
                self.answer()
                answered += 1
        raise RuntimeError(f"journey {self.journey.id} is still asked after {MOST_TURNS} screens")

    def through(self, way: str) -> Cost:
        """From the first screen to the result."""
        self.begin(way)
        self.pages()
        self.cost.result = self.look()
        return self.cost

    def further(self) -> None:
        """How long the parts are that come after the result."""
        for part in PARTS:
            self.page.locator("nav.parts").get_by_role("button", name=self.say(f"guide.part.{part}")).click()
            self.page.wait_for_selector("#title")
            self.cost.parts[part] = self.height()

    def read(self) -> Cost:
        """From the first screen to a page that only has to be read."""
        self.page.locator(f'main a[href$="choices/{self.journey.reads}.html"]').click()
        self.cost.taps += 1
        self.page.wait_for_selector(".sheet .reading h1")
        sheet = self.page.locator(".sheet .reading")
        self.cost.words = len(sheet.inner_text().split())
        self.cost.longest = int(sheet.evaluate("(one) => one.scrollHeight"))
        self.cost.screens = 1
        return self.cost


def journeys() -> tuple[list[Journey], str]:
    """The seven ways, and the day on which they were counted by hand."""
    found: dict[str, Any] = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    day = found["before_day"]
    assert isinstance(day, date)
    return [Journey(**one) for one in found["journeys"]], f"{day.isoformat()}, content {found['before_content']}"


def truth_of(kb: trellis.Knowledge, journey: Journey) -> dict[str, list[str]]:
    """What the person chooses in each group of choices."""
    from tests import support

    if journey.others == NOT_KNOWN or journey.reads:
        return {}
    return guide.choices(kb, support.complete(kb, dict(journey.answers)))


def gone(opened: Browser, address: str, kb: trellis.Knowledge, journey: Journey, way: str) -> Cost:
    """One way through, in a new profile."""
    with guide.profile(opened, journey.lang) as context:
        page = context.new_page()
        guide.opened_at_start(page, address, journey.lang)
        walk = Walk(page, journey, truth_of(kb, journey))
        if journey.reads:
            return walk.read()
        cost = walk.through(way)
        walk.further()
        return cost


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    everybody, counted = journeys()
    people = [one for one in everybody if not quick or one.reads or one.concerns == [NOT_SURE]]
    found: dict[tuple[str, str], Cost] = {}
    with guide.served(kb) as site, guide.browser() as opened:
        for one in people:
            for way in ways_of(one):
                found[one.id, way] = gone(opened, site.address, kb, one, way)
    return _figure(people, found, counted)


def ways_of(journey: Journey) -> Sequence[str]:
    """The ways that a person can choose: who is not sure, or only reads, is offered one."""
    return WAYS if journey.concerns and NOT_SURE not in journey.concerns else WAYS[-1:]


def _figure(people: Sequence[Journey], found: Mapping[tuple[str, str], Cost], counted: str) -> Figure:
    figure = Figure(
        "guide_journeys",
        f"Seven journeys on a phone of {guide.PHONE['width']} x {guide.PHONE['height']}, before and now",
        ("", "screens", "words", "taps", "minutes, honest", "minutes shown first", "longest page, px", "result, words"),
    )
    for one in people:
        figure.rows.append((f"{one.id}: {one.title}: before", *_before(one.before)))
        for way in ways_of(one):
            cost = found[one.id, way]
            name = "now" if one.reads else f"now, the {way} way"
            figure.rows.append((f"  {name}", *_now(cost, asks=not one.reads)))
            figure.data[f"{one.id}: {way}"] = vars(cost) | {"honest": cost.honest}
        figure.data[f"{one.id}: before"] = dict(one.before)
    asked = {key: cost for key, cost in found.items() if cost.shown}
    off = {key: abs(cost.shown / cost.honest - 1) for key, cost in asked.items() if not _left(people, key[0])}
    figure.says = [
        f"Before: counted by hand on {counted}, when there was one way alone; a dash was not noted. Now: by a script, "
        "the same people with the same hard things; what else they are asked gets the best answer.",
        "Words and screens are those before the result, and all that stands there counts each time. Minutes: "
        f"{WORDS_A_SECOND} words a second of what stands on the screens of questions and {SECONDS_A_CHOICE} seconds a "
        "question; a list to tick is one. Before, it is what the guide counted so.",
        "The short way asks about what worries the person and about danger; all else stays unknown and can be asked.",
    ]
    if off:
        worst = max(off, key=lambda key: off[key])
        limit = aim(
            "the minutes shown first differ from the honest ones by, in hundredths", 100 * max(off.values()), 33
        )
        within = sum(value <= WITHIN for value in off.values())
        figure.says.append(f"{limit} That is {' '.join(worst)}; {within} of {len(off)} are within a third.")
    shorter = [
        _fewer(one, found[one.id, ways_of(one)[0]]) for one in people if not one.reads and one.before.get("words")
    ]
    figure.says += [
        line for line in [", ".join(shorter) and f"Words, first way now over before: {', '.join(shorter)}."] if line
    ]
    parent = found.get(("a", "whole"))
    if parent:
        lines = (f"{PARTS[part]} {PARTS_BEFORE[part]:,} before, {parent.parts[part]:,} now" for part in PARTS)
        figure.says.append(f"Heights of further parts in a, in px: {'; '.join(lines)}.")
    return figure


def _left(people: Sequence[Journey], name: str) -> bool:
    """Whether that person left the questions, so that the minutes shown were for more than they did."""
    return any(one.leaves_after for one in people if one.id == name)


def _fewer(one: Journey, cost: Cost) -> str:
    return f"{one.id} {cost.words / one.before['words']:.2f}"


def _before(before: Mapping[str, float]) -> tuple[str, ...]:
    return (
        *(
            f"{before[key]:,}" if key in before else "-"
            for key in ("screens", "words", "taps", "honest", "shown", "longest")
        ),
        "-",
    )


def _now(cost: Cost, *, asks: bool) -> tuple[str, ...]:
    minutes = (f"{cost.honest:.1f}", f"{cost.shown}") if asks else ("-", "-")
    return (
        f"{cost.screens}",
        f"{cost.words:,}",
        f"{cost.taps}",
        *minutes,
        f"{cost.longest:,}",
        f"{cost.result:,}" if asks else "-",
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
