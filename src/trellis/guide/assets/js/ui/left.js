// @ts-check
/** How long it still takes, worked out beside the drawing, from the questions that follow if all answers are the best ones. */
import { bestAnswers, nextQuestion, withAnswers } from "../core/interview.js";
import { aboutOf } from "../state.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */
/** @typedef {{concerns: string[], short: boolean}} About */

const WORDS_A_SECOND = 3;
const SECONDS_A_QUESTION = 5;
const MOST_QUESTIONS = 45;
/**
 * So many times what somebody is asked whose answers are all the best ones: what it takes people in the middle, as
 * measured (`benchmarks/guide_journeys.py`). Who answers "I don't know" to everything is asked more still.
 */
const USUAL = 1.3;
/** Milliseconds until it begins, for the page comes first; and from one question to the next, so that a tap gets through. */
const BEGIN = 400;
const STEP = 40;

/** By the answers themselves, and weakly: what is forgotten elsewhere is forgotten here. @type {WeakMap<object, Map<string, {seconds: number | null}>>} */
const worked = new WeakMap();
let lately = 0;
/** What was answered last: what is worked out for earlier answers stops. @type {object | null} */
let newest = null;

/**
 * Minutes left, rounded up; 0 while nothing is known. While it is being worked out, what was found last.
 *
 * @param {Ctx} ctx
 * @returns {number}
 */
export function minutesLeft(ctx) {
  const found = minutesOf(ctx, ctx.state.answers, ctx.state);
  lately = found || lately;
  return lately;
}

/**
 * Minutes for what follows these answers, rounded up; 0 while it is being worked out.
 *
 * @param {Ctx} ctx @param {Answers} answers @param {About} asked
 * @returns {number}
 */
export function minutesOf(ctx, answers, asked) {
  const about = aboutOf(asked);
  const key = JSON.stringify(about);
  const known = worked.get(answers) || new Map();
  worked.set(answers, known);
  newest = answers;
  if (!known.has(key)) {
    const one = { seconds: null };
    known.set(key, one);
    const told = Object.assign({}, ...about.concerns.map((id) => ctx.kb.asked.concerns[id].tells));
    const goOn = () => {
      if (newest !== answers) {
        known.delete(key); // it begins anew when somebody comes back
      }
      return newest === answers;
    };
    setTimeout(() => ahead(ctx, { one, about, goOn }, { ...told, ...answers }, 0, 0), BEGIN);
  }
  const { seconds } = known.get(key);
  return seconds === null ? 0 : Math.max(1, Math.ceil((seconds * USUAL) / 60));
}

/**
 * One question at a time, so that a slow phone stays quick to answer.
 *
 * @param {Ctx} ctx
 * @param {{one: {seconds: number | null}, about: import("../core/questions.js").About, goOn: () => boolean}} work
 * @param {Answers} supposed @param {number} seconds @param {number} asked
 */
function ahead(ctx, work, supposed, seconds, asked) {
  if (!work.goOn()) {
    return;
  }
  /** @type {any} */
  let question = null;
  try {
    question = nextQuestion(ctx.kb, supposed, work.about);
  } catch {
    question = null;
  }
  if (question === null || asked >= MOST_QUESTIONS) {
    work.one.seconds = seconds;
    ctx.update({});
    return;
  }
  const longer = seconds + wordsOf(ctx, question) / WORDS_A_SECOND + SECONDS_A_QUESTION * Math.max(1, question.factors.length);
  const next = withAnswers(ctx.kb, supposed, bestAnswers(ctx.kb, question));
  setTimeout(() => ahead(ctx, work, next, longer, asked + 1), STEP);
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
