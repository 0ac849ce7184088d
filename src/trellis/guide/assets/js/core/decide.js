// The decision itself, and the one object that holds it with every reason.

import { readAnswers } from "./answers.js";
import { bothEnds, isSettled } from "./ends.js";
import * as explain from "./explain.js";
import { AnswerError, dayOf } from "./parsing.js";

export { AnswerError };

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./explain.js").Placement} Placement */
/** @typedef {import("./explain.js").Shortfall} Shortfall */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answers} Answers */
/**
 * What is worked out when it is first read, and kept.
 * - `ends`: exact, in every open context; `sure`: what is active at the best end of all, `somewhere` of any, which is
 *   enough for danger, `possible`: what the answers do not rule out;
 * - `settled`: nothing still open can change placement, danger, evaluation or the safety services;
 * - `context`: the person's, null while it is open;
 * - `now`: the placement for acute and ongoing needs together, null while the answers leave more than one; `next`: once
 *   what is acute has passed; `between`: what is not ruled out; `aftercare`: care follows a stay round the clock;
 * - `hold`: what is called for until somebody has looked;
 * - `active`, `open`: the needs; `needs`: all that apply to this person;
 * - `shortfalls`, `shortfallsNext`: per package, the axes on which it gives less than is asked, and who asks;
 * - `urgent`: danger, the gravest first; `evaluate`: who must look, the soonest first; `services`: what to add, safety
 *   first; `barriers`: what meets what the recommended packages ask, with what helps.
 * @typedef {{ends: Ends[], sure: bigint, somewhere: bigint, possible: bigint, settled: boolean,
 *   context: Record<string, string> | null, now: Placement | null, next: Placement | null, between: {now: string[]},
 *   aftercare: boolean, hold: explain.Hold | null, active: NeedView[], open: NeedView[],
 *   needs: import("./knowledge.js").Need[], shortfalls: Record<string, Shortfall[]>,
 *   shortfallsNext: Record<string, Shortfall[]>, urgent: explain.UrgentView[], evaluate: explain.EvaluateView[],
 *   services: explain.ServiceView[], barriers: import("./knowledge.js").Barrier[]}} Found
 */
/**
 * What fits one person, and why. `standing`: danger that stays in force though its source says less now; `expired`:
 * answers past their validity; `unanswerable`: facts that were answered with "not known" or "rather not say".
 * @typedef {Found & Pick<Reading, "kb" | "standing" | "expired" | "unanswerable"> & {reading: Reading}} Recommendation
 */

/** @type {{[Name in keyof Found]: (rec: Recommendation) => Found[Name]}} */
const WORK = {
  ends: ({ reading }) => bothEnds(reading),
  sure: ({ ends }) => explain.brought(ends, "least", (a, b) => a & b),
  somewhere: ({ ends }) => explain.brought(ends, "least", (a, b) => a | b),
  possible: ({ ends }) => explain.brought(ends, "most", (a, b) => a | b),
  settled: ({ kb, ends }) => isSettled(kb, ends),
  context: ({ kb, reading: { contexts } }) => (contexts.length === 1 ? kb.contexts[contexts[0]] : null),
  now: (rec) => explain.placement(rec, "now"),
  next: (rec) => explain.placement(rec, "next"),
  between: explain.between,
  aftercare: ({ active }) => active.some(({ need }) => need.stays),
  hold: explain.hold,
  active: (rec) => explain.needViews(rec, rec.sure, (best) => best > 0),
  open: (rec) => explain.needViews(rec, rec.possible & ~rec.sure, (best, worst) => best < worst),
  needs: ({ kb, reading }) => kb.needList.filter((need) => need.contexts.some((one) => reading.contexts.includes(one))),
  shortfalls: (rec) => explain.shortfalls(rec, "now"),
  shortfallsNext: (rec) => explain.shortfalls(rec, "next"),
  urgent: explain.urgent,
  evaluate: explain.evaluations,
  services: explain.services,
  barriers: explain.barriers,
};

const ONCE = {};
for (const [name, work] of Object.entries(WORK)) {
  Object.defineProperty(ONCE, name, {
    get() {
      const value = work(this);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

/**
 * Find the least restrictive packages that are still safe and sufficient, with every reason.
 * @param {Knowledge} kb
 * @param {Answers} answers what is left out is unknown, which is never taken for "no"
 * @param {{asOf: string, strict?: boolean}} when the day, YYYY-MM-DD; and how to take what is wrong, see readAnswers
 * @returns {Recommendation}
 */
export function decide(kb, answers, { asOf, strict }) {
  const reading = readAnswers(kb, answers, asOf, { strict });
  const { standing, expired, unanswerable } = reading;
  return Object.assign(Object.create(ONCE), { kb, reading, standing, expired, unanswerable });
}

/**
 * The dangers that the usable part of some answers tells of, gravest first: what is wrong is left out, and of answers
 * that cannot both be true the worse one counts.
 * @param {Knowledge} kb
 * @param {Answers} answers
 * @param {{asOf: string}} when
 */
export function dangerIn(kb, answers, { asOf }) {
  const given = Object.entries(answers).map(([name, one]) => [name, bare(kb, name, one, asOf)]);
  return decide(kb, Object.fromEntries(given), { asOf, strict: false }).urgent;
}

/**
 * Answers without what is wrong around their values: danger does not wait for a date to be mended. A step is taken as
 * it was surely meant: true is yes, and capitals make no other word.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {any} given
 * @param {string} asOf
 * @returns {any}
 */
function bare(kb, name, given, asOf) {
  if (Array.isArray(given)) {
    return given.map((one) => bare(kb, name, one, asOf));
  }
  if (typeof given === "object" && given !== null && "value" in given) {
    const day = dayOf(given.date);
    const isRight = (/** @type {[string, unknown]} */ [key, part]) =>
      (["source", "author"].includes(key) && typeof part === "string") ||
      (["at_least", "at_most"].includes(key) && part === true) ||
      (key === "date" && day !== null && day <= Number(dayOf(asOf)));
    const kept = Object.fromEntries(Object.entries(given).filter(isRight));
    return { ...kept, value: bare(kb, name, given.value, asOf) };
  }
  const said = typeof given === "boolean" ? (given ? "yes" : "no") : given;
  return kb.facts[name]?.values.find((step) => typeof said === "string" && step === said.trim().toLowerCase()) ?? given;
}
