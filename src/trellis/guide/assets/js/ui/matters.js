// @ts-check
/** What matters to the person, and how the settings fare on it. Safety comes before a wish, and the page says so. */
import { fare } from "../core/values.js";
import { sentence } from "./evidence.js";
import { reasons, somethingSaid } from "./fitting.js";
import { html } from "./html.js";
import { lackList } from "./lacking.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../core/values.js").SettingFares} SettingFares */
/** @typedef {import("../core/values.js").Parting} Parting */
/** @typedef {import("../core/values.js").Fares} Fares */

const RATINGS = [0, 1, 2, 3, 4, 5];
/** So many things are asked for at once; the others are there to be opened. */
const AT_FIRST = 6;

/** @param {Ctx} ctx */
export function whatMatters(ctx) {
  const { say, kb, state } = ctx;
  const title = html`<h1 id="title" tabindex="-1">${say("part.matters")}</h1>`;
  if (!ctx.more) {
    return html`${title}<p role="status">${say("loading")}</p>`;
  }
  const ids = Object.keys(kb.values);
  const others = ids.slice(AT_FIRST);
  return html`
    ${title}
    <p>${say("matters.lead")}</p>
    ${ids.slice(0, AT_FIRST).map((id) => rating(ctx, id))}
    <details class="more wide" key="others">
      <summary>${say("matters.more", { count: others.length })}</summary>
      ${others.map((id) => rating(ctx, id))}
    </details>
    ${Object.keys(state.matters).length
      ? html`<div class="actions" key="clear">
          <button type="button" class="plain-button" onClick=${() => ctx.update({ matters: {} })}>
            ${say("matters.clear")}
          </button>
        </div>`
      : null}
    ${result(ctx)}
  `;
}

/** What a thing is called that may matter. @param {Ctx} ctx @param {string} id @returns {string} */
export function nameOfValue(ctx, id) {
  return ctx.said(ctx.more.values[id], "name");
}

/** One thing with its scale. @param {Ctx} ctx @param {string} id */
function rating(ctx, id) {
  const rate = (/** @type {number} */ number) => ctx.update({ matters: { ...ctx.state.matters, [id]: number } });
  const name = nameOfValue(ctx, id);
  return html`
    <fieldset class="question rating" key=${id}>
      <legend>${ctx.said(ctx.more.values[id], "asks")}</legend>
      <div class="scale">
        ${RATINGS.map(
          (number) => html`
            <label class="tile" key=${number}>
              <input
                type="radio"
                name=${`matters-${id}`}
                value=${number}
                aria-label=${ctx.say("matters.rated", { name, rating: number })}
                checked=${ctx.state.matters[id] === number}
                onChange=${() => rate(number)}
              />
              <span aria-hidden="true">${number}</span>
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}

/** @param {Ctx} ctx */
function result(ctx) {
  const { say, kb, state } = ctx;
  const rec = somethingSaid(ctx) ? ctx.rec : null;
  const found = fare(kb, state.matters, rec);
  if (!found.matters.length) {
    return html`<h2>${say("matters.result")}</h2><p>${say("matters.nothing")}</p>`;
  }
  const open = rec ? found.settings.filter((one) => one.standing === "open") : [];
  return html`
    <h2>${say("matters.result")}</h2>
    <p>${say(rec ? "matters.not_ruled_out" : "matters.all_settings")} ${say("matters.order")}</p>
    ${open.length ? html`<p>${say("matters.open", { places: ctx.join(open.map((one) => nameOf(ctx, one))) })}</p>` : null}
    <ul class="cards plain">
      ${found.settings.map(
        (one) => html`<li class="card" key=${one.setting}>${onEach(ctx, one, found.matters)}</li>`,
      )}
    </ul>
    ${rec ? apart(ctx, found, rec) : null}
  `;
}

