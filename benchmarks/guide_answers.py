"""How long it takes on a slow phone from the press on "Next" until the next screen is painted.

Alone: ``python -m benchmarks.guide_answers [--quick]``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

import trellis
from benchmarks import guide
from benchmarks.guide import aim, share
from benchmarks.measure import Figure, median

LIMIT_MS, LIMIT_TIMES = 50.0, 1.2
PEOPLE, PEOPLE_QUICK = 12, 2
FIRST_LOOK_MS = 2_000


@dataclass(frozen=True)
class Hand:
    """How somebody answers: milliseconds that they look at a page, and at what they chose."""

    look: int
    check: int


HANDS = {"somebody who reads: 1 s a page, 0.3 s on the choice": Hand(1_000, 300), "a hasty hand: at once": Hand(0, 0)}
USUAL = next(iter(HANDS))
READY = "the same screens as ready HTML, put there by a press"
READY_ALONE = "the same screens as ready HTML, put there by no press"


def presses(page: Page, truth: dict[str, list[str]], hand: Hand) -> list[dict[str, Any]]:
    """Go through the guide with a mouse; what every press of "Next" took, in milliseconds, and what it showed."""
    found = []
    page.wait_for_timeout(FIRST_LOOK_MS)
    page.evaluate("() => walker.begin()")
    while (at := page.evaluate("() => walker.state()")) != "result":
        if at != "page":
            page.evaluate("(at) => walker.step(at, {})", at)
            continue
        page.wait_for_timeout(hand.look)
        page.evaluate("(truth) => walker.choose(truth)", truth)
        place = page.evaluate("() => walker.where()")
        page.mouse.move(place["x"], place["y"])
        page.wait_for_timeout(hand.check)
        page.mouse.click(place["x"], place["y"])
        found.append(page.evaluate("() => walker.took()"))
    return found


def ready(opened: Browser, address: str, screens: Sequence[str]) -> dict[str, list[float]]:
    """What the browser itself needs for the same screens, without a line of the guide: by a press, and by none."""
    with guide.profile(opened) as context:
        page = context.new_page()
        guide.opened_at_start(page, address)
        guide.slowed(page)
        alone: list[float] = page.evaluate("(screens) => walker.show(screens)", screens)
        page.evaluate("(screens) => walker.ready(screens)", screens)
        pressed = []
        for _ in screens:
            page.wait_for_timeout(HANDS[USUAL].check)
            place = page.evaluate("() => walker.where()")
            page.mouse.move(place["x"], place["y"])
            page.wait_for_timeout(HANDS[USUAL].check)
            page.mouse.click(place["x"], place["y"])
            pressed.append(page.evaluate("() => walker.took()")["painted"])
    return {READY: pressed, READY_ALONE: alone}


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    everybody = guide.truths(kb)
    count = PEOPLE_QUICK if quick else PEOPLE
    people = dict(list(everybody.items())[:: len(everybody) // count][:count])
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in HANDS}
    bare: dict[str, list[float]] = {READY: [], READY_ALONE: []}
    with guide.served(kb) as site, guide.browser() as opened:
        for truth in people.values():
            for name, hand in HANDS.items():
                with guide.profile(opened) as context:
                    page = context.new_page()
                    guide.opened_at_start(page, site.address)
                    guide.slowed(page)
                    page.evaluate("() => walker.watch()")
                    taken[name] += presses(page, truth, hand)
                if name == USUAL:
                    shown = taken[name][len(bare[READY]) :]
                    for kind, values in ready(opened, site.address, [one["screen"] for one in shown]).items():
                        bare[kind] += values
    return _figure(taken, bare, len(people))


def _figure(taken: dict[str, list[dict[str, Any]]], bare: dict[str, list[float]], count: int) -> Figure:
    figure = Figure(
        "guide_answers",
        f"From an answer to the next screen, processor {guide.SLOWER} times slower: milliseconds, {count} people",
        ("", "presses", "median", "95 in 100 within", "most"),
    )
    parts = {
        "until painted": "painted",
        "  of it, until the guide hears of it": "waited",
        "  of it, in the guide, with the layout it asks for": "handled",
        "by the browser's own account, in steps of 8": "browser",
    }
    for name, each in taken.items():
        for label, key in parts.items():
            values = [one[key] for one in each]
            shown = f"{name}: {label}" if key == "painted" else f"  {label}"
            figure.rows.append(_row(shown, values))
            figure.data[f"{name}: {key}"] = values
    for name, values in bare.items():
        figure.rows.append(_row(name, values))
        figure.data[name] = values
    usual = [one["painted"] for one in taken[USUAL]]
    ratio = {name: median(usual) / median(values) for name, values in bare.items()}
    figure.data["ratio"] = ratio
    within = 100 * sum(value <= LIMIT_MS for value in usual) / len(usual)
    figure.says = [
        aim("95 in 100 presses by somebody who reads are answered within (milliseconds)", share(usual, 95), LIMIT_MS),
        f"{within:.0f} in 100 are within {LIMIT_MS:g} ms.",
        aim(
            "over the same screens as ready HTML, put there by a press in this run (times)",
            ratio[READY],
            LIMIT_TIMES,
        ),
        f"{ratio[READY_ALONE]:.2f} times where no press is waited for either: until the browser tells of a press, "
        "some time goes by whatever the page does. Ready HTML is put there without a line of the guide: the least that "
        "anybody could take.",
        "All of these wait for the next frame of the screen, up to 17 ms.",
        "While somebody looks at what they chose, the guide works out the next screen; a hasty hand does not let it.",
        "The browser's own account (Event Timing) rounds to 8 ms, holds what the graphics part takes as well, and is 0 "
        "for what took less than 16 ms.",
    ]
    return figure


def _row(name: str, values: list[float]) -> tuple[str, ...]:
    figures = (median(values), share(values, 95), max(values))
    return (name, f"{len(values)}", *(f"{value:.1f}" for value in figures))


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
