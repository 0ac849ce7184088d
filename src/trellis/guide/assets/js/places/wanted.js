// @ts-check
/** What is looked for, for a result: kinds of care, what must be given there and by whose reason, for whom. As `trellis.directory.wanted`. */
import { reasonsOf } from "../core/account.js";
import { servicesOf } from "../core/explain.js";
import { asked as askedOf, covers, stepsOf } from "../core/knowledge.js";
import { forContext } from "./terms.js";

/** @typedef {import("./terms.js").Terms} Terms */
/** @typedef {"now" | "next"} When */
/**
 * `settings`: the kinds of care that are considered, least restrictive first; `ranks`: how restrictive each is. `asked`:
 * on one axis so much, and the needs that ask for it. `people`: whom it must take; `services`: what it should have.
 * `language` and `payment`: a feature, or empty.
 * @typedef {{when: When, settings: string[], ranks: Record<string, number>,
 *   asked: {axis: number, step: number, needs: string[]}[], open: boolean, people: {about: string, features: string[]}[],
 *   services: {service: string, features: string[], needs: string[], orders: boolean}[], language: string, payment: string}} Wanted
 */

const PEOPLE = ["focus", "age", "pregnancy"];

/**
 * @param {Terms} terms
 * @param {any} rec the recommendation; while it is open, all that is not ruled out is looked for
 * @param {When} when
 * @param {{language?: string, payment?: string, also?: string[]}} [wishes] `also`: features of people that it must take
 * @returns {Wanted}
 */
export function wantedOf(terms, rec, when, { language = "", payment = "", also = [] } = {}) {
  const { kb } = rec;
  const placed = rec[when];
  /** @type {string[]} */
  const ids = placed ? placed.packages : between(rec, when);
  /** @type {Record<string, number>} */
  const ranks = {};
  for (const { setting, rank } of ids.map((id) => kb.packages[id])) {
    if (setting in terms.byId && terms.byId[setting].usual.some(Boolean) && !(setting in ranks)) {
      ranks[setting] = rank;
    }
  }
  const who = contextOf(rec);
  const people = PEOPLE.filter((factor) => factor in who)
    .map((factor) => ({ about: factor, features: forContext(terms, factor, who[factor]) }))
    .filter(({ features }) => features.length > 0);
  people.push(...also.map((id) => ({ about: "also", features: [id] })));
  return {
    when, settings: Object.keys(ranks), ranks, asked: asked(rec, when), open: placed === null, people,
    services: services(terms, rec, who), language, payment,
  };
}

/** The packages not ruled out in a slot. @param {any} rec @param {When} when @returns {string[]} */
function between({ kb, ends, between: found }, when) {
  if (when === "now") {
    return found.now;
  }
  const isOpen = (/** @type {any} */ one) =>
    ends.some(
      (/** @type {any} */ { least, most }) =>
        one.rank <= most.next[0].rank && one.contexts.includes(least.context) && covers(one.covers, askedOf(kb, least.brought, "next")),
    );
  return kb.packageList.filter(isOpen).map((/** @type {any} */ { id }) => id);
}

/** What is known of the context; a factor that is open is left out. @param {any} rec @returns {Record<string, string>} */
function contextOf({ kb, reading, context }) {
  if (context) {
    return context;
  }
  const left = reading.contexts.map((/** @type {number} */ number) => kb.contexts[number]);
  const known = Object.keys(kb.factors).filter((factor) => new Set(left.map((/** @type {any} */ one) => one[factor])).size === 1);
  return Object.fromEntries(known.map((factor) => [factor, left[0][factor]]));
}

/** @param {any} rec @param {When} when */
function asked(rec, when) {
  const told = new Map(reasonsOf(rec).flatMap(({ need, folded }, place) => [need, ...folded].map((id) => [id, place])));
  const at = (/** @type {string} */ id) => told.get(id) ?? told.size;
  return stepsOf(rec.kb, rec.sure, when)
    .map((step, axis) => {
      const asking = rec.active.filter((/** @type {any} */ { need }) => need.steps[when][axis] >= step);
      const needs = asking.map((/** @type {any} */ { id }) => id);
      return { axis, step, needs: needs.sort((/** @type {string} */ a, /** @type {string} */ b) => at(a) - at(b)) };
    })
    .filter(({ step }) => step > 0);
}

/** @param {Terms} terms @param {any} rec @param {Record<string, string>} who */
function services(terms, rec, who) {
  /** @type {Map<string, string[]>} */
  const wanted = new Map(servicesOf(rec).filter(({ certain }) => certain).map(({ id, needs }) => [id, needs]));
  for (const id of rec.barriers.flatMap((/** @type {any} */ one) => one.accommodations)) {
    wanted.set(id, wanted.get(id) ?? []);
  }
  // Care around birth is looked for where it is known that there is one.
  const fits = (/** @type {import("./terms.js").Feature} */ { contexts }) =>
    Object.entries(contexts).every(([factor, values]) => factor === "focus" || values.includes(who[factor]));
  const found = [...wanted].map(([service, needs]) => {
    const having = Object.values(terms.features).filter((one) => one.services.includes(service) && fits(one));
    return { service, features: having.map(({ id }) => id), needs, orders: having.some(({ orders }) => orders) };
  });
  return found.filter(({ features }) => features.length > 0);
}
