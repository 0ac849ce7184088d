// @ts-check
/** What people in a situation like this usually consider: in equal size, none marked; what each gives and lacks. */
import { knowsTooLittle, whyHere } from "../core/account.js";
import { fitOf } from "../core/compare.js";
import { saidAtOnce } from "../core/first.js";
import { settingsInOrder } from "../lookup.js";
import { aged } from "./aged.js";
import { answersGiven } from "./answers.js";
import { pageAfter } from "./ahead.js";
import { askAgain, isMoreToAsk } from "./asking.js";
import { pagesOfThem } from "./about_them.js";
import { concernsSaid, pagesOfAnswers, pagesToday } from "./concerns.js";
import { because } from "./because.js";
import { first } from "./first.js";
import { calls, panels } from "./help.js";
import { html } from "./html.js";
import { lackList } from "./lacking.js";
import { tellOfCourt } from "./next.js";
import { openLine, openName, unknowns } from "./taking.js";
import { way } from "./way.js";
import { worries } from "../state.js";
import { insideWords, isInCustody, isInside, lookerName, saidHere } from "../where.js";
import { ways } from "./ways.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const FEWEST = 3;
const UNKNOWN_SHOWN = 3;
/** Where nothing is ruled out, what is open is all there is to tell. */
const UNKNOWN_SHOWN_ALONE = 6;
/** More settings than this are shown with what they may lack behind a fold. */
const IN_FULL = 4;

/**
 * The settings to show, from less to more support: those not ruled out, and neighbours until there are at least three.
 *
 * @param {Ctx} ctx
 * @returns {string[]}
 */
export function consideredSettings(ctx) {
  const { kb, rec } = ctx;
  const packages = consideredIds(ctx);
  /** @type {string[]} */
  const found = [...new Set(packages.map((/** @type {string} */ id) => kb.packages[id].setting))];
  const order = settingsInOrder(kb, rec);
  const shown = new Set(found);
  const places = () => order.map((id, place) => (shown.has(id) ? place : -1)).filter((place) => place >= 0);
  // Who is to be looked at soon is not shown first what gives less than the least that holds: after an overdose no self-care.
  const hurried = rec !== null && (rec.urgent.length > 0 || rec.evaluate.some((/** @type {any} */ one) => one.certain));
  let lighterNext = !hurried;
  while (shown.size < Math.min(FEWEST, order.length)) {
    const at = places();
    const lighter = at[0] > 0 ? order[at[0] - 1] : null;
    const fuller = at[at.length - 1] < order.length - 1 ? order[at[at.length - 1] + 1] : null;
    shown.add(/** @type {string} */ ((lighterNext ? lighter : fuller) || lighter || fuller));
    lighterNext = !lighterNext && !hurried;
  }
  return order.filter((id) => shown.has(id));
}

/** @param {Ctx} ctx */
export function considered(ctx) {
  const { say, rec, state } = ctx;
  const ids = consideredSettings(ctx);
  const something = Object.keys(state.answers).length > 0;
  const urgent = rec.urgent.map((/** @type {any} */ one) => one.id);
  // In danger the result is the help, first and large. What is told of violence at home stands only where it was shown.
  const grave = urgent.filter((/** @type {string} */ id) => ctx.talk.urgent[id].actions.length || !state.shown.includes(id));
  // Where many are left, what would make them fewer comes before them.
  const many = ids.length > IN_FULL;
  const little = knowsTooLittle(rec);
  const acting = grave.some((/** @type {string} */ id) => ctx.talk.urgent[id].actions.length);
  return html`
    <h1 id="title" tabindex="-1">${say(acting ? "help.title" : "considered.title")}</h1>
    ${panels(ctx, grave)} ${acting ? null : kindWord(ctx)}
    ${first(ctx, "note first-lines")} ${pagesToday(ctx, worries(state), [...pagesOfAnswers(ctx), ...pagesOfThem(ctx)])}
    ${acting ? html`<h2>${say("considered.afterwards")}</h2>` : null}
    ${little
      ? tooLittle(ctx)
      : lead(ctx)}
    ${isInCustody(ctx) ? html`<p class="note">${say("considered.when_out")}</p>` : null}
    ${shortWay(ctx)} ${aged(ctx)} ${acting ? null : hold(ctx)}
    ${little
      ? html`${unknown(ctx, UNKNOWN_SHOWN_ALONE)}
          <h2>${say("considered.places")}</h2>
          <p>${say("considered.open")}</p>
          ${way(ctx, ids)}`
      : html`${many ? unknown(ctx, UNKNOWN_SHOWN) : null} ${way(ctx, ids)}
          <ul class="cards plain">
            ${ids.map((id, place) => html`<li class="card" key=${id}>${setting(ctx, id, place ? ids[place - 1] : null, many)}</li>`)}
          </ul>
          ${ways(ctx)} ${later(ctx)} ${many ? null : unknown(ctx, UNKNOWN_SHOWN)}`}
    ${something ? tellOfCourt(ctx) : null}
    <div class="actions">
      ${something
        ? html`<button type="button" onClick=${() => ctx.go("keep")}>${say("considered.print")}</button>`
        : null}
      <button type="button" class="secondary" onClick=${() => ctx.go("comparison")}>${say("considered.compare")}</button>
      ${isMoreToAsk(ctx)
        ? html`<button type="button" class="secondary" onClick=${() => ctx.go("conversation", { short: ctx.state.short && pageAfter(ctx, ctx.state.answers).length > 0 })}>
            ${say("considered.go_on")}
          </button>`
        : null}
    </div>
    ${something ? answersGiven(ctx, mayFill(ctx)) : null}
  `;
}

