// @ts-check
/** The record in words: what stood on the screen and what was chosen there, by question or by list. */
import { DECLINED, NOT_KNOWN, plain, several } from "../core/parsing.js";
import { inForce, toldOf } from "../told.js";
import { CONCERNS, toldByConcern } from "./concerns.js";
import { latest } from "./joined.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../told.js").Told} Told */
/**
 * One question or list. `name`: the fact or context of a question of its own, the list of lines for the rest. `lines`:
 * of a question the one that was chosen, of a list all that were there. `unsaid`: nothing was said of it.
 * @typedef {{name: string, list: boolean, asked: string, lines: {of: string, said: string, chosen: boolean}[],
 *   unsaid: "" | "not_known" | "declined"}} Entry
 */

/**
 * The record of what stands, in the order in which it was answered; the lines of one list together.
 *
 * @param {Ctx} ctx
 * @returns {Entry[]}
 */
export function recordOf(ctx) {
  const { answers, told } = ctx.state;
  /** @type {Map<string, Entry>} */
  const found = new Map();
  // What is there without a value is no answer.
  const given = Object.keys(answers).filter((one) => latest(answers[one]).value !== "");
  for (const name of given.filter((one) => ctx.talk.facts[one] || ctx.talk.factors[one])) {
    const answer = latest(answers[name]);
    const one = toldOf(told, name, answer);
    const unsaid = answer.value === NOT_KNOWN || answer.value === DECLINED ? answer.value : "";
    const [asked, said] = one ? wordsOf(ctx, one) : [askedAlone(ctx, name), answerWords(ctx, name)];
    const list = one !== undefined && one.list !== "";
    const key = list ? `${one.list} ${unsaid}` : name;
    const line = { of: name, said, chosen: one ? one.chosen : true };
    const before = found.get(key);
    if (before) {
      before.lines.push(line);
    } else {
      found.set(key, { name: list ? one.list : name, list, asked, lines: [line], unsaid });
    }
  }
  return [...found.values()];
}

/** The question and the line of a record, as they were read. @param {Ctx} ctx @param {Told} one @returns {[string, string]} */
export function wordsOf(ctx, one) {
  if (one.asked !== undefined && one.said !== undefined) {
    return [one.asked, one.said];
  }
  if (one.list === CONCERNS) {
    return [ctx.say(ctx.state.whom === "loved_one" ? "concerns.title.loved_one" : "concerns.title"), toldByConcern(ctx, one.of)];
  }
  const screen = ctx.talk.screens[one.list];
  if (screen) {
    const other = (ctx.state.whom === "loved_one" && screen.labels_loved_one) || {};
    return [ctx.said(screen, "prompt"), other[one.of] || screen.labels[one.of]];
  }
  return [askedAlone(ctx, one.of), valueWords(ctx, one.of, String(one.value))];
}

/** The record as a file keeps it, with the words as they were read. @param {Ctx} ctx @returns {Told[]} */
export function recordInWords(ctx) {
  const { told, answers } = ctx.state;
  return inForce(told, answers).map((one) => {
    const [asked, said] = wordsOf(ctx, one);
    return { ...one, asked, said };
  });
}

/**
 * What was chosen on a group of choices in this visit: what the page shows when somebody comes back to it. Undefined
 * where a line is there now that was not there before.
 *
 * @param {Ctx} ctx @param {any} one the group
 * @returns {string | string[] | undefined}
 */
export function chosenBefore(ctx, one) {
  const names = one.many ? one.choices.map((/** @type {any} */ choice) => choice.id) : [one.key];
  const list = one.many ? one.key : "";
  const found = names.map((/** @type {string} */ name) => ctx.state.told.filter((told) => told.of === name && told.list === list && !told.date).pop());
  if (!found.every(Boolean)) {
    return undefined;
  }
  if (!one.many) {
    return String(found[0].value);
  }
  const [{ value }] = found;
  if (value === NOT_KNOWN || value === DECLINED) {
    return value;
  }
  const ticked = found.filter((/** @type {Told} */ told) => told.chosen).map((/** @type {Told} */ told) => told.of);
  return ticked.length ? ticked : "none";
}

/** A question by itself. @param {Ctx} ctx @param {string} name */
function askedAlone(ctx, name) {
  return ctx.said(ctx.talk.facts[name] || ctx.talk.factors[name], "question");
}

/** The answer that was given last, in words that stand within a sentence: a line that is one ends without its full stop. @param {Ctx} ctx @param {string} name @returns {string} */
export function answerWords(ctx, name) {
  return saidWords(ctx, name, latest(ctx.state.answers[name])).replace(/\.$/, "");
}

/**
 * An answer in words: the line that was chosen, or left unticked. Where only the answer is known, what it tells.
 *
 * @param {Ctx} ctx @param {string} name @param {import("../core/parsing.js").PlainAnswer} given
 */
export function saidWords(ctx, name, given) {
  const one = toldOf(ctx.state.told, name, given);
  const value = String(given.value);
  if (one && value !== NOT_KNOWN && value !== DECLINED) {
    const [, line] = wordsOf(ctx, one);
    return one.chosen ? line : ctx.say("record.left_empty", { line });
  }
  const answer = valueWords(ctx, name, value);
  if (given.at_least) {
    return ctx.say("talk.at_least", { answer });
  }
  // No high score was given: whether there was one at all is not known.
  const most = ctx.kb.facts[name]?.kind === "score" ? "talk.at_most_score" : "talk.at_most";
  return given.at_most ? ctx.say(most, { answer }) : answer;
}

/** A value in words, also where it says nothing. @param {Ctx} ctx @param {string} name @param {string} value */
function valueWords(ctx, name, value) {
  if (value === NOT_KNOWN || value === DECLINED) {
    return ctx.say(value === NOT_KNOWN ? "talk.not_known" : "talk.declined");
  }
  return stepWords(ctx, name, value);
}

/** A step of a fact or a value of a context in words. @param {Ctx} ctx @param {string} name @param {string} value */
export function stepWords(ctx, name, value) {
  const entry = ctx.talk.facts[name] || ctx.talk.factors[name];
  const words = (ctx.state.whom === "loved_one" && (entry.steps_loved_one || entry.values_loved_one)) || {};
  return words[value] || (entry.steps || entry.values)[value];
}

/**
 * What was said on an earlier day, in words.
 *
 * @param {Ctx} ctx @param {{name: string, value: string, day: string}} one
 */
export function agedWords(ctx, { name, value, day }) {
  const given = several(ctx.state.answers[name]).map(plain);
  const found = given.find((answer) => answer.value === value && answer.date === day);
  return found ? saidWords(ctx, name, found) : stepWords(ctx, name, value);
}
