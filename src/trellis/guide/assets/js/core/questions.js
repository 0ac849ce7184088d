// The most useful open screen: danger first, then whatever narrows the two ends most, kept together by topic.

import { intervals } from "./answers.js";
import { TRUE, evaluate, openFacts } from "./condition.js";
import { decide } from "./decide.js";
import { endOf, mattering } from "./ends.js";
import { compared, idsOf } from "./explain.js";
import { propagate } from "./joining.js";
import { tells } from "./parsing.js";

/** @typedef {import("./answers.js").Interval} Interval */
/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Need} Need */
/** @typedef {import("./knowledge.js").Screen} Screen */
/** @typedef {import("./parsing.js").Answers} Answers */
/**
 * One screen to ask. `facts` are those on it that are open, for a context none; `factors` the contexts it asks; `needs`
 * those that the answer bears on: the honest answer to "why do you ask?". `again`: the answer on record is too old and
 * tells of danger.
 * @typedef {{screen: Screen, facts: string[], factors: string[], needs: string[], again: boolean}} Question
 */
/**
 * The day, and what the conversation is about: what worries somebody most; `short`: ask about that and danger alone.
 * @typedef {{asOf: string, concerns?: string[], short?: boolean}} About
 */

/** @type {Screen} */
const CONTEXT = { id: "context", topic: "context", facts: [], words: 0, checklist: [] };

/**
 * The most useful open screen, or null when the result is settled or nothing that is left can be answered.
 *
 * In this order: danger on record that is too old; the danger question; where somebody is, when that worries them; which
 * danger; who the person is; then, of the screens that can still matter, those that bear on danger already hinted at;
 * those on what worries somebody most; those that move the worst end most; those that clear most of the needs that hold
 * the worst end where it is. A topic once begun is finished first.
 * @param {Knowledge} kb
 * @param {Answers} answers in the order given
 * @param {About} about
 * @returns {Question | null}
 */
export function nextQuestion(kb, answers, about) {
  const rec = decide(kb, answers, about);
  const { reading } = rec;
  const old = reading.latched.find((name) => !reading.unanswerable.includes(name));
  if (old !== undefined) {
    return { ...questionOn(kb, old), again: true };
  }
  if (rec.settled) {
    return null;
  }
  const opening = (about.concerns ?? []).flatMap((name) => kb.asked.concerns[name].opensWith);
  const sooner = [...kb.firstDanger, ...opening].find((name) => isAskable(reading, kb.facts[name]));
  if (sooner !== undefined) {
    return questionOn(kb, sooner);
  }
  const factors = openFactors(reading);
  const dangers = presentDangers(reading);
  if (factors.length > 0 && dangers.size === 0) {
    return aboutThePerson(factors);
  }
  const matter = mattering(kb, rec.ends);
  const within = askedAtAll(reading, about);
  const found = candidates(rec, matter, dangers).filter(({ facts }) => !within || facts.some((name) => within.has(name)));
  const wanted = factors.length > 0 ? found.filter(({ facts }) => facts.some((name) => dangers.has(name))) : found;
  if (wanted.length === 0) {
    return factors.length > 0 ? aboutThePerson(factors) : null;
  }
  const last = Object.keys(answers)
    .filter((name) => name in kb.facts)
    .pop();
  return wanted.length === 1 ? wanted[0] : mostUseful(rec, wanted, matter, last && kb.facts[last].topic, askedFirst(kb, about));
}

/**
 * What is asked before all else that can matter, and then; empty where nobody said what worries them.
 * @param {Knowledge} kb
 * @param {About} about
 * @returns {string[][]}
 */
function askedFirst({ asked }, { concerns = [] }) {
  return concerns.length > 0 ? [asked.first, concerns.flatMap((name) => asked.concerns[name].facts)] : [];
}

/**
 * What is asked on the short way, danger and what worries somebody; null on the whole way.
 * @param {Reading} reading
 * @param {About} about
 */
function askedAtAll({ kb, lo }, about) {
  const first = askedFirst(kb, about);
  if (!about.short || first.length === 0) {
    return null;
  }
  const opened = Object.entries(kb.asked.opens).filter(([name]) => lo[kb.facts[name].number] > 0);
  return new Set([...kb.asked.always, ...first.flat(), ...opened.flatMap(([, facts]) => facts)]);
}

/**
 * One fact or context by itself, whether it is open or not: for somebody who wants to change an answer.
 * @param {Knowledge} kb
 * @param {string} name
 * @returns {Question}
 */
