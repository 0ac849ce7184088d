// Evaluations: a professional's finding on danger, and which danger it deals with. Danger told after it undoes it.

import { isDanger, isFresh, slid, slides } from "./join.js";
import { rankOf } from "./knowledge.js";
import { EVALUATES } from "./parsing.js";

/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {(name: string) => Claim[]} ClaimsOn */
/**
 * `finding`: the latest, of several of one day the worst. `stands`: it counts today. `lowered`: the claims of danger that
 * it deals with and that then count like any other; `gone`: those that do not outlive it, as they were of that moment.
 * @typedef {{finding: Claim | null, stands: boolean, lowered: Record<string, Claim[]>, gone: Record<string, Claim[]>}}
 *   Evaluated
 */

/**
 * What an evaluation fact is at, and which danger it deals with.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {ClaimsOn} claims
 * @param {number} today
 * @returns {Evaluated}
 */
export function evaluated(kb, fact, claims, today) {
  const found = claims(fact.id);
  if (found.length === 0) {
    return { finding: null, stands: false, lowered: {}, gone: {} };
  }
  const finding = found.reduce((a, b) => (b.day > a.day || (b.day === a.day && b.low > a.low) ? b : a));
  if (finding.low >= fact.start[0]) {
    return { finding, stands: true, lowered: {}, gone: {} };
  }
  const names = Object.keys(fact.settles);
  const danger = (/** @type {string} */ name) => {
    const rank = rankOf(kb.facts[name], fact.settles[name]);
    return claims(name).filter(({ low }) => low >= rank);
  };
  const after = Object.fromEntries(names.map((name) => [name, danger(name).filter((one) => isAfter(one, finding))]));
  const undone = names.some((name) =>
    after[name].some((claim) => undoes(kb, kb.facts[name], claim, finding, claims, today)),
  );
  const stands = isFresh(fact, finding, today) && !undone;
  /** @type {Record<string, Claim[]>} */
  const lowered = {};
  /** @type {Record<string, Claim[]>} */
  const gone = {};
  for (const name of names) {
    const looksBack = slides(kb.facts[name]) || kb.facts[name].windowDays !== null;
    const before = danger(name).filter((claim) => !after[name].includes(claim));
    gone[name] = looksBack ? [] : before.filter(({ day }) => day < finding.day);
    lowered[name] = [...before, ...(stands ? after[name] : [])].filter((claim) => !gone[name].includes(claim));
  }
  return { finding, stands, lowered, gone };
}

/** Whether something was told after a finding: on a later day, or on its day by others than the evaluator.
 * @param {Claim} claim @param {Claim} finding */
function isAfter(claim, finding) {
  if (claim.day !== finding.day) {
    return claim.day > finding.day;
  }
  return !EVALUATES.includes(claim.source) || (claim.author !== "" && claim.author !== finding.author);
}

/**
 * Whether danger told after a finding may be of the time after it.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {Claim} claim
 * @param {Claim} finding
 * @param {ClaimsOn} claims
 * @param {number} today
 */
function undoes(kb, fact, claim, finding, claims, today) {
  const reaches = slides(fact) ? fact.within[claim.low] : fact.windowDays;
  if (reaches === null || claim.day - finding.day > reaches) {
    return true;
  }
  if (slides(fact)) {
    const earlier = claims(fact.id).filter((other) => !isAfter(other, finding));
    return !earlier.some((other) => slid(fact, other, claim.day).low >= claim.low);
  }
  return !isCalmNow(kb, fact, claim, claims, today);
}

/**
 * Whether on the day that danger was told, or since, it was said of now that there is none.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {Claim} danger
 * @param {ClaimsOn} claims
 * @param {number} today
 */
function isCalmNow(kb, fact, danger, claims, today) {
  if (fact.now === null) {
    return false;
  }
  const now = kb.facts[fact.now];
  const since = claims(fact.now).filter((claim) => claim.day >= danger.day && isFresh(now, claim, today));
  return since.length > 0 && !since.some(({ high }) => isDanger(now, high));
}
