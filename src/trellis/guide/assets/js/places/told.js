// @ts-check
/** What is said of a place: why it stands there, what to ask in a call, words for it. The same sentences as `trellis.directory.told`. */
import { dayWords, listed, spoken } from "../say.js";
import { has } from "./match.js";

/** @typedef {import("./match.js").Match} Match */
/** @typedef {import("./match.js").Point} Point */
/** @typedef {import("./terms.js").Terms} Terms */
/** @typedef {import("./wanted.js").Wanted} Wanted */
/**
 * `words`: `places/words.*.json`; `talk`: the words of the knowledge; `close`: for somebody who cares about the person.
 * @typedef {{terms: Terms, words: any, talk: any, lang: "en" | "es", close: boolean, today: string}} Telling
 * @typedef {{id: string, name: string, address: string, fit: string, says: string, why: string[], far: string[], wait: string,
 *   reach: string[], questions: string[], script: string[], signs: string[], checked: string[]}} ToldPlace
 */

const MOST_QUESTIONS = 8;
const MOST_REASONS = 2;
const STALE_DAYS = 365;
const A_DAY = 86400000;
const ASKED_FIRST = ["setting", "people", "axis", "service", "language", "payment"];
const REACH = [["phone", "phone", "number"], ["intake", "intake_phone", "number"], ["crisis", "crisis_phone", "number"],
  ["web", "website", "address"], ["hours", "hours", "hours"]];

/** @param {Telling} telling @param {string} key @param {import("../say.js").Slots} [slots] */
export function say({ words, lang }, key, slots = {}) {
  return spoken(words.ui[key], lang, slots);
}

/** All that is said of a place. @param {Telling} telling @param {Match} found @param {Wanted} wanted @param {boolean} lookedFrom @returns {ToldPlace} */
export function toldOf(telling, found, wanted, lookedFrom) {
  const { t, id } = found.place;
  const joined = (/** @type {(string | undefined)[]} */ parts, between = ", ") => parts.filter(Boolean).join(between);
  return {
    id,
    name: joined([t.name, t.part]),
    address: joined([t.street, t.city, joined([t.state, t.zip], " ")]),
    fit: found.fit,
    says: say(telling, `fit_${found.fit}`),
    why: whyHere(telling, found),
    far: lookedFrom ? far(telling, found) : [],
    wait: found.wait === null ? say(telling, "wait_unknown") : found.wait ? say(telling, "wait", { count: found.wait }) : say(telling, "wait_none"),
    reach: reach(telling, found),
    questions: questionsFor(telling, found, wanted),
    script: callScript(telling, found, wanted),
    signs: signs(telling, found),
    checked: checked(telling, found),
  };
}

/** Why it stands there: what it says, what it does not say, what is missing and who asks for it. @param {Telling} telling @param {Match} found */
export function whyHere(telling, { met, ask, lacks }) {
  const { talk, close } = telling;
  const things = (/** @type {Point[]} */ points) => ({ things: [...new Set(points.map((one) => named(telling, one)))].join("; ") });
  const said = met.filter(({ kind }) => kind !== "axis");
  const lines = said.length ? [say(telling, "meets", things(said))] : [];
  if (ask.length) {
    lines.push(say(telling, "ask", things(ask)));
  }
  /** @type {string[]} */
  const reasons = [];
  for (const { id, step, needs } of lacks.filter(({ kind }) => kind === "axis")) {
    lines.push(say(telling, "lacks_axis", { axis: talk.axes[id].name, step: talk.axes[id].steps[step] }));
    reasons.push(...needs);
  }
  for (const [key, ...kinds] of [["lacks_said", "setting"], ["lacks_people", "people"], ["gaps", "service"], ["lacks_said", "payment", "language"]]) {
    const points = lacks.filter(({ kind }) => kinds.includes(kind));
    if (points.length) {
      lines.push(say(telling, key, things(points)));
      reasons.push(...points.flatMap(({ needs }) => needs));
    }
  }
  for (const need of [...new Set(reasons)].slice(0, MOST_REASONS)) {
    const { because, because_loved_one: other } = talk.needs[need];
    lines.push(say(telling, "asked_because", { because: (close && other) || because }));
  }
  return lines;
}