/**
 * What was said right below the answer stands on top of the result as well, where no help panel does: who spoke of
 * suicide and stopped there, or left danger open, reads whom to call before anything else.
 *
 * @param {Ctx} ctx
 */
function kindWord(ctx) {
  const { kb, state, talk } = ctx;
  const told = worries(state).map((id) => kb.asked.concerns[id]?.atOnce || "");
  const found = [...told, ...saidAtOnce(kb, state.answers)].find((id) => talk.atOnce[id]?.lines.length);
  return found
    ? html`<section class="kind">
        <p>${saidHere(ctx, found)}</p>
        ${isInside(ctx) ? null : calls(ctx, talk.atOnce[found].lines)}
      </section>`
    : null;
}

/** Whom to call to find somebody who can look. @param {Ctx} ctx */
export function linesThatRefer({ talk }) {
  return html`<ul>
    ${Object.entries(talk.lines)
      .filter(([, line]) => line.refers)
      .map(([id, line]) => html`<li key=${id}><a href=${`tel:${line.tel}`}>${line.contact}</a>. ${line.what_for}</li>`)}
  </ul>`;
}

/** Where nothing is ruled out: to ask somebody, and whom. @param {Ctx} ctx */
function tooLittle(ctx) {
  const { say } = ctx;
  return html`
    <section class="note">
      <p><strong>${say("considered.too_little", { who: whoLooks(ctx) })}</strong></p>
      ${linesThatRefer(ctx)}
    </section>
  `;
}

/** That not everything was asked, and a way to be asked the rest. @param {Ctx} ctx */
function shortWay(ctx) {
  const { say, state } = ctx;
  return state.short && isMoreToAsk(ctx) && !pageAfter(ctx, state.answers).length
    ? html`<p class="note">${say("considered.short", { concerns: concernsSaid(ctx) })}</p>`
    : null;
}

/** What the answers ask for at the least, and that open answers may ask for more. @param {Ctx} ctx */
function lead(ctx) {
  const { say, rec, kb } = ctx;
  if (rec.settled || rec.now) {
    return html`<p>${say("considered.lead")}</p>`;
  }
  const [least] = consideredIds(ctx);
  return html`
    <p>${say("considered.open")}</p>
    <p>${say("considered.least", { place: ctx.place(kb.packages[least].setting) })}</p>
  `;
}

/** @param {Ctx} ctx @returns {string[]} */
function consideredIds({ rec }) {
  return rec.now ? rec.now.packages : rec.between.now;
}

/** @param {Ctx} ctx */
function hold(ctx) {
  const { rec, say } = ctx;
  if (!rec.hold || !rec.hold.responses.length) {
    return null;
  }
  if (isInside(ctx)) {
    return html`
      <section class="note">
        <h2>${say("considered.hold")}</h2>
        <p>${ctx.said(insideWords(ctx), "looks")}</p>
      </section>
    `;
  }
  return html`
    <section class="note">
      <h2>${say("considered.hold")}</h2>
      <p>${say("considered.hold_why")}</p>
      <ul>
        ${rec.hold.responses.map(
          (/** @type {string} */ id) =>
            html`<li>${ctx.link("settings", id, ctx.place(id))}. ${ctx.said(ctx.talk.settings[id], "short")}</li>`,
        )}
      </ul>
    </section>
  `;
}

/** One setting: what it gives, what it would lack, why people come to it. @param {Ctx} ctx @param {string} id @param {string | null} lighter @param {boolean} many */
function setting(ctx, id, lighter, many) {
  const { say } = ctx;
  const fit = fitOf(ctx.rec, id);
  const name = fit.package ? ctx.package(fit.package.id) : ctx.place(id);
  const certain = fit.lacking.filter((/** @type {any} */ row) => row.certain);
  const open = fit.lacking.filter((/** @type {any} */ row) => !row.certain);
  return html`
    <h2 id=${`setting-${id}`}>${name}</h2>
    <p>${ctx.said(ctx.talk.settings[id], "short")}</p>
    ${certain.length ? lacking(ctx, "considered.lacks", certain) : null}
    ${open.length ? mayLack(ctx, open, many, name) : null}
    ${certain.length || open.length ? null : html`<p class="quiet">${say("considered.lacks_nothing")}</p>`}
    ${reasons(ctx, fit, lighter, id)}
    <p class="read">${ctx.link("settings", id, html`${say("considered.read")}<span class="sr">: ${name}</span>`)}</p>
  `;
}

