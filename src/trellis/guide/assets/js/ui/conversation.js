// @ts-check
/** The questions, a small group a screen, with why they are asked, "I don't know", and help at once in danger. */
import { recommendation } from "../context.js";
import { AnswerError, dangerIn } from "../core/decide.js";
import { questionOn, tick } from "../core/interview.js";
import { DECLINED, NOT_KNOWN } from "../core/parsing.js";
import { mayBeUrgent, valuesOf } from "../lookup.js";
import { today } from "../state.js";
import { foresee, foreseen, pageAfter } from "./ahead.js";
import { calls, panels } from "./help.js";
import { html } from "./html.js";
import { joined, latest } from "./joined.js";
import { minutesLeft } from "./left.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */

const NONE = "none";

/** The questions of the page for these answers; only that which somebody wants to answer anew. @param {Ctx} ctx @returns {any[]} */
export function pageOf(ctx) {
  const { asking, answers } = ctx.state;
  return asking ? [questionOn(ctx.kb, asking)] : pageAfter(ctx.kb, answers);
}

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
  return html`
    <h1 id="title" tabindex="-1">${say("talk.title", { number: state.history.length + 1 })}</h1>
    ${progress(ctx)}
    ${gate
      ? safety(ctx, gate)
      : html`<form key=${state.history.length} onSubmit=${(/** @type {Event} */ event) => give(ctx, event, groups)}>
          ${page.some((question) => question.again) ? html`<p class="note">${say("talk.again")}</p>` : null}
          ${groups.map((one) => group(ctx, one))}
          ${problem(ctx)}
          <div class="actions">
            <button type="submit">${say("talk.next")}</button>
          </div>
          ${why(ctx, page)}
        </form>`}
    <div class="actions">
      ${state.history.length
        ? html`<button type="button" class="plain-button" onClick=${() => history.back()}>${say("back")}</button>`
        : null}
      <button type="button" class="plain-button" onClick=${() => ctx.go("considered", { draft: {} })}>
        ${say("talk.skip_to_end")}
      </button>
    </div>
  `;
}

