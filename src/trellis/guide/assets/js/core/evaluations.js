// Evaluations: a professional's finding on danger, and which danger it deals with. Danger told after it undoes it.

import { isDanger, isFresh, slides } from "./join.js";

/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {(name: string) => Claim[]} ClaimsOn */

/**
 * The latest finding within its validity, of several of one day the worst, and whether danger told after it undoes it.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {ClaimsOn} claims
 * @param {number} today
 * @returns {{finding: Claim | null, undone: boolean}}
 */
export function standingFinding(kb, fact, claims, today) {
  const found = claims(fact.id).filter((claim) => isFresh(fact, claim, today));
  if (found.length === 0) {
    return { finding: null, undone: false };
  }
  const finding = found.reduce((a, b) => (b.day > a.day || (b.day === a.day && b.low > a.low) ? b : a));
  const told = fact.settles.some((name) =>
    claims(name).some((claim) => undoes(kb, kb.facts[name], claim, finding, claims, today)),
  );
  return { finding, undone: finding.low < fact.start[0] && told };
}

/**
 * Per fact that the evaluation settles: the claims of danger that then count like any other, and those that go. What
 * looks back stays true of the time before; what was said of that moment does not outlive the finding.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {Claim} finding
 * @param {ClaimsOn} claims
 */
export function loweredBy(kb, fact, finding, claims) {
  return fact.settles.map((name) => {
    const settled = kb.facts[name];
    const danger = claims(name).filter(({ low }) => isDanger(settled, low));
    const looksBack = slides(settled) || settled.windowDays !== null;
    const gone = looksBack ? [] : danger.filter(({ day }) => day < finding.day);
    return { name, likeAny: danger.filter((claim) => !gone.includes(claim)), gone };
  });
}

/**
 * Whether this danger was told after the finding: by anybody on a later day, by others on the same day.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {Claim} claim
 * @param {Claim} finding
 * @param {ClaimsOn} claims
 * @param {number} today
 */
function undoes(kb, fact, claim, finding, claims, today) {
  if (!isDanger(fact, claim.low) || claim.day < finding.day) {
    return false;
  }
  if (claim.day === finding.day && claim.source === finding.source && claim.author === finding.author) {
    return false;
  }
  const reaches = slides(fact) ? fact.within[claim.low] : fact.windowDays;
  if (reaches === null || claim.day - reaches > finding.day) {
    return true;
  }
  return !isCalmNow(kb, fact, finding, claims, today);
}

/**
 * Whether since the finding it was said of now, within its validity, that there is no such danger.
 * @param {Knowledge} kb
 * @param {Fact} fact
 * @param {Claim} finding
 * @param {ClaimsOn} claims
 * @param {number} today
 */
function isCalmNow(kb, fact, finding, claims, today) {
  if (fact.now === null) {
    return false;
  }
  const now = kb.facts[fact.now];
  const since = claims(fact.now).filter((claim) => claim.day >= finding.day && isFresh(now, claim, today));
  return since.length > 0 && !since.some(({ high }) => isDanger(now, high));
}
