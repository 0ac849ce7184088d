// @ts-check
/** A page to read, shown above the answers. It is a file of this guide, fetched from it, and its text alone is taken. */
import { html } from "./html.js";
import { begin } from "./start.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** @param {{ctx: Ctx, path: string, close: () => void}} given */
export function readingSheet({ ctx, path, close }) {
  const fill = (/** @type {HTMLElement | null} */ box) => {
    if (box && box.dataset.path !== path) {
      box.dataset.path = path;
      show(box, path, ctx.say("sheet_failed"));
    }
  };
  return html`
    <section class="sheet" aria-labelledby="sheet-title">
      <div class="actions">
        <button type="button" onClick=${close}>${ctx.say("close")}</button>
      </div>
      <p id="sheet-title" class="sr" tabindex="-1">${ctx.say("sheet")}</p>
      <div class="reading" ref=${fill}></div>
      ${ctx.state.screen === "start" ? on(ctx) : null}
      <div class="actions">
        <button type="button" onClick=${close}>${ctx.say("close")}</button>
      </div>
    </section>
  `;
}

/** From a page that was read first into the questions. @param {Ctx} ctx */
function on(ctx) {
  return html`
    <h2>${ctx.say("start.go_on")}</h2>
    <div class="stack">${begin(ctx)}</div>
  `;
}

/** @param {HTMLElement} box @param {string} path @param {string} failed */
async function show(box, path, failed) {
  try {
    const answer = await fetch(path, { credentials: "omit" });
    if (!answer.ok) {
      throw new Error(path);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("main");
    if (box.dataset.path !== path || !content) {
      return;
    }
    for (const link of content.querySelectorAll("a[href]")) {
      const address = new URL(link.getAttribute("href") || "", answer.url || path);
      link.setAttribute("href", address.href);
    }
    box.lang = page.documentElement.lang;
    box.replaceChildren(...Array.from(content.childNodes).map((node) => document.importNode(node, true)));
    const asked = decodeURIComponent(new URL(path, document.baseURI).hash.slice(1));
    const place = asked ? document.getElementById(asked) : null;
    if (place && box.contains(place)) {
      place.scrollIntoView();
    }
  } catch {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent = failed;
    box.replaceChildren(note);
  }
}
