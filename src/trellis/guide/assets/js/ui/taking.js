// @ts-check
/** What to take along to a talk: questions made from what was said and what is open, and who can find that out. */
import { openFacts } from "../core/account.js";
import { lifeTold, servicesOf } from "../core/explain.js";
import { isMoreToAsk } from "./asking.js";
import { worries } from "../state.js";
import { isInCustody, lookerName } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/**
 * A question to take along. `usual`: it is on the list until somebody takes it off; `changed`: somebody wrote it anew.
 * @typedef {{id: string, group: string, text: string, on: boolean, usual: boolean, changed: boolean}} Question
 * @typedef {{id: string, group: string, text: string, rank: number}} Made
 */

const USUAL = 12;
const OPEN_SHOWN = 3;
const PLACES = 4;
/** Which come first; what has no rank is there to choose from. */
const RANK = {
  why: 1,
  open: 2,
  safety: 3,
  court: 4,
  barrier: 4,
  life: 4,
  place: 5,
  network: 5,
  together: 6,
  cost: 7,
  works: 8,
  after: 9,
  approach: 10,
  service: 11,
  there: 12,
  therapies: 13,
};
const REST = 99;
/**
 * What there is to ask of daily life, by what was told of it. Leave that a job owes stands with the work of adults alone:
 * the knowledge tells nobody under 18 of it.
 * @type {Record<string, string[]>}
 */
const LIFE = {
  work_fixed_hours: ["leave_law", "leave_pay", "leave_private"],
  work_flexible: ["leave_law", "leave_private"],
  school: ["school_place"],
  sole_carer: ["children_there", "children_cost"],
  shared_carer: ["children_visit"],
};

const [CUSTODY, COURT] = ["in-custody", "justice-coordination"];
/** What there is to ask where a court, an officer or a jail takes part, by the need that tells of it. @type {Record<string, string[]>} */
const OF_COURT = { [CUSTODY]: ["medicine", "medicaid"], [COURT]: ["hours", "leave", "missed", "share"] };

/**
 * The questions, in the order in which they are shown: as they are made, with what somebody changed.
 *
 * @param {Ctx} ctx
 * @returns {Question[]}
 */
export function generateQuestions(ctx) {
  const made = [...choosing(ctx), ...unknown(ctx), ...helping(ctx), ...court(ctx), ...paying(ctx), ...going(ctx)];
  const first = made.filter((one) => one.rank < REST).sort((a, b) => a.rank - b.rank);
  const usual = new Set(first.slice(0, USUAL).map((one) => one.id));
  return made.map(({ id, group, text }) => {
    const own = ctx.state.questions.find((one) => one.id === id);
    const changed = own !== undefined && own.text !== "" && own.text !== text;
    return {
      id,
      group,
      text: changed ? own.text : text,
      on: own ? own.on : usual.has(id),
      usual: usual.has(id),
      changed,
    };
  });
}

/** All that is on the list, the person's own words among it. @param {Ctx} ctx @returns {string[]} */
export function takenAlong(ctx) {
  const chosen = generateQuestions(ctx).filter((one) => one.on);
  return [...chosen.map((one) => one.text), ...ctx.state.own].filter((text) => text.trim() !== "");
}

/** What is kept of the questions: only those that somebody changed. @param {Ctx} ctx */
export function onlyChanged(ctx) {
  const made = generateQuestions(ctx);
  const same = (/** @type {import("../state.js").TakeAlong} */ one) =>
    made.some((found) => found.id === one.id && !found.changed && found.usual === one.on);
  return ctx.state.questions
    .filter((one) => !same(one))
    .map((one) => (made.some((found) => found.id === one.id && !found.changed) ? { ...one, text: "" } : one));
}

/**
 * The settings of what is not ruled out, without the neighbours shown for comparison.
 *
 * @param {Ctx} ctx
 * @returns {string[]}
 */
export function notRuledOut(ctx) {
  const packages = ctx.rec.now ? ctx.rec.now.packages : ctx.rec.between.now;
  return [...new Set(packages.map((/** @type {string} */ id) => /** @type {string} */ (ctx.kb.packages[id].setting)))];
}

/**
 * What is open and matters: first what somebody could not or would not say; then what worries them, and danger; then the
 * rest. A score tells what a professional asks, so that nobody is to look for one first.
 *
 * @param {Ctx} ctx
 * @returns {string[]}
 */
export function unknowns(ctx) {
  const found = openFacts(ctx.rec).filter((fact) => !ctx.kb.facts[fact].private);
  const unsaid = found.filter((fact) => ctx.rec.unanswerable.includes(fact));
  const asking = isMoreToAsk(ctx) || !unsaid.length;
  const { always, concerns } = ctx.kb.asked;
  const near = new Set([...always, ...worries(ctx.state).flatMap((id) => concerns[id].facts)]);
  const place = (/** @type {string} */ fact) => (unsaid.includes(fact) ? 0 : ctx.kb.facts[fact].kind === "score" ? 3 : near.has(fact) ? 1 : 2);
  return asking ? found.sort((a, b) => place(a) - place(b)) : unsaid;
}

