"""Whether everything that refers to something refers to something that is there, and needs are what needs may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from trellis.errors import Problem, did_you_mean
from trellis.kinds import condition as conditions
from trellis.kinds.condition import Condition
from trellis.kinds.fact import ContextFactor, Fact, Parameter
from trellis.kinds.need import Need
from trellis.kinds.setting import Axis, Service
from trellis.kinds.text import Source

if TYPE_CHECKING:
    from trellis.library.loader import Loaded

DATED = (
    "facts", "parameters", "inputs", "derivations", "axes", "services", "setting", "add_ons", "responses", "barriers",
    "after_24_hour_care", "urgent", "lines",
)  # fmt: skip
"""What decides beside the needs, or is shown in danger, and carries a date."""

NEVER_IN_NEEDS = ("commitment", "preference")


def values_of(factor: ContextFactor) -> list[str]:
    """The ids of a context factor's values."""
    return [step.id for step in factor.values]


def check_unique(loaded: Loaded) -> None:
    """No two entries of a kind may share an id."""
    for key, entries in loaded.entries.items():
        seen: dict[str, str] = {}
        for where, entry in entries:
            identity = getattr(entry, "id", None)
            if identity in seen:
                first = seen[identity].split("#")[0]
                message = f"[{identity}] is defined twice in {key}; first in {first}."
                loaded.problems.append(Problem(where, message, "Rename or remove one."))
            elif identity is not None:
                seen[identity] = where


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
    facts: Mapping[str, Fact],
    axes: Mapping[str, Axis],
    loaded: Loaded,
    parameters: Mapping[str, int | str],
) -> Condition:
    """Parse a need's condition; refuse what would make it unsafe or leave it without meaning."""
    problems = loaded.problems
    missing = need.within.missing_from(need.because) if need.within is not None else []
    if missing:
        message = f"[{', '.join(missing)}] does not stand once in `because`."
        problems.append(Problem(f"{where}/within", message, "Write it as it stands there."))
    parsed = conditions.parse(need.when, facts, f"{where}/when", problems)
    for leaf in conditions.against_worse(parsed):
        fact = facts[leaf.fact]
        remedy = f"Read it with {'at_least' if fact.worse == 'up' else 'at_most'}, or put it below none."
        shown = ", ".join(leaf.values)
        message = f"need [{need.id}] reads [{leaf.fact}] with {leaf.operator} [{shown}], against its worse direction."
        problems.append(Problem(leaf.where, message, remedy))
    check_says_something(parsed, facts, problems)
    kinds = {facts[name].kind for name in conditions.facts_read(parsed)}
    if kinds & set(NEVER_IN_NEEDS):
        message = f"need [{need.id}] reads a commitment or preference."
        problems.append(
            Problem(f"{where}/when", message, "Those order what fits and bring barriers; see barriers.yaml.")
        )
    if kinds == {"score"} and need.phase != "hold":
        message = f"need [{need.id}] rests on a score alone and has phase [{need.phase}]."
        problems.append(Problem(f"{where}/phase", message, "A score alone may only hold and evaluate: use phase hold."))
    if need.basis != "care":
        _check_rule_of_a_place(where, need, loaded)
    around_the_clock = False
    for axis, asked in need.requires.items():
        step = step_of(asked, parameters)
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
    check_names(where, need.services, "services", loaded)
    check_names(where, [need.urgent] if need.urgent else [], "urgent", loaded)
    check_names(where, [need.evaluate.by] if need.evaluate else [], "evaluators", loaded)
    return parsed


def _check_rule_of_a_place(where: str, need: Need, loaded: Loaded) -> None:
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


def check_dates(loaded: Loaded, since: str) -> None:
    """Only a need can wait for its date: of anything else that decides, one from after the content is refused."""
    for key in DATED:
        for where, entry in loaded.entries[key]:
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


def check_names(where: str, names: Iterable[str], key: str, loaded: Loaded) -> None:
    """Every name must be defined under its key."""
    known = loaded.ids(key)
    for name in names:
        if name not in known:
            message = f"refers to [{name}], which {key} does not define."
            loaded.problems.append(Problem(where, message, did_you_mean(name, sorted(known))))


