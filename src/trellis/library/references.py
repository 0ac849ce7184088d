"""Whether everything that refers to something refers to something that is there, and needs are what needs may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trellis.errors import Problem, did_you_mean
from trellis.kinds import condition as conditions
from trellis.kinds.condition import Condition
from trellis.kinds.fact import ContextFactor, Fact, Parameter
from trellis.kinds.kind import Kind, every
from trellis.kinds.need import Need
from trellis.kinds.setting import Axis, Service
from trellis.library.entries import Entries

NEVER_IN_NEEDS = {
    "commitment": ("a commitment or preference", "Those order what fits and bring barriers; see barriers.yaml."),
    "preference": ("a commitment or preference", "Those order what fits and bring barriers; see barriers.yaml."),
    "check": ("what a prescriber checks", "The guide would ask it. Read it in a stop of an approach."),
}
"""The kinds of facts that no need may read: what they are, and where they belong."""


def values_of(factor: ContextFactor) -> list[str]:
    """The ids of a context factor's values."""
    return [step.id for step in factor.values]


def check_unique(entries: Entries) -> None:
    """No two entries of a kind may share an id."""
    for key, found in entries.entries.items():
        seen: dict[str, str] = {}
        for where, entry in found:
            identity = getattr(entry, "id", None)
            if identity in seen:
                first = seen[identity].split("#")[0]
                message = f"[{identity}] is defined twice in {key}; first in {first}."
                entries.wrong(where, message, "Rename or remove one.")
            elif identity is not None:
                seen[identity] = where


def check_kinds(entries: Entries, kinds: Iterable[Kind]) -> dict[str, Condition]:
    """What any kind says of itself: names that it refers to, contexts that it applies to, sources, conditions.

    Returns:
        the condition of each entry that has one, by its id.
    """
    factors = {factor.id: factor for factor in entries.of("contexts", ContextFactor)}
    parsed: dict[str, Condition] = {}
    owners: dict[str, str] = {}
    for kind in kinds:
        for where, entry in entries.entries[kind.key]:
            for name, key in kind.names_in(entry):
                entries.name(where, [name], key)
            for ref in getattr(entry, "sources", ()):
                if entries.get("sources", ref.ref) is None:
                    near = did_you_mean(ref.ref, entries.by_id("sources"))
                    entries.wrong(where, f"cites [{ref.ref}], which no file defines.", near)
            applies = getattr(entry, "applies", None)
            if applies is not None:
                check_applies(applies, factors, f"{where}/applies", entries.problems)
            if kind.condition:
                raw = getattr(entry, kind.condition)
                condition = conditions.parse(raw, entries.facts, f"{where}/{kind.condition}", entries.problems)
                check_says_something(condition, entries.facts, entries.problems)
                owner = owners.setdefault(entry.id, kind.key)
                if owner != kind.key:  # conditions are kept by id alone: one would decide for the other
                    entries.wrong(where, f"[{entry.id}] is also the id of an entry of {owner}.", "Rename one.")
                parsed[entry.id] = condition
            if kind.check is not None:
                kind.check(where, entry, entries)
    return parsed


def check_applies(
    applies: Mapping[str, tuple[str, ...]], factors: Mapping[str, ContextFactor], where: str, problems: list[Problem]
) -> None:
    """What an entry applies to must be contexts that there are."""
    for factor, allowed in applies.items():
        if factor not in factors:
            problems.append(Problem(where, f"[{factor}] is no context.", did_you_mean(factor, factors)))
            continue
        for value in set(allowed) - set(values_of(factors[factor])):
            near = did_you_mean(value, values_of(factors[factor]))
            problems.append(Problem(where, f"context [{factor}] has no value [{value}].", near))


def check_focus(applies: Mapping[str, tuple[str, ...]], where: str, problems: list[Problem]) -> None:
    """What applies to one condition alone must apply to both together."""
    focus = applies.get("focus")
    if focus and "both" not in focus:
        problems.append(
            Problem(
                where,
                f"applies to focus {list(focus)} but not to both.",
                "Add both: co-occurring conditions never ask for less than either alone.",
            )
        )