/** Once all is chosen, work out what "Next" will show. @param {Ctx} ctx @param {any[]} groups */
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
      <span>${ctx.say("talk.left", { minutes })}</span>
    </p>
  `;
}

/** @param {Ctx} ctx @param {any} one */
function safety(ctx, one) {
  const skip = () => submit(ctx, { [one.key]: DECLINED });
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

/**
 * The groups of choices of a question: one for each fact or context, one for a whole checklist.
 *
 * @param {Ctx} ctx @param {any} question
 */
function groupsOf(ctx, question) {
  const { talk, said } = ctx;
  const { screen } = question;
  if (screen.checklist && screen.checklist.length) {
    const words = talk.screens[screen.id];
    const other = ctx.state.whom === "loved_one" ? words.labels_loved_one || {} : {};
    const facts = screen.checklist.map((/** @type {any} */ item) => item.fact);
    const open = facts.filter((/** @type {string} */ fact) => question.facts.includes(fact));
    const choices = open.map((/** @type {string} */ fact) => ({ id: fact, text: other[fact] || words.labels[fact] }));
    return [{ key: screen.id, legend: said(words, "prompt"), choices, many: true, question, private: null }];
  }
  const names = question.factors.length ? question.factors : question.facts;
  return names.map((/** @type {string} */ name) => {
    const entry = talk.factors[name] || talk.facts[name];
    const steps = entry.steps || entry.values;
    const others = (ctx.state.whom === "loved_one" && (entry.steps_loved_one || entry.values_loved_one)) || {};
    const order = valuesOf(ctx.kb, name);
    const choices = order.map((/** @type {string} */ id) => ({ id, text: others[id] || steps[id] }));
    return { key: name, legend: said(entry, "question"), choices, many: false, question, private: entry.private || null };
  });
}

const SENTENCES = /[^.?!]+[.?!]+/g;
const PARTS_OF_A_CHOICE = /[^;]+/g;
const SHORT = 22;

/** Words of several parts as a list, so that the eye finds each; short words as they are. @param {string} words @param {RegExp} part */
function listed(words, part) {
  const parts = words.match(part) || [];
  if (words.split(/\s+/).length < SHORT || parts.length < 2) {
    return words;
  }
  const lead = part === SENTENCES;
  return html`<span class="items">
    ${parts.map((one, place) => html`<span class=${lead && place === 0 ? "lead" : null}>${one.trim()}${" "}</span>`)}
  </span>`;
}

/** @param {Ctx} ctx @param {any} one */
function group(ctx, one) {
  const { say, state } = ctx;
  const chosen = state.draft[one.key];
  const choices = [
    ...one.choices,
    ...(one.many ? [{ id: NONE, text: say("talk.none") }] : []),
  ];
  const apart = [
    { id: NOT_KNOWN, text: say("talk.not_known"), apart: true },
    { id: DECLINED, text: say("talk.declined"), apart: true },
  ];
  const is = (/** @type {string} */ id) => (Array.isArray(chosen) ? chosen.includes(id) : chosen === id);
  const tile = (/** @type {any} */ choice, /** @type {boolean} */ box) => html`
    <label class=${choice.apart ? "tile apart" : "tile"} key=${choice.id}>
      <input
        type=${box ? "checkbox" : "radio"}
        name=${one.key}
        value=${choice.id}
        checked=${is(choice.id)}
        onChange=${() => choose(ctx, one, choice.id)}
      />
      <span>${listed(choice.text, PARTS_OF_A_CHOICE)}</span>
    </label>
  `;
  return html`
    <fieldset key=${one.key} class="question">
      <legend>${listed(one.legend, SENTENCES)}</legend>
      <div class="tiles">
        ${choices.map((choice) => tile(choice, one.many))}
        <div class="apart-row">${apart.map((choice) => tile(choice, false))}</div>
      </div>
      ${helpAtOnce(ctx, one)}
    </fieldset>
  `;
}

/** @param {Ctx} ctx @param {any} one @param {string} id */
function choose(ctx, one, id) {
  const before = ctx.state.draft[one.key];
  /** @type {string | string[]} */
  let after = id;
  if (one.many && ![NONE, NOT_KNOWN, DECLINED].includes(id)) {
    const ticked = Array.isArray(before) ? before : [];
    after = ticked.includes(id) ? ticked.filter((other) => other !== id) : [...ticked, id];
  } else if (one.many && before === id) {
    after = [];
  }
  ctx.update({ draft: { ...ctx.state.draft, [one.key]: after } });
}

/** The answers of one group as chosen; null while nothing is chosen. @param {Ctx} ctx @param {any} one @returns {Answers | null} */
function answersOf(ctx, one) {
  const chosen = ctx.state.draft[one.key];
  if (chosen === undefined || chosen.length === 0) {
    return null;
  }
  if (!one.many) {
    return { [one.key]: /** @type {string} */ (chosen) };
  }
  if (chosen === NOT_KNOWN || chosen === DECLINED) {
    return Object.fromEntries(one.question.facts.map((/** @type {string} */ fact) => [fact, chosen]));
  }
  return tick(one.question, chosen === NONE ? [] : /** @type {string[]} */ (chosen));
}

/** Where what is chosen tells of danger: help right below it, before the page is given. @param {Ctx} ctx @param {any} one */
function helpAtOnce(ctx, one) {
  const chosen = answersOf(ctx, one);
  const urgent = chosen === null ? [] : dangersOf(ctx, chosen);
  const lines = [...new Set(urgent.flatMap((id) => ctx.talk.urgent[id].lines))].slice(0, 3);
  return html`
    <div role="status">
      ${lines.length
        ? html`<div class="danger">
            <p><strong>${ctx.say("talk.help_inline")}</strong></p>
            ${calls(ctx, /** @type {string[]} */ (lines))}
          </div>`
        : null}
    </div>
  `;
}

/** @param {Ctx} ctx @param {Answers} given @returns {string[]} */
function dangersOf(ctx, given) {
  if (!Object.keys(given).some((name) => mayBeUrgent(ctx.kb, name))) {
    return [];
  }
  try {
    const urgent = dangerIn(ctx.kb, joined(ctx, given), { asOf: today() });
    const known = ctx.state.shown;
    return urgent.map((/** @type {any} */ one) => one.id).filter((/** @type {string} */ id) => !known.includes(id));
  } catch {
    return [];
  }
}

/** @type {{answers: object, missing: number, clash: string[]} | null} */
let trouble = null;

/** @param {Ctx} ctx @param {Event} event @param {any[]} groups */
function give(ctx, event, groups) {
  event.preventDefault();
  const found = groups.map((one) => answersOf(ctx, one));
  const missing = found.filter((one) => one === null).length;
  if (missing) {
    trouble = { answers: ctx.state.answers, missing, clash: [] };
    ctx.update({});
    return;
  }
  submit(ctx, Object.assign({}, ...found));
}

/** @param {Ctx} ctx @param {Answers} given */
function submit(ctx, given) {
  const { state } = ctx;
  const answers = foreseen(state.answers, given) || joined(ctx, given);
  try {
    recommendation(ctx.kb, answers);
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    const facts = error.problems.flatMap((/** @type {any} */ one) => one.facts);
    trouble = { answers: state.answers, missing: 0, clash: [...new Set(facts)] };
    ctx.update({});
    return;
  }
  trouble = null;
  /** @type {Partial<import("../state.js").State>} */
  const after = {
    answers,
    history: [...state.history, { answers: state.answers, asked: Object.keys(given) }],
    draft: {},
    asking: "",
  };
  if (over(ctx, answers)) {
    ctx.go("considered", after);
  } else {
    ctx.update(after);
  }
}

/** Whether these answers lead to the result, with no new danger to tell of before it. @param {Ctx} ctx @param {Answers} answers */
function over(ctx, answers) {
  const { urgent } = recommendation(ctx.kb, answers);
  return urgent.every((/** @type {any} */ one) => ctx.state.shown.includes(one.id)) && !pageAfter(ctx.kb, answers).length;
}

/** @param {Ctx} ctx */
function problem(ctx) {
  const found = trouble !== null && trouble.answers === ctx.state.answers ? trouble : null;
  return html`
    <div role="alert">
      ${found && found.missing
        ? html`<p class="note">
            ${ctx.say("talk.missing", { count: found.missing })}
          </p>`
        : null}
      ${found && found.clash.length ? clash(ctx, found.clash) : null}
    </div>
  `;
}

/** @param {Ctx} ctx @param {string[]} facts */
function clash(ctx, facts) {
  return html`
    <div class="note">
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
    </div>
  `;
}

/**
 * Ask something again that was answered. The answer stays until there is another one, and the question comes even where
 * other answers leave nothing open: what cannot be right beside them is then told.
 *
 * @param {Ctx} ctx @param {string} name
 */
export function askAgain(ctx, name) {
  const { answers, history } = ctx.state;
  trouble = null;
  ctx.go("conversation", { asking: name, history: [...history, { answers, asked: [] }], draft: {} });
}

/** An answer in words. @param {Ctx} ctx @param {string} name @returns {string} */
export function answerWords(ctx, name) {
  const given = latest(ctx.state.answers[name]);
  const value = String(given.value);
  if (value === NOT_KNOWN || value === DECLINED) {
    return ctx.say(value === NOT_KNOWN ? "talk.not_known" : "talk.declined");
  }
  const answer = stepWords(ctx, name, value);
  if (given.at_least) {
    return ctx.say("talk.at_least", { answer });
  }
  return given.at_most ? ctx.say("talk.at_most", { answer }) : answer;
}

/** A step of a fact or a value of a context in words. @param {Ctx} ctx @param {string} name @param {string} value */
export function stepWords(ctx, name, value) {
  const entry = ctx.talk.facts[name] || ctx.talk.factors[name];
  const words = (ctx.state.whom === "loved_one" && (entry.steps_loved_one || entry.values_loved_one)) || {};
  return words[value] || (entry.steps || entry.values)[value];
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