/**
 * Who can find out something that is open, and how soon it is usual; empty where nobody is named.
 *
 * @param {Ctx} ctx @param {string} fact
 * @returns {{who: string, soon: string}}
 */
export function whoFinds(ctx, fact) {
  const waiting = ctx.rec.open
    .filter((/** @type {any} */ need) => need.facts.some((/** @type {any} */ one) => one.id === fact))
    .map((/** @type {any} */ need) => need.id);
  const asked = ctx.rec.evaluate.find((/** @type {any} */ one) =>
    one.needs.some((/** @type {string} */ need) => waiting.includes(need)),
  );
  const by = asked ? asked.by : ctx.next && ctx.next.facts[fact] ? ctx.next.facts[fact].who : "";
  if (!by) {
    return { who: "", soon: "" };
  }
  // Only what is certain has an hour: what might be asked for, should an open answer be the worst, hurries nobody. Nor does
  // an hour that is for another matter, except where the open one may be a danger.
  const hurries = ctx.kb.asked.always.includes(fact);
  const view = ctx.rec.evaluate.find((/** @type {any} */ one) => hurries && one.by === by && one.certain);
  return { who: lookerName(ctx, by), soon: view ? ctx.soon(view.withinHours) : "" };
}

/** What something open is about, in a few words; the whole question until those are loaded. @param {Ctx} ctx @param {string} id @returns {string} */
export function openName(ctx, id) {
  return ctx.next ? ctx.next.facts[id].name : ctx.question(id);
}

/**
 * One thing that is open, with who can find it out and how soon.
 *
 * @param {Ctx} ctx
 * @param {string} id
 * @returns {string}
 */
export function openLine(ctx, id) {
  const fact = openName(ctx, id);
  const { who: by, soon } = whoFinds(ctx, id);
  if (!by) {
    return `${fact}.`;
  }
  return soon ? ctx.say("next.open_soon", { fact, who: by, soon }) : ctx.say("next.open_who", { fact, who: by });
}

/** The answered facts that speak for a need that holds. @param {Ctx} ctx @param {string} id @returns {string[]} */
export function factsBehind(ctx, id) {
  const need = ctx.rec.active.find((/** @type {any} */ one) => one.id === id);
  const facts = need ? need.facts.map((/** @type {any} */ one) => one.id) : [];
  return facts.filter((/** @type {string} */ fact) => ctx.state.answers[fact] !== undefined);
}

/**
 * Whether needs rest only on what was answered in private: then they do not stand where others may see them.
 *
 * @param {Ctx} ctx @param {string[]} ids
 */
export function allPrivate(ctx, ids) {
  const hidden = (/** @type {string} */ id) => {
    const need = ctx.rec.active.find((/** @type {any} */ one) => one.id === id);
    const facts = need ? need.facts : [];
    return facts.length > 0 && facts.every((/** @type {any} */ one) => ctx.kb.facts[one.id].private);
  };
  return ids.length > 0 && ids.every(hidden);
}

/**
 * The services to ask for, safety first, without those that tell of something private.
 *
 * @param {Ctx} ctx
 * @returns {any[]}
 */
export function services(ctx) {
  const found = servicesOf(ctx.rec).filter((/** @type {any} */ one) => one.certain && !allPrivate(ctx, one.needs));
  const safe = found.filter((/** @type {any} */ one) => one.safety);
  return [...safe, ...found.filter((/** @type {any} */ one) => !one.safety)];
}

/** @param {Ctx} ctx @returns {Made[]} */
function choosing(ctx) {
  const { say } = ctx;
  const listed = ctx.state.approaches.filter((id) => ctx.more && ctx.more.approaches[id]);
  return [
    ask("choice", "why", say("questions.ask.why")),
    ask("choice", "there", say("questions.ask.there")),
    ...(listed.length ? [] : [ask("choice", "therapies", say("questions.ask.therapies"))]),
    ...listed.flatMap((id) => {
      const { name, questions } = ctx.more.approaches[id];
      const text = say("questions.offers", { name });
      const offers = { id: `offers:${id}`, group: "choice", text, rank: RANK.approach };
      const own = ofOne(ctx, `approach:${id}`, "choice", name, questions, RANK.approach);
      return close(ctx) ? [offers, ...own] : own;
    }),
  ];
}

/** Whether somebody close answers. @param {Ctx} ctx */
function close(ctx) {
  return ctx.state.whom === "loved_one";
}

