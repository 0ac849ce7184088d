// @ts-check
/** The page that follows, worked out while somebody still looks at what they chose: "Next" then only has to show it. */
import { recommendation } from "../context.js";
import { nextQuestions } from "../core/interview.js";
import { aboutOf } from "../state.js";
import { joined } from "./joined.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */

/** Milliseconds until it begins, so that what was chosen is drawn first; and between its steps. */
const AFTER = 30;

// By the answers themselves, and weakly: what is forgotten elsewhere is forgotten here.
/** @type {WeakMap<object, Map<string, any[]>>} */
const pages = new WeakMap();
/** @type {WeakMap<object, {words: string, answers: Answers}>} */
const supposed = new WeakMap();
let waiting = 0;

/**
 * The questions after these answers.
 *
 * @param {Ctx} ctx @param {Answers} answers @param {{concerns: string[], short: boolean}} [asked] what is asked at all
 * @returns {any[]}
 */
export function pageAfter({ kb, state }, answers, asked = state) {
  const about = aboutOf(asked);
  const key = JSON.stringify(about);
  const known = pages.get(answers) || new Map();
  pages.set(answers, known);
  if (!known.has(key)) {
    known.set(key, nextQuestions(kb, answers, about));
  }
  return known.get(key);
}

/** Work out what these answers to the page lead to, a step at a time, so that a slow phone stays quick. @param {Ctx} ctx @param {Answers} given */
export function foresee(ctx, given) {
  const { answers: before } = ctx.state;
  const words = JSON.stringify(given);
  if (supposed.get(before)?.words === words) {
    return;
  }
  const answers = joined(ctx, given);
  supposed.set(before, { words, answers });
  const decided = () => {
    const rec = quietly(() => read(recommendation(ctx.kb, answers)));
    if (rec) {
      waiting = setTimeout(asked, AFTER, rec);
    }
  };
  const asked = (/** @type {any} */ rec) => {
    const page = quietly(() => pageAfter(ctx, answers));
    if (page && !page.length) {
      waiting = setTimeout(() => quietly(() => readAtTheEnd(rec)), AFTER);
    }
  };
  clearTimeout(waiting);
  waiting = setTimeout(decided, AFTER);
}

/** The answers with these added, if they are those that were foreseen. @param {Answers} before @param {Answers} given @returns {Answers | null} */
export function foreseen(before, given) {
  const found = supposed.get(before);
  return found && found.words === JSON.stringify(given) ? found.answers : null;
}

/** What the next page reads of a recommendation, which works each out when first asked. @param {any} rec */
function read(rec) {
  return rec.urgent && rec.active && rec.open && rec;
}

/** What the result reads besides. @param {any} rec */
function readAtTheEnd(rec) {
  return [rec.now, rec.next, rec.between, rec.shortfalls, rec.shortfallsNext, rec.services, rec.settled];
}

/**
 * Answers that contradict each other are told when they are given, not before.
 *
 * @template T
 * @param {() => T} work
 * @returns {T | null}
 */
function quietly(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
