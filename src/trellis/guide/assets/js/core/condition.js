// Conditions on facts, as the compiled knowledge holds them, without "not".

export const FALSE = 0;
export const TRUE = 1;
export const OPEN = 2;

/**
 * A condition. A leaf holds when the worse-rank of `fact` lies in `low..high`; any other when at least `needed` of
 * those it is made `of` hold.
 * @typedef {{of?: undefined, fact: number, low: number, high: number} | {needed: number, of: Node[]}} Node
 */
/** Worse-ranks, one a fact. @typedef {number[]} Ranks */

/**
 * The value of a condition where all that is known of a fact is an interval: `TRUE`, `FALSE`, or `OPEN` where the
 * answers do not say.
 * @param {Node} node
 * @param {Ranks} lo
 * @param {Ranks} hi
 * @returns {number}
 */
export function evaluate(node, lo, hi) {
  if (node.of === undefined) {
    const best = lo[node.fact];
    const worst = hi[node.fact];
    if (node.low <= best && worst <= node.high) {
      return TRUE;
    }
    return worst < node.low || node.high < best ? FALSE : OPEN;
  }
  let sure = 0;
  let possible = 0;
  for (const child of node.of) {
    const value = evaluate(child, lo, hi);
    sure += value === TRUE ? 1 : 0;
    possible += value === FALSE ? 0 : 1;
  }
  if (sure >= node.needed) {
    return TRUE;
  }
  return possible < node.needed ? FALSE : OPEN;
}

/**
 * The open facts below the parts of a condition that are open: what is already decided is not asked about.
 * @param {Node} node
 * @param {Ranks} lo
 * @param {Ranks} hi
 * @param {number[]} [found] what they are added to
 * @returns {number[]}
 */
export function openFacts(node, lo, hi, found = []) {
  if (evaluate(node, lo, hi) === OPEN) {
    (node.of ?? []).forEach((child) => openFacts(child, lo, hi, found));
    if (node.of === undefined) {
      found.push(node.fact);
    }
  }
  return found;
}
