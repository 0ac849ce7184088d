// What shortfalls make of a setting, and which form of it stands for it.

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./explain.js").Shortfall} Shortfall */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * `open`: it depends on what is still open; `apart`: an add-on or a response, which is no setting of its own.
 * @typedef {"enough" | "open" | "short" | "not_admitted" | "apart"} Standing
 */

/** @type {Standing[]} */
const STANDINGS = ["enough", "open", "short", "not_admitted", "apart"];

/** What shortfalls make of a package. @param {Shortfall[]} rows @returns {Standing} */
export function standing(rows) {
  if (rows.length === 0) {
    return "enough";
  }
  return rows.some(({ certain }) => certain) ? "short" : "open";
}

/**
 * Whether a package takes people in this context; while the context is open, every one may.
 * @param {Recommendation} rec
 * @param {Package} one
 */
export function admits({ reading }, one) {
  return reading.contexts.length > 1 || one.contexts.includes(reading.contexts[0]);
}

/**
 * The form of a setting that stands for it: of those that cover most surely what is asked, the least restrictive.
 * @param {Recommendation} rec
 * @param {string} setting
 * @returns {Package | null}
 */
export function packageFor(rec, setting) {
  const forms = rec.kb.packageList.filter((one) => one.setting === setting && admits(rec, one));
  const order = (/** @type {Package} */ { id }) => STANDINGS.indexOf(standing(rec.shortfalls[id]));
  return [...forms].sort((a, b) => order(a) - order(b) || a.rank - b.rank)[0] ?? null;
}
