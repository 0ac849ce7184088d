"""Engines that each break one rule on purpose. An example of that rule must notice, or it shows nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from tests.needs.breaking import (
    Break,
    afterwards_of_every_stay,
    all_or_nothing,
    always,
    asked_by_two,
    backwards,
    branch_as,
    by_scores,
    care_of_elsewhere_off,
    carried_by,
    count_as,
    every_need,
    everywhere,
    first_asking,
    fit_as,
    gravest,
    holding_as,
    in_code,
    in_phase,
    joined_as,
    leaf_as,
    lifted_all_over,
    mean,
    never,
    nothing,
    one_way,
    only_placement,
    packages_as,
    parameters_everywhere,
    parts_as,
    refused_nothing,
    rules_of_elsewhere_on,
    rules_off,
    services_gate,
    setting_alone,
    settled_by,
    some_needs,
    wishes_bring_in,
    wishes_gate,
    with_parameters,
)
from trellis.decide import ends, explain, recommend, recommendation
from trellis.engine import artefact
from trellis.engine.artefact import ACUTE, HOLD, ONGOING, Engine
from trellis.kinds import condition
from trellis.kinds.condition import Branch, leaves
from trellis.library.in_force import without


class Wrong(NamedTuple):
    """What is broken, in words, with the rule that says otherwise."""

    says: str
    rule: str
    broken: Break


WRONG = [
    Wrong("at_least holds at its step alone", "at-least", leaf_as("at_least", ranks=lambda one: [min(one.ranks)])),
    Wrong(
        "at_least holds from the next step on",
        "at-least",
        leaf_as("at_least", ranks=lambda one: one.ranks - {min(one.ranks)} or one.ranks),
    ),
    Wrong(
        "at_least holds from the step before on",
        "at-least",
        leaf_as("at_least", ranks=lambda one: {*one.ranks, max(min(one.ranks) - 1, 1)}),
    ),
    Wrong("at_most holds at its step alone", "at-most", leaf_as("at_most", ranks=lambda one: [min(one.ranks)])),
    Wrong(
        "at_most reads the scale as if it ended with the worst",
        "at-most",
        leaf_as("at_most", ranks=lambda one: range(one.top - min(one.ranks) + 1)),
    ),
    Wrong(
        "at_most holds from the next step on",
        "at-most",
        leaf_as("at_most", ranks=lambda one: one.ranks - {min(one.ranks)} or one.ranks),
    ),
    Wrong("one_of holds at one step alone", "towards-worse", leaf_as("one_of", ranks=lambda one: [min(one.ranks)])),
    Wrong(
        "is holds a step earlier too",
        "towards-worse",
        leaf_as("is", ranks=lambda one: {*one.ranks, min(one.ranks) - 1}),
    ),
    Wrong("a need against the worse direction is read", "towards-worse", refused_nothing(condition, "against_worse")),
    Wrong("one_of holds at the worst alone", "towards-worse", leaf_as("one_of", ranks=lambda one: [max(one.ranks)])),
    Wrong("is holds at the step before", "towards-worse", leaf_as("is", ranks=lambda one: [min(one.ranks) - 1])),
    Wrong(
        "one_of is refused whatever it names",
        "towards-worse",
        in_code(
            condition,
            "against_worse",
            lambda right: lambda one: [*right(one), *(leaf for leaf, _ in leaves(one) if leaf.operator == "one_of")],
        ),
    ),
    Wrong("all holds when no part does", "all", branch_as("all", lambda one: replace(one, operator="none"))),
    Wrong("any holds when no part does", "any", branch_as("any", lambda one: replace(one, operator="none"))),
    Wrong("all holds when one part does", "all", branch_as("all", lambda one: replace(one, operator="any"))),
    Wrong("any holds when all parts do", "any", branch_as("any", lambda one: replace(one, operator="all"))),
    Wrong("any reads its first part alone", "any", branch_as("any", lambda one: one.children[0])),
    Wrong("count needs one part more", "count", count_as(1)),
    Wrong("count needs one part less", "count", count_as(-1)),
    Wrong("none holds when all parts do", "none", branch_as("none", lambda one: replace(one, operator="all"))),
    Wrong(
        "none holds when one part does not",
        "none",
        branch_as("none", lambda one: Branch("any", tuple(Branch("none", (part,)) for part in one.children))),
    ),
    Wrong("open is read as no", "unknown", holding_as(lambda best, _: (best, best))),
    Wrong("open is read as yes", "unknown", holding_as(lambda _, worst: (worst, worst))),
    Wrong("a need is open while anything that it reads is", "known-enough", in_code(ends, "_holding", all_or_nothing)),
    Wrong("beside what is known open is read as no", "known-enough", holding_as(lambda best, _: (best, best))),
    Wrong("beside what is known open is read as yes", "known-enough", holding_as(lambda _, worst: (worst, worst))),
    Wrong(
        "a need that has contexts applies nowhere",
        "own-contexts",
        some_needs(lambda kb, name: bool(kb.needs[name].applies), lambda need: replace(need, contexts=frozenset())),
    ),
    Wrong("a need applies everywhere", "own-contexts", everywhere),
    Wrong(
        "the first open context is taken for the person's",
        "open-context",
        in_code(recommend, "both_ends", lambda right: lambda *given: right(*given)[:1]),
    ),
    Wrong(
        "danger must be danger in every context", "open-context", in_code(explain, "somewhere", lambda _: explain.sure)
    ),
    Wrong("nothing implies anything", "implication", parts_as(implications=lambda _: ())),
    Wrong("implications carry what is bad alone", "implication", one_way(forward=True)),
    Wrong("implications carry what is well alone", "implication", one_way(forward=False)),
    Wrong("what is implied implies in turn", "implication", carried_by(backwards)),
    Wrong(
        "an implication begins a step too early",
        "implication",
        parts_as(implications=lambda kb: tuple((a, max(i - 1, 1), b, j) for a, i, b, j in kb.artefact.implications)),
    ),
    Wrong(
        "what one context closes is closed in all",
        "closed",
        parts_as(closed=lambda kb: (frozenset().union(*kb.artefact.closed),) * len(kb.contexts)),
    ),
    Wrong("no context closes a fact", "closed", parts_as(closed=lambda kb: (frozenset(),) * len(kb.contexts))),
    Wrong("everybody is held", "hold", in_phase(HOLD, always)),
    Wrong("a hold places", "hold", in_phase(HOLD, lambda need: replace(need, phase=ACUTE))),
    Wrong("a hold stays for next", "hold", in_phase(HOLD, lambda need: replace(need, afterwards=need.requires))),
    Wrong("a hold asks for nothing", "hold", in_phase(HOLD, lambda need: replace(need, requires=nothing(need)))),
    Wrong(
        "next keeps what is acute",
        "now-next",
        in_phase(ACUTE, lambda need: replace(need, afterwards=tuple(map(max, need.requires, need.afterwards)))),
    ),
    Wrong(
        "next leaves out what is ongoing", "now-next", in_phase(ONGOING, lambda n: replace(n, afterwards=nothing(n)))
    ),
    Wrong("now leaves out what is ongoing", "now-next", in_phase(ONGOING, lambda n: replace(n, requires=nothing(n)))),
    Wrong("now leaves out what is acute", "now-next", in_phase(ACUTE, lambda n: replace(n, requires=nothing(n)))),
    Wrong("nothing follows a stay", "after-stay", in_phase(ACUTE, lambda n: replace(n, afterwards=nothing(n)))),
    Wrong("care follows every acute need", "after-stay", afterwards_of_every_stay),
    Wrong("the lowest step counts", "highest", joined_as(min)),
    Wrong("the steps are averaged", "highest", joined_as(mean)),
    Wrong("the steps are added up", "highest", joined_as(sum)),
    Wrong("the last need counts", "highest", joined_as(lambda steps: steps[-1])),
    Wrong("the need that asks for most counts alone", "highest", in_code(Engine, "joined", lambda _: gravest)),
    Wrong("one need alone asks for nothing", "one-grave-need", joined_as(asked_by_two)),
    Wrong("mild needs add up to a grave one", "one-grave-need", joined_as(sum)),
    Wrong("whatever is asked is taken for grave", "one-grave-need", joined_as(lambda steps: 99)),
    Wrong("most needs outvote one", "one-grave-need", joined_as(lambda steps: sorted(steps)[(len(steps) - 1) // 2])),
    Wrong(
        "a package fits on one axis",
        "every-axis",
        in_code(
            artefact,
            "covers",
            lambda _: lambda given, asked: any(g >= a > 0 for g, a in zip(given, asked, strict=True)),
        ),
    ),
    Wrong(
        "more on one axis makes up for another",
        "every-axis",
        in_code(artefact, "covers", lambda _: lambda given, asked: sum(given) >= sum(asked)),
    ),
    Wrong("the first fitting package alone", "lowest-rank", fit_as(lambda fitting: fitting[:1])),
    Wrong("every fitting package", "lowest-rank", fit_as(lambda fitting: fitting)),
    Wrong(
        "the highest rank", "lowest-rank", fit_as(lambda fitting: [p for p in fitting if p.rank == fitting[-1].rank])
    ),
    Wrong(
        "wishes order the wrong way round",
        "wishes",
        in_code(explain, "sorted", lambda _: lambda *every, **by: sorted(*every, **by, reverse="key" in by)),
    ),
    Wrong("wishes order nothing", "wishes", in_code(explain, "_met", lambda _: lambda *_: {})),
    Wrong("a wish takes a package away", "wishes", in_code(explain, "_placement", wishes_gate)),
    Wrong("a wish brings a package in", "wishes", in_code(explain, "_placement", wishes_bring_in)),
    Wrong("what joins a setting gives nothing", "add-on", packages_as(setting_alone)),
    Wrong("what joins a setting lifts every axis", "add-on", packages_as(lifted_all_over)),
    Wrong("a score places", "score", some_needs(by_scores, lambda need: replace(need, phase=ACUTE))),
    Wrong("a score alone is passed over", "score", some_needs(by_scores, never)),
    Wrong("every score holds", "score", some_needs(by_scores, always)),
    Wrong(
        "a need that places by a score is read",
        "score",
        in_code(condition, "facts_read", lambda right: lambda one: (*right(one), "life.past")),
    ),
    Wrong("services decide on the place", "services", in_code(explain, "placement", services_gate)),
    Wrong("services come from one need", "services", in_code(explain, "_asking", first_asking)),
    Wrong("the latest evaluation counts", "soonest", in_code(explain, "min", lambda _: max)),
    Wrong("a need that is cleared brings its hour", "soonest", in_code(explain, "somewhere", lambda _: lambda _: -1)),
    Wrong("an open need brings its hour", "soonest", in_code(explain, "somewhere", lambda _: explain.possible)),
    Wrong(
        "the most is the least",
        "ends",
        in_code(explain, "outlook", lambda right: lambda *g, most: right(*g, most=False)),
    ),
    Wrong(
        "the least is the most",
        "ends",
        in_code(explain, "outlook", lambda right: lambda *g, most: right(*g, most=True)),
    ),
    Wrong(
        "the ends are those of one context",
        "ends",
        in_code(
            explain, "outlook", lambda right: lambda kb, read, both, *g, most: right(kb, read, both[:1], *g, most=most)
        ),
    ),
    Wrong("settled whatever the place is now", "settled", settled_by("next_fit", "hold")),
    Wrong("settled whatever the place is next", "settled", settled_by("now_fit", "hold")),
    Wrong("settled whatever is held", "settled", settled_by("now_fit", "next_fit")),
    Wrong("settled with the place", "settled", in_code(recommendation, "is_settled", only_placement)),
    Wrong("settled only when no need is open", "settled", in_code(recommendation, "is_settled", every_need)),
    Wrong(
        "settled in one context",
        "settled",
        in_code(recommendation, "is_settled", lambda right: lambda both, masks: right(both[:1], masks)),
    ),
    Wrong("a date is passed over", "later-date", in_code(recommend, "in_force", lambda _: lambda kb, _: kb)),
    Wrong(
        "what has a date never comes",
        "later-date",
        lambda _, kb: replace(kb, artefact=without(kb.artefact, kb.waiting)),
    ),
    Wrong("rules of elsewhere hold", "other-place", rules_of_elsewhere_on),
    Wrong("rules are off in their own place", "other-place", rules_off),
    Wrong("care of elsewhere is off", "other-place", care_of_elsewhere_off),
    Wrong("what a site chooses is passed over", "parameter", with_parameters()),
    Wrong(
        "what other sites choose is taken",
        "parameter",
        with_parameters(past_complication_setting="medical_24h", shakes_care="doctor", mood_high_from=12),
    ),
    Wrong("what a site chooses changes other needs", "parameter", parameters_everywhere),
]
