"""The services that are told: of one kind only the soonest, and none that treatment has overtaken.

Two times for one matter, or a short talk beside treatment, would contradict each other on one page.
"""

from __future__ import annotations

from trellis.account.weights import weights_of
from trellis.decide import Recommendation
from trellis.decide.views import ServiceView


def services_of(rec: Recommendation) -> tuple[ServiceView, ...]:
    """The services of a result that are told, in its order.

    A service is left out where a sooner one of its kind is certain, such as a visit in seven days beside a call in two;
    and where all needs that ask for it give way to others that hold. The result itself keeps every one, each with the
    needs that ask for it.

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
    weights, active = weights_of(rec.kb), rec.in_integers.active
    overtaken = {name for name, place in weights.places.items() if weights.yields[place] & active}
    return tuple([one for one in rec.services if one.id not in later and not overtaken.issuperset(one.needs)])
