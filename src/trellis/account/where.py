"""Where somebody is now, which decides what can be done at once: nobody in jail goes to an emergency room."""

from __future__ import annotations

from trellis.decide import Recommendation
from trellis.kinds.told_first import Inside

CUSTODY = "custody"
"""The place from which nobody can leave, and where there may be no telephone."""


def inside_of(rec: Recommendation) -> Inside | None:
    """The place with staff at hand that somebody is certainly in now, such as a jail or a hospital; None elsewhere.

    What is open never counts: somebody of whom nobody knows where they are is told of 911.

    Args:
        rec: the recommendation, which holds the person's facts.

    >>> import trellis
    >>> from datetime import date
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> inside_of(trellis.decide(kb, {"justice.involvement": "custody"}, as_of=day)).id
    'custody'
    >>> inside_of(trellis.decide(kb, {"justice.involvement": "not_known"}, as_of=day)) is None
    True
    """
    kb, sure = rec.kb, rec.in_integers[2]
    for place in kb.inside_now.values():
        for name, step in place.tells.items():
            if sure[kb.number_of(name)] >= kb.facts[name].rank_of(step):
                return place
    return None
