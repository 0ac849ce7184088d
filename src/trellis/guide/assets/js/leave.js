// @ts-check
/** Leaving: at once and without a trace in the history of this page, and the back key that goes back one screen. */

let leaving = false;
/** Whether the entry of the history that stands guard is there. */
let guarded = false;

/**
 * The back key of a phone goes back one screen, and does not lose the answers. One entry of the history stands guard;
 * it carries nothing, and the address never changes.
 *
 * @param {() => boolean} back goes back one screen; false when there is none
 */
export function guardBack(back) {
  const stand = () => {
    history.pushState(null, "");
    guarded = true;
  };
  document.addEventListener("click", stand, { once: true });
  window.addEventListener("popstate", () => {
    if (leaving) {
      return;
    }
    guarded = false;
    if (back()) {
      stand();
    } else {
      document.addEventListener("click", stand, { once: true });
    }
  });
}

/**
 * Go to another site in the place of this one. The guard is left first, so that the entry which remains is replaced;
 * where there is none, going back would leave the guide as the page that "forward" leads to. The guard itself cannot be
 * taken out of the history: it is marked, and leads to the other site as well.
 *
 * @param {string} address
 */
export function leaveFor(address) {
  leaving = true;
  document.title = "…";
  document.documentElement.classList.add("gone");
  const go = () => location.replace(navigator.onLine === false ? "about:blank" : address);
  window.addEventListener("pageshow", go);
  if (!guarded) {
    go();
    return;
  }
  history.replaceState({ left: address }, "");
  window.addEventListener("popstate", go, { once: true });
  history.back();
  // Should no word come that the guard was left, the page is left all the same.
  setTimeout(go, 120);
}

/** Whether somebody came back to an entry of the history that was left in a hurry; then it is left again at once. */
export function leftBefore() {
  const { state } = history;
  if (!state || typeof state.left !== "string") {
    return false;
  }
  leaveFor(state.left);
  return true;
}
