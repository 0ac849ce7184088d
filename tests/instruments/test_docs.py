"""The page on instruments names what ships, as it ships."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support import shipped
from trellis.kinds.instrument import Instrument

PAGE = Path(__file__).parents[2] / "docs" / "instruments.md"
FORMS = {"full": "questions and scores", "scores_only": "scores, our own words", "total_only": "a typed total"}


def row(instrument: Instrument) -> str:
    """One line of the table of what ships; to renew the page, print every one of these."""
    licence = instrument.licence
    ground = {"seen": "seen", "secondary": "secondary source", "memory": "memory"}[licence.verified]
    scales = ", ".join(f"{scale.id} {scale.low}-{scale.high}" for scale in instrument.scales)
    if len(instrument.scales) > 3:
        scales = f"{len(instrument.scales)} scores"
    name, status = f"`{instrument.id}`", licence.status.replace("_", " ")
    return f"| {instrument.short} | {name} | {FORMS[instrument.form]} | {scales} | {status} | {ground} |"


def test_the_table_of_what_ships_is_what_ships() -> None:
    table = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [^|]+ \| `\w+` \|", line)]
    assert table == [row(instrument) for instrument in shipped().instruments.values()]


def test_the_python_on_the_page_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), {})  # noqa: S102
