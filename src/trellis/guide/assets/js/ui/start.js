// @ts-check
/** The first screen: what this is and is not, and who it is for. */
import { keptOnDevice } from "../keep.js";
import { html } from "./html.js";
import { offered, ofTheSite } from "./offered.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** The two ways into the questions. @param {Ctx} ctx */
export function begin(ctx) {
  const { say } = ctx;
  const about = (/** @type {"me" | "loved_one"} */ whom) => ctx.go("concerns", { whom });
  return html`
    <button type="button" onClick=${() => about("me")}>${say("start.me")}</button>
    <button type="button" onClick=${() => about("loved_one")}>${say("start.loved_one")}</button>
  `;
}

/** @param {Ctx} ctx */
export function start(ctx) {
  const { say } = ctx;
  return html`
    <div class="start">
      <div class="start-main">
        <h1 id="title" tabindex="-1">${say("start.title")}</h1>
        <p class="lead">${say("start.what")}</p>
        <p class="quiet">${say("start.made")} ${offered(ctx)}</p>
        <p class="note"><strong>${say("start.private")}</strong> ${say("start.not")}</p>
        <h2>${say("start.whom")}</h2>
        <div class="stack">
          ${begin(ctx)}
          <a role="button" class="secondary" href=${`${ctx.state.lang}/read/choices/inpatient_or_iop.html`} data-read="">
            ${ctx.talk.choices.inpatient_or_iop.title}
          </a>
          <a role="button" class="secondary" href=${`${ctx.state.lang}/read/index.html`} data-read="">${say("start.reading")}</a>
        </div>
      </div>
      <div>
        <h2>${say("start.happening")}</h2>
        <ul class="doors">
          ${Object.entries(ctx.talk.moments).map(([id, title]) => html`<li key=${id}>${ctx.link("moments", id, title)}</li>`)}
        </ul>
        ${ofTheSite(ctx)}
      </div>
    </div>
    <p class="actions">
      <button type="button" class="plain-button" onClick=${() => ctx.go("keep")}>
        ${say(keptOnDevice() ? "start.kept" : "start.open")}
      </button>
      <button type="button" class="plain-button" onClick=${() => ctx.go("clinician")}>${say("door.start")}</button>
    </p>
  `;
}
