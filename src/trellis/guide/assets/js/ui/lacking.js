// @ts-check
/** What a place gives less of than was asked for, in whole sentences: what it gives there, and what is asked. */
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../core/explain.js").Shortfall} Shortfall */

/** What somebody gets on an axis, in a sentence. @param {Ctx} ctx @param {string} axis @param {string} step @returns {string} */
export function givenWords(ctx, axis, step) {
  return ctx.talk.axes[axis].told[step];
}

/**
 * A sentence or two for each axis: of what is certain what is given and what is asked, of what is open what may be asked.
 *
 * @param {Ctx} ctx @param {readonly Shortfall[]} rows @returns {string[]}
 */
export function lackWords(ctx, rows) {
  return rows.map(({ axis, asked, given, certain }) =>
    certain
      ? ctx.say("ways.short", { given: givenWords(ctx, axis, given), asked: givenWords(ctx, axis, asked) })
      : givenWords(ctx, axis, asked),
  );
}

/** The same as a list. @param {Ctx} ctx @param {readonly Shortfall[]} rows */
export function lackList(ctx, rows) {
  const words = lackWords(ctx, rows);
  return html`
    <ul>
      ${rows.map((row, place) => html`<li key=${row.axis}>${words[place]}</li>`)}
    </ul>
  `;
}
