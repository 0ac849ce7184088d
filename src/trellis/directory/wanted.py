"""What is looked for: the settings that a result leaves, what must be given there and by whose reason, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trellis.account import reasons_of, services_of
from trellis.decide import Recommendation
from trellis.decide.views import Placement
from trellis.directory.programme import Programme
from trellis.directory.terms import Terms, terms_of
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.frozen import FrozenDict
from trellis.library.knowledge import Knowledge

When = Literal["now", "next", "asked"]
"""For what is needed now, for what comes after, or for a setting that somebody named."""


class AskedStep(NamedTuple):
    """On one axis so much is asked for certain, and the needs that ask for it, in the order of the account."""

    axis: str
    step: int
    needs: tuple[str, ...]


class Taken(NamedTuple):
    """Whom the place must take: any of these features says so. ``about``: a factor of the context, or ``also``."""

    about: str
    features: tuple[str, ...]


class Needed(NamedTuple):
    """A service that is certain, the features that say that a place has it, and whether it orders the places."""

    service: str
    features: tuple[str, ...]
    needs: tuple[str, ...]
    orders: bool


@dataclass(frozen=True)
class Wanted:
    """What a place is held against.

    Args:
        when: for what is needed now, next, or asked by name.
        settings: kinds of care that are considered, least restrictive first; none where nothing is to be looked for.
        packages: for each of them, the package it stands in; ``ranks`` how restrictive that is, while several are open.
        asked: what is asked for certain on each axis.
        open: the answers still leave open what is needed: more than this may be asked.
        people: whom it must take.
        services: what it should have; what it lacks is a gap to arrange, and rules no place out.
        language: the feature of a language; empty where none was named. ``payment``: the same of a way to pay.
    """

    when: When
    settings: tuple[str, ...]
    packages: Mapping[str, str]
    ranks: Mapping[str, int]
    asked: tuple[AskedStep, ...] = ()
    open: bool = False
    people: tuple[Taken, ...] = ()
    services: tuple[Needed, ...] = ()
    language: str = ""
    payment: str = ""


def wanted_of(
    rec: Recommendation,
    when: Literal["now", "next"] = "now",
    *,
    language: str = "",
    payment: str = "",
    also: Iterable[str] = (),
) -> Wanted:
    """What to look for, for a result; while it is open, for all that is not ruled out.

    Args:
        rec: the recommendation.
        when: for what is needed now, or for what comes after.
        language: a language by its letters (``es``), name or feature.
        payment: a feature of group ``payment``.
        also: features of people that the place must take, such as ``veterans``.

    Raises:
        AnswerError: one of them is no such feature; it says which there are.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"focus": "mental_health", "age": "adult", "mental.depression": "severe"}
    >>> wanted = wanted_of(trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 30)))
    >>> wanted.settings[0], [one.about for one in wanted.people]
    ('outpatient', ['focus', 'age'])
    """
    kb, terms = rec.kb, terms_of(rec.kb)
    placed = rec.now if when == "now" else rec.next
    ids = placed.ids if placed else (rec.between.now if when == "now" else rec.between.next)
    least = placed or (rec.least.now if when == "now" else rec.least.next)
    packages: dict[str, str] = {}
    for name in ids:
        setting = kb.packages[name].setting
        if setting in terms.kinds_of_care and any(terms.usual[setting]):
            packages.setdefault(setting, name)
    said = _wishes(kb, language, payment, also)
    context = _context(rec)
    people = [
        Taken(factor, features)
        for factor in ("focus", "age", "pregnancy")
        if factor in context and (features := terms.for_context(factor, context[factor]))
    ]
    return Wanted(
        when,
        tuple(packages),
        FrozenDict(packages),
        FrozenDict({setting: kb.packages[name].rank for setting, name in packages.items()}),
        _asked(rec, terms, least, when),
        placed is None,
        (*people, *(Taken("also", (name,)) for name in said.also)),
        _services(rec, terms, context),
        said.language,
        said.payment,
    )


def wanted_for(
    kb: Knowledge, settings: Iterable[str], *, language: str = "", payment: str = "", also: Iterable[str] = ()
) -> Wanted:
    """What to look for where somebody names the kinds of care, without anything known of a person.

    Args:
        kb: the knowledge.
        settings: settings, add-ons or responses, by their ids or other names.
        language: as for :func:`wanted_of`.
        payment: the same.
        also: the same.

    Raises:
        AnswerError: one of them is not known; it says which there are.

    >>> import trellis
    >>> wanted_for(trellis.load(), ["iop"], language="Spanish").language
    'lang_es'
    """
    terms = terms_of(kb)
    found, problems = [], []
    called = {word: name for name, place in terms.kinds_of_care.items() for word in (name, *place.called)}
    for one in settings:
        if one in called:
            found.append(called[one])
        else:
            remedy = did_you_mean(one, called) or f"Give one of {', '.join(terms.kinds_of_care)}."
            problems.append(Problem("--setting", f"[{one}] is no kind of care.", remedy))
    if problems:
        raise AnswerError(problems)
    said = _wishes(kb, language, payment, also)
    people = tuple(Taken("also", (name,)) for name in said.also)
    packages = FrozenDict({name: name for name in found})
    ranks = FrozenDict(dict.fromkeys(found, 0))  # whoever names kinds of care has chosen among them
    return Wanted("asked", tuple(packages), packages, ranks, (), False, people, (), said.language, said.payment)


class _Wishes(NamedTuple):
    language: str
    payment: str
    also: tuple[str, ...]


def _wishes(kb: Knowledge, language: str, payment: str, also: Iterable[str]) -> _Wishes:
    terms, problems = terms_of(kb), list[Problem]()

    def one(typed: str, option: str, known: Mapping[str, str]) -> str:
        if not typed:
            return ""
        found = known.get(typed.casefold(), "")
        if not found:
            several = tuple(dict.fromkeys(known))
            remedy = did_you_mean(typed, several) or f"Give one of {', '.join(dict.fromkeys(known.values()))}."
            problems.append(Problem(option, f"[{typed}] is not known here.", remedy))
        return found

    said = _Wishes(
        "" if language.casefold() in ("en", "english") else one(language, "--language", _names(terms, "language")),
        one(payment, "--payment", _names(terms, "payment")),
        tuple(one(typed, "--for", _names(terms, "people", "access", "service")) for typed in also),
    )
    if problems:
        raise AnswerError(problems)
    return said


def _names(terms: Terms, *groups: str) -> dict[str, str]:
    """Each feature by its id, its names and, of a language, its letters."""
    return {
        word.casefold(): one.id
        for one in terms.features.values()
        if one.group in groups
        for word in (one.id, one.name.en, one.name.in_language("es"), one.language)
        if word
    }


def _context(rec: Recommendation) -> dict[str, str]:
    """What is known of the context; a factor that is open is left out."""
    if rec.context is not None:
        return dict(rec.context)
    known = {}
    for factor, given in rec.provenance.answers.items():
        if factor in rec.kb.factors and factor in rec.counted and len({one.value for one in given}) == 1:
            known[factor] = str(given[0].value)
    return known


def _asked(rec: Recommendation, terms: Terms, placed: Placement, when: str) -> tuple[AskedStep, ...]:
    told = {need: place for place, reason in enumerate(reasons_of(rec)) for need in (reason.need, *reason.folded)}
    active = [need for need in rec.active if need.phase == "ongoing" or (when == "now" and need.phase == "acute")]
    found = []
    for axis, step in placed.requirement:
        rank = terms.rank(axis, step)
        needs = [need.id for need in active if any(a == axis and terms.rank(a, s) >= rank for a, s in need.requires)]
        if rank:
            found.append(AskedStep(axis, rank, tuple(sorted(needs, key=lambda need: told.get(need, len(told))))))
    return tuple(found)


def _services(rec: Recommendation, terms: Terms, context: Mapping[str, str]) -> tuple[Needed, ...]:
    asked = {one.id: one.needs for one in services_of(rec) if one.certain}
    for barrier in rec.barriers:
        for service in barrier.accommodations:
            asked.setdefault(service, ())
    found = []
    for service, needs in asked.items():
        features = [one for one in terms.features.values() if service in one.services]
        # Care around birth is looked for where it is known that there is one.
        features = [
            one for one in features if all(context.get(k) in v for k, v in one.contexts.items() if k != "focus")
        ]
        if features:
            orders = any(one.orders for one in features)
            found.append(Needed(service, tuple(one.id for one in features), needs, orders))
    return tuple(found)


def takes(place: Programme, features: Iterable[str]) -> bool | None:
    """Whether a place says any of some features; False where it denies all of them, None where it does not say.

    >>> from trellis.directory.programme import PlaceStatement
    >>> place = Programme("a", {"adults": PlaceStatement("adults", "no", "county")})
    >>> takes(place, ["adults"]), takes(place, ["adults", "young_adults"])
    (False, None)
    """
    said = [place.has(name) for name in features]
    if any(said):
        return True
    return False if said and all(one is False for one in said) else None
