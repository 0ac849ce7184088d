"""A plan to PDF: how long it takes beside making the plan, and beside the same page printed without tags.

Alone: ``python -m benchmarks.printing [--quick]``.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial

import trellis
from benchmarks.measure import AS_OF, Figure, median, seconds
from trellis.plans import make_plan
from trellis.plans.render import to_html, to_markdown, to_pdf

TIMES, TIMES_QUICK = 9, 2
ANSWERS = {
    "focus": "both",
    "age": "adult",
    "pregnancy": "no",
    "use.opioids": "severe",
    "mental.depression": "severe",
    "harm.suicide_thoughts": "thoughts",
    "engagement.readiness": "unsure",
}


def untagged(html: str) -> bytes:
    """The same page by the same library, called directly, without tags for a screen reader."""
    from weasyprint import HTML

    return bytes(HTML(string=html).write_pdf())


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    rec = trellis.decide(kb, ANSWERS, as_of=AS_OF)
    plan = make_plan(rec)
    html = to_html(kb, plan)
    steps: dict[str, Callable[[], object]] = {
        "make the plan": partial(make_plan, rec),
        "full plan as Markdown": partial(to_markdown, kb, plan),
        "full plan as HTML": partial(to_html, kb, plan),
        "full plan as PDF/UA": partial(to_pdf, kb, plan),
        "one page as PDF/UA": partial(to_pdf, kb, plan, layout="page"),
        "the same HTML as a PDF without tags, WeasyPrint called directly": partial(untagged, html),
    }
    times = TIMES_QUICK if quick else TIMES
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        step()
    for _ in range(times):
        for name, step in steps.items():
            gc.collect()
            taken[name].append(seconds(step) * 1e3)
    figure = Figure("printing", f"Printing a plan: milliseconds, {times} times", ("", "median", "least", "most"))
    for name, each in taken.items():
        figure.rows.append((name, f"{median(each):.1f}", f"{min(each):.1f}", f"{max(each):.1f}"))
        figure.data[name] = each
    tagged, bare = median(taken["full plan as PDF/UA"]), median(taken[list(steps)[-1]])
    figure.data["ratio"] = tagged / bare
    figure.says = [
        f"A tagged PDF takes {tagged / bare:.2f} times as long as the same page without tags.",
        "The one page is laid out again in smaller letters until it fits, so it may take as long as the full plan.",
    ]
    return figure


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
