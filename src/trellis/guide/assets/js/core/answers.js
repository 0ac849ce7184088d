// Answers → intervals: checked, aged to a day, carried through derivations and implications.

import { derive, isTooOld, keepDanger, raise } from "./derive.js";
import { propagate } from "./engine.js";
import { rankOf } from "./knowledge.js";
import { AnswerError, dayOf, parse, tells } from "./parsing.js";

/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./derive.js").Raises} Raises */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answer} Answer */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").Problem} Problem */

/** Two sources that do not agree. The worse one counts. @typedef {{fact: string, values: string[], sources: string[]}}
 *   Disagreement */
/**
 * What the answers say, as intervals of worse-ranks per fact, before contexts close anything. `latched`: danger whose
 * answer is past its validity: in force as last known, to be asked again first. `expired`: unknown again.
 * @typedef {{lo: Ranks, hi: Ranks, contexts: number[], used: Record<string, Answer[]>, latched: string[],
 *   expired: string[], unanswerable: string[], disagreements: Disagreement[],
 *   narrowed: Map<number, {lo: Ranks, hi: Ranks}>}} Reading
 */

/**
 * Check answers and turn them into intervals.
 * @param {Knowledge} kb
 * @param {Answers} answers
 * @param {string} asOf the day of the decision, YYYY-MM-DD
 * @returns {Reading}
 */
export function readAnswers(kb, answers, asOf) {
  const today = dayOf(asOf);
  if (today === null) {
    throw new RangeError(`[${asOf}] is no day: write it as YYYY-MM-DD.`);
  }
  const reading = emptyReading(kb);
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Map<string, string>} */
  const context = new Map();
  /** @type {Map<string, Answer[]>} */
  const numbers = new Map();
  const scores = [];
  for (const [name, given] of Object.entries(answers)) {
    const parsed = parse(kb, name, given, today, problems);
    if (parsed.length === 0) {
      continue;
    }
    reading.used[name] = parsed;
    if (name in kb.facts) {
      readFact(kb.facts[name], parsed, today, reading);
      if (kb.facts[name].kind === "score") {
        scores.push(kb.facts[name]);
      }
    } else if (name in kb.factors) {
      readContext(name, parsed, context, problems);
    } else {
      numbers.set(name, parsed.filter(tells));
    }
  }
  const raises = derive(kb, numbers, today, reading, context, problems);
  for (const { id, number } of scores) {
    raise(raises, number, reading.lo[number], id);
    reading.lo[number] = 0;
  }
  carry(kb, reading, problems);
  if (problems.length === 0) {
    applyRaises(kb, raises, reading);
    openContexts(kb, context, reading, problems);
  }
  if (problems.length > 0) {
    throw new AnswerError(problems);
  }
  return reading;
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

/** @param {Knowledge} kb @returns {Reading} */
function emptyReading(kb) {
  return {
    lo: kb.factList.map(() => 0),
    hi: kb.tops.slice(),
    contexts: [],
    used: Object.create(null),
    latched: [],
    expired: [],
    unanswerable: [],
    disagreements: [],
    narrowed: new Map(),
  };
}

/**
 * @param {Fact} fact
 * @param {Answer[]} given
 * @param {number} today
 * @param {Reading} reading
 */
function readFact(fact, given, today, reading) {
  const told = given.filter(tells);
  const fresh = told.filter((answer) => !isTooOld(fact, answer, today));
  if (told.length === 0) {
    reading.unanswerable.push(fact.id);
  } else if (fresh.length === 0) {
    keepDanger(fact, Math.max(...told.map((answer) => rankOf(fact, answer.value))), reading);
  } else {
    const lows = fresh.map((answer) => (answer.at_most ? 0 : rankOf(fact, answer.value)));
    const highs = fresh.map((answer) => (answer.at_least ? fact.top : rankOf(fact, answer.value)));
    reading.lo[fact.number] = Math.max(...lows);
    reading.hi[fact.number] = Math.max(...highs);
    const seen = new Map(fresh.map((answer) => [String(answer.value), answer.source]));
    if (seen.size > 1) {
      reading.disagreements.push({ fact: fact.id, values: [...seen.keys()], sources: [...seen.values()] });
    }
  }
}

