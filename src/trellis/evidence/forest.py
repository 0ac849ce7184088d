"""The forest plot of pooled studies: for the eye, and the same numbers as a text table for the ear."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trellis.charts import accessible_svg, to_png, to_svg
from trellis.charts.draw import FONT, altair
from trellis.evidence.datasets import PooledDataset
from trellis.evidence.numbers import interval, number, p_value
from trellis.evidence.pool import Pooled
from trellis.evidence.table import Study
from trellis.say import Say

ROW = 18
HEAD = -1.15
PANEL = 380
INK, PALE, STUDY, POOLED = "#1a1a1a", "#6b6b6b", "#1f5673", "#a33f00"
RATIO_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
LineKind = Literal["head", "study", "group", "pooled", "prediction", "space"]


@dataclass(frozen=True)
class Drawing:
    """A drawing: ``svg`` with ``title`` and ``desc`` in it, and ``table``, the same numbers as text."""

    svg: str
    title: str
    desc: str
    table: str

    def png(self, *, scale: float = 2.0) -> bytes:
        """The same as PNG. It carries no words for a screen reader: show ``desc`` or ``table`` with it."""
        return to_png(self.svg, scale=scale)


@dataclass(frozen=True)
class PlotLine:
    """One line of the plot: its place from the top, what it is, its cells, and its low end, effect and high end."""

    place: int
    kind: LineKind
    label: str
    cells: tuple[str, str, str, str] = ("", "", "", "")
    span: tuple[float, float, float] | None = None
    weight: float = 0.0


def forest(found: PooledDataset, *, lang: str = "en") -> Drawing:
    """Draw pooled studies, group by group where they were grouped.

    Args:
        found: from :func:`trellis.evidence.pool_dataset`.
        lang: ``"en"`` or ``"es"``.

    Raises:
        TrellisError: the extra ``charts`` is not installed.
    """
    say = Say(lang)
    lines = tuple(_lines(found, lang))
    title = say("drawing.forest_title", title=title_of(found, lang))
    desc = describe(found, lang)
    svg = accessible_svg(to_svg(_chart(found, lines, title, lang)), title=title, desc=desc, lang=lang)
    return Drawing(svg, title, desc, forest_table(found, lang=lang))


def title_of(found: PooledDataset, lang: str) -> str:
    """The title of the dataset, with what its studies were chosen by."""
    say = Say(lang)
    title = found.dataset.title.in_language(lang)
    if not found.where:
        return title
    names = {column: found.dataset.moderators[column].in_language(lang) for column in found.where}
    where = "; ".join(say("drawing.is", name=names[column], value=value) for column, value in found.where.items())
    return say("drawing.only", title=title, where=where)


def describe(found: PooledDataset, lang: str) -> str:
    """What the plot shows, in sentences."""
    say = Say(lang)
    ratio, pooled = found.table.ratio, found.pooled
    several = {"k": pooled.k, "scale": found.table.scale}
    direction = say("drawing.more_than_1" if ratio else "drawing.more_than_0")
    shown = interval(pooled.effect, *pooled.ci, lang, ratio=ratio)
    sentences = [say("drawing.forest_desc", **several, pooled=shown, direction=direction)]
    favour = [study for study in found.table.studies if study.effect > 0]
    clear = sum(study.interval(pooled.level)[0] > 0 for study in favour)
    sentences.append(say("drawing.forest_favour", favour=len(favour), k=pooled.k, clear=clear))
    if pooled.prediction is not None:
        low, high = (number(end, ratio=ratio) for end in pooled.prediction)
        sentences.append(say("drawing.forest_new", low=low, high=high))
    if found.groups is not None:
        each = (
            f"{name} {interval(group.effect, *group.ci, lang, ratio=ratio)}"
            for name, group in found.groups.groups.items()
        )
        sentences.append(say("drawing.forest_groups", groups="; ".join(each)))
    return " ".join(sentences)


def spread_words(found: PooledDataset, lang: str) -> str:
    """How far the studies differ, in a sentence, and the groups in another."""
    say = Say(lang)
    pooled = found.pooled
    said = say(
        "drawing.spread",
        tau2=f"{pooled.tau2:.4f}",
        i2=f"{100 * (pooled.i2 or 0):.1f} %",
        q=f"{pooled.q:.2f}",
        df=pooled.df,
        p=say("drawing.p", value=p_value(pooled.p if pooled.p is not None else 1.0)),
    )
    if found.groups is None:
        return said
    between = found.groups
    p = say("drawing.p", value=p_value(between.p))
    return f"{said} {say('drawing.between', q=f'{between.q:.2f}', df=between.df, p=p)}"


def forest_table(found: PooledDataset, *, lang: str = "en") -> str:
    """The numbers of the plot as a table of text, a study a line, for a screen reader or a terminal.

    Args:
        found: from :func:`trellis.evidence.pool_dataset`.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> from trellis.evidence.datasets import pool_dataset
    >>> few = pool_dataset(trellis.load(), "landenberger2005", where={"country": "UK"})
    >>> print(forest_table(few).splitlines()[1])
    Falshaw (2003)             253/649  585/1500  1.00 (0.83 to 1.21)   23.9 %
    """
    say = Say(lang)
    head = (
        say("drawing.study"),
        say("drawing.with"),
        say("drawing.without"),
        _effect_head(found, lang),
        say("drawing.weight"),
    )
    rows = [(line.label, *line.cells) for line in _lines(found, lang) if line.kind != "space"]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(5)]
    shown = []
    for label, *cells in (head, *rows):
        padded = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        shown.append("  ".join([f"{label:<{widths[0]}}", *padded]).rstrip())
    return "\n".join(shown)


def _effect_head(found: PooledDataset, lang: str) -> str:
    say = Say(lang)
    return say("drawing.effect", scale=found.table.scale)


def _lines(found: PooledDataset, lang: str) -> Iterator[PlotLine]:
    say = Say(lang)
    ratio, pooled = found.table.ratio, found.pooled
    weights = dict(zip(found.table.labels, pooled.weights, strict=True))
    place = 0
    groups = found.groups.groups if found.groups else {"": pooled}
    for name, group in groups.items():
        mine = [study for study in found.table.studies if found.group_of(study) == name]
        if found.by:
            label = say("drawing.by", by=found.dataset.moderators[found.by].in_language(lang), name=name)
            yield PlotLine(place, "head", label)
            place += 1
        for study in sorted(mine, key=lambda study: study.effect):
            yield _study(place, study, weights[study.label], lang, ratio=ratio)
            place += 1
        if found.by:
            label = say("drawing.group", name=name, k=group.k)
            share = sum(weights[study.label] for study in mine)
            yield _diamond(place, "group", label, group, share, lang, ratio=ratio)
            yield PlotLine(place + 1, "space", "")
            place += 2
    if not found.by:
        yield PlotLine(place, "space", "")
        place += 1
    yield _diamond(place, "pooled", say("drawing.all", k=pooled.k), pooled, 1.0, lang, ratio=ratio)
    if pooled.prediction is not None:
        low, high = pooled.prediction
        shown = say("drawing.interval", value="", low=number(low, ratio=ratio), high=number(high, ratio=ratio)).strip()
        cells = ("", "", shown, "")
        yield PlotLine(place + 1, "prediction", say("drawing.new_study"), cells, (low, pooled.effect, high))


def _study(place: int, study: Study, weight: float, lang: str, *, ratio: bool) -> PlotLine:
    say = Say(lang)
    low, high = study.interval()
    counts = (
        "" if group is None else say("drawing.events", events=group[0], people=group[1])
        for group in (study.with_approach, study.without)
    )
    one, other = counts
    cells = (
        one,
        other,
        interval(study.effect, low, high, lang, ratio=ratio),
        say("drawing.percent", value=100 * weight),
    )
    return PlotLine(place, "study", study.label, cells, (low, study.effect, high), weight)


def _diamond(
    place: int, kind: LineKind, label: str, pooled: Pooled, share: float, lang: str, *, ratio: bool
) -> PlotLine:
    say = Say(lang)
    shown = interval(pooled.effect, *pooled.ci, lang, ratio=ratio)
    cells = ("", "", shown, say("drawing.percent", value=100 * share))
    return PlotLine(place, kind, label, cells, (pooled.low, pooled.effect, pooled.high), share)


def _ends(lines: Sequence[PlotLine], *, ratio: bool) -> tuple[float, float]:
    """Ends of the scale: room for every effect and most of the intervals; the few that go on get an arrow."""
    lows, effects, highs = (sorted(each) for each in zip(*(line.span for line in lines if line.span), strict=True))
    tenth = len(lows) // 10
    low, high = min(lows[tenth], *effects), max(highs[-1 - tenth], *effects)
    if ratio:
        wide = max(1.1 * max(abs(low), abs(high)), math.log(2.2))
        return -wide, wide
    room = 0.06 * max(high - low, 1e-9)
    return min(low - room, -room), max(high + room, room)


def _chart(found: PooledDataset, lines: Sequence[PlotLine], title: str, lang: str) -> Any:
    say = Say(lang)
    alt = altair()
    rows = 1 + max(line.place for line in lines)
    y = alt.Y(
        "place:Q", axis=None, scale=alt.Scale(domain=[HEAD - 0.4, rows - 0.4], reverse=True, nice=False, zero=False)
    )
    height = ROW * (rows - HEAD)
    middle = _panel(alt, found, lines, y, lang).properties(width=PANEL, height=height)
    columns = [
        (say("drawing.study"), "label", 190, "left"),
        (say("drawing.with"), "with", 62, "right"),
        (say("drawing.without"), "without", 66, "right"),
        (_effect_head(found, lang), "effect", 140, "right"),
        (say("drawing.weight"), "weight", 48, "right"),
    ]
    texts = [_column(alt, lines, y, *column).properties(width=column[2], height=height) for column in columns]
    counted = any(study.with_approach for study in found.table.studies)
    below = [say("drawing.event", event=found.dataset.event.in_language(lang))] if counted else []
    below += [spread_words(found, lang), say("drawing.note")]
    return (
        alt.hconcat(*texts[:3], middle, *texts[3:], spacing=10)
        .properties(
            title=alt.TitleParams(
                title, anchor="start", fontSize=16, color=INK, offset=8, subtitle=below, subtitlePadding=6
            ),
            padding=16,
            background="white",
        )
        .configure(font=FONT)
        .configure_title(subtitleFontSize=12, subtitleColor=PALE, subtitleLineHeight=16)
        .configure_view(stroke=None)
        .configure_concat(spacing=10)
    )


def _column(alt: Any, lines: Sequence[PlotLine], y: Any, head: str, column: str, width: int, align: str) -> Any:
    cells = {"with": 0, "without": 1, "effect": 2, "weight": 3}
    x = 0 if align == "left" else width
    told = [(line.place, line.label if column == "label" else line.cells[cells[column]], line.kind) for line in lines]
    layers = []
    for bold, size in ((False, 12), (True, 12)):
        values = [
            {"place": place, "text": text}
            for place, text, kind in [*told, (HEAD, head, "head")]
            if text and (kind in ("head", "group", "pooled")) == bold
        ]
        weight = "bold" if bold else "normal"
        mark = alt.Chart(alt.Data(values=values)).mark_text(
            align=align, baseline="middle", fontSize=size, fontWeight=weight, color=INK
        )
        layers.append(mark.encode(x=alt.value(x), y=y, text="text:N"))
    return alt.layer(*layers)


def _panel(alt: Any, found: PooledDataset, lines: Sequence[PlotLine], y: Any, lang: str) -> Any:
    ratio = found.table.ratio
    low, high = _ends(lines, ratio=ratio)

    def shown(value: float) -> float:
        return math.exp(value) if ratio else value

    ticks = [tick for tick in RATIO_TICKS if low <= math.log(tick) <= high]
    style = {"title": None, "labelFontSize": 12, "labelColor": INK, "tickColor": PALE, "domainColor": PALE}
    axis = alt.Axis(grid=False, offset=4, **style, **({"values": ticks, "format": "~g"} if ratio else {}))
    scale = alt.Scale(type="log" if ratio else "linear", domain=[shown(low), shown(high)], nice=False)
    x = alt.X("x:Q", axis=axis, scale=scale)
    marks = [line for line in lines if line.span is not None]
    spans = []
    for line in marks:
        left, effect, right = line.span or (0.0, 0.0, 0.0)
        ends = {"x": shown(max(left, low)), "x2": shown(min(right, high)), "effect": shown(effect)}
        spans.append(ends | {"place": line.place, "kind": line.kind, "weight": line.weight})

    def data(*kinds: str) -> Any:
        return alt.Chart(alt.Data(values=[span for span in spans if span["kind"] in kinds]))

    bottom = 0.4 + max(line.place for line in lines)
    rule = alt.Chart(alt.Data(values=[{"x": shown(0.0), "place": -0.5, "to": bottom}]))
    mean = alt.Chart(alt.Data(values=[{"x": shown(found.pooled.effect), "place": -0.5, "to": bottom}]))
    squares = alt.Scale(
        type="linear", domain=[0, max(line.weight for line in marks if line.kind == "study")], range=[10, 150]
    )
    layers = [
        rule.mark_rule(color=INK, strokeWidth=1).encode(x=x, y=y, y2="to:Q"),
        mean.mark_rule(color=POOLED, strokeDash=[3, 3], strokeWidth=1).encode(x=x, y=y, y2="to:Q"),
        data("study").mark_rule(color=STUDY, strokeWidth=1.2).encode(x=x, x2="x2:Q", y=y),
        data("study")
        .mark_point(shape="square", filled=True, color=STUDY, opacity=1)
        .encode(
            x=alt.X("effect:Q", axis=axis, scale=scale), y=y, size=alt.Size("weight:Q", scale=squares, legend=None)
        ),
        data("prediction").mark_rule(color=POOLED, strokeWidth=3).encode(x=x, x2="x2:Q", y=y),
        *_arrows(alt, marks, x, y, low, high, shown),
        *_diamonds(alt, marks, x, y, shown),
        *_sides(alt, x, shown(0.0), lang),
    ]
    return alt.layer(*layers)


def _arrows(alt: Any, marks: Sequence[PlotLine], x: Any, y: Any, low: float, high: float, shown: Any) -> list[Any]:
    """Small triangles where an interval goes on beyond the scale."""
    spans = [(line, *line.span) for line in marks if line.span]
    beyond = {
        -90: [(line, low) for line, left, *_ in spans if left < low],
        90: [(line, high) for line, *_, right in spans if right > high],
    }
    return [
        alt.Chart(
            alt.Data(
                values=[
                    {"place": line.place, "x": shown(end), "colour": STUDY if line.kind == "study" else POOLED}
                    for line, end in found
                ]
            )
        )
        .mark_point(shape="triangle", filled=True, size=34, angle=angle % 360, opacity=1)
        .encode(x=x, y=y, color=alt.Color("colour:N", scale=None))
        for angle, found in beyond.items()
        if found
    ]


def _diamonds(alt: Any, marks: Sequence[PlotLine], x: Any, y: Any, shown: Any) -> list[Any]:
    layers = []
    for line in marks:
        if line.span is None or line.kind not in ("group", "pooled"):
            continue
        half = 0.42 if line.kind == "pooled" else 0.34
        low, effect, high = (shown(value) for value in line.span)
        corners = [(low, 0.0), (effect, -half), (high, 0.0), (effect, half)]
        values = [{"x": cx, "place": line.place + up, "order": order} for order, (cx, up) in enumerate(corners)]
        layers.append(
            alt.Chart(alt.Data(values=values))
            .mark_line(interpolate="linear-closed", fill=POOLED, color=POOLED, strokeWidth=1)
            .encode(x=x, y=y, order="order:Q")
        )
    return layers


def _sides(alt: Any, x: Any, none: float, lang: str) -> list[Any]:
    """Which way favours whom, above the panel beside the line of no difference."""
    say = Say(lang)
    mark = alt.Chart(alt.Data(values=[{"x": none, "left": say("drawing.left"), "right": say("drawing.right")}]))
    common = {"baseline": "middle", "fontSize": 12, "color": INK, "fontWeight": "bold"}
    at = alt.value(ROW * 0.4)
    return [
        mark.mark_text(align="right", dx=-6, **common).encode(x=x, y=at, text="left:N"),
        mark.mark_text(align="left", dx=6, **common).encode(x=x, y=at, text="right:N"),
    ]
