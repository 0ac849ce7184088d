"""Opening what somebody kept in the guide: the file or the code, with the passphrase.

The browser makes these files (``assets/js/keep_format.js``, ``keep_seal.js``); this is the same in Python, for whoever
is shown one. The format stands in docs/guide.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import date as date_
from typing import Any, Literal, NoReturn

from pydantic import ValidationError

from trellis.errors import Problem, TrellisError
from trellis.kinds.text import Frozen

FORMAT = 1
PAYLOAD_FORMAT = 3
"""Of what is encrypted. What 1 kept had no record of how each answer was given; 2 did not say what worries somebody."""
ROUNDS = 600_000
MOST_ROUNDS = 5_000_000
KIND = "trellis-guide"
SALT, IV, TAG = 16, 12, 16
MOST_TEXT, MOST_BYTES = 2_000_000, 4_000_000
FILE_CHECK, CODE_CHECK = 6, 4
KDF, CIPHER = "PBKDF2-SHA256", "AES-256-GCM"
KEYS = {"trellis_guide", "kdf", "rounds", "salt", "iv", "cipher", "data", "check"}
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O and U, which look like others."""
STORED, DEFLATED = 0, 1

KeepFault = Literal["not_ours", "damaged", "newer", "passphrase"]
SAID: Mapping[KeepFault, tuple[str, str]] = {
    "not_ours": ("is no file and no code of the guide.", "Ask for the file or code that the guide made."),
    "damaged": ("was cut off, changed or mistyped.", "Ask for it again; a code begins with K1."),
    "newer": ("was made by a newer guide than this.", "Update Trellis."),
    "passphrase": (
        "does not open with this passphrase.",
        "Type it again; capitals count. A file changed by somebody does not open either.",
    ),
}
SELF, OTHER = "self-report", "loved-one report"
"""The kinds of source: the person, or somebody who cares about the person."""


class KeepError(TrellisError):
    """Kept answers cannot be opened; ``code`` is the one that the guide uses in the browser.

    >>> KeepError("newer", "kept.json").code
    'newer'
    """

    def __init__(self, code: KeepFault, where: str = "kept answers") -> None:
        what, remedy = SAID[code]
        self.code: KeepFault = code
        super().__init__([Problem(where, what, remedy)])


class TakeAlong(Frozen):
    """A question to take along; ``on``: it is on the list."""

    id: str
    text: str
    on: bool = True


class AnswerGiven(Frozen):
    """How an answer was given: the line that was read, and what was chosen there.

    Args:
        of: the fact or context.
        list: the list of lines that it stood on; empty for a question of its own.
        chosen: whether the line was ticked.
        value: with ``at_least``, ``at_most`` and ``date`` the answer that it belongs to.
        asked: the question as it was read, and ``said`` the line; empty in a code.
    """

    of: str
    list: str
    chosen: bool
    value: str | int | float
    at_least: bool = False
    at_most: bool = False
    date: date_ | None = None
    asked: str = ""
    said: str = ""


class KeptAnswers(Frozen):
    """What somebody kept.

    Args:
        version: of the knowledge with which it was answered; ``digest`` names it exactly.
        whom: whether the person answered for themselves, or somebody for another person.
        date: the day on which it was kept.
        concerns: what worries them most, by id; ``short``: only that and danger was asked about.
        answers: as they were given; none is checked yet.
        told: how each was given.
        matters: how much things matter, from 0 to 5.
        compare: settings that were looked at side by side.
        approaches: treatments to talk about.
        own: the person's own words and questions.
    """

    kind: Literal["trellis-guide"]
    format: Literal[1, 2, 3]
    version: str
    digest: str
    lang: Literal["en", "es"]
    whom: Literal["", "me", "loved_one", "reading"]
    date: date
    concerns: tuple[str, ...] = ()
    short: bool = False
    answers: dict[str, Any]
    told: tuple[AnswerGiven, ...] = ()
    matters: dict[str, Literal[0, 1, 2, 3, 4, 5]]
    aims: tuple[str, ...]
    approaches: tuple[str, ...]
    compare: tuple[str, ...]
    questions: tuple[TakeAlong, ...]
    own: tuple[str, ...]

    @property
    def source(self) -> str:
        """Whose word the answers are."""
        return OTHER if self.whom == "loved_one" else SELF


