"""Write the table of roles in docs/workspace.md anew from the one table of rules.

python -m tests.workspace.write_roles
"""

from __future__ import annotations

import re
from pathlib import Path

from trellis.workspace.access.rules import RULES, Action, Role

CHAPTER = Path(__file__).parents[2] / "docs" / "workspace.md"
START, END = "<!-- roles -->\n", "<!-- end of roles -->"
WHOSE = {
    "organisation": "the organization's",
    "care_team": "of those on whose care team they are",
    "self": "their own",
    "consented": "what a consent of the person names",
    "author": "what they wrote",
    "own": "of their own account",
    "guardian": "of a minor, as parent or guardian, where the site lets them",
    "surrogate": "of somebody who lacks capacity by a court's finding, for whom they act",
    "emergency": "in an emergency they opened, with a reason",
}


def written() -> str:
    """The table, with the marks around it."""
    lines = ["| role | whose | what | may |", "|---|---|---|---|"]
    for role in Role:
        together: dict[tuple[str, str], list[str]] = {}
        for rule in RULES:
            if rule.role is role:
                may = ", ".join(str(action) for action in Action if action in rule.actions)
                together.setdefault((str(rule.relation), may), []).append(str(rule.thing).replace("_", " "))
        for (relation, may), things in together.items():
            lines.append(f"| {str(role).replace('_', ' ')} | {WHOSE[relation]} | {', '.join(things)} | {may} |")
    return START + "\n".join(lines) + "\n" + END


if __name__ == "__main__":
    text = CHAPTER.read_text(encoding="utf-8")
    CHAPTER.write_text(re.sub(f"{START}.*?{END}", lambda _: written(), text, flags=re.DOTALL), encoding="utf-8")
