// Which questions next, which together on one page, and what an answer to them is.

import { isDanger } from "./join.js";
import { rankOf } from "./knowledge.js";
import { AnswerError, DECLINED, NOT_KNOWN } from "./parsing.js";
import { nextQuestion, questionOn } from "./questions.js";

export { nextQuestion, questionOn };

/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").Given} Given */
/** @typedef {string | number | import("./parsing.js").PlainAnswer} One */
/** @typedef {import("./questions.js").Question} Question */
/** What somebody answers on a page. @typedef {{value: string, source?: string, date?: string, at_least?: true,
 *   at_most?: true}} Reply */

const MOST_QUESTIONS = 3;
const MOST_WORDS = 180;
const DANGER_TOPIC = "harm";
const WARM_STEPS = 8;
const TODAY = "9999-12-31";

/**
 * The questions of the next page; none when there is nothing more to ask.
 *
 * The first is nextQuestion's. Another joins it when it would come next after the best answer, which most people give,
 * and when the page stays short. The question on danger now and those that are not safe to be seen by everybody stand
 * alone; questions on harm stand with none but their like.
 * @param {Knowledge} kb
 * @param {Answers} answers in the order given
 * @param {{asOf: string}} when
 * @returns {Question[]}
 */
export function nextQuestions(kb, answers, { asOf }) {
  const first = nextQuestion(kb, answers, { asOf });
  if (!first) {
    return [];
  }
  const page = [first];
  let words = length(kb, first);
  let supposed = answers;
  while (page.length < MOST_QUESTIONS && !standsAlone(kb, page[page.length - 1])) {
    supposed = withAnswers(kb, supposed, bestAnswers(kb, page[page.length - 1]));
    const following = supposing(kb, supposed, asOf);
    if (!following || standsAlone(kb, following) || !goTogether(page, following)) {
      break;
    }
    words += length(kb, following);
    if (words > MOST_WORDS) {
      break;
    }
    page.push(following);
  }
  return page;
}

/**
 * Work out what is worked out once, and let the browser see the slowest steps, so that the first answer is not slow: the
 * first questions there are if all answers are the best ones.
 * @param {Knowledge} kb
 * @param {{asOf: string}} when
 * @param {(step: () => void) => void} later does one step in an idle moment
 * @param {number} [steps] how many questions
 */
export function warmUp(kb, { asOf }, later, steps = WARM_STEPS) {
  const step = (/** @type {Answers} */ supposed, /** @type {number} */ left) =>
    later(() => {
      const question = nextQuestion(kb, supposed, { asOf });
      if (question && left > 1) {
        step(withAnswers(kb, supposed, bestAnswers(kb, question)), left - 1);
      }
    });
  step({}, steps);
}

/**
 * What would come next; null when it cannot be supposed.
 * @param {Knowledge} kb
 * @param {Answers} answers
 * @param {string} asOf
 */
function supposing(kb, answers, asOf) {
  try {
    return nextQuestion(kb, answers, { asOf });
  } catch (error) {
    if (error instanceof AnswerError) {
      return null;
    }
    throw error;
  }
}

/**
 * Whether a question is never put beside another: on danger now, asked again, or not safe to be seen by everybody.
 * @param {Knowledge} kb
 * @param {Question} question
 */
function standsAlone(kb, question) {
  const gravest = kb.urgent[0].id;
  const grave = kb.needList.filter(({ urgent }) => urgent === gravest);
  return (
    question.again ||
    question.facts.some((name) => {
      const fact = kb.facts[name];
      return fact.private || grave.some(({ reads }) => reads.includes(fact.number));
    })
  );
}

/** @param {Question[]} page @param {Question} following */
function goTogether(page, following) {
  if (following.topic !== DANGER_TOPIC) {
    return page.every((question) => question.topic !== DANGER_TOPIC || following.factors.length > 0);
  }
  return page.every((question) => question.topic === DANGER_TOPIC || question.factors.length > 0);
}

/**
 * The words of a question and its choices, in English as the person reads them.
 * @param {Knowledge} kb
 * @param {Question} question
 */
