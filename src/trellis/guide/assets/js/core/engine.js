// Which needs are active at a point, what they ask for together, and which packages fit.

import { holds, readNode } from "./condition.js";
import { add, maskOf, meetsAmong } from "./masks.js";

/** @typedef {import("./condition.js").Node} Node */
/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./masks.js").Mask} Mask */

/**
 * What is asked on each axis: the same steps are always the same object, with the same `code`.
 * @typedef {{code: number, steps: number[]}} Requirement
 */
/** @typedef {"hold" | "now" | "next"} Slot */
/**
 * A need in integers: what it `requires` while it holds, and what it asks in each slot: `hold` (until somebody has
 * looked), `now` (acute and ongoing) or `next` (ongoing, and what follows a stay).
 * @typedef {{phase: number, contexts: number[], node: Node, requires: number[],
 *   asks: Record<Slot, number[]>}} CompiledNeed
 */
/** @typedef {{rank: number, gives: number[], contexts: number[]}} CompiledPackage */
/** `[a, i, b, j]`: fact a at least i implies fact b at least j. @typedef {number[]} Implication */

export const HOLD = 0;
export const ACUTE = 1;
export const PHASES = ["hold", "acute", "ongoing"];
const SLOTS = /** @type {Slot[]} */ (["hold", "now", "next"]);

/**
 * Narrow intervals in place until every implication holds of both ends, both ways round. A contradiction is left as
 * `lo > hi` for the caller to name.
 * @param {Implication[]} implications
 * @param {Ranks} lo
 * @param {Ranks} hi
 */
export function propagate(implications, lo, hi) {
  let changed = true;
  while (changed) {
    changed = false;
    for (let place = 0; place < implications.length; place += 1) {
      // By index: this runs for every question there is, and taking a row apart is slow until it has run often.
      const row = implications[place];
      const a = row[0];
      const i = row[1];
      const b = row[2];
      const j = row[3];
      if (hi[b] < j && hi[a] >= i) {
        hi[a] = i - 1;
        changed = true;
      } else if (lo[a] >= i && lo[b] < j) {
        lo[b] = j;
        changed = true;
      }
    }
  }
}

/**
 * Whether a vector covers a requirement on every axis. Nothing is averaged.
 * @param {number[]} gives
 * @param {number[]} asked
 */
export function covers(gives, asked) {
  for (let axis = 0; axis < gives.length; axis += 1) {
    if (gives[axis] < asked[axis]) {
      return false;
    }
  }
  return true;
}

/**
 * Read a need as it is shipped: `[id, phase, contexts, node, requires, afterwards]`.
 * @param {any[]} plain
 * @returns {CompiledNeed}
 */
export function readNeed([, phase, contexts, node, requires, afterwards]) {
  const nothing = requires.map(() => 0);
  const [hold, now] = phase === HOLD ? [requires, nothing] : [nothing, requires];
  return { phase, contexts, node: readNode(node), requires, asks: { hold, now, next: afterwards } };
}

/** Evaluates single points (one rank for every fact). */
export class Engine {
  /**
   * @param {CompiledNeed[]} needs
   * @param {CompiledPackage[]} packages
   * @param {number[]} axisTops
   * @param {number} contexts how many contexts there are
   */
  constructor(needs, packages, axisTops, contexts) {
    this.needs = needs;
    this.packages = packages;
    this.axisTops = axisTops;
    this.contexts = contexts;
    this.contextMasks = Array.from({ length: contexts }, (_, number) =>
      this.mask((need) => need.contexts.includes(number)),
    );
    this.phaseMasks = PHASES.map((_, phase) => this.mask((need) => need.phase === phase));
    const steps = SLOTS.map((slot) => /** @type {const} */ ([slot, this.stepMasks(slot)]));
    this.steps = /** @type {Record<Slot, {step: number, mask: Mask}[][]>} */ (Object.fromEntries(steps));
    /** @type {Map<number, Requirement>} */
    this.requirements = new Map();
    /** @type {Map<number, number[]>} */
    this.fits = new Map();
    this.nothing = this.requirementOf(axisTops.map(() => 0));
  }

  /** The set of the needs for which `wanted` is true. @param {(need: CompiledNeed) => boolean} wanted */
  mask(wanted) {
    const places = this.needs.map((need, place) => (wanted(need) ? place : -1)).filter((place) => place >= 0);
    return maskOf(this.needs.length, places);
  }

  /**
   * Per axis, from the top step down, the needs that ask for that step in a slot.
   * @param {Slot} slot
   */
  stepMasks(slot) {
    return this.axisTops.map((top, axis) => {
      const found = [];
      for (let step = top; step > 0; step -= 1) {
        const mask = this.mask((need) => need.asks[slot][axis] === step);
        if (mask.some((word) => word !== 0)) {
          found.push({ step, mask });
        }
      }
      return found;
    });
  }

  /** The needs whose condition holds at a point, in any context. @param {Ranks} ranks @returns {Mask} */
  active(ranks) {
    const found = maskOf(this.needs.length, []);
    for (let place = 0; place < this.needs.length; place += 1) {
      if (holds(this.needs[place].node, ranks)) {
        add(found, place);
      }
    }
    return found;
  }

  /**
   * Per axis, the highest step that any active need asks for in a slot; of the needs in `among` only.
   * @param {Mask} active
   * @param {Slot} slot
   * @param {Mask} [among]
   * @returns {Requirement}
   */
  requirement(active, slot, among = active) {
    const axes = this.steps[slot];
    let code = 0;
    for (let axis = 0; axis < axes.length; axis += 1) {
      let asked = 0;
      for (const { step, mask } of axes[axis]) {
        if (meetsAmong(active, mask, among)) {
          asked = step;
          break;
        }
      }
      code = code * (this.axisTops[axis] + 1) + asked;
    }
    return this.decoded(code);
  }

  /** @param {number[]} steps @returns {Requirement} */
  requirementOf(steps) {
    return this.decoded(steps.reduce((code, step, axis) => code * (this.axisTops[axis] + 1) + step, 0));
  }

  /** @param {number} code @returns {Requirement} */
  decoded(code) {
    let found = this.requirements.get(code);
    if (!found) {
      const steps = this.axisTops.map(() => 0);
      for (let axis = steps.length - 1, rest = code; axis >= 0; axis -= 1) {
        const base = this.axisTops[axis] + 1;
        steps[axis] = rest % base;
        rest = Math.floor(rest / base);
      }
      found = { code, steps };
      this.requirements.set(code, found);
    }
    return found;
  }

  /**
   * The places of the packages of lowest rank that cover a requirement on every axis and admit the context.
   * @param {Requirement} requirement
   * @param {number} context
   * @returns {number[]}
   */
  fit(requirement, context) {
    const key = requirement.code * this.contexts + context;
    let found = this.fits.get(key);
    if (!found) {
      found = [];
      for (const [place, { rank, gives, contexts }] of this.packages.entries()) {
        if (found.length > 0 && rank > this.packages[found[0]].rank) {
          break;
        }
        if (contexts.includes(context) && covers(gives, requirement.steps)) {
          found.push(place);
        }
      }
      this.fits.set(key, found);
    }
    return found;
  }
}
