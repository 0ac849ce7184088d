// How useful a question would be: what an answer, as good as it can be, would clear.

import { intervals } from "./answers.js";
import { holds } from "./condition.js";
import { propagate } from "./engine.js";
import { lookupsOf } from "./lookups.js";
import { and, bits, countWithout, flip, has, maskOf } from "./masks.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./masks.js").Mask} Mask */
/** @typedef {import("./questions.js").Question} Question */
/** How useful a question is; what comes first counts first. @typedef {number[]} Score */

/**
 * How useful a question is: (urgent needs hinted at, fall of the worst end, needs cleared at the worst end's rank,
 * needs cleared). Each is counted as if the screen were answered as well as it can be: that clears needs from above.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {Mask} matter
 * @returns {(question: Question) => Score}
 */
export function scorer(kb, reading, ends, matter) {
  const { ownRank } = lookupsOf(kb);
  const { engine } = kb;
  const hinted = hintedAt(kb, reading);
  const views = ends.map(({ most }) => {
    const open = and(matter, most.active);
    const own = ownRank[most.context];
    const places = bits(open);
    const plateau = Math.max(0, ...places.map((place) => own[place]));
    const atPlateau = maskOf(
      kb.needList.length,
      places.filter((place) => own[place] === plateau),
    );
    return { context: most.context, open, atPlateau, rank: kb.packageList[most.nowFit[0]].rank };
  });
  /** @type {Map<number, Mask>} */
  const atWorst = new Map();
  return (question) => {
    /** @type {Map<number, Mask>} */
    const remainingIn = new Map();
    let fall = 0;
    let clearedTop = 0;
    let clearedAll = 0;
    for (const { context, open, atPlateau, rank } of views) {
      const key = kb.closedAlike[context];
      const worst = atWorst.get(key) ?? engine.active(intervals(kb, reading, context).hi);
      atWorst.set(key, worst);
      const holding = remainingIn.get(key) ?? answeredWell(kb, reading, context, question, worst);
      remainingIn.set(key, holding);
      if (holding === worst) {
        continue;
      }
      clearedAll += countWithout(open, holding);
      clearedTop += countWithout(atPlateau, holding);
      const now = engine.requirement(holding, "now", engine.contextMasks[context]);
      fall += rank - kb.packageList[engine.fit(now, context)[0]].rank;
    }
    return [urgencyOf(kb, hinted, question), fall, clearedTop, clearedAll];
  };
}

/**
 * The needs that still hold at the worst end once a question was answered as well as it can be. Only those that read a
 * fact it changed are looked at again.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {number} context
 * @param {Question} question
 * @param {Mask} worst the needs that hold at the worst end now
 */
function answeredWell(kb, reading, context, question, worst) {
  const { readers } = lookupsOf(kb);
  const before = intervals(kb, reading, context);
  const lo = before.lo.slice();
  const hi = before.hi.slice();
  for (const name of question.facts) {
    const { number } = kb.facts[name];
    hi[number] = lo[number];
  }
  propagate(kb.implications, lo, hi);
  let found = worst;
  const seen = new Set();
  for (let fact = 0; fact < hi.length; fact += 1) {
    if (hi[fact] === before.hi[fact]) {
      continue;
    }
    for (const { place, node } of readers[fact]) {
      if (!seen.has(place)) {
        seen.add(place);
        if (has(worst, place) !== holds(node, hi)) {
          found = found === worst ? worst.slice() : found;
          flip(found, place);
        }
      }
    }
  }
  return found;
}

/**
 * The facts that an earlier answer hints at: themselves partly known, or meant by something that is.
 * @param {Knowledge} kb
 * @param {Reading} reading
 */
function hintedAt(kb, { lo }) {
  const hinted = new Set(kb.implications.filter(([, , b, j]) => lo[b] >= j).map(([a]) => a));
  return new Set(kb.factList.filter(({ number }) => lo[number] > 0 || hinted.has(number)).map(({ id }) => id));
}

/**
 * How many urgent needs the screen bears on through facts that an earlier answer already hints at.
 * @param {Knowledge} kb
 * @param {Set<string>} hinted
 * @param {Question} question
 */
function urgencyOf(kb, hinted, question) {
  const { reads } = lookupsOf(kb);
  const touched = question.facts.filter((name) => hinted.has(name)).map((name) => kb.facts[name].number);
  const needs = touched.length > 0 ? question.needs.map((name) => kb.needs[name]) : [];
  return needs.filter(({ urgent, place }) => urgent !== null && touched.some((fact) => reads[place].has(fact))).length;
}
