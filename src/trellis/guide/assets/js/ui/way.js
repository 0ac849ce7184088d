// @ts-check
/** The way between daily life and a hospital, each stop by its name: where the settings that are shown lie on it. */
import { settingsInOrder } from "../lookup.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {Ctx} ctx @param {string[]} shown settings, from less to more support */
export function way(ctx, shown) {
  const { say } = ctx;
  return html`
    <figure class="way">
      <figcaption id="way" class="quiet">${say("considered.way")}</figcaption>
      <ol class="plain" aria-labelledby="way">
        ${settingsInOrder(ctx.kb, ctx.rec).map((id) => {
          const open = shown.includes(id);
          return html`<li key=${id} class=${open ? "way-shown" : "way-step"}>
            ${ctx.link("settings", id, ctx.place(id))}${open ? html`<span class="sr"> ${say("considered.way_shown")}</span>` : null}
          </li>`;
        })}
      </ol>
    </figure>
  `;
}
