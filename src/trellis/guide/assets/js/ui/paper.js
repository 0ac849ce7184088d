// @ts-check
/** The printed page, for a talk with a professional: help first, nothing marked, what is open as plain as the rest. */
import { knowsTooLittle, reasonsOf, waysOf } from "../core/account.js";
import { fitOf } from "../core/compare.js";
import { today } from "../state.js";
import { parted } from "./answers.js";
import { because } from "./because.js";
import { consideredSettings, whoLooks } from "./considered.js";
import { filtersOnPaper } from "./filters.js";
import { first } from "./first.js";
import { linesOfTheSite } from "./help.js";
import { concernsSaid } from "./concerns.js";
import { html } from "./html.js";
import { lackWords } from "./lacking.js";
import { nameOfValue } from "./matters.js";
import { barrierName } from "./next.js";
import { answerWords, recordOf } from "./record.js";
import { allPrivate, factsBehind, notRuledOut, openLine, openName, services, takenAlong, unknowns } from "./taking.js";
import { crisisInside, holdPlaces, insideWords, isInCustody, isInside, lookerName } from "../where.js";
import { twins } from "./twins.js";
import { called as wayCalled, told as wayTold } from "./ways.js";

/** @typedef {import("../context.js").Ctx} Ctx */

const REASONS = 8;
const OPEN_SHOWN = 5;
/** What the summary tells: so many reasons, answers behind them, and places, at most. */
const [SUMMED_REASONS, SUMMED_ANSWERS, SUMMED_PLACES] = [3, 4, 3];
const OWN_LINES = 3;
/** More settings than this are shown without what each lacks. */
const IN_FULL = 5;
const REVIEWED_BY_NOBODY = "not clinically reviewed";

/** The page that prints, at the end of the document. @param {{ctx: Ctx}} given */
export function paper({ ctx }) {
  const marked = (/** @type {Element | null} */ page) => {
    document.documentElement.classList.toggle("has-paper", page !== null);
  };
  return html`<div class="page" ref=${marked}>${sheet(ctx)}</div>`;
}

/** What stands on it; in both languages where somebody chose that and the words of both are there. @param {Ctx} ctx */
export function sheet(ctx) {
  const other = ctx.state.twoLanguages ? ctx.beside : null;
  return other
    ? html`<div class="page-two">${twins(written(ctx), written(other), other.state.lang)}</div>`
    : written(ctx);
}

/**
 * The first page says all that a desk needs: who, what, how urgent, what is asked, why, what is open, and the own words.
 * Behind it stands what a longer talk needs.
 *
 * @param {Ctx} ctx
 */
function written(ctx) {
  const { say } = ctx;
  return html`
    ${head(ctx)} ${summary(ctx)} ${danger(ctx)} ${first(ctx, "page-first")} ${reasons(ctx)} ${open(ctx)} ${matters(ctx)}
    ${ownWords(ctx)} ${settings(ctx)} ${waysHere(ctx)}
    <section>
      <h2>${say("paper.questions")}</h2>
      <ol class="page-questions">
        ${takenAlong(ctx).map((text) => html`<li>${text}<span class="page-line"></span></li>`)}
        <li><span class="page-line"></span></li>
      </ol>
    </section>
    ${ctx.places ? ctx.places.onPaper(ctx) : null} ${next(ctx)} ${ctx.state.detail === false ? null : answers(ctx)}
  `;
}

/** Room for what no list holds. @param {Ctx} ctx */
function ownWords({ say }) {
  return html`
    <section>
      <h2>${say("paper.own")}</h2>
      ${Array.from({ length: OWN_LINES }, (_, number) => html`<span key=${number} class="page-line"></span>`)}
    </section>
  `;
}

/** @param {Ctx} ctx */
function head(ctx) {
  const { say, talk } = ctx;
  const day = ctx.day(today());
  const review =
    talk.review === REVIEWED_BY_NOBODY ? say("footer.review") : say("paper.reviewed", { review: talk.review });
  return html`
    <header>
      <p class="page-title">${say("paper.title")}</p>
      <p>${[day, say("paper.language")].join(" · ")}</p>
      <p class="page-name">${say("paper.name")} <span class="page-line"></span></p>
      <p><strong>${review}</strong></p>
    </header>
  `;
}

/** On top, for whoever has half a minute: who it is, what was told, how urgent, and what is asked. @param {Ctx} ctx */
function summary(ctx) {
  const { say } = ctx;
  const worry = concernsSaid(ctx);
  const rows = [
    ["who", who(ctx)],
    ...(worry ? [["worry", worry]] : []),
    ["what", what(ctx)],
    ["urgent", howUrgent(ctx)],
    ["asks", asks(ctx)],
    ...fits(ctx),
  ];
  return html`
    <dl class="page-summary">
      ${rows.map(([key, words]) => html`<div key=${key}><dt>${say(`paper.sum.${key}`)}</dt><dd>${words}</dd></div>`)}
    </dl>
  `;
}