/** @param {Ctx} ctx @param {{setting: string, package: {id: string} | null}} one */
function nameOf(ctx, one) {
  return one.package ? ctx.package(one.package.id) : ctx.place(one.setting);
}

/** One setting on each thing that matters. @param {Ctx} ctx @param {SettingFares} one @param {{value: string, rating: number}[]} matters */
function onEach(ctx, one, matters) {
  const { say } = ctx;
  const words = (/** @type {string[]} */ ids) => ctx.join(ids.map((id) => nameOfValue(ctx, id)));
  const rated = matters.filter(({ value }) => one.fares[value]);
  return html`
    <h3>${nameOf(ctx, one)}</h3>
    ${one.well.length ? html`<p>${say("matters.goes_well", { values: words(one.well) })}</p>` : null}
    ${one.hard.length ? html`<p>${say("matters.is_hard", { values: words(one.hard) })}</p>` : null}
    ${one.well.length || one.hard.length ? null : html`<p>${say("matters.neither")}</p>`}
    <details class="more">
      <summary>${say("matters.why")}<span class="sr">: ${nameOf(ctx, one)}</span></summary>
      <dl class="fares">
        ${rated.map(
          ({ value, rating: number }) => html`
            <div key=${value}>
              <dt>${say("matters.rated", { name: nameOfValue(ctx, value), rating: number })}</dt>
              <dd>${told(ctx, value, one.fares[value])}</dd>
            </div>
          `,
        )}
      </dl>
    </details>
  `;
}

/** @param {Ctx} ctx @param {string} value @param {Fares} fares */
function told(ctx, value, fares) {
  const { places } = ctx.more.values[value];
  return html`
    <strong>${ctx.say(`matters.how_${fares.how}`)}.</strong>
    ${fares.why.map((place) => html` ${sentence(ctx, places[place].why)}`)}
    ${fares.changed ? html` ${ctx.say("matters.changed")}` : null}
  `;
}

/**
 * Where wish and safety part, openly: what a wish speaks for and what that would lack.
 *
 * @param {Ctx} ctx
 * @param {import("../core/values.js").ValuesCompared} found
 * @param {any} rec
 */
function apart(ctx, found, rec) {
  const { say } = ctx;
  const none = rec.now ? "matters.apart_none" : "matters.apart_open";
  return html`
    <h2>${say("matters.apart")}</h2>
    ${found.partings.length
      ? html`<p>${say("matters.apart_intro")}</p>
          <ul class="cards plain">
            ${found.partings.map((one) => html`<li class="card" key=${one.setting}>${parting(ctx, one)}</li>`)}
          </ul>`
      : html`<p>${say(none)}</p>`}
    ${found.short.length
      ? html`<details class="more">
          <summary>${say("matters.kept_apart", { count: found.short.length })}</summary>
          <ul>
            ${found.short.map((one) => html`<li key=${one.setting}>${nameOf(ctx, one)}</li>`)}
          </ul>
        </details>`
      : null}
  `;
}

/** @param {Ctx} ctx @param {Parting} one */
function parting(ctx, one) {
  const { say } = ctx;
  const value = (/** @type {string} */ id) => nameOfValue(ctx, id);
  const certain = one.lacking.filter((row) => row.certain);
  return html`
    <h3>${nameOf(ctx, one)}</h3>
    <p>${say("matters.serves", { values: ctx.join(one.values.map(value)) })}</p>
    <p>${say("compare.lacks")}</p>
    ${lackList(ctx, certain)}
    <details class="more">
      <summary>${say("matters.first")}<span class="sr"> ${nameOf(ctx, one)}</span></summary>
      ${reasons(ctx, one.resolve)}
    </details>
    ${one.values.map((id) => {
      const places = one.instead[id].map(ctx.place);
      const key = places.length ? "matters.instead" : "matters.instead_none";
      return html`<p key=${id}>${say(key, { value: value(id), places: ctx.join(places) })}</p>`;
    })}
  `;
}
