// The compiled knowledge, as `data/core.json` ships it, made ready to be read.

import { readNode } from "./condition.js";
import { Engine, PHASES, readNeed } from "./engine.js";

/** @typedef {import("./condition.js").Node} Node */
/** @typedef {import("./engine.js").CompiledNeed} CompiledNeed */
/** @typedef {import("./engine.js").CompiledPackage} CompiledPackage */

/**
 * What can be known of a person. `values` are the steps as the scale is written; `steps` the same from best to worst.
 * `private`: something is asked first, before a question that is not safe to be seen by everybody.
 * @typedef {{id: string, number: number, kind: string, worse: "up" | "down", values: string[], steps: string[],
 *   top: number, validDays: number | null, dangerRank: number | null, private: boolean, fixed: boolean,
 *   words: number, windowDays: number | null, within: (number | null)[], now: string | null, settles: Record<string, string>,
 *   start: [number, number]}} Fact
 */
/** @typedef {{id: string, values: string[], words: number, validDays: number | null}} Factor */
/** @typedef {{id: string, min: number, max: number, whole: boolean, unit: string}} Input */
/** @typedef {{step: string, from?: number, above?: number, below?: number}} Band */
/** @typedef {{to: string, from: string, effect: "raises" | "sets" | "bands", bands: Band[]}} Derivation */
/** A box: ticked, the fact is at least this bad. @typedef {{fact: string, atLeast: string, words: number}} Box */
/** @typedef {{id: string, topic: string, facts: string[], words: number, checklist: Box[]}} Screen */
/** @typedef {{id: string, clinical: boolean, steps: string[]}} Axis */
/**
 * A need: its words stand elsewhere. `reads` are the numbers of the facts it reads, in the order written. `timed`: its
 * words tell a time though it asks for no evaluation.
 * @typedef {CompiledNeed & {id: string, place: number, dimension: string, reads: number[], services: string[],
 *   group: string | null, urgent: string | null, evaluate: {by: string, withinHours: number} | null,
 *   timed: boolean}} Need
 */
/**
 * A setting with what is joined to it.
 * @typedef {CompiledPackage & {id: string, setting: string, parts: string[], meets: string[],
 *   services: string[]}} Package
 */
/** @typedef {{id: string, gives: Record<string, string>}} Response */
/**
 * @typedef {{id: string, node: Node, meets: string[], accommodations: string[], firm: number[]}} Barrier
 */
/** @typedef {"well" | "partly" | "hard" | "depends"} How */
/** @typedef {{id: string, settings: Record<string, How>}} Value */
/**
 * @typedef {{id: string, kind: string, anyone: boolean, prescriber: boolean, inside: string[],
 *   features: string[]}} Approach
 */
/**
 * @typedef {{id: string, approach: string, condition: string, order: string, applies: Record<string, string[]>,
 *   node: Node}} Match
 */
/**
 * @typedef {{id: string, approach: string, action: "stop" | "caution", applies: Record<string, string[]>,
 *   node: Node}} Stop
 */
/**
 * @typedef {{id: string, approach: string, condition: string, side: "benefit" | "neither" | "harm", level: string,
 *   size: string}} Summary
 */

/** @typedef {ReturnType<typeof load>} Knowledge */

const FORMAT = 2;

/**
 * Make the compiled knowledge ready. What never changes about it is worked out here, once.
 * @param {any} core `data/core.json`
 */
