// @ts-check
/** What is said right below an answer, before the page is given: a kind word and the number, and what to do in danger. */
import { dangerIn } from "../core/decide.js";
import { saidAtOnce } from "../core/first.js";
import { mayBeUrgent } from "../lookup.js";
import { today } from "../state.js";
import { answersOf } from "./choices.js";
import { actions, calls, where } from "./help.js";
import { html } from "./html.js";
import { joined } from "./joined.js";
import { insideWords, isInside, saidHere } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").Answers} Answers */

/**
 * @param {Ctx} ctx @param {import("./choices.js").Group} one
 * @param {Set<string>} before what was said on this page above: it is not said twice, the number is
 */
export function helpAtOnce(ctx, one, before) {
  const chosen = answersOf(ctx, one);
  const [urgent] = chosen === null ? [] : dangersOf(ctx, chosen);
  const [said] = chosen === null ? [] : saidAtOnce(ctx.kb, chosen);
  const again = said !== undefined && before.has(said);
  before.add(said);
  return html`
    <div role="status">
      ${urgent || said
        ? html`<div class=${urgent ? "danger at-once" : "kind at-once"} key=${urgent || said} ref=${intoView}>
            ${said && !again ? html`<p>${saidHere(ctx, said)}</p>` : null}
            ${urgent ? inDanger(ctx, urgent, !said) : isInside(ctx) ? null : calls(ctx, ctx.talk.atOnce[said].lines)}
            ${again ? null : where(ctx, "plain-button")}
          </div>`
        : null}
    </div>
  `;
}

/** @param {Ctx} ctx @param {string} id @param {boolean} first whether nothing was said before it */
function inDanger(ctx, id, first) {
  const found = ctx.talk.urgent[id];
  if (isInside(ctx)) {
    const words = insideWords(ctx);
    return html`<p>${(ctx.state.whom === "loved_one" ? words.loved_one : words.person)[0]}</p>`;
  }
  return html`
    ${first ? html`<p><strong>${ctx.say("talk.help_inline")}</strong></p>` : null}
    ${found.actions.length ? actions(ctx, found) : calls(ctx, found.lines)}
  `;
}

/** What was just said must be seen, on a small screen too. @param {HTMLElement | null} place */
export function intoView(place) {
  if (place && !place.dataset.seen) {
    place.dataset.seen = "yes";
    place.scrollIntoView({ block: "nearest" });
    passTheBar(place);
  }
}

/** A choice that is half below the bar on top could be hit by mistake: it goes below it as a whole. @param {HTMLElement} place */
function passTheBar(place) {
  const edge = document.querySelector(".top")?.getBoundingClientRect().bottom || 0;
  const choices = Array.from(place.closest("fieldset")?.querySelectorAll(".tile") || [], (tile) => tile.getBoundingClientRect());
  const cut = choices.find(({ top, bottom }) => top < edge && bottom > edge);
  if (cut) {
    window.scrollBy(0, cut.bottom - edge);
  }
}

/** @param {Ctx} ctx @param {Answers} given @returns {string[]} */
function dangersOf(ctx, given) {
  if (!Object.keys(given).some((name) => mayBeUrgent(ctx.kb, name))) {
    return [];
  }
  try {
    const urgent = dangerIn(ctx.kb, joined(ctx, given), { asOf: today() });
    const known = ctx.state.shown;
    return urgent.map((/** @type {any} */ one) => one.id).filter((/** @type {string} */ id) => !known.includes(id));
  } catch {
    return [];
  }
}
