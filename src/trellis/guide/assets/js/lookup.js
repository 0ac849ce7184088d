// @ts-check
/** Small questions to the knowledge that several screens ask. */
import { oncePerKnowledge } from "./core/knowledge.js";

/** @typedef {import("./core/knowledge.js").Knowledge} Knowledge */

/** The values of a fact or context, as its scale is written. @param {Knowledge} kb @param {string} name @returns {string[]} */
export function valuesOf(kb, name) {
  return (kb.facts[name] || kb.factors[name]).values;
}

/** The settings that take people in this context, each once, from less to more support. @param {Knowledge} kb @param {any} rec @returns {string[]} */
export function settingsInOrder(kb, rec) {
  return kb.packageList.filter((one) => one.parts.length === 1 && admits(kb, one, rec)).map((one) => one.setting);
}

/** Whether a package takes people in this context; while the context is open, every one may. @param {Knowledge} kb @param {any} pack @param {any} rec */
function admits(kb, pack, rec) {
  if (rec.context === null) {
    return true;
  }
  const same = (/** @type {any} */ one) => Object.keys(one).every((factor) => one[factor] === rec.context[factor]);
  return [...pack.contexts].some((number) => same(kb.contexts[number]));
}

/** The facts whose answer may tell of danger: what urgent needs read, and what implies it. */
const urgentFacts = oncePerKnowledge((kb) => {
  const numbers = new Set(kb.needList.filter((need) => need.urgent).flatMap((need) => need.reads));
  let size = 0;
  while (size !== numbers.size) {
    size = numbers.size;
    for (const [a, , b] of kb.implications) {
      if (numbers.has(b)) {
        numbers.add(a);
      }
    }
  }
  return new Set(kb.factList.filter((fact) => numbers.has(fact.number)).map((fact) => fact.id));
});

/** @param {Knowledge} kb @param {string} name */
export function mayBeUrgent(kb, name) {
  return urgentFacts(kb).has(name);
}
