// The most useful open screen: danger first, then whatever narrows the two ends most, kept together by topic.

import { intervals, readAnswers } from "./answers.js";
import { addOpenFacts } from "./condition.js";
import { bothEnds, isSettled, sameFit, signatureMasks } from "./ends.js";
import { covers } from "./engine.js";
import { lookupsOf } from "./lookups.js";
import { add, addAll, and, bits, maskOf, meets, without } from "./masks.js";
import { DECLINED, NOT_KNOWN } from "./parsing.js";
import { scorer } from "./useful.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./ends.js").Ends} Ends */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Screen} Screen */
/** @typedef {import("./masks.js").Mask} Mask */
/** @typedef {import("./parsing.js").Answers} Answers */

/**
 * One screen to ask. `facts` are those on it that are open, for a context none; `factors` the contexts it asks; `needs`
 * those that the answer bears on: the honest answer to "why do you ask?". `again`: the answer on record is too old and
 * tells of danger.
 * @typedef {{screen: Screen, topic: string, facts: string[], factors: string[], needs: string[],
 *   again: boolean}} Question
 */
/** @typedef {import("./useful.js").Score} Score */

const CONTEXT_TOPIC = "context";
const SLOTS = /** @type {const} */ (["hold", "now", "next"]);

/**
 * The most useful open screen, or null when the result is settled or nothing that is left can be answered.
 *
 * In this order: danger on record that is too old; the danger question, and which danger; who the person is; then, of
 * the screens that can still matter, those that bear on danger already hinted at; those that move the worst end most;
 * those that clear most of the needs that hold the worst end where it is. A topic once begun is finished first.
 * @param {Knowledge} kb
 * @param {Answers} answers in the order given
 * @param {{asOf: string}} when
 * @returns {Question | null}
 */
export function nextQuestion(kb, answers, { asOf }) {
  const reading = readAnswers(kb, answers, asOf);
  return nextOpen(kb, reading, bothEnds(kb, reading), lastTopic(kb, answers));
}

/** @param {Knowledge} kb @param {Answers} answers */
function lastTopic(kb, answers) {
  const { lists, alone } = lookupsOf(kb);
  const last = Object.keys(answers)
    .filter((name) => name in kb.facts)
    .pop();
  const screen = last === undefined ? undefined : (lists.get(last)?.[0] ?? alone.get(last));
  return screen ? screen.topic : null;
}

/**
 * The same for a reading and its ends. `last` is the topic asked last.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {string | null} last
 * @returns {Question | null}
 */
function nextOpen(kb, reading, ends, last) {
  const index = lookupsOf(kb);
  const old = reading.latched.find((fact) => !reading.unanswerable.includes(fact));
  if (old !== undefined) {
    return aloneWith(kb, kb.facts[old].number, true);
  }
  if (isSettled(kb, ends)) {
    return null;
  }
  const danger = index.firstDanger.find((number) => isAskable(kb, reading, number));
  if (danger !== undefined) {
    return aloneWith(kb, danger, false);
  }
  const factors = openFactors(kb, reading);
  const dangers = presentDangers(kb, reading);
  if (factors.length > 0 && dangers.size === 0) {
    return aboutThePerson(factors);
  }
  const matter = mattering(kb, ends);
  const found = candidates(kb, reading, ends, matter, dangers);
  const wanted = factors.length > 0 ? found.filter(({ facts }) => facts.some((name) => dangers.has(name))) : found;
  if (wanted.length === 0) {
    return factors.length > 0 ? aboutThePerson(factors) : null;
  }
  if (wanted.length === 1) {
    return wanted[0];
  }
  const score = scorer(kb, reading, ends, matter);
  const scored = wanted.map((question) => ({ score: score(question), question }));
  const mostUrgent = Math.max(...scored.map((one) => one.score[0]));
  const urgent = scored.filter((one) => one.score[0] === mostUrgent);
  const together = urgent.filter((one) => one.question.topic === last && one.score[2] > 0);
  const pool = together.length > 0 ? together : urgent;
  return pool.reduce((best, one) => (isHigher(one.score, best.score) ? one : best)).question;
}

