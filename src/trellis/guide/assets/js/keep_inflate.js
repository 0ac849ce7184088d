// @ts-check
// Unpacks what was packed with DEFLATE (RFC 1951). Browsers of 2021 cannot do this by themselves, and answers that were
// kept in a newer browser must open in them too.

const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST = 15;
const END_OF_BLOCK = 256;

/** How many codes there are of each length, and the symbols in the order of their codes.
 * @typedef {{counts: Uint16Array, symbols: Uint16Array}} Tree */

/**
 * @param {Uint8Array} data
 * @param {number} most more bytes than this are refused
 * @returns {Uint8Array}
 * @throws {RangeError} it is not well formed, ends too early, goes on after its end, or becomes too large
 */
export function inflate(data, most) {
  let place = 0;
  let held = 0;
  let heldBits = 0;
  let out = new Uint8Array(Math.min(most, Math.max(1024, data.length * 4)));
  let size = 0;

  /** @param {number} count */
  function bits(count) {
    while (heldBits < count) {
      if (place >= data.length) {
        throw new RangeError("it ends too early");
      }
      held |= data[place] << heldBits;
      place += 1;
      heldBits += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    heldBits -= count;
    return value;
  }

  /** @param {number} byte */
  function put(byte) {
    if (size === most) {
      throw new RangeError("it is too large");
    }
    if (size === out.length) {
      const larger = new Uint8Array(Math.min(most, size * 2));
      larger.set(out);
      out = larger;
    }
    out[size] = byte;
    size += 1;
  }

  /** @param {Tree} tree */
  function symbol(tree) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST; length += 1) {
      code |= bits(1);
      const count = tree.counts[length];
      if (code - first < count) {
        return tree.symbols[index + code - first];
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError("no such code");
  }

  function stored() {
    held = 0;
    heldBits = 0;
    const length = bits(16);
    if (bits(16) !== (length ^ 0xffff)) {
      throw new RangeError("the length of a stored part is wrong");
    }
    for (let count = 0; count < length; count += 1) {
      put(bits(8));
    }
  }

  /** @param {Tree} literals @param {Tree} distances */
  function packed(literals, distances) {
    for (;;) {
      const found = symbol(literals);
      if (found === END_OF_BLOCK) {
        return;
      }
      if (found < END_OF_BLOCK) {
        put(found);
        continue;
      }
      const step = found - END_OF_BLOCK - 1;
      if (step >= LENGTHS.length) {
        throw new RangeError("no such length");
      }
      const length = LENGTHS[step] + bits(LENGTH_BITS[step]);
      const far = symbol(distances);
      if (far >= DISTANCES.length) {
        throw new RangeError("no such distance");
      }
      const distance = DISTANCES[far] + bits(DISTANCE_BITS[far]);
      if (distance > size) {
        throw new RangeError("it begins before the start");
      }
      for (let count = 0; count < length; count += 1) {
        put(out[size - distance]);
      }
    }
  }

  /** @returns {[Tree, Tree]} */
  function ownTrees() {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const codes = bits(4) + 4;
    const lengths = new Uint8Array(320);
    for (let index = 0; index < codes; index += 1) {
      lengths[CODE_ORDER[index]] = bits(3);
    }
    const codeTree = treeOf(lengths.slice(0, 19));
    lengths.fill(0);
    let index = 0;
    while (index < literals + distances) {
      const found = symbol(codeTree);
      if (found < 16) {
        lengths[index] = found;
        index += 1;
        continue;
      }
      if (found === 16 && index === 0) {
        throw new RangeError("nothing to repeat");
      }
      const value = found === 16 ? lengths[index - 1] : 0;
      const times = found === 16 ? 3 + bits(2) : found === 17 ? 3 + bits(3) : 11 + bits(7);
      if (index + times > literals + distances) {
        throw new RangeError("too many lengths");
      }
      lengths.fill(value, index, index + times);
      index += times;
    }
    return [treeOf(lengths.slice(0, literals)), treeOf(lengths.slice(literals, literals + distances))];
  }

  for (let last = 0; last === 0; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      stored();
    } else if (kind === 1) {
      packed(...fixedTrees());
    } else if (kind === 2) {
      packed(...ownTrees());
    } else {
      throw new RangeError("no such kind of part");
    }
  }
  if (place !== data.length) {
    throw new RangeError("it goes on after its end");
  }
  return out.slice(0, size);
}

/** @param {Uint8Array} lengths the length of the code of each symbol; 0: it does not occur @returns {Tree} */
function treeOf(lengths) {
  const counts = new Uint16Array(LONGEST + 1);
  for (const length of lengths) {
    counts[length] += 1;
  }
  counts[0] = 0;
  let left = 1;
  const offsets = new Uint16Array(LONGEST + 2);
  for (let length = 1; length <= LONGEST; length += 1) {
    left = left * 2 - counts[length];
    if (left < 0) {
      throw new RangeError("more codes than there is room for");
    }
    offsets[length + 1] = offsets[length] + counts[length];
  }
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length > 0) {
      symbols[offsets[length]] = symbol;
      offsets[length] += 1;
    }
  });
  return { counts, symbols };
}

/** @returns {[Tree, Tree]} */
function fixedTrees() {
  const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
  return [treeOf(lengths), treeOf(new Uint8Array(30).fill(5))];
}
