// Whether a setting would be enough for one person, what it would lack, and what it would take.

import { TRUE } from "./condition.js";
import { collides } from "./reasons.js";
import { packageFor, standing } from "./standing.js";

export { packageFor, standing };
export { fare } from "./values.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./explain.js").ServiceView} ServiceView */
/** @typedef {import("./explain.js").Shortfall} Shortfall */
/** @typedef {import("./knowledge.js").Barrier} Barrier */
/** @typedef {import("./knowledge.js").Package} Package */
/** @typedef {import("./standing.js").Standing} Standing */
/**
 * How a setting fits one person. `package` is the setting with what has to be joined to it, null when no form of it
 * admits the person. `more`: it is enough, and gives more than the least that is enough. `resolve`: the active needs
 * that exceed it; `fixed`: those of them that rest on history; `open`: those left open that could. `arrange`: services
 * asked for that are no standard part of it.
 * @typedef {{place: string, package: Package | null, joined: string[], now: Standing, next: Standing, more: boolean,
 *   lacking: Shortfall[], lackingNext: Shortfall[], resolve: NeedView[], fixed: NeedView[], open: NeedView[],
 *   arrange: ServiceView[], barriers: Barrier[], servesHold: boolean}} Fit
 */

/**
 * How a setting, add-on or response fits this person.
 * @param {Recommendation} rec
 * @param {string} place
 * @returns {Fit}
 */
export function fitOf(rec, place) {
  if (!rec.kb.settings.includes(place)) {
    return noFit(place, "apart", rec.hold !== null && rec.hold.responses.includes(place));
  }
  const chosen = packageFor(rec, place);
  if (!chosen) {
    return noFit(place, "not_admitted", false);
  }
  const lacking = rec.shortfalls[chosen.id];
  const lackingNext = rec.shortfallsNext[chosen.id];
  const way = rec.stepDown[chosen.id];
  const now = standing(lacking);
  const named = (/** @type {string[]} */ names) => names.map((name) => rec.need(name));
  return {
    place,
    package: chosen,
    joined: chosen.parts.slice(1),
    now,
    next: standing(lackingNext),
    more: now === "enough" && rec.now !== null && chosen.rank > rec.now.rank,
    lacking,
    lackingNext,
    resolve: named(way.resolve),
    fixed: named(way.fixed),
    open: named(way.open),
    arrange: rec.services.filter(({ id, certain }) => certain && !chosen.services.includes(id)),
    barriers: Object.values(rec.kb.barriers).filter(
      (barrier) => collides(barrier, chosen.meets) && rec.stands(barrier.node, {}) === TRUE,
    ),
    servesHold: false,
  };
}

/** @param {string} place @param {Standing} standing @param {boolean} servesHold @returns {Fit} */
function noFit(place, standing, servesHold) {
  return {
    place,
    package: null,
    joined: [],
    now: standing,
    next: standing,
    more: false,
    lacking: [],
    lackingNext: [],
    resolve: [],
    fixed: [],
    open: [],
    arrange: [],
    barriers: [],
    servesHold,
  };
}
