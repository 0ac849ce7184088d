// @ts-check
/** The questions, a small group a screen, with why they are asked, "I don't know", and help at once in danger. */
import { recommendation } from "../context.js";
import { AnswerError } from "../core/decide.js";
import { DECLINED, NOT_KNOWN } from "../core/parsing.js";
import { withTold } from "../told.js";
import { foresee, foreseen, pageAfter } from "./ahead.js";
import { pageOf } from "./asking.js";
import { helpAtOnce } from "./at_once.js";
import { answersOf, group, groupsOf, tickedOf } from "./choices.js";
import { panels } from "./help.js";
import { html } from "./html.js";
import { linesThatRefer, whoLooks } from "./considered.js";
import { joined, latest } from "./joined.js";
import { minutesLeft } from "./left.js";
import { isMissing, missingHere, noProblem, problem, tellProblem } from "./problem.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("./choices.js").Group} Group */

/** After so many answers that nobody knew it is said that one need not know. */
const MANY_UNKNOWN = 3;

/** @param {Ctx} ctx */
export function conversation(ctx) {
  const { say, state } = ctx;
  const urgent = ctx.rec.urgent.map((/** @type {any} */ one) => one.id);
  const fresh = urgent.filter((/** @type {string} */ id) => !state.shown.includes(id));
  if (fresh.length) {
    return danger(ctx, fresh);
  }
  const page = pageOf(ctx);
  if (!page.length) {
    return done(ctx);
  }
  const groups = page.flatMap((question) => groupsOf(ctx, question));
  const gate = groups.find((one) => one.private && !state.safe.includes(one.key));
  prepare(ctx, groups);
  const missing = groups.filter((one) => answersOf(ctx, one) === null);
  /** @type {Set<string>} */
  const said = new Set();
  return html`
    <h1 id="title" class="part" tabindex="-1">${say("talk.title", { number: state.page + 1, topics: topics(ctx, page) })}</h1>
    ${gate ? null : problem(ctx, missing)}
    ${progress(ctx)}
    ${gate
      ? safety(ctx, gate)
      : html`<form key=${`${state.page} ${state.asking}`} onSubmit=${(/** @type {Event} */ event) => give(ctx, event, groups)}>
          ${unknowns(ctx)}
          ${page.some((question) => question.again) ? html`<p class="note">${say("talk.again")}</p>` : null}
          ${groups.map((one) => {
            const wrong = missing.includes(one) && isMissing(ctx, one.key);
            const around = { before: wrong ? missingHere(ctx, one) : null, after: helpAtOnce(ctx, one, said), invalid: wrong ? `wrong-${one.key}` : "" };
            return group(ctx, one, around);
          })}
          <div class="actions">
            <button type="submit">${say("talk.next")}</button>
          </div>
          ${why(ctx, page)}
        </form>`}
    <div class="actions">
      <button type="button" class="plain-button" onClick=${() => history.back()}>${say("back")}</button>
      <button type="button" class="plain-button" onClick=${() => ctx.go("considered", { draft: {} })}>
        ${say("talk.skip_to_end")}
      </button>
    </div>
  `;
}

/** What a page is about; who somebody is, asked beside it, only where that is all. @param {Ctx} ctx @param {any[]} page @returns {string} */
function topics(ctx, page) {
  const facts = page.filter(({ facts }) => facts.length > 0);
  return [...new Set((facts.length ? facts : page).map(({ screen }) => ctx.talk.topics[screen.topic]))].join(", ");
}

/** Once all is chosen, work out what "Next" will show. @param {Ctx} ctx @param {Group[]} groups */
function prepare(ctx, groups) {
  const found = groups.map((one) => answersOf(ctx, one));
  if (found.every((one) => one !== null)) {
    foresee(ctx, Object.assign({}, ...found));
  }
}

/** Nothing more to ask: go to the result. @param {Ctx} ctx */
function done(ctx) {
  // Drawing must not change what is drawn: the change comes after it.
  setTimeout(() => ctx.go("considered"));
  return html`<h1 id="title" tabindex="-1">${ctx.say("loading")}</h1>`;
}

/** The help for a danger that was just told of, before any further question. @param {Ctx} ctx @param {string[]} fresh */
function danger(ctx, fresh) {
  return html`
    <h1 id="title" tabindex="-1">${ctx.say("help.title")}</h1>
    ${panels(ctx, fresh)}
    <p class="quiet">${ctx.say("help.what_it_does")}</p>
    <div class="actions">
      <button type="button" onClick=${() => ctx.go("conversation", { shown: [...ctx.state.shown, ...fresh] })}>
        ${ctx.say("help.go_on")}
      </button>
    </div>
  `;
}

/** @param {Ctx} ctx */
function progress(ctx) {
  const { rec } = ctx;
  const total = rec.needs.length || 1;
  const minutes = minutesLeft(ctx);
  return html`
    <p class="progress quiet">
      <progress value=${total - rec.open.length} max=${total} aria-hidden="true"></progress>
      ${minutes ? html`<span>${ctx.say("talk.left", { minutes })}</span>` : null}
    </p>
  `;
}

