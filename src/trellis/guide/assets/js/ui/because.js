// @ts-check
/** Why, for this person: what they said that brought a reason, then what follows. Never the alternatives of a rule. */
import { saidOf } from "../core/account.js";
import { plain, several } from "../core/parsing.js";
import { saidWords } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {Ctx} ctx @param {string} need @returns {string} */
export function because(ctx, need) {
  const { next, state, talk } = ctx;
  const found = talk.needs[need].alternatives ? saidOf(ctx.rec, need) : [];
  if (!next || !found.length) {
    return ctx.reasonWords(need);
  }
  const told = found.map(({ fact, place }) => {
    const answer = saidWords(ctx, fact, plain(several(state.answers[fact])[place]));
    return ctx.say("grounds.said", { name: next.facts[fact].name, answer: answer.replace(/\.$/, "") });
  });
  return `${ctx.say("grounds.you_said", { told: told.join("; ") })} ${ctx.reasonWords(need, true)}`;
}
