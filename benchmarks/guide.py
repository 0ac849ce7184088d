"""What the measures of the guide share: the guide built and served, a browser, a slow phone, and a way through it."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

import trellis
from benchmarks.measure import AS_OF
from trellis.guide.build import bundle
from trellis.guide.folder import write_folder
from trellis.guide.serve import server
from trellis.guide.site import read_site
from trellis.say import Say

WALK = Path(__file__).with_name("guide_walk.js").read_text(encoding="utf-8")
PHONE: ViewportSize = {"width": 360, "height": 740}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
SLOWER = 4
"""How many times slower the processor of a phone is taken to be: Lighthouse's figure (docs/throttling.md there)."""
KBIT = 1024 / 8


@dataclass(frozen=True)
class Network:
    """A slow connection: milliseconds that every request waits, and bytes a second."""

    latency: float
    down: float
    up: float


SLOW = Network(150, 1.6 * 1024 * KBIT, 750 * KBIT)
"""What Lighthouse calls mobile slow 4G: 150 ms, 1.6 Mbit/s down, 750 kbit/s up (mobileSlow4G in its constants)."""
SLOWEST = Network(150 * 3.75, 0.9 * SLOW.down, 0.9 * SLOW.up)
"""The same as Lighthouse has Chromium apply it, a request at a time: 3.75 times the wait, 0.9 times the throughput."""


@dataclass
class Served:
    """The guide on this machine.

    Args:
        address: where it is.
        folder: where its files are; more can be put beside them.
        files: its files, by path.
        asked: every path that was asked for, in order.
    """

    address: str
    folder: Path
    files: Mapping[str, bytes]
    asked: list[str] = field(default_factory=list)


@contextmanager
def served(kb: trellis.Knowledge) -> Iterator[Served]:
    """Build the guide as it ships and serve it as ``trellis guide serve`` does."""
    site, _ = read_site(None, kb, AS_OF)
    files = bundle(kb, site, as_of=AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        write_folder(files, Path(folder))
        asked: list[str] = []
        found = server(Path(folder), port=0, asked=asked.append)
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield Served(found.address, Path(folder), files, asked)
        found.shutdown()
        found.server_close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium of this machine, without what it does for itself in the background."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise FileNotFoundError(f"The measures of the guide need a browser: none of {', '.join(BROWSERS)} is here.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@contextmanager
def profile(opened: Browser, lang: str = "en") -> Iterator[BrowserContext]:
    """A new, empty profile of a phone: nothing kept, no service worker."""
    context = opened.new_context(viewport=PHONE, locale=f"{lang}-US")
    context.add_init_script(WALK)
    yield context
    context.close()


def slowed(page: Page, network: Network | None = None) -> CDPSession:
    """Make the page's processor, and its network when one is given, that of a slow phone."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if network is not None:
        session.send("Network.enable")
        conditions = {"latency": network.latency, "downloadThroughput": network.down, "uploadThroughput": network.up}
        session.send("Network.emulateNetworkConditions", {"offline": False} | conditions)
    return session


def opened_at_start(page: Page, address: str, lang: str = "en") -> None:
    """Open the guide and wait until its first screen is there and everything that it loads."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    ready(page, lang)


def started_again(page: Page, lang: str = "en") -> None:
    """Load the page anew, which forgets all answers; its files are there by now."""
    page.reload()
    ready(page, lang)


def ready(page: Page, lang: str = "en") -> None:
    """Wait until the first screen is there."""
    page.wait_for_selector("#title")
    page.evaluate("(labels) => { walker.use(labels); }", labels(lang))


def labels(lang: str) -> dict[str, str]:
    """The words on the buttons that a way through the guide presses."""
    keys = {
        "begin": "start.me",
        "next": "talk.next",
        "safe_yes": "talk.safe_yes",
        "go_on": "help.go_on",
        "print": "considered.print",
    }
    return {name: Say(lang)(f"guide.{key}") for name, key in keys.items()}


def truths(kb: trellis.Knowledge, every: int = 1) -> dict[str, dict[str, list[str]]]:
    """By vignette whose answers are complete, what the person would choose in each group of choices."""
    from tests import support

    complete = [one for one in support.vignettes() if one.get("others", "best") == "best"]
    return {one["id"]: choices(kb, support.complete(kb, one["answers"])) for one in complete[::every]}


def choices(kb: trellis.Knowledge, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a person with these answers chooses in each group of choices: a step, or the lines of a list to tick."""
    found = {name: [value] for name, value in answers.items() if isinstance(value, str)}
    for screen in kb.screens.values():
        boxes = [item for item in screen.checklist or () if item.fact in answers]
        if screen.checklist:
            rank = {item.fact: kb.facts[item.fact].rank_of(answers[item.fact]) for item in boxes}
            found[screen.id] = [i.fact for i in boxes if rank[i.fact] >= kb.facts[i.fact].rank_of(i.at_least)]
    return found


def share(values: Sequence[float], percent: int) -> float:
    """The value that so many in a hundred do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def aim(what: str, value: float, at_most: float) -> str:
    """A sentence that says whether a limit is kept, in whole numbers where they are large."""
    shown = f"{value:,.0f}" if value >= 100 else f"{round(value, 2):g}"
    return f"Aim {'kept' if value <= at_most else 'MISSED'}: {what}: {shown}, limit {at_most:,g}."


def kb_of(size: float) -> str:
    """A size in kilobytes of 1,000 bytes."""
    return f"{size / 1000:.1f}"
