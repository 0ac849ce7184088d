// Danger, who must look, what to add, and where a wish or a place collides with what is needed.

import { TRUE, evaluate } from "./condition.js";
import { covers } from "./engine.js";
import { asking, needIds, possible, somewhere } from "./explain.js";
import { oncePerKnowledge, phaseOf } from "./knowledge.js";
import { and, bits, meets } from "./masks.js";
import { daysLater } from "./parsing.js";
import { activeBarriers, outlook } from "./placements.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./explain.js").BarrierView} BarrierView */
/** @typedef {import("./explain.js").EvaluateView} EvaluateView */
/** @typedef {import("./placements.js").Placement} Placement */
/** @typedef {import("./explain.js").ServiceView} ServiceView */
/** @typedef {import("./explain.js").UrgentView} UrgentView */
/** @typedef {import("./knowledge.js").Barrier} Barrier */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./masks.js").Mask} Mask */
/** Packages or settings that cannot be had. @typedef {Record<string, "full" | "denied" | "refused">} Places */
/**
 * A recommended package that the person refuses, cannot have, or does not want, and what then. `lesser` is never a
 * recommendation.
 * @typedef {{kind: "wish" | "refused" | "full" | "denied", packages: string[], nextSufficient: string[],
 *   lesser: string | null, interim: string[], lookAgain: string, certain: boolean}} Conflict
 */

const LOOK_AGAIN_DAYS = 7;
const LOOK_AGAIN_DAYS_ACUTE = 1;

/** Per danger, service and evaluator, the needs that bring it; what no need brings is left out. */
const bringing = oncePerKnowledge((kb) => {
  const safetyFirst = Object.values(kb.services).sort((a, b) => Number(b.safety) - Number(a.safety));
  /** @param {string[]} names @param {(name: string) => Mask} maskFor */
  const rows = (names, maskFor) =>
    names.map((name) => ({ name, mask: maskFor(name) })).filter(({ mask }) => mask.some((word) => word !== 0));
  return {
    urgent: rows(
      kb.urgent.map(({ id }) => id),
      (name) => asking(kb, (need) => need.urgent === name),
    ),
    services: rows(
      safetyFirst.map(({ id }) => id),
      (name) => asking(kb, (need) => need.services.includes(name)),
    ),
    evaluators: rows(kb.evaluators, (name) => asking(kb, ({ evaluate }) => evaluate !== null && evaluate.by === name)),
  };
});

/**
 * Each danger that is active in some open context, gravest first.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @returns {UrgentView[]}
 */
export function urgent(kb, reading, ends) {
  const active = somewhere(ends);
  const holdsToday = (/** @type {string} */ need) => evaluate(kb.needs[need].node, reading.freshLo, reading.hi) === TRUE;
  return bringing(kb)
    .urgent.filter(({ mask }) => meets(active, mask))
    .map(({ name, mask }) => {
      const needs = needIds(kb, and(active, mask));
      return { id: name, needs, latched: reading.latched.length > 0 && !needs.some(holdsToday) };
    });
}

/**
 * One entry for each person who must look: the shortest time that any need gives for certain. A need that is only
 * possible and would ask sooner is named beside it: a question to answer, and no hour yet.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 * @returns {EvaluateView[]}
 */
export function evaluations(kb, ends) {
  const certain = somewhere(ends);
  const open = possible(ends);
  const views = [];
  for (const { name, mask } of bringing(kb).evaluators) {
    if (meets(open, mask)) {
      const sure = meets(certain, mask);
      const every = bits(and(open, mask)).map((place) => kb.needList[place]);
      const needs = sure ? bits(and(certain, mask)).map((place) => kb.needList[place]) : every;
      const hours = (/** @type {Need} */ need) => need.evaluate?.withinHours ?? Infinity;
      const withinHours = Math.min(...needs.map(hours));
      const sooner = every.filter((need) => !needs.includes(need) && hours(need) < withinHours).map(({ id }) => id);
      views.push({ by: name, withinHours, needs: needs.map(({ id }) => id), certain: sure, sooner });
    }
  }
  return views.sort(
    (a, b) =>
      Number(b.certain) - Number(a.certain) ||
      a.withinHours - b.withinHours ||
      (a.by < b.by ? -1 : Number(a.by > b.by)),
  );
}

/**
 * Collected from all needs, never gating the fit; what a recommended package lacks is a gap to arrange.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 * @param {(Placement | null)[]} placements
 * @returns {ServiceView[]}
 */
