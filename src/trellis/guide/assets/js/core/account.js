// What is said of a result and in which order, in no language: the same account as `trellis.account` gives.

import { HOLD, covers } from "./engine.js";
import { admits } from "./standing.js";

/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * A need that is told, the needs folded under it, and whether its words tell within which time somebody looks: of one
 * dimension only the soonest time is told.
 * @typedef {{need: string, folded: string[], hour: boolean}} Reason
 */
/** @typedef {{view: NeedView, need: Need, told: (number | string)[]}} Known */
/** A fact that is open, the needs that wait for it, and who can find it out. @typedef {{fact: string, needs: string[], who: string[]}} OpenFact */

const SOON_HOURS = 24;
const NEVER = 10 ** 6;

/** @type {WeakMap<Recommendation, Reason[]>} */
const told = new WeakMap();

/**
 * The reasons to tell, in order: danger, what decides the placement, the rest by weight. Each active need is in it once.
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
  const stronger = known.map((_one, n) => known.map((_, m) => m).filter((m) => covered(known, n, m)));
  /** @type {Map<number, string[]>} */
  const folded = new Map();
  known.forEach((_, n) => stronger[n].length === 0 && folded.set(n, []));
  known.forEach(({ view }, n) => stronger[n].length > 0 && folded.get(root(stronger, n))?.push(view.id));
  const spoken = [...folded.keys()].map((n) => known[n].view.id);
  const silent = toldWithoutHour(rec.kb, spoken);
  return [...folded].map(([n, under]) => {
    const need = known[n].view.id;
    return { need, folded: under, hour: !silent.includes(need) };
  });
}

/**
 * Those of some needs told together whose words leave out within which time somebody looks.
 * @param {Knowledge} kb
 * @param {string[]} spoken
 */
export function toldWithoutHour(kb, spoken) {
  const asking = spoken.map((name) => kb.needs[name]).filter((need) => need && (need.evaluate !== null || need.timed));
  /** @type {Record<string, number>} */
  const soonest = Object.create(null);
  for (const need of asking) {
    soonest[need.dimension] = Math.min(hoursOf(need), soonest[need.dimension] ?? NEVER);
  }
  return asking.filter((need) => hoursOf(need) > soonest[need.dimension]).map(({ id }) => id);
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
  const unmet = rec.stepDown[id].resolve;
  const left = lighter === null ? null : rec.stepDown[lighter].resolve;
  const asks = (/** @type {Need} */ need) => need.phase !== HOLD && need.requires.some((step) => step > 0);
  return reasonsOf(rec)
    .map(({ need }) => need)
    .filter((need) => asks(rec.kb.needs[need]) && !unmet.includes(need) && (left === null || left.includes(need)));
}

/**
 * What is open and could still change something, what most needs wait for first, and who can find it out.
 * @param {Recommendation} rec
 * @returns {OpenFact[]}
 */
export function openFacts(rec) {
  /** @type {Map<string, string[]>} */
  const waiting = new Map();
  for (const need of rec.settled ? [] : rec.open) {
    for (const { id } of need.facts) {
      waiting.set(id, [...(waiting.get(id) ?? []), need.id]);
    }
  }
  const anyone = rec.evaluate.filter(({ certain }) => certain).map(({ by }) => by);
  return [...waiting]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([fact, needs]) => {
      const asked = rec.evaluate.filter((look) => [...look.needs, ...look.sooner].some((one) => needs.includes(one)));
      return { fact, needs, who: asked.length > 0 ? asked.map(({ by }) => by) : anyone };
    });
}

/** The active needs as they are told. @param {Recommendation} rec @returns {Known[]} */
function inOrder(rec) {
  const { kb } = rec;
  const places = kb.packageList.filter((one) => admits(rec, one));
  const rank = (rec.now ?? rec.least.now).rank;
  const lighter = places.filter((one) => one.rank < rank);
  const decides = deciding(rec, lighter);
  const known = rec.active.map((view) => {
    const need = kb.needs[view.id];
    const hours = hoursOf(need);
    const danger = rec.urgent.findIndex(({ needs }) => needs.includes(view.id));
    const order = [
      danger < 0 ? NEVER : danger,
      Number(!decides.has(view.id)),
      Number(!(decides.has(view.id) || hours <= SOON_HOURS)),
      -ownRank(places, need),
      hours,
      -view.services.filter((name) => kb.services[name].safety).length,
      -view.services.length,
      view.id,
    ];
    return { view, need, told: order };
  });
  return known.sort((a, b) => compared(a.told, b.told));
}

/** @param {(number | string)[]} a @param {(number | string)[]} b */
function compared(a, b) {
  const at = a.findIndex((value, place) => value !== b[place]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}

/**
 * The needs that hold the person where they are: no lighter package covers them, or some only they rule out.
 * @param {Recommendation} rec
 * @param {Package[]} lighter
 */
function deciding(rec, lighter) {
  const asking = rec.active.map(({ id }) => rec.kb.needs[id]).filter(({ phase }) => phase !== HOLD);
  const unmet = asking.map((need) => lighter.filter(({ gives }) => !covers(gives, need.requires)));
  const alone = (/** @type {Package} */ one) => unmet.filter((several) => several.includes(one)).length === 1;
  const found = asking.filter(
    (_, place) => unmet[place].length > 0 && (unmet[place].length === lighter.length || unmet[place].some(alone)),
  );
  return new Set(found.map(({ id }) => id));
}

/** The rank of the lightest package that gives what a need asks for. @param {Package[]} places @param {Need} need */
function ownRank(places, need) {
  const first = places.find(({ gives }) => covers(gives, need.requires));
  return first ? first.rank : places.length > 0 ? places[places.length - 1].rank + 1 : 0;
}

/** @param {Need} need */
function hoursOf(need) {
  return need.evaluate?.withinHours ?? NEVER;
}

/** Whether a need adds nothing to another; of two alike, the one told first is told. @param {Known[]} known @param {number} n @param {number} by */
function covered(known, n, by) {
  if (n === by || !addsNothing(known[n], known[by])) {
    return false;
  }
  return by < n || !addsNothing(known[by], known[n]);
}

/** @param {Known} one @param {Known} other */
function addsNothing({ view, need }, { view: about, need: more }) {
  const facts = about.facts.map(({ id }) => id);
  return (
    need.dimension === more.dimension &&
    (need.phase === HOLD) === (more.phase === HOLD) &&
    view.facts.some(({ id }) => facts.includes(id)) &&
    covers(more.requires, need.requires) &&
    need.services.every((name) => more.services.includes(name)) &&
    (need.urgent === null || need.urgent === more.urgent) &&
    (need.evaluate === null ||
      (more.evaluate !== null && need.evaluate.by === more.evaluate.by && hoursOf(need) >= hoursOf(more)))
  );
}

/** The need that is told for one that is not: the first, in order, that nothing stronger stands for. @param {number[][]} stronger @param {number} n */
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
