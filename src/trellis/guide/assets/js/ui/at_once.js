// @ts-check
/** What is said right below an answer, before the page is given: help where it tells of danger. */
import { dangerIn } from "../core/decide.js";
import { mayBeUrgent } from "../lookup.js";
import { today } from "../state.js";
import { answersOf } from "./choices.js";
import { calls } from "./help.js";
import { html } from "./html.js";
import { joined } from "./joined.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */

const LINES = 3;

/** @param {Ctx} ctx @param {import("./choices.js").Group} one */
export function helpAtOnce(ctx, one) {
  const chosen = answersOf(ctx, one);
  const urgent = chosen === null ? [] : dangersOf(ctx, chosen);
  const lines = [...new Set(urgent.flatMap((id) => ctx.talk.urgent[id].lines))].slice(0, LINES);
  return html`
    <div role="status">
      ${lines.length
        ? html`<div class="danger">
            <p><strong>${ctx.say("talk.help_inline")}</strong></p>
            ${calls(ctx, /** @type {string[]} */ (lines))}
          </div>`
        : null}
    </div>
  `;
}

/** @param {Ctx} ctx @param {Answers} given @returns {string[]} */
function dangersOf(ctx, given) {
  if (!Object.keys(given).some((name) => mayBeUrgent(ctx.kb, name))) {
    return [];
  }
  try {
    const urgent = dangerIn(ctx.kb, joined(ctx, given), { asOf: today() });
    const known = ctx.state.shown;
    return urgent.map((/** @type {any} */ one) => one.id).filter((/** @type {string} */ id) => !known.includes(id));
  } catch {
    return [];
  }
}
