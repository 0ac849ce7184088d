"""Ways to break an engine: a rule read otherwise, a part of it changed, or a function of it replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest

import trellis
from tests.needs.reading import knowledge_of
from trellis.decide import ends, explain, joining, reading, recommendation
from trellis.engine import artefact
from trellis.engine.artefact import ACUTE, HOLD, SLOTS, CompiledNeed, CompiledPackage, Engine, bits
from trellis.engine.node import ALL, ANY
from trellis.kinds.condition import Branch, Condition, Leaf, compile_condition
from trellis.library.in_force import same_place, without

Patch = pytest.MonkeyPatch
Break = Callable[[Patch, trellis.Knowledge], trellis.Knowledge]
JOINED = Engine.joined
"""What several needs ask together, as it is right."""


def read_as(change: Callable[[trellis.Knowledge, Condition], Condition]) -> Break:
    """Every condition changed, from the leaves up, and compiled anew."""

    def broken(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        def changed(one: Condition) -> Condition:
            if isinstance(one, Branch):
                one = replace(one, children=tuple(map(changed, one.children)))
            return change(kb, one)

        nodes = {name: compile_condition(changed(one), kb.numbers) for name, one in kb.conditions.items()}
        return needs_as(lambda need: replace(need, node=nodes[need.id]))(_, kb)

    return broken


def leaf_as(*operators: str, ranks: Callable[[Leaf], Iterable[int]]) -> Break:
    """Leaves with one of these operators hold for other ranks."""
    return read_as(
        lambda _, one: (
            replace(one, ranks=frozenset(ranks(one))) if isinstance(one, Leaf) and one.operator in operators else one
        )
    )


def branch_as(operator: str, change: Callable[[Branch], Condition]) -> Break:
    """Branches with this operator are read otherwise. What always holds stays."""
    return read_as(
        lambda _, one: change(one) if isinstance(one, Branch) and one.operator == operator and one.children else one
    )


def count_as(more: int) -> Break:
    """So many parts more must hold."""
    return branch_as("count_at_least", lambda one: replace(one, k=min(max(one.k + more, 1), len(one.children))))


def needs_as(change: Callable[[CompiledNeed], CompiledNeed]) -> Break:
    """Every need changed."""

    def broken(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        return replace(kb, artefact=replace(kb.artefact, needs=tuple(map(change, kb.artefact.needs))))

    return broken


def some_needs(
    chosen: Callable[[trellis.Knowledge, str], bool], change: Callable[[CompiledNeed], CompiledNeed]
) -> Break:
    """Some needs changed."""

    def broken(patch: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        return needs_as(lambda need: change(need) if chosen(kb, need.id) else need)(patch, kb)

    return broken


def by_scores(kb: trellis.Knowledge, name: str) -> bool:
    """Whether a need rests on scores alone."""
    return {kb.facts[fact].kind for fact in kb.reads[name]} == {"score"}


def always(need: CompiledNeed) -> CompiledNeed:
    """A need that holds whatever is known."""
    return replace(need, node=(ALL,))


def never(need: CompiledNeed) -> CompiledNeed:
    """A need that never holds."""
    return replace(need, node=(ANY,))


def in_phase(phase: int, change: Callable[[CompiledNeed], CompiledNeed]) -> Break:
    """The needs of one phase changed."""
    return needs_as(lambda need: change(need) if need.phase == phase else need)


def nothing(need: CompiledNeed) -> tuple[int, ...]:
    return (0,) * len(need.requires)


def parts_as(**changes: Callable[[trellis.Knowledge], Any]) -> Break:
    """Parts of the artefact changed."""

    def broken(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        return replace(kb, artefact=replace(kb.artefact, **{name: make(kb) for name, make in changes.items()}))

    return broken


def packages_as(change: Callable[[trellis.Knowledge, CompiledPackage], CompiledPackage]) -> Break:
    """Every package changed."""
    return parts_as(packages=lambda kb: tuple(change(kb, one) for one in kb.artefact.packages))


def in_code(where: Any, name: str, wrong: Callable[[Any], Any]) -> Break:
    """A function of the engine replaced by what is made of it; whatever was kept of the knowledge is forgotten."""

    def broken(patch: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        patch.setattr(where, name, wrong(getattr(where, name, None)), raising=False)
        return replace(kb, artefact=replace(kb.artefact))

    return broken


def joined_as(join: Callable[[Sequence[int]], int]) -> Break:
    """What several needs ask on an axis is joined otherwise than by the highest."""

    def joined(engine: Engine, active: int) -> int:
        every = [needs_asked(engine, place) for place in bits(active)]
        packed = at = 0
        for slot in range(len(SLOTS)):
            for axis, top in enumerate(engine._axis_tops):
                steps = [asked[slot][axis] for asked in every if asked[slot][axis]]
                packed |= ((1 << min(join(steps) if steps else 0, top)) - 1) << at
                at += top
        return packed

    def needs_asked(engine: Engine, place: int) -> tuple[tuple[int, ...], ...]:
        return engine.unpacked(JOINED(engine, 1 << place))

    return in_code(Engine, "joined", lambda _: joined)


def fit_as(choose: Callable[[list[CompiledPackage]], list[CompiledPackage]]) -> Break:
    """Others of the fitting packages are recommended than those of the lowest rank."""

    def fit(engine: Engine, requirement: tuple[int, ...], context: int) -> tuple[int, ...]:
        fitting = [p for p in engine._packages if context in p.contexts and artefact.covers(p.gives, requirement)]
        return tuple(engine._packages.index(one) for one in choose(fitting))

    return in_code(Engine, "_fit", lambda _: fit)


def holding_as(change: Callable[[int, int], tuple[int, int]]) -> Break:
    """The needs that hold at the best and at the worst are made something else."""
    return in_code(ends, "_holding", lambda right: lambda *given: change(*right(*given)))


def all_or_nothing(right: Callable[..., tuple[int, int]]) -> Callable[..., tuple[int, int]]:
    """A need is open as long as anything that it reads is."""

    def holding(kb: trellis.Knowledge, read: reading.Reading, context: int) -> tuple[int, int]:
        best, worst = right(kb, read, context)
        lo, hi = read.intervals(kb, context)
        hang = sum(1 << place for place, facts in enumerate(kb.reading) if any(lo[f] < hi[f] for _, f in facts))
        return best & ~hang, worst | hang

    return holding


def carried_by(carry: Callable[..., None]) -> Break:
    """Implications are carried otherwise."""

    def broken(patch: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        for module in (reading, joining):
            patch.setattr(module, "propagate", carry)
        return replace(kb, artefact=replace(kb.artefact))

    return broken


def one_way(*, forward: bool) -> Break:
    """Implications carry in one direction alone."""

    def carry(implications: Sequence[tuple[int, int, int, int]], lo: list[int], hi: list[int]) -> None:
        for _ in implications:
            for a, i, b, j in implications:
                if forward and lo[a] >= i:
                    lo[b] = max(lo[b], j)
                elif not forward and hi[b] < j:
                    hi[a] = min(hi[a], i - 1)

    return carried_by(carry)


def services_gate(right: Callable[..., Any]) -> Callable[..., Any]:
    """Only a package that has every service as standard is recommended."""

    def placement(kb: Any, read: Any, both: Any, tables: Any, *, phase: explain.NowOrNext) -> Any:
        found = right(kb, read, both, tables, phase=phase)
        if found is None:
            return None
        wanted = {tables.services[place][0] for place in explain._asking(tables, explain.sure(both))}
        having = [one for one in kb.packages.values() if one.rank >= found.rank and wanted <= one.services]
        return found._replace(packages=tuple(having[:1]))

    return placement


def wishes_gate(right: Callable[..., Any]) -> Callable[..., Any]:
    """A package that meets a wish is taken away."""

    def placement(kb: Any, read: Any, *given: Any) -> Any:
        found, met = right(kb, read, *given), explain._met(kb, read)
        return found._replace(packages=tuple(one for one in found.packages if not set(one.meets) & set(met)))

    return placement


def wishes_bring_in(right: Callable[..., Any]) -> Callable[..., Any]:
    """What meets no wish is put beside what fits."""

    def placement(kb: Any, read: Any, *given: Any) -> Any:
        found, met = right(kb, read, *given), explain._met(kb, read)
        lighter = [one for one in kb.packages.values() if met and not set(one.meets) & set(met)]
        return found._replace(packages=(*found.packages, *lighter[:1]))

    return placement


def with_parameters(**parameters: int | str) -> Break:
    """Whatever the site chose, these are taken."""

    def broken(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
        known = {name: value for name, value in parameters.items() if name in kb.parameters}
        return knowledge_of({"knowledge": "made_up" if "life.danger" in kb.facts else "shipped", "parameters": known})

    return broken


def parameters_everywhere(patch: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """What the site chose for one need is asked by every need that asks for something."""
    chosen = {axis: kb.parameters[asked["parameter"]] for need in kb.needs.values()
              for axis, asked in need.requires.items() if not isinstance(asked, str)}  # fmt: skip
    steps = [axis.rank_of(chosen[name]) if name in chosen else 0 for name, axis in kb.axes.items()]
    return needs_as(
        lambda need: (
            replace(need, requires=tuple(map(max, need.requires, steps)))
            if need.phase != HOLD and any(need.requires)
            else need
        )
    )(patch, kb)


def care_of_elsewhere_off(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """A place switches off needs for care too."""
    other = [need.id for need in kb.needs.values() if not same_place(need.jurisdiction, kb.jurisdiction)]
    return replace(kb, artefact=without(kb.artefact, other))


def refused_nothing(where: Any, name: str) -> Break:
    """A check of the content finds nothing."""
    return in_code(where, name, lambda _: lambda *_: [])


def rules_off(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """Legal and payment rules are off in their own place too."""
    rules = [need.id for need in kb.needs.values() if need.basis != "care"]
    return replace(kb, artefact=without(kb.artefact, rules))


def rules_of_elsewhere_on(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """No place switches anything off."""
    everywhere = frozenset(range(len(kb.contexts)))
    return needs_as(lambda need: replace(need, contexts=everywhere) if need.id in kb.off else need)(_, kb)


def everywhere(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """Every need applies in every context."""
    return needs_as(lambda need: replace(need, contexts=frozenset(range(len(kb.contexts)))))(_, kb)


def setting_alone(kb: trellis.Knowledge, one: CompiledPackage) -> CompiledPackage:
    """What joins a setting gives nothing."""
    setting = kb.settings[kb.packages[one.id].setting]
    return replace(one, gives=tuple(axis.rank_of(setting.gives[name]) for name, axis in kb.axes.items()))


def lifted_all_over(kb: trellis.Knowledge, one: CompiledPackage) -> CompiledPackage:
    """What joins a setting lifts it by a step on every axis."""
    if len(kb.packages[one.id].parts) == 1:
        return one
    return replace(one, gives=tuple(min(g + 1, top) for g, top in zip(one.gives, kb.artefact.axis_tops, strict=True)))


def afterwards_of_every_stay(_: Patch, kb: trellis.Knowledge) -> trellis.Knowledge:
    """Care follows every acute need, whoever brought it."""
    care = tuple(
        axis.rank_of(kb.aftercare.requires[name]) if name in kb.aftercare.requires else 0
        for name, axis in kb.axes.items()
    )
    return in_phase(ACUTE, lambda need: replace(need, afterwards=care))(_, kb)


def only_placement(right: Callable[..., bool]) -> Callable[..., bool]:
    """A result is settled once the place is."""
    return lambda both, _: len({(end.now_fit, end.next_fit) for pair in both for end in pair}) == 1


def every_need(_: Any) -> Callable[..., bool]:
    """A result is settled only when no need is open."""
    return lambda both, _: len({end.active for pair in both for end in pair}) == 1


def mean(steps: Sequence[int]) -> int:
    return round(sum(steps) / len(steps))


def gravest(engine: Engine, active: int) -> int:
    """What the one need that asks for most asks, and nothing of any other."""
    return max((JOINED(engine, 1 << place) for place in bits(active)), key=int.bit_count, default=0)


def asked_by_two(steps: Sequence[int]) -> int:
    return max(steps) if len(steps) > 1 else 0


def settled_by(*parts: str) -> Break:
    """A result is settled when both ends agree on these parts, and on danger, evaluations and safety services."""

    def agree(both: explain.AllEnds, masks: ends.SignatureMasks) -> bool:
        points = [end for pair in both for end in pair]
        shown = {
            (*(getattr(end, part) for part in parts), *(bool(end.active & m) for m in masks.all)) for end in points
        }
        return len(shown) == 1

    return in_code(recommendation, "is_settled", lambda _: agree)


def backwards(implications: Sequence[tuple[int, int, int, int]], lo: list[int], hi: list[int]) -> None:
    """What is implied implies in turn."""
    for _ in implications:
        for a, i, b, j in implications:
            if lo[a] >= i:
                lo[b] = max(lo[b], j)
            elif lo[b] >= j:
                lo[a] = i
            if hi[b] < j:
                hi[a] = min(hi[a], i - 1)


def first_asking(right: Callable[..., dict[int, list[str]]]) -> Callable[..., dict[int, list[str]]]:
    """Services come from the first need that asks for any."""
    return lambda tables, needs: right(tables, (asking := needs & tables.bringing) & -asking)
