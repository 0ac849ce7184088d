// What to choose on FindTreatment.gov for a result.

import { servicesOf } from "./explain.js";
import { stepsOf } from "./knowledge.js";

/** With more settings than this that are not ruled out, a kind of place says nothing: all of them would be named. */
const MOST_SETTINGS = 4;

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").PlaceFilter} PlaceFilter */

/**
 * The filters that fit a result, in the order of the content; what is open brings none.
 * @param {Recommendation} rec
 * @returns {PlaceFilter[]}
 */
export function filtersFor(rec) {
  const { kb, now, between, sure, context } = rec;
  const found = new Set((now ? now.packages : between.now).map((id) => kb.packages[id].setting));
  const settings = found.size > MOST_SETTINGS ? [] : [...found];
  const services = servicesOf(rec)
    .filter(({ certain }) => certain)
    .map(({ id }) => id);
  const barriers = rec.barriers.map(({ id }) => id);
  const steps = stepsOf(kb, sure, "now");
  const meets = (/** @type {string[]} */ wanted, /** @type {string[]} */ there) => wanted.some((id) => there.includes(id));
  return kb.placeFilters.filter(
    (one) =>
      one.always ||
      meets(one.settings, settings) ||
      meets(one.services, services) ||
      meets(one.barriers, barriers) ||
      (context !== null && one.ages.includes(context.age)) ||
      one.atLeast.some(([axis, step]) => steps[axis] >= step),
  );
}
