// @ts-check
/** Which questions stand on the page: those that come next, or what somebody wants to answer anew. */
import { questionOn } from "../core/interview.js";
import { pageAfter } from "./ahead.js";
import { CONCERNS } from "./concerns.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** The questions of the page for these answers; only that which somebody wants to answer anew. @param {Ctx} ctx @returns {any[]} */
export function pageOf(ctx) {
  const { asking, answers } = ctx.state;
  return asking ? [again(ctx, asking)] : pageAfter(ctx, answers);
}

/** Whether anything at all could still be asked, also what the short way leaves out. @param {Ctx} ctx @returns {boolean} */
export function isMoreToAsk(ctx) {
  return pageAfter(ctx, ctx.state.answers, { ...ctx.state, short: false }).length > 0;
}

/** A question, or a list with the lines that were on it, once more. @param {Ctx} ctx @param {string} name */
function again({ kb, state }, name) {
  const screen = kb.screens[name];
  if (!screen && !(name in kb.facts) && !(name in kb.factors)) {
    // A list that an earlier version had: what stood on it is asked by itself.
    return questionOn(kb, state.told.find(({ of, list }) => list === name && of in state.answers)?.of || "");
  }
  if (!screen || !screen.checklist.length) {
    return questionOn(kb, name);
  }
  const facts = state.told.filter(({ of, list }) => list === name && of in state.answers).map(({ of }) => of);
  const needs = [...new Set(facts.flatMap((fact) => questionOn(kb, fact).needs))];
  return { screen, facts: [...new Set(facts)], factors: [], needs, again: false };
}

/**
 * Ask something again that was answered. The answer stays until there is another one, and the question comes even where
 * other answers leave nothing open: what cannot be right beside them is then told.
 *
 * @param {Ctx} ctx @param {string} name a question, or a list
 */
export function askAgain(ctx, name) {
  ctx.go(name === CONCERNS ? CONCERNS : "conversation", { asking: name === CONCERNS ? "" : name, draft: {} });
}
