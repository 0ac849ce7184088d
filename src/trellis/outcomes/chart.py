"""A measure over time: drawn for the eye, and told in sentences for the ear."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.charts import accessible_svg, to_png, to_svg
from trellis.charts.draw import FONT, altair
from trellis.errors import AnswerError, Problem
from trellis.kinds.instrument import Instrument, Scale
from trellis.outcomes.change import ChangeRead, read_change
from trellis.outcomes.words import change_sentences, title_of, with_band
from trellis.say import Say

INK, PALE, LINE = "#1a1a1a", "#4d4d4d", "#123f5c"
# From pale to strong is from better to worse; every stripe also has its name beside it and a rule below it.
STRIPES = ("#f7f9fa", "#e6eef3", "#d3e1ea", "#bdd2df", "#a5c0d2")
WIDTH, HEIGHT = 520, 300
BAND_COLUMN, BAND_LETTERS = 190, 26
UNBROKEN = "\u00a0"
LOWER_ROOM, UPPER_ROOM, ROOM_BELOW = 0.02, 0.08, 0.09
APART = 56
"""How far apart two days must be drawn, in units of the drawing, for both to be written out."""


@dataclass(frozen=True)
class MeasureChart:
    """One person's totals on one scale over time.

    ``title`` and ``desc`` are also inside the SVG, for a screen reader. A PNG carries no words: show ``text()`` too.
    """

    instrument: Instrument
    scale: Scale
    points: tuple[tuple[date, int], ...]
    lang: str
    title: str
    sentences: tuple[str, ...]
    change: ChangeRead | None

    @property
    def desc(self) -> str:
        """What the drawing shows, in sentences."""
        return " ".join(self.sentences)

    def text(self) -> str:
        """The same as text: the sentences, then every total with its day and band."""
        say = Say(self.lang)
        rows = (with_band("row", self.scale, total, self.lang, day=say.day(day)) for day, total in self.points)
        return "\n".join([self.title, "", *self.sentences, "", *rows])

    def svg(self) -> str:
        """The drawing. Raises ``TrellisError`` when the extra ``charts`` is not installed."""
        return accessible_svg(to_svg(_draw(self)), title=self.title, desc=self.desc, lang=self.lang)

    def png(self, *, scale: float = 2.0) -> bytes:
        """The same as PNG. Raises ``TrellisError`` when the extra ``charts`` is not installed."""
        return to_png(self.svg(), scale=scale)


def measure_chart(
    instrument: Instrument, scale: str, points: Sequence[tuple[date, int]], *, lang: str = "en"
) -> MeasureChart:
    """Chart one person's totals on one scale.

    Args:
        instrument: as loaded.
        scale: the id of the scale, such as ``"total"``.
        points: the day and the total of each time it was filled in, in any order; those of one day in their order.
        lang: ``"en"`` or ``"es"``.

    Returns:
        the chart: ``svg()``, ``png()``, ``text()``, ``desc``.

    Raises:
        AnswerError: there is no point, or a total lies outside the scale. KeyError: there is no such scale.

    >>> import trellis
    >>> phq9 = trellis.load().instruments["phq9"]
    >>> chart = measure_chart(phq9, "total", [(date(2026, 3, 2), 18), (date(2026, 5, 4), 8)])
    >>> chart.sentences[2], chart.sentences[4]
    ('The first total was 18 (Moderately severe).', 'That is better by 10 points.')
    """
    read = instrument.scale(scale)
    problems = [] if points else [Problem(f"{instrument.id}[{scale}]", "has no totals.", "Give a day and a total.")]
    for day, total in points:
        if not read.low <= total <= read.high or total != int(total):
            remedy = f"It may be a whole number from {read.low} to {read.high}."
            problems.append(Problem(f"{instrument.id}[{scale}] {day}", f"is [{total}].", remedy))
    if problems:
        raise AnswerError(problems)
    ordered = tuple(sorted(points, key=lambda point: point[0]))
    change = read_change(instrument, scale, ordered[0][1], ordered[-1][1]) if len(ordered) > 1 else None
    sentences = tuple(_sentences(instrument, read, ordered, change, lang))
    return MeasureChart(instrument, read, ordered, lang, title_of(instrument, read, lang), sentences, change)


def _sentences(
    instrument: Instrument, scale: Scale, points: Sequence[tuple[date, int]], change: ChangeRead | None, lang: str
) -> Iterator[str]:
    say = Say(lang)
    yield say(f"change.range_{scale.worse}", short=instrument.short, low=scale.low, high=scale.high)
    (first_day, first), (last_day, last) = points[0], points[-1]
    if change is None:
        yield say("change.once")
        yield with_band("only", scale, first, lang, day=say.day(first_day))
    else:
        days = {"first": say.day(first_day), "last": say.day(last_day)}
        yield say("change.often", count=len(points), **days)
        yield with_band("first", scale, first, lang)
        yield with_band("last", scale, last, lang)
        inner = [total for _, total in points[1:-1]]
        if inner and max(inner) > max(first, last):
            yield say("change.up_to", total=max(inner))
        if inner and min(inner) < min(first, last):
            yield say("change.down_to", total=min(inner))
        yield from change_sentences(change, lang)
    yield say("change.alone")


@dataclass(frozen=True)
class _Spot:
    x: float
    day: date
    total: int


def _spots(points: Sequence[tuple[date, int]]) -> list[_Spot]:
    """Where the points stand from left to right: by day, those of one day spread over it."""
    found = []
    for number, (day, total) in enumerate(points):
        same = [place for place, (other, _) in enumerate(points) if other == day]
        found.append(_Spot(day.toordinal() + same.index(number) / len(same), day, total))
    return found


def _ends(scale: Scale) -> tuple[float, float]:
    """The ends of the drawing: half a point beyond the scale, and room for the number above the highest point."""
    span = scale.high - scale.low + 1
    return scale.low - 0.5 - span * LOWER_ROOM, scale.high + 0.5 + span * UPPER_ROOM


def _draw(chart: MeasureChart) -> Any:
    say = Say(chart.lang)
    alt = altair()
    spots = _spots(chart.points)
    low, high = _ends(chart.scale)
    room = max((spots[-1].x - spots[0].x) * 0.06, 0.5)
    x_scale = alt.Scale(domain=[spots[0].x - room, spots[-1].x + room], nice=False, zero=False)
    y_scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    starts = [band.from_ for band in chart.scale.bands] or [chart.scale.low]
    ticks = sorted({*starts, chart.scale.low, chart.scale.high})
    ticks = [ticks[0], *(tick for tick in ticks[1:-1] if ticks[-1] - tick > (high - low) / 20), ticks[-1]]
    heading = say(f"change.arrow_{chart.scale.worse}", scale=chart.scale.name.in_language(chart.lang))
    axis = alt.Axis(
        values=ticks, format="d", grid=False, domain=False, tickColor=PALE, labelColor=INK, labelFontSize=13,
        title=heading, titleColor=INK, titleFontSize=13, titleFontWeight="normal", titlePadding=8,
    )  # fmt: skip
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=axis)
    layers = [
        *_stripes(alt, chart, y, y_scale),
        *_points(alt, spots, x, y, low, high - low),
        _days(alt, chart, spots, x, x_scale),
    ]
    return (
        alt.layer(*layers)
        .properties(
            width=WIDTH,
            height=HEIGHT,
            padding={"left": 14, "top": 14, "right": 18, "bottom": 16},
            autosize=alt.AutoSizeParams(type="pad"),
            background="white",
            title=alt.TitleParams(
                textwrap.wrap(chart.title, 70), anchor="start", frame="group", fontSize=17, color=INK, offset=14
            ),
        )
        .configure(font=FONT)
        .configure_view(stroke=None, fill=STRIPES[0])
    )


def _stripes(alt: Any, chart: MeasureChart, y: Any, y_scale: Any) -> Iterator[Any]:
    say = Say(chart.lang)
    bands, scale = chart.scale.bands, chart.scale
    low, high = _ends(scale)
    if not bands:
        return
    ends = [*(band.from_ for band in bands[1:]), scale.high + 1]
    shades = [STRIPES[round(place * (len(STRIPES) - 1) / max(len(bands) - 1, 1))] for place in range(len(bands))]
    if scale.worse == "down":
        shades = shades[::-1]
    rows = []
    for band, end, shade in zip(bands, ends, shades, strict=True):
        last = end - 1
        slots = {"name": band.name.in_language(chart.lang), "low": band.from_, "high": last}
        told = say("change.band_one" if band.from_ == last else "change.band", **slots)
        name, mark, numbers = told.rpartition(" (")
        told = f"{name}{mark}{numbers.replace(' ', UNBROKEN)}"
        bottom = low if band is bands[0] else band.from_ - 0.5
        top = high if band is bands[-1] else end - 0.5
        rows.append(
            {
                "y": bottom,
                "y2": top,
                "middle": (bottom + top) / 2,
                "shade": shade,
                "told": textwrap.wrap(told, BAND_LETTERS),
            }
        )
    data = alt.Chart(alt.Data(values=rows))
    yield data.mark_rect().encode(y=y, y2="y2:Q", color=alt.Color("shade:N", scale=None, legend=None))
    inner = alt.Chart(alt.Data(values=rows[1:]))
    yield inner.mark_rule(color=PALE, strokeWidth=0.8, strokeDash=[2, 3]).encode(y=y)
    names = data.mark_text(
        align="left", baseline="middle", dx=10, fontSize=13, lineHeight=15, color=INK, limit=BAND_COLUMN
    )
    yield names.encode(x=alt.value(WIDTH), y=alt.Y("middle:Q", scale=y_scale), text="told:N")


def _points(alt: Any, spots: Sequence[_Spot], x: Any, y: Any, lowest: float, span: float) -> list[Any]:
    rows = []
    lowest_below = lowest + span * ROOM_BELOW
    for place, spot in enumerate(spots):
        # A number stands where the line does not run: below a valley that has room, above everything else.
        sides = [spots[other].total for other in (place - 1, place + 1) if 0 <= other < len(spots)]
        below = bool(sides) and all(other > spot.total for other in sides) and spot.total > lowest_below
        rows.append({"x": spot.x, "y": spot.total, "total": str(spot.total), "below": below})
    chart = alt.Chart(alt.Data(values=rows))
    layers = [chart.mark_line(color=LINE, strokeWidth=2.5).encode(x=x, y=y, order="x:Q")]
    dot = {"filled": True, "size": 95, "color": LINE, "stroke": "white", "strokeWidth": 1.5, "opacity": 1}
    layers.append(chart.mark_point(**dot).encode(x=x, y=y))
    for below, dy in ((False, -15), (True, 16)):
        shown = alt.Chart(alt.Data(values=[row for row in rows if row["below"] == below]))
        style = {"dy": dy, "fontSize": 14, "fontWeight": "bold"}
        outline = {"stroke": "white", "strokeWidth": 3, "strokeOpacity": 0.8}
        layers += [
            shown.mark_text(**style, **ink).encode(x=x, y=y, text="total:N") for ink in (outline, {"color": INK})
        ]
    return layers


def _days(alt: Any, chart: MeasureChart, spots: Sequence[_Spot], x: Any, x_scale: Any) -> Any:
    """The first and the last day, and those between that have room."""
    year = len({spot.day.year for spot in spots}) > 1
    per_day = WIDTH / (x_scale.domain[1] - x_scale.domain[0])
    needed = APART * (1.5 if year else 1) / per_day
    kept = [spots[0]]
    for spot in spots[1:]:
        if spot.day != kept[-1].day and spot.x - kept[-1].x >= needed:
            kept.append(spot)
    if spots[-1].day != kept[-1].day:
        kept = [*(spot for spot in kept[:1] if len(kept) == 1), *kept[: -1 if len(kept) > 1 else None], spots[-1]]
    say = Say(chart.lang)
    rows = [{"x": spot.x, "day": say.day_short(spot.day, year=year)} for spot in dict.fromkeys(kept)]
    text = alt.Chart(alt.Data(values=rows)).mark_text(baseline="top", fontSize=13, color=INK, dy=9)
    return text.encode(x=x, y=alt.value(HEIGHT), text="day:N")
