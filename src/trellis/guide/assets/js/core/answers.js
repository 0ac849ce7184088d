// Answers → intervals: checked, aged to a day, joined, carried through what implies what.

import { TRUE, evaluate } from "./condition.js";
import { claimsOf, isFresh } from "./join.js";
import { Joining, propagate } from "./joining.js";
import { AnswerError, dayOf, parse, several, tells } from "./parsing.js";

/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./knowledge.js").Derivation} Derivation */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Factor} Factor */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./parsing.js").Answer} Answer */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").Problem} Problem */
/** An answer to a fact, context or number that was given on some day.
 * @typedef {{name: string, value: string, day: string}} Dated */
/** All at best and all at worst, and the needs whose condition holds there, in whatever context.
 * @typedef {{lo: Ranks, hi: Ranks, best: Set<Need>, worst: Set<Need>}} Interval */
/**
 * What the answers say, as intervals of worse-ranks per fact, before contexts close anything. `latched`: danger whose
 * answer is past its validity: in force as last known, to be asked again first. `standing`: danger in force though its
 * source says less now. `expired`: unknown again.
 * @typedef {{kb: Knowledge, today: number, lo: Ranks, hi: Ranks, contexts: number[], used: Record<string, Answer[]>,
 *   context: Map<string, string>, latched: string[], standing: Dated[], expired: Dated[], unanswerable: string[],
 *   problems: Problem[], kept: Map<number, Interval>}} Reading
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
  /** @type {Reading} */
  const reading = {
    kb,
    today,
    lo: kb.factList.map(({ start }) => start[0]),
    hi: kb.factList.map(({ start }) => start[1]),
    contexts: [],
    used: Object.create(null),
    context: new Map(),
    latched: [],
    standing: [],
    expired: [],
    unanswerable: [],
    problems: [],
    kept: new Map(),
  };
  /** @type {Map<string, Claim[]>} */
  const told = new Map();
  for (const [name, given] of Object.entries(answers)) {
    const every = several(given);
    const parsed = every.flatMap((one) => parse(kb, name, one, asOf) ?? []);
    if (parsed.length < every.length || !(name in kb.facts || name in kb.factors || name in kb.inputs)) {
      reading.problems.push({ kind: "unreadable", facts: [name] });
    }
    if (parsed.length > 0) {
      reading.used[name] = parsed;
    }
    if (name in kb.facts && parsed.length > 0) {
      told.set(name, claimsOf(kb.facts[name], parsed));
      noteSilence(kb.facts[name], parsed, reading);
    } else if (name in kb.factors) {
      readContext(kb.factors[name], parsed, reading);
    }
  }
  derive(reading, told);
  new Joining(reading, told).join();
  raise(strict, reading);
  openContexts(reading);
  raise(strict, reading);
  return reading;
}

/** @param {boolean} strict @param {Reading} reading */
function raise(strict, { problems }) {
  if (strict && problems.length > 0) {
    throw new AnswerError(problems);
  }
}

/**
 * The intervals in one context: facts that do not apply there are at their best, with what that implies. Not to be
 * changed: they are kept.
 * @param {Reading} reading
 * @param {number} context
 * @returns {Interval}
 */
export function intervals({ kb, lo, hi, kept }, context) {
  const key = kb.closedAlike[context];
  let found = kept.get(key);
  if (!found) {
    const narrowed = { lo: lo.slice(), hi: hi.slice() };
    for (const fact of kb.closed[context]) {
      narrowed.lo[fact] = 0;
      narrowed.hi[fact] = 0;
    }
    propagate(kb.implications, narrowed.lo, narrowed.hi);
    const best = holding(kb, narrowed.lo);
    const isKnown = narrowed.lo.every((rank, fact) => rank === narrowed.hi[fact]);
    found = { ...narrowed, best, worst: isKnown ? best : holding(kb, narrowed.hi) };
    kept.set(key, found);
  }
  return found;
}

/** The needs whose condition holds at a point. @param {Knowledge} kb @param {Ranks} ranks */
function holding({ needList }, ranks) {
  return new Set(needList.filter(({ node }) => evaluate(node, ranks, ranks) === TRUE));
}

/**
 * Note "not known" and "rather not say", so that it is not asked again, unless an exact answer says more. It lapses
 * like an answer: some time later one can ask again.
 * @param {Fact} fact
 * @param {Answer[]} given
 * @param {Reading} reading
 */
function noteSilence({ id, validDays }, given, { today, unanswerable }) {
  const latest = (/** @type {(answer: Answer) => boolean} */ which) =>
    Math.max(...given.filter(which).map(({ day }) => day));
  const silent = latest((answer) => !tells(answer) && today - answer.day <= (validDays ?? Infinity));
  const exact = latest((answer) => tells(answer) && !answer.at_least && !answer.at_most);
  const vague = latest((answer) => tells(answer) && (answer.at_least || answer.at_most));
  if (silent > exact && silent >= vague) {
    unanswerable.push(id);
  }
}

