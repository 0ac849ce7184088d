"""What the law asks, read from ``law.yaml``: elements of a consent, kinds of disclosure, windows, clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

VERIFIED = ("seen", "secondary", "memory")


@dataclass(frozen=True)
class Provision:
    """One thing that the law asks, and where it does.

    Args:
        id: its name, the key of its words in the catalogue.
        source: a key of the sources.
        at: the paragraph.
        more: what else stands with it, such as ``days`` or ``needs``.
    """

    id: str
    source: str
    at: str
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def citation(self) -> str:
        """Where it stands, as it is printed; empty where nobody opened or heard of it, for memory is no source.

        >>> next(one for one in law().elements if one.id == "purpose").citation
        '42 CFR 2.31(a)(5)'
        """
        source = law().sources[self.source]
        if source["verified"] == "memory":
            return ""
        return f"{source['title'].partition(',')[0]}{self.at if self.at.startswith('(') else ''}"


@dataclass(frozen=True)
class Law:
    """All of it."""

    sources: dict[str, dict[str, str]]
    notice: Provision
    office: Provision
    elements: tuple[Provision, ...]
    scopes: dict[str, tuple[str, ...]]
    disclosures: tuple[Provision, ...]
    windows: tuple[Provision, ...]
    factors: tuple[Provision, ...]
    clocks: tuple[Provision, ...]

    def disclosure(self, kind: str) -> Provision:
        """One kind of disclosure. Raises ``KeyError`` for none of them."""
        return {one.id: one for one in self.disclosures}[kind]

    def years(self, window: str) -> int:
        """How many years a window goes back."""
        return int({one.id: one for one in self.windows}[window].more["years"])


@cache
def law() -> Law:
    """What ``law.yaml`` says.

    >>> law().years("three_years"), law().years("six_years")
    (3, 6)
    """
    given = yaml.safe_load(Path(__file__).with_name("law.yaml").read_text(encoding="utf-8"))
    return Law(
        sources=given["sources"],
        notice=_one({"id": "notice", **given["notice"]}),
        office=_one({"id": "office", "at": "", **given["office"]}),
        elements=_all(given["elements"]),
        scopes={name: tuple(several) for name, several in given["scopes"].items()},
        disclosures=_all(given["disclosures"]),
        windows=_all(given["windows"]),
        factors=_all(given["breach"]["factors"]),
        clocks=_all(given["breach"]["clocks"]),
    )


def _all(given: list[dict[str, Any]]) -> tuple[Provision, ...]:
    return tuple(_one(one) for one in given)


def _one(given: dict[str, Any]) -> Provision:
    more = {name: value for name, value in given.items() if name not in ("id", "source", "at")}
    return Provision(given["id"], given["source"], given["at"], more)
