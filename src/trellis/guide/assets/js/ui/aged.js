// @ts-check
/** What became of answers of an earlier day: danger that stays in force, and what is too old to count. */
import { askAgain } from "./asking.js";
import { html } from "./html.js";
import { agedWords } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {Ctx} ctx */
export function aged(ctx) {
  const { say, rec } = ctx;
  const asked = (/** @type {{name: string}} */ { name }) => ctx.talk.facts[name] || ctx.talk.factors[name];
  const old = rec.expired.filter(asked);
  const standing = rec.standing.filter(asked);
  const row = (/** @type {any} */ one) => html`
    <li key=${one.name}>
      <span id=${`old-${one.name}`}>${ctx.said(asked(one), "question")}</span>${" "}
      ${say("aged.said", { day: ctx.day(one.day), answer: agedWords(ctx, one) })}${" "}
      <button
        type="button"
        class="plain-button"
        id=${`again-${one.name}`}
        aria-labelledby=${`again-${one.name} old-${one.name}`}
        onClick=${() => askAgain(ctx, one.name)}
      >
        ${say("aged.again")}
      </button>
    </li>
  `;
  return html`
    ${standing.length
      ? html`<section class="note">
          <h2>${say("aged.standing")}</h2>
          <p>${say("aged.standing_what")}</p>
          <ul>
            ${standing.map(row)}
          </ul>
        </section>`
      : null}
    ${old.length
      ? html`<section class="note">
          <h2>${say("aged.old")}</h2>
          <p>${say("aged.old_what")}</p>
          <ul>
            ${old.map(row)}
          </ul>
        </section>`
      : null}
  `;
}
