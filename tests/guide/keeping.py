"""What tests of kept answers share: an invented person's payload, and the guide's own keeping run in Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support import shipped

ROOT = Path(__file__).parents[2]
PASSPHRASE = "four small green words"
KEPT_ON = "2026-11-20"


def payload(**changed: Any) -> dict[str, Any]:
    """What an invented person kept: a little of everything, in both languages' letters."""
    kb = shipped()
    return {
        "kind": "trellis-guide",
        "format": 1,
        "version": kb.version,
        "digest": kb.digest,
        "lang": "es",
        "whom": "me",
        "date": KEPT_ON,
        "answers": {
            "focus": "both",
            "age": "adult",
            "pregnancy": "no",
            "harm.suicide_thoughts": "intent",
            "environment.violence": {"value": "none", "date": "2026-11-18"},
            "use.alcohol": {"value": "mild", "at_least": True},
            "use.other": "not_known",
        },
        "matters": {"being_home": 5, "privacy": 0},
        "aims": ["stop_or_cut_down"],
        "approaches": ["cbt"],
        "compare": ["iop", "php"],
        "questions": [
            {"id": "ask:why", "text": "¿Por qué este tipo de atención?", "on": True},
            {"id": "ask:cost", "text": "What will it cost me?", "on": False},
        ],
        "own": ["Tengo miedo de perder mi trabajo. \U0001f331"],
    } | changed


def in_node(*wanted: dict[str, Any]) -> list[Any]:
    """What the guide's JavaScript gives for each; a problem stands as ``{"problem": code}``."""
    done = subprocess.run(
        ["node", "tests/guide/js/keep.mjs"],  # noqa: S607 - the one that is installed
        cwd=ROOT,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [one.get("gives", one) for one in json.loads(done.stdout)]
