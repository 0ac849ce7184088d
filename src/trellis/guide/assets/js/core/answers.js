// Answers → intervals: checked, aged to a day, joined, carried through what implies what.

import { derive, readContext } from "./derive.js";
import { propagate } from "./engine.js";
import { claimsOf } from "./join.js";
import { Joining } from "./joining.js";
import { AnswerError, dayOf, parse, tells } from "./parsing.js";

/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./join.js").Disagreement} Disagreement */
/** @typedef {import("./join.js").Expired} Expired */
/** @typedef {import("./join.js").Standing} Standing */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answer} Answer */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").Problem} Problem */

/**
 * What the answers say, as intervals of worse-ranks per fact, before contexts close anything. `latched`: danger whose
 * answer is past its validity: in force as last known, to be asked again first. `standing`: danger in force though its
 * source says less now. `setAside`: facts whose answers do not count, as their own source or later danger is against them. `expired`: unknown again. `freshLo`: like `lo`, by answers within their validity alone. `last`:
 * per fact, the answer that says how it stands.
 * @typedef {{lo: Ranks, hi: Ranks, contexts: number[], used: Record<string, Answer[]>, latched: string[],
 *   standing: Standing[], setAside: string[], expired: Expired[], unanswerable: string[], disagreements: Disagreement[],
 *   last: Record<string, Claim>, freshLo: Ranks, narrowed: Map<number, {lo: Ranks, hi: Ranks}>}} Reading
 */

/**
 * Check answers and turn them into intervals.
 * @param {Knowledge} kb
 * @param {Answers} answers
 * @param {string} asOf the day of the decision, YYYY-MM-DD
 * @param {{strict?: boolean}} [how] strict: an error for what is wrong; else what is wrong is left out, and of answers
 *   that cannot both be true the worse one counts, so that danger can be read from a faulty input
 * @returns {Reading}
 */
export function readAnswers(kb, answers, asOf, { strict = true } = {}) {
  const today = dayOf(asOf);
  if (today === null) {
    throw new RangeError(`[${asOf}] is no day: write it as YYYY-MM-DD.`);
  }
  const reading = emptyReading(kb);
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Map<string, string>} */
  const context = new Map();
  /** @type {Map<string, Claim[]>} */
  const told = new Map();
  /** @type {Map<string, Answer[]>} */
  const numbers = new Map();
  for (const [name, given] of Object.entries(answers)) {
    const parsed = parse(kb, name, given, today, problems);
    if (parsed.length === 0) {
      continue;
    }
    reading.used[name] = parsed;
    if (name in kb.facts) {
      told.set(name, claimsOf(kb.facts[name], parsed, asOf));
      noteSilence(kb.facts[name], parsed, asOf, reading);
    } else if (name in kb.factors) {
      readContext(kb.factors[name], parsed, asOf, context, reading, problems);
    } else {
      numbers.set(name, parsed.filter(tells));
    }
  }
  derive(kb, numbers, asOf, told, context, reading, problems);
  const facts = new Joining(kb, reading, told, asOf);
  facts.joinAll();
  facts.carry(problems);
  reading.expired = inOrder(reading.expired);
  raise(strict, problems);
  openContexts(kb, context, reading, problems);
  raise(strict, problems);
  return reading;
}

/** @param {boolean} strict @param {Problem[]} problems */
function raise(strict, problems) {
  if (strict && problems.length > 0) {
    throw new AnswerError(problems);
  }
}

/**
 * The intervals in one context: facts that do not apply there are at their best, with what that implies. Not to be
 * changed: they are kept.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {number} context
 * @returns {{lo: Ranks, hi: Ranks}}
 */
export function intervals(kb, reading, context) {
  const key = kb.closedAlike[context];
  let found = reading.narrowed.get(key);
  if (!found) {
    found = { lo: reading.lo, hi: reading.hi };
    const closed = kb.closed[context];
    if (closed.some((fact) => reading.hi[fact] > 0)) {
      found = { lo: reading.lo.slice(), hi: reading.hi.slice() };
      for (const fact of closed) {
        found.lo[fact] = 0;
        found.hi[fact] = 0;
      }
      propagate(kb.implications, found.lo, found.hi);
    }
    reading.narrowed.set(key, found);
  }
  return found;
}

/** Each once, by name. @param {Expired[]} expired */
function inOrder(expired) {
  const byKey = new Map(expired.map((one) => [[one.name, one.value, one.day, one.until].join("\u0000"), one]));
  return [...byKey.keys()].sort().map((key) => /** @type {Expired} */ (byKey.get(key)));
}

/** @param {Knowledge} kb @returns {Reading} */
function emptyReading(kb) {
  return {
    lo: kb.factList.map(({ start }) => start[0]),
    hi: kb.factList.map(({ start }) => start[1]),
    contexts: [],
    used: Object.create(null),
    latched: [],
    standing: [],
    setAside: [],
    expired: [],
    unanswerable: [],
    disagreements: [],
    last: Object.create(null),
    freshLo: [],
    narrowed: new Map(),
  };
}

/**
 * Note "not known" and "rather not say", so that it is not asked again, unless an exact answer says more. It lapses like
 * an answer: some time later one can ask again.
 * @param {Fact} fact
 * @param {Answer[]} given
 * @param {string} asOf
 * @param {Reading} reading
 */
function noteSilence(fact, given, asOf, reading) {
  const day = (/** @type {Answer} */ { date }) => /** @type {number} */ (dayOf(date ?? asOf));
  const lapsed = (/** @type {Answer} */ answer) =>
    fact.validDays !== null && /** @type {number} */ (dayOf(asOf)) - day(answer) > fact.validDays;
  const latest = (/** @type {(answer: Answer) => boolean} */ which) => Math.max(...given.filter(which).map(day));
  const silent = latest((answer) => !tells(answer) && !lapsed(answer));
  const exact = latest((answer) => tells(answer) && !answer.at_least && !answer.at_most);
  const vague = latest((answer) => tells(answer) && (answer.at_least || answer.at_most));
  if (silent > exact && silent >= vague && silent > -Infinity) {
    reading.unanswerable.push(fact.id);
  }
}

/**
 * The contexts that the answers leave; where they leave none, all stay open and the fault is told.
 * @param {Knowledge} kb
 * @param {Map<string, string>} context
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
function openContexts(kb, context, reading, problems) {
  const given = [...context];
  const every = [...kb.contexts.keys()];
  let possible = every.filter((number) => given.every(([factor, value]) => kb.contexts[number][factor] === value));
  const names = given.map(([factor]) => factor);
  if (possible.length === 0) {
    problems.push({ kind: "impossible_context", where: names[0], facts: names });
    possible = every;
  }
  const isOpen = (/** @type {number} */ number) => kb.closed[number].every((fact) => reading.lo[fact] === 0);
  reading.contexts = possible.filter(isOpen);
  if (reading.contexts.length === 0) {
    reading.contexts = every.filter(isOpen);
    const closed = new Set(possible.flatMap((number) => kb.closed[number]));
    for (const fact of kb.factList.filter(({ number }) => closed.has(number) && reading.lo[number] > 0)) {
      problems.push({ kind: "does_not_apply", where: fact.id, facts: [fact.id, ...names] });
    }
  }
}
