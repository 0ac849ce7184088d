// Explanations read off the ends: nothing here decides anything again.

import { intervals } from "./answers.js";
import { HOLD, covers } from "./engine.js";
import { phaseOf, stepsOf } from "./knowledge.js";
import { and, bits, maskOf, or, without } from "./masks.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./masks.js").Mask} Mask */
/** @typedef {import("./placements.js").Phase} Phase */

/**
 * A fact as it stands: the best and the worst it can be; the same when it is known.
 * @typedef {{id: string, best: string, worst: string, known: boolean, source: string, date: string | null,
 *   fixed: boolean, latched: boolean}} FactView
 */
/**
 * A need of this person. `facts` speak for an active one, are unknown of an open one, are all of a cleared one.
 * `fixed`: it rests on lifetime history alone.
 * @typedef {{id: string, status: "active" | "open" | "cleared", facts: FactView[], requires: [string, string][],
 *   phase: string, dimension: string, services: string[], group: string | null, urgent: string | null,
 *   fixed: boolean}} NeedView
 */
/** @typedef {{requirement: [string, string][], needs: string[], responses: string[]}} Hold */
/** @typedef {{id: string, needs: string[], latched: boolean}} UrgentView */
/** @typedef {{by: string, withinHours: number, needs: string[], certain: boolean, sooner: string[]}} EvaluateView */
/** @typedef {{id: string, needs: string[], certain: boolean, gap: boolean, safety: boolean}} ServiceView */
/** @typedef {{axis: string, asked: string, given: string, needs: string[], certain: boolean}} Shortfall */
/** @typedef {{target: string, resolve: string[], open: string[], fixed: string[]}} StepDown */
/** @typedef {{id: string, packages: string[], accommodations: string[]}} BarrierView */

/** The needs active at the best end of every open context. @param {Ends[]} ends @returns {Mask} */
export function sure(ends) {
  return ends.map(({ least }) => least.active).reduce(and);
}

/** Active at the best end of some open context: for danger, one is enough. @param {Ends[]} ends @returns {Mask} */
export function somewhere(ends) {
  return ends.map(({ least }) => least.active).reduce(or);
}

/** The needs that the answers do not rule out. @param {Ends[]} ends @returns {Mask} */
export function possible(ends) {
  return ends.map(({ most }) => most.active).reduce(or);
}

/**
 * What is called for until somebody has looked; joined over open contexts, so that danger is never missed.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 * @returns {Hold | null}
 */
export function hold(kb, ends) {
  const active = and(somewhere(ends), kb.engine.phaseMasks[HOLD]);
  const requirement = stepsOf(kb, kb.engine.requirement(active, "hold").steps);
  if (requirement.length === 0) {
    return null;
  }
  const enough = (/** @type {Record<string, string>} */ gives) =>
    requirement.every(([id, step]) => {
      const axis = kb.axes.find((one) => one.id === id);
      return axis !== undefined && id in gives && axis.steps.indexOf(gives[id]) >= axis.steps.indexOf(step);
    });
  const serving = Object.values(kb.responses).filter(({ gives }) => enough(gives));
  return { requirement, needs: needIds(kb, active), responses: serving.map(({ id }) => id) };
}

/** @param {Knowledge} kb @param {Mask} mask @returns {string[]} */
export function needIds(kb, mask) {
  return bits(mask).map((place) => kb.needList[place].id);
}

/** Facts as they stand for this person, worked out one by one as they are asked for. */
export class FactReader {
  /** @param {Knowledge} kb @param {Reading} reading */
  constructor(kb, reading) {
    this.kb = kb;
    this.reading = reading;
    const single = reading.contexts.length === 1;
    const { lo, hi } = single ? intervals(kb, reading, reading.contexts[0]) : reading;
    this.lo = lo;
    this.hi = hi;
    /** @type {Map<number, FactView>} */
    this.views = new Map();
  }

  /** One fact; in a single open context with what that context closes. @param {number} number @returns {FactView} */
  view(number) {
    let found = this.views.get(number);
    if (!found) {
      const fact = this.kb.factList[number];
      const best = fact.steps[this.lo[number]];
      const worst = fact.steps[this.hi[number]];
      const { source, date } = this.said(fact.id);
      const latched = this.reading.latched.includes(fact.id);
      found = { id: fact.id, best, worst, known: best === worst, source, date, fixed: fact.fixed, latched };
      this.views.set(number, found);
    }
    return found;
  }

  /** Who says how a fact stands, and the day where one was given. @param {string} name */
  said(name) {
    const last = this.reading.last[name];
    const given = this.reading.used[last ? last.name : name] ?? [];
    if (last) {
      return { source: last.shown, date: given.some(({ date }) => date === last.date) ? last.date : null };
    }
    return given.length > 0 ? given[given.length - 1] : { source: "", date: null };
  }

