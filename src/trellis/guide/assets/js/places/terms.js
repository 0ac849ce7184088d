// @ts-check
/** What never changes about places: features as bits, kinds of care with what they usually give. As `trellis.directory.terms`. */

/** @typedef {import("../core/knowledge.js").Knowledge} Knowledge */
/**
 * @typedef {{id: string, group: string, offers: string[], gives: [number, number][], says: number[], services: string[],
 *   orders: boolean, contexts: Record<string, string[]>, language: string}} Feature
 * Features as bits, so many to a word. @typedef {number[]} Mask
 * `alone`: features that say this kind of care and no other; `among`: those that say it or others. `usual`: a step on
 * each axis, `steps` the same as bits.
 * @typedef {{id: string, usual: number[], steps: number, ranked: boolean, alone: string[], among: string[],
 *   maskAlone: Mask, maskAmong: Mask}} Kind
 * @typedef {{features: Record<string, Feature>, kinds: Kind[], byId: Record<string, Kind>, bit: Record<string, number>,
 *   axes: Knowledge["axes"], tops: number[], homes: number[], giving: {bit: number, axis: number, step: number, treats: boolean}[]}} Terms
 */

/** Bits in a word of a mask: what JavaScript counts in without a sign. */
const WORD = 30;
/** Steps on all axes stand in one number of so many bits. */
const ROOM = 31;

/** @param {Knowledge} kb @param {any} data `places/terms.json` @returns {Terms} */
export function termsOf(kb, data) {
  if (kb.width > ROOM) {
    throw new Error(`There is room for ${ROOM} steps, not for ${kb.width}.`);
  }
  /** @type {Feature[]} */
  const list = data.features.map((/** @type {any} */ one) => ({
    offers: [], gives: [], says: [], services: [], orders: false, contexts: {}, language: "", ...one,
  }));
  const features = Object.assign(Object.create(null), Object.fromEntries(list.map((one) => [one.id, one])));
  const bit = Object.assign(Object.create(null), Object.fromEntries(list.map(({ id }, place) => [id, place])));
  const words = Math.ceil(list.length / WORD);
  const terms = /** @type {Terms} */ ({ features, bit, axes: kb.axes, tops: kb.axes.map(({ steps }) => steps.length - 1), homes: data.homes });
  terms.giving = list.flatMap(({ id, gives, group }) =>
    gives.map(([axis, step]) => ({ bit: bit[id], axis, step, treats: group === "treats" })),
  );
  terms.kinds = data.kinds.map((/** @type {any} */ { id, usual, ranked = false }) => {
    const alone = list.filter(({ offers }) => offers.length === 1 && offers[0] === id).map((one) => one.id);
    const among = list.filter(({ offers }) => offers.length > 1 && offers.includes(id)).map((one) => one.id);
    const [maskAlone, maskAmong] = [alone, among].map((ids) => mask(terms, ids, words));
    return { id, usual, ranked, alone, among, maskAlone, maskAmong, steps: unary(terms, usual) };
  });
  terms.byId = Object.fromEntries(terms.kinds.map((one) => [one.id, one]));
  return terms;
}

/** Some features as a mask. @param {Terms} terms @param {string[]} ids @param {number} [words] @returns {Mask} */
export function mask({ bit }, ids, words = Math.ceil(Object.keys(bit).length / WORD)) {
  const found = new Array(words).fill(0);
  for (const id of ids) {
    found[Math.floor(bit[id] / WORD)] |= 1 << bit[id] % WORD;
  }
  return found;
}

/** Whether any of the features of two masks is the same. @param {Mask} one @param {Mask} other */
export function meet(one, other) {
  return one.some((word, place) => (word & other[place]) !== 0);
}

/** @param {Mask} one @param {number} bit */
export function holds(one, bit) {
  return ((one[Math.floor(bit / WORD)] >> bit % WORD) & 1) === 1;
}

/** Steps on all axes as bits, a step as so many in a row: all that is asked is given where none is missing. @param {Terms} terms @param {number[]} steps */
export function unary({ axes }, steps) {
  return steps.reduce((found, step, place) => found | (((1 << step) - 1) << axes[place].at), 0);
}

/** The features that say that a place takes such people. @param {Terms} terms @param {string} factor @param {string} value */
export function forContext({ features }, factor, value) {
  return Object.values(features).filter(({ contexts }) => (contexts[factor] || []).includes(value)).map(({ id }) => id);
}

/** Whether somebody lives in the same way in two kinds of care. @param {Terms} terms @param {string} one @param {string} other */
export function livesAlike({ byId, homes }, one, other) {
  return homes.every((axis) => byId[one].usual[axis] === byId[other].usual[axis]);
}
