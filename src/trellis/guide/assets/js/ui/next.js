// @ts-check
/** What to do next: who can look, where to find care, what to say, what may stand in the way. */
import { servicesOf } from "../core/explain.js";
import { LOCATOR, filters } from "./filters.js";
import { panels } from "./help.js";
import { html } from "./html.js";
import { court, courtNeeds, life, notRuledOut, openLine, unknowns } from "./taking.js";
import { consent } from "./about_them.js";
import { askAgain } from "./asking.js";
import { holdPlaces, insideWords, isInCustody, isInside, lookerName, lookerWhat } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const OPEN_SHOWN = 3;
const PLACES = 3;
const PERHAPS = 2;
/** Within so many hours nobody asks about money first. */
const HURRIED = 4;
/** The question on a court, an officer or a jail, and which page on a moment fits which need that it brings. */
const INVOLVED = "justice.involvement";
/** @type {Record<string, string>} */
const JUSTICE_PAGES = { leaving_jail: "in-custody", facing_court: "justice-coordination" };
/** What to write to the health staff of a jail, or to say to them by telephone. */
const SLIP = ["see", "medicine", "leaving", "copy"];
const PAYING = ["network", "approval", "days", "share", "parity", "no", "work", "none"];
/** What helps with the usual hindrances, for when nothing was said of them. */
const IN_LIFE = [
  "job_protected_leave",
  "evening_programme",
  "telehealth",
  "childcare",
  "family_programme",
  "transport",
  "interpreter",
  "housing_help",
];
/** The same under 18, where it is school, and leave that a job owes asks for more hours of work than fit beside it. */
const IN_YOUNG_LIFE = ["school_plan", ...IN_LIFE.filter((id) => !["job_protected_leave", "evening_programme"].includes(id))];

/** @param {Ctx} ctx */
export function nextSteps(ctx) {
  const { say, rec } = ctx;
  const title = html`<h1 id="title" tabindex="-1">${say("next.title")}</h1>`;
  if (!ctx.more || !ctx.next) {
    return html`${title}<p role="status">${say("loading")}</p>`;
  }
  const urgent = rec.urgent.map((/** @type {any} */ one) => one.id);
  return html`
    ${title} ${panels(ctx, urgent.slice(0, 1))}
    ${urgent.length > 1
      ? html`<details class="more" key="danger">
          <summary>${say("next.more_help")}</summary>
          ${panels(ctx, urgent.slice(1))}
        </details>`
      : null}
    ${who(ctx)} ${courtAndJail(ctx)} ${open(ctx)} ${tellOfCourt(ctx)} ${find(ctx)} ${call(ctx)} ${asked(ctx)} ${barriers(ctx)} ${consent(ctx)} ${refuses(ctx)} ${later(ctx)}
    <div class="actions">
      <button type="button" onClick=${() => ctx.go("keep")}>${say("next.print")}</button>
    </div>
  `;
}

/** @param {Ctx} ctx */
function who(ctx) {
  const { say, rec } = ctx;
  const sure = rec.evaluate.filter((/** @type {any} */ one) => one.certain);
  const perhaps = rec.evaluate.filter((/** @type {any} */ one) => !one.certain).slice(0, PERHAPS);
  const name = (/** @type {any} */ one) => lookerName(ctx, one.by);
  const held = holdPlaces(ctx).map(ctx.place);
  return html`
    <section>
      <h2>${say("next.who")}</h2>
      ${sure.length
        ? sure.map(
            (/** @type {any} */ one) => html`
              <details class="more" key=${one.by}>
                <summary>${say("next.see", { who: name(one), soon: ctx.soon(one.withinHours) })}</summary>
                <p>${lookerWhat(ctx, one.by)}</p>
              </details>
            `,
          )
        : html`<p>${isInside(ctx) ? ctx.said(insideWords(ctx), "looks") : say("next.anyone")}</p>`}
      ${held.length ? html`<p>${say("next.hold", { places: ctx.join(held) })}</p>` : null}
      ${perhaps.length && sure.length
        ? html`<p class="quiet">${say("next.perhaps", { people: ctx.join(perhaps.map(name)) })}</p>`
        : null}
    </section>
  `;
}

/** Where a court, an officer or a jail takes part: what to do this week, and what to ask. @param {Ctx} ctx */
function courtAndJail(ctx) {
  const asking = court(ctx);
  if (!asking.length) {
    return null;
  }
  return html`
    <section key="court">
      <h2>${ctx.say("questions.group.court")}</h2>
      <p>${ctx.say("next.court")}</p>
      <ul>
        ${courtPages(ctx).map((id) => html`<li key=${id}>${ctx.link("moments", id, ctx.talk.moments[id])}</li>`)}
      </ul>
      <p>${ctx.say("next.court_ask")}</p>
      <ul>
        ${asking.map(({ id, text }) => html`<li key=${id}>${text}</li>`)}
      </ul>
    </section>
  `;
}

