// @ts-check
/** From one setting to the next: what each adds to the one before it. */
import { given } from "./fitting.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const WIDE = 12;
const STEP = 4;

/** @param {Ctx} ctx @param {string[]} ids settings in order of support */
export function ladder(ctx, ids) {
  const packages = ids.map((id) => ctx.kb.packages[id]).filter(Boolean);
  if (packages.length < 2) {
    return null;
  }
  return html`
    <details class="more wide ladder-box">
      <summary>${ctx.say("compare.ladder")}</summary>
      <ol class="ladder plain">
        ${packages.map(
          (one, place) => html`
            <li key=${one.id}>
              ${stairs(place, packages.length)}
              <div>
                <strong>${ctx.place(one.setting)}</strong>
                ${change(ctx, one.gives, place ? packages[place - 1].gives : null)}
              </div>
            </li>
          `,
        )}
      </ol>
    </details>
  `;
}

/** Stairs as a sign, filled up to this one. @param {number} place @param {number} count */
function stairs(place, count) {
  const high = count * STEP;
  return html`
    <svg class="stairs" viewBox=${`0 0 ${count * WIDE} ${high + 1}`} aria-hidden="true">
      ${Array.from({ length: count }, (_, number) => {
        const tall = (number + 1) * STEP;
        const kind = number <= place ? "stair-climbed" : "stair";
        return html`<rect key=${number} class=${kind} x=${number * WIDE} y=${high - tall} width=${WIDE - 1} height=${tall} />`;
      })}
    </svg>
  `;
}

/** @param {Ctx} ctx @param {number[]} gives @param {number[] | null} before */
function change(ctx, gives, before) {
  const rows = ctx.kb.axes.map((/** @type {{id: string, steps: string[]}} */ axis, /** @type {number} */ place) => ({
    words: given(ctx, axis.id, axis.steps[gives[place]]),
    by: gives[place] - (before ? before[place] : 0),
  }));
  const listed = (/** @type {(by: number) => boolean} */ wanted) =>
    rows.filter((/** @type {{by: number}} */ row) => wanted(row.by)).map((/** @type {{words: string}} */ row) => row.words);
  const more = listed((by) => by > 0);
  const less = listed((by) => by < 0);
  const key = before ? "compare.ladder_adds" : "compare.ladder_first";
  return html`
    ${more.length ? html`<p>${ctx.say(key, { rows: more.join("; ") })}</p>` : null}
    ${less.length ? html`<p>${ctx.say("compare.ladder_less", { rows: less.join("; ") })}</p>` : null}
    ${more.length || less.length ? null : html`<p>${ctx.say(before ? "compare.ladder_same" : "compare.ladder_none")}</p>`}
  `;
}
