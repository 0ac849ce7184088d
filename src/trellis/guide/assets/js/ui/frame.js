// @ts-check
/** What stands around every screen: help first, leaving, language, the parts of the guide, the footer. */
import { approaches } from "./approaches.js";
import { clinician } from "./clinician.js";
import { comparison } from "./comparison.js";
import { concerns } from "./concerns.js";
import { considered } from "./considered.js";
import { conversation } from "./conversation.js";
import { helpNow } from "./help.js";
import { html } from "./html.js";
import { keepScreen } from "./keep.js";
import { linesFor } from "./lines.js";
import { crisisInside } from "../where.js";
import { whatMatters } from "./matters.js";
import { nextSteps } from "./next.js";
import { questions } from "./questions.js";
import { readingSheet } from "./sheet.js";
import { start } from "./start.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @type {Record<string, (ctx: Ctx) => any>} */
const SCREENS = {
  start,
  concerns,
  conversation,
  considered,
  comparison,
  matters: whatMatters,
  approaches,
  questions,
  places,
  next: nextSteps,
  keep: keepScreen,
  clinician,
};
/** The parts that have no other way on. */
const SHOWING = ["comparison", "matters", "approaches"];
const PARTS = ["considered", "comparison", "matters", "approaches", "questions", "places", "next", "keep"];
/** Where the way to places near stands at the end. */
const TO_PLACES = ["considered"];

/** @param {{ctx: Ctx, reading: string | null, helping: boolean, missing: boolean, close: () => void, speak: (lang: "en" | "es") => void}} given */
export function frame({ ctx, reading, helping, missing, close, speak }) {
  const screen = SCREENS[ctx.state.screen];
  const over = reading !== null || helping;
  return html`
    <a class="skip" href="#main">${ctx.say("skip")}</a>
    ${header(ctx, speak)}
    ${missing ? html`<p class="note container" role="alert">${ctx.say("load_failed")}</p>` : null}
    ${PARTS.includes(ctx.state.screen) ? parts(ctx) : null}
    <main id="main" class="container" tabindex="-1">
      <div hidden=${over}>${screen(ctx)} ${on(ctx)}</div>
      ${helping ? helpNow(ctx, close) : null}
      ${reading !== null ? html`<${readingSheet} ctx=${ctx} path=${reading} close=${close} />` : null}
    </main>
    ${footer(ctx)}
  `;
}

/** @param {Ctx} ctx @param {(lang: "en" | "es") => void} speak */
function header(ctx, speak) {
  const other = ctx.state.lang === "en" ? "es" : "en";
  const there = crisisInside(ctx);
  return html`
    <header class="top">
      <div class="bar">
        <p class="brand">${ctx.talk.site.name}</p>
        <button type="button" class="help" onClick=${() => ctx.actions.help()}>${ctx.say("help_now")}</button>
        <button type="button" class="secondary" lang=${other} onClick=${() => speak(other)}>
          ${ctx.say("other_language")}
        </button>
        <button type="button" class="leave" title=${ctx.say("leave_how")} onClick=${() => ctx.actions.quickExit()}>
          ${ctx.say("leave")}
        </button>
      </div>
    </header>
    <aside class="crisis" aria-label=${ctx.say("help.lines")}>
      <p>
        ${there ? html`<strong>${there}</strong>` : null}
        ${there && ctx.state.whom !== "loved_one"
          ? null
          : html`<span><span class="sr">${ctx.say("crisis.danger")}</span> ${call(ctx, "line_911")}</span>
              <span><span class="sr">${ctx.say("crisis.talk")}</span> ${call(ctx, "line_988")} ${text(ctx, "line_988_text")}</span>`}
      </p>
    </aside>
  `;
}

/** A line in the reader's language, in as few words as will do. @param {Ctx} ctx @param {string} id */
function call(ctx, id) {
  const [line] = linesFor(ctx, [id]);
  return html`<a href=${`tel:${line.tel}`}>${ctx.say(line.id === id ? "help.call" : "crisis.call_own", { number: line.tel })}</a>`;
}

/** @param {Ctx} ctx @param {string} id */
function text(ctx, id) {
  const [line] = linesFor(ctx, [id]);
  return html`<a href=${`sms:${line.sms}`}>${ctx.say(line.id === id ? "help.text" : "crisis.text_own", { number: line.sms })}</a>`;
}

/** @param {Ctx} ctx */
function parts(ctx) {
  return html`
    <nav class="parts container" aria-label=${ctx.say("parts")}>
      <ul>
        ${PARTS.filter((part) => part !== "places" || ctx.talk.site.places).map(
          (part) => html`
            <li>
              <button
                type="button"
                class=${part === ctx.state.screen ? "here" : "secondary"}
                aria-current=${part === ctx.state.screen ? "page" : null}
                onClick=${() => ctx.go(part)}
              >
                ${ctx.say(`part.${part}`)}
              </button>
            </li>
          `,
        )}
      </ul>
    </nav>
  `;
}

/** Places near, in a guide that has a directory of them. @param {Ctx} ctx */
function places(ctx) {
  return ctx.places
    ? ctx.places.screen(ctx)
    : html`<h1 id="title" tabindex="-1">${ctx.say("part.places")}</h1><p role="status">${ctx.say("loading")}</p>`;
}

/** The way on to the next part, at the end of those that only show something. @param {Ctx} ctx */
function on(ctx) {
  if (ctx.talk.site.places && TO_PLACES.includes(ctx.state.screen)) {
    return html`<p><button type="button" onClick=${() => ctx.go("places")}>${ctx.say("places.to")}</button></p>`;
  }
  if (!SHOWING.includes(ctx.state.screen)) {
    return null;
  }
  const next = PARTS[PARTS.indexOf(ctx.state.screen) + 1];
  return html`
    <div class="actions">
      <button type="button" onClick=${() => ctx.go(next)}>
        ${ctx.say("part.on", { part: ctx.say(`part.${next}`) })}
      </button>
    </div>
  `;
}

/** @param {Ctx} ctx */
function footer(ctx) {
  const { lang } = ctx.state;
  return html`
    <footer class="container quiet">
      <p>${ctx.say("footer.review")}</p>
      <ul class="row plain">
        <li><a href=${`${lang}/read/index.html`} data-read="">${ctx.say("footer.reading")}</a></li>
        <li><a href=${`${lang}/read/about.html`} data-read="">${ctx.say("footer.about")}</a></li>
      </ul>
      <p>${ctx.talk.site.name} · ${ctx.talk.version}</p>
    </footer>
  `;
}
