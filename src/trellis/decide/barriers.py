"""Commitments, wishes and circumstances that meet what a package asks of somebody."""

from __future__ import annotations

from trellis.decide.reading import Reading
from trellis.decide.tables import Tables
from trellis.decide.views import BarrierView, Placement
from trellis.engine.node import TRUE, evaluate
from trellis.library.knowledge import Knowledge


def active_barriers(kb: Knowledge, reading: Reading) -> list[str]:
    """The barriers that hold for certain."""
    return [name for name in kb.barrier_nodes if _holds(kb, reading, name)]


def _holds(kb: Knowledge, reading: Reading, barrier: str) -> bool:
    if evaluate(kb.barrier_nodes[barrier], reading.lo, reading.hi) != TRUE:
        return False
    applies = kb.barriers[barrier].applies.items()
    return all(kb.contexts[number].get(factor) in allowed for number in reading.contexts for factor, allowed in applies)


def barriers(kb: Knowledge, reading: Reading, *, placements: tuple[Placement | None, ...]) -> tuple[BarrierView, ...]:
    """The person's barriers that meet what a recommended package asks of them."""
    recommended = {p.id: p for placed in placements if placed is not None for p in placed.packages}
    views = []
    for name in active_barriers(kb, reading):
        barrier = kb.barriers[name]
        # Language is met everywhere; the other attributes are those of the recommended packages.
        met = tuple(i for i, p in recommended.items() if {*p.meets, "language"} & set(barrier.meets))
        if met:
            views.append(BarrierView(name, met, barrier.because, barrier.accommodations))
    return tuple(views)


def firm_wishes(kb: Knowledge, reading: Reading, tables: Tables) -> list[str]:
    """The barriers that hold and are wishes held as firmly as can be. Few are, so their facts are looked at first."""
    firm = [barrier for number, top, barrier in tables.firm if reading.lo[number] == top]
    return [name for name in kb.barrier_nodes if name in firm and _holds(kb, reading, name)] if firm else firm
