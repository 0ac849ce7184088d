// Numbers → facts: what a score, a heart rate or an age says. What is too old says nothing, except of danger.

import { rankOf } from "./knowledge.js";
import { dayOf } from "./parsing.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./knowledge.js").Derivation} Derivation */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answer} Answer */
/** @typedef {import("./parsing.js").Problem} Problem */
/** By fact number: the rank to lift it to, and who said so. @typedef {Map<number, {rank: number, source: string}>}
 *   Raises */

/**
 * Apply derivations. What is *set* narrows the reading now; what is *raised* is returned, to be applied last.
 * @param {Knowledge} kb
 * @param {Map<string, Answer[]>} numbers
 * @param {number} today
 * @param {Reading} reading
 * @param {Map<string, string>} context
 * @param {Problem[]} problems
 * @returns {Raises}
 */
export function derive(kb, numbers, today, reading, context, problems) {
  /** @type {Raises} */
  const raises = new Map();
  const { lo, hi } = reading;
  for (const derivation of kb.derivations) {
    for (const answer of numbers.get(derivation.from) ?? []) {
      const value = Number(answer.value);
      const step = bandOf(derivation, value);
      if (step === null) {
        continue;
      }
      const contradiction = () => {
        const facts = [derivation.from, derivation.to];
        problems.push({ kind: "number_contradicts", where: derivation.from, facts, value, expects: step });
      };
      if (derivation.to in kb.factors) {
        if ((context.get(derivation.to) ?? step) !== step) {
          contradiction();
        } else {
          context.set(derivation.to, step);
        }
        continue;
      }
      const fact = kb.facts[derivation.to];
      const { number, top } = fact;
      const rank = rankOf(fact, step);
      if (isTooOld(fact, answer, today)) {
        if (hi[number] === top && lo[number] === 0) {
          keepDanger(fact, rank, reading);
        }
      } else if (derivation.effect === "raises") {
        raise(raises, number, rank, `${derivation.from} ${shortest(value)}, ${answer.source}`);
      } else if (fact.id in reading.used && !(lo[number] <= rank && rank <= hi[number])) {
        contradiction();
      } else {
        const known = lo[number] === hi[number] ? lo[number] : 0;
        lo[number] = Math.max(known, rank);
        hi[number] = lo[number];
      }
    }
  }
  return raises;
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

/** @param {Raises} raises @param {number} number @param {number} rank @param {string} source */
export function raise(raises, number, rank, source) {
  const known = raises.get(number) ?? { rank: 0, source: "" };
  if (rank > known.rank || (rank === known.rank && source > known.source)) {
    raises.set(number, { rank, source });
  } else {
    raises.set(number, known);
  }
}

/** @param {Fact} fact @param {Answer} answer @param {number} today */
export function isTooOld(fact, answer, today) {
  if (fact.validDays === null || answer.date === null) {
    return false;
  }
  return today - /** @type {number} */ (dayOf(answer.date)) > fact.validDays;
}

/**
 * What is too old is unknown again, but danger stays in force as last known until it is asked about again.
 * @param {Fact} fact
 * @param {number} rank
 * @param {Reading} reading
 */
export function keepDanger(fact, rank, reading) {
  if (fact.dangerRank !== null && rank >= fact.dangerRank) {
    reading.lo[fact.number] = Math.max(reading.lo[fact.number], rank);
    reading.latched.push(fact.id);
  } else {
    reading.expired.push(fact.id);
  }
}
