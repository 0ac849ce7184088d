// The decision itself, and the one object that holds it with every reason.

import { intervals, readAnswers } from "./answers.js";
import { FALSE, OPEN, evaluate } from "./condition.js";
import { bothEnds, isSettled } from "./ends.js";
import * as explain from "./explain.js";
import { AnswerError, dayOf } from "./parsing.js";
import * as placements from "./placements.js";
import * as reasons from "./reasons.js";

export { AnswerError, dayOf };

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./condition.js").Node} Node */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./explain.js").FactView} FactView */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").Problem} Problem */
/** @typedef {import("./reasons.js").Places} Places */

const STATES = ["full", "denied", "refused"];

/**
 * Find the least restrictive packages that are still safe and sufficient, with every reason.
 * @param {Knowledge} kb
 * @param {Answers} answers what is left out is unknown, which is never taken for "no"
 * @param {{asOf: string, places?: Places}} when the day, YYYY-MM-DD; and what is full, denied or refused
 * @returns {Recommendation}
 */
export function decide(kb, answers, { asOf, places = {} }) {
  const reading = readAnswers(kb, answers, asOf);
  checkPlaces(kb, places);
  return new Recommendation(kb, reading, bothEnds(kb, reading), asOf, places);
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
  const reading = readAnswers(kb, Object.fromEntries(given), asOf, { strict: false });
  return reasons.urgent(kb, reading, bothEnds(kb, reading));
}

/**
 * Answers without what is wrong around their values: danger does not wait for a date to be mended.
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
  if (typeof given !== "object" || given === null || !("value" in given)) {
    return meant(kb, name, given);
  }
  const plain = ["source", "author"].filter((key) => typeof given[key] === "string");
  const flags = ["at_least", "at_most"].filter((key) => given[key] === true);
  const day = dayOf(given.date);
  const dated = day !== null && day <= /** @type {number} */ (dayOf(asOf)) ? ["date"] : [];
  const kept = Object.fromEntries([...plain, ...flags, ...dated].map((key) => [key, given[key]]));
  return { value: meant(kb, name, given.value), ...kept };
}

/**
 * A step as it was surely meant: true is yes, and capitals make no other word.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {any} value
 */
function meant(kb, name, value) {
  const said = typeof value === "boolean" ? (value ? "yes" : "no") : value;
  const known = name in kb.facts ? kb.facts[name].values : [];
  return known.find((step) => typeof said === "string" && step === said.trim().toLowerCase()) ?? value;
}

/** @param {Knowledge} kb @param {Places} places */
function checkPlaces(kb, places) {
  const isKnown = (/** @type {string} */ name) =>
    name in kb.packages || kb.settings.includes(name) || name in kb.addOns;
  const wrong = Object.entries(places).filter(([name, state]) => !isKnown(name) || !STATES.includes(state));
  if (wrong.length > 0) {
    throw new AnswerError(wrong.map(([name, value]) => ({ kind: "bad_place", where: name, facts: [], value })));
  }
}

/** What fits one person, and why. Explanations are worked out when first read, from the same ends, and kept. */
export class Recommendation {
  /**
   * @param {Knowledge} kb
   * @param {Reading} reading
   * @param {Ends[]} ends
   * @param {string} asOf
   * @param {Places} places
   */
  constructor(kb, reading, ends, asOf, places) {
    this.kb = kb;
    this.reading = reading;
    this.ends = ends;
    this.asOf = asOf;
    this.places = places;
    /** @type {Map<string, unknown>} */
    this.kept = new Map();
  }

  /**
   * @template T
   * @param {string} name
   * @param {() => T} work
   * @returns {T}
   */
  once(name, work) {
    if (!this.kept.has(name)) {
      this.kept.set(name, work());
    }
    return /** @type {T} */ (this.kept.get(name));
  }

  /** The review status of the knowledge. */
  get review() {
    return this.kb.review;
  }

  /** Whether nothing still open can change placement, danger, evaluation or the safety services. */
  get settled() {
    return this.once("settled", () => isSettled(this.kb, this.ends));
  }

  /** The person's context, or null while it is open. */
  get context() {
    const { contexts } = this.reading;
    return contexts.length === 1 ? this.kb.contexts[contexts[0]] : null;
  }

  /** The least that the answers allow: exact, over all open contexts. */
  get least() {
    return this.once("least", () => placements.outlook(this.kb, this.reading, this.ends, "least"));
  }

  /** The most that the answers allow: exact, over all open contexts. */
  get most() {
    return this.once("most", () => placements.outlook(this.kb, this.reading, this.ends, "most"));
  }

  /** The placement for acute and ongoing needs together; null while the answers leave more than one. */
  get now() {
    return this.once("now", () => placements.placement(this.kb, this.reading, this.ends, "now"));
  }

  /** The placement once what is acute has passed; null while open. */
  get next() {
    return this.once("next", () => placements.placement(this.kb, this.reading, this.ends, "next"));
  }

  /** What follows a stay in care round the clock, when the person needs one now; else null. */
  get aftercare() {
    const { groups } = this.kb.aftercare;
    const stays = this.active.some(({ phase, group }) => phase === "acute" && group !== null && groups.includes(group));
    return stays ? this.kb.aftercare : null;
  }

