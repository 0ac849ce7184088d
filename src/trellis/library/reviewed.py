"""Whether a clinician has reviewed an entry: worked out from the signatures under it, and from nothing else.

A signature carries the digest of what was read. What decides or is read goes into the digest: the entry itself, and of
what it names what gives it its meaning, which is the scales of the facts that its condition reads, the numbers that
lead to them, and the definitions of the steps that it asks for. Where it stands in which file does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, Protocol

from trellis.kinds.condition import Condition, facts_read
from trellis.kinds.kind import every
from trellis.kinds.sign_off import SignOff
from trellis.kinds.text import NOT_REVIEWED, Frozen

REVIEWED = "clinically reviewed"
NOT_CONTENT = ("review", "reviewed_on")
"""What an entry may say of its own review: it says nothing, see docs/authoring.md."""
SHORTEST = 12
"""So many characters of a digest name it."""


class Content(Protocol):
    """What is asked of a knowledge here."""

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The condition of each need."""

    @property
    def barrier_conditions(self) -> Mapping[str, Condition]:
        """The conditions of what a decision may need beside needs."""

    @property
    def rule_conditions(self) -> Mapping[str, Condition]:
        """The conditions of what a decision does not need."""

    def of(self, key: str) -> Mapping[str, Any]:
        """All entries of one kind, by id."""


class EntryReview(NamedTuple):
    """What signatures say of one entry.

    Args:
        state: ``none``, nobody has signed; ``reviewed``; ``changed``, it has changed since everybody signed who did.
        signed: the signatures that say so, in order.
        read: what was read by those whose signature holds: ``rule``, ``words``, ``both``; empty where none holds.
        enough: as many have signed for rule and words as are asked for.
    """

    state: Literal["none", "reviewed", "changed"] = "none"
    signed: tuple[SignOff, ...] = ()
    read: Literal["", "rule", "words", "both"] = ""
    enough: bool = False


def name_in(key: str, entry: str) -> str:
    """The id by which an entry is kept: one that stands there once is signed by the name of its kind."""
    return "0" if _alone(key) and entry == key else entry


def names_of(kb: Content, key: str) -> tuple[str, ...]:
    """The names by which the entries of a kind are signed."""
    return (key,) if _alone(key) else tuple(kb.of(key))


def _alone(key: str) -> bool:
    return every()[key].single and "id" not in every()[key].shape.model_fields


def what_was_read(kb: Content, key: str, entry: str) -> dict[str, Any]:
    """All that the digest of an entry covers, as plain values. Raises ``KeyError`` when there is no such entry.

    Args:
        kb: the knowledge, whose parameters are in force in it.
        key: the kind, such as ``needs``.
        entry: the id.

    >>> import trellis
    >>> found = what_was_read(trellis.load(), "needs", "suicide-danger")
    >>> sorted(found), "harm.suicide_thoughts" in found["facts"]
    (['entry', 'facts', 'kind', 'parameters', 'steps'], True)
    """
    one = kb.of(key)[name_in(key, entry)]
    steps = dict(_steps(kb, one))
    return {
        "kind": key,
        "entry": _plain(one),
        "facts": {name: _meaning(kb, name) for name in _facts_of(kb, key, entry)},
        "steps": steps,
        "parameters": {name: _plain(kb.of("parameters")[name]) for name in _parameters_of(one)},
    }


def digest_of(kb: Content, key: str, entry: str) -> str:
    """The SHA-256 of :func:`what_was_read`. Raises ``KeyError`` when there is no such entry."""
    text = json.dumps(what_was_read(kb, key, entry), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(one: Frozen) -> dict[str, Any]:
    # Without what has its default: a field that a later version of the software adds voids no signature.
    found: dict[str, Any] = one.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(NOT_CONTENT))
    return found


