"""The seal of a plan: a digest of all it says, by which an edit by hand is noticed.

It is no signature: whoever means to deceive can seal anew. It tells the honest case, a file that was opened and
changed, where the pages would otherwise go on saying that this is what the answers give.
"""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from trellis.plans.plan import Plan

Seal = Literal["whole", "broken", "none"]


def digest(plan: Plan) -> str:
    """The SHA-256 of one version: all of it but the seal and the earlier versions, which carry their own.

    What has its default is left out, so that a part added to the form later breaks no seal.
    """
    plain = plan.model_dump(mode="json", exclude_defaults=True, exclude={"seal", "earlier"})
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sealed(plan: Plan) -> Plan:
    """The plan with its seal.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.plans import make_plan
    >>> plan = make_plan(trellis.decide(trellis.load(), {}, as_of=date(2026, 11, 24)))
    >>> seal_of(plan), seal_of(plan.model_copy(update={"called": "Sam"}))
    ('whole', 'broken')
    """
    return plan.model_copy(update={"seal": digest(plan)})


def seal_of(plan: Plan) -> Seal:
    """Whether a version is as it was made (``whole``), was changed since (``broken``), or is older than seals."""
    if not plan.seal:
        return "none"
    return "whole" if plan.seal == digest(plan) else "broken"
