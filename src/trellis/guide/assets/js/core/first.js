// What is said before all else, in no language: the same as `trellis.account.first` gives.

import { compared } from "./explain.js";
import { rankOf } from "./knowledge.js";
import { plain, several, tells } from "./parsing.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answers} Answers */

const NEVER = 10 ** 6;

/**
 * The lines that stand on top whatever is chosen, the soonest danger first.
 * @param {Recommendation} rec
 * @returns {string[]}
 */
export function firstOf({ kb, somewhere }) {
  const keyed = kb.first.flatMap(({ id, needs }, place) => {
    const active = needs.map((name) => kb.needs[name]).filter(({ bit }) => (somewhere & bit) !== 0n);
    const dangers = active.flatMap(({ urgent }) => (urgent ? kb.urgent.indexOf(urgent) : []));
    const key = [Math.min(NEVER, ...dangers), Math.min(NEVER, ...active.map(({ hours }) => hours)), place];
    return active.length > 0 ? [{ id, key }] : [];
  });
  return keyed.sort((a, b) => compared(a.key, b.key)).map(({ id }) => id);
}

/**
 * What is said right below answers that were just given.
 * @param {Knowledge} kb
 * @param {Answers} given
 * @returns {string[]}
 */
export function saidAtOnce(kb, given) {
  const said = (/** @type {string} */ name) => several(given[name]).map(plain);
  return kb.atOnce.filter(({ tells: steps, leftOpen }) => {
    const isTold = Object.entries(steps).some(([name, rank]) =>
      said(name).some(({ value, at_most: most }) => !most && rankOf(kb.facts[name], value) >= rank),
    );
    return isTold || leftOpen.some((name) => said(name).some((one) => !tells(one)));
  }).map(({ id }) => id);
}
