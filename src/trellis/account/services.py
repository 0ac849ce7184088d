"""The services that are told: of one kind only the soonest, so that no two times contradict each other on one page."""

from __future__ import annotations

from trellis.decide import Recommendation
from trellis.decide.views import ServiceView


def services_of(rec: Recommendation) -> tuple[ServiceView, ...]:
    """The services of a result that are told, in its order.

    A service is left out where a sooner one of its kind is certain: a visit in seven days beside a call in two. The
    result itself keeps every one, each with the needs that ask for it.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"history.discharge": "in_care_now", "history.return_after_discharge": "repeatedly"}
    >>> rec = trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 24))
    >>> [service.id for service in rec.services if service.certain and service.id.startswith("contact")]
    ['contact_72h', 'contact_7_days']
    >>> [service.id for service in services_of(rec) if service.certain and service.id.startswith("contact")]
    ['contact_72h']
    """
    known = rec.kb.services
    later = {name for one in rec.services if one.certain and one.id in known for name in known[one.id].instead_of}
    return tuple([one for one in rec.services if one.id not in later])
