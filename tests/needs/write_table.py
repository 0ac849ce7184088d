"""The table of the rules in docs/how-it-decides.md: ``python -m tests.needs.write_table`` writes it anew."""

from __future__ import annotations

import re

from tests.needs.reading import EXAMPLES, HERE, RULES

DOCS = HERE.parents[1] / "docs" / "how-it-decides.md"
BEGIN, END = "<!-- table: how a need reads -->\n", "<!-- end of table -->\n"
BETWEEN = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)


def table() -> str:
    """Each rule with those it matters for, and those for whom it makes no difference though little is different."""
    rows = ["| rule | it matters for | a near miss |", "|---|---|---|"]
    for rule in RULES:
        shown = [row for row in EXAMPLES if row["rule"] == rule["id"]]
        cells = [
            ", ".join(f"`{row['id']}`" for row in shown if row.get("near_miss", False) is miss)
            for miss in (False, True)
        ]
        rows.append(f"| {rule['says']} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def written(text: str) -> str:
    """The docs with the table as it is now."""
    return BETWEEN.sub(lambda _: BEGIN + table() + END, text, count=1)


if __name__ == "__main__":
    DOCS.write_text(written(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
