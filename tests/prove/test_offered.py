"""What a label excludes is never offered: proved of the stops as they are, and broken where one is taken away."""

from __future__ import annotations

import pytest
import z3

from tests.support import shipped
from trellis.kinds.approach import Stop
from trellis.kinds.condition import facts_read
from trellis.prove.offered import brought, holds, kept_away, offered
from trellis.prove.prover import Prover

KB = shipped()
STOPS = [stop for stop in KB.stops.values() if stop.action == "stop"]
MEDICINES = {name for name, one in KB.approaches.items() if one.prescriber and one.kind == "medication"}


def without(*gone: str) -> Prover:
    return Prover(KB.with_changes(stops={name: stop for name, stop in KB.stops.items() if name not in gone}))


def test_nobody_is_offered_what_a_label_excludes_and_nothing_is_dead() -> None:
    assert [verdict.theorem for verdict in offered(Prover(KB)) if not verdict.proved] == []


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.id)
def test_a_stop_that_is_taken_away_breaks_a_proof_unless_others_say_the_same(stop: Stop) -> None:
    prover = without(stop.id)
    kept_by_it_alone = z3.And(
        holds(prover, stop), brought(prover, stop.approach), z3.Not(kept_away(prover, stop.approach))
    )
    matters = prover.exhibit("matters", "", kept_by_it_alone).proved
    broken = [verdict for verdict in offered(prover) if not verdict.proved]
    if matters:
        assert broken
        assert all(verdict.theorem.endswith(stop.approach) for verdict in broken)
        assert broken[0].person, "the solver shows somebody to look at"


def test_what_only_a_prescriber_can_look_up_is_never_covered_by_something_else() -> None:
    for stop in STOPS:
        if any(KB.facts[name].kind == "check" for name in facts_of(stop)):
            assert [verdict for verdict in offered(without(stop.id)) if not verdict.proved], stop.id


def facts_of(stop: Stop) -> tuple[str, ...]:
    return facts_read(KB.rule_conditions[stop.id])


def test_every_stop_of_a_medicine_cites_a_source_that_was_read() -> None:
    for stop in STOPS:
        if stop.approach in MEDICINES:
            assert any(KB.sources[ref.ref].verified in ("seen", "secondary") for ref in stop.sources), stop.id


@pytest.mark.parametrize("approach", ["naltrexone_oral", "naltrexone_xr", "acamprosate", "disulfiram", "clozapine"])
def test_a_medicine_of_one_kind_has_a_stop(approach: str) -> None:
    assert any(stop.approach == approach for stop in STOPS)