/** @param {string[]} factors @returns {Question} */
function aboutThePerson(factors) {
  const screen = { id: CONTEXT_TOPIC, topic: CONTEXT_TOPIC, facts: [], words: 0, checklist: [] };
  return { screen, topic: CONTEXT_TOPIC, facts: [], factors, needs: [], again: false };
}

/**
 * One fact or context by itself, whether it is open or not: for somebody who wants to change an answer.
 * @param {Knowledge} kb
 * @param {string} name
 * @returns {Question}
 */
export function questionOn(kb, name) {
  return name in kb.facts ? aloneWith(kb, kb.facts[name].number, false) : aboutThePerson([name]);
}

/** @param {Score} one @param {Score} other */
function isHigher(one, other) {
  const place = one.findIndex((value, at) => value !== other[at]);
  return place >= 0 && one[place] > other[place];
}

/** @param {Knowledge} kb @param {number} number @param {boolean} again @returns {Question} */
function aloneWith(kb, number, again) {
  const { alone, readers } = lookupsOf(kb);
  const fact = kb.factList[number].id;
  const screen = /** @type {Screen} */ (alone.get(fact));
  const needs = readers[number].map(({ id }) => id);
  return { screen, topic: screen.topic, facts: [fact], factors: [], needs, again };
}

/** @param {Knowledge} kb @param {Reading} reading @param {number} number */
function isAskable(kb, { lo, hi, unanswerable }, number) {
  return lo[number] < hi[number] && !unanswerable.includes(kb.factList[number].id);
}

/** The contexts still open, asked together on one screen. @param {Knowledge} kb @param {Reading} reading */
function openFactors(kb, { contexts, used }) {
  return Object.keys(kb.factors).filter((factor) => {
    const values = new Set(contexts.map((number) => kb.contexts[number][factor]));
    const given = used[factor] ?? [];
    return values.size > 1 && !given.some(({ value }) => value === NOT_KNOWN || value === DECLINED);
  });
}

/**
 * What the first question covers, once it was answered with yes: asked even before who the person is.
 * @param {Knowledge} kb
 * @param {Reading} reading
 */
function presentDangers(kb, { lo, hi }) {
  const first = lookupsOf(kb).firstDanger.filter((number) => lo[number] > 0);
  const meant = kb.implications.filter(([a, i, b]) => first.includes(b) && hi[a] >= i);
  return new Set(meant.map(([a]) => kb.factList[a].id));
}

/**
 * The open needs that could still change placement, a hold, danger, evaluation or safety services.
 * @param {Knowledge} kb
 * @param {Ends[]} ends
 */
function mattering(kb, ends) {
  const masks = signatureMasks(kb);
  const found = maskOf(kb.needList.length, []);
  for (const { least, most } of ends) {
    const open = without(most.active, least.active);
    const moves = {
      hold: true,
      now: !sameFit(least.nowFit, most.nowFit),
      next: !sameFit(least.nextFit, most.nextFit),
    };
    for (const place of bits(without(open, found))) {
      const { asks } = kb.needList[place];
      if (SLOTS.some((slot) => moves[slot] && !covers(least[slot].steps, asks[slot]))) {
        add(found, place);
      }
    }
    for (const mask of masks) {
      if (!meets(least.active, mask)) {
        addAll(found, and(open, mask));
      }
    }
  }
  return found;
}

/**
 * One question for every screen on which something open bears on a need that matters.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {Mask} matter
 * @param {Set<string>} dangers
 * @returns {Question[]}
 */