/**
 * Two questions of a place or treatment: the first is usual, the other there to choose. They speak in the person's own
 * voice, so that for somebody close both are there to choose.
 *
 * @param {Ctx} ctx @param {string} id @param {string} group @param {string} name @param {string[]} questions
 * @param {number} rank
 * @returns {Made[]}
 */
function ofOne(ctx, id, group, name, questions, rank) {
  return questions.slice(0, 2).map((question, place) => ({
    id: `${id}:${place}`,
    group,
    text: ctx.say("questions.of", { name, question }),
    rank: place || close(ctx) ? REST : rank,
  }));
}

/** @param {Ctx} ctx @returns {Made[]} */
function unknown(ctx) {
  return unknowns(ctx)
    .slice(0, OPEN_SHOWN)
    .map((id) => {
      const fact = openName(ctx, id);
      const { who } = whoFinds(ctx, id);
      const text = who ? ctx.say("questions.open_who", { fact, who }) : ctx.say("questions.open", { fact });
      return { id: `open:${id}`, group: "open", text, rank: RANK.open };
    });
}

/** @param {Ctx} ctx @returns {Made[]} */
function helping(ctx) {
  const asked = services(ctx).map((one) => ({
    id: `service:${one.id}`,
    group: "help",
    text: ctx.say("questions.service", { service: ctx.serviceName(one.id) }),
    rank: one.safety ? RANK.safety : RANK.service,
  }));
  const barriers = ctx.rec.barriers
    .filter((/** @type {any} */ one) => `questions.barrier.${one.id}` in ctx.talk.ui)
    .map((/** @type {any} */ one) => ({
      id: `barrier:${one.id}`,
      group: "help",
      text: ctx.say(`questions.barrier.${one.id}`),
      rank: RANK.barrier,
    }));
  return [...asked, ...barriers, ...life(ctx)];
}

/**
 * What to ask about work, school and children, as far as somebody told of them. The first of each is usual, the others
 * are there to choose from.
 *
 * @param {Ctx} ctx
 * @returns {Made[]}
 */
export function life(ctx) {
  return lifeTold(ctx.rec).flatMap((told) =>
    (LIFE[told] || []).map((key, place) => ({
      id: `life:${key}`,
      group: "life",
      text: ctx.say(`questions.life.${key}`),
      rank: place ? REST : RANK.life,
    })),
  );
}

/**
 * What to ask about court, supervision and custody: for the officer, the lawyer, or the health staff inside.
 *
 * @param {Ctx} ctx
 * @returns {Made[]}
 */
export function court(ctx) {
  return courtNeeds(ctx).flatMap((need) =>
    OF_COURT[need].map((key) => ask("court", "court", ctx.say(`questions.court.${key}`), key)),
  );
}

/** The needs that tell of a court, an officer or a jail, as answered or as pressed on a screen of help. @param {Ctx} ctx @returns {string[]} */
export function courtNeeds(ctx) {
  const standing = ctx.rec.active.map((/** @type {any} */ one) => one.id);
  return Object.keys(OF_COURT).filter((need) => standing.includes(need) || isInCustody(ctx));
}

/**
 * What it costs, and two questions of each setting that is not ruled out, where these are few.
 *
 * @param {Ctx} ctx
 * @returns {Made[]}
 */
function paying(ctx) {
  const places = notRuledOut(ctx);
  const few = ctx.more && places.length <= PLACES ? places : [];
  const own = few.flatMap((id, number) => {
    const all = (ctx.more.settings[id].topics.questions || []).map((/** @type {any} */ one) => one.says);
    // The first one is much the same for every setting: one of it is enough.
    return ofOne(ctx, `place:${id}`, "cost", ctx.place(id), number ? all.slice(1) : all, RANK.place);
  });
  const network = close(ctx) ? [ask("cost", "network", ctx.say("questions.ask.network"))] : [];
  return [ask("cost", "cost", ctx.say("questions.ask.cost")), ...network, ...own];
}

/** @param {Ctx} ctx @returns {Made[]} */
function going(ctx) {
  const found = [
    ask("after", "works", ctx.say("questions.ask.works")),
    ask("after", "after", ctx.say("questions.ask.after")),
  ];
  if (!close(ctx)) {
    return found;
  }
  const refuses = { id: "ask:refuses", group: "after", text: ctx.say("questions.ask.refuses"), rank: REST };
  return [...found, ask("after", "together", ctx.say("questions.ask.together")), refuses];
}

/** @param {string} group @param {keyof typeof RANK} name @param {string} text @param {string} [key] where a rank has several @returns {Made} */
function ask(group, name, text, key) {
  return { id: key ? `${name}:${key}` : `ask:${name}`, group, text, rank: RANK[name] };
}
