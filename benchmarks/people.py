"""Invented people to measure with.

Nobody here exists, and nothing here is epidemiology: every rate below is an assumption, chosen so that most facts are
at their best or one step away, danger is rare, and hard things come together, as they do in an intake. A figure
measured on these people says how the software behaves on such a mixture; it says nothing about any population.

How a person is drawn: a context; three latent severities (mind, use, life) that share a common part; then each fact as
a step, from a normal variable that follows its latent severity and from the rate at which each step is reached. Last,
what one answer implies of another is carried through, so that nobody contradicts themselves. The same seed gives the
same people.
"""

from __future__ import annotations

from random import Random
from statistics import NormalDist

from trellis import Knowledge
from trellis.engine.artefact import propagate

SEED = 20261123

# Of 100 people, how many reach each step above the best. Ordered as the scale is, best first; the shares fall.
RATES: dict[str, tuple[float, ...]] = {
    "commitments.work": (45, 20),
    "commitments.caring": (30, 8),
    "preferences.nights_at_home": (40, 10),
    "preferences.language_help": (8,),
    "engagement.readiness": (35, 10),
    "engagement.attendance": (15, 4),
    "environment.housing": (16, 6),
    "environment.home_use": (22, 7),
    "environment.violence": (10, 3),
    "environment.support": (40, 10),
    "environment.access": (20, 4),
    "function.daily_living": (35, 8, 1.5),
    "function.roles": (40, 12),
    "function.structure": (20, 6, 1.5),
    "function.participation": (12, 2),
    "harm.danger_now": (0.5,),
    "harm.any": (8,),
    "harm.suicide_thoughts": (18, 9, 4, 1.5, 0.7),
    "harm.suicide_behaviour": (12, 5, 2.5, 1, 0.4),
    "harm.attempt_features": (0.8,),
    "harm.stays_safe": (8, 1.2),
    "harm.lethal_means": (30, 12),
    "harm.self_injury": (14, 5, 0.8),
    "harm.self_neglect": (6, 0.5),
    "harm.hopelessness": (15,),
    "harm.violence": (7, 2.5, 0.8, 0.2),
    "harm.violence_from_illness": (0.6,),
    "history.outpatient_not_enough": (20, 7),
    "history.intensive_not_enough": (8, 2.5),
    "history.admissions": (14, 5),
    "history.discharge": (9, 5, 2.5, 1),
    "history.discharge_suicide_risk": (2,),
    "history.left_early": (2,),
    "history.return_after_discharge": (10, 3),
    "history.calm_only_in_setting": (0.4,),
    "justice.involvement": (14, 1.5),
    "justice.court_order": (6,),
    "justice.reoffending_risk": (15, 4),
    "mental.any": (20,),
    "mental.depression": (55, 28, 8),
    "mental.anxiety": (60, 30, 8),
    "mental.mania": (6, 1.5, 0.4),
    "mental.psychosis": (7, 2, 0.5),
    "mental.trauma": (35, 14, 1.5),
    "mental.eating": (9, 1.5, 0.3),
    "mental.cognition": (12, 3, 0.8),
    "mental.emotional_crises": (20, 5),
    "mental.insight": (20, 3),
    "mental.medication": (25, 9),
    "overdose.now": (0.1,),
    "overdose.recent": (14, 7, 2, 0.3),
    "overdose.intentional": (2.5, 1),
    "overdose.tolerance_loss": (4, 2),
    "physical.any": (8,),
    "physical.emergency": (0.2,),
    "physical.confusion": (0.4,),
    "physical.rigid_or_mute": (0.1,),
    "physical.illness": (25, 3, 0.7, 0.2),
    "physical.eating_instability": (0.3,),
    "score.suicide_screen": (16, 5, 1.5),
    "score.depression": (35, 15, 6),
    "score.alcohol_withdrawal": (4, 1),
    "score.opioid_withdrawal": (5, 1.5),
    "score.alcohol_use": (45, 20, 10),
    "use.alcohol": (65, 45, 28, 14),
    "use.opioids": (25, 20, 15, 10),
    "use.stimulants": (25, 18, 12, 7),
    "use.sedatives": (14, 7, 4, 2),
    "use.other": (45, 25, 11, 4),
    "use.craving": (55, 22, 6),
    "use.return_likely": (35, 12),
    "use.return_danger": (25, 6),
    "use.unsafe_in_community": (2.5,),
    "use.injection": (9,),
    "use.fentanyl": (22, 12),
    "use.opioid_medication": (14, 3),
    "withdrawal.any": (8,),
    "withdrawal.danger_signs": (0.3,),
    "withdrawal.past_complication": (4,),
    "withdrawal.alcohol_intake": (16, 6, 1.5),
    "withdrawal.alcohol_window": (12,),
    "withdrawal.alcohol_signs": (7, 2.5, 0.5),
    "withdrawal.failed_ambulatory": (4, 1),
    "withdrawal.unsettled": (0.3,),
    "withdrawal.sedatives": (7, 1.5, 0.4),
    "withdrawal.sedative_signs": (2.5, 0.8, 0.2),
    "withdrawal.ghb_barbiturates": (1, 0.2),
    "withdrawal.opioid_signs": (9, 4, 1.2),
    "withdrawal.opioid_unstable": (0.3,),
    "withdrawal.stimulant_state": (4, 1, 0.2),
}
# For a fact without rates of its own: the share that leaves the best step, and the fraction of those that go a step on.
RATE_OF_KIND = {"danger": 3.0, "history": 5.0}
RATE_ELSE, STEP_ON = 15.0, 0.3

