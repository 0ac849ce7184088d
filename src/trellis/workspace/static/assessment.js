// @ts-check
/** A save that failed says so at its field, and what was typed stays. Help that appears is brought into view. */
"use strict";

document.documentElement.classList.add("js");

/** What is answered in place: saved, refused with a reason, or answered by somebody else in between. */
const SHOWN = [200, 409, 422];
const OURS = "X-Answer";

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const ours = detail.xhr.getResponseHeader(OURS) !== null;
  detail.shouldSwap = ours && SHOWN.includes(detail.xhr.status);
  detail.isError = !detail.shouldSwap;
  if (!ours) {
    failed(event); // such as the page of signing in, after the session ended
  }
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:sendAbort"]) {
  document.addEventListener(name, failed);
}

/** @param {Event} event */
function failed(event) {
  const field = /** @type {Element} */ (event.target).closest("fieldset");
  const form = field && field.closest("form");
  const mark = field && field.querySelector(".mark");
  if (form && mark) {
    const told = document.createElement("strong");
    told.className = "error";
    told.textContent = form.dataset.failed || "";
    mark.replaceChildren(told);
  }
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
