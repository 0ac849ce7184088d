"""Who agreed to which version: an agreement belongs to the version it was given to, and is never carried to another."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from trellis.errors import AnswerError, Problem
from trellis.plans.person import Agreement, Person
from trellis.plans.plan import Plan


class Agreed(NamedTuple):
    """A version, the day it was made, and who said what of it."""

    version: int
    made_on: date
    agreed: tuple[Agreement, ...]


def agreed_to(plan: Plan) -> tuple[Agreement, ...]:
    """Who agreed to this version itself.

    Plans of before seals carry agreements over from one version to the next; those are of the earlier one.
    """
    before = {one for earlier in plan.earlier for one in earlier.agreed}
    return tuple(one for one in plan.agreed if one not in before)


def agreed_before(plan: Plan) -> Agreed | None:
    """The latest earlier version that somebody spoke on, or None."""
    for number in range(len(plan.earlier) - 1, -1, -1):
        version = plan.earlier[number]
        own = agreed_to(version.model_copy(update={"earlier": plan.earlier[:number]}))
        if own:
            return Agreed(version.version, version.made_on, own)
    return None


def agreed_now(plan: Plan, said: Person, as_of: date) -> tuple[Agreement, ...]:
    """Of the agreements given at a review, those to the new version. What is on record stays with the version it is of.

    Args:
        plan: the version before.
        said: what the person and the team say at the review.
        as_of: the day of the review.

    Raises:
        AnswerError: an agreement is dated before the version is made, so that it cannot be one to it.
    """
    on_record = {one for version in (*plan.earlier, plan) for one in version.agreed}
    new = tuple(one for one in said.agreed if one not in on_record)
    problems = [
        Problem(
            f"person: agreed: {one.name}",
            f"has on [{one.on}], before this version is made on [{as_of}].",
            "Give the day on which this version was agreed to, or leave it out.",
        )
        for one in new
        if one.on < as_of
    ]
    if problems:
        raise AnswerError(problems)
    return new
