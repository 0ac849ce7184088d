"""What the content holds of places, worked out once: features as bits, settings with what they usually give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from trellis.kinds.place_feature import FeatureGroup, PlaceFeature
from trellis.kinds.setting import Place
from trellis.library.knowledge import Knowledge, once_per_knowledge
from trellis.once import once

Steps = tuple[int, ...]
"""A step on each axis, in their order."""
CAPABILITY = "."
"""Stands between a setting and an axis, where a place says how much it gives there: ``iop.withdrawal``."""


class Terms:
    """What never changes about a knowledge, for places.

    Args:
        features: every feature by its id; ``bit`` its place in a mask.
        axes: the ids of the axes; ``steps`` the ids of their steps.
        kinds_of_care: settings, add-ons and responses by id, least restrictive first; ``usual`` what each gives;
            ``ranked`` those that a result can place somebody in, alone or joined to another.
        alone: per kind of care, the features that say it and nothing else; ``among`` those that say it or others; as
            masks in ``masks_alone`` and ``masks_among``.
        giving: what gives a step on an axis: the bit of the feature, the number of the axis, the step, the group.
    """

    def __init__(self, kb: Knowledge) -> None:
        self.features: Mapping[str, PlaceFeature] = kb.of("place_features")
        self.bit = {name: place for place, name in enumerate(self.features)}
        self.axes = tuple(kb.axes)
        self.steps = tuple(tuple(step.id for step in axis.steps) for axis in kb.axes.values())
        self.tops: Steps = tuple(len(steps) - 1 for steps in self.steps)
        ranks: dict[str, int] = {}
        for package in kb.packages.values():
            for part in package.parts:
                ranks.setdefault(part, package.rank)
        places: dict[str, Place] = {**kb.settings, **kb.add_ons, **kb.responses}
        last = max(ranks.values(), default=0) + 1
        self.kinds_of_care = dict(sorted(places.items(), key=lambda one: ranks.get(one[0], last)))
        self.ranked = frozenset(ranks)
        self.usual = {name: self._vector(place.gives) for name, place in places.items()}
        offering = [one for one in self.features.values() if one.offers]
        self._homes = tuple(n for n, axis in enumerate(kb.axes.values()) if not axis.clinical)
        self.alone = {name: tuple(one.id for one in offering if one.offers == (name,)) for name in places}
        self.among = {
            name: tuple(one.id for one in offering if name in one.offers and len(one.offers) > 1) for name in places
        }
        self.masks_alone = {name: self.mask(features) for name, features in self.alone.items()}
        self.masks_among = {name: self.mask(features) for name, features in self.among.items()}
        self.giving = tuple(
            (self.bit[one.id], self.axes.index(axis), self.rank(axis, step), one.group)
            for one in self.features.values()
            for axis, step in one.gives.items()
        )

    def _vector(self, gives: Mapping[str, str]) -> Steps:
        return tuple(self.rank(axis, gives[axis]) if axis in gives else 0 for axis in self.axes)

    def lives_alike(self, one: str, other: str) -> bool:
        """Whether somebody lives in the same way in two kinds of care: at home in both, or there in both."""
        return all(self.usual[one][axis] == self.usual[other][axis] for axis in self._homes)

    def rank(self, axis: str, step: str) -> int:
        """The place of a step on its axis. Raises ``ValueError`` for one that there is not."""
        return self.steps[self.axes.index(axis)].index(step)

    @once
    def digest(self) -> str:
        """What the index of a directory hangs on, in a few letters; a site's parameters are not in it."""
        parts = (
            self.bit,
            self.axes,
            self.steps,
            tuple(self.kinds_of_care),
            self.usual,
            self.giving,
            self.alone,
            self.among,
        )
        says = tuple(one.says for one in self.features.values())
        return blake2b(repr((parts, says)).encode(), digest_size=16).hexdigest()

    def mask(self, features: Iterable[str]) -> int:
        """Some features as a mask; names that are no features are left alone."""
        return sum(1 << self.bit[name] for name in set(features) if name in self.bit)

    def of_group(self, *groups: FeatureGroup) -> tuple[PlaceFeature, ...]:
        """The features of some groups, in the order of the content."""
        return tuple(one for one in self.features.values() if one.group in groups)

    def capability(self, what: str) -> tuple[str, str] | None:
        """The setting and the axis of a name such as ``iop.withdrawal``; None for anything else.

        >>> import trellis
        >>> terms_of(trellis.load()).capability("iop.withdrawal")
        ('iop', 'withdrawal')
        """
        setting, dot, axis = what.partition(CAPABILITY)
        return (setting, axis) if dot and setting in self.kinds_of_care and axis in self.axes else None

    def for_context(self, factor: str, value: str) -> tuple[str, ...]:
        """The features that say that a place takes such people; the narrowest first, as the content has them."""
        return tuple(one.id for one in self.features.values() if value in one.contexts.get(factor, ()))


@once_per_knowledge
def terms_of(kb: Knowledge) -> Terms:
    """The terms of a knowledge."""
    return Terms(kb)