/** The pages on moments that fit, the soonest first; for somebody close theirs comes before. @param {Ctx} ctx @returns {string[]} */
function courtPages(ctx) {
  const needs = courtNeeds(ctx);
  const close = ctx.state.whom === "loved_one" && isInCustody(ctx) ? ["loved_one_inside"] : [];
  return [...close, ...Object.keys(JUSTICE_PAGES).filter((id) => needs.includes(JUSTICE_PAGES[id]))];
}

/** A way to say that a court, an officer or a jail takes part: it moves no setting, so that nothing asks for it. @param {Ctx} ctx */
export function tellOfCourt(ctx) {
  return INVOLVED in ctx.state.answers || isInCustody(ctx)
    ? null
    : html`<p key="court">
        <button type="button" class="plain-button" onClick=${() => askAgain(ctx, INVOLVED)}>
          ${ctx.say("considered.court")}
        </button>
      </p>`;
}

/** What nobody has ruled out: unknown is never taken for "no". @param {Ctx} ctx */
function open(ctx) {
  const { say } = ctx;
  const facts = unknowns(ctx);
  if (!facts.length) {
    return null;
  }
  const lines = (/** @type {string[]} */ some) => html`
    <ul>
      ${some.map((id) => html`<li key=${id}>${openLine(ctx, id)}</li>`)}
    </ul>
  `;
  const others = facts.slice(OPEN_SHOWN);
  return html`
    <section key="open">
      <h2>${say("next.open")}</h2>
      <p>${say("next.open_lead")}</p>
      ${lines(facts.slice(0, OPEN_SHOWN))}
      ${others.length
        ? html`<details class="more">
            <summary>${say("next.open_more", { count: others.length })}</summary>
            ${lines(others)}
          </details>`
        : null}
    </section>
  `;
}

/**
 * The site's own telephones first, then lines and pages that help to find care: these are no crisis lines.
 *
 * @param {Ctx} ctx
 */
