// @ts-check
/**
 * A page in two languages. It is written once in each, from the same words of the catalogue, and laid together here: each
 * line beside its twin. What is the same in both, such as somebody's own words, stands there once.
 */
import { html } from "./html.js";

/** What is one line: it gets a twin as a whole, with all that is marked in it. */
const LINES = ["p", "h2", "li", "dt", "dd"];
/** A line to write on by hand. There is one for both. */
const TO_WRITE_ON = "page-line";

/**
 * @param {any} one what stands on the page, in the reader's language
 * @param {any} other the same in the other
 * @param {string} lang the other language
 * @returns {any[]}
 */
export function twins(one, other, lang) {
  const [mine, theirs] = [parts(one), parts(other)];
  const most = Math.max(mine.length, theirs.length);
  return Array.from({ length: most }, (_, place) => paired(mine[place], theirs[place], lang));
}

/** @param {any} one @param {any} other @param {string} lang */
function paired(one, other, lang) {
  const node = one || other;
  if (typeof node !== "object") {
    return inTwo([one], [other], lang);
  }
  const { children, ...props } = node.props;
  const [mine, theirs] = [one ? parts(one.props.children) : [], other ? parts(other.props.children) : []];
  if (!LINES.includes(node.type)) {
    return html`<${node.type} ...${props}>${twins(mine, theirs, lang)}<//>`;
  }
  const words = (/** @type {any[]} */ all) => all.filter((part) => !toWriteOn(part));
  return html`<${node.type} ...${props}>${inTwo(words(mine), words(theirs), lang)}${mine.filter(toWriteOn)}<//>`;
}

/** @param {any[]} mine @param {any[]} theirs @param {string} lang */
function inTwo(mine, theirs, lang) {
  return text(mine) === text(theirs)
    ? mine
    : html`<span class="twin"><span>${mine}</span><span lang=${lang}>${theirs}</span></span>`;
}

/** @param {any} part */
function toWriteOn(part) {
  return typeof part === "object" && part.props.class === TO_WRITE_ON;
}

/** All that is drawn, one after another. @param {any} given @returns {any[]} */
function parts(given) {
  return [given].flat(9).filter((part) => part !== null && part !== undefined && typeof part !== "boolean" && part !== "");
}

/** The words alone. @param {any} given @returns {string} */
function text(given) {
  return parts(given)
    .map((part) => (typeof part === "object" ? text(part.props.children) : String(part)))
    .join("")
    .trim();
}
