// Writes a recommendation down as tests/guide/conformance.py does: facts, needs, packages and axes by their numbers.

import { openFacts, reasonsOf, whyHere } from "../../../src/trellis/guide/assets/js/core/account.js";
import { fare, fitOf } from "../../../src/trellis/guide/assets/js/core/compare.js";
import { bestAnswers, nextQuestion, nextQuestions, tick } from "../../../src/trellis/guide/assets/js/core/interview.js";
import { matchApproaches } from "../../../src/trellis/guide/assets/js/core/match.js";

/** What the row expects of the reader, as the reader finds it. */
export function describe(kb, rec, row) {
  const { expect, answers, asOf } = row;
  const question = nextQuestion(kb, answers, { asOf });
  const found = { ...decided(kb, rec), question: question && plainQuestion(kb, question) };
  if ("page" in expect) {
    found.open = rec.open.map((need) => plainNeed(kb, need));
    const page = nextQuestions(kb, answers, { asOf });
    found.page = page.map((question) => plainQuestion(kb, question));
    found.best = page.map((question) => plainReplies(bestAnswers(kb, question)));
    if ("ticked" in expect) {
      const ticked = page[0].facts.filter((_, place) => place % 2 === 0);
      found.ticked = plainReplies(tick(kb, page[0], ticked));
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
  return urgent.map((view) => [view.id, view.latched, ...places(kb, view.needs)]);
}

function decided(kb, rec) {
  const rank = (fact, step) => kb.facts[fact].steps.indexOf(step);
  return {
    settled: rec.settled,
    context: rec.context,
    facts: Object.values(rec.facts)
      .map(({ id, best, worst }) => `${rank(id, best)}${rank(id, worst)}`)
      .join(""),
    now: placed(rec.now),
    next: placed(rec.next),
    least: [placed(rec.least.now), placed(rec.least.next)],
    most: [placed(rec.most.now), placed(rec.most.next)],
    between: [rec.between.now, rec.between.next],
    hold: rec.hold && [rec.hold.requirement, places(kb, rec.hold.needs), rec.hold.responses],
    urgent: dangers(kb, rec.urgent),
    evaluate: rec.evaluate.map((view) => [
      view.by,
      view.withinHours,
      view.certain,
      places(kb, view.needs),
      places(kb, view.sooner),
    ]),
    active: rec.active.map((need) => plainNeed(kb, need)),
    reasons: reasonsOf(rec).map(({ need, hour, folded }) => [kb.needs[need].place, hour, ...places(kb, folded)]),
    latched: rec.latched,
    standing: rec.standing.map(({ fact, value, day, until }) => [fact, value, day, until]),
    set_aside: rec.setAside,
    expired: rec.expired.map(({ name, value, day, until }) => [name, value, day, until]),
    unanswerable: rec.unanswerable,
    disagreements: rec.disagreements.map(({ fact, values, sources }) => [fact, values, sources]),
    aftercare: rec.aftercare !== null,
  };
}

function explained(kb, rec) {
  return {
    sources: Object.values(rec.facts)
      .filter(({ source }) => source)
      .map(({ id, source, date, fixed, latched }) => [kb.facts[id].number, source, date, fixed, latched]),
    cleared: rec.cleared.map((need) => plainNeed(kb, need)),
    fixed: rec.needs.filter(({ fixed }) => fixed).map(({ id }) => kb.needs[id].place),
    requires: rec.active.map(({ id, phase, dimension, group, urgent, requires }) => [
      kb.needs[id].place,
      phase,
      dimension,
      group,
      urgent,
      ...requires,
    ]),
    services: rec.services.map((view) => [view.id, view.certain, view.gap, view.safety, ...places(kb, view.needs)]),
    shortfalls: plainShortfalls(kb, rec.shortfalls),
    shortfallsNext: plainShortfalls(kb, rec.shortfallsNext),
    stepDown: Object.values(rec.stepDown).map(({ resolve, open, fixed }) =>
      [resolve, open, fixed].map((names) => places(kb, names)),
    ),
    barriers: rec.barriers.map(({ id, packages, accommodations }) => [id, packages, accommodations]),
    whyHere: kb.packageList.map(({ id }, place) =>
      places(kb, whyHere(rec, id, place > 0 ? kb.packageList[place - 1].id : null)),
    ),
    openFacts: openFacts(rec).map(({ fact, needs, who }) => [kb.facts[fact].number, places(kb, needs), who]),
    conflicts: rec.conflicts.map((one) => [
      one.kind,
      one.packages,
      one.nextSufficient,
      one.lesser,
      one.interim,
      one.lookAgain,
      one.certain,
    ]),
  };
}

function places(kb, names) {
  return names.map((name) => kb.needs[name].place);
}

function placed(placement) {
  return placement && [placement.packages, placement.rank, placement.requirement, placement.upTo];
}

function plainNeed(kb, { id, facts }) {
  return [kb.needs[id].place, ...facts.map((fact) => kb.facts[fact.id].number)];
}

function plainQuestion(kb, { screen, topic, facts, factors, needs, again }) {
  return [screen.id, topic, facts.map((fact) => kb.facts[fact].number), factors, places(kb, needs), again];
}

function plainReplies(replies) {
  const rows = Object.entries(replies).map(([name, one]) => [
    name,
    [one.value, one.at_least ?? false, one.at_most ?? false],
  ]);
  return Object.fromEntries(rows);
}

function plainShortfalls(kb, shortfalls) {
  return Object.values(shortfalls).map((rows) =>
    rows.map(({ axis, asked, given, certain, needs }) => {
      const number = kb.axes.findIndex(({ id }) => id === axis);
      const { steps } = kb.axes[number];
      return [number, steps.indexOf(asked), steps.indexOf(given), certain, ...places(kb, needs)];
    }),
  );
}

function plainFit(kb, fit) {
  return [
    fit.package ? fit.package.id : null,
    fit.now,
    fit.next,
    fit.more,
    fit.lacking.length,
    fit.lackingNext.length,
    ...[fit.resolve, fit.fixed, fit.open].map((needs) => needs.map(({ id }) => kb.needs[id].place)),
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
      one.resolve.map(({ id }) => kb.needs[id].place),
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

function plainMatch({ ranked, stopped, askAbout }) {
  return {
    ranked: ranked.map((view) => [
      view.approach,
      view.order,
      view.rules,
      view.aims,
      view.summaries,
      view.certainty,
      view.size,
      view.wanted,
      view.unwanted,
      view.inside,
      view.cautions,
    ]),
    stopped: stopped.map(({ approach, stops, rules }) => [approach, stops, rules]),
    askAbout: askAbout.map(({ approach, rules }) => [approach, rules]),
  };
}
