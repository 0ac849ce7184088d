// @ts-check
/** Two to four settings side by side, in equal detail. None is marked; the order goes by how much each gives. */
import { consideredSettings } from "./considered.js";
import { sentences, shortStatement } from "./evidence.js";
import { fitting, inOrder, somethingSaid } from "./fitting.js";
import { html } from "./html.js";
import { ladder } from "./ladder.js";
import { insideWords, isInside } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const FEWEST = 2;
const MOST = 4;
const AT_FIRST = 3;
/** What most people ask first stands open. What else they ask is a fold each, so that a phone holds what one looks for. */
const MAIN = ["short"];
const WAYS_THERE = "before";
const STUDIES = "evidence";
const MORE = ["benefits", "drawbacks", "supervision", "flexibility", "work", "school", "family", "stay", "hours", "cost", "questions", "what", "who", "structure", "day", "week", STUDIES, WAYS_THERE, "after"];

/** The limit that the last choice ran into, told until the next choice that counts. */
let told = { text: "", lang: "" };

/**
 * The settings shown until somebody chooses: those not ruled out with their neighbours, or three spread over them.
 * @param {Ctx} ctx
 * @returns {string[]}
 */
function defaultCompare(ctx) {
  const found = inOrder(ctx, consideredSettings(ctx));
  if (found.length <= AT_FIRST) {
    return found;
  }
  return [found[0], found[Math.floor((found.length - 1) / 2)], found[found.length - 1]];
}

/** What is compared now, in order of support. @param {Ctx} ctx */
function chosen(ctx) {
  const named = ctx.state.compare.map((id) => id.split("+")[0]).filter((id) => id in ctx.talk.settings);
  const found = [...new Set(named)].slice(0, MOST);
  return inOrder(ctx, found.length < FEWEST ? defaultCompare(ctx) : found);
}

/** @param {Ctx} ctx */
export function comparison(ctx) {
  const { say } = ctx;
  const title = html`<h1 id="title" tabindex="-1">${say("part.comparison")}</h1>`;
  if (!ctx.more) {
    return html`${title}<p role="status">${say("loading")}</p>`;
  }
  const ids = chosen(ctx);
  return html`
    ${title}
    <p>${say("compare.lead")}</p>
    ${somethingSaid(ctx) && ctx.rec.hold
      ? html`<p class="note">${isInside(ctx) ? ctx.said(insideWords(ctx), "looks") : say("compare.hold")}</p>`
      : null}
    ${chooser(ctx, ids)}
    <h2 id="compare-table">${say("compare.table")}</h2>
    ${table(ctx, ids, rowsOf(ctx, ids, MAIN, true), "compare-table")}
    <h2>${say("compare.more")}</h2>
    ${rowsOf(ctx, ids, MORE, false).map(
      (row) => html`
        <details class="more wide" key=${row.id}>
          <summary id=${`compare-${row.id}`}>${row.title}</summary>
          ${table(ctx, ids, [row], `compare-${row.id}`)}
        </details>
      `,
    )}
    ${ladder(ctx, ids)}
    <p class="quiet">${say("compare.unchecked_note")}</p>
    <p class="quiet">${say("compare.note")}</p>
  `;
}

/** @param {Ctx} ctx @param {string[]} ids */
function chooser(ctx, ids) {
  const { say, kb } = ctx;
  const groups = [
    ["compare.choose_settings", inOrder(ctx, kb.settings)],
    ["compare.choose_add_ons", Object.keys(kb.addOns)],
    ...(isInside(ctx) ? [] : [["compare.choose_responses", Object.keys(kb.responses)]]),
  ];
  return html`
    <details class="more chooser">
      <summary>${say("compare.choose", { count: ids.length })}</summary>
      <p>${say("compare.choose_how")}</p>
      <p role="status" class=${told.text ? "note" : "sr"} lang=${told.lang || null}>${told.text}</p>
      ${groups.map(
        ([key, places]) => html`
          <fieldset key=${key}>
            <legend>${say(/** @type {string} */ (key))}</legend>
            <div class="tiles">
              ${/** @type {string[]} */ (places).map((id) => choice(ctx, ids, id))}
            </div>
          </fieldset>
        `,
      )}
      <div class="actions">
        <button type="button" class="secondary" onClick=${() => show(ctx, [])}>${say("compare.as_usual")}</button>
      </div>
    </details>
  `;
}

