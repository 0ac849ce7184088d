// Answers as they are given, and whether they can be used at all.

/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Input} Input */

/** Answers that are no answer: the fact stays open, and is not asked again. */
export const NOT_KNOWN = "not_known";
export const DECLINED = "declined";

/**
 * One answer. `value` is a step of the fact's scale, a context's value, or a number for an input; or "not_known",
 * "declined". `at_least`: the truth is this bad or worse; `at_most`: this or better. `date` is YYYY-MM-DD.
 * @typedef {{value: string | number, source: string, date: string | null, author: string, at_least: boolean,
 *   at_most: boolean}} Answer
 */
/** An answer as it may be given: all but its value may be left out. @typedef {{value: string | number, source?: string,
 *   date?: string | null, author?: string, at_least?: boolean, at_most?: boolean}} PlainAnswer */
/** @typedef {string | number | null | undefined | PlainAnswer | (string | number | PlainAnswer)[]} Given */
/** The answers so far, in the order given. @typedef {Record<string, Given>} Answers */

/**
 * What is wrong with answers. `where` is the fact, context or number it was found at; `facts` are all that have to do
 * with it, that one first.
 * @typedef {{kind: ProblemKind, where: string, facts: string[], value?: unknown, expects?: string}} Problem
 */
/**
 * - `unknown_name`, `not_an_answer`, `bad_value`, `bad_date`, `later_date`, `bad_flag`: the answer cannot be read;
 * - `no_evaluation`: an evaluation without who, when or a plain finding, or from somebody who cannot say it;
 * - `several`: a context has more than one value;
 * - `contradiction`: the first fact's answer (`value`) means that the second is at least `expects`, and on the same day
 *   the same source says that it is not;
 * - `number_contradicts`: a number (`value`) means that a context is `expects`, and it is not;
 * - `impossible_context`: the contexts cannot be together;
 * - `does_not_apply`: the fact does not apply in the context given, and yet is not at its best;
 * - `bad_place`: no such setting or package, or no such state.
 * @typedef {"unknown_name" | "not_an_answer" | "bad_value" | "bad_date" | "later_date" | "bad_flag"
 *   | "no_evaluation" | "several" | "contradiction" | "number_contradicts" | "impossible_context" | "does_not_apply" | "bad_place"} ProblemKind
 */

/** The answers cannot be used; `problems` holds every one that was found. */
export class AnswerError extends Error {
  /** @param {Problem[]} problems */
  constructor(problems) {
    const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
    const sorted = [...unique.keys()].sort().map((key) => /** @type {Problem} */ (unique.get(key)));
    super(sorted.map(({ kind, facts }) => `${kind}: ${facts.join(", ")}`).join("\n"));
    this.name = "AnswerError";
    this.problems = sorted;
  }
}

/** The sources that may say that a professional has evaluated somebody. A screener is no evaluation. */
export const EVALUATES = ["clinician", "record"];
const FIELDS = ["value", "source", "date", "author", "at_least", "at_most"];

/** An answer with what was left out of it. @param {PlainAnswer} given @returns {Answer} */
function answerOf(given) {
  return { source: "self-report", date: null, author: "", at_least: false, at_most: false, ...given };
}

/** Whether an answer says something. @param {Answer} answer */
export function tells(answer) {
  return answer.value !== NOT_KNOWN && answer.value !== DECLINED;
}

/**
 * The answers to one fact, context or number that can be used; what is wrong goes to `problems`.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {unknown} given
 * @param {number} today a day, see {@link dayOf}
 * @param {Problem[]} problems
 * @returns {Answer[]}
 */
export function parse(kb, name, given, today, problems) {
  if (!(name in kb.facts) && !(name in kb.factors) && !(name in kb.inputs)) {
    problems.push({ kind: "unknown_name", where: name, facts: [name] });
    return [];
  }
  if (given === null || given === undefined) {
    return [];
  }
  const found = [];
  for (const one of Array.isArray(given) ? given : [given]) {
    const answer = parseOne(one);
    const wrong = answer ? wrongWith(kb, name, answer, today) : "not_an_answer";
    if (wrong) {
      problems.push({ kind: wrong, where: name, facts: [name], value: answer ? answer.value : one });
    } else if (answer) {
      found.push(answer);
    }
  }
  return found;
}

/** @param {unknown} given @returns {Answer | null} */
function parseOne(given) {
  if (typeof given === "string" || typeof given === "number") {
    return answerOf({ value: given });
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return null;
  }
  const names = Object.keys(given);
  if (!names.includes("value") || !names.every((name) => FIELDS.includes(name))) {
    return null;
  }
  return answerOf(/** @type {Answer} */ (given));
}

/**
 * @param {Knowledge} kb
 * @param {string} name
 * @param {Answer} answer
 * @param {number} today
 * @returns {ProblemKind | null}
 */
function wrongWith(kb, name, answer, today) {
  if (answer.date !== null) {
    const day = dayOf(answer.date);
    if (day === null) {
      return "bad_date";
    }
    if (day > today) {
      return "later_date";
    }
  }
  if (typeof answer.at_least !== "boolean" || typeof answer.at_most !== "boolean") {
    return "bad_flag";
  }
  if (!tells(answer)) {
    return null;
  }
  if (name in kb.inputs) {
    return isAllowed(kb.inputs[name], answer.value) ? null : "bad_value";
  }
  if (name in kb.facts && kb.facts[name].kind === "evaluation") {
    const { source, author, date, value, at_least, at_most } = answer;
    const { steps, start } = kb.facts[name];
    if (!EVALUATES.includes(source) || !author.trim() || !date || at_least || at_most || value === steps[start[0]]) {
      return "no_evaluation";
    }
  }
  const values = name in kb.facts ? kb.facts[name].values : kb.factors[name].values;
  return values.includes(/** @type {string} */ (answer.value)) ? null : "bad_value";
}

/** @param {Input} input @param {unknown} value */
function isAllowed(input, value) {
  if (typeof value !== "number" || !(input.min <= value && value <= input.max)) {
    return false;
  }
  return !input.whole || Number.isInteger(value);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * A day written as YYYY-MM-DD, as a number that grows by one a day; null when there is no such day.
 * @param {unknown} text
 * @returns {number | null}
 */
export function dayOf(text) {
  const parts = typeof text === "string" ? DAY.exec(text) : null;
  if (!parts) {
    return null;
  }
  const [year, month, day] = parts.slice(1).map(Number);
  // By setUTCFullYear, for Date.UTC takes the years 0 to 99 for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? Math.round(date.getTime() / MILLISECONDS) : null;
}

/**
 * The day so many days later, as YYYY-MM-DD.
 * @param {string} text
 * @param {number} days
 */
export function daysLater(text, days) {
  const day = /** @type {number} */ (dayOf(text));
  return new Date((day + days) * MILLISECONDS).toISOString().slice(0, 10);
}
