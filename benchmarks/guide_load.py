"""How long the guide takes to load on a slow phone, next to the same words without a script.

Alone: ``python -m benchmarks.guide_load [--quick]``.
"""

from __future__ import annotations

import sys
from typing import Any

from playwright.sync_api import Browser

import trellis
from benchmarks import guide
from benchmarks.guide import Network, Served, aim
from benchmarks.measure import Figure, median

RUNS, RUNS_QUICK = 7, 2
LIMIT_MS, LIMIT_BLOCKED_MS, LIMIT_SHIFT = 5_000.0, 200.0, 0.1
BARE = "bare.html"
NETWORKS = {"slow 4G": guide.SLOW, "slow 4G, by request": guide.SLOWEST}
MEASURES = {
    "first": "first words",
    "largest": "largest words",
    "ready": "first choice",
    "question": "first question",
    "blocked": "blocked",
    "shift": "shift",
}
OBSERVE = """
(() => {
  const seen = { first: 0, largest: 0, ready: 0, shift: 0, tasks: [] };
  window.seen = seen;
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("paint", (one) => one.name === "first-contentful-paint" && (seen.first = one.startTime));
  watch("largest-contentful-paint", (one) => (seen.largest = one.startTime));
  watch("layout-shift", (one) => one.hadRecentInput || (seen.shift += one.value));
  watch("longtask", (one) => seen.tasks.push([one.startTime, one.duration]));
  const look = () => {
    if (document.getElementById("title")) {
      seen.ready = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
})();
"""
SETTLED_MS = 3_000


def one_load(opened: Browser, address: str, network: Network, *, ask: bool) -> dict[str, float]:
    """One cold load in a new profile, in milliseconds; the shift is a score.

    Args:
        opened: the browser.
        address: what to open.
        network: the connection.
        ask: whether to press the first button and wait for the first question.
    """
    with guide.profile(opened) as context:
        page = context.new_page()
        page.add_init_script(OBSERVE)
        guide.slowed(page, network)
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => window.seen.ready > 0", timeout=120_000)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED_MS)
        seen: dict[str, Any] = page.evaluate("() => window.seen")
        found = {name: seen[name] for name in ("first", "largest", "ready", "shift")}
        tasks = [(start, took) for start, took in seen["tasks"] if start + took > seen["first"]]
        found["blocked"] = sum(max(0.0, took - 50) for _, took in tasks)
        if ask:
            page.evaluate("(labels) => { walker.use(labels); }", guide.labels("en"))
            found["question"] = found["ready"] + _asked(page)
    return found


def _asked(page: Any) -> float:
    """From the press on the first button until the first question is painted."""
    took = """
    async () => {
      const start = performance.now();
      walker.begin();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    }
    """
    return float(page.evaluate(took))


def put_bare(opened: Browser, site: Served) -> None:
    """Put the first screen there as ready HTML: the same words and styles, and no script."""
    with guide.profile(opened) as context:
        page = context.new_page()
        guide.opened_at_start(page, site.address)
        shown = page.evaluate("() => document.getElementById('app').outerHTML")
        styles = page.evaluate("() => [...document.querySelectorAll('link[rel=stylesheet]')].map((a) => a.outerHTML)")
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Care guide</title>'
    head = f"{meta}{''.join(styles)}"
    (site.folder / BARE).write_text(
        f'<!doctype html><html lang="en"><head>{head}</head><body>{shown}</body></html>', encoding="utf-8"
    )


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    runs = RUNS_QUICK if quick else RUNS
    loads: dict[str, list[dict[str, float]]] = {}
    with guide.served(kb) as site, guide.browser() as opened:
        put_bare(opened, site)
        for _ in range(runs):
            for name, network in NETWORKS.items():
                loads.setdefault(f"the guide, {name}", []).append(one_load(opened, site.address, network, ask=True))
                loads.setdefault(f"the same words without a script, {name}", []).append(
                    one_load(opened, site.address + BARE, network, ask=False)
                )
    figure = Figure(
        "guide_load",
        f"A first visit on a slow phone: milliseconds, median of {runs} cold loads (least to most)",
        ("", *MEASURES.values()),
    )
    for name, each in loads.items():
        figure.rows.append((name, *(_cell([one[key] for one in each if key in one], key) for key in MEASURES)))
        figure.data[name] = each
    middle = {name: {key: median([one[key] for one in each]) for key in each[0]} for name, each in loads.items()}
    ours, bare = middle["the guide, slow 4G"], middle["the same words without a script, slow 4G"]
    slowest = middle["the guide, slow 4G, by request"]
    figure.data["ratio"] = {"ready": ours["ready"] / bare["ready"], "first": ours["first"] / bare["first"]}
    figure.says = [
        aim("the first question is there after (milliseconds)", ours["question"], LIMIT_MS),
        aim("the same, slowed by request (milliseconds)", slowest["question"], LIMIT_MS),
        aim("the page is blocked for (milliseconds)", ours["blocked"], LIMIT_BLOCKED_MS),
        aim("the page shifts by (a score)", ours["shift"], LIMIT_SHIFT),
        "The numbers to call in danger stand in the page itself: they are there with the first words, after "
        f"{ours['first']:.0f} ms, {ours['first'] / bare['first']:.2f} times the page without a script.",
        f"The first choice is there after {ours['ready'] / bare['ready']:.2f} times what the page without a script "
        "takes.",
        "The phone: 4 times slower, 150 ms and 1.6 Mbit/s down, the figures Lighthouse names for a slow 4G phone. "
        "By request is how Lighthouse has Chromium apply them: 562.5 ms a request, 1.44 Mbit/s.",
        "The server speaks HTTP/1.1, so six files come at a time and each further one waits; a host with HTTP/2 sends "
        "all at once. Finding the host and encrypting are not counted.",
        "Blocked: what tasks of the page take beyond 50 ms each, from the first words until the page has been quiet "
        f"for {SETTLED_MS // 1000} seconds.",
    ]
    return figure


def _cell(values: list[float], key: str) -> str:
    if not values:
        return "-"
    digits = ".3f" if key == "shift" else ",.0f"
    return f"{median(values):{digits}} ({min(values):{digits}} to {max(values):{digits}})"


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