FOCUS = {"mental_health": 35, "substance_use": 25, "both": 40}
AGE = {"adult": 75, "adolescent": 15, "older_adult": 10}
PREGNANCY = {"no": 96, "pregnant": 2, "postpartum": 2}

# Which latent severity a domain follows, and how closely; how far the focus shifts each severity.
MIND, USE, LIFE = "mind", "use", "life"
FOLLOWS = {
    "harm": MIND, "mental": MIND, "use": USE, "withdrawal": USE, "overdose": USE, "score.alcohol_use": USE,
    "score.alcohol_withdrawal": USE, "score.opioid_withdrawal": USE, "score": MIND,
}  # fmt: skip
CLOSELY, IN_COMMON = 0.6, 0.4
SHIFT = {
    "mental_health": {MIND: 0.3, USE: -1.5, LIFE: 0.0},
    "substance_use": {MIND: -0.7, USE: 0.3, LIFE: 0.0},
    "both": {MIND: 0.2, USE: 0.2, LIFE: 0.1},
}


def people(kb: Knowledge, count: int, seed: int = SEED) -> list[dict[str, str]]:
    """Draw ``count`` complete people: a value for every context and for every fact that applies."""
    random = Random(seed)
    cuts = [_cuts(fact.id, fact.kind, fact.top) for fact in kb.facts.values()]
    return [_person(kb, random, cuts) for _ in range(count)]


def _person(kb: Knowledge, random: Random, cuts: list[list[float]]) -> dict[str, str]:
    context = _context(kb, random)
    common = random.gauss(0, 1)
    severity = {
        latent: IN_COMMON**0.5 * common + (1 - IN_COMMON) ** 0.5 * random.gauss(0, 1) + shift
        for latent, shift in SHIFT[context["focus"]].items()
    }
    ranks = []
    for fact, steps in zip(kb.facts.values(), cuts, strict=True):
        latent = FOLLOWS.get(fact.id) or FOLLOWS.get(fact.domain, LIFE)
        drawn = CLOSELY * severity[latent] + (1 - CLOSELY**2) ** 0.5 * random.gauss(0, 1)
        ranks.append(sum(drawn > cut for cut in steps))
    closed = kb.artefact.closed[kb.contexts.index(context)]
    for number in closed:
        ranks[number] = 0
    propagate(kb.artefact.implications, ranks, list(kb.artefact.tops))
    return context | {
        fact.id: fact.step_at(rank).id
        for number, (fact, rank) in enumerate(zip(kb.facts.values(), ranks, strict=True))
        if number not in closed and fact.kind != "evaluation"
    }


def _context(kb: Knowledge, random: Random) -> dict[str, str]:
    while True:
        drawn = {
            factor: random.choices(list(shares), list(shares.values()))[0]
            for factor, shares in (("focus", FOCUS), ("age", AGE), ("pregnancy", PREGNANCY))
        }
        if drawn in kb.contexts:
            return drawn


def _cuts(name: str, kind: str, top: int) -> list[float]:
    """Where the normal variable must lie above for each step."""
    rates = list(RATES.get(name, ()))
    if len(rates) != top:
        start = RATE_OF_KIND.get(kind, RATE_ELSE)
        rates = [start * STEP_ON**step for step in range(top)]
    return [NormalDist().inv_cdf(1 - rate / 100) for rate in rates]
