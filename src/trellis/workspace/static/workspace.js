// What the browser adds to pages that work without it: the summary of errors is read first, and a request that failed says so.
"use strict";
(() => {
  const SIGN_IN = "/team/account/login/";
  const trouble = (which) => {
    const place = document.getElementById("trouble");
    if (!place) return;
    place.textContent = which ? place.dataset[which] : "";
    place.classList.toggle("told", Boolean(which));
    place.classList.toggle("told-wrong", Boolean(which));
  };
  const summary = () => document.querySelector(".wrong[role=alert]")?.focus();
  const signIn = () => location.assign(`${SIGN_IN}?next=${encodeURIComponent(location.pathname)}`);

  document.addEventListener("DOMContentLoaded", summary);
  document.addEventListener("htmx:beforeRequest", () => trouble(""));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (document.querySelector("form.answers")) return; // a page that saves field by field says it at the field, and stays
    if (xhr.status === 401 || new URL(xhr.responseURL || location.href, location.href).pathname === SIGN_IN) {
      event.detail.shouldSwap = false; // the session ended: the whole page goes to sign in, and comes back
      event.detail.isError = false;
      signIn();
    } else if (xhr.status === 422) {
      event.detail.shouldSwap = true; // the form again, with what is wrong in it
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.xhr?.status === 422) summary();
  });
  document.addEventListener("htmx:responseError", () => trouble("failed"));
  document.addEventListener("htmx:sendError", () => trouble("offline"));
  document.addEventListener("htmx:timeout", () => trouble("offline"));
})();
