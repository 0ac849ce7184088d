// @ts-check
/** What brings somebody: what worries them most is asked about first, and how much they want to be asked. */
import { aboutThem, givenOfThem, pagesOfThem, toldOfThem } from "./about_them.js";
import { joined, latest } from "./joined.js";
import { withTold } from "../told.js";
import { intoView } from "./at_once.js";
import { calls, where } from "./help.js";
import { html } from "./html.js";
import { minutesOf } from "./left.js";
import { NOT_SURE, worries } from "../state.js";
import { isInside, saidHere } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */

/** The list's name in the record, and that of its draft. */
export const CONCERNS = "concerns";
const WAY = "way";

/** What a concern is called. @param {Ctx} ctx @param {string} id @returns {string} */
export function concernName(ctx, id) {
  return ctx.said(ctx.talk.concerns[id], "title");
}

/** What worries somebody most, as one reads it in a line; "" where nobody said. @param {Ctx} ctx @returns {string} */
export function concernsSaid(ctx) {
  return worries(ctx.state).map((id) => concernName(ctx, id)).join("; ");
}

/** The concerns whose words told this by themselves, as the record says it. @param {Ctx} ctx @param {string} fact */
export function toldByConcern(ctx, fact) {
  return worries(ctx.state)
    .filter((id) => fact in ctx.kb.asked.concerns[id].tells)
    .map((id) => concernName(ctx, id))
    .join("; ");
}

/** @param {Ctx} ctx */
export function concerns(ctx) {
  const { say, state, kb } = ctx;
  const ticked = tickedIn(ctx);
  const short = ticked.length > 0 && !ticked.includes(NOT_SURE);
  const about = (/** @type {boolean} */ isShort) => ({ concerns: short ? ticked : [], short: isShort });
  return html`
    <h1 id="title" tabindex="-1">${say(state.whom === "loved_one" ? "concerns.title.loved_one" : "concerns.title")}</h1>
    <form onSubmit=${(/** @type {Event} */ event) => give(ctx, event)}>
      <fieldset class="question">
        <legend>${say("concerns.several")}</legend>
        <div class="tiles">
          ${[...Object.keys(kb.asked.concerns), NOT_SURE].map((id) => tile(ctx, id, ticked))}
        </div>
        ${kindly(ctx, ticked)} ${pagesToday(ctx, ticked, [])}
      </fieldset>
      ${aboutThem(ctx)} ${pagesToday(ctx, [])}
      ${short
        ? html`<fieldset class="question">
            <legend>${say("concerns.how_much")}</legend>
            <div class="tiles">${way(ctx, "short", about(true))} ${way(ctx, "whole", about(false))}</div>
          </fieldset>`
        : null}
      <div class="actions">
        <button type="submit">${say("talk.next")}</button>
      </div>
    </form>
    <div class="actions">
      <button type="button" class="plain-button" onClick=${() => history.back()}>${say("back")}</button>
    </div>
  `;
}

/** @param {Ctx} ctx @param {string} id @param {string[]} ticked */
function tile(ctx, id, ticked) {
  const after = () => {
    const rest = ticked.filter((one) => one !== id && (one === NOT_SURE) === (id === NOT_SURE));
    return ticked.includes(id) ? rest : [...rest, id];
  };
  return html`
    <label class="tile" key=${id}>
      <input
        type="checkbox"
        name=${CONCERNS}
        value=${id}
        checked=${ticked.includes(id)}
        onChange=${() => ctx.update({ draft: { ...ctx.state.draft, [CONCERNS]: after() } })}
      />
      <span>${id === NOT_SURE ? ctx.say("concerns.not_sure") : concernName(ctx, id)}</span>
    </label>
  `;
}

