// How the answers to one fact join: what each says, how long it says it, and which of several counts.
// The rules stand in docs/how-it-decides.md; tests/joining holds this reader and the other one to them.

import { rankOf } from "./knowledge.js";
import { dayOf, daysLater, tells } from "./parsing.js";

/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./parsing.js").Answer} Answer */

/**
 * What one answer or number says of one fact, in worse-ranks: no better than `low`, no worse than `high`. `name` is the
 * fact or number answered, `given` the answer, `value` the step that it means. A number's source is never a person's
 * own; `own`: it answers the fact itself. `day` is its date as a number.
 * @typedef {{low: number, high: number, name: string, value: string, given: string, source: string, shown: string,
 *   date: string, day: number, author: string, own: boolean}} Claim
 */
/** Two sources that do not agree. The worse one counts. @typedef {{fact: string, values: string[], sources: string[]}}
 *   Disagreement */
/** An answer too old to count, and the last day that it did. @typedef {{name: string, value: string, day: string,
 *   until: string}} Expired */
/** Danger that stays in force though its source says less now: until an evaluation, or a day.
 * @typedef {{fact: string, value: string, day: string, until: string | null}} Standing */
/**
 * What all claims on one fact come to. `counted` are those that count; `latched`: danger as last known.
 * @typedef {{low: number, high: number, counted: Claim[], latched: boolean, standing: Claim | null, expired: Claim[],
 *   disagreement: Disagreement | null}} Joined
 */

/**
 * A fact that stands somewhere for certain, or about which nothing is told.
 * @param {number} low
 * @param {number} high
 * @param {Partial<Joined>} [more]
 * @returns {Joined}
 */
export function joinedAt(low, high, more = {}) {
  return { low, high, counted: [], latched: false, standing: null, expired: [], disagreement: null, ...more };
}

/** What the answers to a fact say of it. @param {Fact} fact @param {Answer[]} given @param {string} asOf */
export function claimsOf(fact, given, asOf) {
  return given.filter(tells).map((answer) => {
    const value = String(answer.value);
    const rank = rankOf(fact, value);
    const [low, high] = [answer.at_most ? 0 : rank, answer.at_least ? fact.top : rank];
    const { source, author } = answer;
    const said = { low, high, name: fact.id, value, given: value, source, shown: source, author };
    return dated({ ...said, own: fact.kind !== "score" }, answer.date ?? asOf);
  });
}

/** @param {Omit<Claim, "date" | "day">} claim @param {string} date @returns {Claim} */
export function dated(claim, date) {
  return { ...claim, date, day: /** @type {number} */ (dayOf(date)) };
}

/** Whether a worse-rank tells of danger that stays in force. @param {Fact} fact @param {number} rank */
export function isDanger(fact, rank) {
  return fact.dangerRank !== null && rank >= fact.dangerRank;
}

/** @param {Fact} fact @param {Claim} claim @param {number} today */
export function isFresh(fact, claim, today) {
  return fact.validDays === null || today - claim.day <= fact.validDays;
}

/** Whether the scale is one of times, whose steps move further back as days pass. @param {Fact} fact */
export function slides(fact) {
  return fact.within.some((days) => days !== null);
}

/**
 * A claim on a scale of times as it stands some days later: the worst step whose days reach back to the day it was told.
 * @param {Fact} fact
 * @param {Claim} claim
 * @param {number} today
 */
export function slid(fact, claim, today) {
  let low = claim.low;
  while ((fact.within[low] ?? Infinity) < today - claim.day) {
    low -= 1;
  }
  return low === claim.low ? claim : { ...claim, low, high: claim.high === claim.low ? low : claim.high };
}

/** The last day on which danger stays in force whatever is said later; null on a scale of times. @param {Fact} fact
 * @param {Claim} claim */
export function holdsUntil(fact, claim) {
  return slides(fact) ? null : daysLater(claim.date, Math.max(fact.windowDays ?? 0, fact.validDays ?? 0));
}

/** @param {Fact} fact @param {Claim} claim @param {number} today */
function isInWindow(fact, claim, today) {
  return slides(fact) || today <= claim.day + Math.max(fact.windowDays ?? 0, fact.validDays ?? 0);
}

