"""Going through the guide in a browser, as a person would who answers truthfully."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support import message, shipped
from trellis.guide.serve import server
from trellis.say import Say

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WAIT = 10_000
"""Milliseconds until something that does not come is missed: a busy machine is slow, and never this slow."""
SEEN = """
main => {
  const heard = [...main.querySelectorAll(".sr")];
  heard.forEach((one) => one.style.setProperty("display", "none"));
  const words = main.innerText;
  heard.forEach((one) => one.style.removeProperty("display"));
  return words;
}
"""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCREENS = ("considered", "comparison", "matters", "approaches", "questions", "next", "keep")


@dataclass
class Visit:
    """One visit: the page, what went wrong on it, and the words of each screen that was gone through."""

    page: Page
    lang: str
    complaints: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
        """Open the guide in a new, empty browser profile. At the end nothing may have gone wrong on the page."""
        context = browser.new_context(**options)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        visit = cls(page, options.get("locale", "en-US")[:2])
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(address) or visit.foreign.append(asked.url))
        page.goto(address)
        page.wait_for_selector("#title")
        yield visit
        context.close()
        assert not visit.complaints, visit.complaints
        assert not visit.foreign, visit.foreign

    def words(self) -> str:
        """The words on the screen now, without what stands on every screen and what is only heard, not seen."""
        return str(self.page.locator("main").evaluate(SEEN))

    def note(self) -> None:
        """Remember the words of this screen, as one gone through."""
        self.seen.append(self.words())

    def press(self, key: str) -> None:
        """Press the button with these words of the interface."""
        self.page.get_by_role("button", name=said(key, self.lang), exact=True).first.click()

    def begin(self, whom: str = "me", concerns: Sequence[str] = ("not_sure",), way: str = "short") -> None:
        """From the first screen to the first question: for whom, what worries them most, and how much to be asked."""
        self.note()
        self.press(f"start.{whom}")
        for one in concerns:
            self.page.locator(f'input[name="concerns"][value="{one}"]').check()
        if concerns != ("not_sure",):
            self.page.locator(f'input[name="way"][value="{way}"]').check()
        self.note()
        self.press("talk.next")

    def answer_page(self, truth: Mapping[str, str]) -> None:
        """Answer the questions on the screen as the person would, and go on."""
        page = self.page
        self.note()
        if self.shows("talk.safe_yes"):
            self.press("talk.safe_yes")
        for name in boxes(page):
            there = page.locator(f'input[name="{name}"]').evaluate_all("all => all.map(one => one.value)")
            for value in chosen(name, truth, there):
                page.locator(f'input[name="{name}"][value="{value}"]').check()
        self.press("talk.next")

    def answer_all(self, truth: Mapping[str, str], most: int = 30) -> None:
        """Answer until the result is there; help panels are gone on from."""
        for _ in range(most):
            self.page.wait_for_selector("#title")
            if self.shows("considered.print"):
                return
            if self.shows("help.go_on"):
                self.note()
                self.press("help.go_on")
            elif self.page.locator("main fieldset").count() or self.shows("talk.safe_yes"):
                self.answer_page(truth)
        raise AssertionError(f"still asking after {most} screens: {self.words()}")

    def shows(self, key: str) -> bool:
        """Whether a button with these words of the interface is there."""
        return self.page.get_by_role("button", name=said(key, self.lang), exact=True).count() > 0

    def wait_until_kept(self) -> None:
        """Wait until the device holds every page, as a first visit ends when nobody goes offline earlier."""
        kept = "async () => (await (await caches.open((await caches.keys())[0])).keys()).length"
        listed = "(await (await fetch('sw.js')).text()).match(/const (APP|PAGES) = .*/g).join()"
        asked = f"async () => {listed}.split(',').length"
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        wanted = self.page.evaluate(asked) - 1
        for _ in range(300):
            if self.page.evaluate(kept) >= wanted:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.page.evaluate(kept)} of {wanted} files are kept")

    def part(self, name: str) -> None:
        """Go to a part of the guide by its navigation."""
        self.page.locator("nav.parts").get_by_role("button", name=said(f"part.{name}", self.lang), exact=True).click()

    def problems_of_access(self, rules: tuple[str, ...] = RULES) -> list[str]:
        """What the accessibility rules find on this screen; of all rules, or of some tags or single rules."""
        # What the bar at the top half covers while one reads further down is whole again above.
        self.page.evaluate("() => window.scrollTo(0, 0)")
        # The page lets no script of another origin in: the rules come in through the debugger.
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "(rules) => axe.run(document, {resultTypes: ['violations'], runOnly: rules})", list(rules)
        )
        return [
            f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found["violations"]
        ]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """A built guide on this machine: its address, and every path that is asked for, in order."""
    paths: list[str] = []
    found = server(folder, host="127.0.0.1", port=0, asked=paths.append)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_address[1]}/", paths
    found.shutdown()
    found.server_close()
    thread.join()


def said(key: str, lang: str, **slots: object) -> str:
    """Words of the interface, with their slots in braces where none is filled."""
    return Say(lang)(f"guide.{key}", **slots) if slots else message(f"guide.{key}", lang)


def boxes(page: Page) -> list[str]:
    """The groups of choices on the screen, in order."""
    names = page.locator("main fieldset input").evaluate_all("all => all.map(one => one.name)")
    return list(dict.fromkeys(names))


@cache
def checklists() -> Mapping[str, Any]:
    return {name: screen for name, screen in shipped().screens.items() if screen.checklist}


def chosen(name: str, truth: Mapping[str, str], there: list[str]) -> list[str]:
    """What the person chooses in a group: a step of a fact or context, or those boxes of a checklist that are there."""
    if name not in checklists():
        return [truth[name]]
    facts = shipped().facts
    ticked = [
        item.fact
        for item in checklists()[name].checklist
        if item.fact in there
        and item.fact in truth
        and facts[item.fact].rank_of(truth[item.fact]) >= facts[item.fact].rank_of(item.at_least)
    ]
    return ticked or ["none"]
