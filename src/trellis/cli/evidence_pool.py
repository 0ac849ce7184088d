"""Pooled studies on a page, and as plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from trellis.cli.evidence_view import cited
from trellis.cli.terminal import Terminal
from trellis.evidence.datasets import PooledDataset, regress_dataset
from trellis.evidence.diagnostics import LeftOut, Regression, SmallStudies, leave_one_out, small_studies
from trellis.evidence.funnel import egger_words
from trellis.evidence.numbers import interval, number, p_value
from trellis.evidence.pool import IntervalBy, Pooled
from trellis.evidence.table import Table
from trellis.library.knowledge import Knowledge
from trellis.say import Say


@dataclass(frozen=True)
class Analysis:
    """What was asked of a dataset: pooled, and whatever else."""

    found: PooledDataset
    moderator: str | None
    regression: Regression | None
    each: tuple[LeftOut, ...]
    small: SmallStudies | None


def analyse(
    kb: Knowledge, found: PooledDataset, *, moderator: str | None, each: bool, interval: IntervalBy | None
) -> Analysis:
    """Regression, leave one out and Egger's test for pooled studies.

    Raises:
        TrellisError: what one of them refuses.
    """
    table, method = found.table, found.pooled.method
    regression = None
    if moderator is not None:
        regression, _ = regress_dataset(
            kb, found.dataset.id, moderator, where=found.where, method=method, interval=interval
        )
    without = (
        leave_one_out(table.effects, table.variances, table.labels, method=method, interval=interval) if each else ()
    )
    small = small_studies(table.effects, table.variances) if len(table.studies) > 2 else None
    return Analysis(found, moderator, regression, without, small)


def show_pooled(kb: Knowledge, analysis: Analysis, say: Say, term: Terminal, role: str) -> None:
    """The pooled number with its direction, the spread, groups, and what it hangs on; methods and data with sources."""
    found = analysis.found
    dataset, lang = found.dataset, say.lang
    term.heading(say("pooled.head", title=dataset.title.in_language(lang)))
    if found.where:
        names = (f"{dataset.moderators[name].in_language(lang)}: {value}" for name, value in found.where.items())
        term.text(say("pooled.only", where=say.join(names)))
    term.text(say("pooled.event", event=dataset.event.in_language(lang)))
    _main(kb, found.pooled, found.table, say, term)
    if found.groups is not None and found.by is not None:
        term.subheading(say("pooled.by", by=dataset.moderators[found.by].in_language(lang)))
        for name, group in found.groups.groups.items():
            shown = _number(group, found.table, say)
            term.bullets([say("pooled.group", name=name, k=group.k, number=shown)])
        slots = {"q": f"{found.groups.q:.2f}", "df": found.groups.df, "p": p_value(found.groups.p)}
        term.text(say("pooled.between", **slots))
    _regression(analysis, say, term)
    _each(analysis, say, term)
    if analysis.small is not None:
        term.subheading(say("pooled.small"))
        term.text(egger_words(analysis.small, lang))
        if analysis.small.few:
            term.text(say("pooled.few"))
    _left_out(found.table, say, term)
    methods = [*found.pooled.methods, *([analysis.small.method] if analysis.small else [])]
    _methods(kb, methods, say, term)
    term.subheading(say("evidence.sources"))
    term.bullets(cited(kb.sources[ref.ref] for ref in dataset.sources))
    term.text(say("pooled.licence", licence=dataset.licence))
    _end(kb, say, term, role)


def show_rows_pooled(kb: Knowledge, pooled: Pooled, table: Table, say: Say, term: Terminal, role: str) -> None:
    """Single results pooled."""
    term.heading(say("pooled.head", title=", ".join(table.labels)))
    _main(kb, pooled, table, say, term)
    _methods(kb, list(pooled.methods), say, term)
    term.subheading(say("evidence.sources"))
    term.bullets(cited(kb.sources[kb.results[label].source] for label in table.labels))
    _end(kb, say, term, role)


def _main(kb: Knowledge, pooled: Pooled, table: Table, say: Say, term: Terminal) -> None:
    ratio = table.ratio
    used = [pooled.method, *(["hartung_knapp"] if pooled.interval == "hartung_knapp" else [])]
    names = [kb.methods[name].name.in_language(say.lang) for name in used]
    term.text(say("pooled.studies", k=pooled.k, methods="; ".join(names)))
    direction = say("evidence.more_than_1") if ratio else say("evidence.more_than_0")
    shown = interval(pooled.effect, *pooled.ci, say.lang, ratio=ratio)
    term.text(say("evidence.pooled_is", measure=table.scale, value=shown, direction=direction), style="bold")
    if pooled.narrowed:
        term.text(say("pooled.narrow" if pooled.agree_closely else "pooled.narrow_by_method"))
    if pooled.prediction is not None:
        low, high = (number(end, ratio=ratio) for end in pooled.prediction)
        term.text(say("pooled.new", low=low, high=high))
    i2_from = say("pooled.from_q") if pooled.i2_from == "q" else say("pooled.from_tau2")
    slots = {
        "tau2": f"{pooled.tau2:.4f}",
        "i2": f"{100 * (pooled.i2 or 0):.1f}",
        "i2_from": i2_from,
        "q": f"{pooled.q:.2f}",
        "df": pooled.df,
        "p": p_value(1.0 if pooled.p is None else pooled.p),
    }
    term.text(say("pooled.spread", **slots))


def _number(pooled: Pooled, table: Table, say: Say) -> str:
    return f"{table.scale} {interval(pooled.effect, *pooled.ci, say.lang, ratio=table.ratio)}"


def _regression(analysis: Analysis, say: Say, term: Terminal) -> None:
    found = analysis.regression
    if found is None or analysis.moderator is None:
        return
    moderator = analysis.found.dataset.moderators[analysis.moderator].in_language(say.lang)
    term.subheading(say("pooled.regression", moderator=moderator))
    for one in found.coefficients:
        numbers = {"estimate": one.estimate, "se": one.se, "low": one.low, "high": one.high}
        slots = {name: f"{value:.3f}" for name, value in numbers.items()}
        term.bullets([say("pooled.coefficient", name=one.name, p=p_value(one.p), **slots)])
    term.text(say("pooled.coefficient_note"))
    if found.r2 is None:
        term.text(say("pooled.r2_none", k=found.k))
    else:
        slots = {"tau2": f"{found.tau2:.4f}", "without": f"{found.tau2_without:.4f}"}
        term.text(say("pooled.r2", k=found.k, r2=f"{100 * found.r2:.1f}", **slots))


def _each(analysis: Analysis, say: Say, term: Terminal) -> None:
    if not analysis.each:
        return
    table = analysis.found.table
    term.subheading(say("pooled.without_each"))
    for one in analysis.each:
        term.bullets([say("pooled.without", label=one.label, number=_number(one.pooled, table, say))])
    effects = sorted(one.pooled.effect for one in analysis.each)
    low, high = (number(effect, ratio=table.ratio) for effect in (effects[0], effects[-1]))
    term.text(say("pooled.without_range", low=low, high=high))


def _left_out(table: Table, say: Say, term: Terminal) -> None:
    for one in table.dropped:
        term.text(say("pooled.left_out", label=one.label, why=one.why.in_language(say.lang)))
    if table.corrected:
        term.text(say("pooled.added", labels=", ".join(table.corrected)))


def _methods(kb: Knowledge, names: list[str], say: Say, term: Terminal) -> None:
    term.subheading(say("pooled.methods"))
    for name in names:
        method = kb.methods[name]
        slots = {"name": method.name.in_language(say.lang), "says": method.says.in_language(say.lang)}
        term.bullets([say("pooled.method", **slots)])
        term.bullets(kb.cite(method.sources), indent="  ")


def _end(kb: Knowledge, say: Say, term: Terminal, role: str) -> None:
    term.line()
    term.text(say("pooled.caution"))
    term.text(say.review(kb.review, role), style="bold")


def pooled_json(analysis: Analysis) -> dict[str, Any]:
    """Pooled studies as plain values. ``shown`` is back from the logarithm where the scale is a ratio."""
    found, small = analysis.found, analysis.small
    return {
        "dataset": found.dataset.id,
        "where": dict(found.where),
        "by": found.by,
        **rows_json(found.pooled, found.table),
        "groups": None if found.groups is None else found.groups.to_json(),
        "regression": None if analysis.regression is None else analysis.regression.to_json(),
        "leave_one_out": [{"without": one.label, **one.pooled.to_json()} for one in analysis.each],
        "small_studies": None if small is None else small.to_json(),
        "dropped": [{"study": one.label, "why": one.why.model_dump()} for one in found.table.dropped],
        "corrected": list(found.table.corrected),
    }


def rows_json(pooled: Pooled, table: Table) -> dict[str, Any]:
    """The pooled number and its studies as plain values."""

    def shown(value: float) -> float:
        return math.exp(value) if table.ratio else value

    return {
        "scale": table.scale,
        "logarithms": table.ratio,
        "shown": {"effect": shown(pooled.effect), "low": shown(pooled.low), "high": shown(pooled.high)},
        "pooled": pooled.to_json(),
        "studies": [
            {"label": one.label, "effect": one.effect, "variance": one.variance, "weight": weight}
            for one, weight in zip(table.studies, pooled.weights, strict=True)
        ],
    }
