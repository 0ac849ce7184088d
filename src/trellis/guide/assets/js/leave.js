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

/** Milliseconds for which a call or a message that was just asked for may leave the page without a word. */
const CALLING = 3000;

/**
 * Ask before the page is left or loaded anew, as long as something would be lost. A call for help is never asked about,
 * nor is leaving now.
 *
 * @param {() => boolean} lost whether something would be lost
 */
export function askBefore(lost) {
  let called = 0;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='tel:'], a[href^='sms:']") : null;
    called = link ? Date.now() : called;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && Date.now() - called > CALLING && lost()) {
      event.preventDefault();
    }
  });
}

/**
 * Tell other tabs of this guide that everything was cleared, and hear of it. What is told carries nothing.
 *
 * @param {() => void} clear clears this tab
 * @returns {() => void} tells the others
 */
export function clearTogether(clear) {
  if (typeof BroadcastChannel === "undefined") {
    return () => undefined;
  }
  const channel = new BroadcastChannel(`clear ${new URL("./", location.href).pathname}`);
  channel.onmessage = clear;
  return () => channel.postMessage(null);
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
