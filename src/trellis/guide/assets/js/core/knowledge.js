// The compiled knowledge, as `data/core.json` ships it, made ready to be read.

/** @typedef {import("./condition.js").Node} Node */
/**
 * What can be known of a person. `values` are the steps as the scale is written; `steps` the same from best to worst,
 * and `top` the worst. `within`: on a scale of times, how many days each step reaches back. `nowMeans`: what each step
 * of the question on this moment, `now`, says of this one. `alsoTellsOf`: a fact of what happened that may be behind the
 * answer too, of which `now` says nothing. `settles`: from which ranks of which facts on an evaluation
 * deals with danger. `alone`: never asked beside another; `private`: something is asked first; `urgent`: an answer may
 * tell of danger. `screen` asks it by itself, `lists` among others; `readers` are the places of the needs that read it.
 * @typedef {{id: string, number: number, kind: string, values: string[], steps: string[], top: number,
 *   start: [number, number], validDays: number | null, dangerRank: number | null, windowDays: number | null,
 *   within: (number | null)[] | null, now: string | null, nowMeans: number[] | null, alsoTellsOf: string | null,
 *   settles: Record<string, number>, private: boolean, alone: boolean, urgent: boolean, screen: string, lists: string[], topic: string,
 *   readers: number[], words: number}} Fact
 */
/** @typedef {{id: string, values: string[], words: number, waitsFor: string[], validDays: number | null}} Factor */
/** @typedef {{min: number, max: number, whole: boolean}} Input */
/** A band of a number, and the ranks it leaves of the fact. @typedef {{step: string, from?: number, above?: number,
 *   below?: number, leaves: [number, number]}} Band */
/** @typedef {{to: string, from: string, bands: Band[], otherwise: [number, number]}} Derivation */
/** What a ticked and an empty box say. @typedef {{fact: string, words: number, ticked: Reply, empty: Reply}} Box */
/** @typedef {{value: string, at_least?: true, at_most?: true}} Reply */
/** @typedef {{id: string, topic: string, facts: string[], words: number, checklist: Box[]}} Screen */
/** `at`: where its steps begin in what is asked. @typedef {{id: string, steps: string[], at: number}} Axis */
/** `[a, i, b, j]`: fact a at least i implies fact b at least j.
 * @typedef {{a: number, i: number, b: number, j: number}} Implication */
/** What is asked, or given, on every axis: as many bits in a row as steps. The higher of two is their "or".
 * @typedef {bigint} Asked */
/**
 * A need: its words stand elsewhere. `brings`: its own bit, what it asks in each slot and what else must be settled, so
 * that the "or" of several is what they bring together; `asks`: while it is active; `steps`: on every axis. `ranks`:
 * the rank it asks for by itself, a context each. `hours`: within how many somebody looks; `timed`: its words tell a
 * time. `stays`: in care round the clock. `under`: needs that ask for all that it asks for.
 * @typedef {{id: string, place: number, bit: bigint, dimension: string, contexts: number[], node: Node, brings: bigint,
 *   asks: Asked, now: Asked, steps: {now: number[], next: number[]}, ranks: number[], reads: number[],
 *   services: string[], givesWayTo: string[], urgent: string | null, by: string | null, hours: number, timed: boolean, stays: boolean,
 *   under: string[]}} Need
 */
/**
 * A setting with what is joined to it. `gives` are steps, `covers` the same as bits. `hinders`: the barriers that
 * collide with it, and how many of its demands each meets.
 * @typedef {{id: string, setting: string, parts: string[], rank: number, gives: number[], covers: Asked,
 *   contexts: number[], services: string[], hinders: Record<string, number>}} Package
 */
/** `contexts`: those it applies in, null for all.
 * @typedef {{id: string, contexts: number[] | null, node: Node, accommodations: string[]}} Barrier */
/** @typedef {"well" | "partly" | "hard" | "depends"} How */
/** @typedef {{id: string, settings: Record<string, How>}} Value */
/**
 * `contexts`: those it applies in, null for all.
 * @typedef {{id: string, contexts: number[] | null, node: Node}} Rule
 */
/**
 * An entry of the table of guidance. `severity`: how grave what its cell is about is, the gravest 0; `stops`: guidance is
 * so much against it that it is not offered; `yields`: what speaks of the same in a life of its own, where it is silent.
 * @typedef {Rule & {condition: string, line: "first" | "second" | "against", severity: number, place: number,
 *   stops: boolean, yields: Rule[]}} Guided
 */
/**
 * Its rules come strongest first, what studies say benefits first. `weakness`: how little a summary says for it.
 * @typedef {{id: string, anyone: boolean, prescriber: boolean, inside: string[], aims: string[],
 *   rules: (Rule & {condition: string, order: number})[], stops: (Rule & {stops: boolean, check: ?string})[], guided: Guided[],
 *   summaries: {id: string, condition: string, weakness: number}[]}} Approach
 */
