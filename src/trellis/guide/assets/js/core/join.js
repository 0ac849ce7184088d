// How the answers to one fact join: what each says, how long it says it, and which of several counts.
// The rules stand in docs/how-it-decides.md; tests/joining holds this reader and the other one to them.

import { rankOf } from "./knowledge.js";
import { tells } from "./parsing.js";

/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./parsing.js").Answer} Answer */

/**
 * What one answer or number says of one fact, in worse-ranks: no better than `low`, no worse than `high`. `name` is the
 * fact or number answered, `given` the answer, `value` the step that it means. A number's source is never a person's
 * own; `own`: it answers the fact itself. `day` is its date as a number.
 * @typedef {{low: number, high: number, name: string, value: string, given: string, source: string, shown: string,
 *   date: string, day: number, author: string, own: boolean}} Claim
 */
/**
 * What all claims on one fact come to. `counted` are those that count; `latched`: danger as last known; `standing`:
 * danger that stays in force though its source says less now.
 * @typedef {{low: number, high: number, counted: Claim[], latched: boolean, standing: Claim | null,
 *   expired: Claim[]}} Joined
 */

/**
 * A fact that stands somewhere for certain, or about which nothing is told.
 * @param {number} low
 * @param {number} high
 * @param {Partial<Joined>} [more]
 * @returns {Joined}
 */
export function joinedAt(low, high, more = {}) {
  return { low, high, counted: [], latched: false, standing: null, expired: [], ...more };
}

/** What the answers to a fact say of it. @param {Fact} fact @param {Answer[]} answers @returns {Claim[]} */
export function claimsOf(fact, answers) {
  return answers.filter(tells).map(({ source, author, date, day, ...answer }) => {
    const given = String(answer.value);
    const rank = rankOf(fact, given);
    const [low, high] = [answer.at_most ? 0 : rank, answer.at_least ? fact.top : rank];
    const said = { name: fact.id, value: given, given, source, shown: source, author, date, day };
    return { low, high, ...said, own: fact.kind !== "score" };
  });
}

/** Whether a worse-rank tells of danger that stays in force. @param {Fact} fact @param {number} rank */
export function isDanger({ dangerRank }, rank) {
  return dangerRank !== null && rank >= dangerRank;
}

/** Whether something that was said some day still holds. @param {{validDays: number | null}} of
 * @param {{day: number}} said @param {number} today */
export function isFresh({ validDays }, { day }, today) {
  return validDays === null || today - day <= validDays;
}

/**
 * A claim as it stands some days later: on a scale of times, the worst step whose days reach back to the day it was
 * told.
 * @param {Fact} fact
 * @param {Claim} claim
 * @param {number} today
 */
export function slid({ within }, claim, today) {
  let low = claim.low;
  while ((within?.[low] ?? Infinity) < today - claim.day) {
    low -= 1;
  }
  return low === claim.low ? claim : { ...claim, low, high: claim.high === claim.low ? low : claim.high };
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
  const moved = claims.map((claim) => slid(fact, claim, today));
  const last = moved.filter(({ source, day }) => !moved.some((other) => other.source === source && other.day > day));
  const fresh = last.filter((claim) => isFresh(fact, claim, today));
  const danger = moved.filter((claim) => isDanger(fact, claim.low));
  const isLowered = (/** @type {Claim} */ claim) => lowered.has(claims[moved.indexOf(claim)]);
  const isInWindow = (/** @type {Claim} */ { day }) =>
    fact.within !== null || today <= day + Math.max(fact.windowDays ?? 0, fact.validDays ?? 0);
  const isAnswered = (/** @type {Claim} */ claim) => answeredSince(fact, claim, moved);
  const held = danger.filter((claim) => !isLowered(claim) && (isInWindow(claim) || !isAnswered(claim)));
  // What an evaluation has dealt with is no danger any more; but the month still had it, until somebody says otherwise.
  const past = fact.windowDays
    ? danger.filter((claim) => isLowered(claim) && isInWindow(claim) && !isAnswered(claim))
    : [];
  const counted = moved.filter((claim) => [fresh, held, past].some((several) => several.includes(claim)));
  if (counted.length === 0) {
    const low = fact.within ? Math.max(0, ...last.map((claim) => claim.low)) : 0; // what has happened stays true
    return joinedAt(low, fact.top, { counted: low > 0 ? last : [], expired: last });
  }
  const bounds = counted.map((claim) => ({ low: claim.low, high: fresh.includes(claim) ? claim.high : fact.top }));
  const exact = bounds.filter(({ low, high }) => low === high).map(({ high }) => high);
  const low = Math.max(...bounds.map((one) => one.low));
  const high = exact.length > 0 ? Math.max(...exact) : Math.min(...bounds.map((one) => one.high));
  const onlyHeld = held.filter((claim) => !fresh.includes(claim));
  const spoken = fresh.filter((claim) => isDanger(fact, claim.low) || !isDanger(fact, claim.high));
  const less = spoken.length > 0 && spoken.every((claim) => claim.low < low);
  const standing = (less && onlyHeld.find((claim) => claim.low === low)) || null;
  const latched = onlyHeld.length > 0 && spoken.length === 0;
  return joinedAt(low, Math.max(low, high), { counted, latched, standing });
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
