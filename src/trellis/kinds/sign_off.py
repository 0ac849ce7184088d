"""Sign-offs: a clinician's signature under an entry as it stood on the day it was read."""

from __future__ import annotations

from typing import Literal

from trellis.errors import did_you_mean
from trellis.kinds.kind import Book, Kind, every
from trellis.kinds.shape import Field, Frozen
from trellis.kinds.text import Day


class SignOff(Frozen):
    """That a clinician read one entry and found it sound.

    ``kind`` and ``entry`` name it; ``digest`` is that of the entry as it was read, so that any change of it voids the
    signature. ``registration``: a licence or register number, where they wish. ``read``: what they read: how it
    decides and on which sources (``rule``), what it says to people in both languages (``words``), or both.
    """

    kind: str
    entry: str
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(min_length=1)
    credentials: str = Field(min_length=1)
    registration: str = ""
    on: Day = Field(min_length=1)
    read: Literal["rule", "words", "both"]
    remark: str = ""


def can_be_signed(key: str) -> bool:
    """Whether entries of a kind can be signed: those that are cited and have an id, or stand there once.

    >>> can_be_signed("needs"), can_be_signed("after_24_hour_care"), can_be_signed("sources")
    (True, True, False)
    """
    kind = every().get(key)
    if kind is None or "sources" not in kind.shape.model_fields:
        return False
    return kind.single or "id" in kind.shape.model_fields


def signable() -> tuple[str, ...]:
    """The kinds whose entries can be signed."""
    return tuple(key for key in every() if can_be_signed(key))


def check_sign_off(where: str, one: SignOff, book: Book) -> None:
    """The kind must be one whose entries can be signed. That the entry is there is for the checker to say."""
    if not can_be_signed(one.kind):
        near = did_you_mean(one.kind, signable()) or f"It may be one of {', '.join(signable())}."
        book.wrong(where, f"signs an entry of [{one.kind}], of which none can be signed.", near)


KINDS = (
    Kind("sign_offs", SignOff, "clinicians' signatures, each under an entry as it was read", check=check_sign_off),
)
