// @ts-check
/** What is wrong with a page of questions: told on top and beside each question, with a way to it. */
import { answerWords } from "./record.js";
import { askAgain } from "./asking.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./choices.js").Group} Group */

/** `missing`: questions without an answer; `clash`: what cannot be right at once. @type {{answers: object, missing: string[], clash: string[]} | null} */
let trouble = null;

/** Something is wrong with what was given for these answers. @param {Ctx} ctx @param {{missing?: string[], clash?: string[]}} found */
export function tellProblem(ctx, { missing = [], clash: facts = [] }) {
  trouble = { answers: ctx.state.answers, missing, clash: facts };
  ctx.update({});
  document.getElementById("problem")?.focus();
}

/** Nothing is wrong any more. */
export function noProblem() {
  trouble = null;
}

/** @param {Ctx} ctx */
function troubleOf(ctx) {
  return trouble !== null && trouble.answers === ctx.state.answers ? trouble : null;
}

/** Whether a question has no answer though one was asked for. @param {Ctx} ctx @param {string} key @returns {boolean} */
export function isMissing(ctx, key) {
  return Boolean(troubleOf(ctx)?.missing.includes(key));
}

/** What is wrong, on top of the page; each part leads to its question. @param {Ctx} ctx @param {Group[]} groups those still without an answer */
export function problem(ctx, groups) {
  const found = troubleOf(ctx);
  const open = found ? groups.filter((one) => found.missing.includes(one.key)) : [];
  const shown = found && (open.length || found.clash.length);
  return html`
    <div role="alert" id="problem" tabindex="-1">
      ${shown
        ? html`<div class="note problem">
            <h2>${ctx.say("talk.problem")}</h2>
            ${open.length
              ? html`<p>${ctx.say("talk.missing", { count: open.length })}</p>
                  <ul>
                    ${open.map((one) => html`<li key=${one.key}><a href=${`#group-${one.key}`} onClick=${(/** @type {Event} */ event) => lead(event, one)}>${one.legend.split(/(?<=[.?!])\s/)[0]}</a></li>`)}
                  </ul>`
              : null}
            ${found && found.clash.length ? clash(ctx, found.clash) : null}
          </div>`
        : null}
    </div>
  `;
}

/** To the first choice of a question; the address stays as it is. @param {Event} event @param {Group} one */
function lead(event, one) {
  event.preventDefault();
  const choice = /** @type {HTMLElement | null} */ (document.querySelector(`[id="group-${one.key}"] input`));
  choice?.focus();
}

/** The same beside the question. @param {Ctx} ctx @param {Group} one @returns {any} */
export function missingHere(ctx, one) {
  return html`<p class="wrong-here" id=${`wrong-${one.key}`}>${ctx.say("talk.missing_here")}</p>`;
}

/** @param {Ctx} ctx @param {string[]} facts */
function clash(ctx, facts) {
  return html`
    <p>${ctx.say("talk.clash")}</p>
    <ul>
      ${facts.map(
        (fact) => html`
          <li>
            <span id=${`clash-${fact}`}>
              ${ctx.talk.facts[fact] ? ctx.question(fact) : ctx.said(ctx.talk.factors[fact], "question")}
            </span>
            ${fact in ctx.state.answers && !(fact in ctx.state.draft)
              ? html`${" "}<em>${ctx.say("talk.your_answer", { answer: answerWords(ctx, fact) })}</em>
                  <button
                    type="button"
                    class="plain-button"
                    id=${`again-${fact}`}
                    aria-labelledby=${`again-${fact} clash-${fact}`}
                    onClick=${() => askAgain(ctx, fact)}
                  >
                    ${ctx.say("talk.take_back")}
                  </button>`
              : null}
          </li>
        `,
      )}
    </ul>
    <p>${ctx.say("talk.clash_how")}</p>
  `;
}
