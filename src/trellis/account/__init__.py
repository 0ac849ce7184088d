"""What is said of a result, to whom and in which order: decided once, in no language. Every output renders it.

A reason alone is put into words here too, so that terminal, plan and paper say it alike.
"""

from trellis.account.account import Account, Considered, OpenFact, Other, account_of, why_here
from trellis.account.finding import LOCATOR, filters_for, filters_in_groups
from trellis.account.first import at_once, first_of
from trellis.account.grounds import Ground, grounds_of, said_of
from trellis.account.in_words import reason_in_words
from trellis.account.packages import admits, knows_too_little
from trellis.account.plain import reasons_json, to_json
from trellis.account.reasons import Reason, reasons_of, told_without_hour, what_decides
from trellis.account.services import services_of
from trellis.account.ways import Given, WayIn, ways_of
from trellis.account.where import CUSTODY, inside_of

__all__ = [
    "CUSTODY",
    "LOCATOR",
    "Account",
    "Considered",
    "Given",
    "Ground",
    "OpenFact",
    "Other",
    "Reason",
    "WayIn",
    "account_of",
    "admits",
    "at_once",
    "filters_for",
    "filters_in_groups",
    "first_of",
    "grounds_of",
    "inside_of",
    "knows_too_little",
    "reason_in_words",
    "reasons_json",
    "reasons_of",
    "said_of",
    "services_of",
    "to_json",
    "told_without_hour",
    "ways_of",
    "what_decides",
    "why_here",
]
