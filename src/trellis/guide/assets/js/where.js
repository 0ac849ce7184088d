// @ts-check
/** Where somebody is: who is in a hospital, a program or jail now is not sent to an emergency room. */
import { rankOf } from "./core/knowledge.js";
import { latest } from "./ui/joined.js";

/** @typedef {import("./context.js").Ctx} Ctx */

/** From where nobody can leave, and where there may be no telephone. */
const CUSTODY = "custody";

/** The place that somebody is in now, as far as was told; empty elsewhere. What was pressed goes before what was answered. @param {Pick<Ctx, "kb" | "state">} ctx @returns {string} */
export function whereIs({ kb, state }) {
  const told = kb.inside.find((/** @type {{tells: Record<string, number>}} */ { tells }) =>
    Object.entries(tells).some(([name, rank]) => {
      const given = latest(state.answers[name]);
      return !given.at_most && rankOf(kb.facts[name], given.value) >= rank;
    }),
  );
  return state.inside || (told ? told.id : "");
}

/** @param {Pick<Ctx, "kb" | "state">} ctx @returns {boolean} */
export function isInside(ctx) {
  return whereIs(ctx) !== "";
}

/** @param {Pick<Ctx, "kb" | "state">} ctx @returns {boolean} */
export function isInCustody(ctx) {
  return whereIs(ctx) === CUSTODY;
}

/** What is said of the place that somebody is in; undefined elsewhere. @param {Ctx} ctx */
export function insideWords(ctx) {
  return ctx.talk.inside[whereIs(ctx)];
}

/** What is said right below an answer, in the words that hold where somebody is. @param {Ctx} ctx @param {string} id @returns {string} */
export function saidHere(ctx, id) {
  return ctx.said(ctx.talk.atOnce[id], isInCustody(ctx) ? "custody" : isInside(ctx) ? "inside" : "says");
}

/** What stands on top where 911 and 988 may not be reached; empty elsewhere. @param {Ctx} ctx @returns {string} */
export function crisisInside(ctx) {
  const words = insideWords(ctx);
  return (words && ctx.said(words, "crisis")) || "";
}

/** Who looks, by name: the staff where somebody is, in the place of those of an emergency room. @param {Ctx} ctx @param {string} by */
export function lookerName(ctx, by) {
  const who = ctx.talk.evaluators[by];
  return who.emergency && isInside(ctx) ? ctx.said(insideWords(ctx), "staff") : who.name;
}

/** What they do. @param {Ctx} ctx @param {string} by */
export function lookerWhat(ctx, by) {
  const who = ctx.talk.evaluators[by];
  return who.emergency && isInside(ctx) ? ctx.said(insideWords(ctx), "looks") : ctx.said(who, "what");
}

/** The places to go to until somebody has looked; none for somebody who is inside already. @param {Ctx} ctx @returns {string[]} */
export function holdPlaces(ctx) {
  return ctx.rec.hold && !isInside(ctx) ? ctx.rec.hold.responses : [];
}
