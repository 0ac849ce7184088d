// Writes a recommendation down as tests/guide/conformance.py does: facts, needs, packages and axes by their numbers.

import {
  knowsTooLittle,
  openFacts,
  reasonsOf,
  saidOf,
  waysOf,
  whyHere,
} from "../../../src/trellis/guide/assets/js/core/account.js";
import { intervals } from "../../../src/trellis/guide/assets/js/core/answers.js";
import { fitOf } from "../../../src/trellis/guide/assets/js/core/compare.js";
import { firstOf, saidAtOnce } from "../../../src/trellis/guide/assets/js/core/first.js";
import { exceeding } from "../../../src/trellis/guide/assets/js/core/explain.js";
import { filtersFor } from "../../../src/trellis/guide/assets/js/core/finding.js";
import { bestAnswers, nextQuestion, nextQuestions, tick } from "../../../src/trellis/guide/assets/js/core/interview.js";
import { asked, needsIn } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { matchApproaches } from "../../../src/trellis/guide/assets/js/core/match.js";
import { fare } from "../../../src/trellis/guide/assets/js/core/values.js";

/** What the row expects of the reader, as the reader finds it. */
export function describe(kb, rec, row) {
  const { expect, answers } = row;
  const question = nextQuestion(kb, answers, row);
  const found = { ...decided(kb, rec), question: question && plainQuestion(kb, question) };
  if ("page" in expect) {
    found.open = rec.open.map((need) => plainNeed(need));
    const page = nextQuestions(kb, answers, row);
    found.page = page.map((question) => plainQuestion(kb, question));
    found.best = page.map((question) => plainReplies(bestAnswers(kb, question)));
    if ("ticked" in expect) {
      const ticked = page[0].facts.filter((_, place) => place % 2 === 0);
      found.ticked = plainReplies(tick(page[0], ticked));
    }
  }
  if ("services" in expect) {
    Object.assign(found, explained(kb, rec));
  }
  if ("fits" in expect) {
    const everywhere = [...kb.settings, ...Object.keys(kb.addOns), ...Object.keys(kb.responses)];
    found.fits = everywhere.map((place) => plainFit(kb, fitOf(rec, place)));
    found.fare = plainFare(kb, fare(kb, row.matters, rec));
    found.fareOfAll = plainFare(kb, fare(kb, row.matters));
    found.match = plainMatch(matchApproaches(rec, row.wishes));
  }
  return found;
}

/** Dangers, with the needs that tell of them. */
export function dangers(kb, urgent) {
  return urgent.map((view) => [view.id, ...places(kb, view.needs)]);
}

