// @ts-check
// How kept answers are written: a file in JSON, and the same as a code of letters and digits that can be read out, sent
// or typed. Nothing is decrypted here; what is damaged is noticed here, before anybody types a passphrase twice.

/**
 * What can go wrong, and is said as `keep.problem.<code>`:
 * - `insecure`: this browser, or a page without https, cannot encrypt;
 * - `short`: the passphrase has too few characters;
 * - `not_ours`: this is no file and no code of the guide;
 * - `damaged`: it was cut off, changed or mistyped;
 * - `newer`: a newer guide made it;
 * - `passphrase`: the passphrase does not open it;
 * - `no_room`: this device does not let the page keep anything;
 * - `nothing_kept`: nothing is kept on this device.
 * @typedef {"insecure" | "short" | "not_ours" | "damaged" | "newer" | "passphrase" | "no_room" | "nothing_kept"} Code
 */

/** Kept answers that cannot be made or opened; `problem` says why. */
export class KeepError extends Error {
  /** @param {Code} problem */
  constructor(problem) {
    super(problem);
    this.name = "KeepError";
    this.problem = problem;
  }
}

/** Encrypted answers, apart from how they are written.
 * @typedef {{rounds: number, salt: Bytes, iv: Bytes, data: Bytes}} Sealed */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

export const FORMAT = 1;
/** Rounds of PBKDF2. A file may ask for more, but not for so many that a phone stands still. */
export const ROUNDS = 600000;
const MOST_ROUNDS = 5000000;
export const SALT = 16;
export const IV = 12;
const TAG = 16;
const MOST_TEXT = 2000000;
const FILE_CHECK = 6;
const CODE_CHECK = 4;
const KEYS = ["trellis_guide", "kdf", "rounds", "salt", "iv", "cipher", "data", "check"];
const KDF = "PBKDF2-SHA256";
const CIPHER = "AES-256-GCM";
/** Crockford's base32: no I, L, O and U, which look like others. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_START = "K";
const GROUP = 5;

/** What is encrypted along, so that nobody can change it unnoticed. @param {Sealed} sealed */
export function headerOf({ rounds, salt, iv }) {
  return JSON.stringify({
    trellis_guide: FORMAT,
    kdf: KDF,
    rounds,
    salt: toBase64(salt),
    iv: toBase64(iv),
    cipher: CIPHER,
  });
}

/** As the text of a file. @param {Sealed} sealed */
export async function toFile(sealed) {
  const check = hexOf((await digestOf(sealed)).slice(0, FILE_CHECK));
  return `${JSON.stringify({ ...JSON.parse(headerOf(sealed)), data: toBase64(sealed.data), check }, null, 1)}\n`;
}

/** As a code in groups of five. @param {Sealed} sealed */
export async function toCode(sealed) {
  const { rounds, salt, iv, data } = sealed;
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, rounds);
  const bytes = joined(head, salt, iv, data, (await digestOf(sealed)).slice(0, CODE_CHECK));
  const letters = `${CODE_START}${FORMAT}${toBase32(bytes)}`;
  return (letters.match(new RegExp(`.{1,${GROUP}}`, "g")) || []).join(" ");
}

/**
 * Read a file or a code.
 * @param {unknown} text
 * @returns {Promise<Sealed>}
 * @throws {KeepError} not_ours, damaged or newer
 */
export async function readSealed(text) {
  if (typeof text !== "string" || text.length > MOST_TEXT) {
    throw new KeepError("not_ours");
  }
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  return trimmed.startsWith("{") ? readFile(trimmed) : readCode(trimmed);
}

