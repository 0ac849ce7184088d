// Sets of needs as bits: a need's place is its bit. A set is changed only by who made it, while it is made.

/** @typedef {number[]} Mask */

// Thirty, not thirty-two: browsers keep such small numbers unboxed, in arrays that cost next to nothing to make.
const BITS = 30;

/**
 * The set of these places.
 * @param {number} size how many places there are
 * @param {Iterable<number>} places
 * @returns {Mask}
 */
export function maskOf(size, places) {
  const mask = /** @type {number[]} */ (new Array(Math.ceil(size / BITS)).fill(0));
  for (const place of places) {
    add(mask, place);
  }
  return mask;
}

/** @param {Mask} mask @param {number} place */
export function add(mask, place) {
  mask[Math.floor(place / BITS)] |= 1 << (place % BITS);
}

/** @param {Mask} mask @param {Mask} more */
export function addAll(mask, more) {
  for (let word = 0; word < mask.length; word += 1) {
    mask[word] |= more[word];
  }
}

/** @param {Mask} mask @param {number} place */
export function flip(mask, place) {
  mask[Math.floor(place / BITS)] ^= 1 << (place % BITS);
}

/** @param {Mask} a @param {Mask} b @returns {Mask} */
export function and(a, b) {
  return a.map((_, word) => a[word] & b[word]);
}

/** @param {Mask} a @param {Mask} b @returns {Mask} */
export function or(a, b) {
  return a.map((_, word) => a[word] | b[word]);
}

/** What is in `a` and not in `b`. @param {Mask} a @param {Mask} b @returns {Mask} */
export function without(a, b) {
  return a.map((_, word) => a[word] & ~b[word]);
}

/** Whether the sets share a place. @param {Mask} a @param {Mask} b */
export function meets(a, b) {
  for (let word = 0; word < a.length; word += 1) {
    if (a[word] & b[word]) {
      return true;
    }
  }
  return false;
}

/** Whether all three share a place. @param {Mask} a @param {Mask} b @param {Mask} c */
export function meetsAmong(a, b, c) {
  for (let word = 0; word < a.length; word += 1) {
    if (a[word] & b[word] & c[word]) {
      return true;
    }
  }
  return false;
}

/** @param {Mask} a @param {Mask} b */
export function same(a, b) {
  return a.every((word, place) => word === b[place]);
}

/** @param {Mask} mask @param {number} place */
export function has(mask, place) {
  return (mask[Math.floor(place / BITS)] & (1 << (place % BITS))) !== 0;
}

/** How many places of `a` are not in `b`. @param {Mask} a @param {Mask} b */
export function countWithout(a, b) {
  let count = 0;
  for (let word = 0; word < a.length; word += 1) {
    let rest = a[word] & ~b[word];
    while (rest) {
      rest &= rest - 1;
      count += 1;
    }
  }
  return count;
}

/** The places that are set, in order. @param {Mask} mask @returns {number[]} */
export function bits(mask) {
  const places = [];
  for (let word = 0; word < mask.length; word += 1) {
    let rest = mask[word];
    while (rest) {
      places.push(word * BITS + 31 - Math.clz32(rest & -rest));
      rest &= rest - 1;
    }
  }
  return places;
}
