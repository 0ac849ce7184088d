// What is said of a result and in which order, in no language: the same account as `trellis.account` gives.

import { admits } from "./compare.js";
import { TRUE, evaluate } from "./condition.js";
import { compared, exceeding } from "./explain.js";
import { covers, rankOf } from "./knowledge.js";
import { tells } from "./parsing.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./condition.js").Node} Node */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * A need that is told, the needs folded under it, and whether its words tell within which time somebody looks: of one
 * dimension, and of one profession, only the soonest time is told. `later`: in danger it is told apart, after the others.
 * @typedef {{need: string, folded: string[], hour: boolean, later: boolean}} Reason
 */

const SOON_HOURS = 24;
const NEVER = 10 ** 6;

/** @type {WeakMap<Recommendation, Reason[]>} */
const told = new WeakMap();

/**
 * The reasons to tell, in order: danger, what decides the placement, the rest by weight; in danger what asks for less
 * than the result comes last. Each active need is in it once.
 * @param {Recommendation} rec
 * @returns {Reason[]}
 */
export function reasonsOf(rec) {
  let found = told.get(rec);
  if (found === undefined) {
    found = workedOut(rec);
    told.set(rec, found);
  }
  return found;
}

/** @param {Recommendation} rec @returns {Reason[]} */
function workedOut(rec) {
  const known = inOrder(rec);
  const stronger = known.map((_one, n) => [...known.keys()].filter((m) => isCovered(known, n, m)));
  const spoken = known.filter((_, n) => stronger[n].length === 0);
  /** @type {Map<NeedView, string[]>} */
  const folded = new Map(spoken.map((need) => [need, []]));
  known.forEach(({ id }, n) => stronger[n].length > 0 && folded.get(known[root(stronger, n)])?.push(id));
  const danger = rec.urgent.flatMap(({ needs }) => needs);
  const isGrave = rec.urgent.some(({ id }) => rec.kb.actsAtOnce.includes(id));
  const found = spoken.map((view) => {
    const { id, dimension, by, timed, hours } = view.need;
    const isOfOne = (/** @type {Need} */ need) => need.dimension === dimension || (by !== null && need.by === by);
    const isLater = spoken.some(({ need }) => need.timed && isOfOne(need) && need.hours < hours);
    const under = folded.get(view) ?? [];
    const later = isGrave && ![id, ...under].some((one) => danger.includes(one)) && asksForLess(rec, view.need);
    return { need: id, folded: under, hour: !(timed && isLater), later };
  });
  return [false, true].flatMap((apart) => found.filter(({ later }) => later === apart));
}

/** The reasons that tell of some needs, themselves or folded. @param {Recommendation} rec @param {string[]} needs */
export function toldFor(rec, needs) {
  return reasonsOf(rec).filter(({ need, folded }) => [need, ...folded].some((one) => needs.includes(one)));
}

/**
 * The reasons that a package answers and a lighter one does not, in the order in which they are told.
 * @param {Recommendation} rec
 * @param {string} id
 * @param {string | null} lighter
 * @returns {string[]}
 */
export function whyHere(rec, id, lighter) {
  const { needs, packages } = rec.kb;
  const isGiven = (/** @type {string} */ at, /** @type {string} */ need) =>
    covers(packages[at].covers, needs[need].now);
  return reasonsOf(rec)
    .map(({ need }) => need)
    .filter((need) => needs[need].now !== 0n && isGiven(id, need) && (lighter === null || !isGiven(lighter, need)));
}

/**
 * Whether a need asks for a place, and a lighter one than the answers lead to gives it.
 * @param {Recommendation} rec
 * @param {Need} need
 */
function asksForLess(rec, { now }) {
  const rank = placedRank(rec);
  const isEnough = (/** @type {Package} */ one) => one.rank < rank && covers(one.covers, now) && admits(rec, one);
  return now !== 0n && rec.kb.packageList.some(isEnough);
}

/** The rank of the least that the answers lead to. @param {Recommendation} rec */
function placedRank({ ends }) {
  return Math.min(...ends.map(({ least }) => least.now[0].rank));
}

/**
 * What made a need hold: the facts whose part in its condition holds for certain, each once.
 * @param {Recommendation} rec
 * @param {string} id
 * @returns {string[]}
 */
function groundsOf({ kb, reading: { lo, hi } }, id) {
  /** @type {(node: Node) => number[]} */
  const inside = (node) => {
    const parts = node.of === undefined ? [node.fact] : node.of.flatMap(inside);
    return evaluate(node, lo, hi) === TRUE ? parts : [];
  };
  const found = new Set(inside(kb.needs[id].node).filter((fact) => lo[fact] > 0));
  return [...found].map((fact) => kb.factList[fact].id);
}

/**
 * What was said that brought a need: each fact, and the place among its answers of the worst, of those the latest. What
 * only follows from other answers was not said; what is asked in private is not repeated where others may read it.
 * @param {Recommendation} rec
 * @param {string} id
 * @returns {{fact: string, place: number}[]}
 */
export function saidOf(rec, id) {
  const { facts } = rec.kb;
  return groundsOf(rec, id).flatMap((fact) => {
    const given = facts[fact].private ? [] : (rec.reading.used[fact] ?? []);
    const ranks = given.map((one) => (tells(one) && !one.at_most ? rankOf(facts[fact], one.value) : -1));
    const place = ranks.lastIndexOf(Math.max(...ranks));
    return ranks[place] >= 0 ? [{ fact, place }] : [];
  });
}