/**
 * A filter of FindTreatment.gov and whom it fits; `atLeast`: the place of an axis, and the step that is enough there.
 * @typedef {{id: string, group: string, always: boolean, settings: string[], services: string[], barriers: string[],
 *   ages: string[], atLeast: [number, number][]}} PlaceFilter
 */
/**
 * What is asked whatever worries somebody, first and at all; what opens more; what each concern asks and tells; and which answers bring a page to act on today.
 * @typedef {{first: string[], always: string[], opens: Record<string, string[]>, moments: Record<string, Record<string, string[]>>,
 *   concerns: Record<string, {facts: string[], opensWith: string[], tells: Record<string, string>, moment: string, closeMoment: string, atOnce: string}>}} Asking
 */
/** The parts of what a need brings. @typedef {"next" | "now" | "hold"} Slot */
/**
 * @typedef {{version: string, digest: string, factors: Record<string, Factor>, contexts: Record<string, string>[],
 *   closed: number[][], closedAlike: number[], implications: Implication[], facts: Record<string, Fact>,
 *   factList: Fact[], inputs: Record<string, Input>, derivations: Derivation[], firstDanger: string[],
 *   screens: Record<string, Screen>, apart: string[], asked: Asking, axes: Axis[], at: Record<Slot, number>, width: number,
 *   needs: Record<string, Need>, needList: Need[], first: {id: string, needs: string[]}[], inside: {id: string, tells: Record<string, number>}[],
 *   atOnce: {id: string, tells: Record<string, number>, leftOpen: string[]}[], urgent: string[], actsAtOnce: string[], evaluators: string[],
 *   services: Record<string, {id: string, safety: boolean, insteadOf: string[]}>, settings: string[],
 *   addOns: Record<string, {id: string, housing: boolean}>, responses: Record<string, {id: string, covers: Asked}>, packages: Record<string, Package>,
 *   packageList: Package[], ways: {choice: string, id: string, settings: string[]}[], barriers: Record<string, Barrier>, values: Record<string, Value>, aims: string[],
 *   approaches: Record<string, Approach>, notHeld: (Guided & {same: number})[], placeFilters: PlaceFilter[], fits: Map<Asked, Package[]>[], sets: Map<string, Package[]>}} Knowledge
 */

const FORMAT = 5;

/**
 * Make the compiled knowledge ready.
 * @param {any} core `data/core.json`; it is the reader's own from here on
 * @returns {Knowledge}
 */
export function load(core) {
  if (core.format !== FORMAT) {
    throw new Error(`This reader reads form ${FORMAT} of the knowledge, not ${core.format}.`);
  }
  const kb = { ...core };
  for (const [name, part] of Object.entries(core)) {
    // Without the names that every object has, so that `name in things` is never fooled.
    kb[name] = typeof part === "object" && !Array.isArray(part) ? Object.assign(Object.create(null), part) : part;
  }
  kb.factList = Object.values(kb.facts);
  kb.needList = Object.values(kb.needs);
  kb.packageList = Object.values(kb.packages);
  for (const need of kb.needList) {
    need.bit = 1n << BigInt(need.place);
    need.brings = BigInt(need.brings);
    need.now = asked(kb, need.brings, "now");
    need.asks = need.now | asked(kb, need.brings, "hold");
    need.steps = { now: stepsOf(kb, need.brings, "now"), next: stepsOf(kb, need.brings, "next") };
  }
  for (const place of [...kb.packageList, ...Object.values(kb.responses)]) {
    place.covers = BigInt(place.covers);
  }
  kb.fits = kb.contexts.map(() => new Map());
  kb.sets = new Map();
  return kb;
}

/**
 * What is asked in a slot by needs that bring this together.
 * @param {Knowledge} kb
 * @param {bigint} brought
 * @param {Slot} slot
 * @returns {Asked}
 */
export function asked({ at, width }, brought, slot) {
  return BigInt.asUintN(width, brought >> BigInt(at[slot]));
}

/** The same as a step on every axis. @param {Knowledge} kb @param {bigint} brought @param {Slot} slot */
export function stepsOf(kb, brought, slot) {
  const wanted = asked(kb, brought, slot);
  return kb.axes.map(({ steps, at }) => {
    const bits = BigInt.asUintN(steps.length - 1, wanted >> BigInt(at));
    return bits === 0n ? 0 : bits.toString(2).length;
  });
}

/**
 * Whether all that is asked is given, on every axis. Nothing is averaged.
 * @param {Asked} given
 * @param {Asked} wanted
 */
export function covers(given, wanted) {
  return (wanted & ~given) === 0n;
}

/** The needs of a set, in order. @param {Knowledge} kb @param {bigint} set */
export function needsIn({ needList }, set) {
  return needList.filter(({ bit }) => (set & bit) !== 0n);
}

/** The worse-rank of a step: 0 is best. -1 when the scale has no such step. @param {Fact} fact @param {unknown} step */
export function rankOf(fact, step) {
  return fact.steps.indexOf(/** @type {string} */ (step));
}
