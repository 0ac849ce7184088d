// @ts-check
/** Help in danger: the same words and lines wherever it is shown. It never ends the conversation. */
import { html } from "./html.js";
import { linesFor, reach } from "./lines.js";
import { insideWords, isInside } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const FIRST = "danger_now";
/** So many lines stand open below a danger; the others are behind a fold. */
const FEW = 3;
/** How the id of a line begins that the site adds. */
const OF_THE_SITE = "site_";

/** The help panel as a screen of its own. @param {Ctx} ctx @param {() => void} close */
export function helpNow(ctx, close) {
  const urgent = ctx.rec.urgent.map((/** @type {any} */ one) => one.id);
  const found = urgent.length ? urgent : [FIRST];
  return html`
    <section class="help-panel" aria-labelledby="help-title">
      <h1 id="help-title" tabindex="-1">${ctx.say("help.title")}</h1>
      ${panels(ctx, found)}
      ${otherLines(ctx, found)}
      <p class="quiet">${ctx.say("help.checked", { day: ctx.day(oldest(ctx)) })}</p>
      <p class="quiet">${ctx.say("help.what_it_does")}</p>
      <div class="actions"><button type="button" onClick=${close}>${ctx.say("help.go_on")}</button></div>
    </section>
  `;
}

/** What to do in each danger, the gravest first, each with the lines that help. @param {Ctx} ctx @param {string[]} urgent */
export function panels(ctx, urgent) {
  return html`
    ${urgent.map((id) => panel(ctx, id))}
    ${urgent.length ? where(ctx, "secondary") : null}
  `;
}

/** To say that somebody is in a hospital or in jail now, and to take it back. @param {Ctx} ctx @param {string} name the class of the buttons */
export function where(ctx, name) {
  const { state, talk, say } = ctx;
  const button = (/** @type {string} */ inside, /** @type {string} */ words, /** @type {string} */ kind) => html`
    <button type="button" class=${kind} key=${inside} onClick=${() => ctx.update({ inside })}>${words}</button>
  `;
  if (isInside(ctx)) {
    return state.inside ? html`<p class="where">${button("", say("help.elsewhere"), "plain-button")}</p>` : null;
  }
  return html`<p class="where">
    ${Object.keys(talk.inside).reverse().map((id) => button(id, ctx.said(talk.inside[id], "asks"), name))}
  </p>`;
}

/** @param {Ctx} ctx @param {string} id */
function panel(ctx, id) {
  const { talk, say } = ctx;
  const found = talk.urgent[id];
  const there = isInside(ctx);
  const aboutAnother = ctx.state.whom === "loved_one";
  const list = (/** @type {string[]} */ lines) => html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
  const words = insideWords(ctx) || found;
  return html`
    <section class="danger" key=${id}>
      <h2>${found.title}</h2>
      ${there ? list(aboutAnother ? words.loved_one : words.person) : actions(ctx, found)}
      ${found.say ? html`<p class="script">${say("help.say", { words: ctx.said(found, "say") })}</p>` : null}
      ${there
        ? null
        : html`
            ${list(aboutAnother ? found.loved_one : found.person)}
            ${calls(ctx, fewOf(ctx, found))}
            ${aboutAnother
              ? html`<details class="more">
                  <summary>${say("help.for_person")}</summary>
                  ${list(found.person)}
                </details>`
              : null}
          `}
    </section>
  `;
}

/** What to do first, large: two things at most. @param {Ctx} ctx @param {any} found */
export function actions(ctx, found) {
  if (!found.actions.length) {
    return null;
  }
  return html`
    <ul class="large plain">
      ${found.actions.map((/** @type {{do: string, line: string}} */ { do: words, line: id }) => {
        const [line] = id ? linesFor(ctx, [id]) : [];
        return html`<li key=${words}>
          ${line ? reach(line, line.id === id ? words : line.contact) : html`<strong>${words}</strong>`}
        </li>`;
      })}
    </ul>
  `;
}

/** The few lines below a danger that are not among its actions, and those of the site. @param {Ctx} ctx @param {any} found */
function fewOf(ctx, found) {
  // A line and the one that stands for it in this language are one button.
  const own = (/** @type {string} */ id) => linesFor(ctx, [id])[0].id;
  const large = found.actions.filter((/** @type {any} */ one) => one.line).map((/** @type {any} */ one) => own(one.line));
  const others = found.lines.filter((/** @type {string} */ id) => !large.includes(own(id)));
  return [...others.slice(0, FEW), ...linesOfTheSite(ctx)];
}

/** The crisis lines that the site adds to those of the knowledge. @param {Ctx} ctx @returns {string[]} */
export function linesOfTheSite(ctx) {
  return ctx.talk.site.crisis.filter((/** @type {string} */ id) => id.startsWith(OF_THE_SITE));
}

/** The lines as buttons to call, to text or to chat, each with whom it reaches. @param {Ctx} ctx @param {string[]} ids */
export function calls(ctx, ids) {
  const lines = linesFor(ctx, ids);
  // Beside a button that texts the same number, the one that calls says only that it calls.
  const texts = (/** @type {any} */ line) => line.tel && line.sms && lines.some(({ id, sms, tel }) => id !== line.id && !tel && sms === line.sms);
  return html`
    <ul class="calls plain">
      ${lines.map((line) => html`<li key=${line.id}>${reach(line, texts(line) ? ctx.say("help.call", { number: line.tel }) : "")}</li>`)}
    </ul>
  `;
}

/** The day before which no number was checked. @param {Ctx} ctx @returns {string} */
function oldest(ctx) {
  return Object.values(ctx.talk.lines)
    .map((line) => line.checked)
    .sort()[0];
}

/** @param {Ctx} ctx @param {string[]} found */
function otherLines(ctx, found) {
  const shown = new Set(linesFor(ctx, found.flatMap((id) => ctx.talk.urgent[id].lines)).map((line) => line.id));
  const others = linesFor(ctx, Object.keys(ctx.talk.lines)).filter((line) => !shown.has(line.id) && !line.refers);
  return html`
    <details class="more">
      <summary>${ctx.say("help.more_lines")}</summary>
      <ul class="lines">
        ${others.map(
          (line) => html`
            <li key=${line.id}>
              ${reach(line)}
              <p>${line.what_for}</p>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}
