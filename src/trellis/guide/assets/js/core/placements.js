// Which packages fit: now and next, at least and at most, and what lies between.

import { TRUE, evaluate } from "./condition.js";
import { sameFit } from "./ends.js";
import { covers } from "./engine.js";
import { stepsOf } from "./knowledge.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./ends.js").End} End */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Package} Package */
/** @typedef {"now" | "next"} Phase */
/**
 * The packages of lowest rank that fit, best match with the person's wishes first. `requirement` is asked for certain,
 * `upTo` may be asked while answers are open; `asked` is the same as integers.
 * @typedef {{packages: string[], rank: number, requirement: [string, string][], upTo: [string, string][],
 *   asked: number[]}} Placement
 */
/** @typedef {{now: Placement, next: Placement}} Outlook */

/** @param {End} end @param {Phase} phase */
function fitOfEnd(end, phase) {
  return phase === "now" ? end.nowFit : end.nextFit;
}

/**
 * The least or the most over all open contexts.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {"least" | "most"} side
 * @returns {Outlook}
 */
export function outlook(kb, reading, ends, side) {
  /** @param {Phase} phase */
  const found = (phase) => {
    const rank = (/** @type {End} */ end) => kb.packageList[fitOfEnd(end, phase)[0]].rank;
    const better = (/** @type {End} */ a, /** @type {End} */ b) =>
      side === "most" ? rank(b) > rank(a) : rank(b) < rank(a);
    const chosen = ends.map((pair) => pair[side]).reduce((a, b) => (better(a, b) ? b : a));
    return placementOf(kb, reading, chosen, phase, chosen[phase].steps, chosen[phase].steps);
  };
  return { now: found("now"), next: found("next") };
}

/**
 * The placement when every end has the same lowest-rank fitting set, else null.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {Phase} phase
 * @returns {Placement | null}
 */
export function placement(kb, reading, ends, phase) {
  const first = fitOfEnd(ends[0].least, phase);
  const one = ends.every(({ least, most }) => [least, most].every((end) => sameFit(first, fitOfEnd(end, phase))));
  if (!one) {
    return null;
  }
  /** @param {"least" | "most"} side @param {(...steps: number[]) => number} choose */
  const over = (side, choose) =>
    ends.map((pair) => pair[side][phase].steps).reduce((a, b) => a.map((step, axis) => choose(step, b[axis])));
  return placementOf(kb, reading, ends[0].least, phase, over("least", Math.min), over("most", Math.max));
}

/**
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {End} end
 * @param {Phase} phase
 * @param {number[]} asked
 * @param {number[]} upTo
 * @returns {Placement}
 */
function placementOf(kb, reading, end, phase, asked, upTo) {
  const packages = fitOfEnd(end, phase).map((place) => kb.packageList[place]);
  const told = packages.length > 1 ? activeBarriers(kb, reading).flatMap((barrier) => barrier.meets) : [];
  // How many of the person's barriers each package meets: orders packages within a rank, nothing else.
  const met = (/** @type {Package} */ one) => told.filter((meet) => one.meets.includes(meet)).length;
  const sorted = [...packages].sort((a, b) => met(a) - met(b));
  return {
    packages: sorted.map(({ id }) => id),
    rank: packages[0].rank,
    requirement: stepsOf(kb, asked),
    upTo: stepsOf(kb, upTo),
    asked: upTo,
  };
}

/**
 * Packages that cover what is asked at least and rank no higher than the most, in some open context.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 * @param {Phase} phase
 * @returns {string[]}
 */
export function between(kb, ends, phase) {
  /** @type {Set<number>} */
  const places = new Set();
  for (const { least, most } of ends) {
    const top = kb.packageList[fitOfEnd(most, phase)[0]].rank;
    for (const [place, one] of kb.packageList.entries()) {
      if (one.rank <= top && one.contexts.includes(least.context) && covers(one.gives, least[phase].steps)) {
        places.add(place);
      }
    }
  }
  return [...places].sort((a, b) => a - b).map((place) => kb.packageList[place].id);
}

/** What a person told of that collides with what a place may ask. @param {Knowledge} kb @param {Reading} reading */
export function activeBarriers(kb, { lo, hi }) {
  return Object.values(kb.barriers).filter(({ node }) => evaluate(node, lo, hi) === TRUE);
}