def _check_fact(where: str, fact: Fact, facts: Mapping[str, Fact], loaded: Loaded) -> None:
    """What a fact says of its own answers: danger, validity, how far it looks back, what an evaluation settles."""
    values = [step.id for step in fact.scale]

    def wrong(message: str, remedy: str) -> None:
        loaded.problems.append(Problem(where, message, remedy))

    for key in ("danger_at", "unless_told"):
        step = getattr(fact, key)
        if step is not None and step not in values:
            wrong(f"{key} [{step}] is not on the scale.", did_you_mean(step, values))
    if fact.danger_at in values and fact.danger_rank == 0:
        message = f"danger_at [{fact.danger_at}] is the best step of [{fact.id}]: everybody would be in danger."
        wrong(message, "Write the scale from the least of it to the most, or set danger_at to a worse step.")
    if (fact.kind == "danger") != (fact.danger_at is not None) and not (fact.kind == "score" and fact.danger_at):
        message = f"fact [{fact.id}] has kind [{fact.kind}] and danger_at [{fact.danger_at}]."
        wrong(message, "Kind danger needs danger_at; of the other kinds only a score may have it.")
    if (fact.kind == "history") != (fact.valid_days is None):
        message = f"fact [{fact.id}] has kind [{fact.kind}] and valid_days [{fact.valid_days}]."
        wrong(message, "History never expires; every other kind needs valid_days.")
    if fact.danger_at is None and (fact.window_days is not None or fact.now is not None):
        wrong(f"fact [{fact.id}] has window_days or now and no danger_at.", "They say how long danger stays in force.")
    if (fact.kind == "evaluation") != (bool(fact.settles) and fact.unless_told is not None):
        message = f"fact [{fact.id}] has kind [{fact.kind}], settles [{', '.join(fact.settles)}]."
        wrong(message, "Kind evaluation needs settles and unless_told, and no other kind may have them.")
    check_names(where, [name for name in (fact.now, *fact.settles) if name and name not in facts], "facts", loaded)
    for name, step in fact.settles.items():
        if name in facts and facts[name].danger_at is None:
            wrong(f"settles [{name}], which has no danger_at.", "An evaluation settles facts that can tell of danger.")
        elif name in facts and step not in facts[name].values:
            wrong(f"settles [{name}] from [{step}], which is no step of it.", did_you_mean(step, facts[name].values))
    days = [step.within_days for step in (fact.scale if fact.worse == "up" else reversed(fact.scale))]
    known = [day for day in days if day is not None]
    if known != sorted(known, reverse=True) or (known and None in days[days.index(known[0]) :]):
        wrong(f"within_days of [{fact.id}] are {days}.", "A worse step happened within fewer days.")


def check_rest(loaded: Loaded, facts: Mapping[str, Fact]) -> None:
    """What facts, places, screens and citations refer to."""
    for where, fact in loaded.entries["facts"]:
        _check_fact(where, fact, facts, loaded)
    for where, barrier in loaded.entries["barriers"]:
        check_names(where, barrier.accommodations, "services", loaded)
    for key in ("setting", "add_ons", "responses"):
        for where, place in loaded.entries[key]:
            check_names(where, place.services, "services", loaded)
    for where, urgent in loaded.entries["urgent"]:
        check_names(where, urgent.lines, "lines", loaded)
    for where, screen in loaded.entries["screens"]:
        asked = [*screen.facts, *(item.fact for item in screen.checklist)]
        check_names(where, [name for name in asked if name not in facts], "facts", loaded)
        for item in screen.checklist:
            if item.fact in facts and item.at_least not in facts[item.fact].values:
                near = did_you_mean(item.at_least, facts[item.fact].values)
                loaded.problems.append(Problem(where, f"[{item.fact}] has no value [{item.at_least}].", near))


def check_theorems(loaded: Loaded, factors: Mapping[str, ContextFactor]) -> None:
    """What the theorems name must be there: one that names nothing would be left out without a word."""
    definitions = {parameter.id: parameter for parameter in loaded.of("parameters", Parameter)}
    for where, entry in loaded.entries["never_places"]:
        check_names(f"{where}/fact", [entry.fact], "facts", loaded)
    for where, entry in loaded.entries["never_less"]:
        check_applies({entry.factor: (entry.value,)}, factors, f"{where}/value", loaded.problems)
    for where, entry in loaded.entries["properties"]:
        check_applies(entry.context, factors, f"{where}/context", loaded.problems)
        for name, value in entry.parameters.items():
            check_names(f"{where}/parameters", [name], "parameters", loaded)
            if name in definitions and value not in definitions[name].allowed:
                allowed = ", ".join(str(v) for v in definitions[name].allowed)
                what = f"[{name}] is [{value}]."
                loaded.problems.append(Problem(f"{where}/parameters", what, f"It may be one of {allowed}."))


def check_citations(loaded: Loaded) -> None:
    """Every source that an entry cites must be defined."""
    known = {source.id for source in loaded.of("sources", Source)}
    for entries in loaded.entries.values():
        for where, entry in entries:
            for ref in getattr(entry, "sources", ()):
                if ref.ref not in known:
                    near = did_you_mean(ref.ref, known)
                    loaded.problems.append(Problem(where, f"cites [{ref.ref}], which no file defines.", near))
