// @ts-check
/** Places near: what is asked to look, and a list that reads well. */
import { filtersFor } from "../core/finding.js";
import { today } from "../state.js";
import { panels } from "../ui/help.js";
import { html } from "../ui/html.js";
import { isInCustody } from "../where.js";
import { say as told, toldOf } from "./told.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./finder.js").Finder} Finder */
/** @typedef {import("./finder.js").Found} Found */
/** @typedef {import("./match.js").Match} Match */
/** @typedef {import("./told.js").Telling} Telling */

/** So many of a part of the list are shown at first. */
const FIRST = 3;
const LOCATOR = "https://findtreatment.gov/locator";

/** The words for telling of places, for whoever reads. @param {Ctx} ctx @param {Finder} finder @returns {Telling} */
export function tellingOf({ talk, state }, { terms, words }) {
  return { terms, words: words[state.lang], talk, lang: state.lang, close: state.whom === "loved_one", today: today() };
}

/** @param {Ctx} ctx @param {Finder} finder */
export function screen(ctx, finder) {
  const { say, rec } = ctx;
  const { looking, large } = finder;
  const ready = looking.area < 0 && (looking.near !== null || !large);
  return html`
    <h1 id="title" tabindex="-1">${say("places.title")}</h1>
    ${panels(ctx, rec.urgent.map((/** @type {any} */ one) => one.id).slice(0, 1))}
    ${isInCustody(ctx) ? html`<p>${say("next.find_inside")}</p>` : null}
    <p>${say("places.lead")}</p>
    ${asking(ctx, finder)} ${looking.area < 0 ? null : area(ctx, finder)}
    ${ready || large ? list(ctx, finder, finder.find(ctx), ready) : null} ${locator(ctx, finder)}
    <p class="quiet" key="zips">${say("places.zips_from")}</p>
  `;
}

/** From where, for when, and what else is wished for. @param {Ctx} ctx @param {Finder} finder */
function asking(ctx, finder) {
  const { say, rec, state } = ctx;
  const { looking, large, used, terms, words } = finder;
  const look = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    finder.look(/** @type {HTMLInputElement} */ (form.elements.namedItem("zip")).value);
    const wrong = document.getElementById("places-said");
    (wrong?.textContent ? form.querySelector("input") : document.getElementById("places-found"))?.focus();
  };
  const wish = (/** @type {"payment" | "language" | "takes"} */ group, /** @type {string} */ key, /** @type {string} */ chosen) => {
    const several = used.filter((id) => terms.features[id].group === (group === "takes" ? "people" : group));
    return several.length
      ? html`<label key=${group}>
          ${say(key)}
          <select name=${group} onChange=${(/** @type {any} */ event) => finder.set({ [group]: event.currentTarget.value })}>
            <option value="" selected=${chosen === ""}>${say("places.any")}</option>
            ${several.map((id) => html`<option value=${id} selected=${chosen === id}>${words[state.lang].features[id].name}</option>`)}
          </select>
        </label>`
      : null;
  };
  const after = rec.next === null || rec.now === null || rec.now.packages.join() !== rec.next.packages.join();
  const speaks = looking.language ?? finder.find(ctx).wanted.language;
  return html`
    <form aria-label=${say("places.title")} onSubmit=${look} novalidate key="asking">
      <label for="places-zip">${say("places.zip")}</label>
      <input
        id="places-zip"
        name="zip"
        inputmode="numeric"
        autocomplete="off"
        maxlength="10"
        defaultValue=${looking.zip}
        aria-describedby="places-why places-said"
        aria-invalid=${looking.said === "zip_wrong" ? "true" : null}
      />
      <p class="quiet" id="places-why">${say(large ? "places.zip_needed" : "places.zip_why")}</p>
      <p class="wrong-here" id="places-said" role="status">${looking.said ? say(`places.${looking.said}`) : ""}</p>
      ${after
        ? html`<label key="when">
            ${say("places.when")}
            <select name="when" onChange=${(/** @type {any} */ event) => finder.set({ when: event.currentTarget.value })}>
              ${["now", "next"].map((one) => html`<option value=${one} selected=${looking.when === one}>${say(`places.when_${one}`)}</option>`)}
            </select>
          </label>`
        : null}
      ${wish("payment", "places.pay", looking.payment)} ${wish("language", "places.language", speaks)}
      ${wish("takes", "places.takes", looking.takes)}
      <div class="actions"><button type="submit">${say("places.look")}</button></div>
    </form>
  `;
}

/** The plain question before an area is loaded. @param {Ctx} ctx @param {Finder} finder */
function area(ctx, finder) {
  const { say } = ctx;
  const { looking } = finder;
  return html`
    <section class="note" key="area" aria-labelledby="places-area">
      <h2 id="places-area">${say("places.area_title")}</h2>
      <p>${say("places.area", { area: spans(ctx, finder.area(looking.area)) })}</p>
      ${looking.loading ? html`<p role="status">${say("loading")}</p>` : null}
      ${looking.failed ? html`<p role="alert">${say("places.failed")}</p>` : null}
      <div class="actions">
        <button type="button" onClick=${() => finder.answer(true)}>${say("places.area_yes")}</button>
        <button type="button" class="secondary" onClick=${() => finder.answer(false)}>${say("places.area_no")}</button>
      </div>
    </section>
  `;
}

