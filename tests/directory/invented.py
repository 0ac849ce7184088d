"""Invented places, for tests and benchmarks: as many as asked, alike for the same seed. None of them exists."""

from __future__ import annotations

import random
from collections.abc import Iterator

import trellis
from trellis.directory.store import SaidRow
from trellis.directory.terms import terms_of

STATES = ("VA", "MD", "NC", "WV")
NAMES = ("Example", "Sample", "Placeholder", "Fictional", "Mock", "Made-up", "Invented", "Specimen")
KINDS = ("Clinic", "House", "Center", "Program", "Hospital", "Home")
TOWNS = ("Exampleville", "Testburg", "Mockton", "Sampleton", "Fiction Springs")
SHARE = {"setting": 0.07, "treats": 0.5, "service": 0.2, "people": 0.4, "language": 0.05, "payment": 0.4, "access": 0.2}
"""How often a place says that it has a feature of a group; assumptions, no epidemiology."""
DENIED = 0.02


def invented(kb: trellis.Knowledge, count: int, seed: int = 2026, source: str = "invented") -> Iterator[SaidRow]:
    """Invented places, as a list says them."""
    chance = random.Random(seed)
    features = list(terms_of(kb).features.values())
    for number in range(count):
        values = {
            "name": f"{chance.choice(NAMES)} {chance.choice(KINDS)} {number}",
            "street": f"{number} Sample Street",
            "city": chance.choice(TOWNS),
            "state": chance.choice(STATES),
            "zip": f"{22000 + number % 900:05}",
            "phone": f"434-555-{number % 10000:04}",
        }
        if chance.random() < 0.95:
            values |= {"latitude": f"{chance.uniform(36, 40):.5f}", "longitude": f"{chance.uniform(-82, -76):.5f}"}
        if chance.random() < 0.3:
            values["wait_days"] = str(chance.randrange(0, 40))
        for one in features:
            roll = chance.random()
            if roll < SHARE.get(one.group, 0.3):
                values[one.id] = "yes"
            elif roll > 1 - DENIED:
                values[one.id] = "no"
        key = f"{source} {number}"
        yield SaidRow(source, key, f"p{number:012}", "2026-10-01", values, "", "2026-11-30")
