"""The dose of a cognitive-behavioral program by risk, counted against attendance.

Method: hours by level of risk (kit of the National Institute of Corrections), a rule of thumb that is not fully
tested. At low risk there is none, since intensive service can harm.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from trellis.decide import Recommendation
from trellis.justice.assessment import Assessment, Session
from trellis.justice.track import Risk, programs_for, risk_of, to_work_on, topics_of
from trellis.kinds.justice import Dose, JusticeTopic

DoseSays = Literal["none", "hours", "between", "unknown"]


class DoseView(NamedTuple):
    """The dose and what of it was attended.

    Args:
        says: ``none`` at low risk; ``hours`` where one dose is known; ``between`` where the risk leaves a few;
            ``unknown`` where no risk is known, so that no program hours are planned.
        least, most: the smallest and largest dose that the risk leaves; None where there is none.
        attended: hours of programs that count.
        counted, not_counted: the sessions, in order of days.
        programs: for each need to work on, the approaches that target it.
        last: the day of the last session that counts.
    """

    risk: Risk
    says: DoseSays
    least: Dose | None
    most: Dose | None
    attended: float
    counted: tuple[Session, ...]
    not_counted: tuple[Session, ...]
    programs: tuple[tuple[JusticeTopic, tuple[str, ...]], ...]
    last: date | None

    @property
    def left(self) -> float | None:
        """Hours that are left of the largest dose, never below nothing; None where there is no dose."""
        return None if self.most is None else max(0.0, self.most.hours - self.attended)

    @property
    def too_much(self) -> bool:
        """Whether somebody at low risk was given hours all the same."""
        return self.says == "none" and self.attended > 0


def dose_of(rec: Recommendation, read: Assessment, *, as_of: date) -> DoseView:
    """The dose of one person and the hours attended.

    Args:
        rec: the decision from the same file.
        read: the justice part of the file; its sessions are hours the person was there.
        as_of: the day.

    >>> import trellis
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {}, as_of=day)
    >>> given = {
    ...     "risk": {"tool": "oras", "level": "moderate", "on": "2026-11-02"},
    ...     "attendance": [{"program": "t4c", "on": "2026-11-10", "hours": 2}],
    ... }
    >>> found = dose_of(rec, read_assessment(kb, given, as_of=day), as_of=day)
    >>> found.says, found.most.hours, found.attended, found.left
    ('hours', 100, 2.0, 98.0)
    """
    risk = risk_of(rec, read, as_of=as_of)
    doses = [rec.kb.of("risk_doses")[level].dose for level in risk.levels]
    known = sorted((dose for dose in doses if dose is not None), key=lambda dose: dose.hours)
    says: DoseSays = "unknown" if not risk.known else "none" if not known else "hours" if len(doses) == 1 else "between"
    counts = rec.kb.of("dose_programs")
    counted = tuple(one for one in read.attendance if one.program in counts)
    least, most = (known[0], known[-1]) if says in ("hours", "between") else (None, None)
    return DoseView(
        risk=risk,
        says=says,
        least=None if says == "between" and None in doses else least,
        most=most,
        attended=sum(one.hours for one in counted),
        counted=counted,
        not_counted=tuple(one for one in read.attendance if one.program not in counts),
        programs=tuple((view.topic, programs_for(rec, view.topic, risk)) for view in to_work_on(topics_of(rec, read))),
        last=counted[-1].on if counted else None,
    )
