"""The table of the rules in docs/how-it-decides.md: ``python -m tests.joining.write_table`` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

import yaml12

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "how-it-decides.md"
TABLE = re.compile(r"\| rule \| people \|\n\|---\|---\|\n(?:\|.*\n)*")


def table() -> str:
    """Each rule with the people it is tried on."""
    rules = yaml12.read_yaml(HERE / "rules.yaml")["rules"]
    people = yaml12.read_yaml(HERE / "people.yaml")["people"]
    rows = []
    for rule in rules:
        names = [f"`{one['id']}`" for one in people if one["rule"] == rule["id"]]
        rows.append(f"| {rule['says']} | {', '.join(names)} |")
    return "\n".join(["| rule | people |", "|---|---|", *rows]) + "\n"


def written(text: str) -> str:
    """The docs with the table as it is now."""
    return TABLE.sub(lambda _: table(), text, count=1)


if __name__ == "__main__":
    DOCS.write_text(written(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