export function questionOn(kb, name) {
  if (!(name in kb.facts)) {
    return aboutThePerson([name]);
  }
  const { screen, readers } = kb.facts[name];
  const needs = readers.map((place) => kb.needList[place].id);
  return { screen: kb.screens[screen], facts: [name], factors: [], needs, again: false };
}

/** @param {string[]} factors @returns {Question} */
function aboutThePerson(factors) {
  return { screen: CONTEXT, facts: [], factors, needs: [], again: false };
}

/** @param {Reading} reading @param {Fact} fact */
function isAskable({ lo, hi, unanswerable }, { id, number }) {
  return lo[number] < hi[number] && !unanswerable.includes(id);
}

/**
 * The contexts still open, asked together on one screen. One that the answer to an earlier one may make impossible waits.
 * @param {Reading} reading
 */
function openFactors({ kb, contexts, used }) {
  const open = Object.keys(kb.factors).filter((factor) => {
    const values = new Set(contexts.map((number) => kb.contexts[number][factor]));
    return values.size > 1 && (used[factor] ?? []).every(tells);
  });
  return open.filter((factor) => !kb.factors[factor].waitsFor.some((earlier) => open.includes(earlier)));
}

/**
 * What the first question covers, once it was answered with yes: asked even before who the person is.
 * @param {Reading} reading
 */
function presentDangers({ kb, lo, hi }) {
  const first = kb.firstDanger.map((name) => kb.facts[name].number).filter((number) => lo[number] > 0);
  const meant = kb.implications.filter(({ a, i, b }) => first.includes(b) && hi[a] >= i);
  return new Set(meant.map(({ a }) => kb.factList[a].id));
}

/**
 * One question for every screen on which something open bears on a need that matters.
 * @param {Recommendation} rec
 * @param {Need[]} matter
 * @param {Set<string>} dangers
 * @returns {Question[]}
 */
function candidates({ kb, reading }, matter, dangers) {
  const bearing = bearingOn(reading, matter);
  const applies = (/** @type {number} */ number) =>
    reading.contexts.some((context) => !kb.closed[context].includes(number));
  /** @type {Map<Screen, Question>} */
  const offered = new Map();
  for (const fact of bearing.keys()) {
    const screen = screenFor(reading, fact, bearing);
    if (!offered.has(screen)) {
      const asked = screen.checklist.length > 0 ? screen.checklist.map((box) => box.fact) : screen.facts;
      const isDanger = asked.some((name) => dangers.has(name));
      const facts = asked
        .map((name) => kb.facts[name])
        .filter((one) => (bearing.has(one) || isDanger) && applies(one.number) && isAskable(reading, one));
      const needs = new Set(facts.flatMap((one) => [...(bearing.get(one) ?? [])]));
      offered.set(screen, { screen, facts: idsOf(facts), factors: [], needs: idsOf([...needs]), again: false });
    }
  }
  return [...offered.values()];
}

/**
 * The facts to ask, each with the needs it bears on. A fact whose gateways are all unknown gives way to them.
 * @param {Reading} reading
 * @param {Need[]} matter
 * @returns {Map<Fact, Set<Need>>}
 */
function bearingOn(reading, matter) {
  const { kb } = reading;
  /** @type {Map<Fact, Set<Need>>} */
  const found = new Map();
  /** @type {Map<Interval, {gateways: Map<number, Fact[]>, seen: Set<Need>}>} */
  const alike = new Map();
  for (const context of reading.contexts) {
    const interval = intervals(reading, context);
    const { lo, hi } = interval;
    const { gateways, seen } = alike.get(interval) ?? { gateways: gatewaysIn(reading, lo, hi), seen: new Set() };
    alike.set(interval, { gateways, seen });
    // Where the same facts are closed, a need asks for the same: looked at once, it has nothing to add.
    for (const need of matter.filter((one) => !seen.has(one) && one.contexts.includes(context))) {
      seen.add(need);
      for (const number of openFacts(need.node, lo, hi)) {
        for (const fact of gateways.get(number) ?? [kb.factList[number]]) {
          const bearing = found.get(fact) ?? new Set();
          if (!reading.unanswerable.includes(fact.id)) {
            found.set(fact, bearing.add(need));
          }
        }
      }
    }
  }
  return found;
}

/**
 * Per fact that nothing hints at, the open facts that would imply nothing of it once known to be good.
 * @param {Reading} reading
 * @param {Ranks} lo
 * @param {Ranks} hi
 */