export function services(kb, ends, placements) {
  const certain = somewhere(ends);
  const open = possible(ends);
  const standard = recommended(placements).map((id) => kb.packages[id].services);
  const views = [];
  for (const { name, mask } of bringing(kb).services) {
    if (meets(open, mask)) {
      const sure = meets(certain, mask);
      views.push({
        id: name,
        needs: needIds(kb, and(sure ? certain : open, mask)),
        certain: sure,
        gap: standard.some((given) => !given.includes(name)),
        safety: kb.services[name].safety,
      });
    }
  }
  return [...views.filter((view) => view.certain), ...views.filter((view) => !view.certain)];
}

/** @param {(Placement | null)[]} placements @returns {string[]} */
function recommended(placements) {
  return [...new Set(placements.flatMap((placed) => (placed ? placed.packages : [])))];
}

/**
 * The person's barriers that meet what a recommended package asks of them.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {(Placement | null)[]} placements
 * @returns {BarrierView[]}
 */
export function barriers(kb, reading, placements) {
  const ids = recommended(placements);
  return activeBarriers(kb, reading).flatMap((barrier) => {
    const packages = ids.filter((id) => collides(barrier, kb.packages[id].meets));
    return packages.length > 0 ? [{ id: barrier.id, packages, accommodations: barrier.accommodations }] : [];
  });
}

/**
 * Whether a barrier collides with what a place asks. Language is met everywhere.
 * @param {Barrier} barrier
 * @param {string[]} asked
 */
export function collides(barrier, asked) {
  return barrier.meets.some((meet) => meet === "language" || asked.includes(meet));
}

/**
 * Wishes, refusals, full and denied places that collide with what is needed now.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {{now: Placement | null, places: Places, services: ServiceView[], asOf: string}} more
 * @returns {Conflict[]}
 */
export function conflicts(kb, reading, ends, { now, places, services: added, asOf }) {
  const wanted = now ?? outlook(kb, reading, ends, "least").now;
  const certain = now !== null;
  const interim = added.filter((service) => service.safety && service.certain).map(({ id }) => id);
  const acute = bits(somewhere(ends)).some((place) => phaseOf(kb.needList[place]) !== "ongoing");
  const lookAgain = daysLater(asOf, acute ? LOOK_AGAIN_DAYS_ACUTE : LOOK_AGAIN_DAYS);
  const stateOf = (/** @type {string} */ id) => [id, ...kb.packages[id].parts].map((part) => places[part]);
  const unavailable = kb.packageList.map(({ id }) => id).filter((id) => stateOf(id).some(Boolean));
  /** @type {Conflict[]} */
  const found = [];
  for (const kind of /** @type {const} */ (["refused", "full", "denied"])) {
    const packages = wanted.packages.filter((id) => stateOf(id).includes(kind));
    if (packages.length > 0) {
      const lesser = kind === "refused" ? lesserThan(kb, wanted, unavailable, ends) : null;
      const nextSufficient = sufficientAfter(kb, wanted, unavailable, ends);
      found.push({ kind, packages, nextSufficient, lesser, interim, lookAgain, certain });
    }
  }
  for (const barrier of activeBarriers(kb, reading)) {
    const firm = barrier.firm.some((fact) => reading.lo[fact] === kb.tops[fact]);
    const colliding = kb.packageList.filter(({ meets: asked }) => asked.some((meet) => barrier.meets.includes(meet)));
    const ids = colliding.map(({ id }) => id);
    if (firm && wanted.packages.every((id) => ids.includes(id))) {
      const nextSufficient = sufficientAfter(kb, wanted, ids, ends);
      const lesser = lesserThan(kb, wanted, ids, ends);
      found.push({ kind: "wish", packages: wanted.packages, nextSufficient, lesser, interim, lookAgain, certain });
    }
  }
  return found;
}

/**
 * The packages that take people in every open context.
 * @param {Knowledge} kb
 * @param {string[]} without
 * @param {Ends[]} ends
 */
function available(kb, without, ends) {
  return kb.packageList.filter(
    (one) => !without.includes(one.id) && ends.every(({ least }) => one.contexts.includes(least.context)),
  );
}

/**
 * The packages of the lowest rank, from the one wanted on, that cover all that may be asked of it.
 * @param {Knowledge} kb
 * @param {Placement} wanted
 * @param {string[]} without
 * @param {Ends[]} ends
 */
function sufficientAfter(kb, wanted, without, ends) {
  const fitting = available(kb, without, ends).filter(
    (one) => one.rank >= wanted.rank && covers(one.gives, wanted.asked),
  );
  return fitting.filter(({ rank }) => rank === fitting[0].rank).map(({ id }) => id);
}

/** @param {Knowledge} kb @param {Placement} wanted @param {string[]} without @param {Ends[]} ends */
function lesserThan(kb, wanted, without, ends) {
  const below = available(kb, without, ends).filter((one) => one.rank < wanted.rank);
  return below.length > 0 ? below[below.length - 1].id : null;
}
