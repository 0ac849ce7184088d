"""A printed plan is read by two checkers of PDF/UA, made by different people, which see different faults.

Both are heard in full. What the printer itself cannot do is listed with its reason; anything else fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import outloud
import pdfua
import pytest

from tests.plans import write_examples
from tests.support import AS_OF, shipped
from trellis.clinical.page import to_pdf as table_to_pdf
from trellis.plans.render import to_pdf

PRINTER = {
    "ORD-001": "WeasyPrint paints the mark of a list entry apart from its words; the order of the tags is right",
    "PAG-001": "WeasyPrint tags the page number in the margin as content",
}
"""What the second checker warns of and this printer cannot change."""
SKIPS = {"UA-14-001"}
"""The order of headings, which the first checker cannot read here; the second one does."""
PLANS = ("leaving-jail-opioids", "suicidal-crisis-hospital", "nothing-known")


def printed(name: str, folder: Path, **options: Any) -> Path:
    plan = write_examples.plan(write_examples.FOLDER / f"{name}.yaml")
    path = folder / "plan.pdf"
    path.write_bytes(to_pdf(shipped(), plan, **options))
    return path


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(("layout", "lang", "role"), [("page", "es", "person"), ("full", "en", "clinician")])
def test_two_checkers_find_nothing_to_mend(name: str, layout: Any, lang: str, role: str, tmp_path: Path) -> None:
    path = printed(name, tmp_path, layout=layout, lang=lang, role=role)
    first = pdfua.validate(str(path))
    assert not first.findings
    assert {one.rule_id for one in first.skipped} <= SKIPS
    second = outloud.check(str(path))
    assert not second.error
    assert not second.errors
    assert not [one for one in second.findings if one.rule not in PRINTER]


def test_the_sign_off_table_passes_both(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    path.write_bytes(table_to_pdf(shipped(), as_of=AS_OF))
    assert not [one for one in pdfua.validate(str(path)).findings if str(one.severity) != "Severity.INFO"]
    assert not outloud.check(str(path)).errors


def test_both_checkers_do_find_faults(tmp_path: Path) -> None:
    """A page without tags, language or title: neither checker is silent because it did not look."""
    from weasyprint import HTML

    path = tmp_path / "bare.pdf"
    HTML(string="<p>Plan</p>").write_pdf(path)
    assert pdfua.validate(str(path)).findings
    assert outloud.check(str(path)).errors


def test_each_checker_finds_what_the_printer_drops(tmp_path: Path) -> None:
    """Without the last touch the first checker misses what a header cell heads; the second misses the print flag."""
    from trellis.plans.render import _render, view_of
    from trellis.printed import AS_UA, laid_out

    plan = write_examples.plan(write_examples.FOLDER / "leaving-jail-opioids.yaml")
    path = tmp_path / "raw.pdf"
    laid_out(_render(view_of(shipped(), plan), "full", "html"), "plans").write_pdf(str(path), **AS_UA)
    assert {one.rule_id for one in pdfua.validate(str(path)).findings} == {"UA-15-003"}
    assert "LNK-004" in {one.rule for one in outloud.check(str(path)).findings}