/** @param {string} text */
async function readFile(text) {
  let tree;
  try {
    tree = JSON.parse(text);
  } catch {
    throw new KeepError(text.includes("trellis_guide") ? "damaged" : "not_ours");
  }
  const format = tree.trellis_guide;
  if (format === undefined) {
    throw new KeepError("not_ours");
  }
  if (Number.isInteger(format) && format > FORMAT) {
    throw new KeepError("newer");
  }
  const names = Object.keys(tree);
  const whole = names.length === KEYS.length && KEYS.every((name) => names.includes(name));
  if (!whole || format !== FORMAT || tree.kdf !== KDF || tree.cipher !== CIPHER || !Number.isInteger(tree.rounds)) {
    throw new KeepError("damaged");
  }
  const sealed = {
    rounds: tree.rounds,
    salt: fromBase64(tree.salt),
    iv: fromBase64(tree.iv),
    data: fromBase64(tree.data),
  };
  if (tree.check !== hexOf((await digestOf(sealed)).slice(0, FILE_CHECK))) {
    throw new KeepError("damaged");
  }
  return sensible(sealed);
}

/** @param {string} text */
async function readCode(text) {
  // Whatever stands between the groups is no part of the code, and letters that look alike are taken for one another.
  const typed = text.normalize("NFKC").toUpperCase();
  const letters = typed.replace(/[^0-9A-Z]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const format = Number(letters.slice(1, 2));
  if (!letters.startsWith(CODE_START) || !(format >= FORMAT)) {
    throw new KeepError("not_ours");
  }
  if (format > FORMAT) {
    throw new KeepError("newer");
  }
  const bytes = fromBase32(letters.slice(2));
  const iv = 4 + SALT;
  const data = iv + IV;
  const end = bytes.length - CODE_CHECK;
  if (end <= data) {
    throw new KeepError("damaged");
  }
  const sealed = {
    rounds: new DataView(bytes.buffer).getUint32(0),
    salt: bytes.slice(4, iv),
    iv: bytes.slice(iv, data),
    data: bytes.slice(data, end),
  };
  if (hexOf((await digestOf(sealed)).slice(0, CODE_CHECK)) !== hexOf(bytes.slice(end))) {
    throw new KeepError("damaged");
  }
  return sensible(sealed);
}

/** @param {Sealed} sealed */
function sensible(sealed) {
  const { rounds, salt, iv, data } = sealed;
  if (rounds > MOST_ROUNDS) {
    throw new KeepError("newer");
  }
  if (rounds < ROUNDS || salt.length !== SALT || iv.length !== IV || data.length <= TAG) {
    throw new KeepError("damaged");
  }
  return sealed;
}

/** The browser's cryptography. @throws {KeepError} insecure: there is none, as on a page without https */
export function subtle() {
  if (!globalThis.crypto || !globalThis.crypto.subtle) {
    throw new KeepError("insecure");
  }
  return globalThis.crypto.subtle;
}

/** @param {Sealed} sealed */
async function digestOf(sealed) {
  const text = `${headerOf(sealed)}.${toBase64(sealed.data)}`;
  return new Uint8Array(await subtle().digest("SHA-256", new TextEncoder().encode(text)));
}

/** @param {Uint8Array[]} parts @returns {Bytes} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes */
function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** @param {unknown} text @returns {Bytes} */
function fromBase64(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new KeepError("damaged");
  }
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // Two texts can mean the same bytes; only one of them is what was written.
  if (toBase64(bytes) !== text) {
    throw new KeepError("damaged");
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
function toBase32(bytes) {
  let text = "";
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += LETTERS[(held >> count) & 31];
    }
    held &= (1 << count) - 1;
  }
  return count > 0 ? text + LETTERS[(held << (5 - count)) & 31] : text;
}

/** @param {string} text @returns {Bytes} */
function fromBase32(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let count = 0;
  let place = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) {
      throw new KeepError("damaged");
    }
    held = (held << 5) | value;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes[place] = (held >> count) & 255;
      place += 1;
      held &= (1 << count) - 1;
    }
  }
  if (toBase32(bytes) !== text) {
    throw new KeepError("damaged");
  }
  return bytes;
}
