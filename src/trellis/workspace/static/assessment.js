// @ts-check
/** A save that failed says so at its field, and what was typed stays. Help that appears is brought into view. */
"use strict";

document.documentElement.classList.add("js");

/** What is answered in place: saved, refused with a reason, or answered by somebody else in between. */
const SHOWN = [200, 409, 422];
const OURS = "X-Answer";
/** After signing in again the page's own token is too old: a fresh one is fetched, once for each save that fails so. */
const TOKEN = "csrfmiddlewaretoken";

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const ours = detail.xhr.getResponseHeader(OURS) !== null;
  detail.shouldSwap = ours && SHOWN.includes(detail.xhr.status);
  detail.isError = false;
  const field = fieldOf(event);
  if (ours && field) {
    delete field.dataset.unsaved;
  } else if (!ours) {
    failed(event); // such as the page of signing in, after the session ended
    if (detail.xhr.status === 403 && field && field.dataset.unsaved === "1") {
      field.dataset.unsaved = "2";
      freshToken().then((fresh) => fresh && again(field));
    }
  }
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, failed);
}
for (const name of ["online", "focus"]) {
  window.addEventListener(name, () => {
    for (const field of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("fieldset[data-unsaved]"))) {
      field.dataset.unsaved = "1";
      again(field);
    }
  });
}

/** @param {Event} event @returns {HTMLElement | null} */
function fieldOf(event) {
  return /** @type {Element} */ (event.target).closest("fieldset");
}

/** @param {Event} event */
function failed(event) {
  const field = fieldOf(event);
  const form = field && field.closest("form");
  const mark = field && field.querySelector(".mark");
  if (field && form && mark) {
    field.dataset.unsaved = field.dataset.unsaved || "1";
    const told = document.createElement("strong");
    told.className = "error";
    told.textContent = form.dataset.failed || "";
    mark.replaceChildren(told);
  }
}

/** Save what stands in a field once more. @param {Element} field */
function again(field) {
  field.dispatchEvent(new Event("change"));
}

/** @returns {Promise<boolean>} */
async function freshToken() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = /** @type {HTMLInputElement | null} */ (page.querySelector(`form.answers [name="${TOKEN}"]`));
  if (fresh) {
    document.querySelectorAll(`[name="${TOKEN}"]`).forEach((one) => one.setAttribute("value", fresh.value));
  }
  return fresh !== null;
}

/** Help for danger goes before anything else: it is brought into view once, when it first appears. */
let helped = "";
document.addEventListener("htmx:oobAfterSwap", () => {
  const help = document.getElementById("help");
  const said = help ? help.innerText.trim() : "";
  if (help && said && said !== helped) {
    helped = said;
    help.focus();
    help.scrollIntoView({ block: "start" });
  }
});
