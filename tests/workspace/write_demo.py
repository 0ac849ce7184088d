"""Write the answers of the demonstration's people anew from the invented people of tests/vignettes.

python -m tests.workspace.write_demo
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml12

from trellis.workspace.demo.seed import ANSWERS, read

LIVES = Path(__file__).parents[1] / "vignettes" / "lives"


def answers() -> dict[str, dict[str, Any]]:
    """By case, the answers of the invented person, as the vignettes have them."""
    wanted = {person["case"] for person in read()["people"] if "case" in person}
    found = {
        one["id"]: dict(one["answers"])
        for path in sorted(LIVES.glob("*.yaml"))
        for one in yaml12.read_yaml(path).get("people") or ()
        if one["id"] in wanted
    }
    return {case: found[case] for case in sorted(wanted)}


def written() -> str:
    """The file, one person to a line."""
    lines = [f"{json.dumps(case)}: {json.dumps(told, ensure_ascii=False)}" for case, told in answers().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    ANSWERS.write_text(written(), encoding="utf-8")