/** What is not ruled out, by name; nothing where almost nothing is known, or where the question names it already. @param {Ctx} ctx */
function fits(ctx) {
  const { rec } = ctx;
  const places = notRuledOut(ctx);
  const named = rec.now !== null && places.length <= SUMMED_PLACES && !rec.urgent.length;
  return knowsTooLittle(rec) || named ? [] : [["fits", ctx.join(places.map(ctx.place))]];
}

/** @param {Ctx} ctx */
function who(ctx) {
  const { say, state } = ctx;
  const known = Object.keys(ctx.kb.factors).filter((name) => state.answers[name] !== undefined).map((name) =>
    say("paper.sum.told", { name: ctx.next.factors[name], answer: answerWords(ctx, name) }),
  );
  const by = state.whom === "me" || state.whom === "loved_one" ? [say("paper.by")] : [];
  return [...by, ...known].join(" · ") || say("paper.sum.no_who");
}

/** What was told that weighs most: the answers behind the first reasons. @param {Ctx} ctx */
function what(ctx) {
  const { rec, say, kb } = ctx;
  const needs = reasonsOf(rec).slice(0, SUMMED_REASONS).map(({ need }) => need);
  const facts = needs.flatMap((id) => factsBehind(ctx, id)).filter((id) => !kb.facts[id].private);
  const told = [...new Set(facts)].slice(0, SUMMED_ANSWERS).map((id) =>
    say("paper.sum.told", { name: openName(ctx, id), answer: answerWords(ctx, id) }),
  );
  return told.length ? told.join("; ") : say("paper.sum.no_what");
}

/** @param {Ctx} ctx */
function howUrgent(ctx) {
  const { rec, say, talk } = ctx;
  const grave = rec.urgent.filter((/** @type {any} */ one) => !allPrivate(ctx, one.needs));
  const look = rec.evaluate.find((/** @type {any} */ one) => one.certain && !allPrivate(ctx, one.needs));
  const parts = [
    ...grave.slice(0, 1).map((/** @type {any} */ one) => say("paper.sum.danger", { title: talk.urgent[one.id].title })),
    ...(look ? [say("paper.see", { who: lookerName(ctx, look.by), soon: ctx.soon(look.withinHours) })] : []),
  ];
  return parts.length ? parts.join(" ") : say("paper.sum.no_hour");
}

/** @param {Ctx} ctx */
function asks(ctx) {
  const { rec, say, state } = ctx;
  const places = notRuledOut(ctx);
  const few = rec.now !== null && places.length <= SUMMED_PLACES;
  const [grave] = rec.urgent.filter((/** @type {any} */ one) => !allPrivate(ctx, one.needs)).map((/** @type {any} */ one) => ctx.talk.urgent[one.id]);
  if (grave && grave.say) {
    return ctx.said(grave, "say");
  }
  const own = state.own.filter((text) => text.trim() !== "").slice(0, 1);
  return [
    few ? say("paper.sum.places", { places: ctx.join(places.map(ctx.place)) }) : say("paper.sum.find_out"),
    ...own,
  ].join(" ");
}

/** A help line in words, for a page that can only be read. @param {Ctx} ctx @param {any} line */
function called({ say }, line) {
  return say("paper.call", { contact: line.contact, what: line.what_for });
}

/** Help first: for everybody in a line, and all of it where danger was told. @param {Ctx} ctx */
function danger(ctx) {
  const { say, rec, state, talk } = ctx;
  const gravest = rec.urgent.find((/** @type {any} */ one) => !allPrivate(ctx, one.needs));
  const found = gravest ? talk.urgent[gravest.id] : null;
  const words = insideWords(ctx) || found;
  const there = crisisInside(ctx);
  return html`
    <section class="page-help">
      ${there ? html`<p><strong>${there}</strong></p>` : null}
      ${there && state.whom !== "loved_one" ? null : html`<p><strong>${say("crisis")}</strong></p>`}
      ${linesOfTheSite(ctx).map((id) => html`<p>${called(ctx, talk.lines[id])}</p>`)}
      ${found
        ? html`<h2>${found.title}</h2>
            <ul>
              ${(state.whom === "loved_one" ? words.loved_one : words.person).map(
                (/** @type {string} */ line) => html`<li>${line}</li>`,
              )}
            </ul>`
        : null}
      ${isInCustody(ctx) ? html`<p>${say("considered.when_out")}</p>` : null}
    </section>
  `;
}

