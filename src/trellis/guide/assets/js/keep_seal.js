// @ts-check
// Encrypting and opening with a passphrase. The passphrase and the key stay in memory and are written nowhere.

import { IV, KeepError, ROUNDS, SALT, headerOf, joined, readSealed, subtle } from "./keep_format.js";
import { inflate } from "./keep_inflate.js";

/** @typedef {import("./keep_format.js").Bytes} Bytes */
/** @typedef {import("./keep_format.js").Sealed} Sealed */

/**
 * What is kept. `format` is that of this object; the knowledge it was answered with is named by version and digest.
 * @typedef {object} Payload
 * @property {"trellis-guide"} kind
 * @property {1 | 2 | 3} format what 1 kept had no record of how it was answered; 2 did not say what worries somebody
 * @property {string} version
 * @property {string} digest
 * @property {"en" | "es"} lang
 * @property {"" | "me" | "loved_one" | "reading"} whom
 * @property {string} date the day on which it was kept, YYYY-MM-DD
 * @property {string[]} [concerns] what worries somebody most
 * @property {boolean} [short] whether only that and danger was asked about
 * @property {Record<string, any>} answers
 * @property {import("./told.js").Told[]} [told] how each answer was given
 * @property {Record<string, number>} matters
 * @property {string[]} aims
 * @property {string[]} approaches
 * @property {string[]} compare
 * @property {{id: string, text: string, on: boolean}[]} questions
 * @property {string[]} own
 */

export const KIND = "trellis-guide";
export const PAYLOAD_FORMAT = 3;
export const SHORTEST = 8;
const STORED = 0;
const DEFLATED = 1;
const MOST_BYTES = 4000000;

/**
 * What is wrong with a passphrase for keeping: "short", or null when it will do.
 * @param {string} passphrase
 * @returns {"short" | null}
 */
export function passphraseProblem(passphrase) {
  return [...normal(passphrase)].length < SHORTEST ? "short" : null;
}

/** The same letters typed on another keyboard are the same passphrase, and a space at its end is none of it.
 * @param {string} passphrase */
function normal(passphrase) {
  return passphrase.normalize("NFKC").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

/** Random bytes. @param {number} count @returns {Bytes} */
function random(count) {
  return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

/**
 * The key of a passphrase. It cannot be read out of the browser again.
 * @param {string} passphrase
 * @param {Bytes} salt
 * @param {number} rounds
 * @returns {Promise<CryptoKey>}
 */
async function keyFor(passphrase, salt, rounds) {
  const bytes = new TextEncoder().encode(normal(passphrase));
  const typed = await subtle().importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return subtle().deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * A new key for keeping.
 * @param {string} passphrase
 * @returns {Promise<{key: CryptoKey, salt: Bytes, rounds: number}>}
 * @throws {KeepError} insecure or short
 */
export async function newKey(passphrase) {
  subtle();
  if (passphraseProblem(passphrase)) {
    throw new KeepError("short");
  }
  const salt = random(SALT);
  return { key: await keyFor(passphrase, salt, ROUNDS), salt, rounds: ROUNDS };
}

/**
 * Encrypt with a key that is there.
 * @param {{key: CryptoKey, salt: Bytes, rounds: number}} with_
 * @param {object} payload
 * @returns {Promise<Sealed>}
 */
export async function sealWith({ key, salt, rounds }, payload) {
  const sealed = { rounds, salt, iv: random(IV), data: new Uint8Array(0) };
  const data = await subtle().encrypt(cipherOf(sealed), key, await pack(payload));
  return { ...sealed, data: new Uint8Array(data) };
}

/**
 * Open a file or a code.
 * @param {string} text
 * @param {string} passphrase
 * @returns {Promise<{payload: Payload, key: {key: CryptoKey, salt: Bytes, rounds: number}}>}
 * @throws {KeepError}
 */
export async function openWith(text, passphrase) {
  subtle();
  const sealed = await readSealed(text);
  const { salt, rounds } = sealed;
  const key = await keyFor(passphrase, salt, rounds);
  let plain;
  try {
    plain = new Uint8Array(await subtle().decrypt(cipherOf(sealed), key, sealed.data));
  } catch {
    throw new KeepError("passphrase");
  }
  return { payload: checked(unpack(plain)), key: { key, salt, rounds } };
}

/** @param {Sealed} sealed */
function cipherOf(sealed) {
  return { name: "AES-GCM", iv: sealed.iv, additionalData: new TextEncoder().encode(headerOf(sealed)), tagLength: 128 };
}

/** Plain values as bytes; the first says whether the rest is packed.
 * @param {object} payload @returns {Promise<Bytes>} */
async function pack(payload) {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  const smaller = await deflate(bytes);
  return smaller && smaller.length < bytes.length
    ? joined(Uint8Array.of(DEFLATED), smaller)
    : joined(Uint8Array.of(STORED), bytes);
}

/** @param {Bytes} bytes @returns {Promise<Bytes | null>} null where the browser cannot pack */
async function deflate(bytes) {
  if (typeof CompressionStream === "undefined") {
    return null;
  }
  try {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  } catch {
    return null; // The first browsers with CompressionStream knew other forms only.
  }
}

/** @param {Uint8Array} plain @returns {unknown} */
function unpack(plain) {
  const [mark] = plain;
  const body = plain.subarray(1);
  try {
    if (mark !== STORED && mark !== DEFLATED) {
      throw new RangeError("no such mark");
    }
    const bytes = mark === DEFLATED ? inflate(body, MOST_BYTES) : body;
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new KeepError("damaged");
  }
}

/** @param {any} payload @returns {Payload} */
function checked(payload) {
  if (typeof payload !== "object" || payload === null || payload.kind !== KIND) {
    throw new KeepError("not_ours");
  }
  if (Number.isInteger(payload.format) && payload.format > PAYLOAD_FORMAT) {
    throw new KeepError("newer");
  }
  const mappings = [payload.answers, payload.matters];
  const lists = [payload.aims, payload.approaches, payload.compare, payload.questions, payload.own, payload.told || [], payload.concerns || []];
  const isMapping = (/** @type {unknown} */ part) => typeof part === "object" && part !== null && !Array.isArray(part);
  if (![1, 2, PAYLOAD_FORMAT].includes(payload.format) || !mappings.every(isMapping) || !lists.every(Array.isArray)) {
    throw new KeepError("damaged");
  }
  return payload;
}
