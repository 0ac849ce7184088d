// @ts-check
/**
 * What the guide knows while it is open: one plain object in memory, replaced on every change. Nothing here is written
 * anywhere; keeping answers is a choice of its own (keep.js).
 *
 * @typedef {import("./core/parsing.js").Given} Given
 * @typedef {import("./core/parsing.js").Answers} Answers
 * @typedef {{id: string, text: string, on: boolean}} TakeAlong
 * A screen as it stood, to go back to. @typedef {{screen: string, answers: Answers, asking: string, page: number}} Place
 * What somebody kept, opened: `left` could not be read; `other`: it was answered with another version of the knowledge.
 * @typedef {{state: Partial<State>, left: string[], other: boolean, date: string, version: string}} Brought
 * @typedef {object} State
 * @property {"en" | "es"} lang
 * @property {"" | "me" | "loved_one" | "reading"} whom who answers, and about whom
 * @property {string} screen
 * @property {string[]} concerns what worries somebody most, or that they are not sure
 * @property {boolean} short whether only that and danger is asked about
 * @property {Answers} answers
 * @property {import("./told.js").Told[]} told how each answer was given: the line that was read, and what was chosen. What
 *   was given on pages that were gone back from stays, so that they show it
 * @property {Place[]} history the screens before this one, to go back to
 * @property {number} page how many pages of questions were answered
 * @property {Record<string, string | string[]>} draft what is chosen on the page of questions before it is given
 * @property {string[]} shown the dangers whose help was shown
 * @property {string} relation who the person is to somebody close; in memory alone, and in no file
 * @property {string} inside the place that somebody said they are in now, such as a hospital or a jail; or empty
 * @property {string[]} safe facts for which somebody said that it is safe to answer here
 * @property {string[]} compare settings chosen to be seen side by side; empty until somebody chooses
 * @property {Record<string, number>} matters
 * @property {string[]} aims
 * @property {string[]} approaches treatments put on the list to take along
 * @property {TakeAlong[]} questions questions to take along that were changed
 * @property {string[]} own
 * @property {string} asking the question or list that is asked again, as somebody wants to change the answer; or empty
 * @property {Brought} [brought] what a clinician opened here: beside these answers, never among them
 * @property {boolean} [detail] whether the paper carries what was answered
 * @property {boolean} [twoLanguages] whether the paper carries the other language beside the reader's
 */

/** @param {"en" | "es"} lang @returns {State} */
export function blank(lang) {
  return {
    lang,
    whom: "",
    screen: "start",
    concerns: [],
    short: false,
    answers: {},
    told: [],
    history: [],
    page: 0,
    asking: "",
    draft: {},
    shown: [],
    relation: "",
    inside: "",
    safe: [],
    compare: [],
    matters: {},
    aims: [],
    approaches: [],
    questions: [],
    own: [],
  };
}

export const NOT_SURE = "not_sure";

/** What worries somebody most; empty where nobody said or is not sure. @param {{concerns: string[]}} state */
export function worries({ concerns }) {
  return concerns.filter((one) => one !== NOT_SURE);
}

/** What is asked, as of today. @param {{concerns: string[], short: boolean}} state */
export function aboutOf({ concerns, short }) {
  return { asOf: today(), concerns: worries({ concerns }), short };
}

/** Today, in the reader's own calendar, as YYYY-MM-DD. */
export function today() {
  const now = new Date();
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The language the browser asks for, of those there are. */
export function firstLanguage() {
  const asked = (navigator.languages && navigator.languages[0]) || navigator.language || "en";
  return asked.toLowerCase().startsWith("es") ? "es" : "en";
}
