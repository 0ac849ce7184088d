// @ts-check
/** The start: fetches the data, keeps the state in memory, draws the screen that the state names. */
import { warmUp } from "./core/interview.js";
import { load } from "./core/knowledge.js";
import { context, forget } from "./context.js";
import { forgetDevice } from "./keep.js";
import { askBefore, clearTogether, guardBack, leaveFor, leftBefore } from "./leave.js";
import { blank, firstLanguage, today } from "./state.js";
import { frame } from "./ui/frame.js";
import { html, render } from "./ui/html.js";
import { forgetKeeping, isKeeping, keepAlong } from "./ui/keep.js";
import { paper } from "./ui/paper.js";

/** @typedef {import("./state.js").State} State */

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const sheet = /** @type {HTMLElement} */ (document.getElementById("paper"));

/** @type {State} */
let state = blank(firstLanguage());
/** @type {any} */
let kb = null;
/** @type {Record<string, any>} */
const texts = {};
let drawnScreen = "";
/** @type {string | null} */
let reading = null;
let helping = false;
/** Whether the words of the other language were asked for and could not be had. */
let missing = false;
let paperLater = 0;
/** Milliseconds after a screen was drawn until the page that prints is. */
const PAPER_AFTER = 250;
/** Parts of the state that do not stand on it. */
const NOT_PRINTED = ["draft", "safe", "shown"];

/** @param {string} path */
async function fetched(path) {
  const answer = await fetch(path, { credentials: "omit" });
  if (!answer.ok) {
    throw new Error(path);
  }
  return answer.json();
}

/** What the conversation says in a language: without it no screen is drawn. */
async function loadWords(/** @type {string} */ lang) {
  if (!texts[`talk.${lang}`]) {
    texts[`talk.${lang}`] = await fetched(`data/talk.${lang}.json`);
  }
}

/** What later screens say, all of it together: for everybody, whatever they answer. */
async function loadRest(/** @type {string} */ lang) {
  await Promise.all(
    ["compare", "next"].map(async (part) => {
      const name = `${part}.${lang}`;
      if (!texts[name]) {
        texts[name] = await fetched(`data/${name}.json`);
        draw();
      }
    }),
  );
}

/** Once the first screen is there, whatever else there is, in one order; what could not be had keeps back nothing else. */
async function loadBehind() {
  const other = otherThan(state.lang);
  for (const load of [() => loadRest(state.lang), () => loadWords(other), () => loadRest(other), keepOffline]) {
    await load().catch(() => undefined);
  }
}

const actions = {
  clearAll() {
    forgetEverything();
    tellOthers();
    go("start");
  },
  quickExit() {
    forgetEverything();
    tellOthers();
    render(null, sheet);
    render(null, root);
    leaveFor(texts[`talk.${state.lang}`].site.exit);
  },
  /** @param {Partial<State>} found */
  replaceState(found) {
    state = { ...blank(state.lang), ...found };
    const ready = texts[`talk.${state.lang}`] ? Promise.resolve() : loadWords(state.lang);
    ready.then(() => {
      draw();
      loadRest(state.lang).catch(() => undefined);
    });
  },
  /** @param {string} path */
  openSheet(path) {
    reading = path;
    draw();
  },
  help() {
    helping = true;
    draw();
  },
};

function forgetEverything() {
  state = blank(state.lang);
  reading = null;
  helping = false;
  forget();
  forgetKeeping();
  forgetDevice();
}

const tellOthers = clearTogether(() => {
  forgetEverything();
  go("start");
});
askBefore(() => (Object.keys(state.answers).length > 0 || state.own.some(Boolean)) && !isKeeping());

/** @param {Partial<State>} patch */
function update(patch) {
  state = { ...state, ...patch };
  draw(Object.keys(patch).some((part) => !NOT_PRINTED.includes(part)));
}

/** @param {string} screen @param {Partial<State>} [patch] */
function go(screen, patch = {}) {
  // What a clinician opened is forgotten as soon as its screen is left.
  show({ asking: "", brought: undefined, history: [...state.history, ...left(screen, patch)], ...patch, screen });
}

/** Show another screen, from its top. @param {Partial<State>} patch */
function show(patch) {
  state = { ...state, ...patch };
  helping = false;
  reading = null;
  drawnScreen = drawnScreen && "left"; // Who asks for the part they are on is brought to its top as well.
  draw();
}

/** The screen that is left, where it is another one; else none. @param {string} screen @param {Partial<State>} patch */
function left(screen, patch) {
  const { answers, asking, page } = state;
  const stays = state.screen === screen && asking === (patch.asking || "") && (patch.answers || answers) === answers;
  return stays ? [] : [{ screen: state.screen, answers, asking, page }];
}

/** Back to the screen before, as it stood. Whether there was one. */
function back() {
  const before = state.history[state.history.length - 1];
  if (before) {
    show({ ...before, history: state.history.slice(0, -1), draft: {} });
  }
  return before !== undefined;
}

async function speak(/** @type {"en" | "es"} */ lang) {
  try {
    await loadWords(lang);
  } catch {
    missing = true;
    draw();
    return;
  }
  missing = false;
  reading = reading && reading.replace(`/${state.lang}/read/`, `/${lang}/read/`);
  update({ lang });
  loadRest(lang).catch(() => undefined);
}

