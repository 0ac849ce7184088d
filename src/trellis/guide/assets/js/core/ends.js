// The two exact ends of what the answers leave open, per context: all at best, all at worst. No search.

import { intervals } from "./answers.js";
import { ACUTE, HOLD } from "./engine.js";
import { oncePerKnowledge } from "./knowledge.js";
import { and, maskOf, meets, same } from "./masks.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./engine.js").Requirement} Requirement */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./masks.js").Mask} Mask */

/**
 * One end in one context. `hold` is asked until somebody has looked; `now` joins acute and ongoing needs; `next`
 * ongoing needs and the care that follows a stay. `nowFit` and `nextFit` are the places of the packages that fit.
 * @typedef {{context: number, active: Mask, hold: Requirement, now: Requirement, next: Requirement, nowFit: number[],
 *   nextFit: number[]}} End
 */
/** The best and the worst the answers allow in one context. @typedef {{least: End, most: End}} Ends */

/**
 * Both ends in every open context. When nothing is open they are the same object.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @returns {Ends[]}
 */
export function bothEnds(kb, reading) {
  /** @type {Map<number, {atBest: Mask, atWorst: Mask, alike: boolean}>} */
  const holding = new Map();
  return reading.contexts.map((context) => {
    const key = kb.closedAlike[context];
    let found = holding.get(key);
    if (!found) {
      const { lo, hi } = intervals(kb, reading, context);
      const atBest = kb.engine.active(lo);
      const atWorst = kb.engine.active(hi);
      found = { atBest, atWorst, alike: same(atBest, atWorst) };
      holding.set(key, found);
    }
    const least = endOf(kb, found.atBest, context);
    return { least, most: found.alike ? least : endOf(kb, found.atWorst, context) };
  });
}

/** @param {Knowledge} kb @param {Mask} holding @param {number} context @returns {End} */
function endOf({ engine }, holding, context) {
  const active = and(holding, engine.contextMasks[context]);
  const next = engine.requirement(active, "next");
  const now = meets(active, engine.phaseMasks[ACUTE]) ? engine.requirement(active, "now") : next;
  return {
    context,
    active,
    hold: meets(active, engine.phaseMasks[HOLD]) ? engine.requirement(active, "hold") : engine.nothing,
    now,
    next,
    nowFit: engine.fit(now, context),
    nextFit: engine.fit(next, context),
  };
}

/** The needs that matter for being settled, apart from placement and holds: danger, evaluation, safety services. */
export const signatureMasks = oncePerKnowledge((kb) => [
  ...groups(kb, (need) => (need.urgent ? [need.urgent] : [])),
  ...groups(kb, ({ evaluate }) => (evaluate ? [`${evaluate.by}:${evaluate.withinHours}`] : [])),
  ...groups(kb, (need) => need.services.filter((service) => kb.services[service].safety)),
]);

/** @param {Knowledge} kb @param {(need: Need) => string[]} keysOf @returns {Mask[]} */
function groups(kb, keysOf) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (const need of kb.needList) {
    for (const key of keysOf(need)) {
      places.set(key, [...(places.get(key) ?? []), need.place]);
    }
  }
  return [...places.values()].map((group) => maskOf(kb.needList.length, group));
}

/**
 * Whether nothing that is still open can change placement, danger, evaluation or the safety services.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 */
export function isSettled(kb, ends) {
  const masks = signatureMasks(kb);
  const first = ends[0].least;
  return ends.every(({ least, most }) => agrees(masks, first, least) && (least === most || agrees(masks, first, most)));
}

/** @param {Mask[]} masks @param {End} one @param {End} other */
function agrees(masks, one, other) {
  return (
    one === other ||
    (one.hold === other.hold &&
      sameFit(one.nowFit, other.nowFit) &&
      sameFit(one.nextFit, other.nextFit) &&
      masks.every((mask) => meets(one.active, mask) === meets(other.active, mask)))
  );
}

/** @param {number[]} one @param {number[]} other */
export function sameFit(one, other) {
  return one === other || (one.length === other.length && one.every((place, index) => place === other[index]));
}
