"""What the guide weighs, and what it asks of its host, when and of whom.

Alone: ``python -m benchmarks.guide_weight [--quick]``.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

import trellis
from benchmarks import guide
from benchmarks.guide import Served, kb_of
from benchmarks.measure import Figure
from trellis.guide.build import FIRST_VIEW_MOST
from trellis.kinds.text import LANGUAGES

KINDS = {".html": "page", ".css": "styles", ".js": "scripts", ".json": "data", ".svg": "icons", ".png": "icons"}
OTHER = "icons"
LATER = "in the background: the other language"
REST, BEHIND = "right behind it: what later screens say", ("data/compare.", "data/next.")
"""The first screen is drawn and can be answered before these are asked for."""
Sent = dict[str, Any]
"""One request: its `url`, and `bytes` over the wire with the headers of the answer."""
PARTS = (*(f"first view: {kind}" for kind in dict.fromkeys((*KINDS.values(), OTHER))), REST, LATER)
WALKS, WALKS_QUICK = 6, 1
ANSWERERS = 3
KEPT = "navigator.serviceWorker.addEventListener('message', (said) => { window.kept = said.data; })"


def part_of(path: str) -> str:
    """What a file is to the one who waits for it."""
    if f".{LANGUAGES[1]}." in path:
        return LATER
    if path.startswith(BEHIND):
        return REST
    return f"first view: {KINDS.get(PurePosixPath(path).suffix or '.html', OTHER)}"


def packed(content: bytes) -> int:
    """Bytes over the wire, as `trellis guide serve` packs them, without the headers."""
    return min(len(gzip.compress(content, 6, mtime=0)), len(content))


def visited(opened: Browser, site: Served, people: Mapping[str, Any]) -> tuple[list[Sent], list[str], list[str]]:
    """A first visit, then whole ways through.

    Returns:
        what the first view asked for, with bytes over the wire; what else was asked for in the background until the
        guide was kept on the device; and what was asked for by answering.
    """
    first: dict[str, Sent] = {}
    with guide.profile(opened) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")

        def sent(event: dict[str, Any]) -> None:
            first[event["requestId"]] = {"url": event["request"]["url"], "bytes": 0}

        def came(event: dict[str, Any]) -> None:
            if event["requestId"] in first:
                first[event["requestId"]]["bytes"] = event["encodedDataLength"]

        session.on("Network.requestWillBeSent", sent)
        session.on("Network.loadingFinished", came)
        page.add_init_script(KEPT)
        guide.opened_at_start(page, site.address)
        page.wait_for_function("() => window.kept === 'pages kept'", timeout=120_000)
        loaded = list(first.values())
        background = list(site.asked)
        for one in loaded:
            path = urlsplit(one["url"]).path
            if path in background:
                background.remove(path)
        del site.asked[:]
        first.clear()
        for truth in people.values():
            page.evaluate("(truth) => walker.through(truth)", truth)
            guide.started_again(page)
        # A reload asks the service worker, which asks the host for nothing but its own script.
        answering = [path for path in site.asked if not path.endswith("/sw.js")]
    return loaded, background, answering


def order(opened: Browser, site: Served, truth: Mapping[str, Any] | None) -> list[str]:
    """What a first visit asks for, in order: of somebody who answers at once, or who does not answer.

    The files of the first view come several at a time, so that their order is chance: they are sorted. Those of the
    pages to read come one after another.
    """
    del site.asked[:]
    with guide.profile(opened) as context:
        page = context.new_page()
        page.add_init_script(KEPT)
        page.goto(site.address)
        if truth is not None:
            guide.ready(page, "en")
            page.evaluate("(truth) => walker.through(truth)", truth)
        page.wait_for_function("() => window.kept === 'pages kept'", timeout=120_000)
    # The browser asks for the worker's own file when it likes.
    asked = [path for path in site.asked if not path.endswith("/sw.js")]
    pages = [path for path in asked if "/read/" in path]
    return [*sorted(path for path in asked if "/read/" not in path), *pages]


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    people = dict(list(guide.truths(kb, 20).items())[: WALKS_QUICK if quick else WALKS])
    with guide.served(kb) as site, guide.browser() as opened:
        loaded, background, answering = visited(opened, site, people)
        ways = [order(opened, site, truth) for truth in (None, *list(people.values())[:ANSWERERS])]
    figure = Figure(
        "guide_weight",
        "What the first visit to the guide weighs: kilobytes of 1,000 bytes, English",
        ("", "requests", "over the wire", "without headers", "unpacked"),
    )
    paths = [urlsplit(one["url"]).path.lstrip("/") or "index.html" for one in loaded]
    numbers = {kind: [n for n, path in enumerate(paths) if part_of(path) == kind] for kind in PARTS}
    numbers["first view, all"] = [n for n, path in enumerate(paths) if part_of(path) not in (REST, LATER)]
    first = [name for name in numbers if name not in (REST, LATER)]
    for name, chosen in ((name, numbers[name]) for name in (*first, REST, LATER)):
        wire = sum(loaded[number]["bytes"] for number in chosen)
        # What comes in the background may come from the service worker, which has it by then or not.
        figure.rows.append(_row(name, [paths[n] for n in chosen], site.files, None if name == LATER else wire))
        figure.data[name] = {"requests": len(chosen), "wire": wire}
    total = figure.data["first view, all"]["wire"]
    with_rest = total + figure.data[REST]["wire"]
    later = [path.lstrip("/") or "index.html" for path in background]
    figure.rows.append(_row("afterwards, for use without a connection", later, site.files, None))
    figure.rows.append(_row("all that is built", list(site.files), site.files, None))
    foreign = [one["url"] for one in loaded if not one["url"].startswith(site.address)]
    same = all(one == ways[0] for one in ways)
    figure.data |= {"wire": total, "foreign": foreign, "answering": answering, "people": list(people), "same": same}
    figure.sound = not foreign and not answering and same
    kept = "kept" if total <= FIRST_VIEW_MOST else "MISSED"
    figure.says = [
        f"Aim {kept}: the first view weighs {kb_of(total)} kB over the wire with its headers, limit "
        f"{kb_of(FIRST_VIEW_MOST)} kB; {kb_of(with_rest)} kB with what later screens say, which comes right behind it.",
        "Headers weigh as much as they do because the policy on content goes with every file; HTTP/2 packs them, the "
        "server on this machine does not. What is loaded afterwards is asked for again by the service worker; the "
        "browser sends most of it from its own memory.",
        f"Nobody else is asked for anything: {len(foreign)} requests elsewhere."
        if not foreign
        else f"WRONG: asked elsewhere: {', '.join(foreign[:3])}.",
        f"Answering asks for nothing: 0 requests over {len(people)} whole ways through."
        if not answering
        else f"WRONG: answering asked for {', '.join(answering[:3])}.",
        f"What is loaded afterwards is the same for everybody and comes in one order: {len(ways)} first visits, one "
        "without an answer, the others of people who answer otherwise while it loads."
        if same
        else "WRONG: what is loaded afterwards depends on who answers what.",
    ]
    return figure


def _row(name: str, paths: Iterable[str], files: Mapping[str, bytes], wire: int | None) -> tuple[str, ...]:
    own = [path for path in paths if path in files]
    sizes = (sum(packed(files[path]) for path in own), sum(len(files[path]) for path in own))
    return (name, f"{len(own):,}", "-" if wire is None else kb_of(wire), *map(kb_of, sizes))


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
