// @ts-check
/** Small questions to the knowledge that several screens ask. */
import { admits } from "./core/compare.js";

/** @typedef {import("./core/knowledge.js").Knowledge} Knowledge */

/** The values of a fact or context, as its scale is written. @param {Knowledge} kb @param {string} name @returns {string[]} */
export function valuesOf(kb, name) {
  return (kb.facts[name] || kb.factors[name]).values;
}

/** The settings that take people in this context, each once, from less to more support. @param {Knowledge} kb @param {any} rec @returns {string[]} */
export function settingsInOrder(kb, rec) {
  return kb.packageList.filter((one) => one.parts.length === 1 && admits(rec, one)).map((one) => one.setting);
}

/** Whether an answer may tell of danger. @param {Knowledge} kb @param {string} name */
export function mayBeUrgent(kb, name) {
  return name in kb.facts && kb.facts[name].urgent;
}
