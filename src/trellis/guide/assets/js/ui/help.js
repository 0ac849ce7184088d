// @ts-check
/** Help in danger: the same words and lines wherever it is shown. It never ends the conversation. */
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const FIRST = "danger_now";
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
  const aboutAnother = ctx.state.whom === "loved_one";
  return urgent.map((id) => {
    const found = ctx.talk.urgent[id];
    return html`
      <section class="danger" key=${id}>
        <h2>${found.title}</h2>
        ${calls(ctx, withSites(ctx, found.lines))}
        ${aboutAnother ? html`<h3>${ctx.say("help.for_you")}</h3>` : null}
        <ul>
          ${(aboutAnother ? found.loved_one : found.person).map((/** @type {string} */ line) => html`<li>${line}</li>`)}
        </ul>
        ${aboutAnother
          ? html`<details class="more">
              <summary>${ctx.say("help.for_person")}</summary>
              <ul>
                ${found.person.map((/** @type {string} */ line) => html`<li>${line}</li>`)}
              </ul>
            </details>`
          : null}
      </section>
    `;
  });
}

/** The lines of a danger, then those that the site adds. @param {Ctx} ctx @param {string[]} lines */
function withSites(ctx, lines) {
  return [...lines, ...linesOfTheSite(ctx)];
}

/** The crisis lines that the site adds to those of the knowledge. @param {Ctx} ctx @returns {string[]} */
export function linesOfTheSite(ctx) {
  return ctx.talk.site.crisis.filter((/** @type {string} */ id) => id.startsWith(OF_THE_SITE));
}

/** The lines as buttons to call, to text or to chat. @param {Ctx} ctx @param {string[]} lines */
export function calls(ctx, lines) {
  return html`
    <ul class="calls plain">
      ${lines.map((id) => {
        const line = ctx.talk.lines[id];
        return html`<li key=${id}>${reach(line)}</li>`;
      })}
    </ul>
  `;
}

/** @param {any} line */
function reach(line) {
  const way = line.tel ? `tel:${line.tel}` : line.sms ? `sms:${line.sms}` : line.web;
  const outside = !line.tel && !line.sms;
  return html`<a
    role="button"
    href=${way}
    target=${outside ? "_blank" : null}
    rel=${outside ? "noopener noreferrer" : null}
    title=${line.what_for}
    >${line.contact}</a
  >`;
}

/** The day before which no number was checked. @param {Ctx} ctx @returns {string} */
function oldest(ctx) {
  return Object.values(ctx.talk.lines)
    .map((line) => line.checked)
    .sort()[0];
}

/** @param {Ctx} ctx @param {string[]} found */
function otherLines(ctx, found) {
  const shown = new Set(found.flatMap((id) => ctx.talk.urgent[id].lines));
  const others = Object.entries(ctx.talk.lines).filter(([id, line]) => !shown.has(id) && !line.refers);
  return html`
    <details class="more">
      <summary>${ctx.say("help.more_lines")}</summary>
      <ul class="lines">
        ${others.map(
          ([id, line]) => html`
            <li key=${id}>
              ${reach(line)}
              <p>${line.what_for}</p>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}
