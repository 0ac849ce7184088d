// @ts-check
// From the state to what is kept, and back. What the knowledge of today cannot read is left out and named; the rest
// stays.

import { readAnswers } from "./core/answers.js";
import { AnswerError, dayOf, parse } from "./core/parsing.js";
import { KIND, PAYLOAD_FORMAT } from "./keep_seal.js";
import { worries } from "./state.js";
import { inForce, isTold } from "./told.js";

/** @typedef {import("./keep_seal.js").Payload} Payload */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./core/knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./core/parsing.js").Answers} Answers */

const WHOM = ["", "me", "loved_one", "reading"];

/**
 * What is kept of the state.
 * @param {Pick<Knowledge, "version" | "digest">} kb
 * @param {State} state
 * @param {string} date today, YYYY-MM-DD
 * @returns {Payload}
 */
export function payloadOf(kb, state, date) {
  const { lang, whom, concerns, short, answers, told, matters, aims, approaches, compare, questions, own } = state;
  return {
    kind: KIND,
    format: PAYLOAD_FORMAT,
    version: kb.version,
    digest: kb.digest,
    lang,
    whom,
    date,
    concerns: worries({ concerns }),
    short,
    answers,
    told: inForce(told, answers),
    matters,
    aims,
    approaches,
    compare,
    questions,
    own,
  };
}

/**
 * What is kept as a part of the state. Answers of an earlier day carry it, so that they age.
 * @param {Knowledge} kb
 * @param {Payload} payload
 * @param {string} today YYYY-MM-DD
 * @returns {{state: Partial<State>, left: string[], other: boolean}} `left`: the names of what could not be read;
 *   `other`: it was answered with another version of the knowledge
 */
export function restore(kb, payload, today) {
  const left = new Set();
  const day = isPast(payload.date, today) ? payload.date : today;
  const answers = readable(kb, payload.format === 1 ? withoutBands(kb, payload.answers) : payload.answers, day, today, left);
  const named = (/** @type {unknown[]} */ names, /** @type {string[]} */ known) =>
    /** @type {string[]} */ (names.filter((name) => known.includes(/** @type {string} */ (name)) || skip(name, left)));
  const places = [...kb.settings, ...Object.keys(kb.addOns), ...Object.keys(kb.responses), ...Object.keys(kb.packages)];
  const rated = Object.entries(payload.matters).filter(
    ([name, rating]) => (name in kb.values && [0, 1, 2, 3, 4, 5].includes(rating)) || skip(name, left),
  );
  /** @type {Partial<State>} */
  const state = {
    whom: WHOM.includes(payload.whom) ? payload.whom : "me",
    concerns: named(payload.concerns || [], Object.keys(kb.asked.concerns)),
    short: payload.short === true,
    answers,
    told: inForce(toldIn(payload, day, today, payload.digest === kb.digest), answers),
    history: [],
    page: 0,
    asking: "",
    draft: {},
    shown: [],
    safe: [],
    matters: Object.fromEntries(rated),
    aims: named(payload.aims, kb.aims),
    approaches: named(payload.approaches, Object.keys(kb.approaches)),
    compare: named(payload.compare, places),
    questions: payload.questions.filter(isQuestion).map(({ id, text, on }) => ({ id, text, on })),
    own: payload.own.filter((line) => typeof line === "string"),
  };
  if (payload.lang === "en" || payload.lang === "es") {
    state.lang = payload.lang;
  }
  return { state, left: [.../** @type {Set<string>} */ (left)], other: payload.digest !== kb.digest };
}

/**
 * The record as it was kept. Of the same knowledge the words are those of today, in whatever language; of another one
 * they stay as they were read.
 * @param {Payload} payload
 * @param {string} day the day of what carries none
 * @param {string} today
 * @param {boolean} same
 * @returns {import("./told.js").Told[]}
 */