/**
 * @param {string} name
 * @param {Answer[]} given
 * @param {Map<string, string>} context
 * @param {Problem[]} problems
 */
function readContext(name, given, context, problems) {
  const values = new Set(given.filter(tells).map((answer) => String(answer.value)));
  if (values.size > 1) {
    problems.push({ kind: "several", where: name, facts: [name] });
  }
  if (values.size === 1) {
    context.set(name, [...values][0]);
  }
}

/**
 * An instrument lifts the lower end, and with it what that implies; it never clears. A disagreement is kept.
 * @param {Knowledge} kb
 * @param {Raises} raises
 * @param {Reading} reading
 */
function applyRaises(kb, raises, reading) {
  const { lo, hi, used } = reading;
  const lifted = [...raises].map(([number, { rank, source }]) => ({ number, rank, source }));
  for (let next = lifted.pop(); next; next = lifted.pop()) {
    const { number, rank, source } = next;
    const fact = kb.factList[number];
    if (rank > hi[number] && fact.id in used) {
      const given = used[fact.id];
      const sources = [given[given.length - 1].source, source];
      reading.disagreements.push({ fact: fact.id, values: [fact.steps[hi[number]], fact.steps[rank]], sources });
    }
    lo[number] = Math.max(lo[number], rank);
    hi[number] = Math.max(hi[number], lo[number]);
    for (const [a, i, b, j] of kb.implications) {
      if (a === number && rank >= i && lo[b] < j) {
        lifted.push({ number: b, rank: j, source });
      }
    }
  }
}

/**
 * Carry answers through the implications, both ways; name what contradicts what.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
function carry(kb, reading, problems) {
  const lo = reading.lo.slice();
  const hi = reading.hi.slice();
  propagate(kb.implications, reading.lo, reading.hi);
  if (reading.lo.some((rank, fact) => rank > reading.hi[fact])) {
    reading.lo = lo;
    reading.hi = hi;
    nameContradictions(kb, reading, problems);
  }
}

/**
 * Follow each answer's consequences to the answer it cannot stand beside, and name both.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
function nameContradictions(kb, { lo, hi }, problems) {
  const cause = lo.map((_, number) => number);
  const reached = lo.slice();
  for (let changed = true; changed;) {
    changed = false;
    for (const [a, i, b, j] of kb.implications) {
      if (reached[a] >= i && reached[b] < j) {
        reached[b] = j;
        cause[b] = cause[a];
        changed = true;
      }
    }
  }
  for (const [number, rank] of reached.entries()) {
    if (rank > hi[number]) {
      const first = kb.factList[cause[number]];
      const second = kb.factList[number];
      const value = first.steps[lo[cause[number]]];
      const facts = [first.id, second.id];
      problems.push({ kind: "contradiction", where: first.id, facts, value, expects: second.steps[rank] });
    }
  }
}

/**
 * @param {Knowledge} kb
 * @param {Map<string, string>} context
 * @param {Reading} reading
 * @param {Problem[]} problems
 */
function openContexts(kb, context, reading, problems) {
  const given = [...context];
  const possible = [...kb.contexts.keys()].filter((number) =>
    given.every(([factor, value]) => kb.contexts[number][factor] === value),
  );
  const names = given.map(([factor]) => factor);
  if (possible.length === 0) {
    problems.push({ kind: "impossible_context", where: names[0], facts: names });
    return;
  }
  reading.contexts = possible.filter((number) => kb.closed[number].every((fact) => reading.lo[fact] === 0));
  if (reading.contexts.length === 0) {
    const closed = new Set(possible.flatMap((number) => kb.closed[number]));
    for (const fact of kb.factList.filter(({ number }) => closed.has(number) && reading.lo[number] > 0)) {
      problems.push({ kind: "does_not_apply", where: fact.id, facts: [fact.id, ...names] });
    }
  }
}
