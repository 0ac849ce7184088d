// @ts-check
/** The way between daily life and a hospital as a line of steps: where the settings that are shown lie on it. */
import { settingsInOrder } from "../lookup.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const STEP = 36;
const MIDDLE = 14;
const RADIUS = 7;

/** @param {Ctx} ctx @param {string[]} shown settings, from less to more support */
export function way(ctx, shown) {
  const { say } = ctx;
  const all = settingsInOrder(ctx.kb, ctx.rec);
  const wide = STEP * all.length;
  const middleOf = (/** @type {number} */ place) => STEP * place + STEP / 2;
  const words = say("considered.on_the_way", { count: all.length, places: ctx.join(shown.map(ctx.place)) });
  return html`
    <figure class="way">
      <svg viewBox=${`0 0 ${wide} ${2 * MIDDLE}`} role="img" aria-label=${words}>
        <path class="way-line" d=${`M${middleOf(0)} ${MIDDLE}H${middleOf(all.length - 1)}`} />
        ${all.map((id, place) => {
          const kind = shown.includes(id) ? "way-shown" : "way-step";
          return html`<circle key=${id} class=${kind} cx=${middleOf(place)} cy=${MIDDLE} r=${RADIUS} />`;
        })}
      </svg>
      <figcaption class="quiet" aria-hidden="true">
        <span>${say("considered.way_home")}</span><span>${say("considered.way_hospital")}</span>
      </figcaption>
    </figure>
  `;
}