export function length(kb, { screen, facts, factors }) {
  const boxes = screen.checklist.filter(({ fact }) => facts.includes(fact));
  const parts =
    factors.length > 0
      ? factors.map((name) => kb.factors[name].words)
      : screen.checklist.length > 0
        ? [screen.words, ...boxes.map(({ words }) => words)]
        : facts.map((name) => kb.facts[name].words);
  return parts.reduce((sum, words) => sum + words, 0);
}

/**
 * The best answers to a question: nothing ticked, every fact at its best; of a context, that it is not known.
 * @param {Knowledge} kb
 * @param {Question} question
 * @returns {Record<string, Reply>}
 */
export function bestAnswers(kb, question) {
  if (question.factors.length > 0) {
    return Object.fromEntries(question.factors.map((name) => [name, { value: NOT_KNOWN }]));
  }
  if (question.screen.checklist.length > 0) {
    return tick(kb, question, []);
  }
  return Object.fromEntries(question.facts.map((name) => [name, { value: kb.facts[name].steps[0] }]));
}

/**
 * The answers that a checklist gives: a ticked box says "at least this", an empty one "better than that".
 * @param {Knowledge} kb
 * @param {Question} question
 * @param {Iterable<string>} ticked the facts whose box is ticked; none means "none of these"
 * @param {{source?: string, date?: string}} [by] who said so, and when
 * @returns {Record<string, Reply>}
 */
export function tick(kb, question, ticked, by = {}) {
  const chosen = new Set(ticked);
  /** @type {Record<string, Reply>} */
  const found = {};
  for (const { fact: name, atLeast } of question.screen.checklist) {
    if (question.facts.includes(name)) {
      const fact = kb.facts[name];
      const rank = rankOf(fact, atLeast);
      if (chosen.has(name)) {
        found[name] = { value: atLeast, ...by, ...(rank < fact.top && { at_least: true }) };
      } else {
        found[name] = { value: fact.steps[rank - 1], ...by, ...(rank > 1 && { at_most: true }) };
      }
    }
  }
  return found;
}

/**
 * The answers with later ones added, what was answered last standing last. A later answer takes the place of what its own
 * source said before, and stands beside what others said. Danger stays on record whoever speaks later; "not known" takes
 * nothing away; findings of professionals and numbers are all kept. Of a context the later one counts.
 * @param {Knowledge} kb
 * @param {Answers} earlier
 * @param {Answers} later
 * @returns {Answers}
 */
export function withAnswers(kb, earlier, later) {
  const joined = Object.fromEntries(Object.entries(earlier).filter(([name]) => !(name in later)));
  for (const [name, given] of Object.entries(later)) {
    const kept = several(earlier[name]).filter((one) => saysSomething(one) && isKept(kb, name, one, several(given)));
    joined[name] = kept.length > 0 ? [...kept, ...several(given)] : given;
  }
  return joined;
}

/** @param {Given} given @returns {One[]} */
function several(given) {
  return given === null || given === undefined ? [] : Array.isArray(given) ? given : [given];
}

/**
 * Whether an earlier answer may still count beside the later ones.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {One} one
 * @param {One[]} later
 */
function isKept(kb, name, one, later) {
  const speaking = later.filter(saysSomething);
  if (name in kb.factors) {
    return speaking.length === 0;
  }
  const fact = kb.facts[name];
  if (!fact || fact.kind === "evaluation" || tellsOfDanger(fact, one)) {
    return true;
  }
  return !speaking.some((other) => sourceOf(other) === sourceOf(one) && dateOf(other) >= dateOf(one));
}

/** @param {One} one */
function saysSomething(one) {
  return ![NOT_KNOWN, DECLINED].includes(/** @type {string} */ (valueOf(one)));
}

/** The day of an answer, to be compared as text; one without a day is of today. @param {One} one */
function dateOf(one) {
  return (typeof one === "object" && one.date) || TODAY;
}

/** @param {One} one */
function valueOf(one) {
  return typeof one === "object" ? one.value : one;
}

/** @param {One} one */
function sourceOf(one) {
  return (typeof one === "object" && one.source) || "self-report";
}

/** @param {Fact} fact @param {One} one */
function tellsOfDanger(fact, one) {
  return !(typeof one === "object" && one.at_most) && isDanger(fact, rankOf(fact, valueOf(one)));
}