/** Three digits each, several in a row as one span. @param {Ctx} ctx @param {string[]} prefixes */
function spans(ctx, prefixes) {
  /** @type {string[][]} */
  const rows = [];
  for (const one of prefixes) {
    const last = rows[rows.length - 1];
    if (last && Number(one) === Number(last[last.length - 1]) + 1) {
      last.push(one);
    } else {
      rows.push([one]);
    }
  }
  return ctx.join(rows.map((row) => (row.length > 1 ? ctx.say("places.area_span", { first: row[0], last: row[row.length - 1] }) : row[0])));
}

/** The site's own list first, then the others. @param {Ctx} ctx @param {Finder} finder @param {Found} found @param {boolean} ready */
function list(ctx, finder, { wanted, own, others }, ready) {
  const { say } = ctx;
  const telling = tellingOf(ctx, finder);
  if (!wanted.settings.length && !wanted.services.length) {
    return html`<section key="list"><p id="places-found" tabindex="-1">${told(telling, "nothing_to_look_for")}</p></section>`;
  }
  const settings = ctx.join(wanted.settings.map((id) => telling.words.care[id]));
  const parts = own.length && others.length ? [["own", own], ["others", others]] : [["found", [...own, ...others]]];
  const show = (/** @type {Match} */ one) => card(ctx, finder, telling, one, wanted);
  const nothing = !own.length && !others.length;
  return html`
    <section key="list">
      ${nothing && !ready
        ? null
        : html`<p class="quiet">${told(telling, wanted.open ? "looked_for_open" : "looked_for", { settings })}</p>`}
      ${nothing && ready ? html`<p id="places-found" tabindex="-1">${told(telling, "none_found")}</p>` : null}
      ${parts.map(([key, all], place) => {
        const several = /** @type {Match[]} */ (all);
        const shown = finder.looking.all ? several : several.slice(0, FIRST);
        return several.length
          ? html`<section key=${key}>
              <h2 id=${place ? null : "places-found"} tabindex="-1">${say(`places.${key}`)}</h2>
              <ol class="cards">${shown.filter(({ fit }) => fit !== "lacks").map(show)}</ol>
              ${shown.some(({ fit }) => fit === "lacks")
                ? html`<h3>${say("places.missing")}</h3>
                    <ol class="cards">${shown.filter(({ fit }) => fit === "lacks").map(show)}</ol>`
                : null}
            </section>`
          : null;
      })}
      ${!finder.looking.all && (own.length > FIRST || others.length > FIRST)
        ? html`<div class="actions">
            <button type="button" class="secondary" onClick=${() => finder.set({ all: true })}>${say("places.more")}</button>
          </div>`
        : null}
      ${nothing ? null : html`<p class="quiet">${told(telling, "order")} ${told(telling, "unknown_is_not_no")}</p>`}
    </section>
  `;
}

/** One place: its name, whether it fits and why, how far, the telephone; the questions and the rest below. @param {Ctx} ctx
 * @param {Finder} finder @param {Telling} telling @param {Match} match @param {import("./wanted.js").Wanted} wanted */
function card(ctx, finder, telling, match, wanted) {
  const { say } = ctx;
  const { t } = match.place;
  const one = toldOf(telling, match, wanted, finder.looking.near !== null);
  const phone = t.phone || t.intake_phone || "";
  const rest = one.reach.filter((line) => !phone || !line.endsWith(phone));
  return html`
    <li class="card" key=${one.id}>
      <h3>${one.name}</h3>
      <p><strong>${one.says}</strong></p>
      <ul>${one.why.map((line) => html`<li>${line}</li>`)}</ul>
      <p>${[...one.far, one.wait].join(" ")}</p>
      ${phone
        ? html`<p><a href=${`tel:${phone}`} role="button">${say("places.call", { number: phone })}</a></p>`
        : null}
      <details class="more">
        <summary>${told(telling, "ask_title")}<span class="sr">: ${one.name}</span></summary>
        <ol>${one.questions.map((line) => html`<li>${line}</li>`)}</ol>
        <h4>${told(telling, "script_title")}</h4>
        ${one.script.map((line) => html`<p>${line}</p>`)}
      </details>
      <details class="more">
        <summary>${say("places.more_of", { name: one.name })}</summary>
        <ul>
          ${[one.address, ...rest].filter(Boolean).map((line) => html`<li>${line}</li>`)}
          ${(t.website || "").startsWith("https://")
            ? html`<li><a href=${t.website} target="_blank" rel="noopener noreferrer">${say("places.web", { name: one.name })}</a></li>`
            : null}
        </ul>
        ${one.signs.length
          ? html`<h4>${told(telling, "signs_title")}</h4>
              <ul>${one.signs.map((line) => html`<li>${line}</li>`)}</ul>`
          : null}
        ${one.checked.map((line) => html`<p class="quiet">${line}</p>`)}
      </details>
    </li>
  `;
}

/** The public locator, with what to choose there. @param {Ctx} ctx @param {Finder} finder */
function locator(ctx, { looking }) {
  const { say } = ctx;
  const zip = looking.near ? looking.near.name : "";
  const filters = ctx.next ? filtersFor(ctx.rec).filter(({ group }) => group !== "pay") : [];
  return html`
    <section key="locator">
      <h2>${say("places.locator")}</h2>
      <p>
        <a href=${zip ? `${LOCATOR}?sAddr=${zip}` : LOCATOR} target="_blank" rel="noopener noreferrer">findtreatment.gov</a>
        ${zip ? html` <span class="quiet">${say("places.locator_zip", { zip })}</span>` : null}
      </p>
      ${filters.length
        ? html`<p>${say("places.locator_choose")}</p>
            <ul>${filters.map(({ id }) => html`<li key=${id} lang="en">${ctx.next.filters[id].label}</li>`)}</ul>`
        : null}
    </section>
  `;
}
