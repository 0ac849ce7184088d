// @ts-check
/** In every result, whether or not they are considered: what inpatient care and IOP would each give and lack here. */
import { waysOf } from "../core/account.js";
import { html } from "./html.js";
import { givenWords } from "./lacking.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../core/account.js").Way} Way */

/** @param {Ctx} ctx */
export function ways(ctx) {
  const found = waysOf(ctx.rec);
  if (!found.length) {
    return null;
  }
  const { choice } = found[0];
  return html`
    <section class="ways" aria-labelledby="ways-title">
      <h2 id="ways-title">${ctx.talk.choices[choice].title}</h2>
      <p>${ctx.say("ways.lead")}</p>
      <dl>
        ${found.map(
          (way) => html`
            <div key=${way.column}>
              <dt>${called(ctx, way)}</dt>
              ${told(ctx, way).map((line) => html`<dd>${line}</dd>`)}
            </div>
          `,
        )}
      </dl>
      <p class="read">${ctx.link("choices", choice, ctx.say("considered.ways_read"))}</p>
    </section>
  `;
}

/** What a way is called, and the place that stands for it. @param {Ctx} ctx @param {Way} way */
export function called(ctx, way) {
  const name = ctx.talk.choices[way.choice].ways[way.column];
  return way.package === null ? name : ctx.say("ways.here", { name, place: ctx.package(way.package) });
}

/** What a way would give and lack, a line each. @param {Ctx} ctx @param {Way} way @returns {string[]} */
export function told(ctx, way) {
  if (way.package === null) {
    return [ctx.say("ways.none")];
  }
  const sentence = (/** @type {string} */ axis, /** @type {string} */ step) => givenWords(ctx, axis, step);
  const lines = (/** @type {string} */ key, /** @type {string[]} */ said) =>
    said.length ? [ctx.say(key, { sentences: said.join(" ") })] : [];
  const sure = way.lacks.filter(({ certain }) => certain);
  return [
    ...(way.gives.length || sure.length ? [] : [ctx.say("ways.nothing_asked")]),
    ...lines("ways.gives", way.gives.map(([axis, step]) => sentence(axis, step))),
    ...lines("ways.lacks", sure.map(({ axis, asked }) => sentence(axis, asked))),
    ...(way.gives.length && !way.lacks.length ? [ctx.say("ways.nothing_missing")] : []),
    ...(way.lacks.length > sure.length ? [ctx.say("ways.may_lack")] : []),
  ];
}
