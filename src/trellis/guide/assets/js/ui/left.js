// @ts-check
/** How long it still takes, worked out beside the drawing: the questions that follow if all answers are the best ones. */
import { bestAnswers, nextQuestion, withAnswers } from "../core/interview.js";
import { today } from "../state.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const WORDS_A_SECOND = 3;
const SECONDS_A_QUESTION = 5;
const MOST_QUESTIONS = 45;
const SECONDS_AT_FIRST = 180;
/** Milliseconds until it begins, for the page comes first; and from one question to the next, so that a tap gets through. */
const BEGIN = 400;
const STEP = 40;

/** @type {{answers: object, seconds: number, settled: boolean} | null} */
let worked = null;

/**
 * Minutes left, rounded up. While it is being worked out, what was found last.
 *
 * @param {Ctx} ctx
 * @returns {number}
 */
export function minutesLeft(ctx) {
  const { answers } = ctx.state;
  if (worked === null || worked.answers !== answers) {
    const before = worked ? worked.seconds : SECONDS_AT_FIRST;
    worked = { answers, seconds: before, settled: false };
    setTimeout(() => ahead(ctx, answers, 0, 0), BEGIN);
  }
  return minutes(worked.seconds);
}

/** @param {number} seconds */
function minutes(seconds) {
  return Math.max(1, Math.ceil(seconds / 60));
}

/** One question at a time, so that a slow phone stays quick to answer. @param {Ctx} ctx @param {any} supposed @param {number} seconds @param {number} asked */
function ahead(ctx, supposed, seconds, asked) {
  if (worked === null || worked.settled || worked.answers !== ctx.state.answers) {
    return;
  }
  /** @type {any} */
  let question = null;
  try {
    question = nextQuestion(ctx.kb, supposed, { asOf: today() });
  } catch {
    question = null;
  }
  if (question === null || asked >= MOST_QUESTIONS) {
    const shown = minutes(worked.seconds);
    worked = { answers: worked.answers, seconds, settled: true };
    if (minutes(seconds) !== shown) {
      ctx.update({});
    }
    return;
  }
  const longer = seconds + wordsOf(ctx, question) / WORDS_A_SECOND + SECONDS_A_QUESTION;
  const next = withAnswers(ctx.kb, supposed, bestAnswers(ctx.kb, question));
  setTimeout(() => ahead(ctx, next, longer, asked + 1), STEP);
}

/** @param {Ctx} ctx @param {any} question */
function wordsOf(ctx, question) {
  const { talk } = ctx;
  const texts = [];
  if (question.screen.checklist && question.screen.checklist.length) {
    const words = talk.screens[question.screen.id];
    texts.push(words.prompt, ...question.facts.map((/** @type {string} */ fact) => words.labels[fact] || ""));
  } else {
    for (const name of question.factors.length ? question.factors : question.facts) {
      const entry = talk.facts[name] || talk.factors[name];
      texts.push(entry.question, ...Object.values(entry.steps || entry.values));
    }
  }
  return texts.join(" ").split(/\s+/).length;
}
