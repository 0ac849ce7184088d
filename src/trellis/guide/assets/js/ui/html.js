// @ts-check
/** Markup as tagged templates: html`<p>${words}</p>`. Words are text, never markup. */
import htm from "../vendor/htm.js";
import { h, render } from "../vendor/preact.js";

export const html = htm.bind(h);
export { render };