/** The words and the state as every screen is given them; null while they are on their way. */
function given() {
  return givenIn(state.lang, () => {
    const other = givenIn(otherThan(state.lang));
    return other && other.more && other.next ? other : null;
  });
}

/** @param {"en" | "es"} lang @param {() => import("./context.js").Ctx | null} [other] */
function givenIn(lang, other) {
  const talk = texts[`talk.${lang}`];
  if (!kb || !talk) {
    return null;
  }
  const data = { kb, talk, more: texts[`compare.${lang}`] || null, next: texts[`next.${lang}`] || null };
  return context(data, lang === state.lang ? state : { ...state, lang }, { update, go, actions }, other);
}

/** @param {"en" | "es"} lang @returns {"en" | "es"} */
function otherThan(lang) {
  return lang === "en" ? "es" : "en";
}

/** @param {boolean} [printed] whether something that is printed may have changed */
function draw(printed = true) {
  const ctx = given();
  if (!ctx) {
    return;
  }
  keepAlong(ctx);
  const now = `${state.screen} ${state.page} ${state.asking} ${reading} ${helping}`;
  const turned = now !== drawnScreen && drawnScreen !== "";
  drawnScreen = now;
  if (turned && document.activeElement instanceof HTMLElement) {
    // What has the focus may go away below; the browser would then lay out a page that is half drawn.
    document.activeElement.blur();
  }
  inLanguage(ctx);
  const places = around(document.activeElement);
  const close = () => {
    reading = null;
    helping = false;
    draw();
  };
  render(html`<${frame} ctx=${ctx} reading=${reading} helping=${helping} missing=${missing} close=${close} speak=${speak} />`, root);
  if (state.screen === "keep") {
    drawPaper();
  } else if (printed) {
    clearTimeout(paperLater);
    paperLater = setTimeout(drawPaper, PAPER_AFTER);
  }
  if (turned) {
    toTheTop();
  } else {
    stay(places);
  }
}

/** What has the focus, and what it stands in, from the inside out. @param {Element | null} one @returns {HTMLElement[]} */
function around(one) {
  const found = [];
  for (let place = one; place instanceof HTMLElement && root.contains(place); place = place.parentElement) {
    found.push(place);
  }
  return found;
}

/** A button may be gone after it was pressed: then its place has the focus, so that the next key goes on from there. @param {HTMLElement[]} places */
function stay([focused, ...places]) {
  if (focused && !focused.isConnected) {
    const place = places.find((one) => one.isConnected);
    place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: true });
  }
}

/** The language and the title of the page; untouched when they are right, for a change makes the browser style all anew. @param {any} ctx */
function inLanguage({ talk }) {
  const { neutral_title: title } = talk.site;
  if (document.documentElement.lang !== state.lang) {
    document.documentElement.lang = state.lang;
  }
  if (document.title !== title) {
    document.title = title;
  }
}

/** The page that prints. Nobody sees it on the screen, so it waits until the screen is there: drawing it takes as long. */
function drawPaper() {
  clearTimeout(paperLater);
  const ctx = given();
  render(ctx && Object.keys(state.answers).length && ctx.next ? html`<${paper} ctx=${ctx} />` : null, sheet);
}
window.addEventListener("beforeprint", drawPaper);

/** A new screen begins at its top, and so does who listens to it. */
function toTheTop() {
  window.scrollTo(0, 0);
  // What lies above comes first: below it the screen is hidden, and what is hidden takes no focus.
  const titles = ["sheet-title", "help-title", "title"].map((id) => document.getElementById(id));
  const title = titles.find((one) => one !== null);
  if (title) {
    title.focus({ preventScroll: true });
  }
}

// A page to read is shown above the answers: leaving for it would lose them.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-read]") : null;
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    actions.openSheet(/** @type {HTMLAnchorElement} */ (link).href);
  }
});

let escapes = 0;
document.addEventListener("keydown", (event) => {
  escapes = event.key === "Escape" ? escapes + 1 : 0;
  if (event.key === "Escape" && (reading || helping)) {
    reading = null;
    helping = false;
    draw();
  }
  if (escapes === 3) {
    actions.quickExit();
  }
});

guardBack(() => {
  if (reading || helping) {
    reading = null;
    helping = false;
    draw();
    return true;
  }
  return back();
});

/** Keep the guide on this device for a time without a connection: the app first, then the pages to read. */
async function keepOffline() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  await navigator.serviceWorker.register("sw.js");
  const worker = (await navigator.serviceWorker.ready).active;
  // Who pays by the megabyte has asked for little: the pages to read are fetched when they are opened.
  const { connection } = /** @type {any} */ (navigator);
  if (worker && !(connection && connection.saveData)) {
    worker.postMessage("keep pages");
  }
}

/** When nothing else is to do. @param {() => void} work */
function later(work) {
  // Not every browser tells when it is idle.
  if ("requestIdleCallback" in window) {
    window.requestIdleCallback(work, { timeout: 2000 });
  } else {
    setTimeout(work, 100);
  }
}

async function start() {
  const [core] = await Promise.all([fetched("data/core.json"), loadWords(state.lang)]);
  kb = load(core);
  draw();
  warmUp(kb, { asOf: today() }, later);
  loadBehind();
}

const opened = leftBefore() ? Promise.resolve() : start();
opened.catch(() => {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.textContent =
    "This page could not load. Check the connection and load it again. · La página no cargó. Revise la conexión.";
  root.append(note);
});