/** How much to ask, with the minutes that it takes. @param {Ctx} ctx @param {"short" | "whole"} id @param {{concerns: string[], short: boolean}} about */
function way(ctx, id, about) {
  const minutes = minutesOf(ctx, ctx.state.answers, about);
  return html`
    <label class="tile">
      <input
        type="radio"
        name=${WAY}
        value=${id}
        checked=${wayIn(ctx) === id}
        onChange=${() => ctx.update({ draft: { ...ctx.state.draft, [WAY]: id } })}
      />
      <span>${ctx.say(`concerns.${id}`)}${minutes ? html`<br /><small>${ctx.say("concerns.minutes", { minutes })}</small>` : null}</span>
    </label>
  `;
}

/** A kind word and the number, right below what speaks of danger. @param {Ctx} ctx @param {string[]} ticked */
function kindly(ctx, ticked) {
  const said = ticked.map((id) => ctx.kb.asked.concerns[id]?.atOnce).find(Boolean);
  return html`
    <div role="status">
      ${said
        ? html`<div class="kind at-once" key=${said} ref=${intoView}>
            <p>${saidHere(ctx, said)}</p>
            ${isInside(ctx) ? null : calls(ctx, ctx.talk.atOnce[said].lines)}
            ${where(ctx, "plain-button")}
          </div>`
        : null}
    </div>
  `;
}

/** A page to act on today that belongs to what was ticked, or to what was said of the person. @param {Ctx} ctx @param {string[]} ticked @param {string[]} [them] */
export function pagesToday(ctx, ticked, them = pagesOfThem(ctx)) {
  const close = ctx.state.whom === "loved_one";
  const page = (/** @type {string} */ id) => (close && ctx.kb.asked.concerns[id]?.closeMoment) || ctx.kb.asked.concerns[id]?.moment;
  const found = [...new Set([...ticked.map(page).filter(Boolean), ...them])];
  return found.map((id) => html`<p key=${id} class="note">${ctx.say("concerns.today")} ${ctx.link("moments", id, ctx.talk.moments[id])}</p>`);
}

/** The pages to act on today that an answer brings, such as an overdose a short time ago. @param {Ctx} ctx @returns {string[]} */
export function pagesOfAnswers({ kb, state }) {
  const isTold = (/** @type {[string, string[]]} */ [name, steps]) => {
    return steps.includes(/** @type {string} */ (latest(state.answers[name]).value));
  };
  return Object.keys(kb.asked.moments).filter((id) => Object.entries(kb.asked.moments[id]).some(isTold));
}

/** @param {Ctx} ctx @returns {string[]} */
function tickedIn({ state }) {
  const draft = state.draft[CONCERNS];
  return Array.isArray(draft) ? draft : state.concerns;
}

/** @param {Ctx} ctx */
function wayIn({ state }) {
  return state.draft[WAY] || (worries(state).length && !state.short ? "whole" : "short");
}

/** @param {Ctx} ctx @param {Event} event */
function give(ctx, event) {
  event.preventDefault();
  const { kb, state } = ctx;
  const ticked = tickedIn(ctx);
  const chosen = Object.keys(kb.asked.concerns).filter((id) => ticked.includes(id));
  const given = Object.assign({}, ...chosen.map((id) => kb.asked.concerns[id].tells));
  // What the words of an earlier choice told goes with them.
  const before = state.told.filter(({ list }) => list === CONCERNS).map(({ of }) => of);
  const kept = Object.fromEntries(Object.entries(state.answers).filter(([name]) => !before.includes(name)));
  const them = givenOfThem(ctx);
  ctx.go("conversation", {
    relation: them.relation,
    concerns: chosen.length ? chosen : [NOT_SURE],
    short: chosen.length > 0 && wayIn(ctx) === "short",
    answers: joined({ ...ctx, state: { ...state, answers: kept } }, { ...given, ...them.answers }),
    told: toldOfThem(withTold(state.told.filter(({ list }) => list !== CONCERNS), CONCERNS, given, Object.keys(given)), them.answers),
    draft: {},
  });
}
