// @ts-check
/** The questions to take along, to be put aside, changed or added to. */
import { html } from "./html.js";
import { generateQuestions } from "./taking.js";

export { generateQuestions } from "./taking.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./taking.js").Question} Question */

const GROUPS = ["choice", "open", "help", "court", "life", "cost", "after"];

/** @param {Ctx} ctx */
export function questions(ctx) {
  const { say } = ctx;
  const title = html`<h1 id="title" tabindex="-1">${say("questions.title")}</h1>`;
  if (!ctx.more || !ctx.next) {
    return html`${title}<p role="status">${say("loading")}</p>`;
  }
  const all = generateQuestions(ctx);
  const others = all.filter((one) => !one.usual);
  return html`
    ${title}
    <p>${say("questions.lead")}</p>
    ${GROUPS.map((group) => [group, all.filter((one) => one.usual && one.group === group)])
      .filter(([, found]) => found.length)
      .map(
        ([group, found]) => html`
          <section key=${group}>
            <h2>${say(`questions.group.${group}`)}</h2>
            ${list(ctx, /** @type {Question[]} */ (found))}
          </section>
        `,
      )}
    ${others.length
      ? html`<details class="more" key="others">
          <summary>${say("questions.more", { count: others.length })}</summary>
          ${list(ctx, others)}
        </details>`
      : null}
    ${owned(ctx)}
    <div class="actions" key="actions">
      <button type="button" onClick=${() => ctx.go("keep")}>${say("next.print")}</button>
    </div>
  `;
}

/** @param {Ctx} ctx @param {Question[]} found */
function list(ctx, found) {
  return html`
    <ul class="plain take-along">
      ${found.map((one) => html`<li key=${one.id}>${entry(ctx, one)}</li>`)}
    </ul>
  `;
}

/** @param {Ctx} ctx @param {Question} one */
function entry(ctx, one) {
  const { say } = ctx;
  const ticked = (/** @type {any} */ event) => keep(ctx, one, { on: event.target.checked });
  const typed = (/** @type {any} */ event) => keep(ctx, one, { text: event.target.value || " " });
  return html`
    <label class="tile">
      <input type="checkbox" checked=${one.on} onChange=${ticked} />
      <span id=${`text-${one.id}`}>${one.text}</span>
    </label>
    <details class="more">
      <summary>${say("questions.change")}<span class="sr">: ${one.text}</span></summary>
      <label>
        <span id=${`words-${one.id}`}>${say("questions.words")}</span>
        <textarea
          rows="3"
          value=${one.text}
          aria-labelledby=${`words-${one.id} text-${one.id}`}
          onInput=${typed}
        ></textarea>
      </label>
      ${one.changed
        ? html`<button type="button" class="plain-button" onClick=${() => keep(ctx, one, { text: "" })}>
            ${say("questions.undo")}<span class="sr">: ${one.text}</span>
          </button>`
        : null}
    </details>
  `;
}

/** @param {Ctx} ctx @param {Question} one @param {{text?: string, on?: boolean}} change */
function keep(ctx, one, change) {
  const others = ctx.state.questions.filter((other) => other.id !== one.id);
  const { id, on } = one;
  ctx.update({ questions: [...others, { id, text: one.changed ? one.text : "", on, ...change }] });
}

/** The person's own questions, kept as they are typed. @param {Ctx} ctx */
function owned(ctx) {
  const { say, state } = ctx;
  const own = state.own.length ? state.own : [""];
  const put = (/** @type {number} */ place, /** @type {string} */ text) =>
    ctx.update({ own: own.map((before, other) => (other === place ? text : before)) });
  const remove = (/** @type {number} */ place) => ctx.update({ own: own.filter((_, other) => other !== place) });
  const add = () => {
    ctx.update({ own: [...own, ""] });
    document.getElementById(`own-${own.length}`)?.focus();
  };
  const labelled = (/** @type {string} */ text, /** @type {number} */ place) => html`
    <li key=${place}>
      <label>
        ${say("questions.own_one", { number: place + 1 })}
        <textarea
          id=${`own-${place}`}
          rows="3"
          value=${text}
          onInput=${(/** @type {any} */ event) => put(place, event.target.value)}
        ></textarea>
      </label>
      ${own.length > 1 || text
        ? html`<button type="button" class="plain-button" onClick=${() => remove(place)}>
            ${say("questions.remove", { number: place + 1 })}
          </button>`
        : null}
    </li>
  `;
  return html`
    <section key="own">
      <h2>${say("questions.own")}</h2>
      <ul class="plain take-along">
        ${own.map(labelled)}
      </ul>
      <div class="actions">
        <button type="button" class="secondary" onClick=${add}>
          ${say("questions.add")}
        </button>
      </div>
    </section>
  `;
}
