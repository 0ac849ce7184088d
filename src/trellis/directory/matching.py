"""One place held against what is wanted: what it meets, what has to be asked, what it lacks and who asks for it.

Pure: no file, no network, no clock. The order of places is by need first, then distance, wait, payment and language;
there is nothing in it that could be bought. :mod:`trellis.directory.search` says the same order in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from trellis.directory.near import Near, band_of, miles, vector
from trellis.directory.programme import Offer, Programme
from trellis.directory.terms import Terms
from trellis.directory.wanted import Taken, Wanted, takes

PlaceFit = Literal["meets", "may", "lacks"]
FITS: tuple[PlaceFit, ...] = ("meets", "may", "lacks")
PointKind = Literal["setting", "axis", "people", "service", "payment", "language"]
HARD: tuple[PointKind, ...] = ("setting", "axis", "people")
"""What it is about when a place meets or lacks; services, payment and language only order places."""
USUAL_WAIT = 7
"""Days. A wait that nobody says stands behind a week and before longer ones. Ours."""
NO_RANK = 0
SURE, PERHAPS, LIKELY, NOT_SAID = range(4)
"""Whether a place says that it has the setting, says something that may mean it, has fuller care of the same kind (a
day program where visits are looked for), or does not say."""


class Point(NamedTuple):
    """One thing that a place is held against.

    ``id``: of a setting, an axis, a service or a factor of the context (``also`` for what was named). ``step``: the
    step of the axis that is asked. ``features``: those that would say so. ``needs``: those that ask for it.
    """

    kind: PointKind
    id: str
    step: str = ""
    features: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


Key = tuple[int, int, int, int, int, int, int, int, int, float, str]
"""What orders the places, in this order: the fit; whether it says that it has the setting; how restrictive that is,
while several are open; services that it has not; medicine that it does not tell of; then distance, wait, payment,
language. What is equal in all of it goes by miles, then by id."""


class PlaceMatch(NamedTuple):
    """A place held against what is wanted.

    Args:
        programme: the place.
        fit: it meets all of it, may meet it, or lacks something as far as it says.
        setting: the kind of care it is matched for; empty where it has none of those wanted.
        met: what it says it gives.
        ask: what it does not say: the questions for a call.
        lacks: what it says it has not; where it only tells of lighter care, what that usually gives too little of.
        miles: as the crow flies; None where either place is not known.
        wait: days until a first visit, as far as anybody says.
        key: its place in the order.
    """

    programme: Programme
    fit: PlaceFit
    setting: str
    met: tuple[Point, ...]
    ask: tuple[Point, ...]
    lacks: tuple[Point, ...]
    miles: float | None
    wait: int | None
    key: Key


def match(terms: Terms, place: Programme, wanted: Wanted, near: Near | None = None) -> PlaceMatch:
    """Hold one place against what is wanted.

    Args:
        terms: the terms of the knowledge.
        place: the place.
        wanted: what is wanted.
        near: where somebody looks from.

    >>> import trellis
    >>> from trellis.directory.programme import PlaceStatement, resolve
    >>> from trellis.directory.terms import terms_of
    >>> from trellis.directory.wanted import wanted_for
    >>> kb = trellis.load()
    >>> place = resolve(terms_of(kb), "a", [PlaceStatement("residential", "yes", "national")])
    >>> found = match(terms_of(kb), place, wanted_for(kb, ["residential_high"]))
    >>> found.fit, [point.id for point in found.ask]
    ('may', ['residential_high'])
    """
    around = [*_people(place, wanted.people), *_services(place, wanted), *_wishes(place, wanted)]
    offers = [one for one in place.offers if one.setting in wanted.settings]
    if offers:
        candidates = [
            _sorted_out([*_care(terms, wanted, one), *around], one.setting, SURE if one.sure else PERHAPS)
            for one in offers
        ]
        best = min(candidates, key=lambda one: (one.fit, one.open, wanted.ranks[one.setting]))
    else:
        best = _without(terms, place, wanted, around)
    at, product = place.at, None
    if near is not None and at is not None:
        product = _product(near, at)
    wait = place.number("wait_days")
    needed = [point for point in best.lacks if point.kind == "service"]
    unsaid = sum(point.kind == "service" and _orders(wanted, point.id) for point in best.ask)
    pay, speaks = (_soft(best, kind) for kind in ("payment", "language"))
    need = (best.fit, best.open, wanted.ranks.get(best.setting, NO_RANK), len(needed), unsaid)
    then = (band_of(product) if near else 0, USUAL_WAIT if wait is None else int(wait), pay, speaks)
    key = (*need, *then, -product if product is not None else 0.0, place.id)
    far = miles((near.latitude, near.longitude), at) if near is not None and at is not None else None
    days = None if wait is None else int(wait)
    return PlaceMatch(place, FITS[best.fit], best.setting, best.met, best.ask, best.lacks, far, days, key)


def rank(
    terms: Terms, places: Iterable[Programme], wanted: Wanted, near: Near | None = None, within: float | None = None
) -> list[PlaceMatch]:
    """All places in their order: by need first, then distance, wait, payment, language.

    Where a kind of care is asked by its name, places that do not say that they have it are left out if others do.

    Args:
        terms: the terms of the knowledge.
        places: the places; closed ones are left out.
        wanted: what is wanted.
        near: where somebody looks from.
        within: no farther than so many miles; places without coordinates stay, since nobody says where they are.
    """
    found = [match(terms, place, wanted, near) for place in places if place.text("closed") != "yes"]
    if within is not None:
        found = [one for one in found if one.miles is None or one.miles <= within]
    if wanted.when == "asked" and any(one.key[1] < LIKELY for one in found):
        found = [one for one in found if one.key[1] < LIKELY]
    return sorted(found, key=lambda one: one.key)


class _Best(NamedTuple):
    fit: int
    open: int
    setting: str
    met: tuple[Point, ...]
    ask: tuple[Point, ...]
    lacks: tuple[Point, ...]


Answered = tuple[Point, bool | None]


def _sorted_out(said: Iterable[Answered], setting: str, state: int) -> _Best:
    sorts: dict[bool | None, list[Point]] = {True: [], None: [], False: []}
    for point, so in said:
        sorts[so].append(point)
    if any(point.kind in HARD for point in sorts[False]):
        fit = FITS.index("lacks")
    elif any(point.kind in HARD for point in sorts[None]):
        fit = FITS.index("may")
    else:
        fit = FITS.index("meets")
    return _Best(fit, state, setting, tuple(sorts[True]), tuple(sorts[None]), tuple(sorts[False]))


def _care(terms: Terms, wanted: Wanted, offer: Offer) -> Iterable[Answered]:
    yield Point("setting", offer.setting, features=terms.alone[offer.setting]), True if offer.sure else None
    for axis, step, needs in wanted.asked:
        number = terms.axes.index(axis)
        point = Point("axis", axis, terms.steps[number][step], needs=needs)
        yield point, True if offer.least[number] >= step else False if offer.most[number] < step else None


def _people(place: Programme, people: Iterable[Taken]) -> Iterable[Answered]:
    return [(Point("people", one.about, features=one.features), takes(place, one.features)) for one in people]


def _services(place: Programme, wanted: Wanted) -> Iterable[Answered]:
    for one in wanted.services:
        yield Point("service", one.service, features=one.features, needs=one.needs), takes(place, one.features)


def _wishes(place: Programme, wanted: Wanted) -> Iterable[Answered]:
    if wanted.payment:
        yield Point("payment", wanted.payment, features=(wanted.payment,)), place.has(wanted.payment)
    if wanted.language:
        yield Point("language", wanted.language, features=(wanted.language,)), place.has(wanted.language)


def _without(terms: Terms, place: Programme, wanted: Wanted, around: list[Answered]) -> _Best:
    """A place that says nothing of what is wanted: what else it has, and what of that is too little."""
    if not wanted.settings:
        return _sorted_out(around, "", NOT_SAID)
    settings = [(Point("setting", name, features=terms.alone[name]), place.denies(name)) for name in wanted.settings]
    open_ones: list[Answered] = [(point, None) for point, so in settings if not so]
    # One question is enough: for the least restrictive that it does not deny.
    said: list[Answered] = open_ones[:1] or [(point, False) for point, _ in settings]
    others = [one.setting for one in place.offers if one.setting in terms.ranked]
    if others and not any(covers(terms, wanted, name) for name in others):
        fullest = others[-1]
        for axis, step, needs in wanted.asked:
            number = terms.axes.index(axis)
            if terms.usual[fullest][number] < step:
                said.append((Point("axis", axis, terms.steps[number][step], needs=needs), False))
    alike = any(one in likely(terms, wanted) for one in others)
    return _sorted_out([*said, *around], "", LIKELY if alike else NOT_SAID)


def likely(terms: Terms, wanted: Wanted) -> list[str]:
    """The kinds of care beside which a place may well have what is wanted: fuller ones, lived in the same way."""
    return [
        name
        for name in terms.kinds_of_care
        if name in terms.ranked
        and covers(terms, wanted, name)
        and any(terms.lives_alike(name, one) for one in wanted.settings)
    ]


def covers(terms: Terms, wanted: Wanted, setting: str) -> bool:
    """Whether a kind of care usually gives all that is asked, so that a place that has it may have the other too."""
    return all(terms.usual[setting][terms.axes.index(axis)] >= step for axis, step, _ in wanted.asked)


def _orders(wanted: Wanted, service: str) -> bool:
    return any(one.service == service and one.orders for one in wanted.services)


def _soft(best: _Best, kind: PointKind) -> int:
    if any(point.kind == kind for point in best.lacks):
        return 2
    return int(any(point.kind == kind for point in best.ask))


def _product(near: Near, at: tuple[float, float]) -> float:
    one, other = vector(near.latitude, near.longitude), vector(*at)
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