/** After several answers that nobody knew: that one need not know, who can find out, and whom to call. @param {Ctx} ctx */
function unknowns(ctx) {
  const { say, state } = ctx;
  if (notKnown(state.answers) < MANY_UNKNOWN) {
    return null;
  }
  // Told once, on the page after the third; later pages only keep the way there.
  const before = [...state.history].reverse().find(({ page }) => page < state.page);
  if (before && notKnown(before.answers) >= MANY_UNKNOWN) {
    return html`<p class="quiet" key="unknown">
      <button type="button" class="plain-button" onClick=${() => ctx.go("considered", { draft: {} })}>${say("talk.unknown_again")}</button>
    </p>`;
  }
  return html`
    <div class="note" key="unknown">
      <p><strong>${say("talk.unknown")}</strong> ${say("talk.unknown_who", { who: whoLooks(ctx) })}</p>
      ${linesThatRefer(ctx)}
      <button type="button" class="secondary" onClick=${() => ctx.go("considered", { draft: {} })}>${say("talk.skip_to_end")}</button>
    </div>
  `;
}

/** How many answers nobody knew. @param {Answers} answers */
function notKnown(answers) {
  return Object.values(answers).filter((given) => latest(given).value === NOT_KNOWN).length;
}

/** @param {Ctx} ctx @param {Group} one */
function safety(ctx, one) {
  const skip = () => submit(ctx, { [one.key]: DECLINED }, withTold(ctx.state.told, "", { [one.key]: DECLINED }, []));
  return html`
    <p><strong>${one.private}</strong></p>
    <div class="actions">
      <button type="button" onClick=${() => ctx.go("conversation", { asking: ctx.state.asking, safe: [...ctx.state.safe, one.key] })}>
        ${ctx.say("talk.safe_yes")}
      </button>
      <button type="button" class="secondary" onClick=${skip}>${ctx.say("talk.safe_no")}</button>
    </div>
  `;
}

/** @param {Ctx} ctx @param {Event} event @param {Group[]} groups */
function give(ctx, event, groups) {
  event.preventDefault();
  const found = groups.map((one) => answersOf(ctx, one));
  const missing = groups.filter((_, place) => found[place] === null);
  if (missing.length) {
    tellProblem(ctx, { missing: missing.map((one) => one.key) });
    return;
  }
  const told = groups.reduce(
    (before, one, place) => withTold(before, one.many ? one.key : "", /** @type {Answers} */ (found[place]), tickedOf(ctx, one)),
    ctx.state.told,
  );
  submit(ctx, Object.assign({}, ...found), told);
}

/** @param {Ctx} ctx @param {Answers} given @param {import("../told.js").Told[]} told the record with what was given */
function submit(ctx, given, told) {
  const { state } = ctx;
  const answers = foreseen(state.answers, given) || joined(ctx, given);
  try {
    recommendation(ctx.kb, answers);
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    const facts = error.problems.flatMap((/** @type {any} */ one) => one.facts);
    tellProblem(ctx, { clash: [...new Set(facts)] });
    return;
  }
  noProblem();
  // Who changes an answer comes back to where they were; a new danger is told there too.
  const changed = state.asking !== "" && cameFrom(state) !== "conversation";
  const next = changed || over(ctx, answers) ? "considered" : "conversation";
  ctx.go(next, { answers, told, page: state.page + (changed ? 0 : 1), draft: {} });
}

/** The screen before this one. @param {State} state */
function cameFrom({ history }) {
  const [before] = history.slice(-1);
  return before ? before.screen : "start";
}

/** Whether these answers lead to the result, with no new danger to tell of before it. @param {Ctx} ctx @param {Answers} answers */
function over(ctx, answers) {
  const { urgent } = recommendation(ctx.kb, answers);
  return urgent.every((/** @type {any} */ one) => ctx.state.shown.includes(one.id)) && !pageAfter(ctx, answers).length;
}

/** @param {Ctx} ctx @param {any[]} page */
function why(ctx, page) {
  const names = page.flatMap((question) => [...question.factors, ...question.facts]);
  const helps = new Set(names.map((name) => (ctx.talk.facts[name] || ctx.talk.factors[name]).help));
  const needs = page.flatMap((question) => question.needs);
  const titles = new Set(needs.map((need) => ctx.talk.dimensions[ctx.talk.needs[need].dimension]));
  return html`
    <details class="more" key="why">
      <summary>${ctx.say("talk.why")}</summary>
      ${[...helps].map((help) => html`<p>${help}</p>`)}
      ${titles.size ? html`<p>${ctx.say("talk.why_changes", { titles: ctx.join([...titles]) })}</p>` : null}
      <p>${ctx.link("terms", "index", ctx.say("talk.words_explained"))}</p>
    </details>
  `;
}