/**
 * What depends on open answers; behind a fold where many settings are shown, for while little is said all of it is open.
 *
 * @param {Ctx} ctx @param {any[]} rows @param {boolean} folded @param {string} name
 */
function mayLack(ctx, rows, folded, name) {
  const words = lacking(ctx, "considered.may_lack", rows);
  return folded
    ? html`<details class="more">
        <summary>${ctx.say("considered.may_lack_what")}<span class="sr">: ${name}</span></summary>
        ${words}
      </details>`
    : words;
}

/** @param {Ctx} ctx @param {string} key @param {any[]} rows */
function lacking(ctx, key, rows) {
  return html`
    <p>${ctx.say(key)}</p>
    ${lackList(ctx, rows)}
  `;
}

/**
 * Why people in such a situation come to a setting: the needs it covers and the next lighter one shown does not.
 *
 * @param {Ctx} ctx @param {any} fit @param {string | null} lighter
 * @returns {string[]}
 */
export function reasonsFor(ctx, fit, lighter) {
  if (!fit.package) {
    return [];
  }
  const below = lighter ? fitOf(ctx.rec, lighter).package : null;
  return whyHere(ctx.rec, fit.package.id, below ? below.id : null);
}

/** @param {Ctx} ctx @param {any} fit @param {string | null} lighter @param {string} id */
function reasons(ctx, fit, lighter, id) {
  return html`
    <details class="more">
      <summary id=${`why-${id}`} aria-labelledby=${`why-${id} setting-${id}`}>${ctx.say("considered.why")}</summary>
      ${mayFill(ctx) ? inSentences(ctx, reasonsFor(ctx, fit, lighter)) : null}
    </details>
  `;
}

/** @param {Ctx} ctx @param {string[]} needs */
function inSentences(ctx, needs) {
  return needs.length
    ? html`<ul>
        ${needs.map((need) => html`<li key=${need}>${because(ctx, need)}</li>`)}
      </ul>`
    : html`<p>${ctx.say("considered.no_reason")}</p>`;
}

/** @param {Ctx} ctx */
function later(ctx) {
  const { rec, say } = ctx;
  if (!rec.now || !rec.next || rec.now.packages.join() === rec.next.packages.join()) {
    return null;
  }
  const places = ctx.join(rec.next.packages.map(ctx.package));
  return html`<p>
    <strong>${say("considered.later")}.</strong> ${say("considered.later_what", { places })}
  </p>`;
}

/** Who looks, and how soon; a doctor or a clinic where nothing was said that asks for anybody: what is only possible hurries nobody. @param {Ctx} ctx @returns {string} */
export function whoLooks(ctx) {
  const sure = ctx.rec.evaluate.filter((/** @type {any} */ one) => one.certain);
  const people = sure.map((/** @type {any} */ one) =>
    ctx.say("considered.unknown_soon", { who: lookerName(ctx, one.by), soon: ctx.soon(one.withinHours) }),
  );
  return people.length ? ctx.join(people.slice(0, 2)) : ctx.say("considered.anyone");
}

/**
 * What was not asked or is not known and would change the result: who can find it out, and a way to answer it now.
 *
 * @param {Ctx} ctx @param {number} most
 */
function unknown(ctx, most) {
  const { say, rec } = ctx;
  const facts = unknowns(ctx);
  if (!facts.length) {
    return null;
  }
  const asks = isMoreToAsk(ctx);
  const answer = (/** @type {string} */ fact) =>
    asks && !rec.unanswerable.includes(fact)
      ? html`
          <button type="button" class="plain-button" onClick=${() => askAgain(ctx, fact)}>
            ${say("considered.answer")}<span class="sr">: ${openName(ctx, fact)}</span>
          </button>
        `
      : null;
  return html`
    <section key="unknown">
      <h2>${say("considered.unknown")}</h2>
      <ul>
        ${facts.slice(0, most).map((fact) => html`<li key=${fact} class="open">${openLine(ctx, fact)} ${answer(fact)}</li>`)}
        ${facts.length > most ? html`<li>${say("considered.more", { count: facts.length - most })}</li>` : null}
      </ul>
    </section>
  `;
}

/** The answers whose folds may be filled, or soon will be. @type {WeakMap<object, boolean>} */
const filled = new WeakMap();

/** Most of this screen lies in its folds: on a slow phone the rest is there sooner without what they hold. @param {Ctx} ctx @returns {boolean} */
function mayFill(ctx) {
  const { answers: given } = ctx.state;
  if (!filled.has(given)) {
    filled.set(given, false);
    const fill = () => {
      filled.set(given, true);
      ctx.update({});
    };
    requestAnimationFrame(() => setTimeout(fill)); // a timer alone may come before the screen is painted
  }
  return filled.get(given) === true;
}