function gatewaysIn(reading, lo, hi) {
  const { factList, implications } = reading.kb;
  const hinted = hintedAt(reading.kb, lo);
  /** @type {Map<number, Fact[]>} */
  const gateways = new Map();
  for (const { a, b } of implications) {
    if (!hinted.has(a) && lo[b] < hi[b] && isAskable(reading, factList[b])) {
      gateways.set(a, [...(gateways.get(a) ?? []), factList[b]]);
    }
  }
  return gateways;
}

/** The facts that are meant by something that is known. @param {Knowledge} kb @param {Ranks} lo */
function hintedAt({ implications }, lo) {
  return new Set(implications.filter(({ b, j }) => lo[b] >= j).map(({ a }) => a));
}

/**
 * A checklist while nothing is known of the fact and others on the list matter too; else its own screen.
 * @param {Reading} reading
 * @param {Fact} fact
 * @param {Map<Fact, unknown>} bearing
 * @returns {Screen}
 */
function screenFor({ kb, lo, hi }, { number, top, lists, screen }, bearing) {
  const untouched = lo[number] === 0 && hi[number] === top;
  const isShared = (/** @type {string} */ name) =>
    kb.screens[name].checklist.filter(({ fact }) => bearing.has(kb.facts[fact])).length > 1;
  return kb.screens[(untouched && lists.find(isShared)) || screen];
}

/**
 * By (urgent needs hinted at, fall of the worst end, needs cleared at the worst end's rank, needs cleared), the topic
 * asked last before others. Each is counted as if the screen were answered as well as it can be: that clears needs from
 * above.
 * @param {Recommendation} rec
 * @param {Question[]} wanted
 * @param {Need[]} matter
 * @param {string | undefined} last
 * @param {string[][]} first what is asked before the rest, and then
 * @returns {Question}
 */
function mostUseful({ kb, reading, ends }, wanted, matter, last, first) {
  const hinted = hintedAt(kb, reading.lo);
  const views = ends.map(({ most }) => {
    const open = matter.filter(({ bit }) => (most.brought & bit) !== 0n);
    const plateau = Math.max(0, ...open.map(({ ranks }) => ranks[most.context]));
    return { most, open, plateau, interval: intervals(reading, most.context) };
  });
  const scored = wanted.map((question) => {
    const touched = question.facts.map((name) => kb.facts[name].number);
    const hints = touched.filter((number) => reading.lo[number] > 0 || hinted.has(number));
    const urgent = hints.length > 0 ? question.needs.map((name) => kb.needs[name]).filter((need) => need.urgent) : [];
    const score = [urgent.filter(({ reads }) => hints.some((number) => reads.includes(number))).length, 0, 0, 0];
    /** @type {Map<Interval, Set<Need>>} */
    const left = new Map();
    for (const { most, open, plateau, interval } of views) {
      const remaining = left.get(interval) ?? answeredWell(kb, interval, touched);
      left.set(interval, remaining);
      if (remaining === interval.worst) {
        continue;
      }
      const cleared = open.filter((need) => !remaining.has(need));
      score[1] += most.now[0].rank - endOf(kb, remaining, most.context).now[0].rank;
      score[2] += cleared.filter(({ ranks }) => ranks[most.context] === plateau).length;
      score[3] += cleared.length;
    }
    return { question, score };
  });
  const mostUrgent = Math.max(...scored.map(({ score }) => score[0]));
  let urgent = scored.filter(({ score }) => score[0] === mostUrgent);
  for (const names of first) {
    const sooner = urgent.filter(({ question }) => question.facts.some((name) => names.includes(name)));
    urgent = sooner.length > 0 ? sooner : urgent;
  }
  const together = urgent.filter(({ question, score }) => question.screen.topic === last && score[2] > 0);
  const pool = together.length > 0 ? together : urgent;
  return pool.reduce((best, one) => (compared(one.score, best.score) > 0 ? one : best)).question;
}

/**
 * The needs that still hold at the worst end once these facts were answered as well as they can be. Only those that
 * read a fact that this changes are looked at again.
 * @param {Knowledge} kb
 * @param {Interval} before
 * @param {number[]} facts
 */
function answeredWell(kb, { lo, hi, worst }, facts) {
  const [best, now] = [lo.slice(), hi.slice()];
  for (const number of facts) {
    now[number] = best[number];
  }
  propagate(kb.implications, best, now);
  const changed = new Set(kb.factList.flatMap(({ number, readers }) => (now[number] === hi[number] ? [] : readers)));
  const isLeft = (/** @type {Need} */ { place, node }) => !changed.has(place) || evaluate(node, now, now) === TRUE;
  return changed.size === 0 ? worst : new Set([...worst].filter(isLeft));
}
