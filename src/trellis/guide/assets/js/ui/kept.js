// @ts-check
/** Between the state and what is kept of it: the questions in full for whoever opens it, only the changes afterwards. */
import { context } from "../context.js";
import { payloadOf } from "../keep.js";
import { blank, today } from "../state.js";
import { recordInWords } from "./record.js";
import { generateQuestions, onlyChanged } from "./taking.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** What the file is called: a name that tells nothing. */
const NEUTRAL_NAME = "notes";

/**
 * What is kept: everything, with the questions and the record as they stand, so that whoever opens it sees them all.
 *
 * @param {Ctx} ctx
 */
export function payload(ctx) {
  const questions = generateQuestions(ctx).map(({ id, text, on }) => ({ id, text, on }));
  return payloadOf(ctx.kb, { ...ctx.state, questions, told: recordInWords(ctx) }, today());
}

/**
 * The same for a code that somebody may have to type: of the questions only those that were changed.
 *
 * @param {Ctx} ctx
 */
export function shortPayload(ctx) {
  return payloadOf(ctx.kb, { ...ctx.state, questions: onlyChanged(ctx) }, today());
}

/**
 * Of the questions that were kept, those that somebody changed.
 *
 * @param {Ctx} ctx
 * @param {Partial<import("../state.js").State>} state
 */
export function changedIn(ctx, state) {
  const { kb, talk, more, next, update, go, actions } = ctx;
  const all = state.questions || [];
  if (state.lang !== ctx.state.lang || !more || !next) {
    return all;
  }
  return onlyChanged(context({ kb, talk, more, next }, { ...blank(state.lang), ...state }, { update, go, actions }));
}

/** Hand the text of a file to the browser. @param {string} text */
export function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${NEUTRAL_NAME}-${today()}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