@dataclass(frozen=True)
class Sealed:
    """Encrypted answers, apart from how they are written."""

    rounds: int
    salt: bytes
    iv: bytes
    data: bytes = b""

    def header(self) -> bytes:
        """What is encrypted along, so that nobody can change it unnoticed."""
        tree = {"trellis_guide": FORMAT, "kdf": KDF, "rounds": self.rounds}
        tree |= {"salt": _base64(self.salt), "iv": _base64(self.iv), "cipher": CIPHER}
        return json.dumps(tree, separators=(",", ":")).encode()

    def digest(self) -> bytes:
        """What tells that something was cut off, changed or mistyped, before anything is decrypted."""
        return hashlib.sha256(self.header() + b"." + _base64(self.data).encode()).digest()


def open_kept(text: str, passphrase: str, where: str = "kept answers") -> KeptAnswers:
    """Open a file or a code.

    Args:
        text: what stands in the file, or the code.
        passphrase: the one it was kept with.
        where: what to call it when something is wrong with it.

    Raises:
        KeepError: it is not ours, damaged or newer, or the passphrase does not open it.
        TrellisError: the package ``cryptography`` is missing.
    """
    sealed = _read_sealed(text, where)
    aesgcm, invalid = _cryptography()
    try:
        plain = aesgcm(_key(passphrase, sealed)).decrypt(sealed.iv, sealed.data, sealed.header())
    except invalid:
        raise KeepError("passphrase", where) from None
    return _checked(_unpack(plain, where), where)


def code_of(text: str, where: str = "kept answers") -> str:
    """What a file holds, as a code in groups of five. Raises :class:`KeepError`."""
    sealed = _read_sealed(text, where)
    body = sealed.rounds.to_bytes(4, "big") + sealed.salt + sealed.iv + sealed.data + sealed.digest()[:CODE_CHECK]
    letters = f"K{FORMAT}{_base32(body)}"
    return " ".join(letters[place : place + 5] for place in range(0, len(letters), 5))


def is_code(text: str) -> bool:
    """Whether a text looks like a code, whole or not.

    >>> is_code("K1AB2 CDEFG"), is_code("kept.json")
    (True, False)
    """
    return re.match(r"K\d", _letters(text)) is not None


def check_kept(text: str, where: str = "kept answers") -> None:
    """Look whether a file or a code is whole and can be opened here, before anybody types a passphrase.

    Raises:
        KeepError: it is not ours, damaged or newer.
        TrellisError: the package ``cryptography`` is missing.
    """
    _read_sealed(text, where)
    _cryptography()


def _cryptography() -> tuple[Any, Any]:
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        what = "this needs the package [cryptography], which is not installed."
        raise TrellisError([Problem("trellis", what, "pip install 'trellis-care[guide]'")]) from None
    return AESGCM, InvalidTag


def _normal(passphrase: str) -> str:
    """The same letters typed on another keyboard are the same passphrase, and a space at its end is none of it."""
    return unicodedata.normalize("NFKC", passphrase).strip(" \t\r\n")


def _key(passphrase: str, sealed: Sealed) -> bytes:
    typed = _normal(passphrase).encode("utf-8", "replace")
    return hashlib.pbkdf2_hmac("sha256", typed, sealed.salt, sealed.rounds, 32)


def _read_sealed(text: str, where: str) -> Sealed:
    if len(text) > MOST_TEXT:
        raise KeepError("not_ours", where)
    trimmed = text.removeprefix("\ufeff").strip()
    sealed = _read_file(trimmed, where) if trimmed.startswith("{") else _read_code(trimmed, where)
    if sealed.rounds > MOST_ROUNDS:
        raise KeepError("newer", where)
    if sealed.rounds < ROUNDS or len(sealed.salt) != SALT or len(sealed.iv) != IV or len(sealed.data) <= TAG:
        raise KeepError("damaged", where)
    return sealed


