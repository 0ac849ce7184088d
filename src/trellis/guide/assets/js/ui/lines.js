// @ts-check
/** Help lines as they are reached: by telephone, message or chat, in the reader's own language where there is a line in it. */
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/**
 * Lines for this reader: one that is answered in their language takes the place of the one it stands for, and those in
 * another language come last.
 *
 * @param {Ctx} ctx @param {string[]} ids
 * @returns {any[]}
 */
export function linesFor({ talk, state }, ids) {
  const every = Object.entries(talk.lines).map(([id, line]) => ({ ...line, id }));
  const found = ids.map((id) => {
    const own = every.find((line) => line.stands_for === id && line.language === state.lang);
    return own || every.find((line) => line.id === id);
  });
  const once = [...new Map(found.map((line) => [line.id, line])).values()];
  const isOwn = (/** @type {any} */ line) => !line.language || line.language === state.lang;
  return [...once.filter(isOwn), ...once.filter((line) => !isOwn(line))];
}

/** @param {any} line @param {string} [words] what stands on the button in the place of the line's own words */
export function reach(line, words) {
  const way = line.tel ? `tel:${line.tel}` : line.sms ? `sms:${line.sms}` : line.web;
  const outside = !line.tel && !line.sms;
  return html`<a
    role="button"
    href=${way}
    target=${outside ? "_blank" : null}
    rel=${outside ? "noopener noreferrer" : null}
    title=${line.what_for}
    ><span>${words || line.contact}</span>${line.reaches ? html` <small>${line.reaches}</small>` : null}</a
  >`;
}
