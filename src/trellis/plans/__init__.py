"""The individual plan: made from a recommendation and the person's own words, checked, reviewed, printed."""

from trellis.plans.check import Checked, check_plan
from trellis.plans.make import make_plan
from trellis.plans.person import Person, read_person
from trellis.plans.plan import Plan, read_plan
from trellis.plans.review import Difference, Review, differences, review
from trellis.plans.smart import Gap, find_gaps

__all__ = [
    "Checked",
    "Difference",
    "Gap",
    "Person",
    "Plan",
    "Review",
    "check_plan",
    "differences",
    "find_gaps",
    "make_plan",
    "read_person",
    "read_plan",
    "review",
]
