// @ts-check
/** First, whatever is chosen: what saves a life, and how to get it. On top of the result and of the page; never folded. */
import { firstOf } from "../core/first.js";
import { html } from "./html.js";
import { isInCustody } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {Ctx} ctx @returns {[string, string][]} what to do, and how */
export function firstLines(ctx) {
  return firstOf(ctx.rec).map((id) => {
    const words = ctx.talk.first[id];
    const there = isInCustody(ctx) && words.custody_says ? "custody_" : "";
    return [ctx.said(words, `${there}says`), ctx.said(words, `${there}how`)];
  });
}

/** @param {Ctx} ctx @param {string} name the class of the section */
export function first(ctx, name) {
  const found = firstLines(ctx);
  if (!found.length) {
    return null;
  }
  return html`
    <section class=${name}>
      <h2>${ctx.say("considered.first")}</h2>
      <ol>
        ${found.map(([says, how]) => html`<li key=${says}><strong>${says}</strong> ${how}</li>`)}
      </ol>
    </section>
  `;
}
