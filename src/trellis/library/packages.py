"""Packages: settings joined with add-ons, each with its own vector, in the order of rank."""

from __future__ import annotations

from collections.abc import Mapping

from trellis.errors import Problem, did_you_mean
from trellis.kinds.setting import AddOn, Axis, Package, PackageEntry, Place, Setting
from trellis.library.entries import Entries


def compile_packages(
    loaded: Entries, axes: Mapping[str, Axis], contexts: tuple[Mapping[str, str], ...]
) -> list[Package]:
    """Join settings and add-ons as ``packages`` lists them.

    A package gives, on every axis, the most that any of its parts gives; it admits a context when all its parts do.
    """
    places: dict[str, Place] = {p.id: p for p in [*loaded.of("setting", Setting), *loaded.of("add_ons", AddOn)]}
    for key in ("setting", "add_ons", "responses"):
        for place_where, place in loaded.entries[key]:
            _check_gives(place_where, place, axes, key == "setting", loaded.problems)
    admits = {
        place.id: frozenset(number for number, context in enumerate(contexts) if _admits(place, context))
        for place in places.values()
    }
    packages: list[Package] = []
    previous = 0
    for where, level in loaded.entries["packages"]:
        if level.rank <= previous:
            message = f"rank [{level.rank}] stands after rank [{previous}]."
            loaded.problems.append(Problem(f"{where}/rank", message, "Ranks rise from the least restrictive on."))
        previous = level.rank
        for place, entry in enumerate(level.packages):
            package = _join(f"{where}/packages/{place}", entry, level.rank, places, axes, admits, loaded.problems)
            if package is not None and package.id in [known.id for known in packages]:
                message = f"package [{package.id}] stands twice."
                loaded.problems.append(Problem(f"{where}/packages/{place}", message, "Remove one."))
            elif package is not None:
                packages.append(package)
    if not packages:
        message = "no file lists a package."
        loaded.problems.append(Problem("settings/packages.yaml#packages", message, "Give at least one setting."))
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
    entry: PackageEntry,
    rank: int,
    places: Mapping[str, Place],
    axes: Mapping[str, Axis],
    admits: Mapping[str, frozenset[int]],
    problems: list[Problem],
) -> Package | None:
    names = (entry.setting, *entry.with_)
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
        says=entry.says,
    )


def _admits(place: Place, context: Mapping[str, str]) -> bool:
    return not place.units or any(
        all(context.get(factor) in allowed for factor, allowed in unit.contexts.items()) for unit in place.units
    )