/** What inpatient care and IOP would each give and lack here. @param {Ctx} ctx */
function waysHere(ctx) {
  const found = waysOf(ctx.rec);
  return found.length
    ? html`
        <section>
          <h2>${ctx.talk.choices[found[0].choice].title}</h2>
          ${found.map((way) => html`<p key=${way.column}><strong>${wayCalled(ctx, way)}.</strong> ${wayTold(ctx, way).join(" ")}</p>`)}
        </section>
      `
    : null;
}

/** @param {Ctx} ctx */
function settings(ctx) {
  const { say, rec, talk } = ctx;
  const ids = consideredSettings(ctx);
  const held = holdPlaces(ctx).map(ctx.place);
  if (knowsTooLittle(rec)) {
    return html`
      <section>
        <h2>${say("considered.places")}</h2>
        <p>${say("paper.too_little", { who: whoLooks(ctx) })}</p>
        ${held.length ? html`<p>${say("paper.hold", { places: ctx.join(held) })}</p>` : null}
        <p>${say("paper.places", { places: ctx.join(ids.map(ctx.place)) })}</p>
      </section>
    `;
  }
  return html`
    <section>
      <h2>${say("paper.settings")}</h2>
      <p>${say(rec.settled || rec.now ? "paper.settings_lead" : "paper.settings_open")}</p>
      ${held.length ? html`<p>${say("paper.hold", { places: ctx.join(held) })}</p>` : null}
      <ul class="page-settings">
        ${ids.map((id) => {
          const fit = fitOf(rec, id);
          const name = fit.package ? ctx.package(fit.package.id) : ctx.place(id);
          return html`<li key=${id}>
            <strong>${name}.</strong> ${ctx.said(talk.settings[id], "short")} ${ids.length > IN_FULL ? null : lacking(ctx, fit)}
          </li>`;
        })}
      </ul>
      ${rec.now && rec.next && rec.now.packages.join() !== rec.next.packages.join()
        ? html`<p>${say("next.later_what", { places: ctx.join(rec.next.packages.map(ctx.package)) })}</p>`
        : null}
    </section>
  `;
}

/** @param {Ctx} ctx @param {any} fit */
function lacking(ctx, fit) {
  const rows = (/** @type {boolean} */ certain) =>
    lackWords(ctx, fit.lacking.filter((/** @type {any} */ row) => row.certain === certain && !allPrivate(ctx, row.needs)));
  // What is open stands once, in a list of its own; only where one setting is left does it say what hangs on it.
  const perhaps = notRuledOut(ctx).length === 1 ? rows(false).join(" ") : "";
  const sure = rows(true);
  const less = sure.length ? [ctx.say("considered.lacks"), ...sure] : [];
  return [...less, ...(perhaps ? [ctx.say("ways.short_open", { sentences: perhaps })] : [])].join(" ");
}

/** @param {Ctx} ctx */
function reasons(ctx) {
  const { say, rec } = ctx;
  const found = reasonsOf(rec).filter(({ need }) => !allPrivate(ctx, [need]));
  if (!found.length && knowsTooLittle(rec)) {
    return null; // said above, with whom to ask
  }
  // A danger that is kept off the paper is not told by the words "when the danger has passed" either.
  const isTold = rec.urgent.some((/** @type {any} */ one) => rec.kb.actsAtOnce.includes(one.id) && !allPrivate(ctx, one.needs));
  const listed = (/** @type {boolean} */ apart) => {
    const ids = found.slice(0, REASONS).filter(({ later }) => (isTold && later) === apart);
    return ids.length ? html`<ol>
      ${ids.map(({ need }) => html`<li key=${need}>${because(ctx, need)}</li>`)}
    </ol>` : null;
  };
  const afterwards = listed(true);
  return html`
    <section>
      <h2>${say("paper.reasons")}</h2>
      ${found.length
        ? html`${listed(false)} ${afterwards ? html`<h3>${say("grounds.later")}</h3> ${afterwards}` : null}`
        : html`<p>${rec.settled || rec.now ? say("paper.no_reasons") : say("paper.too_little", { who: whoLooks(ctx) })}</p>`}
      ${found.length > REASONS ? html`<p>${say("paper.more", { count: found.length - REASONS })}</p>` : null}
    </section>
  `;
}