/** @param {Telling} telling @param {Match} found @param {Wanted} wanted */
function questionsFor(telling, { ask, lacks, wait }, wanted) {
  const order = (/** @type {Point} */ { kind }) => ASKED_FIRST.indexOf(kind);
  const closed = lacks.filter(({ kind }) => kind === "setting");
  const asked = [...ask].sort((a, b) => order(a) - order(b));
  const whatever = [...(wait === null ? ["ask_wait"] : []), ...(wanted.payment ? [] : ["ask_cost"])].map((key) => say(telling, key));
  const several = [...new Set([...closed, ...asked].map((one) => question(telling, one)))];
  return [...several.slice(0, MOST_QUESTIONS - whatever.length), ...whatever];
}

/** Words for the call. They tell nothing of the person but the kind of care. @param {Telling} telling @param {Match} found @param {Wanted} wanted */
function callScript(telling, { setting }, wanted) {
  const kind = setting || wanted.settings[0];
  const opening = kind ? [say(telling, "script_open", { care: listed([telling.words.care[kind]], telling.lang) })] : [];
  const last = ["script_questions", "script_full", "script_close"].map((key) => say(telling, key));
  return [say(telling, "script_private"), ...opening, ...last];
}

/** What a point is about, in few words. @param {Telling} telling @param {Point} point @returns {string} */
function named({ words, talk }, { kind, id, step, features }) {
  if (kind === "setting") {
    return words.care[id];
  }
  if (kind === "axis") {
    return `${talk.axes[id].name} (${talk.axes[id].steps[step]})`;
  }
  return kind === "service" ? talk.services[id].name : words.features[features[0]].name;
}

/** @param {Telling} telling @param {Point} point */
function question(telling, point) {
  const { kind, id, step, features } = point;
  const one = telling.words.features[features[0]];
  if (kind === "axis") {
    return say(telling, "ask_axis", { told: telling.talk.axes[id].told[step] });
  }
  if (kind === "payment" || kind === "language") {
    return say(telling, `ask_${kind}`, { name: one.name });
  }
  if (one && one.ask) {
    return one.ask;
  }
  return kind === "people" && one ? say(telling, "ask_takes", { name: one.name }) : say(telling, "ask_name", { name: named(telling, point) });
}

/** @param {Telling} telling @param {Match} found */
function far(telling, { place, miles }) {
  const lines = [miles === null ? say(telling, "miles_unknown") : miles < 1 ? say(telling, "miles_under") : say(telling, "miles", { count: rounded(miles) })];
  if (miles !== null && !place.exact) {
    lines.push(say(telling, "miles_of_zip"));
  }
  const ways = [["way_help", "transport_help"], ["way_video", "telehealth"]].filter(([, feature]) => has(telling.terms, place, feature));
  return [...lines, ...(ways.length ? ways.map(([key]) => say(telling, key)) : [say(telling, "way_unknown")])];
}

/** A half goes to the even number, as in Python. @param {number} value */
function rounded(value) {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}

/** @param {Telling} telling @param {Match} found */
function reach(telling, { place: { t } }) {
  const lines = REACH.filter(([, field]) => t[field]).map(([key, field, slot]) => say(telling, key, { [slot]: t[field] }));
  return t.phone || t.intake_phone ? lines : [say(telling, "phone_unknown"), ...lines];
}

/** @param {Telling} telling @param {Match} found */
function signs(telling, { place }) {
  const known = Object.values(telling.terms.features).filter(({ group, id }) => group === "sign" && has(telling.terms, place, id) !== null);
  const said = known.map(({ id }) => {
    const { name, check } = telling.words.features[id];
    return say(telling, has(telling.terms, place, id) ? "sign_said" : "sign_not", { sign: name, check });
  });
  const { license, complaint_to: where } = place.t;
  return [...said, ...(license ? [say(telling, "license_is", { license })] : []), ...(where ? [say(telling, "complaints_go", { where })] : [])];
}

/** @param {Telling} telling @param {Match} found */
function checked(telling, { place }) {
  const { words, lang, today } = telling;
  const sources = listed([...new Set(place.from.map((one) => words.sources[one]))], lang);
  const lines = [];
  if (place.gone) {
    lines.push(say(telling, "gone", { sources, day: dayWords(place.gone, lang) }));
  } else if (place.on) {
    const old = (Date.parse(today) - Date.parse(place.on)) / A_DAY > STALE_DAYS;
    lines.push(say(telling, old ? "stale" : "checked", { sources, day: dayWords(place.on, lang) }));
  } else {
    lines.push(say(telling, "undated", { sources }));
  }
  if (place.disputed) {
    const things = place.disputed.map((one) => words.features[one].name).join("; ");
    lines.push(say(telling, "disputed", { things }));
  }
  return lines;
}