/** Whether the answers rule out nothing. @param {Recommendation} rec */
export function knowsTooLittle(rec) {
  const { kb, settled, now, between } = rec;
  const alone = kb.packageList.filter((one) => one.parts.length === 1 && admits(rec, one));
  return !settled && now === null && [alone[0], alone[alone.length - 1]].every(({ id }) => between.now.includes(id));
}

/** What is open and could still change something, what most needs wait for first. @param {Recommendation} rec */
export function openFacts(rec) {
  /** @type {Map<string, number>} */
  const waiting = new Map();
  for (const { id } of rec.settled ? [] : rec.open.flatMap(({ facts }) => facts)) {
    waiting.set(id, (waiting.get(id) ?? 0) + 1);
  }
  return [...waiting].sort(([, a], [, b]) => b - a).map(([fact]) => fact);
}

/**
 * What each way that people ask about by name would give and lack: inpatient care, IOP. `package` is the form of it that
 * stands for it, null where none takes the person; `gives` holds an axis and the step given on it.
 * @typedef {{choice: string, column: string, package: string | null, gives: string[][],
 *   lacks: import("./explain.js").Shortfall[]}} Way
 */

/** @param {Recommendation} rec @returns {Way[]} */
export function waysOf(rec) {
  const { ways, packageList, axes } = rec.kb;
  const missing = (/** @type {Package} */ { id }) => rec.shortfalls[id].filter(({ certain }) => certain).length;
  return ways.map(({ choice, id: column, settings }) => {
    const forms = packageList.filter((one) => settings.includes(one.setting) && admits(rec, one));
    const chosen = forms.sort((a, b) => missing(a) - missing(b) || a.rank - b.rank)[0];
    if (!chosen) {
      return { choice, column, package: null, gives: [], lacks: [] };
    }
    const lacks = rec.shortfalls[chosen.id];
    const gives = rec.shortfalls[packageList[0].id]
      .filter(({ axis, certain }) => certain && !lacks.some((row) => row.certain && row.axis === axis))
      .map(({ axis }) => {
        const place = axes.findIndex(({ id }) => id === axis);
        return [axis, axes[place].steps[chosen.gives[place]]];
      });
    return { choice, column, package: chosen.id, gives, lacks };
  });
}

/** The active needs as they are told. @param {Recommendation} rec @returns {NeedView[]} */
function inOrder(rec) {
  const { services, packageList } = rec.kb;
  const places = packageList.filter((one) => admits(rec, one));
  const rank = placedRank(rec);
  const decides = deciding(
    rec.active,
    places.filter((one) => one.rank < rank),
  );
  const keyed = rec.active.map((view) => {
    const { need } = view;
    const danger = rec.urgent.findIndex(({ needs }) => needs.includes(need.id));
    const key = [
      danger < 0 ? NEVER : danger,
      Number(!decides.includes(view)),
      Number(!decides.includes(view) && need.hours > SOON_HOURS),
      -ownRank(places, need),
      need.hours,
      -need.services.filter((name) => services[name].safety).length,
      -need.services.length,
      need.id,
    ];
    return { view, key };
  });
  return keyed.sort((a, b) => compared(a.key, b.key)).map(({ view }) => view);
}

/**
 * The needs that hold the person where they are: no lighter package covers them, or some only they rule out.
 * @param {NeedView[]} active
 * @param {Package[]} lighter
 */
function deciding(active, lighter) {
  const uncovered = lighter.map((one) => exceeding(active, one));
  return active.filter((need) => {
    const several = uncovered.filter((needs) => needs.includes(need));
    return several.length > 0 && (several.length === lighter.length || several.some(({ length }) => length === 1));
  });
}

/** The rank of the lightest package that gives what a need asks for. @param {Package[]} places @param {Need} need */
function ownRank(places, { asks }) {
  const first = places.find((one) => covers(one.covers, asks));
  return first ? first.rank : places.length > 0 ? places[places.length - 1].rank + 1 : 0;
}

/**
 * Whether a need adds nothing to another; of two alike, the one told first is told.
 * @param {NeedView[]} known
 * @param {number} n
 * @param {number} by
 */
function isCovered(known, n, by) {
  return n !== by && addsNothing(known[n], known[by]) && (by < n || !addsNothing(known[by], known[n]));
}

/** @param {NeedView} one @param {NeedView} more */
function addsNothing({ need, facts }, more) {
  const isOfOne = need.under.includes(more.id) && facts.some((fact) => more.facts.includes(fact));
  return isOfOne || need.givesWayTo.includes(more.id);
}

/**
 * The need that is told for one that is not: the first, in order, that nothing stronger stands for.
 * @param {number[][]} stronger
 * @param {number} n
 */
function root(stronger, n) {
  const seen = new Set([n]);
  const waiting = [n];
  /** @type {number[]} */
  const roots = [];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const m of stronger[at]) {
      if (!seen.has(m)) {
        seen.add(m);
        (stronger[m].length > 0 ? waiting : roots).push(m);
      }
    }
  }
  return Math.min(...roots);
}
