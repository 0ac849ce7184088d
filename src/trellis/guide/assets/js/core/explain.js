// Explanations read off the ends: nothing here decides anything again.

import { intervals } from "./answers.js";
import { FALSE, OPEN, TRUE, evaluate } from "./condition.js";
import { asked, covers, needsIn, stepsOf } from "./knowledge.js";

/** @typedef {import("./condition.js").Node} Node */
/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./knowledge.js").Package} Package */
/**
 * A need of this person, with the facts that speak for an active one, or are unknown of an open one. `fixed`: it rests
 * on lifetime history alone.
 * @typedef {{id: string, dimension: string, need: Need, facts: Fact[], fixed: boolean}} NeedView
 */
/** The packages of lowest rank that fit, best match with the person's wishes first.
 * @typedef {{packages: string[], rank: number}} Placement */
/** @typedef {{responses: string[]}} Hold */
/** @typedef {{id: string, needs: string[]}} UrgentView */
/** @typedef {{by: string, withinHours: number, needs: string[], certain: boolean}} EvaluateView */
/** @typedef {{id: string, needs: string[], certain: boolean, safety: boolean}} ServiceView */
/** @typedef {{axis: string, asked: string, given: string, needs: string[], certain: boolean}} Shortfall */

/**
 * What the needs bring at all these ends together, or at any of them.
 * @param {Ends[]} ends
 * @param {"least" | "most"} side
 * @param {(a: bigint, b: bigint) => bigint} join
 */
export function brought(ends, side, join) {
  return ends.map((pair) => pair[side].brought).reduce(join);
}

/**
 * Some needs as they are for this person.
 * @param {Recommendation} rec
 * @param {bigint} set
 * @param {(best: number, worst: number) => boolean} tells whether a fact tells of it
 * @returns {NeedView[]}
 */
export function needViews({ kb, reading }, set, tells) {
  const { lo, hi } = reading.contexts.length === 1 ? intervals(reading, reading.contexts[0]) : reading;
  return needsIn(kb, set).map((need) => {
    const facts = need.reads.filter((number) => tells(lo[number], hi[number])).map((number) => kb.factList[number]);
    const fixed = facts.length > 0 && facts.every(({ kind }) => kind === "history");
    return { id: need.id, dimension: need.dimension, need, facts, fixed };
  });
}

/** @param {{id: string}[]} things */
export function idsOf(things) {
  return things.map(({ id }) => id);
}

/** Which of two comes first: each part counts only where all before it are equal.
 * @param {(number | string)[]} a @param {(number | string)[]} b */
