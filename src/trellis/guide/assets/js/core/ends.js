// The two exact ends of what the answers leave open, per context: all at best, all at worst. No search.

import { intervals } from "./answers.js";
import { asked, covers, needsIn } from "./knowledge.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./knowledge.js").Asked} Asked */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * One end in one context: what its active needs bring together, and the packages that fit now and next. The same
 * packages are always the same object.
 * @typedef {{context: number, brought: bigint, now: Package[], next: Package[]}} End
 */
/** The best and the worst the answers allow in one context. @typedef {{least: End, most: End}} Ends */

/**
 * Both ends in every open context. When nothing is open they are the same object.
 * @param {Reading} reading
 * @returns {Ends[]}
 */
export function bothEnds(reading) {
  return reading.contexts.map((context) => {
    const { best, worst } = intervals(reading, context);
    const least = endOf(reading.kb, best, context);
    return { least, most: best === worst ? least : endOf(reading.kb, worst, context) };
  });
}

/**
 * @param {Knowledge} kb
 * @param {Iterable<Need>} holding needs whose condition holds
 * @param {number} context
 * @returns {End}
 */
export function endOf(kb, holding, context) {
  let brought = 0n;
  for (const need of holding) {
    if (need.contexts.includes(context)) {
      brought |= need.brings;
    }
  }
  const [now, next] = [asked(kb, brought, "now"), asked(kb, brought, "next")];
  return { context, brought, now: fit(kb, now, context), next: fit(kb, next, context) };
}

/**
 * The packages of lowest rank that cover what is asked on every axis and admit the context.
 * @param {Knowledge} kb
 * @param {Asked} wanted
 * @param {number} context
 * @returns {Package[]}
 */
function fit({ packageList, fits, sets }, wanted, context) {
  let found = fits[context].get(wanted);
  if (!found) {
    const fitting = packageList.filter((one) => one.contexts.includes(context) && covers(one.covers, wanted));
    const lowest = fitting.filter(({ rank }) => rank === fitting[0].rank);
    const key = lowest.map(({ id }) => id).join();
    found = sets.get(key) ?? lowest;
    sets.set(key, found);
    fits[context].set(wanted, found);
  }
  return found;
}

/** What must be the same at both ends, apart from placement: a hold, danger, evaluation, safety services.
 * @param {Knowledge} kb @param {bigint} brought */
function apart({ at }, brought) {
  return brought >> BigInt(at.hold);
}

/**
 * Whether nothing that is still open can change placement, danger, evaluation or the safety services.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 */
export function isSettled(kb, ends) {
  const first = ends[0].least;
  const agrees = (/** @type {End} */ end) =>
    end.now === first.now && end.next === first.next && apart(kb, end.brought) === apart(kb, first.brought);
  return ends.every(({ least, most }) => agrees(least) && (least === most || agrees(most)));
}

/**
 * The open needs that could still change placement, a hold, danger, evaluation or safety services.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 */
export function mattering(kb, ends) {
  let found = 0n;
  for (const { least, most } of ends) {
    const open = most.brought & ~least.brought;
    const part = (/** @type {"now" | "next"} */ slot) =>
      least[slot] === most[slot] ? 0n : asked(kb, open, slot) << BigInt(kb.at[slot]);
    const moving = (apart(kb, open) << BigInt(kb.at.hold)) | part("now") | part("next");
    for (const { bit, brings } of needsIn(kb, open & ~found)) {
      found |= (brings & moving) === 0n ? 0n : bit;
    }
  }
  return needsIn(kb, found);
}
