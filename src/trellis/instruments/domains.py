"""What each item can still be, once the rules on items that are not asked are followed to their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trellis.kinds.instrument import Instrument, Scale, Skip

Domains = dict[str, tuple[int, ...]]
"""Per item the scores it can still have; 0 also stands for "not asked"."""


def start(instrument: Instrument, given: Mapping[str, int]) -> Domains:
    """The scores of each item before any rule: the one given, or all; 0 as well where the item may not be asked."""
    may_skip = {name for skip in instrument.skips for name in skip.skips}
    return {
        item.id: (given[item.id],)
        if item.id in given
        else tuple(sorted({*instrument.scores_of(item.id), *((0,) if item.id in may_skip else ())}))
        for item in instrument.items
    }


def settle(instrument: Instrument, domains: Domains) -> Domains | None:
    """Follow every rule both ways until nothing changes; None when the answers cannot stand together.

    An item not asked is 0. An item that was answered above 0 was asked, so the item that would have skipped it has
    another answer.
    """
    found = dict(domains)
    while True:
        before = dict(found)
        for skip in instrument.skips:
            _follow(skip, found)
        for name in {name for skip in instrument.skips for name in skip.skips}:
            rules = [skip for skip in instrument.skips if name in skip.skips]
            asked = not any(set(found[rule.item]) & set(rule.scores) for rule in rules)
            if asked and len(found[name]) > 1:
                found[name] = tuple(score for score in found[name] if score in instrument.scores_of(name))
        if not all(found.values()):
            return None
        if found == before:
            return found


def _follow(skip: Skip, found: Domains) -> None:
    closes, stays = _halves(skip, found)
    if not stays:
        for name in skip.skips:
            found[name] = tuple(score for score in found[name] if score == 0)
    elif closes and any(0 not in found[name] for name in skip.skips):
        found[skip.item] = stays


def _halves(skip: Skip, domains: Domains) -> tuple[tuple[int, ...], tuple[int, ...]]:
    scores = domains[skip.item]
    return tuple(s for s in scores if s in skip.scores), tuple(s for s in scores if s not in skip.scores)


def split(instrument: Instrument, scale: Scale, domains: Domains) -> Iterator[Domains]:
    """Cases in which the items of a scale no longer depend on one another, so that every choice in them is possible."""
    for skip in _touching(instrument, scale):
        closes, stays = _halves(skip, domains)
        if closes and stays:
            for half in (closes, stays):
                settled = settle(instrument, domains | {skip.item: half})
                if settled is not None:
                    yield from split(instrument, scale, settled)
            return
    yield domains


def _touching(instrument: Instrument, scale: Scale) -> list[Skip]:
    """The rules that can close an item of the scale, themselves or through another rule."""
    names = set(scale.items)
    while True:
        found = [skip for skip in instrument.skips if names & set(skip.skips)]
        wider = names | {skip.item for skip in found}
        if wider == names:
            return found
        names = wider