export function compared(a, b) {
  const at = a.findIndex((value, place) => value !== b[place]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}

/** What is called for until somebody has looked; joined over open contexts, so that danger is never missed.
 * @param {Recommendation} rec @returns {Hold | null} */
export function hold({ kb, somewhere }) {
  const wanted = asked(kb, somewhere, "hold");
  if (wanted === 0n) {
    return null;
  }
  return { responses: idsOf(Object.values(kb.responses).filter((one) => covers(one.covers, wanted))) };
}

/**
 * Each danger that is active in some open context, gravest first.
 * @param {Recommendation} rec
 * @returns {UrgentView[]}
 */
export function urgent({ kb, somewhere }) {
  const active = needsIn(kb, somewhere);
  const found = kb.urgent.map((id) => ({ id, needs: idsOf(active.filter((need) => need.urgent === id)) }));
  return found.filter(({ needs }) => needs.length > 0);
}

/**
 * Of each name the needs that bring it: those that do so for certain in some open context, or else those that may.
 * @param {Recommendation} rec
 * @param {string[]} names
 * @param {(need: Need, name: string) => boolean} brings
 */
function bringing({ kb, somewhere, possible }, names, brings) {
  const [sure, every] = [somewhere, possible].map((set) => needsIn(kb, set));
  const found = names.map((name) => {
    const certain = sure.filter((need) => brings(need, name));
    return certain.length > 0
      ? { name, needs: certain, certain: true }
      : { name, needs: every.filter((need) => brings(need, name)), certain: false };
  });
  const brought = found.filter(({ needs }) => needs.length > 0);
  return [...brought.filter(({ certain }) => certain), ...brought.filter(({ certain }) => !certain)];
}

/** One entry for each person who must look, the soonest first: the shortest time that any need gives.
 * @param {Recommendation} rec @returns {EvaluateView[]} */
export function evaluations(rec) {
  const found = bringing(rec, rec.kb.evaluators, ({ by }, name) => by === name);
  return found
    .map(({ name: by, needs, certain }) => {
      return { by, withinHours: Math.min(...needs.map(({ hours }) => hours)), needs: idsOf(needs), certain };
    })
    .sort((a, b) => Number(b.certain) - Number(a.certain) || a.withinHours - b.withinHours || (a.by < b.by ? -1 : 1));
}

/**
 * Collected from all needs, safety first, never gating the fit.
 * @param {Recommendation} rec
 * @returns {ServiceView[]}
 */
export function services(rec) {
  const { services: known } = rec.kb;
  const found = bringing(rec, Object.keys(known), (need, name) => need.services.includes(name));
  return found.map(({ name, needs, certain }) => ({ ...known[name], needs: idsOf(needs), certain }));
}

/**
 * The services that are told: one is left out where a sooner one of its kind is certain, and where all needs that ask
 * for it give way to others that hold.
 * @param {Recommendation} rec
 * @returns {ServiceView[]}
 */
export function servicesOf(rec) {
  const later = rec.services.flatMap(({ id, certain }) => (certain ? rec.kb.services[id].insteadOf : []));
  const active = rec.active.map(({ id }) => id);
  const isOvertaken = (/** @type {string} */ id) => rec.kb.needs[id].givesWayTo.some((more) => active.includes(more));
  return rec.services.filter(({ id, needs }) => !later.includes(id) && !needs.every(isOvertaken));
}

/** What a person told of that collides with what a recommended package asks. @param {Recommendation} rec */
export function barriers({ kb, reading, now, next }) {
  const recommended = [now, next].flatMap((placed) => placed?.packages ?? []);
  return toldOf(kb, reading).filter(({ id }) => recommended.some((one) => id in kb.packages[one].hinders));
}

/** What a person told of their days that care may collide with, whatever is recommended. @param {Recommendation} rec @returns {string[]} */
export function lifeTold({ kb, reading }) {
  return idsOf(toldOf(kb, reading));
}

/** @param {import("./knowledge.js").Knowledge} kb @param {import("./answers.js").Reading} reading */
function toldOf(kb, { lo, hi, contexts }) {
  const isHere = (/** @type {number[] | null} */ known) => known === null || contexts.every((one) => known.includes(one));
  return Object.values(kb.barriers).filter((one) => evaluate(one.node, lo, hi) === TRUE && isHere(one.contexts));
}

/** The placement when every end has the same lowest-rank fitting set, else null.
 * @param {Recommendation} rec @param {"now" | "next"} phase @returns {Placement | null} */
export function placement({ kb, reading, ends }, phase) {
  const first = ends[0].least[phase];
  if (!ends.every(({ least, most }) => least[phase] === first && most[phase] === first)) {
    return null;
  }
  const told = toldOf(kb, reading);
  // How many of the person's barriers each package meets: orders packages within a rank, nothing else.
  const met = (/** @type {Package} */ { hinders }) => told.reduce((sum, { id }) => sum + (hinders[id] ?? 0), 0);
  const sorted = [...first].sort((a, b) => met(a) - met(b));
  return { packages: idsOf(sorted), rank: first[0].rank };
}

/** The packages not ruled out now: they cover what is asked at least and rank no higher than the most, in some context.
 * @param {Recommendation} rec */
export function between({ kb, ends }) {
  const isOpen = (/** @type {Package} */ { rank, contexts, covers: given }) =>
    ends.some(
      ({ least, most }) =>
        rank <= most.now[0].rank &&
        contexts.includes(least.context) &&
        covers(given, asked(kb, least.brought, "now")),
    );
  return { now: idsOf(kb.packageList.filter(isOpen)) };
}

/**
 * Per package, the axes it falls short on: for certain, or only should what is open turn out badly.
 * @param {Recommendation} rec
 * @param {"now" | "next"} phase
 * @returns {Record<string, Shortfall[]>}
 */
export function shortfalls({ kb, sure, possible }, phase) {
  const sides = [
    { set: needsIn(kb, sure), steps: stepsOf(kb, sure, phase), certain: true },
    { set: needsIn(kb, possible), steps: stepsOf(kb, possible, phase), certain: false },
  ];
  const rows = kb.axes.map(({ id: axis, steps: names }, place) =>
    names.map((given, step) => {
      const side = sides.find(({ steps }) => steps[place] > step);
      if (!side) {
        return [];
      }
      const needs = idsOf(side.set.filter(({ steps }) => steps[phase][place] > step));
      return [{ axis, asked: names[side.steps[place]], given, needs, certain: side.certain }];
    }),
  );
  return Object.fromEntries(kb.packageList.map(({ id, gives }) => [id, rows.flatMap((row, axis) => row[gives[axis]])]));
}

/**
 * The needs of some that a package does not cover.
 * @param {NeedView[]} needs
 * @param {Package} one
 */
export function exceeding(needs, { covers: given }) {
  return needs.filter(({ need }) => !covers(given, need.now));
}

/**
 * Whether a condition holds for this person: TRUE, FALSE, or OPEN where the answers do not say.
 * @param {Recommendation} rec
 * @param {{node: Node, contexts?: number[] | null}} rule in other contexts than its own it is false
 */
export function stands({ reading }, { node, contexts }) {
  const values = reading.contexts.map((number) => {
    const { lo, hi } = intervals(reading, number);
    return contexts && !contexts.includes(number) ? FALSE : evaluate(node, lo, hi);
  });
  return values.every((value) => value === values[0]) ? values[0] : OPEN;
}