function find(ctx) {
  const { say, talk } = ctx;
  const { site, lines } = talk;
  const referring = Object.entries(lines).filter(([, line]) => line.refers);
  return html`
    <section key="find">
      <h2>${say("next.find")}</h2>
      ${isInCustody(ctx) ? html`<p>${say("next.find_inside")}</p>` : null}
      ${site.places
        ? html`<p key="places"><button type="button" onClick=${() => ctx.go("places")}>${say("places.to")}</button></p>`
        : null}
      <ul>
        ${(site.phones || []).map(
          (/** @type {any} */ one) => html`
            <li key=${one.tel}>
              ${one.label}: <a href=${`tel:${one.tel}`}>${one.tel}</a>${one.hours ? ` (${one.hours})` : ""}
            </li>
          `,
        )}
        ${(site.links || []).map(
          (/** @type {any} */ one) =>
            html`<li key=${one.address}>${outside(one.address, one.label)}: ${one.what_for}</li>`,
        )}
        ${referring.map(
          ([id, line]) => html`<li key=${id}><a href=${`tel:${line.tel}`}>${line.contact}</a>. ${line.what_for}</li>`,
        )}
        <li key="locator">${outside(`https://${LOCATOR}`, LOCATOR)} ${say("next.locator")}</li>
      </ul>
      ${filters(ctx)}
      <p>${ctx.link("moments", "good_program", say("next.good_program"))}</p>
      ${site.insurance && site.insurance.length
        ? html`<p>${say("next.accepts", { names: ctx.join(site.insurance) })}</p>`
        : null}
    </section>
  `;
}

/** @param {string} address @param {string} text */
function outside(address, text) {
  return html`<a href=${address} target="_blank" rel="noopener noreferrer">${text}</a>`;
}

/** What to say, what to have ready, what to ask about money. @param {Ctx} ctx */
function call(ctx) {
  const { say, rec, state } = ctx;
  const places = notRuledOut(ctx);
  const soonest = rec.evaluate.find((/** @type {any} */ one) => one.certain);
  const language = rec.barriers.some((/** @type {any} */ one) => one.id === "language");
  const hurried = soonest && soonest.withinHours <= HURRIED;
  const [danger] = rec.urgent.map((/** @type {any} */ one) => ctx.talk.urgent[one.id]);
  const calling = danger && danger.say ? [ctx.said(danger, "say")] : null;
  const inside = isInCustody(ctx);
  const script = calling || (inside ? SLIP.map((key) => say(`next.slip.${key}`)) : null) || [
    say("next.say.hello"),
    rec.context && rec.context.focus ? say(`next.say.about.${rec.context.focus}`) : null,
    rec.now && !hurried && places.length <= PLACES
      ? say("next.say.places", { places: ctx.join(places.map(ctx.place)) })
      : say("next.say.assess"),
    soonest ? say(hurried ? "next.say.now" : "next.say.soon", { soon: ctx.soon(soonest.withinHours) }) : null,
    ...(hurried ? [] : [say("next.say.pay"), say("next.say.wait")]),
    language ? say("next.say.language") : null,
  ].filter(Boolean);
  return html`
    <section key="call">
      <h2>${say(inside ? (calling ? "next.say_inside" : "next.slip") : "next.say")}</h2>
      <blockquote>${script.map((line) => html`<p>${line}</p>`)}</blockquote>
      ${state.lang === "es" && !inside ? html`<p class="quiet">${say("next.say.spanish")}</p>` : null}
      <details class="more">
        <summary>${say("next.ready")}</summary>
        <ul>
          ${ready(ctx).map((key) => html`<li key=${key}>${say(`next.ready.${key}`)}</li>`)}
        </ul>
      </details>
      <details class="more">
        <summary>${say("next.pay")}</summary>
        <p>${say("next.pay.lead")}</p>
        <ul>
          ${PAYING.map((key) => html`<li key=${key}>${say(`next.pay.${key}`)}</li>`)}
        </ul>
      </details>
    </section>
  `;
}

/** What to have ready, in this person's case. @param {Ctx} ctx @returns {string[]} */
function ready(ctx) {
  const { rec } = ctx;
  const focus = rec.context ? rec.context.focus : "both";
  const court = rec.active.some((/** @type {any} */ one) => one.dimension === "justice");
  return [
    "card",
    "phone",
    "medicine",
    ...(focus === "mental_health" ? [] : ["use"]),
    "before",
    ...(court ? ["court"] : []),
    "page",
  ];
}

/** The services that are usually asked for. @param {Ctx} ctx */
function asked(ctx) {
  const found = servicesOf(ctx.rec).filter((/** @type {any} */ one) => one.certain);
  return found.length ? named(ctx, "next.services", found.map((/** @type {any} */ one) => one.id)) : null;
}

/** A list of services with what each is. @param {Ctx} ctx @param {string} key @param {string[]} ids */
function named(ctx, key, ids) {
  return html`
    <details class="more" key=${key}>
      <summary>${ctx.say(key)}</summary>
      <ul>
        ${ids
          .filter((id) => ctx.talk.services[id])
          .map((id) => html`<li key=${id}><strong>${ctx.serviceName(id)}.</strong> ${ctx.said(ctx.talk.services[id], "what")}</li>`)}
      </ul>
    </details>
  `;
}

/**
 * What a barrier is called; its whole sentence where it has no short name.
 *
 * @param {Ctx} ctx
 * @param {string} id
 * @returns {string}
 */
export function barrierName(ctx, id) {
  const key = `next.barrier.${id}`;
  return key in ctx.talk.ui ? ctx.say(key) : ctx.said(ctx.talk.barriers[id], "because");
}

/** @param {Ctx} ctx */
function barriers(ctx) {
  const { say, rec } = ctx;
  const asking = life(ctx);
  return html`
    ${asking.length
      ? html`<section key="life">
          <h2>${say("questions.group.life")}</h2>
          <p>${say("next.life_ask")}</p>
          <ul>
            ${asking.map(({ id, text }) => html`<li key=${id}>${text}</li>`)}
          </ul>
        </section>`
      : null}
    ${rec.barriers.length
      ? html`<section key="barriers">
          <h2>${say("next.barriers")}</h2>
          ${rec.barriers.map(
            (/** @type {any} */ one) => html`
              <details class="more" key=${one.id}>
                <summary>${barrierName(ctx, one.id)}</summary>
                <p>${ctx.said(ctx.talk.barriers[one.id], "because")}</p>
                <p>${say("next.barrier_helps", { services: ctx.join(one.accommodations.map(ctx.serviceName)) })}</p>
              </details>
            `,
          )}
        </section>`
      : null}
    ${rec.context && rec.context.age === "adolescent"
      ? named(ctx, "next.life.young", IN_YOUNG_LIFE)
      : named(ctx, "next.life", IN_LIFE)}
  `;
}

/** How to help somebody who does not want help: in view for those who care about a person. @param {Ctx} ctx */
function refuses(ctx) {
  const { say, rec, state, more } = ctx;
  const use = !rec.context || rec.context.focus !== "mental_health";
  const program = use && more.approaches.craft;
  const words = html`
    ${program
      ? html`<p>${say("next.refuses_program")} ${ctx.link("approaches", "craft", program.name)}</p>`
      : null}
    <p>${say("next.refuses_talk")} ${say("next.refuses_safe")}</p>
  `;
  return state.whom === "loved_one"
    ? html`<section key="refuses">
        <h2>${say("next.refuses")}</h2>
        ${words}
      </section>`
    : html`<details class="more" key="refuses">
        <summary>${say("next.refuses")}</summary>
        ${words}
      </details>`;
}

/** After the first part: the way back to daily life. @param {Ctx} ctx */
function later(ctx) {
  const { say, rec, talk } = ctx;
  const goesOn = rec.now && rec.next && rec.now.packages.join() !== rec.next.packages.join();
  if (!goesOn && !rec.aftercare) {
    return null;
  }
  return html`
    <section key="later">
      <h2>${say("next.later")}</h2>
      ${goesOn
        ? html`<p>${say("next.later_what", { places: ctx.join(rec.next.packages.map(ctx.package)) })}</p>`
        : null}
      ${rec.aftercare ? html`<p>${ctx.said(talk.aftercare, "because")}</p>` : null}
    </section>
  `;
}
