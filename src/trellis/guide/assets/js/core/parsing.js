// Answers as they are given, and whether they can be used at all.

/** @typedef {import("./knowledge.js").Knowledge} Knowledge */

/** Answers that are no answer: the fact stays open, and is not asked again. */
export const NOT_KNOWN = "not_known";
export const DECLINED = "declined";
/** The sources that may say that a professional has evaluated somebody. A screener is no evaluation. */
export const EVALUATES = ["clinician", "record"];

/**
 * One answer. `value` is a step of the fact's scale, a context's value, or a number for an input; or "not_known",
 * "declined". `at_least`: the truth is this bad or worse; `at_most`: this or better. `date` is YYYY-MM-DD, `day` the
 * same as a number.
 * @typedef {{value: string | number, source: string, date: string, day: number, author: string, at_least: boolean,
 *   at_most: boolean}} Answer
 */
/** An answer as it may be given: all but its value may be left out. @typedef {{value: string | number, source?: string,
 *   date?: string | null, author?: string, at_least?: boolean, at_most?: boolean}} PlainAnswer */
/** @typedef {string | number | PlainAnswer} One */
/** @typedef {One | null | undefined | One[]} Given */
/** The answers so far, in the order given. @typedef {Record<string, Given>} Answers */
/**
 * What is wrong with answers: `facts` are all that have to do with it, the one it was found at first.
 * - `unreadable`: no such fact, or an answer that it cannot have;
 * - `several`: a context has more than one value;
 * - `contradiction`: the first fact's answer means that the second is worse, and on the same day the same source says
 *   that it is not;
 * - `number_contradicts`: a number means that a context is what it is not;
 * - `impossible_context`: the contexts cannot be together;
 * - `does_not_apply`: the fact does not apply in the context given, and yet is not at its best.
 * @typedef {{kind: "unreadable" | "several" | "contradiction" | "number_contradicts" | "impossible_context" |
 *   "does_not_apply", facts: string[]}} Problem
 */

/** The answers cannot be used; `problems` holds every one that was found. */
export class AnswerError extends Error {
  /** @param {Problem[]} problems */
  constructor(problems) {
    const keys = [...new Set(problems.map((problem) => JSON.stringify(problem)))].sort();
    super(keys.join("\n"));
    this.name = "AnswerError";
    this.problems = /** @type {Problem[]} */ (keys.map((key) => JSON.parse(key)));
  }
}

const FIELDS = ["value", "source", "date", "author", "at_least", "at_most"];
const FLAGS = new Set([true, false]);

/** Whether an answer says something. @param {{value: unknown}} answer */
export function tells({ value }) {
  return value !== NOT_KNOWN && value !== DECLINED;
}

/** The answers to one question, one by one. @param {Given} given @returns {One[]} */
export function several(given) {
  return given === null || given === undefined ? [] : Array.isArray(given) ? given : [given];
}

/** An answer as an object. @param {One} one @returns {PlainAnswer} */
export function plain(one) {
  return typeof one === "object" ? one : { value: one };
}

/**
 * One answer to a fact, context or number; null when it cannot be used.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {any} given
 * @param {string} asOf the day of an answer without one, YYYY-MM-DD
 * @returns {Answer | null}
 */
export function parse(kb, name, given, asOf) {
  const fact = kb.facts[name];
  const known = fact ?? kb.factors[name] ?? kb.inputs[name];
  const said = plain(given);
  if (!known || !said || !("value" in said) || !Object.keys(said).every((key) => FIELDS.includes(key))) {
    return null;
  }
  const date = said.date ?? asOf;
  const answer = { source: "self-report", author: "", at_least: false, at_most: false, ...said, date };
  const day = dayOf(date);
  const isFlagged = [answer.at_least, answer.at_most].every((flag) => FLAGS.has(flag));
  if (day === null || day > Number(dayOf(asOf)) || !isFlagged) {
    return null;
  }
  const isOne = "values" in known ? known.values.some((step) => step === answer.value) : isWithin(known, answer.value);
  const isFinding = fact?.kind !== "evaluation" || (said.date && isFindingOn(fact, answer));
  return !tells(answer) || (isOne && isFinding) ? { ...answer, day } : null;
}

/**
 * Whether an answer is a professional's plain finding.
 * @param {import("./knowledge.js").Fact} fact
 * @param {Omit<Answer, "day">} answer
 */
function isFindingOn({ steps, start }, { value, source, author, at_least: atLeast, at_most: atMost }) {
  return EVALUATES.includes(source) && author.trim() && !atLeast && !atMost && value !== steps[start[0]];
}

/** @param {import("./knowledge.js").Input} input @param {unknown} value */
function isWithin({ min, max, whole }, value) {
  return typeof value === "number" && min <= value && value <= max && (!whole || Number.isInteger(value));
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