/** @param {Ctx} ctx @param {string[]} ids @param {string} id */
function choice(ctx, ids, id) {
  const on = ids.includes(id);
  const change = (/** @type {Event} */ event) => {
    const full = !on && ids.length >= MOST;
    if (full || (on && ids.length <= FEWEST)) {
      // The box is put back by hand: nothing of it changes, so a redraw alone would leave it as it was clicked.
      /** @type {HTMLInputElement} */ (event.target).checked = on;
      const text = ctx.say(full ? "compare.most" : "compare.least", { place: ctx.place(id) });
      told = { text, lang: ctx.state.lang };
      ctx.update({});
      return;
    }
    show(ctx, on ? ids.filter((other) => other !== id) : [...ids, id]);
  };
  return html`
    <label class="tile" key=${id}>
      <input type="checkbox" checked=${on} onChange=${change} />
      <span>${ctx.place(id)}</span>
    </label>
  `;
}

/** @param {Ctx} ctx @param {string[]} compare */
function show(ctx, compare) {
  told = { text: "", lang: "" };
  ctx.update({ compare });
}

/** @typedef {{id: string, title: string, cells: any[]}} Row */

/**
 * The rows of a table: what is told by topic, and in the first table how each fits what was said.
 * @param {Ctx} ctx
 * @param {string[]} ids
 * @param {string[]} topics
 * @param {boolean} first
 * @returns {Row[]}
 */
function rowsOf(ctx, ids, topics, first) {
  const told = (/** @type {string} */ id, /** @type {string} */ topic) => ctx.more.settings[id].topics[topic];
  const rows = topics
    .filter((topic) => topic === STUDIES || ids.some((id) => told(id, topic)))
    .map((topic) => ({
      id: topic,
      title: ctx.say(`compare.topic_${topic}`),
      cells: ids.map((id) => (topic === STUDIES ? studied(ctx, id) : cell(ctx, told(id, topic), topic))),
    }));
  const fit = { id: "fit", title: ctx.say("compare.topic_fit"), cells: ids.map((id) => fitting(ctx, id)) };
  return first && somethingSaid(ctx) ? [...rows.slice(0, 1), fit, ...rows.slice(1)] : rows;
}

/**
 * What is told of a setting on a topic. The ways that lead there name emergency rooms: whoever is in a hospital, a
 * program or jail already asks the staff.
 *
 * @param {Ctx} ctx @param {any} told @param {string} topic
 */
function cell(ctx, told, topic) {
  if (topic === WAYS_THERE && isInside(ctx)) {
    return html`<p>${ctx.say("compare.before_inside")}</p>`;
  }
  return told ? sentences(ctx, told) : nothing(ctx, "compare.nothing");
}

/** @param {Ctx} ctx @param {string} key */
function nothing(ctx, key) {
  return html`<p class="quiet">${ctx.say(key)}</p>`;
}

/** @param {Ctx} ctx @param {string} id */
function studied(ctx, id) {
  const found = /** @type {string[]} */ (ctx.more.settings[id].evidence);
  return found.length ? found.map((one) => shortStatement(ctx, one, ctx.place(id))) : nothing(ctx, "compare.no_evidence");
}

/**
 * A table on a wide screen; on a narrow one each topic with the settings below one another, each in the same size.
 * The roles keep it a table for those who listen, however it is laid out.
 * @param {Ctx} ctx
 * @param {string[]} ids
 * @param {Row[]} rows
 * @param {string} label id of what names the table
 */
function table(ctx, ids, rows, label) {
  const places = ids.map((id) => ctx.place(id));
  return html`
    <table class=${`beside beside-${ids.length}`} role="table" aria-labelledby=${label}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col"><span class="sr">${ctx.say("compare.topic")}</span></th>
          ${ids.map((id, place) => html`<th role="columnheader" scope="col" key=${id}>${places[place]}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) => html`
            <tr role="row" key=${row.id}>
              <th role="rowheader" scope="row"><span>${row.title}</span></th>
              ${row.cells.map(
                (cell, place) => html`
                  <td role="cell" key=${ids[place]}>
                    <p class="cell-name" aria-hidden="true">${places[place]}</p>
                    ${cell}
                  </td>
                `,
              )}
            </tr>
          `,
        )}
        ${rows.length === 1 ? null : reading(ctx, ids)}
      </tbody>
    </table>
  `;
}

/** The last row: all about each. @param {Ctx} ctx @param {string[]} ids */
function reading(ctx, ids) {
  return html`
    <tr role="row" key="read">
      <th role="rowheader" scope="row"><span>${ctx.say("compare.read")}</span></th>
      ${ids.map(
        (id) => html`
          <td role="cell" key=${id}>${ctx.link("settings", id, ctx.say("compare.read_name", { name: ctx.place(id) }))}</td>
        `,
      )}
    </tr>
  `;
}
