"""What a change on a scale says, in whole sentences, in both languages. Nothing is said without a figure for it."""

from __future__ import annotations

from collections.abc import Iterator

from trellis.instruments.score import band_of
from trellis.kinds.instrument import Instrument, Scale
from trellis.outcomes.change import ChangeRead
from trellis.say import Say


def title_of(instrument: Instrument, scale: Scale, lang: str) -> str:
    """The title of a chart: the instrument, the scale where there are several, and what it measures."""
    say = Say(lang)
    measures = instrument.measures.in_language(lang).rstrip(".")
    if len(instrument.scales) == 1:
        return say("change.title", short=instrument.short, measures=measures)
    return say(
        "change.title_scale", short=instrument.short, scale=scale.name.in_language(lang).lower(), measures=measures
    )


def with_band(key: str, scale: Scale, total: int, lang: str, **slots: object) -> str:
    """A sentence about a total, with the name of its band where the scale has bands."""
    band = band_of(scale, total)
    if band is None:
        return Say(lang)(f"change.{key}", total=total, **slots)
    return Say(lang)(f"change.{key}_band", total=total, band=band.name.in_language(lang), **slots)


def change_sentences(read: ChangeRead, lang: str) -> Iterator[str]:
    """What a change says: how far, whether it is more than noise, whether it matters, response, remission.

    Each rests on a published figure; where there is none, nothing is said, but for reliability, which is said to be
    unknown.

    >>> import trellis
    >>> from trellis.outcomes import read_change
    >>> found = read_change(trellis.load().instruments["gad7"], "total", 12, 12)
    >>> next(change_sentences(found, "en"))
    'The last total is the same as the first.'
    """
    say = Say(lang)
    change = read.scale.change
    if read.points == 0:
        yield say("change.same")
    else:
        points = say("change.points", points=abs(read.points))
        yield say("change.better" if read.points > 0 else "change.worse", points=points)
    if change is None or change.reliability is None:
        yield say("change.reliable_unknown")
    else:
        key = {"better": "reliable_better", "worse": "reliable_worse"}.get(read.reliable, "reliable_no")
        yield say(f"change.{key}")
        rests = change.reliability
        group = rests.group.in_language(lang).rstrip(".")
        basis = say("change.reliable_basis", group=group, sd=f"{rests.sd:g}", r=f"{rests.reliability:g}")
        yield _marked(basis, rests.verified, say)
    for name in ("important", "response", "remission"):
        figure = getattr(change, "response_percent" if name == "response" else name, None)
        reached = getattr(read, name)
        if figure is not None and reached is not None:
            key = f"{'yes' if reached else 'no'}_{name}"
            yield _marked(say(f"change.{key}", what=figure.what.in_language(lang)), figure.verified, say)


def _marked(text: str, verified: str, say: Say) -> str:
    return say("change.memory", text=text) if verified == "memory" else text