def _read_file(text: str, where: str) -> Sealed:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise KeepError("damaged" if "trellis_guide" in text else "not_ours", where) from None
    number = tree.get("trellis_guide")
    if number is None:
        raise KeepError("not_ours", where)
    if type(number) is int and number > FORMAT:
        raise KeepError("newer", where)
    if (
        set(tree) != KEYS
        or type(number) is not int
        or number != FORMAT
        or (tree["kdf"], tree["cipher"]) != (KDF, CIPHER)
    ):
        raise KeepError("damaged", where)
    if type(tree["rounds"]) is not int:
        raise KeepError("damaged", where)
    sealed = Sealed(tree["rounds"], *(_from_base64(tree[key], where) for key in ("salt", "iv", "data")))
    if tree["check"] != sealed.digest()[:FILE_CHECK].hex():
        raise KeepError("damaged", where)
    return sealed


def _letters(text: str) -> str:
    """What is typed, without what stands between the groups, and with letters that look alike taken for one another."""
    typed = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    return re.sub(r"[IL]", "1", typed).replace("O", "0")


def _read_code(text: str, where: str) -> Sealed:
    letters = _letters(text)
    found = re.match(r"K([1-9])", letters)
    if found is None:
        raise KeepError("not_ours", where)
    if int(found[1]) > FORMAT:
        raise KeepError("newer", where)
    body = _from_base32(letters[2:], where)
    place = 4 + SALT + IV
    if len(body) <= place + CODE_CHECK:
        raise KeepError("damaged", where)
    salt, iv, data = body[4 : 4 + SALT], body[4 + SALT : place], body[place:-CODE_CHECK]
    sealed = Sealed(int.from_bytes(body[:4], "big"), salt, iv, data)
    if sealed.digest()[:CODE_CHECK] != body[-CODE_CHECK:]:
        raise KeepError("damaged", where)
    return sealed


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: object, where: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        _damaged(where)
    # Two texts can mean the same bytes; only one of them is what was written.
    if _base64(content) != text:
        _damaged(where)
    return content


def _base32(content: bytes) -> str:
    """With letters that cannot be taken for others.

    >>> _base32(b"trellis")
    'EHS6AV3CD5SG'
    """
    held = count = 0
    letters = []
    for byte in content:
        held, count = held << 8 | byte, count + 8
        while count >= 5:
            count -= 5
            letters.append(LETTERS[held >> count & 31])
        held &= (1 << count) - 1
    if count:
        letters.append(LETTERS[held << (5 - count) & 31])
    return "".join(letters)


def _from_base32(letters: str, where: str) -> bytes:
    held = count = 0
    content = bytearray()
    for letter in letters:
        value = LETTERS.find(letter)
        if value < 0:
            _damaged(where)
        held, count = held << 5 | value, count + 5
        if count >= 8:
            count -= 8
            content.append(held >> count)
            held &= (1 << count) - 1
    if _base32(bytes(content)) != letters:
        _damaged(where)
    return bytes(content)


def _damaged(where: str) -> NoReturn:
    raise KeepError("damaged", where)


def _unpack(plain: bytes, where: str) -> Any:
    try:
        body = plain[1:]
        if plain[:1] == bytes([DEFLATED]):
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            body = unpacker.decompress(body, MOST_BYTES)
            if not unpacker.eof or unpacker.unused_data:
                _damaged(where)
        elif plain[:1] != bytes([STORED]):
            _damaged(where)
        return json.loads(body.decode(), parse_constant=_no_number)
    except (zlib.error, ValueError, RecursionError):
        raise KeepError("damaged", where) from None


def _no_number(name: str) -> NoReturn:
    """JSON knows no NaN and no infinity; a browser does not read them either."""
    raise ValueError(name)


def _checked(tree: Any, where: str) -> KeptAnswers:
    if not isinstance(tree, dict) or tree.get("kind") != KIND:
        raise KeepError("not_ours", where)
    if isinstance(tree.get("format"), int) and tree["format"] > PAYLOAD_FORMAT:
        raise KeepError("newer", where)
    try:
        return KeptAnswers.model_validate(_clean(tree))
    except ValidationError:
        raise KeepError("damaged", where) from None


def _clean(tree: Any) -> Any:
    """Without what moves the cursor of a terminal or turns the direction of a line: these are a stranger's words."""
    if isinstance(tree, str):
        whole = tree.encode("utf-8", "replace").decode()
        return re.sub(r"[^\S\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", whole)
    if isinstance(tree, list):
        return [_clean(one) for one in tree]
    if isinstance(tree, dict):
        return {_clean(key): _clean(value) for key, value in tree.items()}
    return tree
