"""What a conversation is about: what worries somebody most comes first, and on the short way nothing beside danger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from trellis.errors import Problem, TrellisError
from trellis.kinds.concern import AlwaysAsked, Concern
from trellis.library.knowledge import Knowledge, once_per_knowledge


class ConcernError(TrellisError):
    """No such concern.

    >>> str(ConcernError([Problem("concerns", "[x] is none.")]))
    'concerns: [x] is none.'
    """


@dataclass(frozen=True)
class Scope:
    """What is asked first, and what at all.

    Args:
        concerns: what worries somebody most, by id; empty when nobody said or somebody is not sure.
        short: ask about that and about danger alone. What is not asked stays unknown.
    """

    concerns: tuple[str, ...] = ()
    short: bool = False


EVERYTHING = Scope()
"""Nobody said what worries them most: whatever can change the result is asked."""


@dataclass(frozen=True)
class ScopeFacts:
    """Facts by what makes them useful to ask, each with the questions that stand before it.

    Args:
        concerns: per concern, what is asked about it.
        opening: per concern, what is asked right after danger now, in order, whether or not a setting depends on it.
        first: what is asked before anything about a concern.
        always: what is asked whatever brings somebody.
        opens: per question whose answer makes others useful, those others.
    """

    concerns: Mapping[str, frozenset[str]]
    opening: Mapping[str, tuple[str, ...]]
    first: frozenset[str]
    always: frozenset[str]
    opens: Mapping[str, frozenset[str]]


@once_per_knowledge
def asked_about(kb: Knowledge) -> ScopeFacts:
    """What each concern makes useful to ask, from ``concerns.yaml``.

    >>> import trellis
    >>> asked = asked_about(trellis.load())
    >>> sorted(asked.concerns["gambling"] - asked.always)
    ['function.daily_living', 'mental.depression', 'use.gambling']
    >>> "overdose.any" in asked.always
    True
    """
    topics: dict[str, set[str]] = {}
    for screen in kb.screens.values():
        topics.setdefault(screen.topic, set()).update(screen.facts, (item.fact for item in screen.checklist))
    before: dict[str, set[str]] = {}
    names = kb.artefact.facts
    for a, _, b, _ in kb.artefact.implications:
        before.setdefault(names[a], set()).add(names[b])

    def named(one: Concern | AlwaysAsked) -> frozenset[str]:
        facts = set(one.facts).union(*(topics[topic] for topic in one.topics))
        if isinstance(one, Concern):
            facts |= set(one.opens_with)
        return frozenset(_closed(facts, before))

    concerns: Iterable[Concern] = kb.of("concerns").values()
    always: list[AlwaysAsked] = list(kb.of("always_asked").values())
    opens = {name: frozenset(facts) for one in always for name, facts in one.opens.items()}
    return ScopeFacts(
        {one.id: named(one) for one in sorted(concerns, key=lambda one: one.order)},
        {one.id: one.opens_with for one in concerns},
        frozenset(fact for one in always for fact in one.first),
        frozenset().union(*(named(one) for one in always), *(one.first for one in always)),
        opens,
    )


def _closed(facts: set[str], before: Mapping[str, Collection[str]]) -> set[str]:
    """The facts with all that is asked before them: a question that is not asked could not open the next."""
    found: set[str] = set()
    left = list(facts)
    while left:
        fact = left.pop()
        if fact not in found:
            found.add(fact)
            left += before.get(fact, ())
    return found


def check_about(kb: Knowledge, about: Scope) -> None:
    """Nothing where every concern is one of the knowledge's.

    Raises:
        ConcernError: one is not.

    >>> import trellis
    >>> check_about(trellis.load(), Scope(("drinking",), short=True))
    """
    known = asked_about(kb).concerns
    wrong = [one for one in about.concerns if one not in known]
    if wrong:
        remedy = f"Use one of: {', '.join(known)}."
        raise ConcernError([Problem("concerns", f"[{one}] is no concern.", remedy) for one in wrong])


def asked_first(kb: Knowledge, about: Scope) -> tuple[frozenset[str], ...]:
    """What is asked before all else that can matter, and then; empty where nobody said what worries them."""
    if not about.concerns:
        return ()
    asked = asked_about(kb)
    return asked.first, frozenset().union(*(asked.concerns[one] for one in about.concerns))


def asked_to_open(kb: Knowledge, about: Scope) -> tuple[str, ...]:
    """What is asked right after danger now, in order: where somebody is, for all that is said afterwards hangs on it.

    >>> import trellis
    >>> asked_to_open(trellis.load(), Scope(("drinking", "custody")))
    ('justice.involvement',)
    """
    opening = asked_about(kb).opening
    return tuple(dict.fromkeys(fact for one in about.concerns for fact in opening[one]))


def told_by(kb: Knowledge, concerns: Collection[str]) -> dict[str, str]:
    """The answers that the words of a concern give by themselves.

    >>> import trellis
    >>> told_by(trellis.load(), ["suicide", "drinking"])
    {'harm.any': 'yes'}
    """
    told: dict[str, str] = {}
    for one in concerns:
        told |= kb.of("concerns")[one].tells
    return told


def asked_at_all(kb: Knowledge, about: Scope, told: Collection[str]) -> frozenset[str] | None:
    """What is asked on the short way; None on the whole way, where whatever can change the result is asked.

    Args:
        kb: the knowledge.
        about: what worries somebody.
        told: the questions that open others and were not answered with the best answer.
    """
    if not about.short or not about.concerns:
        return None
    asked = asked_about(kb)
    return asked.always.union(*asked_first(kb, about), *(facts for name, facts in asked.opens.items() if name in told))
