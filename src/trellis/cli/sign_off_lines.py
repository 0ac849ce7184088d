"""Lines of signatures: made for entries whose digest was read, and put below those that a file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from trellis.errors import KnowledgeError, Problem, TrellisError, did_you_mean
from trellis.kinds.sign_off import signable
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import SHORTEST, digest_of, names_of
from trellis.library.strict_yaml import plain
from trellis.library.write_yaml import to_yaml

KEY = "sign_offs"
A_DIGEST = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}")
SHOW = "`trellis sign-off show {key} {name}` shows what is there now, with its digest."
HEAD = {"title": "Clinicians' signatures", "review": "not clinically reviewed"}


@dataclass(frozen=True)
class Signer:
    """Who signs, when, and what they read."""

    name: str
    credentials: str
    registration: str
    on: date
    read: str
    remark: str


def known_kind(key: str) -> None:
    """Raises ``TrellisError`` for a kind of which no entry can be signed."""
    if key not in signable():
        remedy = did_you_mean(key, signable()) or f"It may be one of {', '.join(signable())}."
        raise TrellisError([Problem("KIND", f"[{key}] is no kind whose entries can be signed.", remedy)])


def known_entry(kb: Knowledge, key: str, name: str) -> None:
    """Raises ``TrellisError`` for an entry that is not there."""
    known_kind(key)
    if name not in names_of(kb, key):
        known = names_of(kb, key)
        remedy = did_you_mean(name, known) or f"`trellis sign-off list --of {key} --all` lists them."
        raise TrellisError([Problem("ENTRY", f"[{name}] is no entry of {key}.", remedy)])


def lines_for(kb: Knowledge, key: str, asked: Iterable[str], signer: Signer, today: date) -> list[dict[str, str]]:
    """A line for each ``ENTRY=DIGEST``, once all are right.

    Args:
        kb: the knowledge that is signed.
        key: the kind of the entries.
        asked: each entry with the digest, or its beginning, that stood beside what was read.
        signer: who.
        today: a signature cannot be of a later day.

    Raises:
        TrellisError: with everything that is wrong; then nothing is signed.
    """
    known_kind(key)
    problems = [*_wrong_with(signer, today)]
    made = []
    for one in asked:
        name, mark, digest = one.partition("=")
        try:
            made.append(_line(kb, key, name, digest.lower() if mark else "", signer))
        except TrellisError as error:
            problems += error.problems
    if problems:
        raise TrellisError(problems)
    return made


def _wrong_with(signer: Signer, today: date) -> Iterable[Problem]:
    for option, value in (("--name", signer.name), ("--credentials", signer.credentials)):
        if not value.strip():
            yield Problem(option, "is empty.", "A signature says who read it, and what they are licensed as.")
    if signer.on > today:
        yield Problem("--read-on", f"is [{signer.on}], after today [{today}].", "Give the day on which it was read.")


def _line(kb: Knowledge, key: str, name: str, digest: str, signer: Signer) -> dict[str, str]:
    known_entry(kb, key, name)
    where, now, show = f"{key} [{name}]", digest_of(kb, key, name), SHOW.format(key=key, name=name)
    if not A_DIGEST.fullmatch(digest):
        what = f"is signed with the digest [{digest}], which is none."
        raise TrellisError([Problem(where, what, f"Write {name}=DIGEST, {SHORTEST} characters or more of it. {show}")])
    if not now.startswith(digest):
        what = f"was read as [{digest[:SHORTEST]}] and is [{now[:SHORTEST]}] now: it has changed since it was read."
        raise TrellisError([Problem(where, what, f"Read it again. {show}")])
    for one in kb.sign_offs.values():
        if (one.kind, one.entry, one.digest, one.name, one.read) == (key, name, now, signer.name, signer.read):
            raise TrellisError([Problem(where, f"is signed by [{signer.name}] already, as it is.", "Leave it out.")])
    found = {"kind": key, "entry": name, "digest": now, "name": signer.name, "credentials": signer.credentials}
    more = {
        "registration": signer.registration,
        "on": signer.on.isoformat(),
        "read": signer.read,
        "remark": signer.remark,
    }
    return {part: value for part, value in (found | more).items() if value}


def as_text(lines: Iterable[Mapping[str, str]]) -> str:
    """The lines as they stand below ``sign_offs:``."""
    return "".join("  " + line + "\n" for line in to_yaml([dict(one) for one in lines]).splitlines())


def put_below(path: Path, lines: list[dict[str, str]], today: date) -> None:
    """Put lines below those in a file; a file that is not there yet is begun. What stands there stays as it is.

    Raises:
        TrellisError: the file is none of signatures, or cannot be read or written.
    """
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise TrellisError([Problem(str(path), f"cannot be read ({type(error).__name__}).", "Check it.")]) from None
    if not old:
        old = to_yaml({"about": {**HEAD, "effective": today.isoformat()}, KEY: []})
    tree: Any = plain(old, str(path))
    if not isinstance(tree, dict) or list(tree)[-1:] != [KEY] or not isinstance(tree[KEY], list):
        what = f"does not end with [{KEY}]."
        raise TrellisError([Problem(str(path), what, f"Give a file of its own, with `{KEY}:` as its last key.")])
    new = re.sub(rf"^{KEY}:.*\n?", f"{KEY}:\n", old, flags=re.MULTILINE) if not tree[KEY] else old.rstrip("\n") + "\n"
    new += as_text(lines)
    if _tree(new) != tree | {KEY: [*tree[KEY], *lines]}:
        raise TrellisError(
            [Problem(str(path), "is written in a way that no line can be put below.", "Add it by hand.")]
        )
    try:
        path.write_text(new, encoding="utf-8")
    except OSError as error:
        what = f"cannot be written ({error.strerror or type(error).__name__})."
        raise TrellisError([Problem(str(path), what, "Check the folder.")]) from None


def _tree(text: str) -> Any:
    """What a text holds; None where it cannot be read."""
    try:
        return plain(text, KEY)
    except KnowledgeError:
        return None