function candidates(kb, reading, ends, matter, dangers) {
  const bearing = bearingOn(kb, reading, ends, matter);
  const closed = kb.closed[reading.contexts[0]].filter((fact) =>
    reading.contexts.every((context) => kb.closed[context].includes(fact)),
  );
  /** @type {Map<string, Question>} */
  const offered = new Map();
  for (const number of bearing.keys()) {
    const screen = screenFor(kb, reading, number, bearing);
    if (offered.has(screen.id)) {
      continue;
    }
    const boxes = screen.checklist.map(({ fact }) => fact);
    const asked = boxes.length > 0 ? boxes : screen.facts;
    const isDanger = asked.some((name) => dangers.has(name));
    const facts = asked.filter((name) => {
      const { number: one } = kb.facts[name];
      return (bearing.has(one) || isDanger) && !closed.includes(one) && isAskable(kb, reading, one);
    });
    /** @type {Set<string>} */
    const needs = new Set();
    for (const name of facts) {
      for (const place of bearing.get(kb.facts[name].number) ?? []) {
        needs.add(kb.needList[place].id);
      }
    }
    offered.set(screen.id, { screen, topic: screen.topic, facts, factors: [], needs: [...needs], again: false });
  }
  return [...offered.values()];
}

/**
 * The facts to ask, each with the needs it bears on. A fact whose gateways are all unknown gives way to them.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ends[]} ends
 * @param {Mask} matter
 * @returns {Map<number, Set<number>>}
 */
function bearingOn(kb, reading, ends, matter) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  /** @type {Map<number, {left: Mask, gateways: Map<number, number[]>}>} */
  const alike = new Map();
  for (const { least } of ends) {
    const key = kb.closedAlike[least.context];
    const { lo, hi } = intervals(kb, reading, least.context);
    const kept = alike.get(key) ?? { left: matter, gateways: gatewaysIn(kb, reading, lo, hi) };
    const places = bits(and(kept.left, kb.engine.contextMasks[least.context]));
    // Where the same facts are closed, a need asks for the same: looked at once, it has nothing to add.
    alike.set(key, { ...kept, left: without(kept.left, kb.engine.contextMasks[least.context]) });
    for (const place of places) {
      /** @type {number[]} */
      const facts = [];
      addOpenFacts(kb.needList[place].node, lo, hi, facts);
      for (const fact of facts) {
        for (const number of kept.gateways.get(fact) ?? [fact]) {
          const bearing = found.get(number);
          if (bearing) {
            bearing.add(place);
          } else if (!reading.unanswerable.includes(kb.factList[number].id)) {
            found.set(number, new Set([place]));
          }
        }
      }
    }
  }
  return found;
}

/**
 * Per fact that nothing hints at, the open facts that would imply nothing of it once known to be good.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {Ranks} lo
 * @param {Ranks} hi
 */
function gatewaysIn(kb, reading, lo, hi) {
  const hinted = new Set(kb.implications.filter(([, , b, j]) => lo[b] >= j).map(([a]) => a));
  /** @type {Map<number, number[]>} */
  const gateways = new Map();
  for (const [a, , b] of kb.implications) {
    if (!hinted.has(a) && lo[b] < hi[b] && isAskable(kb, reading, b)) {
      gateways.set(a, [...(gateways.get(a) ?? []), b]);
    }
  }
  return gateways;
}

/**
 * A checklist while nothing is known of the fact and others on the list matter too; else its own screen.
 * @param {Knowledge} kb
 * @param {Reading} reading
 * @param {number} number
 * @param {Map<number, unknown>} bearing
 * @returns {Screen}
 */
function screenFor(kb, reading, number, bearing) {
  const { lists, alone } = lookupsOf(kb);
  const { id, top } = kb.factList[number];
  const untouched = reading.lo[number] === 0 && reading.hi[number] === top;
  const list = untouched
    ? lists
        .get(id)
        ?.find(({ checklist }) => checklist.filter(({ fact }) => bearing.has(kb.facts[fact].number)).length > 1)
    : undefined;
  return list ?? /** @type {Screen} */ (alone.get(id));
}
