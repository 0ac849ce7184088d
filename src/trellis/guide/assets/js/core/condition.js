// Conditions on facts, as the compiled knowledge holds them: nested lists of integers, without "not".

export const FALSE = 0;
export const TRUE = 1;
export const OPEN = 2;

const WITHIN = 1;
const ALL = 2;
const COUNT = 4;

/**
 * A condition. A leaf (`children` is null) holds when the worse-rank of `fact` lies in `low..high`; any other when at
 * least `needed` of its children hold.
 * @typedef {{fact: number, low: number, high: number, needed: number, children: Node[] | null}} Node
 */

/** Worse-ranks, one a fact. @typedef {number[]} Ranks */

/**
 * Read a condition as it is shipped: `[1, fact, low, high]`, `[2, …]` all, `[3, …]` any, `[4, k, …]` at least k.
 * @param {any[]} plain
 * @returns {Node}
 */
export function readNode(plain) {
  const operator = plain[0];
  if (operator === WITHIN) {
    return { fact: plain[1], low: plain[2], high: plain[3], needed: 0, children: null };
  }
  const children = plain.slice(operator === COUNT ? 2 : 1).map(readNode);
  const needed = operator === COUNT ? plain[1] : operator === ALL ? children.length : 1;
  return { fact: -1, low: 0, high: 0, needed, children };
}

/**
 * The value of a condition where all that is known of a fact is an interval: `TRUE`, `FALSE`, or `OPEN` where the
 * answers do not say.
 * @param {Node} node
 * @param {Ranks} lo
 * @param {Ranks} hi
 * @returns {number}
 */
export function evaluate(node, lo, hi) {
  if (node.children === null) {
    const best = lo[node.fact];
    const worst = hi[node.fact];
    if (node.low <= best && worst <= node.high) {
      return TRUE;
    }
    return worst < node.low || node.high < best ? FALSE : OPEN;
  }
  let sure = 0;
  let possible = 0;
  for (const child of node.children) {
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
 * Whether a condition holds at a point, where every fact has one rank.
 * @param {Node} node
 * @param {Ranks} ranks
 * @returns {boolean}
 */
export function holds(node, ranks) {
  const children = node.children;
  if (children === null) {
    const rank = ranks[node.fact];
    return node.low <= rank && rank <= node.high;
  }
  let missing = node.needed;
  let left = children.length;
  for (let place = 0; missing > 0 && left >= missing; place += 1) {
    left -= 1;
    if (holds(children[place], ranks)) {
      missing -= 1;
    }
  }
  return missing <= 0;
}

/**
 * Add the open facts below the parts of a condition that are open: what is already decided is not asked about.
 * @param {Node} node
 * @param {Ranks} lo
 * @param {Ranks} hi
 * @param {number[]} found
 */
export function addOpenFacts(node, lo, hi, found) {
  if (evaluate(node, lo, hi) !== OPEN) {
    return;
  }
  if (node.children === null) {
    found.push(node.fact);
    return;
  }
  for (const child of node.children) {
    addOpenFacts(child, lo, hi, found);
  }
}