function toldIn({ told = [] }, day, today, same) {
  return told
    .filter(isTold)
    .map((one) => (same ? { ...one, asked: undefined, said: undefined } : one))
    .flatMap((one) => /** @type {import("./told.js").Told | null} */ (dated(one, day, today)) || []);
}

/**
 * The first form wrote a score down at its lowest band where only no high one was given. It tells no more than that.
 * @param {Knowledge} kb
 * @param {Record<string, any>} answers
 */
function withoutBands(kb, answers) {
  const entries = Object.entries(answers).map(([name, given]) => {
    const isLowest = kb.facts[name]?.kind === "score" && kb.facts[name].steps[1] === given;
    return [name, isLowest ? { value: given, at_most: true } : given];
  });
  return Object.fromEntries(entries);
}

/** @param {unknown} name @param {Set<unknown>} left */
function skip(name, left) {
  left.add(String(name));
  return false;
}

/** @param {any} one */
function isQuestion(one) {
  return one && typeof one.id === "string" && typeof one.text === "string" && typeof one.on === "boolean";
}

/** @param {unknown} date @param {string} today */
function isPast(date, today) {
  const day = dayOf(date);
  return day !== null && day < /** @type {number} */ (dayOf(today));
}

/**
 * @param {Knowledge} kb
 * @param {Record<string, any>} given
 * @param {string} day the day of answers that carry none
 * @param {string} today
 * @param {Set<unknown>} left
 * @returns {any}
 */
function readable(kb, given, day, today, left) {
  /** @type {Record<string, any>} */
  const answers = {};
  for (const [name, several] of Object.entries(given)) {
    const list = (Array.isArray(several) ? several : [several]).map((one) => dated(one, day, today));
    const good = list.filter((one) => one !== null && parse(kb, name, one, today) !== null);
    if (good.length < list.length || good.length === 0) {
      left.add(name);
    }
    if (good.length > 0) {
      answers[name] = Array.isArray(several) ? good : good[0];
    }
  }
  return agreeing(kb, answers, today, left);
}

/** @param {any} one @param {string} day @param {string} today */
function dated(one, day, today) {
  if (typeof one === "string" || typeof one === "number") {
    return day === today ? one : { value: one, date: day };
  }
  if (typeof one !== "object" || one === null) {
    return null;
  }
  if (one.date === undefined || one.date === null) {
    return day === today ? one : { ...one, date: day };
  }
  return dayOf(one.date) === null || isPast(one.date, today) ? one : { ...one, date: today };
}

/**
 * Answers that could stand beside each other may no longer be able to in a newer knowledge. Then the one that sounds
 * better is left out, and asked again: what tells of danger stays.
 * @param {Knowledge} kb
 * @param {Record<string, any>} answers
 * @param {string} today
 * @param {Set<unknown>} left
 */
function agreeing(kb, answers, today, left) {
  let kept = answers;
  for (;;) {
    try {
      readAnswers(kb, /** @type {Answers} */ (kept), today);
      return kept;
    } catch (error) {
      if (!(error instanceof AnswerError)) {
        throw error;
      }
      const gone = toLeaveOut(kb, kept, error.problems[0]);
      gone.forEach((name) => left.add(name));
      kept = Object.fromEntries(Object.entries(kept).filter(([name]) => !gone.includes(name)));
    }
  }
}

/**
 * @param {Knowledge} kb
 * @param {Record<string, any>} kept
 * @param {import("./core/parsing.js").Problem} problem
 * @returns {string[]}
 */
function toLeaveOut(kb, kept, { kind, facts }) {
  // The first is bad enough to mean more of the others than was said.
  const named = kind === "contradiction" ? facts.slice(1) : facts;
  const behind = kb.derivations.filter(({ to }) => named.includes(to)).map(({ from }) => from);
  const found = [named, behind, facts].map((names) => names.filter((name) => name in kept));
  // Should nothing that is named be there, all go: better asked again than stuck.
  return found.find((names) => names.length > 0) || Object.keys(kept);
}