def check_need(
    where: str,
    need: Need,
    axes: Mapping[str, Axis],
    loaded: Entries,
) -> Condition:
    """Parse a need's condition; refuse what would make it unsafe or leave it without meaning."""
    problems, facts = loaded.problems, loaded.facts
    for name, part in (("within", need.within), ("elsewhere", need.elsewhere), ("alternatives", need.alternatives)):
        missing = part.missing_from(need.because) if part is not None else []
        if missing:
            message = f"[{', '.join(missing)}] does not stand once in `because`."
            problems.append(Problem(f"{where}/{name}", message, "Write it as it stands there."))
    if need.gives_way_to and (need.requires or need.evaluate or need.urgent):
        message = f"need [{need.id}] gives way to others, and asks for care, an evaluation or help in danger."
        problems.append(
            Problem(f"{where}/gives_way_to", message, "Only what offers no more than services may give way.")
        )
    parsed = conditions.parse(need.when, facts, f"{where}/when", problems)
    for leaf in conditions.against_worse(parsed):
        fact = facts[leaf.fact]
        remedy = f"Read it with {'at_least' if fact.worse == 'up' else 'at_most'}, or put it below none."
        shown = ", ".join(leaf.values)
        message = f"need [{need.id}] reads [{leaf.fact}] with {leaf.operator} [{shown}], against its worse direction."
        problems.append(Problem(leaf.where, message, remedy))
    check_says_something(parsed, facts, problems)
    kinds = {facts[name].kind for name in conditions.facts_read(parsed)}
    for what, remedy in sorted({NEVER_IN_NEEDS[kind] for kind in kinds & set(NEVER_IN_NEEDS)}):
        problems.append(Problem(f"{where}/when", f"need [{need.id}] reads {what}.", remedy))
    if kinds == {"score"} and need.phase != "hold":
        message = f"need [{need.id}] rests on a score alone and has phase [{need.phase}]."
        problems.append(Problem(f"{where}/phase", message, "A score alone may only hold and evaluate: use phase hold."))
    if need.basis != "care":
        _check_rule_of_a_place(where, need, loaded)
    around_the_clock = False
    for axis, asked in need.requires.items():
        step = step_of(asked, loaded.parameters)
        if axis not in axes:
            problems.append(Problem(f"{where}/requires", f"[{axis}] is no axis.", did_you_mean(axis, axes)))
        elif step not in [s.id for s in axes[axis].steps]:
            near = did_you_mean(step, [s.id for s in axes[axis].steps])
            message = f"axis [{axis}] has no step [{step}]."
            problems.append(Problem(f"{where}/requires/{axis}", message, near or "See capabilities.yaml."))
        else:
            around_the_clock |= axes[axis].steps[axes[axis].rank_of(step)].around_the_clock
    if around_the_clock and need.phase != "hold" and need.group is None:
        message = f"need [{need.id}] asks for care round the clock and names no [group]."
        problems.append(Problem(where, message, "Name which of the four groups it belongs to."))
    if not (need.requires or need.services or need.evaluate or need.urgent):
        problems.append(Problem(where, f"need [{need.id}] asks for nothing.", "Give requires, services or evaluate."))
    return parsed


def _check_rule_of_a_place(where: str, need: Need, loaded: Entries) -> None:
    """A legal or payment rule may be off somewhere, so it may carry nothing that keeps somebody safe."""
    carried = [name for name in ("group", "requires", "evaluate", "urgent") if getattr(need, name)]
    safe = {service.id for service in loaded.of("services", Service) if service.safety}
    carried += [f"services: {name}" for name in need.services if name in safe]
    if need.phase == "hold":
        carried.append("phase: hold")
    for name in carried:
        what = f"the {need.basis} rule [{need.id}] carries [{name}], and would be off where it is not in force."
        remedy = "Such a rule may bring services that are not for safety; make a need for care of the rest."
        loaded.problems.append(Problem(where, what, remedy))


def check_dates(loaded: Entries, since: str) -> None:
    """Only a need can wait for its date: of anything else that decides, one from after the content is refused."""
    for kind in every().values():
        for where, entry in loaded.entries[kind.key] if kind.dated else ():
            if entry.effective > since:
                what = (
                    f"is in force from [{entry.effective}], after the content itself [{since}]; only a need can wait."
                )
                remedy = "Raise `effective` of the version, or give the date to the needs."
                loaded.problems.append(Problem(where, what, remedy))


def check_says_something(parsed: Condition, facts: Mapping[str, Fact], problems: list[Problem]) -> None:
    """Refuse a condition on a fact that every value of it meets: a rule that always holds was meant to say more."""
    for leaf in conditions.says_nothing(parsed):
        shown = ", ".join(leaf.values)
        message = f"[{leaf.fact}] with {leaf.operator} [{shown}] says nothing: every value of it meets that."
        near = facts[leaf.fact].worse
        remedy = f"Read it with {'at_least' if near == 'up' else 'at_most'} and a step that is not its best."
        problems.append(Problem(leaf.where, message, remedy))


def step_of(asked: str | Mapping[Any, str], parameters: Mapping[str, int | str]) -> str:
    """The step asked for, with a parameter's value in force."""
    return asked if isinstance(asked, str) else str(parameters.get(asked["parameter"], ""))


def check_theorems(loaded: Entries, factors: Mapping[str, ContextFactor]) -> None:
    """What the theorems name must be there: one that names nothing would be left out without a word."""
    definitions = {parameter.id: parameter for parameter in loaded.of("parameters", Parameter)}
    for where, entry in loaded.entries["never_less"]:
        check_applies({entry.factor: (entry.value,)}, factors, f"{where}/value", loaded.problems)
    for where, entry in loaded.entries["properties"]:
        check_applies(entry.context, factors, f"{where}/context", loaded.problems)
        for name, value in entry.parameters.items():
            if name in definitions and value not in definitions[name].allowed:
                allowed = ", ".join(str(v) for v in definitions[name].allowed)
                what = f"[{name}] is [{value}]."
                loaded.problems.append(Problem(f"{where}/parameters", what, f"It may be one of {allowed}."))