def _facts_of(kb: Content, key: str, entry: str) -> tuple[str, ...]:
    """The facts whose meaning an entry rests on: a fact's own, or those that its condition reads."""
    if key == "facts":
        return (entry,)
    found: set[str] = set()
    if key == "needs":
        found |= set(facts_read(kb.conditions[entry]))
    elif every()[key].condition:
        conditions = kb.barrier_conditions if not every()[key].folder else kb.rule_conditions
        found |= set(facts_read(conditions[entry]))
    return tuple(sorted(found))


def _meaning(kb: Content, name: str) -> dict[str, Any]:
    """A fact as a condition reads it: its scale, what it is called, and what leads to it beside an answer."""
    fact = kb.of("facts")[name]
    return {
        "kind": fact.kind,
        "worse": fact.worse,
        "applies": {factor: list(allowed) for factor, allowed in fact.applies.items()},
        "scale": [_plain(step) for step in fact.scale],
        "question": fact.question.clinician.model_dump(mode="json"),
        "from": _in_order(one for one in kb.of("derivations").values() if one.to == name),
        "implied": _in_order(one for one in kb.of("implications").values() if name in one.then),
    }


def _in_order(entries: Iterable[Frozen]) -> list[dict[str, Any]]:
    """In an order of their own, for these have no id and may stand anywhere."""
    return sorted((_plain(one) for one in entries), key=lambda one: json.dumps(one, sort_keys=True))


def _steps(kb: Content, one: Any) -> Iterator[tuple[str, Any]]:
    """The definitions of the steps that an entry asks for."""
    axes = kb.of("axes")
    for axis, asked in (getattr(one, "requires", None) or {}).items():
        allowed = (asked,) if isinstance(asked, str) else kb.of("parameters")[asked["parameter"]].allowed
        for step in axes[axis].steps:
            if step.id in allowed:
                yield f"{axis}: {step.id}", _plain(step)


def _parameters_of(one: Any) -> Iterator[str]:
    asked = (getattr(one, "requires", None) or {}).values()
    yield from sorted({each["parameter"] for each in asked if not isinstance(each, str)})


def reviewers_asked(kb: Content, key: str, entry: str) -> int:
    """How many must sign: two where care round the clock can be required, else one."""
    asks = getattr(kb.of(key)[name_in(key, entry)], "requires", None) or {}
    for axis, asked in asks.items():
        allowed = (asked,) if isinstance(asked, str) else kb.of("parameters")[asked["parameter"]].allowed
        if any(step.around_the_clock for step in kb.of("axes")[axis].steps if step.id in allowed):
            return 2
    return 1


def review_of(kb: Content, key: str, entry: str) -> EntryReview:
    """What the signatures under an entry say of it as it stands. An entry that is not there has none.

    >>> import trellis
    >>> review_of(trellis.load(), "needs", "suicide-danger").state
    'none'
    """
    signed = [one for one in kb.of("sign_offs").values() if (one.kind, one.entry) == (key, entry)]
    if not signed or name_in(key, entry) not in kb.of(key):
        return EntryReview()
    now = digest_of(kb, key, entry)
    hold = tuple(one for one in signed if one.digest == now)
    if not hold:
        return EntryReview("changed", tuple(signed))
    rule, words = (_names(hold, part) for part in ("rule", "words"))
    read: Literal["rule", "words", "both"] = "both" if rule and words else "rule" if rule else "words"
    asked = reviewers_asked(kb, key, entry)
    return EntryReview("reviewed", hold, read, len(rule) >= asked and len(words) >= asked)


def _names(signed: Iterable[SignOff], part: str) -> set[str]:
    return {one.name.casefold() for one in signed if one.read in (part, "both")}


def whole_review(kb: Content) -> str:
    """Whether the content as a whole is reviewed: every need and every text of danger, rule and words, by enough.

    >>> import trellis
    >>> whole_review(trellis.load())
    'not clinically reviewed'
    """
    if not kb.of("sign_offs"):
        return NOT_REVIEWED
    asked = [(key, name) for key in ("needs", "urgent") for name in kb.of(key)]
    return REVIEWED if all(review_of(kb, key, name).enough for key, name in asked) else NOT_REVIEWED
