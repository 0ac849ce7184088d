// Which questions next, which together on one page, and what an answer to them is.

import { isDanger } from "./join.js";
import { rankOf } from "./knowledge.js";
import { AnswerError, NOT_KNOWN, plain, several, tells } from "./parsing.js";
import { nextQuestion, questionOn } from "./questions.js";

export { nextQuestion, questionOn };

/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Reply} Reply */
/** @typedef {import("./parsing.js").Answers} Answers */
/** @typedef {import("./parsing.js").PlainAnswer} PlainAnswer */
/** @typedef {import("./questions.js").About} About */
/** @typedef {import("./questions.js").Question} Question */

const MOST_QUESTIONS = 3;
const MOST_WORDS = 180;
const WARM_STEPS = 8;
const TODAY = "9999-12-31";

/**
 * The questions of the next page; none when there is nothing more to ask.
 *
 * The first is nextQuestion's. Another joins it when it would come next after the best answer, which most people give,
 * and when the page stays short. The question on danger now and those that are not safe to be seen by everybody stand
 * alone; questions on a topic that stands apart, such as harm, stand with none but their like.
 * @param {Knowledge} kb
 * @param {Answers} answers in the order given
 * @param {About} about
 * @returns {Question[]}
 */
export function nextQuestions(kb, answers, about) {
  /** @type {Question[]} */
  const page = [];
  let words = 0;
  let supposed = answers;
  let following = nextQuestion(kb, answers, about);
  while (following) {
    page.push(following);
    words += length(kb, following);
    if (page.length === MOST_QUESTIONS || standsAlone(kb, following)) {
      break;
    }
    supposed = withAnswers(kb, supposed, bestAnswers(kb, following));
    const next = supposing(kb, supposed, about);
    const fits = next && !standsAlone(kb, next) && goTogether(kb, page, next) && words + length(kb, next) <= MOST_WORDS;
    following = fits ? next : null;
  }
  return page;
}

/**
 * Work out what is worked out once, and let the browser see the slowest steps, so that the first answer is not slow:
 * the first questions there are if all answers are the best ones.
 * @param {Knowledge} kb
 * @param {{asOf: string}} when
 * @param {(step: () => void) => void} later does one step in an idle moment
 */
export function warmUp(kb, { asOf }, later) {
  const step = (/** @type {Answers} */ supposed, /** @type {number} */ left) =>
    later(() => {
      const question = nextQuestion(kb, supposed, { asOf });
      if (question && left > 1) {
        step(withAnswers(kb, supposed, bestAnswers(kb, question)), left - 1);
      }
    });
  step({}, WARM_STEPS);
}

/**
 * What would come next; null when it cannot be supposed.
 * @param {Knowledge} kb
 * @param {Answers} answers
 * @param {About} about
 */
function supposing(kb, answers, about) {
  try {
    return nextQuestion(kb, answers, about);
  } catch (error) {
    if (error instanceof AnswerError) {
      return null;
    }
    throw error;
  }
}

/** Whether a question is never put beside another: on danger now, asked again, or not safe to be seen by everybody.
 * @param {Knowledge} kb @param {Question} question */
function standsAlone(kb, { again, facts }) {
  return again || facts.some((name) => kb.facts[name].alone);
}

/** @param {Knowledge} kb @param {Question[]} page @param {Question} following */
function goTogether(kb, page, following) {
  const { topic } = following.screen;
  return kb.apart.includes(topic)
    ? page.every(({ screen, factors }) => screen.topic === topic || factors.length > 0)
    : page.every(({ screen }) => !kb.apart.includes(screen.topic) || following.factors.length > 0);
}

/**
 * The words of a question and its choices, in English as the person reads them.
 * @param {Knowledge} kb
 * @param {Question} question
 */
function length(kb, { screen, facts, factors }) {
  const boxes = screen.checklist.filter(({ fact }) => facts.includes(fact));
  const alone = boxes.length > 0 ? boxes : facts.map((name) => kb.facts[name]);
  const parts = factors.length > 0 ? factors.map((name) => kb.factors[name]) : [screen, ...alone];
  return parts.reduce((sum, { words }) => sum + words, 0);
}

/**
 * The best answers to a question: nothing ticked, every fact at its best; of a context, that it is not known.
 * @param {Knowledge} kb
 * @param {Question} question
 * @returns {Record<string, Reply>}
 */
export function bestAnswers(kb, question) {
  // What waits for one of these comes on a later page, so that it is asked only where it can be.
  const asked = (/** @type {string} */ name) => question.factors.includes(name);
  const factors = Object.values(kb.factors).filter(({ id, waitsFor }) => asked(id) || waitsFor.some(asked));
  const unknown = factors.map(({ id }) => [id, { value: NOT_KNOWN }]);
  const best = question.facts.map((name) => [name, { value: kb.facts[name].steps[0] }]);
  return question.screen.checklist.length > 0 ? tick(question, []) : Object.fromEntries([...unknown, ...best]);
}

/**
 * The answers that a checklist gives: a ticked box says "at least this", an empty one "better than that".
 * @param {Question} question
 * @param {string[]} ticked the facts whose box is ticked; none means "none of these"
 * @returns {Record<string, Reply>}
 */
export function tick({ screen, facts }, ticked) {
  const boxes = screen.checklist.filter(({ fact }) => facts.includes(fact));
  return Object.fromEntries(boxes.map((box) => [box.fact, ticked.includes(box.fact) ? box.ticked : box.empty]));
}

/**
 * The answers with later ones added, what was answered last standing last. A later answer takes the place of what its
 * own source said before, and stands beside what others said. Danger stays on record whoever speaks later; "not known"
 * takes nothing away; findings of professionals and numbers are all kept. Of a context the later one counts.
 * @param {Knowledge} kb
 * @param {Answers} earlier
 * @param {Answers} later
 * @returns {Answers}
 */
export function withAnswers(kb, earlier, later) {
  const joined = Object.fromEntries(Object.entries(earlier).filter(([name]) => !(name in later)));
  for (const [name, given] of Object.entries(later)) {
    const speaking = several(given).map(plain).filter(tells);
    const kept = several(earlier[name]).filter((one) => tells(plain(one)) && isKept(kb, name, plain(one), speaking));
    joined[name] = kept.length > 0 ? [...kept, ...several(given)] : given;
  }
  return joined;
}

/**
 * Whether an earlier answer may still count beside the later ones that say something.
 * @param {Knowledge} kb
 * @param {string} name
 * @param {PlainAnswer} one
 * @param {PlainAnswer[]} speaking
 */
function isKept(kb, name, one, speaking) {
  if (name in kb.factors) {
    return speaking.length === 0;
  }
  const fact = kb.facts[name];
  if (!fact || fact.kind === "evaluation" || (!one.at_most && isDanger(fact, rankOf(fact, one.value)))) {
    return true;
  }
  const source = (/** @type {PlainAnswer} */ said) => said.source || "self-report";
  // To be compared as text; an answer without a day is of today.
  const day = (/** @type {PlainAnswer} */ said) => said.date || TODAY;
  return !speaking.some((other) => source(other) === source(one) && day(other) >= day(one));
}