/** Whether a claim says that there is danger, or that there is none. @param {Fact} fact @param {Claim} claim */
function speaksOfDanger(fact, claim) {
  return isDanger(fact, claim.low) || !isDanger(fact, claim.high);
}

/**
 * Whether it was said later that there is no such danger; of a number, that it was measured again and is better.
 * @param {Fact} fact
 * @param {Claim} danger
 * @param {Claim[]} claims
 */
function answeredSince(fact, danger, claims) {
  return claims.some(
    (claim) =>
      claim.day > danger.day &&
      (!isDanger(fact, claim.high) || (claim.source === danger.source && !claim.own)) &&
      !isDanger(fact, claim.low),
  );
}

/**
 * Join all claims on one fact.
 * @param {Fact} fact
 * @param {Claim[]} claims in the order given
 * @param {number} today
 * @param {Set<Claim>} lowered claims of danger that an evaluation has dealt with: they count like any other
 * @returns {Joined}
 */
export function join(fact, claims, today, lowered) {
  const moved = claims.map((claim) => (slides(fact) ? slid(fact, claim, today) : claim));
  /** @type {Map<string, number>} */
  const latest = new Map();
  for (const { source, day } of moved) {
    latest.set(source, Math.max(latest.get(source) ?? day, day));
  }
  const last = moved.filter(({ source, day }) => day === latest.get(source));
  const fresh = new Set(last.filter((claim) => isFresh(fact, claim, today)));
  const danger = moved.filter((claim) => isDanger(fact, claim.low));
  const wasLowered = (/** @type {Claim} */ claim) => lowered.has(claims[moved.indexOf(claim)]);
  const answered = (/** @type {Claim} */ claim) => answeredSince(fact, claim, moved);
  const held = new Set(
    danger.filter((claim) => !wasLowered(claim) && (isInWindow(fact, claim, today) || !answered(claim))),
  );
  // What an evaluation has dealt with is no danger any more; but the month still had it, until somebody says otherwise.
  const past = danger.filter(
    (claim) => wasLowered(claim) && fact.windowDays && isInWindow(fact, claim, today) && !answered(claim),
  );
  const counted = moved.filter((claim) => fresh.has(claim) || held.has(claim) || past.includes(claim));
  if (counted.length === 0) {
    const low = slides(fact) ? Math.max(0, ...last.map((claim) => claim.low)) : 0; // what has happened stays true
    return joinedAt(low, fact.top, { counted: low > 0 ? last : [], expired: last });
  }
  const onlyHeld = [...held].filter((claim) => !fresh.has(claim));
  const bounds = counted.map((claim) => (fresh.has(claim) ? claim : { ...claim, high: fact.top }));
  const exact = bounds.filter(({ low, high }) => low === high).map(({ high }) => high);
  const low = Math.max(...bounds.map((claim) => claim.low));
  const high = Math.max(low, exact.length > 0 ? Math.max(...exact) : Math.min(...bounds.map((claim) => claim.high)));
  const spoken = [...fresh].filter((claim) => speaksOfDanger(fact, claim));
  const less = spoken.length > 0 && spoken.every((claim) => claim.low < low);
  const standing = (less && onlyHeld.find((claim) => claim.low === low)) || null;
  const latched = onlyHeld.length > 0 && spoken.length === 0;
  return joinedAt(low, high, { counted, latched, standing, disagreement: disagreementOf(fact, bounds, low, standing) });
}

/**
 * The claims that cannot be true together with the one that counts. A source that says less now is a change.
 * @param {Fact} fact
 * @param {Claim[]} bounds
 * @param {number} low
 * @param {Claim | null} standing
 * @returns {Disagreement | null}
 */
function disagreementOf(fact, bounds, low, standing) {
  const against = bounds.filter((claim) => claim.high < low && (!standing || claim.source !== standing.source));
  if (against.length === 0) {
    return null;
  }
  return disagreement(
    fact.id,
    bounds.filter((claim) => against.includes(claim) || claim.low === low),
  );
}

/**
 * Of what was said by whom, each once.
 * @param {string} fact
 * @param {{value: string, shown: string}[]} claims
 * @returns {Disagreement}
 */
export function disagreement(fact, claims) {
  const pairs = [...new Map(claims.map((one) => [`${one.value}\u0000${one.shown}`, one])).values()];
  return { fact, values: pairs.map(({ value }) => value), sources: pairs.map(({ shown }) => shown) };
}
