"""What tests of kept answers share: an invented person's payload, and the guide's own keeping run in Node."""

from __future__ import annotations

import json
import os
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.support import shipped
from trellis.guide import keep

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


def seal(payload: Mapping[str, Any], passphrase: str, *, rounds: int = keep.ROUNDS) -> str:
    """The text of a file, encrypted as the guide does it in the browser."""
    empty = keep.Sealed(rounds, os.urandom(keep.SALT), os.urandom(keep.IV))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(json.dumps(payload, ensure_ascii=False).encode()) + packer.flush()
    key = AESGCM(keep._key(passphrase, empty))
    data = key.encrypt(empty.iv, bytes([keep.DEFLATED]) + packed, empty.header())
    sealed = keep.Sealed(rounds, empty.salt, empty.iv, data)
    check = sealed.digest()[: keep.FILE_CHECK].hex()
    return json.dumps(json.loads(sealed.header()) | {"data": keep._base64(data), "check": check}, indent=1) + "\n"
