// @ts-check
/** The answers with those just given: what tells of danger stays, and a slip of the finger can be mended. */
import { withAnswers } from "../core/interview.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */
/** @typedef {import("../state.js").Given} Given */

/**
 * Somebody who changes an answer of this visit corrects it: it goes. What was kept from an earlier day stays beside it.
 * @param {Ctx} ctx @param {Answers} given @returns {Answers}
 */
export function joined({ kb, state }, given) {
  const { answers, asking } = state;
  const before = asking ? Object.fromEntries(Object.entries(answers).map(([id, one]) => [id, id in given ? old(one) : one])) : answers;
  return withAnswers(kb, before, given);
}

/** Of the answers to one question, those of an earlier day. @param {Given} given @returns {Given} */
function old(given) {
  return several(given).filter((one) => typeof one === "object" && one.date);
}

/** @param {Given} given */
function several(given) {
  return given === null || given === undefined ? [] : Array.isArray(given) ? given : [given];
}

/** The answer that was given last to a question; its parts. @param {Given} given @returns {import("../core/parsing.js").PlainAnswer} */
export function latest(given) {
  const every = several(given);
  const one = every.length ? every[every.length - 1] : "";
  return typeof one === "object" ? one : { value: one };
}
