// @ts-check
/** Who offers the guide here: the name of the site, its own pages to read, and its telephones. */
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** Who offers it, in a sentence; nothing where nobody gave a name of their own. @param {Ctx} ctx */
export function offered({ say, talk }) {
  return talk.site.named ? say("start.offered", { site: talk.site.name }) : null;
}

/** The site's own pages and telephones; nothing where it has none. @param {Ctx} ctx */
export function ofTheSite(ctx) {
  const { pages, phones, name } = ctx.talk.site;
  if (!pages.length && !phones.length) {
    return null;
  }
  return html`
    <h2>${ctx.say("start.from", { site: name })}</h2>
    <ul class="doors">
      ${pages.map((/** @type {any} */ one) => html`<li key=${one.id}>${ctx.link("site", one.id, one.title)}</li>`)}
      ${phones.map(
        (/** @type {any} */ one) =>
          html`<li key=${one.tel}>
            ${one.label}: <a href=${`tel:${one.tel}`}>${one.tel}</a>${one.hours ? html` <span class="quiet">${one.hours}</span>` : null}
          </li>`,
      )}
    </ul>
  `;
}
