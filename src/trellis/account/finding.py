"""What to choose on FindTreatment.gov for a result: said once, so that a page and a program name the same filters."""

from __future__ import annotations

from typing import get_args

from trellis.account.packages import considered_ids
from trellis.account.services import services_of
from trellis.decide import Recommendation
from trellis.kinds.place_filter import FilterGroup, PlaceFilter

MOST_SETTINGS = 4
"""With more settings than this that are not ruled out, a kind of place says nothing: all of them would be named."""


LOCATOR = "findtreatment.gov"
"""Where to search."""


def filters_in_groups(rec: Recommendation) -> dict[FilterGroup, tuple[PlaceFilter, ...]]:
    """The same by the part of the search they stand in, in the order in which they are told; no part is empty.

    >>> import trellis
    >>> from datetime import date
    >>> found = filters_in_groups(trellis.decide(trellis.load(), {"use.opioids": "severe"}, as_of=date(2026, 11, 30)))
    >>> list(found)
    ['medicine', 'pay']
    """
    found = filters_for(rec)
    groups = {group: tuple(one for one in found if one.group == group) for group in get_args(FilterGroup)}
    return {group: some for group, some in groups.items() if some}


def filters_for(rec: Recommendation) -> tuple[PlaceFilter, ...]:
    """The filters that fit a result, in the order of the content; what is open brings none.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(
    ...     trellis.load(), {"focus": "substance_use", "use.opioids": "severe"}, as_of=date(2026, 11, 30)
    ... )
    >>> [one.label for one in filters_for(rec) if one.group == "medicine"]
    ['Buprenorphine', 'Methadone']
    """
    kb = rec.kb
    settings = {kb.packages[name].setting for name in considered_ids(rec)}
    if len(settings) > MOST_SETTINGS:
        settings = set()
    services = {one.id for one in services_of(rec) if one.certain}
    barriers = {one.id for one in rec.barriers}
    steps = dict.fromkeys(kb.axes, 0)
    for need in rec.active:
        for axis, step in need.requires if need.phase != "hold" else ():
            steps[axis] = max(steps[axis], _rank(rec, axis, step))
    age = rec.context["age"] if rec.context else ""
    return tuple(
        one
        for one in kb.of("place_filters").values()
        if one.always
        or settings.intersection(one.settings)
        or services.intersection(one.services)
        or barriers.intersection(one.barriers)
        or age in one.ages
        or any(steps[axis] >= _rank(rec, axis, step) for axis, step in one.at_least.items())
    )


def _rank(rec: Recommendation, axis: str, step: str) -> int:
    return [one.id for one in rec.kb.axes[axis].steps].index(step)
