// @ts-check
/** Why, for this person: what they said that brought a reason, then what follows. Never the alternatives of a rule. */
import { groundsOf } from "../core/account.js";
import { answerWords } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {Ctx} ctx @param {string} need @returns {string} */
export function because(ctx, need) {
  const { kb, next, state, talk } = ctx;
  const grounds = groundsOf(ctx.rec, need).filter((id) => state.answers[id] !== undefined && !kb.facts[id].private);
  if (!next || !grounds.length || !talk.needs[need].alternatives) {
    return ctx.reasonWords(need);
  }
  const said = grounds.map((id) => ctx.say("considered.said", { name: next.facts[id].name, answer: answerWords(ctx, id) }));
  return `${ctx.say("considered.you_said", { told: said.join("; ") })} ${ctx.reasonWords(need, true)}`;
}
