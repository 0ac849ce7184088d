"""Invented people of the vignettes, by their id, decided once each."""

from __future__ import annotations

from functools import cache

import trellis
from tests.support import AS_OF, person, shipped, vignettes

IOP = "severe-drinking-not-now"
IOP_AND_A_HOME = "meth-in-a-house-that-uses"
DETOX = "alcohol-17-drinks-a-day"
UNIT = "suicidal-intent-cannot-stay-safe"


@cache
def decided(name: str) -> trellis.Recommendation:
    return person(shipped(), next(one for one in vignettes() if one["id"] == name))


@cache
def nothing_answered() -> trellis.Recommendation:
    return trellis.decide(shipped(), {}, as_of=AS_OF)
