// @ts-check
/** What every screen is given: the knowledge, the result so far, words, and the few things it may do. */
import { reasonsOf } from "./core/account.js";
import { decide } from "./core/decide.js";
import { dayWords, listed, spoken } from "./say.js";
import { today } from "./state.js";
import { html } from "./ui/html.js";
import { isInside } from "./where.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./say.js").Slots} Slots
 * @typedef {object} Actions
 * @property {() => void} clearAll
 * @property {() => void} quickExit
 * @property {(state: Partial<State>) => void} replaceState
 * @property {(path: string) => void} openSheet
 * @property {() => void} help
 * @typedef {object} Ctx
 * @property {any} kb
 * @property {any} rec
 * @property {State} state
 * @property {any} talk
 * @property {any} more
 * @property {any} next
 * @property {(key: string, slots?: Slots) => string} say
 * @property {(names: string[]) => string} join
 * @property {(patch: Partial<State>) => void} update
 * @property {(screen: string, patch?: Partial<State>) => void} go
 * @property {(id: string) => string} place
 * @property {(id: string) => string} package
 * @property {(need: string) => string} needWords
 * @property {(need: string, known?: boolean) => string} reasonWords
 * @property {(service: string) => string} serviceName
 * @property {(fact: string) => string} question
 * @property {(hours: number) => string} soon
 * @property {(day: string) => string} day
 * @property {(kind: string, id: string, text: any) => any} link
 * @property {(entry: any, key: string) => any} said
 * @property {Actions} actions
 * @property {import("./places/finder.js").Finder | null} places what finds places, where this guide has a directory, once it is there
 * @property {Ctx | null} beside the same in the other language, once its words are there
 */

/** What was decided, as long as the answers themselves are kept somewhere. @type {WeakMap<object, any>} */
let decided = new WeakMap();

/** The recommendation for the answers; the same object while the answers are the same object. */
export function recommendation(/** @type {any} */ kb, /** @type {any} */ answers) {
  let rec = decided.get(answers);
  if (rec === undefined) {
    rec = decide(kb, answers, { asOf: today() });
    decided.set(answers, rec);
  }
  return rec;
}

/** Forget every result, with the answers in it. */
export function forget() {
  decided = new WeakMap();
}

/**
 * @param {{kb: any, talk: any, more: any, next: any, places?: import("./places/finder.js").Finder | null}} data
 * @param {State} state
 * @param {{update: Ctx["update"], go: Ctx["go"], actions: Actions}} doing
 * @param {() => Ctx | null} [other] the same in the other language
 * @returns {Ctx}
 */
export function context(data, state, doing, other = () => null) {
  const { kb, talk, more, next } = data;
  const { update, go, actions } = doing;
  const aboutAnother = state.whom === "loved_one";

  const say = (/** @type {string} */ key, /** @type {Slots} */ slots = {}) => {
    const variant = aboutAnother ? talk.ui[`${key}.loved_one`] : undefined;
    const words = variant || talk.ui[key];
    if (words === undefined) {
      throw new Error(`no words for [${key}]`);
    }
    return spoken(words, state.lang, slots);
  };
  const join = (/** @type {string[]} */ names) => listed(names, state.lang);
  const said = (/** @type {any} */ entry, /** @type {string} */ key) =>
    (aboutAnother && entry[`${key}_loved_one`]) || entry[key];
  const rec = () => recommendation(kb, state.answers);
  const unit = (/** @type {string} */ id) => unitName(talk.settings[id], rec().context);
  const pack = (/** @type {string} */ id) => {
    const [first, ...others] = id.split("+");
    const name = capital(unit(first));
    return others.length ? say("joined_places", { first: name, more: join(others.map(unit)) }) : name;
  };

  return {
    kb,
    talk,
    more,
    next,
    places: data.places || null,
    state,
    say,
    join,
    said,
    update,
    go,
    actions,
    get rec() {
      return rec();
    },
    get beside() {
      return other();
    },
    place: (id) => capital(unit(id)),
    package: pack,
    needWords: (need) => without(said(talk.needs[need], "because"), isInside({ kb, state }) && said(talk.needs[need], "elsewhere")),
    reasonWords: (need, known = false) => {
      const words = said(talk.needs[need], "because");
      const told = reasonsOf(rec()).find((one) => one.need === need);
      const parts = [known ? "alternatives" : "", told && !told.hour ? "within" : "", isInside({ kb, state }) ? "elsewhere" : ""];
      return parts.reduce((left, part) => without(left, part && said(talk.needs[need], part)), words);
    },
    serviceName: (service) => said(talk.services[service], "name"),
    question: (fact) => said(talk.facts[fact], "question"),
    soon: (hours) =>
      hours < 48 || hours % 24
        ? say("time.within_hours", { count: hours })
        : say("time.within_days", { count: hours / 24 }),
    day: (day) => dayWords(day, state.lang),
    link: (kind, id, text) => {
      const path = `${state.lang}/read/${kind}/${id}.html`;
      return html`<a href=${path} data-read="">${text}</a>`;
    },
  };
}

/** What a setting is called in the person's context: an adolescent unit, an addiction programme. */
function unitName(/** @type {any} */ place, /** @type {Record<string, string> | null} */ who) {
  const fits = (/** @type {any} */ one) =>
    who !== null && Object.entries(one.contexts).every(([factor, allowed]) => allowed.includes(who[factor]));
  const found = (place.units || []).find(fits);
  return found ? found.name : place.name;
}

/** Without a part that may be left out: what is left is whole sentences. */
function without(/** @type {string} */ words, /** @type {string | false | undefined} */ part) {
  return part ? words.replace(` ${part}`, "").replace(part, "").trim() : words;
}

/** With a capital letter first. */
function capital(/** @type {string} */ text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
