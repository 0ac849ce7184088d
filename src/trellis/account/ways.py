"""The ways of care that people ask about by name, inpatient care and IOP: what each would give and lack here."""

from __future__ import annotations

from typing import NamedTuple

from trellis.account.packages import admitted
from trellis.decide import Recommendation
from trellis.decide.views import Shortfall
from trellis.kinds.choice import ChoiceColumn, SettingChoice
from trellis.kinds.setting import Package
from trellis.library.knowledge import Knowledge


class Given(NamedTuple):
    """What a way gives on an axis on which something is asked."""

    axis: str
    step: str


class WayIn(NamedTuple):
    """A way of care by the name that people use, whether or not it is considered. It holds no verdict.

    ``package`` is the form of it that stands for it; None where no form takes the person. ``gives``: where more is
    asked for certain than one can arrange alone, and it gives that much. ``lacks``: where it gives less than is asked,
    or than open answers may ask.
    """

    choice: str
    column: str
    package: str | None
    gives: tuple[Given, ...]
    lacks: tuple[Shortfall, ...]


def ways_of(rec: Recommendation) -> tuple[WayIn, ...]:
    """What each way that people ask about would give and lack for this person, in the order of the content.

    The form that stands for a way is the one with the fewest lacks that are certain, and of those the least
    restrictive: an IOP together with daily visits for withdrawal, where these alone are missing.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"harm.suicide_thoughts": "plan"}, as_of=date(2026, 11, 30))
    >>> [(way.column, way.package, bool(way.lacks)) for way in ways_of(rec)]
    [('iop', 'iop', True), ('inpatient', 'inpatient_psychiatric', True)]
    """
    return tuple(
        [_way(rec, choice, column) for choice in choices(rec.kb) for column in choice.columns if column.in_results]
    )


def choices(kb: Knowledge) -> tuple[SettingChoice, ...]:
    """The choices that people come with."""
    return tuple(kb.of("choices").values())


def _way(rec: Recommendation, choice: SettingChoice, column: ChoiceColumn) -> WayIn:
    forms = [one for one in admitted(rec) if one.setting in column.settings]
    alone = next(iter(rec.kb.packages))  # the lightest: what anybody can arrange without a program
    lacking = rec.shortfalls_of([alone, *(one.id for one in forms)])
    if not forms:
        return WayIn(choice.id, column.id, None, (), ())

    def missing(form: Package) -> tuple[int, int]:
        return sum(row.certain for row in lacking[form.id]), form.rank

    chosen = min(forms, key=missing)
    lacks = lacking[chosen.id]
    short = {row.axis for row in lacks if row.certain}
    axes = list(rec.kb.axes.values())
    steps = {axis.id: axis.steps[given].id for axis, given in zip(axes, chosen.gives, strict=True)}
    # Only what is asked for certain is told: while little is known, all that a hospital has could be asked for.
    given = [row.axis for row in lacking[alone] if row.certain and row.axis not in short]
    gives = tuple([Given(axis, steps[axis]) for axis in given])
    return WayIn(choice.id, column.id, chosen.id, gives, lacks)
