// Which approaches fit one person: as guidance orders them, then aim, rule, certainty, size of effect, fit with the setting.

import { OPEN, TRUE } from "./condition.js";
import { compared, idsOf, stands } from "./explain.js";

/** Beyond all that an approach is ordered by. */
const LAST = 10 ** 6;
/** The orders of a rule, as numbers: before all else, a main treatment, beside another, for an aim alone. */
const [BEFORE_ALL, CORE, ADD, AIM] = [0, 1, 2, 3];
/** Where guidance puts an approach: first, second, nowhere, or against it. */
const [FIRST, SECOND, UNNAMED, AGAINST] = [0, 1, 2, 3];
const UNGRADED = 5;

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").Approach} Approach */
/** @typedef {import("./knowledge.js").Guided} Guided */
/**
 * One approach for one person; everything by its id. `summaries`: what the evidence says for the conditions addressed,
 * benefits first. `cautions`: rules that hold, then the names of what to check first. `guidance`: the entries of the table for it, `against`: those against it.
 * @typedef {{approach: string, rules: string[], aims: string[], summaries: string[], inside: string[],
 *   cautions: string[], guidance: string[], against: string[]}} ApproachView
 */
/** `guidance`: the entries of the table for which it is not offered. @typedef {{approach: string, stops: string[], guidance: string[]}} Stopped */
/** The answers do not say yet whether its rules hold. @typedef {{approach: string}} AskAbout */

/**
 * Match approaches to a person. The table of guidance orders what is shown, and brings what it names even where no rule
 * does. A rule holds when its condition holds for certain; what is open never counts as true, and leads to "also ask
 * about". A rule that stops an approach stops it when it holds for certain; while it is open, what to check first is
 * told with the approach, never that it holds.
 * @param {Recommendation} rec
 * @param {{aims?: string[]}} [wishes] aims of the list
 * @returns {{ranked: ApproachView[], stopped: Stopped[], askAbout: AskAbout[], notHeld: Guided[], ahead: Guided[]}}
 */
export function matchApproaches(rec, { aims: wanted = [] } = {}) {
  /** @type {ReturnType<typeof rankedView>[]} */
  const ranked = [];
  const stopped = [];
  const askAbout = [];
  for (const approach of Object.values(rec.kb.approaches)) {
    const { id, anyone } = approach;
    const values = approach.rules.map((rule) => stands(rec, rule));
    const rules = approach.rules.filter((_, place) => values[place] === TRUE);
    const isOpen = values.includes(OPEN);
    const guided = approach.guided.filter((one) => isSaid(rec, one));
    const named = guided.filter(({ line }) => line !== "against");
    // An aim alone never brings what is made for another illness, such as a programme for psychosis.
    const fits = rules.length > 0 || named.length > 0 || anyone || isOpen;
    const aims = approach.aims.filter((aim) => wanted.includes(aim) && fits);
    const against = approach.stops.map((stop) => ({ ...stop, value: stands(rec, stop) }));
    const stops = against.filter((stop) => stop.stops && stop.value === TRUE);
    const forbids = guided.filter((one) => one.stops);
    if (rules.length > 0 || aims.length > 0 || named.length > 0) {
      if (stops.length > 0 || forbids.length > 0) {
        stopped.push({ approach: id, stops: idsOf(stops), guidance: idsOf(forbids) });
      } else {
        const holding = against.filter((stop) => stop.value === TRUE);
        const unknown = against.filter((stop) => stop.value === OPEN).flatMap((stop) => stop.check ?? []);
        const cautions = [...idsOf(holding), ...new Set(unknown)];
        ranked.push(rankedView(rec, approach, rules, { aims, cautions, guided }));
      }
    } else if (isOpen && stops.length === 0) {
      askAbout.push({ approach: id });
    }
  }
  ranked.sort((a, b) => compared(a.key, b.key));
  const elsewhere = notHeld(rec);
  const ahead = elsewhere.filter((one) => one.line === "first" && isAhead(one, ranked[0]?.key));
  return { ranked: ranked.map(({ view }) => view), stopped, askAbout, notHeld: elsewhere, ahead };
}

/**
 * Whether guidance names it before all that is ranked: for something graver, or earlier in the same list.
 * @param {Guided} one named first, and not held
 * @param {number[] | undefined} key of what is ranked first
 */
function isAhead({ severity, place }, key) {
  return key === undefined || compared([FIRST, severity, place], [key[0], key[1], key[3]]) < 0;
}

/** Whether an entry of the table holds for certain, and none that speaks of the same in a life of its own. @param {Recommendation} rec @param {Guided} one */
function isSaid(rec, one) {
  return stands(rec, one) === TRUE && one.yields.every((other) => stands(rec, other) !== TRUE);
}

/** What guidance names and no approach holds, each treatment once, at its first place. @param {Recommendation} rec */
function notHeld(rec) {
  const holding = rec.kb.notHeld.filter((one) => isSaid(rec, one));
  return holding.filter((one, place) => holding.findIndex(({ same }) => same === one.same) === place);
}

/**
 * What is shown of an approach, and what the list is ordered by, best first: each part counts only where all parts
 * before it are equal.
 * @param {Recommendation} rec
 * @param {Approach} approach
 * @param {Approach["rules"]} rules those that hold
 * @param {{aims: string[], cautions: string[], guided: Guided[]}} more
 */
function rankedView({ kb, now, next }, { id, inside: places, summaries: every }, rules, { guided, aims, cautions }) {
  const against = guided.filter(({ line }) => line === "against");
  const named = guided.filter(({ line }) => line !== "against");
  const conditions = [...rules, ...named].map(({ condition }) => condition);
  const summaries = every.filter(({ condition }) => conditions.length === 0 || conditions.includes(condition));
  const parts = [now, next].flatMap((placed) => placed?.packages ?? []).flatMap((one) => kb.packages[one].parts);
  const inside = [...new Set(parts)].filter((place) => places.includes(place));
  const [forIt, withheld] = [idsOf(named), idsOf(against)];
  const view = { approach: id, rules: idsOf(rules), summaries: idsOf(summaries), inside, aims, cautions, guidance: forIt, against: withheld };
  const weakness = Math.min(LAST, ...summaries.map((one) => one.weakness));
  const first = named.some(({ line }) => line === "first");
  const order = Math.min(rules[0]?.order ?? AIM, first ? CORE : named.length > 0 ? ADD : AIM);
  const line = lineOf(order, first, named.length > 0, against.length > 0);
  const severity = order === BEFORE_ALL ? 0 : (guided[0]?.severity ?? UNGRADED);
  return { view, key: [line, severity, -aims.length, guided[0]?.place ?? 0, order, weakness, -inside.length] };
}

/** @param {number} order @param {boolean} first @param {boolean} named @param {boolean} against */
function lineOf(order, first, named, against) {
  if (against) {
    return AGAINST;
  }
  if (first || order === BEFORE_ALL) {
    return FIRST;
  }
  return named ? SECOND : UNNAMED;
}
