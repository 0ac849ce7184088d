"""Places that cannot be had: what a plan says of them, and how a review changes which are free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trellis.decide import Recommendation
from trellis.decide.recommend import PLACE_STATES
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.text import LANGUAGES, Text
from trellis.library.knowledge import Knowledge
from trellis.plans.plan import NamedPackage, PlanConflict
from trellis.say import Say

FREE = "free"
"""The state of a place that can be had; in a review it lifts what was said before."""


class PlaceChange(NamedTuple):
    """A place that stands differently than before: ``free``, ``full``, ``denied`` or ``refused``."""

    place: str
    before: str
    after: str


def place_of(rec: Recommendation, package: str) -> NamedPackage:
    """A package with its name for this person, in both languages."""
    kb = rec.kb
    first, *rest = kb.packages[package].parts
    names = {}
    for lang in LANGUAGES:
        name, *more = (kb.unit_name(part, rec.context, lang) for part in (first, *rest))
        name = name[:1].upper() + name[1:]
        names[lang] = Say(lang)("plan.place_with", place=name, more=", ".join(more)) if more else name
    return NamedPackage(package=package, name=Text(**names))


def conflicts_of(rec: Recommendation) -> tuple[PlanConflict, ...]:
    """Where a recommended place is full, denied, refused or not wanted, with what would do and when to look again."""

    def places(packages: Iterable[str]) -> tuple[NamedPackage, ...]:
        return tuple(place_of(rec, package) for package in packages)

    return tuple(
        PlanConflict(
            kind=one.kind,  # type: ignore[arg-type]
            places=places(one.packages),
            instead=places(one.next_sufficient),
            interim=one.interim,
            look_again=one.look_again,
            certain=one.certain,
        )
        for one in rec.conflicts
    )


def places_now(kb: Knowledge, before: Mapping[str, str], given: Mapping[str, str] | None) -> dict[str, str]:
    """The places that cannot be had at a review.

    Args:
        kb: the knowledge.
        before: those of the earlier version. One that the content no longer has is left out.
        given: what is said now: None, and all stay as before; empty, and every place is free again; else each place
            named takes its new state, ``free`` among them, and the others stay as before.

    Raises:
        AnswerError: a place or state that does not exist; it lists every one.

    >>> import trellis
    >>> places_now(trellis.load(), {"iop": "full", "php": "full"}, {"iop": "free"})
    {'php': 'full'}
    """
    known = [*kb.packages, *kb.settings, *kb.add_ons]
    states = (*PLACE_STATES, FREE)
    problems = []
    for name, state in (given or {}).items():
        if name not in known and name not in before:
            problems.append(
                Problem(f"places[{name}]", f"[{name}] is no setting or package.", did_you_mean(name, known))
            )
        if state not in states:
            problems.append(Problem(f"places[{name}]", f"is [{state}].", f"It may be {', '.join(states)}."))
    if problems:
        raise AnswerError(problems)
    joined = {} if given is not None and not given else {**before, **(given or {})}
    return {name: state for name, state in joined.items() if state in PLACE_STATES and name in known}


def places_changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[PlaceChange, ...]:
    """The places whose state is not what it was."""
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name, FREE), after.get(name, FREE)) for name in names)
    return tuple(PlaceChange(name, old, new) for name, old, new in pairs if old != new)
