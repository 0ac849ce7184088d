"""An invented person in a program, the consent they signed, and what a report then says or is refused for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support import shipped
from trellis.justice.assessment import Assessment, read_assessment
from trellis.justice.consent import ConsentError
from trellis.justice.page import Page
from trellis.justice.render import to_markdown
from trellis.justice.report import report_of

DAY = date(2026, 11, 30)
KB = shipped()
PRINTER = {"ORD-001", "PAG-001"}
"""What the second checker warns of and the printer cannot change: see tests/plans/test_pdf_ua.py."""
GIVEN: dict[str, Any] = {
    "by": "Sam Rivera",
    "from": "Harbor Program",
    "to": {"role": "parole", "name": "Officer Lee"},
    "kinds": ["attendance", "setting", "milestones", "what_helps"],
    "purpose": "supervision",
    "signed": "2026-11-02",
    "until": "2027-05-02",
}
HELD: dict[str, Any] = {
    "called": "Sam",
    "agreed": [
        {"program": "t4c", "per_week": 2, "from": "2026-11-02", "excused": ["2026-11-10"]},
        {"program": "dbt", "per_week": 1, "from": "2026-11-02"},
    ],
    "attendance": [
        {"program": "t4c", "on": "2026-11-03", "hours": 1.5},
        {"program": "t4c", "on": "2026-11-17", "hours": 1.5},
        {"program": "emdr", "on": "2026-11-19", "hours": 1},
    ],
    "care": {"setting": "iop", "since": "2026-11-02"},
    "milestones": [{"what": "work", "on": "2026-11-20"}],
    "helps": ["ride"],
}
OF_PART = {
    "attendance": "was agreed",
    "setting": "Intensive outpatient",
    "milestones": "Found work",
    "what_helps": "A ride",
}


def read(*consents: Any, **held: Any) -> Assessment:
    return read_assessment(KB, HELD | {"consent": list(consents)} | held, as_of=DAY)


def given_(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (GIVEN | changes).items() if value is not None}


def told(found: Page) -> str:
    return to_markdown(found)


def sections(found: Page) -> dict[str, str]:
    return {block.title: " ".join((*block.says, *block.items)) for block in found.sections}


def refused(*consents: Any, to: str = "parole", parts: tuple[str, ...] = (), as_of: date = DAY) -> ConsentError:
    with pytest.raises(ConsentError) as caught:
        report_of(KB, read(*consents), to=to, parts=parts, as_of=as_of)
    return caught.value


REFUSALS: list[tuple[str, list[Any]]] = [
    ("missing", []),
    ("not_to_you", [given_(to={"role": "court"})]),
    ("not_to_you", [given_(to=None)]),
    ("not_signed", [given_(signed=None)]),
    ("not_signed", [given_(signed="unknown")]),
    ("revoked", [given_(revoked="2026-11-20")]),
    ("expired", [given_(until="2026-11-29")]),
    ("expired", [given_(until=None, event="program_ends", event_on="2026-11-29")]),
    ("not_yet", [given_(starts="2026-12-01")]),
    ("incomplete", [given_(by=None)]),
    ("incomplete", [given_(until=None)]),
    ("incomplete", [given_(purpose=None)]),
    ("incomplete", [given_(kinds=None)]),
    ("incomplete", [given_(kinds=[])]),
    ("incomplete", [given_(**{"from": None})]),
    ("incomplete", [given_(referral="yes")]),
]
