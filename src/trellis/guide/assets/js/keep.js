// @ts-check
// Keeping answers without a server: as a file, as a code, or on this device; always encrypted with a passphrase.
// What a file and a code hold, and how, is told in docs/guide.md; `trellis guide read` opens them for a clinician.

import { readSealed, toCode, toFile } from "./keep_format.js";
import { newKey, openWith, sealWith } from "./keep_seal.js";

export { forgetDevice, keepOnDevice, keptOnDevice, openDevice } from "./keep_device.js";
export { KeepError } from "./keep_format.js";
export { payloadOf, restore } from "./keep_restore.js";
export { SHORTEST, passphraseProblem } from "./keep_seal.js";

/** @typedef {import("./keep_seal.js").Payload} Payload */
/** @typedef {import("./keep_device.js").Keeper} Keeper */

/**
 * Encrypt with a passphrase.
 * @param {Payload} payload
 * @param {string} passphrase
 * @returns {Promise<string>} the text of a file
 * @throws {KeepError} insecure or short
 */
export async function seal(payload, passphrase) {
  return toFile(await sealWith(await newKey(passphrase), payload));
}

/**
 * Open a file or a code.
 * @param {string} text
 * @param {string} passphrase
 * @returns {Promise<Payload>}
 * @throws {KeepError} insecure, not_ours, damaged, newer or passphrase
 */
export async function open(text, passphrase) {
  return (await openWith(text, passphrase)).payload;
}

/**
 * What a file holds as a code in groups of five, or what a code holds as the same code written anew.
 * @param {string} text
 * @returns {Promise<string>}
 * @throws {KeepError} insecure, not_ours, damaged or newer
 */
export async function codeOf(text) {
  return toCode(await readSealed(text));
}