  /**
   * The facts that make a need what it is: what speaks for an active one, what is unknown for an open one.
   * @param {Need} need
   * @param {"active" | "open" | "cleared"} status
   */
  telling(need, status) {
    const { lo, hi } = this;
    const tells = {
      active: (/** @type {number} */ fact) => lo[fact] > 0,
      open: (/** @type {number} */ fact) => lo[fact] < hi[fact],
      cleared: () => true,
    };
    return need.reads.filter(tells[status]).map((fact) => this.view(fact));
  }
}

/**
 * The needs of one status that apply in some open context.
 * @param {Knowledge} kb
 * @param {FactReader} facts
 * @param {Ends[]} ends
 * @param {"active" | "open" | "cleared"} status
 * @returns {NeedView[]}
 */
export function needs(kb, facts, ends, status) {
  const applying = () => ends.map(({ least }) => kb.engine.contextMasks[least.context]).reduce(or);
  const chosen = {
    active: () => sure(ends),
    open: () => without(possible(ends), sure(ends)),
    cleared: () => without(applying(), possible(ends)),
  };
  return bits(chosen[status]()).map((place) => {
    const need = kb.needList[place];
    const telling = facts.telling(need, status);
    return {
      id: need.id,
      status,
      facts: telling,
      requires: stepsOf(kb, need.requires),
      phase: phaseOf(need),
      dimension: need.dimension,
      services: need.services,
      group: need.group,
      urgent: need.urgent,
      fixed: rests(telling),
    };
  });
}

/** Whether all of it is lifetime history. @param {FactView[]} facts */
function rests(facts) {
  return facts.length > 0 && facts.every((fact) => fact.fixed);
}

/**
 * Per package, the axes it falls short on: for certain, or only should what is open turn out badly.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 * @param {Phase} phase
 * @returns {Record<string, Shortfall[]>}
 */
export function shortfalls(kb, ends, phase) {
  const sides = [
    { asked: joined(ends, phase, "least", Math.min), active: bits(sure(ends)), certain: true },
    { asked: joined(ends, phase, "most", Math.max), active: bits(possible(ends)), certain: false },
  ];
  const asking = kb.needList.map((need) => need.asks[phase]);
  /** @type {Record<string, Shortfall[]>} */
  const found = Object.create(null);
  for (const { id, gives } of kb.packageList) {
    found[id] = [];
    for (const [place, axis] of kb.axes.entries()) {
      const given = gives[place];
      const side = sides.find(({ asked }) => asked[place] > given);
      if (side) {
        const names = side.active.filter((need) => asking[need][place] > given).map((need) => kb.needList[need].id);
        const asked = axis.steps[side.asked[place]];
        found[id].push({ axis: axis.id, asked, given: axis.steps[given], needs: names, certain: side.certain });
      }
    }
  }
  return found;
}

/**
 * @param {Ends[]} ends
 * @param {Phase} phase
 * @param {"least" | "most"} side
 * @param {(...steps: number[]) => number} choose
 */
function joined(ends, phase, side, choose) {
  return ends.map((pair) => pair[side][phase].steps).reduce((a, b) => a.map((step, axis) => choose(step, b[axis])));
}

/**
 * Per package: the unique set of active needs that exceed it, and the open ones that could.
 * @param {Knowledge} kb
 * @param {FactReader} facts
 * @param {Ends[]} ends
 * @returns {Record<string, StepDown>}
 */
export function stepDown(kb, facts, ends) {
  const holds = kb.engine.phaseMasks[HOLD];
  const active = without(sure(ends), holds);
  const unsure = without(without(possible(ends), holds), active);
  /** @type {Record<string, StepDown>} */
  const found = Object.create(null);
  for (const { id, gives } of kb.packageList) {
    const exceeding = (/** @type {Mask} */ mask) =>
      bits(mask)
        .map((place) => kb.needList[place])
        .filter((need) => !covers(gives, need.requires));
    const resolve = exceeding(active);
    found[id] = {
      target: id,
      resolve: resolve.map((need) => need.id),
      open: exceeding(unsure).map((need) => need.id),
      fixed: resolve.filter((need) => rests(facts.telling(need, "active"))).map((need) => need.id),
    };
  }
  return found;
}

/** The needs of which something is true. @param {Knowledge} kb @param {(need: Need) => boolean} wanted */
export function asking(kb, wanted) {
  return maskOf(
    kb.needList.length,
    kb.needList.filter(wanted).map((need) => need.place),
  );
}
