"""Filling in instruments: ways to answer one whole, and ways to leave answers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import strategies as st

from tests.support import shipped
from trellis.kinds.instrument import Instrument, Scale

WITH_ITEMS = sorted(name for name, instrument in shipped().instruments.items() if instrument.items)


def closed(instrument: Instrument, item: str, whole: Mapping[str, int]) -> bool:
    """Whether the answers so far say that an item is not asked; an item not asked is 0."""
    return any(item in skip.skips and whole.get(skip.item, 0) in skip.scores for skip in instrument.skips)


@st.composite
def filled(draw: st.DrawFn, instrument: Instrument) -> dict[str, int]:
    """One instrument answered whole: every item that is asked."""
    whole: dict[str, int] = {}
    for item in instrument.items:
        if not closed(instrument, item.id, whole):
            whole[item.id] = draw(st.sampled_from(instrument.scores_of(item.id)))
    return whole


@st.composite
def partly(draw: st.DrawFn, instrument: Instrument, most: int | None = None) -> tuple[dict[str, int], dict[str, int]]:
    """One answered whole, and the same with some answers left out."""
    whole = draw(filled(instrument))
    hidden = draw(st.sets(st.sampled_from(sorted(whole)), max_size=most))
    return whole, {name: score for name, score in whole.items() if name not in hidden}


def completions(instrument: Instrument, given: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Every way to answer the rest, one item after another, by brute force."""

    def go(place: int, whole: dict[str, int]) -> Iterator[dict[str, int]]:
        if place == len(instrument.items):
            yield whole
            return
        name = instrument.items[place].id
        if closed(instrument, name, whole):
            if given.get(name, 0) == 0:
                yield from go(place + 1, whole)
            return
        for score in (given[name],) if name in given else instrument.scores_of(name):
            yield from go(place + 1, whole | {name: score})

    return go(0, {})


def by_hand(scale: Scale, whole: Mapping[str, int]) -> int:
    """A total as somebody with a pencil would reach it."""
    scores = [whole.get(name, 0) for name in scale.items]
    return {"sum": sum(scores), "highest": max(scores), "count": len([s for s in scores if s])}[scale.method]


def with_total(instrument: Instrument, scale: Scale, total: int) -> dict[str, int]:
    """Answers to every item that is asked which give this total on this scale."""
    rest, whole = total, dict[str, int]()
    for item in instrument.items:
        scores = instrument.scores_of(item.id)
        if closed(instrument, item.id, whole):
            continue
        if item.id not in scale.items:
            whole[item.id] = scores[-1]
        elif scale.method == "highest":
            whole[item.id] = max(score for score in scores if score <= total)
        elif scale.method == "count":
            whole[item.id] = scores[-1] if rest else scores[0]
            rest -= rest > 0
        else:
            later = [i.id for i in instrument.items[instrument.items.index(item) + 1 :] if i.id in scale.items]
            least = sum(instrument.scores_of(name)[0] for name in later)
            whole[item.id] = max(score for score in scores if score <= rest - least)
            rest -= whole[item.id]
    return whole
