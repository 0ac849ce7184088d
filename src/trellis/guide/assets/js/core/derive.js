// Numbers → facts, and contexts: what a score, a heart rate or an age says, as claims beside the answers.

import { claimsOf, dated } from "./join.js";
import { rankOf } from "./knowledge.js";
import { dayOf, daysLater, tells } from "./parsing.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./knowledge.js").Derivation} Derivation */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Factor} Factor */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answer} Answer */
/** @typedef {import("./parsing.js").Problem} Problem */

/**
 * What numbers say of a fact goes to `told`; of a context, to `context`.
 * @param {Knowledge} kb
 * @param {Map<string, Answer[]>} numbers
 * @param {string} asOf
 * @param {Map<string, Claim[]>} told
 * @param {Map<string, string>} context
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
export function derive(kb, numbers, asOf, told, context, reading, problems) {
  for (const derivation of kb.derivations) {
    const given = numbers.get(derivation.from) ?? [];
    if (given.length === 0) {
      continue;
    }
    if (derivation.to in kb.factors) {
      deriveContext(kb.factors[derivation.to], derivation, given, asOf, context, reading, problems);
      continue;
    }
    const fact = kb.facts[derivation.to];
    const claims = told.get(fact.id) ?? claimsOf(fact, reading.used[fact.id] ?? [], asOf);
    told.set(fact.id, [...claims, ...given.map((answer) => claimFrom(fact, derivation, answer, asOf))]);
  }
}

/** @param {Fact} fact @param {Derivation} derivation @param {Answer} answer @param {string} asOf @returns {Claim} */
function claimFrom(fact, derivation, { value, source, date, author }, asOf) {
  const [low, high] = boundsOf(fact, derivation, Number(value));
  const name = derivation.from;
  const given = shortest(Number(value));
  const from = { source: `${name}|${source}`, shown: `${name} ${given}, ${source}` };
  return dated({ low, high, name, value: fact.steps[low || high], given, ...from, author, own: false }, date ?? asOf);
}

/**
 * The best and the worst rank that a number leaves: all of them when it says nothing of the fact. Such a number is a
 * claim all the same: measured again, it takes the place of what it said before.
 * @param {Fact} fact
 * @param {Derivation} derivation
 * @param {number} value
 * @returns {[number, number]}
 */
function boundsOf(fact, derivation, value) {
  const step = bandOf(derivation, value);
  if (step === null) {
    return [0, derivation.effect === "bands" ? rankOf(fact, derivation.bands[0].step) - 1 : fact.top];
  }
  const rank = rankOf(fact, step);
  return [rank, derivation.effect === "raises" ? fact.top : rank];
}

/** The step of the last band that the value reaches. @param {Derivation} derivation @param {number} value */
function bandOf(derivation, value) {
  let reached = null;
  for (const { step, from, above, below } of derivation.bands) {
    if (
      (from !== undefined && value >= from) ||
      (above !== undefined && value > above) ||
      (below !== undefined && value < below)
    ) {
      reached = step;
    }
  }
  return reached;
}

/** A number with six digits at most, as the sources of a disagreement show it. @param {number} value */
function shortest(value) {
  return String(Number(value.toPrecision(6)));
}

/**
 * A context has no worse way: the latest answer counts, and several of that day must agree.
 * @param {Factor} factor
 * @param {Answer[]} given
 * @param {string} asOf
 * @param {Map<string, string>} context
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
export function readContext(factor, given, asOf, context, reading, problems) {
  const told = given.filter(tells);
  const latest = Math.max(...told.map((answer) => dayFrom(answer, asOf)));
  const last = told.filter((answer) => dayFrom(answer, asOf) === latest);
  const fresh = last.filter((answer) => !isTooOld(factor, answer, asOf));
  const values = new Set(fresh.map(({ value }) => String(value)));
  if (values.size > 1) {
    problems.push({ kind: "several", where: factor.id, facts: [factor.id] });
  } else if (values.size === 1) {
    context.set(factor.id, [...values][0]);
  } else {
    last.forEach((answer) => expire(factor, factor.id, String(answer.value), answer.date ?? asOf, reading));
  }
}

/**
 * @param {Factor} factor
 * @param {Derivation} derivation
 * @param {Answer[]} given
 * @param {string} asOf
 * @param {Map<string, string>} context
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
function deriveContext(factor, derivation, given, asOf, context, reading, problems) {
  const last = Math.max(...given.map((answer) => dayFrom(answer, asOf)));
  for (const answer of given.filter((one) => dayFrom(one, asOf) === last)) {
    const value = Number(answer.value);
    const step = bandOf(derivation, value);
    if (step === null) {
      continue;
    }
    if (isTooOld(factor, answer, asOf)) {
      expire(factor, derivation.from, shortest(value), answer.date ?? asOf, reading);
    } else if ((context.get(factor.id) ?? step) !== step) {
      const facts = [derivation.from, factor.id];
      problems.push({ kind: "number_contradicts", where: derivation.from, facts, value, expects: step });
    } else {
      context.set(factor.id, step);
    }
  }
}

/** @param {Answer} answer @param {string} asOf */
function dayFrom({ date }, asOf) {
  return /** @type {number} */ (dayOf(date ?? asOf));
}

/** @param {Factor} factor @param {Answer} answer @param {string} asOf */
function isTooOld({ validDays }, { date }, asOf) {
  const days = date === null ? 0 : /** @type {number} */ (dayOf(asOf)) - /** @type {number} */ (dayOf(date));
  return validDays !== null && days > validDays;
}

/** @param {Factor} factor @param {string} name @param {string} value @param {string} date @param {Reading} reading */
function expire({ validDays }, name, value, date, reading) {
  reading.expired.push({ name, value, day: date, until: daysLater(date, validDays ?? 0) });
}
