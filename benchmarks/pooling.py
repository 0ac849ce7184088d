"""Pooling a table of studies, next to the libraries that do the arithmetic, called directly.

Alone: ``python -m benchmarks.pooling [--quick]``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np

import trellis
from benchmarks.measure import Figure, in_rounds, median
from trellis.evidence import pool, pool_dataset, read_dataset
from trellis.evidence.extra import estimators, meta_analysis
from trellis.evidence.pool import Estimator

DATASET = "landenberger2005"
ROUNDS, TIMES, TIMES_QUICK = 7, 40, 4
AGREE = 1e-4
"""Effects and spreads may differ by this much: both libraries stop their searches near it."""

Answer = tuple[float, float]
Call = Callable[[], Answer]


def ours(effects: tuple[float, ...], variances: tuple[float, ...], method: Estimator) -> Answer:
    """The mean and tau2, with all else that a ``Pooled`` carries."""
    found = pool(effects, variances, method=method)
    return found.effect, found.tau2


def by_statsmodels(y: Any, v: Any, method: str) -> Answer:
    """The mean and tau2 from statsmodels; for the common effect its mean without spread."""
    found = meta_analysis().combine_effects(y, v, method_re="dl" if method == "common" else method)
    if method == "common":
        return float(found.mean_effect_fe), 0.0
    return float(found.mean_effect_re), float(found.tau2)


def by_pymare(y: Any, v: Any, method: str) -> Answer:
    """The mean and tau2 from PyMARE, its estimator called directly."""
    known = estimators()
    if method == "common":
        model = known.WeightedLeastSquares(small_sample_correction="wald")
    elif method == "dl":
        model = known.DerSimonianLaird()
    else:
        model = known.VarianceBasedLikelihoodEstimator(method="REML")
    found = model.fit(y=y[:, None], v=v[:, None], X=np.ones((len(y), 1))).params_
    return float(np.ravel(found["fe_params"])[0]), float(np.ravel(found.get("tau2", 0.0))[0])


def contestants(kb: trellis.Knowledge) -> dict[str, dict[str, Call]]:
    """By method, who works it out and how."""
    table = read_dataset(kb, DATASET)
    y, v = np.array(table.effects), np.array(table.variances)
    mine = {
        "common effect": "common_effect",
        "DerSimonian-Laird": "dersimonian_laird",
        "REML": "reml",
        "Paule-Mandel": "paule_mandel",
    }
    theirs: dict[str, dict[str, Call]] = {
        "common effect": {
            "statsmodels": partial(by_statsmodels, y, v, "common"),
            "PyMARE": partial(by_pymare, y, v, "common"),
        },
        "DerSimonian-Laird": {
            "statsmodels": partial(by_statsmodels, y, v, "dl"),
            "PyMARE": partial(by_pymare, y, v, "dl"),
        },
        "REML": {"PyMARE": partial(by_pymare, y, v, "reml")},
        "Paule-Mandel": {"statsmodels": partial(by_statsmodels, y, v, "pm")},
    }
    return {
        name: {"Trellis": partial(ours, table.effects, table.variances, method), **theirs[name]}  # type: ignore[arg-type]
        for name, method in mine.items()
    }


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    times = TIMES_QUICK if quick else TIMES
    figure = Figure(
        "pooling",
        f"Pooling 58 studies: microseconds, {ROUNDS} rounds of {times} times",
        ("", "Trellis", "statsmodels", "PyMARE", "times the faster library", "largest difference"),
    )
    worst = 0.0
    for name, calls in contestants(kb).items():
        answers = {who: call() for who, call in calls.items()}
        apart = max(
            abs(one - other)
            for answer in answers.values()
            for one, other in zip(answer, answers["Trellis"], strict=True)
        )
        taken = in_rounds({who: [partial(_again, call, times)] * ROUNDS for who, call in calls.items()})
        micros = {who: median(each) / times * 1e6 for who, each in taken.items()}
        fastest = min(each for who, each in micros.items() if who != "Trellis")
        shown = [f"{micros[who]:.0f}" if who in micros else "-" for who in ("Trellis", "statsmodels", "PyMARE")]
        figure.rows.append((name, *shown, f"{micros['Trellis'] / fastest:.2f}", f"{apart:.1e}"))
        figure.data[name] = {"microseconds": micros, "largest_difference": apart}
        worst = max(worst, apart)
    whole = median(in_rounds({"whole": [partial(pool_dataset, kb, DATASET, by="design")] * ROUNDS})["whole"]) * 1e3
    figure.data["pool_dataset_by_design_ms"] = whole
    figure.sound = math.isfinite(worst) and worst <= AGREE
    agreed = "All agree" if figure.sound else "DISAGREE"
    figure.says = [
        f"{agreed}: effects and tau2 differ by at most {worst:.1e}, {AGREE:g} is allowed.",
        "Trellis checks its input, and adds the interval, Q with its p value, I squared, the prediction interval and "
        "the weights; the libraries give what their one call gives.",
        f"Reading the table, its effects, three groups and their comparison take {whole:.0f} ms (REML).",
        f"statsmodels {version('statsmodels')}, PyMARE {version('pymare')}, NumPy {version('numpy')}.",
    ]
    return figure


def _again(call: Call, times: int) -> None:
    for _ in range(times):
        call()


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