export function load(core) {
  if (core.format !== FORMAT) {
    throw new Error(`This reader reads form ${FORMAT} of the knowledge, not ${core.format}.`);
  }
  const { artefact } = core;
  const factors = byId(/** @type {Factor[]} */ (core.factors.map(readFactor)));
  const facts = /** @type {Fact[]} */ (core.facts.map(readFact));
  for (const [fact, low, high] of artefact.starts) {
    facts[fact].start = [low, high];
  }
  /** @type {Need[]} */
  const needs = core.needs.map((/** @type {any} */ need, /** @type {number} */ place) => {
    const compiled = readNeed(artefact.needs[place]);
    return { group: null, urgent: null, evaluate: null, timed: false, ...need, place, ...compiled };
  });
  /** @type {Package[]} */
  const packages = core.packages.map((/** @type {any} */ one, /** @type {number} */ place) => {
    const [, rank, gives, contexts] = artefact.packages[place];
    return { ...one, setting: one.parts[0], rank, gives, contexts };
  });
  const axes = /** @type {Axis[]} */ (core.axes);
  const contexts = readContexts(artefact.contexts, Object.values(factors));
  return {
    version: /** @type {string} */ (core.version),
    digest: /** @type {string} */ (core.digest),
    review: /** @type {string} */ (core.review),
    factors,
    contexts,
    closed: /** @type {number[][]} */ (artefact.closed),
    closedAlike: alike(artefact.closed),
    implications: /** @type {number[][]} */ (artefact.implications),
    facts: byId(facts),
    factList: facts,
    tops: facts.map((fact) => fact.top),
    inputs: byId(/** @type {Input[]} */ (core.inputs)),
    derivations: /** @type {Derivation[]} */ (core.derivations),
    topics: /** @type {string[]} */ (core.topics),
    screens: byId(/** @type {Screen[]} */ (core.screens.map(readScreen))),
    axes,
    needs: byId(needs),
    needList: needs,
    aftercare: /** @type {{groups: string[], requires: Record<string, string>}} */ (core.aftercare),
    urgent: /** @type {{id: string, severity: number}[]} */ (core.urgent),
    evaluators: /** @type {string[]} */ (core.evaluators),
    services: byId(/** @type {{id: string, safety: boolean}[]} */ (core.services)),
    settings: /** @type {string[]} */ (core.settings),
    addOns: byId(/** @type {{id: string, housing: boolean}[]} */ (core.addOns)),
    responses: byId(/** @type {Response[]} */ (core.responses)),
    packages: byId(packages),
    packageList: packages,
    barriers: byId(/** @type {Barrier[]} */ (core.barriers.map(withNode))),
    values: byId(/** @type {Value[]} */ (core.values)),
    levels: /** @type {string[]} */ (core.levels),
    orders: /** @type {string[]} */ (core.orders),
    aims: /** @type {string[]} */ (core.aims),
    approaches: byId(/** @type {Approach[]} */ (core.approaches)),
    alignments: core.alignments.map((/** @type {string[]} */ [approach, aim]) => ({ approach, aim })),
    matches: /** @type {Match[]} */ (core.matches.map(withNode)),
    stops: /** @type {Stop[]} */ (core.stops.map(withNode)),
    summaries: /** @type {Summary[]} */ (core.summaries),
    engine: new Engine(
      needs,
      packages,
      axes.map((axis) => axis.steps.length - 1),
      contexts.length,
    ),
  };
}

/**
 * The worse-rank of a step: 0 is best. -1 when the scale has no such step.
 * @param {Fact} fact
 * @param {unknown} step
 */
export function rankOf(fact, step) {
  return fact.steps.indexOf(/** @type {string} */ (step));
}

/**
 * A requirement as `[axis, step]`, without the axes on which nothing is asked.
 * @param {Knowledge} kb
 * @param {number[]} requirement
 * @returns {[string, string][]}
 */
export function stepsOf(kb, requirement) {
  const named = kb.axes.map(
    (axis, place) => /** @type {[string, string]} */ ([axis.id, axis.steps[requirement[place]]]),
  );
  return named.filter((_, place) => requirement[place] > 0);
}

/**
 * What is worked out once for a knowledge and kept as long as it lives.
 * @template T
 * @param {(kb: Knowledge) => T} work
 * @returns {(kb: Knowledge) => T}
 */
export function oncePerKnowledge(work) {
  /** @type {WeakMap<Knowledge, T>} */
  const kept = new WeakMap();
  return (kb) => {
    let found = kept.get(kb);
    if (found === undefined) {
      found = work(kb);
      kept.set(kb, found);
    }
    return found;
  };
}

/** Phases by number. @param {Need} need */
export function phaseOf(need) {
  return PHASES[need.phase];
}

/**
 * By id, in order; without the names that every object has, so that `name in things` is never fooled.
 * @template {{id: string}} T
 * @param {T[]} things
 * @returns {Record<string, T>}
 */
function byId(things) {
  /** @type {Record<string, T>} */
  const found = Object.create(null);
  for (const thing of things) {
    found[thing.id] = thing;
  }
  return found;
}

/** @param {any} plain @param {number} number @returns {Fact} */
function readFact(plain, number) {
  const steps = plain.worse === "up" ? plain.values : [...plain.values].reverse();
  const top = steps.length - 1;
  const days = { validDays: null, dangerRank: null, windowDays: null, now: null, settles: {} };
  const within = steps.map(() => null);
  const start = [0, top];
  return { ...days, within, start, private: false, ...plain, number, steps, top, fixed: plain.kind === "history" };
}

/** @param {any} plain @returns {Factor} */
function readFactor(plain) {
  return { validDays: null, ...plain };
}

/** @param {any} plain @returns {Screen} */
function readScreen(plain) {
  return { words: 0, checklist: [], ...plain };
}

/** @param {any} plain */
function withNode(plain) {
  return { ...plain, node: readNode(plain.node) };
}

/** @param {number[][]} contexts @param {Factor[]} factors @returns {Record<string, string>[]} */
function readContexts(contexts, factors) {
  return contexts.map((values) =>
    Object.fromEntries(factors.map((factor, place) => [factor.id, factor.values[values[place]]])),
  );
}

/**
 * Per context, the first context that closes the same facts: what is worked out for one is right for both.
 * @param {number[][]} closed
 * @returns {number[]}
 */
function alike(closed) {
  const keys = closed.map(String);
  return keys.map((key) => keys.indexOf(key));
}