/**
 * A context has no worse way: the latest answer counts, and several of that day must agree.
 * @param {Factor} factor
 * @param {Answer[]} given
 * @param {Reading} reading
 */
function readContext(factor, given, reading) {
  const last = latestOf(given);
  const fresh = last.filter((answer) => isFresh(factor, answer, reading.today));
  const values = [...new Set(fresh.map(({ value }) => String(value)))];
  if (values.length > 1) {
    reading.problems.push({ kind: "several", facts: [factor.id] });
  } else if (values.length === 1) {
    reading.context.set(factor.id, values[0]);
  } else {
    reading.expired.push(...last.map(({ value, date }) => ({ name: factor.id, value: String(value), day: date })));
  }
}

/** Of what says something, that of the latest day. @param {Answer[]} given */
function latestOf(given) {
  const told = given.filter(tells);
  const latest = Math.max(...told.map(({ day }) => day));
  return told.filter(({ day }) => day === latest);
}

/**
 * What a score, a heart rate or an age says: of a fact, a claim beside the answers; of a context, its value.
 * @param {Reading} reading
 * @param {Map<string, Claim[]>} told
 */
function derive(reading, told) {
  const { kb, used } = reading;
  for (const derivation of kb.derivations) {
    const given = (used[derivation.from] ?? []).filter(tells);
    if (given.length > 0 && derivation.to in kb.factors) {
      deriveContext(kb.factors[derivation.to], derivation, latestOf(given), reading);
    } else if (given.length > 0) {
      const claims = given.map((answer) => claimFrom(kb.facts[derivation.to], derivation, answer));
      told.set(derivation.to, [...(told.get(derivation.to) ?? []), ...claims]);
    }
  }
}

/** @param {Factor} factor @param {Derivation} derivation @param {Answer[]} given @param {Reading} reading */
function deriveContext(factor, derivation, given, reading) {
  const { context, expired, problems } = reading;
  for (const answer of given) {
    const step = bandOf(derivation, answer)?.step;
    if (step !== undefined && !isFresh(factor, answer, reading.today)) {
      expired.push({ name: derivation.from, value: shortest(answer), day: answer.date });
    } else if (step !== undefined && (context.get(factor.id) ?? step) !== step) {
      problems.push({ kind: "number_contradicts", facts: [derivation.from, factor.id] });
    } else if (step !== undefined) {
      context.set(factor.id, step);
    }
  }
}

/**
 * What a number says of a fact. One that says nothing of it is a claim all the same: measured again, it takes the place
 * of what it said before.
 * @param {Fact} fact
 * @param {Derivation} derivation
 * @param {Answer} answer
 * @returns {Claim}
 */
function claimFrom(fact, derivation, answer) {
  const [low, high] = bandOf(derivation, answer)?.leaves ?? derivation.otherwise;
  const { source, author, date, day } = answer;
  const name = derivation.from;
  const given = shortest(answer);
  const from = { source: `${name}|${source}`, shown: `${name} ${given}, ${source}`, author, date, day, own: false };
  return { low, high, name, value: fact.steps[low || high], given, ...from };
}

/** The last band that a number reaches. @param {Derivation} derivation @param {Answer} answer */
function bandOf({ bands }, answer) {
  const value = Number(answer.value);
  return bands
    .filter(({ from, above, below }) => value >= Number(from) || value > Number(above) || value < Number(below))
    .pop();
}

/** A number with six digits at most. @param {Answer} answer */
function shortest({ value }) {
  return String(Number(Number(value).toPrecision(6)));
}

/**
 * The contexts that the answers leave; where they leave none, all stay open and the fault is told.
 * @param {Reading} reading
 */
function openContexts(reading) {
  const { kb, context, lo, problems } = reading;
  const names = [...context.keys()];
  const every = [...kb.contexts.keys()];
  let possible = every.filter((number) => names.every((name) => kb.contexts[number][name] === context.get(name)));
  if (possible.length === 0) {
    problems.push({ kind: "impossible_context", facts: names });
    possible = every;
  }
  const isOpen = (/** @type {number} */ number) => kb.closed[number].every((fact) => lo[fact] === 0);
  reading.contexts = possible.filter(isOpen);
  if (reading.contexts.length === 0) {
    reading.contexts = every.filter(isOpen);
    const closed = new Set(possible.flatMap((number) => kb.closed[number]));
    for (const { id } of kb.factList.filter(({ number }) => closed.has(number) && lo[number] > 0)) {
      problems.push({ kind: "does_not_apply", facts: [id, ...names] });
    }
  }
}
