"""Keys that stand in addresses: random, so that they say nothing of anybody and cannot be counted through."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_key() -> str:
    """Twelve signs that cannot be taken for one another, about 59 bits.

    >>> len(new_key())
    12
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
