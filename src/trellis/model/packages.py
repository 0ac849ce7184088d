"""Packages: settings joined with add-ons, each with its own vector, in the order of rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trellis.model.errors import Problem, did_you_mean
from trellis.model.setting import AddOn, Axis, Package, Place, Setting

if TYPE_CHECKING:
    from trellis.model.loader import Loaded


def compile_packages(
    loaded: Loaded, axes: Mapping[str, Axis], contexts: tuple[Mapping[str, str], ...]
) -> list[Package]:
    """Join settings and add-ons as ``packages`` lists them.

    A package gives, on every axis, the most that any of its parts gives; it admits a context when all its parts do.
    """
    where, ranks = loaded.plain.get("packages", ("settings/packages.yaml#packages", []))
    places: dict[str, Place] = {p.id: p for p in [*loaded.of("setting", Setting), *loaded.of("add_ons", AddOn)]}
    for key in ("setting", "add_ons", "responses"):
        for place_where, place in loaded.entries[key]:
            _check_gives(place_where, place, axes, key == "setting", loaded.problems)
    admits = {
        place.id: frozenset(number for number, context in enumerate(contexts) if _admits(place, context))
        for place in places.values()
    }
    packages = []
    for number, level in enumerate(ranks):
        for entry in level.get("packages", []) if isinstance(level, dict) else []:
            package = _join(f"{where}/{number}", entry, number, places, axes, admits, loaded.problems)
            if package is not None:
                packages.append(package)
    if not packages:
        loaded.problems.append(Problem(where, "lists no package.", "Give at least one setting."))
    return packages


def _check_gives(where: str, place: Place, axes: Mapping[str, Axis], whole: bool, problems: list[Problem]) -> None:
    for axis, step in place.gives.items():
        if axis not in axes:
            problems.append(Problem(f"{where}/gives", f"[{axis}] is no axis.", did_you_mean(axis, axes)))
        elif step not in [s.id for s in axes[axis].steps]:
            near = did_you_mean(step, [s.id for s in axes[axis].steps])
            problems.append(Problem(f"{where}/gives/{axis}", f"axis [{axis}] has no step [{step}].", near))
    missing = set(axes) - set(place.gives)
    if whole and missing:
        problems.append(
            Problem(f"{where}/gives", f"says nothing about {sorted(missing)}.", "Give a step on every axis.")
        )


def _join(
    where: str,
    entry: Any,
    rank: int,
    places: Mapping[str, Place],
    axes: Mapping[str, Axis],
    admits: Mapping[str, frozenset[int]],
    problems: list[Problem],
) -> Package | None:
    names = (entry["setting"], *entry.get("with", ()))
    unknown = [name for name in names if name not in places]
    problems.extend(
        Problem(where, f"joins [{name}], which no file defines.", did_you_mean(name, places)) for name in unknown
    )
    if unknown:
        return None
    parts = [places[name] for name in names]
    if any(p.gives.get(a) not in (None, *(s.id for s in axes[a].steps)) for p in parts for a in axes):
        return None
    gives = tuple(
        max(axis.rank_of(part.gives[name]) if name in part.gives else 0 for part in parts)
        for name, axis in axes.items()
    )
    return Package(
        id="+".join(names),
        setting=names[0],
        parts=names,
        rank=rank,
        gives=gives,
        admits=frozenset.intersection(*(admits[name] for name in names)),
        meets=tuple(dict.fromkeys(meet for part in parts for meet in part.meets)),
        services=frozenset(service for part in parts for service in part.services),
    )


def _admits(place: Place, context: Mapping[str, str]) -> bool:
    return not place.units or any(
        all(context.get(factor) in allowed for factor, allowed in unit.contexts.items()) for unit in place.units
    )
