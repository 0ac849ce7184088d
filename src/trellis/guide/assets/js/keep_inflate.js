// @ts-check
// Unpacks what was packed with DEFLATE (RFC 1951). Browsers of 2021 cannot do this by themselves, and answers that were
// kept in a newer browser must open in them too. All browsers take this one way, so that what is tested is what runs.
// That no byte was changed is shown by the seal before; fflate is laxer than zlib (it does not compare the two lengths of a
// stored part).

import { inflateSync } from "./vendor/fflate.js";

/**
 * @param {Uint8Array} data
 * @param {number} most more bytes than this are refused
 * @returns {Uint8Array}
 * @throws {RangeError} it is not well formed, ends too early, goes on after its end, or becomes too large
 */
export function inflate(data, most) {
  const out = unpacked(data, most);
  if (out === null) {
    throw new RangeError("it is not well formed, or ends too early");
  }
  if (out.length > most) {
    throw new RangeError("it is too large");
  }
  // fflate passes over what stands behind the end. Without such bytes, the last one is needed.
  if (unpacked(data.subarray(0, -1), most) !== null) {
    throw new RangeError("it goes on after its end");
  }
  return out;
}

/** Room for one byte too many shows that it is too large, and holds a small file that would fill the memory.
 * @param {Uint8Array} data @param {number} most @returns {Uint8Array | null} null when it is not whole */
function unpacked(data, most) {
  try {
    return inflateSync(data, { out: new Uint8Array(most + 1) });
  } catch {
    return null;
  }
}
