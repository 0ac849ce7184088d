// Which approaches fit one person: need first, then aim, certainty, size of effect, fit with the setting.

import { FALSE, OPEN, TRUE } from "./condition.js";
import { compared, idsOf, stands } from "./explain.js";

/** Beyond all that an approach is ordered by. */
const LAST = 10 ** 6;

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").Approach} Approach */
/**
 * One approach for one person; everything by its id. `summaries`: what the evidence says for the conditions addressed,
 * benefits first.
 * @typedef {{approach: string, rules: string[], aims: string[], summaries: string[], inside: string[],
 *   cautions: string[]}} ApproachView
 */
/** @typedef {{approach: string, stops: string[]}} Stopped */
/** The answers do not say yet whether its rules hold. @typedef {{approach: string}} AskAbout */

/**
 * Match approaches to a person. A rule holds when its condition holds for certain; what is open never counts as true,
 * and leads to "also ask about". A rule that stops an approach stops it when it holds for certain; while it is open it
 * is something to ask before the approach is given.
 * @param {Recommendation} rec
 * @param {{aims?: string[]}} [wishes] aims of the list
 * @returns {{ranked: ApproachView[], stopped: Stopped[], askAbout: AskAbout[]}}
 */
export function matchApproaches(rec, { aims: wanted = [] } = {}) {
  const ranked = [];
  const stopped = [];
  const askAbout = [];
  for (const approach of Object.values(rec.kb.approaches)) {
    const { id, anyone } = approach;
    const values = approach.rules.map((rule) => stands(rec, rule));
    const rules = approach.rules.filter((_, place) => values[place] === TRUE);
    const isOpen = values.includes(OPEN);
    // An aim alone never brings what is made for another illness, such as a programme for psychosis.
    const aims = approach.aims.filter((aim) => wanted.includes(aim) && (rules.length > 0 || anyone || isOpen));
    const against = approach.stops.map((stop) => ({ ...stop, value: stands(rec, stop) }));
    const stops = against.filter((stop) => stop.stops && stop.value === TRUE);
    if (rules.length > 0 || aims.length > 0) {
      if (stops.length > 0) {
        stopped.push({ approach: id, stops: idsOf(stops) });
      } else {
        // A caution that holds, or a stop that is not ruled out yet: somebody must ask before the approach is given.
        const cautions = against.filter((stop) => stop.value === TRUE || (stop.stops && stop.value !== FALSE));
        ranked.push(rankedView(rec, approach, rules, { aims, cautions: idsOf(cautions) }));
      }
    } else if (isOpen) {
      askAbout.push({ approach: id });
    }
  }
  ranked.sort((a, b) => compared(a.key, b.key));
  return { ranked: ranked.map(({ view }) => view), stopped, askAbout };
}

/**
 * What is shown of an approach, and what the list is ordered by, best first: each part counts only where all parts
 * before it are equal.
 * @param {Recommendation} rec
 * @param {Approach} approach
 * @param {Approach["rules"]} rules those that hold
 * @param {{aims: string[], cautions: string[]}} more
 */
function rankedView({ kb, now, next }, { id, inside: places, summaries: every }, rules, more) {
  const conditions = rules.map(({ condition }) => condition);
  const summaries = every.filter(({ condition }) => rules.length === 0 || conditions.includes(condition));
  const parts = [now, next].flatMap((placed) => placed?.packages ?? []).flatMap((one) => kb.packages[one].parts);
  const inside = [...new Set(parts)].filter((place) => places.includes(place));
  const view = { approach: id, rules: idsOf(rules), summaries: idsOf(summaries), inside, ...more };
  const weakness = Math.min(LAST, ...summaries.map((one) => one.weakness));
  return { view, key: [rules[0]?.order ?? LAST, -more.aims.length, weakness, -inside.length] };
}
