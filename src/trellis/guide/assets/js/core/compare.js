// Whether a setting would be enough for one person, what it would lack, and what it would take.

import { TRUE } from "./condition.js";
import { exceeding, servicesOf, stands } from "./explain.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./explain.js").ServiceView} ServiceView */
/** @typedef {import("./explain.js").Shortfall} Shortfall */
/** @typedef {import("./knowledge.js").Barrier} Barrier */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * `open`: it depends on what is still open; `apart`: an add-on or a response, which is no setting of its own.
 * @typedef {"enough" | "open" | "short" | "not_admitted" | "apart"} Standing
 */
/**
 * How a setting fits one person. `package` is the setting with what has to be joined to it, null when no form of it
 * admits the person. `more`: it is enough, and gives more than the least that is enough. `resolve`: the active needs
 * that exceed it; `fixed`: those of them that rest on history; `open`: those left open that could. `arrange`: services
 * asked for that are no standard part of it.
 * @typedef {{place: string, package: Package | null, now: Standing, more: boolean, lacking: Shortfall[],
 *   lackingNext: Shortfall[], resolve: NeedView[], fixed: NeedView[], open: NeedView[], arrange: ServiceView[],
 *   barriers: Barrier[], servesHold: boolean}} Fit
 */

const NOTHING = { lacking: [], lackingNext: [], resolve: [], fixed: [], open: [], arrange: [], barriers: [] };

/**
 * How a setting, add-on or response fits this person.
 * @param {Recommendation} rec
 * @param {string} place
 * @returns {Fit}
 */
export function fitOf(rec, place) {
  const chosen = packageFor(rec, place);
  if (!chosen) {
    const servesHold = rec.hold?.responses.includes(place) ?? false;
    const now = rec.kb.settings.includes(place) ? "not_admitted" : "apart";
    return { ...NOTHING, place, package: null, now, more: false, servesHold };
  }
  const now = standing(rec, chosen);
  const resolve = exceeding(rec.active, chosen);
  return {
    place,
    package: chosen,
    now,
    more: now === "enough" && rec.now !== null && chosen.rank > rec.now.rank,
    lacking: rec.shortfalls[chosen.id],
    lackingNext: rec.shortfallsNext[chosen.id],
    resolve,
    fixed: resolve.filter(({ fixed }) => fixed),
    open: exceeding(rec.open, chosen),
    arrange: servicesOf(rec).filter(({ id, certain }) => certain && !chosen.services.includes(id)),
    barriers: Object.values(rec.kb.barriers).filter((one) => one.id in chosen.hinders && stands(rec, one) === TRUE),
    servesHold: false,
  };
}

/** What shortfalls make of a package. @param {Recommendation} rec @param {Package} one @returns {Standing} */
export function standing({ shortfalls }, { id }) {
  const rows = shortfalls[id];
  return rows.length === 0 ? "enough" : rows.some(({ certain }) => certain) ? "short" : "open";
}

/**
 * Whether a package takes people in this context; while the context is open, every one may.
 * @param {Recommendation} rec
 * @param {Package} one
 */
export function admits({ reading }, { contexts }) {
  return reading.contexts.length > 1 || contexts.includes(reading.contexts[0]);
}

/**
 * The form of a setting that stands for it: the least restrictive that does not fall short for certain. What is open
 * joins nothing to it.
 * @param {Recommendation} rec
 * @param {string} setting
 * @returns {Package | null}
 */
export function packageFor(rec, setting) {
  const forms = rec.kb.packageList.filter((one) => one.setting === setting && admits(rec, one));
  const order = (/** @type {Package} */ one) => Number(standing(rec, one) === "short");
  return forms.sort((a, b) => order(a) - order(b) || a.rank - b.rank)[0] ?? null;
}