function decided(kb, rec) {
  const { reading } = rec;
  const { lo, hi } = reading.contexts.length === 1 ? intervals(reading, reading.contexts[0]) : reading;
  return {
    settled: rec.settled,
    context: rec.context,
    facts: lo.map((rank, fact) => `${rank}${hi[fact]}`).join(""),
    now: placed(rec, "now"),
    next: placed(rec, "next"),
    least: ["now", "next"].map((phase) => endOf(rec, phase, "least")),
    most: ["now", "next"].map((phase) => endOf(rec, phase, "most")),
    between: rec.between.now,
    hold: rec.hold && [stepsOf(kb, rec.somewhere, "hold"), holding(rec), rec.hold.responses],
    urgent: dangers(kb, rec.urgent),
    evaluate: rec.evaluate.map((view) => [view.by, view.withinHours, view.certain, ...places(kb, view.needs)]),
    active: rec.active.map((need) => plainNeed(need)),
    reasons: reasonsOf(rec).map(({ need, hour, later, folded }) => [kb.needs[need].place, hour, later, ...places(kb, folded)]),
    latched: reading.latched,
    standing: rec.standing.map(({ name, value, day }) => [name, value, day]),
    expired: rec.expired.map(({ name, value, day }) => [name, value, day]),
    unanswerable: rec.unanswerable,
    aftercare: rec.aftercare,
    first: firstOf(rec),
    tooLittle: knowsTooLittle(rec),
    said: rec.active.map(({ id }) =>
      saidOf(rec, id)
        .map(({ fact, place }) => [fact, rec.reading.used[fact][place].value])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    atOnce: saidAtOnce(kb, Object.fromEntries(Object.entries(rec.reading.used).map(([name, given]) => [name, given[given.length - 1]]))),
  };
}

function explained(kb, rec) {
  const told = [...rec.active, ...rec.open].map(({ need }) => need.place);
  return {
    cleared: rec.needs.map(({ place }) => place).filter((place) => !told.includes(place)),
    rests: rec.active.map(({ need, fixed, dimension }) => [need.place, fixed, dimension, need.urgent]),
    services: rec.services.map((view) => [view.id, view.certain, view.safety, ...places(kb, view.needs)]),
    shortfalls: plainShortfalls(kb, rec.shortfalls),
    shortfallsNext: plainShortfalls(kb, rec.shortfallsNext),
    stepDown: kb.packageList.map((one) => {
      const [resolve, open] = [rec.active, rec.open].map((needs) => exceeding(needs, one));
      return [resolve, open, resolve.filter(({ fixed }) => fixed)].map(placesOf);
    }),
    barriers: rec.barriers.map(({ id, accommodations }) => [id, accommodations]),
    whyHere: kb.packageList.map(({ id }, place) =>
      places(kb, whyHere(rec, id, place > 0 ? kb.packageList[place - 1].id : null)),
    ),
    ways: waysOf(rec).map((way) => [way.choice, way.column, way.package, way.gives, plainRows(kb, way.lacks)]),
    filters: filtersFor(rec).map(({ id }) => id),
    openFacts: openFacts(rec).map((fact) => kb.facts[fact].number),
  };
}

/** The needs that ask for something until somebody has looked. */
function holding({ kb, somewhere }) {
  return needsIn(kb, somewhere)
    .filter(({ brings }) => asked(kb, brings, "hold") !== 0n)
    .map(({ place }) => place);
}

/** A placement, with what is asked for certain and what may be. */
function placed(rec, phase) {
  const asking = [rec.sure, rec.possible].map((brought) => stepsOf(rec.kb, brought, phase));
  return rec[phase] && [rec[phase].packages, rec[phase].rank, ...asking];
}

/** The least or the most over all open contexts, in no order within a rank. */
function endOf({ kb, ends }, phase, side) {
  const rank = (end) => end[phase][0].rank;
  const better = (a, b) => (side === "most" ? rank(b) > rank(a) : rank(b) < rank(a));
  const chosen = ends.map((pair) => pair[side]).reduce((a, b) => (better(a, b) ? b : a));
  return [chosen[phase].map(({ id }) => id).sort(), rank(chosen), stepsOf(kb, chosen.brought, phase)];
}

/** What is asked in a slot as axis and step, without the axes on which nothing is asked. */
function stepsOf(kb, brought, slot) {
  const wanted = asked(kb, brought, slot);
  const isSet = (bit) => (wanted >> BigInt(bit)) % 2n === 1n;
  const steps = kb.axes.map(({ id, steps, at }) => [id, steps.slice(1).filter((_, step) => isSet(at + step)).pop()]);
  return steps.filter(([, step]) => step);
}

function placesOf(views) {
  return views.map(({ need }) => need.place);
}

function places(kb, names) {
  return names.map((name) => kb.needs[name].place);
}

function plainNeed({ need, facts }) {
  return [need.place, ...facts.map(({ number }) => number)];
}

function plainQuestion(kb, { screen, facts, factors, needs, again }) {
  return [screen.id, screen.topic, facts.map((fact) => kb.facts[fact].number), factors, places(kb, needs), again];
}

function plainReplies(replies) {
  const rows = Object.entries(replies).map(([name, one]) => [
    name,
    [one.value, one.at_least ?? false, one.at_most ?? false],
  ]);
  return Object.fromEntries(rows);
}

function plainShortfalls(kb, shortfalls) {
  return Object.values(shortfalls).map((rows) => plainRows(kb, rows));
}

function plainRows(kb, rows) {
  return rows.map(({ axis, asked, given, certain, needs }) => {
    const number = kb.axes.findIndex(({ id }) => id === axis);
    const { steps } = kb.axes[number];
    return [number, steps.indexOf(asked), steps.indexOf(given), certain, ...places(kb, needs)];
  });
}

function plainFit(kb, fit) {
  return [
    fit.package ? fit.package.id : null,
    fit.now,
    fit.more,
    fit.lacking.length,
    fit.lackingNext.length,
    ...[fit.resolve, fit.fixed, fit.open].map(placesOf),
    fit.arrange.map(({ id }) => id),
    fit.barriers.map(({ id }) => id),
    fit.servesHold,
  ];
}

function plainFare(kb, { matters, settings, short, partings }) {
  return {
    matters: matters.map(({ value, rating }) => [value, rating]),
    settings: settings.map(plainSetting),
    short: short.map(plainSetting),
    partings: partings.map((one) => [
      one.setting,
      one.package.id,
      one.values,
      one.lacking.length,
      placesOf(one.resolve),
      one.instead,
    ]),
  };
}

function plainSetting(one) {
  const fares = Object.entries(one.fares).map(([name, { how, why, changed }]) => [name, [how, why, changed]]);
  return [
    one.setting,
    one.package ? one.package.id : null,
    one.standing,
    Object.fromEntries(fares),
    one.well,
    one.hard,
  ];
}

function plainMatch({ ranked, stopped, askAbout, notHeld, ahead }) {
  return {
    ranked: ranked.map((view) => [
      view.approach, view.rules, view.aims, view.summaries, view.inside, view.cautions, [...view.guidance, ...view.against],
    ]),
    stopped: stopped.map(({ approach, stops, guidance }) => [approach, ...stops, ...guidance]),
    askAbout: askAbout.map(({ approach }) => approach),
    notHeld: notHeld.map(({ id }) => id),
    ahead: ahead.map(({ id }) => id),
  };
}
