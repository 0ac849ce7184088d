// @ts-check
// Keeping on this device: only for somebody who asked for it, encrypted, below one name that tells nothing. The key is
// in memory as long as the page is open, so that every later answer is kept too. A browser keeps one store for a whole
// host, which may have other guides and other pages: only what a guide in this folder kept is read, and taken away.

import { KeepError, toFile } from "./keep_format.js";
import { newKey, openWith, sealWith } from "./keep_seal.js";

/** @typedef {import("./keep_seal.js").Payload} Payload */
/** @typedef {{key: CryptoKey, salt: import("./keep_format.js").Bytes, rounds: number}} Key */
/**
 * Keeps what is given to it in the place of what was kept before. After `forgetDevice()` it keeps nothing any more.
 * @typedef {{save: (payload: Payload) => Promise<void>}} Keeper
 */

/** What earlier versions used, in whatever folder they were; anybody else's page on the host may use it too. */
const EARLIER = "notes";
const NAME = `${EARLIER} ${new URL("../", import.meta.url).pathname}`;
/** How every file of a guide begins (see toFile). */
const OURS = /^\{\s*"trellis_guide":/;

/** Raised when everything is forgotten: what is still being written then must not come back. */
let forgotten = 0;

/** Whether something is kept on this device. */
export function keptOnDevice() {
  return kept() !== null;
}

/**
 * Keep on this device from now on.
 * @param {Payload} payload
 * @param {string} passphrase
 * @returns {Promise<Keeper>}
 * @throws {KeepError} insecure, short or no_room
 */
export async function keepOnDevice(payload, passphrase) {
  const keeper = keeperOf(await newKey(passphrase));
  await keeper.save(payload);
  return keeper;
}

/**
 * Open what is kept on this device, and go on keeping.
 * @param {string} passphrase
 * @returns {Promise<{payload: Payload, keeper: Keeper}>}
 * @throws {KeepError} insecure, nothing_kept, passphrase, damaged, newer or not_ours
 */
export async function openDevice(passphrase) {
  const text = kept();
  if (text === null) {
    throw new KeepError("nothing_kept");
  }
  const { payload, key } = await openWith(text, passphrase);
  return { payload, keeper: keeperOf(key) };
}

/** Take away what is kept on this device, for good. */
export function forgetDevice() {
  forgotten += 1;
  try {
    globalThis.localStorage.removeItem(NAME);
    forgetEarlier();
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Take away what an earlier version kept. Which folder it was in, nobody can tell any more: somebody who leaves in a
 * hurry wants it gone. */
function forgetEarlier() {
  if (earlier() !== null) {
    globalThis.localStorage.removeItem(EARLIER);
  }
}

/** @returns {string | null} */
function kept() {
  try {
    return globalThis.localStorage.getItem(NAME) ?? earlier();
  } catch {
    return null;
  }
}

/** What an earlier version kept; null where it is missing, or what stands there is somebody else's. */
function earlier() {
  const text = globalThis.localStorage.getItem(EARLIER);
  return text !== null && OURS.test(text) ? text : null;
}

/** @param {Key} key @returns {Keeper} */
function keeperOf(key) {
  const since = forgotten;
  let last = 0;
  return {
    save: async (payload) => {
      last += 1;
      const own = last;
      const text = await toFile(await sealWith(key, payload));
      // Encrypting takes its time: a later answer may be kept already, or everything forgotten.
      if (own !== last || since !== forgotten) {
        return;
      }
      try {
        globalThis.localStorage.setItem(NAME, text);
        forgetEarlier();
      } catch {
        throw new KeepError("no_room");
      }
    },
  };
}
