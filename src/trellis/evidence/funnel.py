"""The funnel plot: do small studies lie to one side of the large ones?"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

from trellis.charts import accessible_svg, to_svg
from trellis.charts.draw import FONT, altair
from trellis.evidence.datasets import PooledDataset
from trellis.evidence.diagnostics import SmallStudies, small_studies
from trellis.evidence.forest import INK, PALE, POOLED, RATIO_TICKS, STUDY, Drawing, title_of
from trellis.evidence.numbers import interval, number, p_value
from trellis.evidence.pool import Pooled, pool
from trellis.say import Say

WIDTH, HEIGHT = 560, 420


def funnel(found: PooledDataset, *, lang: str = "en") -> Drawing:
    """Draw effects against their standard errors, with the lines between which chance alone would keep 95 %.

    The lines stand around the common effect (Sterne and Egger 2001), as Egger's test does, whatever ``found`` was
    pooled by.

    Args:
        found: from :func:`trellis.evidence.pool_dataset`, of three studies or more.
        lang: ``"en"`` or ``"es"``.

    Raises:
        TrellisError: too few studies for Egger's test, or the extra ``charts`` is not installed.
    """
    say = Say(lang)
    table = found.table
    common = pool(table.effects, table.variances, method="common_effect")
    egger = small_studies(table.effects, table.variances)
    title = say("drawing.funnel_title", title=title_of(found, lang))
    told = egger_words(egger, lang)
    shown = interval(common.effect, *common.ci, lang, ratio=table.ratio)
    half = NormalDist().inv_cdf(0.975)
    inside = sum(abs(study.effect - common.effect) <= half * study.se for study in table.studies)
    desc = say("drawing.funnel_desc", k=common.k, scale=table.scale, pooled=shown, inside=inside) + " " + told
    svg = accessible_svg(to_svg(_chart(found, common, [title, told], lang)), title=title, desc=desc, lang=lang)
    return Drawing(svg, title, desc, funnel_table(found, lang=lang))


def egger_words(egger: SmallStudies, lang: str) -> str:
    """Egger's test in a sentence."""
    say = Say(lang)
    p = say("drawing.p", value=p_value(egger.p))
    slots = {"bias": f"{egger.bias:.2f}", "statistic": f"{egger.statistic:.2f}", "df": egger.df, "p": p}
    return say("drawing.funnel_egger", **slots)


def funnel_table(found: PooledDataset, *, lang: str = "en") -> str:
    """The dots as text: each study's effect and standard error, exact studies first."""
    say = Say(lang)
    head = (say("drawing.study"), found.table.scale, say("drawing.se"))
    studies = sorted(found.table.studies, key=lambda study: study.se)
    ratio = found.table.ratio
    rows = [(study.label, number(study.effect, ratio=ratio), f"{study.se:.3f}") for study in studies]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(3)]
    return "\n".join(f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}" for a, b, c in (head, *rows))


def _chart(found: PooledDataset, common: Pooled, words: list[str], lang: str) -> Any:
    say = Say(lang)
    alt = altair()
    ratio = found.table.ratio

    def shown(value: float) -> float:
        return math.exp(value) if ratio else value

    deepest = 1.08 * max(study.se for study in found.table.studies)
    half = NormalDist().inv_cdf(0.975) * deepest
    furthest = max(half, *(abs(study.effect - common.effect) for study in found.table.studies)) * 1.05
    low, high = common.effect - furthest, common.effect + furthest
    ticks = [tick for tick in RATIO_TICKS if low <= math.log(tick) <= high]
    style = {"grid": False, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK}
    axis = alt.Axis(title=_across(found, lang), **style, **({"values": ticks, "format": "~g"} if ratio else {}))
    kind = "log" if ratio else "linear"
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(type=kind, domain=[shown(low), shown(high)], nice=False))
    down = alt.Axis(title=say("drawing.standard_error"), **style)
    y = alt.Y("se:Q", axis=down, scale=alt.Scale(domain=[0, deepest], reverse=True, nice=False))
    lines = [
        {"x": shown(common.effect + side * at * half), "se": at * deepest, "side": side}
        for side in (-1, 1)
        for at in (0, 1)
    ]
    dots = [{"x": shown(study.effect), "se": study.se} for study in found.table.studies]
    ends = [{"x": shown(common.effect)}], [{"x": shown(0.0)}]
    layers = [
        alt.Chart(alt.Data(values=ends[1])).mark_rule(color=PALE, strokeWidth=1).encode(x=x),
        alt.Chart(alt.Data(values=ends[0])).mark_rule(color=POOLED, strokeDash=[3, 3], strokeWidth=1.5).encode(x=x),
        alt.Chart(alt.Data(values=lines))
        .mark_line(color=POOLED, strokeWidth=1.2)
        .encode(x=x, y=y, detail="side:N", order="se:Q"),
        alt.Chart(alt.Data(values=dots))
        .mark_point(filled=True, shape="circle", color=STUDY, size=52, opacity=0.85, stroke="white", strokeWidth=0.6)
        .encode(x=x, y=y),
    ]
    heading = alt.TitleParams(words[0], subtitle=words[1:], anchor="start", fontSize=16, color=INK, subtitlePadding=6)
    return (
        alt.layer(*layers)
        .properties(width=WIDTH, height=HEIGHT, title=heading, padding=16, background="white")
        .configure(font=FONT)
        .configure_title(subtitleFontSize=12, subtitleColor=PALE, offset=10)
        .configure_view(stroke=None)
    )


def _across(found: PooledDataset, lang: str) -> str:
    say = Say(lang)
    return say("drawing.across", scale=found.table.scale, left=say("drawing.left"), right=say("drawing.right"))
