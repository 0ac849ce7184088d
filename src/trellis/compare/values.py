"""What matters to a person, how settings fare on it, and where wish and safety part.

Nothing is added up or averaged: each thing that matters is shown on its own, what matters most first. What is needed
for safety is never outweighed by a wish; where the two part, the setting wished for is named with what it would lack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trellis.compare.fit import Standing, package_for, standing
from trellis.decide import Recommendation
from trellis.decide.views import NeedView, Shortfall
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.frozen import FrozenDict
from trellis.kinds.setting import Fare, Package, Value
from trellis.library.knowledge import Knowledge

LEAST, MOST, IMPORTANT = 0, 5, 4
"""How much a thing matters, from 0 (not at all) to 5 (most of all); from 4 on it counts as important."""

How = Literal["well", "partly", "hard", "depends"]
SURE: dict[str, int] = {"well": 2, "partly": 1, "hard": 0, "depends": 0}
"""What can be counted on: where it depends, nothing can."""


@dataclass(frozen=True)
class Fares:
    """How a setting fares on one thing, and why.

    Of places taken together, ``why`` holds what is said of those that decide it. ``changed``: a home that is joined may
    change what is said.
    """

    how: How
    why: tuple[Fare, ...]
    changed: bool = False


@dataclass(frozen=True)
class SettingFares:
    """One setting on everything that matters. ``well`` and ``hard`` name the important things it does well or badly."""

    setting: str
    package: Package | None
    standing: Standing | None
    fares: Mapping[str, Fares]
    well: tuple[str, ...]
    hard: tuple[str, ...]


@dataclass(frozen=True)
class Parting:
    """Where wish and safety part: a setting that serves a wish better than any that is enough, and is not enough.

    Args:
        setting: the setting wished for.
        package: the form of it that comes nearest.
        values: the important things on which it does better than every setting that is enough.
        lacking: what it would lack.
        resolve: the needs that would have to be resolved first.
        instead: per thing, the settings not ruled out that do best on it.
    """

    setting: str
    package: Package
    values: tuple[str, ...]
    lacking: tuple[Shortfall, ...]
    resolve: tuple[NeedView, ...]
    instead: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ValuesCompared:
    """What matters, and how settings fare on it.

    Args:
        matters: each thing with its rating, what matters most first; what does not matter is left out.
        settings: those that are enough or not ruled out (all when there is no person), least restrictive first.
        short: those that would lack something, shown only where wish and safety part.
        partings: see :class:`Parting`; the nearest to enough first.
    """

    matters: tuple[tuple[Value, int], ...]
    settings: tuple[SettingFares, ...]
    short: tuple[SettingFares, ...]
    partings: tuple[Parting, ...]

    @property
    def important(self) -> tuple[Value, ...]:
        """The things rated 4 or 5."""
        return tuple(value for value, rating in self.matters if rating >= IMPORTANT)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "matters": [{"value": value.id, "rating": rating} for value, rating in self.matters],
            "settings": [_plain(one) for one in self.settings],
            "not_enough": [_plain(one) for one in self.short],
            "wish_and_safety_part": [
                {
                    "setting": parting.setting,
                    "package": parting.package.id,
                    "values": list(parting.values),
                    "lacking": [row._asdict() for row in parting.lacking],
                    "resolve": [need.id for need in parting.resolve],
                    "instead": {name: list(settings) for name, settings in parting.instead.items()},
                }
                for parting in self.partings
            ],
        }


def _plain(one: SettingFares) -> dict[str, Any]:
    return {
        "setting": one.setting,
        "package": one.package.id if one.package else None,
        "standing": one.standing,
        "fares": {
            name: {"how": f.how, "why": [w.why.model_dump(exclude_none=True) for w in f.why], "changed": f.changed}
            for name, f in one.fares.items()
        },
        "well": list(one.well),
        "hard": list(one.hard),
    }


def read_matters(
    kb: Knowledge, given: Mapping[str, Any], problems: list[Problem], where: str = "person: matters"
) -> dict[str, int]:
    """Read how much things matter.

    A name may be the id of a thing or one word of it, when only one thing has that word: ``home`` is ``being_home``.

    Args:
        kb: the knowledge.
        given: from name to a whole number from 0 to 5.
        problems: what is wrong is added here.
        where: the place, for messages.

    >>> import trellis
    >>> read_matters(trellis.load(), {"home": 5, "privacy": 0}, [])
    {'being_home': 5, 'privacy': 0}
    """
    found: dict[str, int] = {}
    for name, rating in given.items():
        meant = [name] if name in kb.values else [one for one in kb.values if str(name) in one.split("_")]
        if len(meant) != 1:
            remedy = did_you_mean(str(name), meant or kb.values) or f"It may be {', '.join(meant or kb.values)}."
            problems.append(Problem(where, f"[{name}] is nothing that can be rated.", remedy))
        elif isinstance(rating, bool) or not isinstance(rating, int) or not LEAST <= rating <= MOST:
            remedy = f"Give a whole number from {LEAST} (not at all) to {MOST} (most of all)."
            problems.append(Problem(f"{where}: {name}", f"is [{rating}].", remedy))
        elif meant[0] in found:
            problems.append(Problem(where, f"rates [{meant[0]}] twice.", "Rate each thing once."))
        else:
            found[meant[0]] = rating
    return found


def fare(
    kb: Knowledge,
    matters: Mapping[str, int],
    rec: Recommendation | None = None,
    only: Sequence[str] | None = None,
) -> ValuesCompared:
    """How settings fare on what matters to a person.

    A setting does better than others on a thing where it does for sure: where "it depends", nothing is counted on.

    Args:
        kb: the knowledge.
        matters: from the id of a thing to how much it matters, 0 to 5.
        rec: the person; with it, settings that would lack something are kept apart.
        only: the settings to look at; all when left out.

    Raises:
        AnswerError: something is no thing that can be rated, or its rating is no number from 0 to 5.

    >>> import trellis
    >>> found = fare(trellis.load(), {"being_home": 5, "privacy": 3})
    >>> [value.id for value, _ in found.matters], found.partings
    (['being_home', 'privacy'], ())
    """
    problems: list[Problem] = []
    rated = read_matters(kb, matters, problems)
    if problems:
        raise AnswerError(problems)
    order = [(value, rated[name]) for name, value in kb.values.items() if rated.get(name)]
    ordered = tuple(sorted(order, key=lambda pair: -pair[1]))
    important = [value.id for value, rating in ordered if rating >= IMPORTANT]
    names = dict.fromkeys(package.setting for package in kb.packages.values())
    every = [_setting(kb, name, ordered, important, rec) for name in names]
    known = [one for one in every if one.standing != "not_admitted"]
    considered = [one for one in known if one.standing in (None, "enough", "open")]
    short = [one for one in known if one.standing == "short"]
    partings = _partings(rec, short, considered, important) if rec is not None else []

    def shown(setting: str) -> bool:
        return only is None or setting in only

    return ValuesCompared(
        matters=ordered,
        settings=tuple(one for one in considered if shown(one.setting)),
        short=tuple(one for one in short if shown(one.setting)),
        partings=tuple(one for one in partings if shown(one.setting)),
    )


def _setting(
    kb: Knowledge,
    name: str,
    matters: tuple[tuple[Value, int], ...],
    important: list[str],
    rec: Recommendation | None,
) -> SettingFares:
    package = kb.packages.get(name) if rec is None else package_for(rec, name)
    stands: Standing | None = None
    if rec is not None:
        stands = "not_admitted" if package is None else standing(rec.shortfalls[package.id])
    parts = package.parts if package is not None else (name,)
    fares = {value.id: found for value, _ in matters if (found := _fares(kb, value, parts)) is not None}
    return SettingFares(
        setting=name,
        package=package,
        standing=stands,
        fares=FrozenDict(fares),
        well=tuple(one for one in important if one in fares and fares[one].how == "well"),
        hard=tuple(one for one in important if one in fares and fares[one].how == "hard"),
    )


def gives_a_home(kb: Knowledge, add_on: str) -> bool:
    """Whether a person who takes this add-on lives in it: it raises an axis that is not clinical.

    >>> import trellis
    >>> gives_a_home(trellis.load(), "recovery_residence")
    True
    """
    return any(not kb.axes[axis].clinical for axis in kb.add_ons[add_on].gives)


def _fares(kb: Knowledge, value: Value, parts: tuple[str, ...]) -> Fares | None:
    """A place taken together with others is as hard as the hardest of them."""
    found = tuple(value.settings[part] for part in parts if part in value.settings)
    if not found:
        return None
    hows: list[How] = ["hard", "depends", "partly", "well"]
    how = min((one.how for one in found), key=hows.index)
    # The ratings are of settings alone; who also moves into a recovery residence does not stay in their own home.
    moved = any(part in kb.add_ons and gives_a_home(kb, part) for part in parts)
    binding = tuple(one for one in found if one.how == how)
    return Fares("depends" if moved and how == "well" else how, binding, changed=moved)


def _partings(
    rec: Recommendation, short: list[SettingFares], considered: list[SettingFares], important: list[str]
) -> list[Parting]:
    best = {
        name: max((SURE[one.fares[name].how] for one in considered if name in one.fares), default=0)
        for name in important
    }
    instead = {
        name: tuple(
            one.setting for one in considered if name in one.fares and SURE[one.fares[name].how] == best[name] > 0
        )
        for name in important
    }
    found = []
    for one in reversed(short):
        better = tuple(n for n in important if n in one.fares and SURE[one.fares[n].how] > best[n])
        if not better or one.package is None:
            continue
        found.append(
            Parting(
                setting=one.setting,
                package=one.package,
                values=better,
                lacking=rec.shortfalls[one.package.id],
                resolve=tuple(rec.need(need) for need in rec.step_down[one.package.id].resolve),
                instead=FrozenDict({name: instead[name] for name in better}),
            )
        )
    return found
