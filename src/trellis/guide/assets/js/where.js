// @ts-check
/** Where somebody is: who is in a hospital or a program now is not sent to an emergency room. */
import { rankOf } from "./core/knowledge.js";
import { latest } from "./ui/joined.js";

/** @typedef {import("./context.js").Ctx} Ctx */

/** Whether the person is in a hospital or a program now, as far as was told. @param {Pick<Ctx, "kb" | "state">} ctx @returns {boolean} */
export function isInside({ kb, state }) {
  const told = Object.entries(kb.inside).some(([name, rank]) => {
    const given = latest(state.answers[name]);
    return !given.at_most && rankOf(kb.facts[name], given.value) >= rank;
  });
  return state.inside || told;
}

/** Who looks, by name: the staff where somebody is, in the place of those of an emergency room. @param {Ctx} ctx @param {string} by */
export function lookerName(ctx, by) {
  const who = ctx.talk.evaluators[by];
  return who.emergency && isInside(ctx) ? ctx.say("help.staff") : who.name;
}

/** What they do. @param {Ctx} ctx @param {string} by */
export function lookerWhat(ctx, by) {
  const who = ctx.talk.evaluators[by];
  return who.emergency && isInside(ctx) ? ctx.say("considered.hold_inside") : who.what;
}

/** The places to go to until somebody has looked; none for somebody who is inside already. @param {Ctx} ctx @returns {string[]} */
export function holdPlaces(ctx) {
  return ctx.rec.hold && !isInside(ctx) ? ctx.rec.hold.responses : [];
}