/** @param {Ctx} ctx */
function open(ctx) {
  const { say } = ctx;
  const found = unknowns(ctx);
  if (!found.length) {
    return null;
  }
  return html`
    <section>
      <h2>${say("paper.open")}</h2>
      <ul>
        ${found.slice(0, OPEN_SHOWN).map((id) => html`<li key=${id}>${openLine(ctx, id)}</li>`)}
        ${found.length > OPEN_SHOWN ? html`<li>${say("paper.more", { count: found.length - OPEN_SHOWN })}</li>` : null}
      </ul>
    </section>
  `;
}

/** What matters, what is aimed at, which treatments are on the list. @param {Ctx} ctx */
function matters(ctx) {
  const { say, state, more } = ctx;
  if (!more) {
    return null;
  }
  const rated = Object.entries(state.matters)
    .filter(([id, rating]) => rating > 0 && more.values[id])
    .sort(([, a], [, b]) => b - a)
    .map(([id, rating]) => say("paper.rated", { name: nameOfValue(ctx, id), rating }));
  const aims = state.aims.filter((id) => more.aims[id]).map((id) => ctx.said(more, "aims")[id]);
  const listed = state.approaches.filter((id) => more.approaches[id]).map((id) => more.approaches[id].name);
  if (!rated.length && !aims.length && !listed.length) {
    return null;
  }
  return html`
    <section>
      <h2>${say("paper.matters")}</h2>
      ${rated.length ? html`<p>${rated.join(" · ")}</p>` : null}
      ${aims.length ? html`<p>${say("paper.aims", { names: aims.join("; ") })}</p>` : null}
      ${listed.length ? html`<p>${say("paper.approaches", { names: listed.join("; ") })}</p>` : null}
    </section>
  `;
}

/** Who can look, what to ask for, whom to call to find care. @param {Ctx} ctx */
function next(ctx) {
  const { say, rec, talk } = ctx;
  const sure = rec.evaluate.filter((/** @type {any} */ one) => one.certain);
  const wanted = services(ctx).map((one) => ctx.serviceName(one.id));
  const barriers = rec.barriers.map((/** @type {any} */ one) => barrierName(ctx, one.id));
  return html`
    <section>
      <h2>${say("paper.next")}</h2>
      <ul>
        ${sure.length
          ? sure.map(
              (/** @type {any} */ one) =>
                html`<li key=${one.by}>
                  ${say("paper.see", { who: lookerName(ctx, one.by), soon: ctx.soon(one.withinHours) })}
                </li>`,
            )
          : html`<li>${isInside(ctx) ? ctx.said(insideWords(ctx), "looks") : say("next.anyone")}</li>`}
        ${wanted.length ? html`<li>${say("paper.services", { services: wanted.join("; ") })}</li>` : null}
        ${barriers.length ? html`<li>${say("paper.barriers", { barriers: barriers.join("; ") })}</li>` : null}
        ${(talk.site.phones || []).map(
          (/** @type {any} */ one) =>
            html`<li key=${one.tel}>${one.label}: ${one.tel} ${one.hours ? `(${one.hours})` : ""}</li>`,
        )}
        ${Object.values(talk.lines)
          .filter((line) => line.refers)
          .map((line) => html`<li>${called(ctx, line)}</li>`)}
        <li>${say("paper.locator")}</li>
        ${filtersOnPaper(ctx)}
      </ul>
    </section>
  `;
}

/**
 * What was answered, as it stood on the screen: the lines of a list together, the rest by its short name.
 *
 * @param {Ctx} ctx
 */
function answers(ctx) {
  const { say, kb, next: names } = ctx;
  const open = (/** @type {string} */ id) => id in names.factors || (id in names.facts && !kb.facts[id].private);
  const name = (/** @type {string} */ id) => (id in names.factors ? names.factors[id] : names.facts[id].name);
  const found = recordOf(ctx)
    .map((entry) => ({ ...entry, lines: entry.lines.filter((line) => open(line.of)) }))
    .filter((entry) => entry.lines.length);
  if (!found.length) {
    return null;
  }
  const alone = found.filter((entry) => !entry.list);
  return html`
    <section class="page-answers">
      <h2>${say("paper.answers")}</h2>
      <ul>
        ${alone.map((entry) => html`<li key=${entry.name}><strong>${name(entry.name)}:</strong> ${entry.lines[0].said}</li>`)}
      </ul>
      ${found.filter((entry) => entry.list).map((entry) => list(ctx, entry))}
    </section>
  `;
}

/** @param {Ctx} ctx @param {import("./record.js").Entry} entry */
function list(ctx, entry) {
  const parts = parted(entry).map(([key, said]) => {
    const lines = said.join(" · ");
    return html` <em>${ctx.say(key)}</em> ${key === "record.ticked" ? html`<strong>${lines}</strong>` : lines}`;
  });
  return html`<p>${entry.asked}${parts}</p>`;
}
