// @ts-check
/** Markup as tagged templates: html`<p>${words}</p>`. Words are text, never markup; a telephone number stays on one line. */
import htm from "../vendor/htm.js";
import { h, render } from "../vendor/preact.js";

/** A number that somebody may have to read out or dial: broken at a line's end it is misread. */
const NUMBER = /((?:1-)?(?:\(\d{3}\)\s|\d{3}-)?\d{3}-\d{4}(?!\d))/;
/** What holds words alone, or is drawn: no element may stand in it. */
const BARE = ["option", "textarea", "title", "text", "tspan", "desc"];

/** @param {any} child */
const kept = (child) =>
  typeof child === "string" && NUMBER.test(child)
    ? child.split(NUMBER).map((part, place) => (place % 2 ? h("span", { class: "number" }, part) : part))
    : child;

/** @param {any} type @param {any} props @param {...any} children */
function made(type, props, ...children) {
  return h(type, props, ...(typeof type === "string" && !BARE.includes(type) ? children.map(kept) : children));
}

export const html = htm.bind(made);
export { render };
