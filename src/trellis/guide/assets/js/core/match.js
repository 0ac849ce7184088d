// Which approaches fit one person: need first, then aim, certainty, size of effect, fit with wishes and setting.

import { FALSE, OPEN, TRUE } from "./condition.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").Approach} Approach */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Match} Match */
/** @typedef {import("./knowledge.js").Stop} Stop */
/** @typedef {import("./knowledge.js").Summary} Summary */
/** What a person wants: aims of the list, and features of treatment. @typedef {{aims?: string[], wants?: string[],
 *   avoids?: string[]}} Wishes */
/**
 * One approach for one person; everything by its id. `order`: the strongest rule that holds; "aim" when only an aim
 * speaks for it. `summaries`: what the evidence says for the conditions addressed, benefits first. `certainty`: the
 * best among the benefits, null when there is no evidence here; `size` of the effect that gives it.
 * @typedef {{approach: string, order: string, rules: string[], aims: string[], summaries: string[],
 *   certainty: string | null, size: string, wanted: string[], unwanted: string[], inside: string[],
 *   cautions: string[]}} ApproachView
 */
/** @typedef {{approach: string, stops: string[], rules: string[]}} Stopped */
/** The answers do not say yet whether these rules hold. @typedef {{approach: string, rules: string[]}} AskAbout */

const SIZES = ["large", "medium", "small", "unclear", "unknown"];
const SIDES = ["benefit", "neither", "harm"];

/**
 * Match approaches to a person. A rule holds when its condition holds for certain; what is open never counts as true,
 * and leads to "also ask about". A rule that stops an approach stops it when it holds for certain; while it is open it
 * is something to ask before the approach is given.
 * @param {Recommendation} rec
 * @param {Wishes} [wishes]
 * @returns {{ranked: ApproachView[], stopped: Stopped[], askAbout: AskAbout[]}}
 */
export function matchApproaches(rec, wishes = {}) {
  const { kb } = rec;
  const values = kb.matches.map((rule) => rec.stands(rule.node, rule.applies));
  const ranked = [];
  const stopped = [];
  const askAbout = [];
  for (const approach of Object.values(kb.approaches)) {
    const { id } = approach;
    const holding = rulesOf(kb, id, (place) => values[place] === TRUE);
    const open = rulesOf(kb, id, (place) => values[place] === OPEN);
    // An aim alone never brings what is made for another illness, such as a programme for psychosis.
    const fitting = holding.length > 0 || approach.anyone || open.length > 0;
    const aims = fitting ? aimsOf(kb, id, wishes.aims ?? []) : [];
    const rules = holding.map((rule) => rule.id);
    if (holding.length === 0 && aims.length === 0) {
      if (open.length > 0) {
        askAbout.push({ approach: id, rules: open.map((rule) => rule.id) });
      }
      continue;
    }
    const against = kb.stops
      .filter((stop) => stop.approach === id)
      .map((stop) => ({ stop, value: rec.stands(stop.node, stop.applies) }));
    const stops = against.filter(({ stop, value }) => stop.action === "stop" && value === TRUE);
    if (stops.length > 0) {
      stopped.push({ approach: id, stops: stops.map(({ stop }) => stop.id), rules });
      continue;
    }
    // A caution that holds, or a stop that is not ruled out yet: somebody must ask before the approach is given.
    const toMind = against.filter(({ stop, value }) => value === TRUE || (stop.action === "stop" && value !== FALSE));
    const cautions = toMind.map(({ stop }) => stop.id);
    ranked.push({ ...viewOf(rec, wishes, approach, holding), rules, aims, cautions });
  }
  const keyed = ranked.map((view) => ({ view, key: keyOf(kb, view) }));
  keyed.sort((a, b) => a.key.map((part, place) => part - b.key[place]).find((difference) => difference !== 0) ?? 0);
  return { ranked: keyed.map(({ view }) => view), stopped, askAbout };
}

/** The strongest first. @param {Knowledge} kb @param {string} approach @param {(place: number) => boolean} chosen */
function rulesOf(kb, approach, chosen) {
  const rules = kb.matches.filter((rule, place) => rule.approach === approach && chosen(place));
  return rules.sort((a, b) => kb.orders.indexOf(a.order) - kb.orders.indexOf(b.order));
}

/** @param {Knowledge} kb @param {string} id @param {string[]} wanted @returns {string[]} */
function aimsOf(kb, id, wanted) {
  return kb.alignments
    .filter(
      (/** @type {{approach: string, aim: string}} */ { approach, aim }) => approach === id && wanted.includes(aim),
    )
    .map((/** @type {{aim: string}} */ { aim }) => aim);
}

/**
 * @param {Recommendation} rec
 * @param {Wishes} wishes
 * @param {Approach} approach
 * @param {Match[]} rules those that hold
 */
function viewOf(rec, wishes, approach, rules) {
  const { kb, now, next } = rec;
  const conditions = rules.map((rule) => rule.condition);
  const summaries = evidenceFor(kb, approach.id, conditions);
  const best = summaries
    .filter(({ side }) => side === "benefit")
    .reduce((/** @type {Summary | null} */ a, b) => (a === null || isStronger(kb, b, a) ? b : a), null);
  const packages = [now, next].flatMap((placed) => (placed ? placed.packages : []));
  const places = [...new Set(packages.flatMap((id) => kb.packages[id].parts))];
  const among = (/** @type {string[]} */ features) => features.filter((one) => approach.features.includes(one));
  return {
    approach: approach.id,
    order: rules.length > 0 ? rules[0].order : "aim",
    summaries: summaries.map(({ id }) => id),
    certainty: best ? best.level : null,
    size: best ? best.size : "unknown",
    wanted: among(wishes.wants ?? []),
    unwanted: among(wishes.avoids ?? []),
    inside: places.filter((place) => approach.inside.includes(place)),
  };
}

/**
 * What the evidence says of an approach: for these conditions, or for all when none are given. Benefits first.
 * @param {Knowledge} kb
 * @param {string} approach
 * @param {string[]} [conditions]
 * @returns {Summary[]}
 */
function evidenceFor(kb, approach, conditions = []) {
  const found = kb.summaries.filter(
    (one) => one.approach === approach && (conditions.length === 0 || conditions.includes(one.condition)),
  );
  return found.sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side));
}

/** @param {Knowledge} kb @param {Summary} one @param {Summary} other */
function isStronger(kb, one, other) {
  const level = kb.levels.indexOf(one.level) - kb.levels.indexOf(other.level);
  return level > 0 || (level === 0 && SIZES.indexOf(one.size) < SIZES.indexOf(other.size));
}

/**
 * What the list is ordered by, best first: each part counts only where all parts before it are equal.
 * @param {Knowledge} kb
 * @param {ApproachView} view
 */
function keyOf(kb, view) {
  const certainty =
    view.certainty === null ? kb.levels.length : kb.levels.length - 1 - kb.levels.indexOf(view.certainty);
  const fit = view.unwanted.length - view.wanted.length;
  const order = kb.orders.indexOf(view.order);
  return [order, -view.aims.length, certainty, SIZES.indexOf(view.size), fit, -view.inside.length];
}
