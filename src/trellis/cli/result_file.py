"""A result that is read again: only its answers decide, so a result that says something else than they give is told."""

from __future__ import annotations

import json
from typing import Any

import typer

import trellis
from trellis.account import to_json
from trellis.cli.inputs import Case
from trellis.decide import Recommendation
from trellis.say import Say

APART = ("provenance", "person", "names", "other_knowledge")
"""What a result is decided from, the person's own words, which decide nothing, and what is said of the file."""


def differing(case: Case, rec: Recommendation) -> tuple[str, ...]:
    """The parts of a stored result that are not what its answers give; none when the file holds no result.

    With other content or other parameters of the site nothing can be said: it is decided anew, which is told elsewhere.

    Args:
        case: the file.
        rec: what was decided from it, perhaps for another day.
    """
    stored = {key: value for key, value in case.result.items() if key not in APART}
    whole = "settled" in stored
    if not (whole or stored.get("view") == "public") or case.digest != rec.kb.digest or case.as_of is None:
        return ()
    if (rec.as_of, dict(rec.provenance.places)) != (case.as_of, case.places):
        rec = trellis.decide(rec.kb, case.answers, as_of=case.as_of, places=case.places)
    expected = [to_json(rec)] if whole else [_public(rec, lang) for lang in ("en", "es")]
    return min((_unlike(stored, _without_later(_plain(one), stored)) for one in expected), key=len)


def _without_later(expected: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """What is expected of a file kept before results told their reasons."""
    return {key: value for key, value in expected.items() if key != "reasons" or key in stored}


def _public(rec: Recommendation, lang: str) -> dict[str, Any]:
    # Read only here: the views need the commands' options, which need this file.
    from trellis.cli import public
    from trellis.cli.terminal import Terminal
    from trellis.cli.view import View

    return public.to_json(View(rec, Say(lang), Terminal(), "person"))


def _plain(result: dict[str, Any]) -> dict[str, Any]:
    """A result as a file holds it."""
    read: dict[str, Any] = json.loads(json.dumps(result, default=str))
    return {key: value for key, value in read.items() if key not in APART}


def _unlike(stored: dict[str, Any], expected: dict[str, Any]) -> tuple[str, ...]:
    nothing = object()
    return tuple(
        key for key in dict.fromkeys((*expected, *stored)) if stored.get(key, nothing) != expected.get(key, nothing)
    )


def tell_if_edited(case: Case, rec: Recommendation, lang: str = "en") -> None:
    """Say on standard error that the result in a file is not what its answers give. Names of parts only, no answer."""
    keys = differing(case, rec)
    if not keys:
        return
    same = case.result["provenance"].get("software") == trellis.__version__
    typer.echo(Say(lang)("result.edited" if same else "result.edited_or_other", keys=", ".join(keys)), err=True)
