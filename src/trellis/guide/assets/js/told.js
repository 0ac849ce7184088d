// @ts-check
/**
 * The record: of each answer the line that somebody saw and what they chose there. An answer by itself tells only what
 * follows from it: a box that is ticked says "at least this", one left empty "better than that", and neither is what
 * was on the screen.
 */
import { plain, several } from "./core/parsing.js";

/**
 * How an answer was given. `of`: the fact or context; `list`: the list of lines it stood on, "" for a question of its
 * own; `chosen`: whether the line was ticked. The rest is the answer that it belongs to. `asked` and `said` are the
 * question and the line as they were read; they stand here only where the words of today may be others.
 * @typedef {{of: string, list: string, chosen: boolean, value: string | number, at_least?: boolean, at_most?: boolean,
 *   date?: string | null, asked?: string, said?: string}} Told
 * @typedef {import("./core/parsing.js").Answers} Answers
 * @typedef {import("./core/parsing.js").PlainAnswer} PlainAnswer
 */

/**
 * The record with what was just given. What was told on the same list, or by itself, earlier in this visit goes; that of
 * another page stays, for somebody may go back to it.
 *
 * @param {Told[]} before
 * @param {string} list the list that the lines stood on, "" for a question of its own
 * @param {Answers} given
 * @param {string[]} ticked
 * @returns {Told[]}
 */
export function withTold(before, list, given, ticked) {
  const rest = before.filter((one) => one.date || one.list !== list || !(one.of in given));
  const added = Object.entries(given).map(([of, one]) => {
    const { value, at_least, at_most } = plain(several(one)[0]);
    return { of, list, chosen: list === "" || ticked.includes(of), value, ...(at_least && { at_least }), ...(at_most && { at_most }) };
  });
  return [...rest, ...added];
}

/**
 * How an answer was given; undefined where nothing is known of it, as in what an earlier version kept.
 *
 * @param {Told[]} told
 * @param {string} name
 * @param {PlainAnswer} answer
 * @returns {Told | undefined}
 */
export function toldOf(told, name, answer) {
  const same = (/** @type {any} */ one, /** @type {string} */ key) => (one[key] || false) === (/** @type {any} */ (answer)[key] || false);
  return told
    .filter((one) => one.of === name && ["value", "at_least", "at_most", "date"].every((key) => same(one, key)))
    .pop();
}

/**
 * The record of what still stands: of each answer, how it was given.
 *
 * @param {Told[]} told
 * @param {Answers} answers
 * @returns {Told[]}
 */
export function inForce(told, answers) {
  return Object.entries(answers).flatMap(([name, given]) =>
    several(given).flatMap((one) => toldOf(told, name, plain(one)) || []),
  );
}

/** Whether something is a record, as it may stand in a file. @param {any} one @returns {one is Told} */
export function isTold(one) {
  const words = (/** @type {any} */ text) => text === undefined || typeof text === "string";
  return (
    typeof one === "object" && one !== null && typeof one.of === "string" && typeof one.list === "string" &&
    typeof one.chosen === "boolean" && words(one.asked) && words(one.said)
  );
}
