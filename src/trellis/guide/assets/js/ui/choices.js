// @ts-check
/** A group of choices on a page of questions: one for each fact or context, one for a whole list. */
import { tick } from "../core/interview.js";
import { DECLINED, NOT_KNOWN } from "../core/parsing.js";
import { valuesOf } from "../lookup.js";
import { html } from "./html.js";
import { chosenBefore } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */
/**
 * `key`: the fact or context, or the list. `many`: several lines may be chosen.
 * @typedef {{key: string, legend: string, choices: {id: string, text: string}[], many: boolean, question: any,
 *   private: string | null}} Group
 */

const NONE = "none";
const SENTENCES = /[^.?!]+[.?!]+/g;
const PARTS_OF_A_CHOICE = /[^;]+/g;
const SHORT = 22;
const FEW_LINES = 3;
/** So many sentences may lead to the question that the others belong to. */
const LEADING = 2;

/** The groups of choices of a question. @param {Ctx} ctx @param {any} question @returns {Group[]} */
export function groupsOf(ctx, question) {
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

/** What is chosen now, or was when somebody comes back to the page. @param {Ctx} ctx @param {Group} one */
function chosenOf(ctx, one) {
  return one.key in ctx.state.draft ? ctx.state.draft[one.key] : chosenBefore(ctx, one);
}

/** The lines of a list that are ticked. @param {Ctx} ctx @param {Group} one @returns {string[]} */
export function tickedOf(ctx, one) {
  const chosen = chosenOf(ctx, one);
  return Array.isArray(chosen) ? chosen : [];
}

/** The answers of one group as chosen; null while nothing is chosen. @param {Ctx} ctx @param {Group} one @returns {Answers | null} */
export function answersOf(ctx, one) {
  const chosen = chosenOf(ctx, one);
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

/**
 * The choices of a group.
 *
 * @param {Ctx} ctx @param {Group} one @param {{before: any, after: any, invalid: string}} around what stands above the
 *   choices and below them; the id of what is wrong, or ""
 */
export function group(ctx, one, { before, after, invalid }) {
  const { say } = ctx;
  const chosen = chosenOf(ctx, one);
  const choices = [...one.choices, ...(one.many ? [{ id: NONE, text: say("talk.none") }] : [])];
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
    <fieldset key=${one.key} id=${`group-${one.key}`} class=${invalid ? "question wrong" : "question"} aria-describedby=${invalid || null}>
      <legend>${listed(one.legend, SENTENCES)}</legend>
      ${isGate(one) ? html`<p class="quiet">${say("talk.one_line")}</p>` : null}
      ${before}
      <div class="tiles">
        ${choices.map((choice) => tile(choice, one.many))}
        <div class="apart-row">${apart.map((choice) => tile(choice, false))}</div>
      </div>
      ${after}
    </fieldset>
  `;
}

/** Whether one question asks several things at once, each a line of its own, and one is enough for a yes. @param {Group} one */
function isGate(one) {
  return !one.many && one.choices.length === 2 && (one.legend.match(SENTENCES) || []).length > FEW_LINES;
}

/** Whether words are long and of several parts. @param {string} words @param {RegExp} part */
function isListed(words, part) {
  return words.split(/\s+/).length >= SHORT && (words.match(part) || []).length > 1;
}

/** Words of several parts as a list, so that the eye finds each; short words as they are. @param {string} words @param {RegExp} part */
function listed(words, part) {
  if (!isListed(words, part)) {
    return words;
  }
  const parts = (words.match(part) || []).map((one) => one.trim());
  const lead = part === SENTENCES ? leading(parts) : [];
  const rest = parts.slice(lead.length);
  const kind = rest.length > 1 ? null : "also";
  return html`<span class="items">
    ${lead.length ? html`<span class="lead">${lead.join(" ")}${" "}</span>` : null}
    ${rest.map((one) => html`<span class=${kind}>${one}${" "}</span>`)}
  </span>`;
}

/** The sentences that ask, or lead to the one that does; the others say what to think of. @param {string[]} sentences */
function leading(sentences) {
  return sentences.slice(0, sentences.slice(0, LEADING).findIndex((one) => one.endsWith("?")) + 1 || 1);
}

/** @param {Ctx} ctx @param {Group} one @param {string} id */
function choose(ctx, one, id) {
  const before = chosenOf(ctx, one);
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
