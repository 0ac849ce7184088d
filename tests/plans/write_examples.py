"""The worked examples of plans: read, decided, made and rendered. Run to write them anew.

python -m tests.plans.write_examples
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml12

import trellis
from tests.support import shipped
from trellis.plans import Plan, make_plan, read_person
from trellis.plans.render import to_markdown

FOLDER = Path(__file__).parents[2] / "examples" / "plans"
ALSO = {
    "pregnant-opioids.es.md": {"lang": "es"},
    "suicidal-crisis-hospital.clinician.md": {"role": "clinician"},
    "parent-stepping-down.page.md": {"layout": "page"},
}
"""Beside the full plan for the person in English: one in Spanish, one for the clinician, one short."""


def files() -> list[Path]:
    """The case files, without those that hold new answers for a review."""
    return [path for path in sorted(FOLDER.glob("*.yaml")) if not path.stem.startswith("review-")]


def case(path: Path) -> dict[str, Any]:
    """What a file holds, its day as a date."""
    given = dict(yaml12.read_yaml(path))
    return given | {"as_of": date.fromisoformat(given["as_of"])}


def recommendation(path: Path) -> trellis.Recommendation:
    given = case(path)
    return trellis.decide(shipped(), given["answers"], as_of=given["as_of"])


def plan(path: Path) -> Plan:
    return make_plan(recommendation(path), read_person(case(path)["person"]))


def rendered() -> dict[str, str]:
    """Each file that is written, by its name."""
    made = {path.stem: plan(path) for path in files()}
    pages = {f"{name}.md": to_markdown(shipped(), one) for name, one in made.items()}
    options: dict[str, Any]
    for name, options in ALSO.items():
        pages[name] = to_markdown(shipped(), made[name.partition(".")[0]], **options)
    return pages


if __name__ == "__main__":
    for name, text in rendered().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