  /** The packages that are not ruled out between the ends. */
  get between() {
    return this.once("between", () => ({
      now: placements.between(this.kb, this.ends, "now"),
      next: placements.between(this.kb, this.ends, "next"),
    }));
  }

  /** What is called for until somebody has looked, or null. */
  get hold() {
    return this.once("hold", () => explain.hold(this.kb, this.ends));
  }

  get factReader() {
    return this.once("factReader", () => new explain.FactReader(this.kb, this.reading));
  }

  /** The active needs: why the recommendation is what it is. */
  get active() {
    return this.once("active", () => explain.needs(this.kb, this.factReader, this.ends, "active"));
  }

  /** The needs that the answers leave open. */
  get open() {
    return this.once("open", () => explain.needs(this.kb, this.factReader, this.ends, "open"));
  }

  /** The needs that the answers rule out. */
  get cleared() {
    return this.once("cleared", () => explain.needs(this.kb, this.factReader, this.ends, "cleared"));
  }

  /** Every need that applies, active ones first, then open, then cleared. */
  get needs() {
    return [...this.active, ...this.open, ...this.cleared];
  }

  /**
   * One need by its id; an error when it does not apply to this person.
   * @param {string} name
   * @returns {NeedView}
   */
  need(name) {
    const byId = this.once("needsById", () => new Map(this.needs.map((need) => [need.id, need])));
    const found = byId.get(name);
    if (!found) {
      throw new RangeError(`The need [${name}] does not apply to this person.`);
    }
    return found;
  }

  /** Per package: the axes on which it gives less than is asked now, and who asks. */
  get shortfalls() {
    return this.once("shortfalls", () => explain.shortfalls(this.kb, this.ends, "now"));
  }

  /** The same for what is asked next. */
  get shortfallsNext() {
    return this.once("shortfallsNext", () => explain.shortfalls(this.kb, this.ends, "next"));
  }

  /** Per package: the active needs that exceed it, those still open that could, and those that cannot change. */
  get stepDown() {
    return this.once("stepDown", () => explain.stepDown(this.kb, this.factReader, this.ends));
  }

  /** Danger, the gravest first. Shown before anything else. */
  get urgent() {
    return this.once("urgent", () => reasons.urgent(this.kb, this.reading, this.ends));
  }

  /** Who must look, the soonest first. */
  get evaluate() {
    return this.once("evaluate", () => reasons.evaluations(this.kb, this.ends));
  }

  /** What to add, safety first, with the gaps to arrange. */
  get services() {
    return this.once("services", () => reasons.services(this.kb, this.ends, [this.now, this.next]));
  }

  /** Commitments and wishes that meet what the recommended packages ask, with accommodations. */
  get barriers() {
    return this.once("barriers", () => reasons.barriers(this.kb, this.reading, [this.now, this.next]));
  }

  /** Where a wish, a refusal, a full or denied place collides with what is needed. Never silently down. */
  get conflicts() {
    const { now, places, services, asOf } = this;
    return this.once("conflicts", () =>
      reasons.conflicts(this.kb, this.reading, this.ends, { now, places, services, asOf }),
    );
  }

  /** Every fact as it stands, known or not. @returns {Record<string, FactView>} */
  get facts() {
    return this.once("facts", () => {
      const views = this.kb.factList.map(({ id, number }) => [id, this.factReader.view(number)]);
      return Object.assign(Object.create(null), Object.fromEntries(views));
    });
  }

  /**
   * Whether a condition holds for this person: TRUE, FALSE, or OPEN where the answers do not say.
   * @param {Node} node
   * @param {Record<string, string[]>} applies the contexts it applies in; elsewhere it is false; empty for all
   * @returns {number}
   */
  stands(node, applies) {
    const allowed = Object.entries(applies);
    const found = new Set();
    /** @type {Map<number, number>} */
    const values = new Map();
    for (const number of this.reading.contexts) {
      if (!allowed.every(([factor, some]) => some.includes(this.kb.contexts[number][factor]))) {
        found.add(FALSE);
        continue;
      }
      const key = this.kb.closedAlike[number];
      if (!values.has(key)) {
        const { lo, hi } = intervals(this.kb, this.reading, number);
        values.set(key, evaluate(node, lo, hi));
      }
      found.add(values.get(key));
    }
    return found.size === 1 ? [...found][0] : OPEN;
  }

  /** Facts on which two sources do not agree; the worse one counts. */
  get disagreements() {
    return this.reading.disagreements;
  }

  /** Danger facts in force as last known: ask again first. */
  get latched() {
    return [...new Set(this.reading.latched)];
  }

  /** Danger that stays in force though its source says less now: until an evaluation, or until a day. */
  get standing() {
    return this.reading.standing;
  }

  /** The facts whose answers do not count, since their own source, or danger told later, stands against them. */
  get setAside() {
    return this.reading.setAside;
  }

  /** Answers past their validity, which were not used. */
  get expired() {
    return this.reading.expired;
  }

  /** Facts that were answered with "not known" or "rather not say". */
  get unanswerable() {
    return this.reading.unanswerable;
  }
}
