// @ts-check
/** What somebody told, on the screen of the result: each question and list as it stood, with a way to change it. */
import { askAgain } from "./asking.js";
import { html } from "./html.js";
import { recordOf } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./record.js").Entry} Entry */

/** @param {Ctx} ctx @param {boolean} filled whether the fold may be filled already */
export function answersGiven(ctx, filled) {
  return html`
    <details class="more">
      <summary>${ctx.say("considered.answers")}</summary>
      <dl class="answers">
        ${filled ? recordOf(ctx).map((entry) => row(ctx, entry)) : null}
      </dl>
    </details>
  `;
}

/** @param {Ctx} ctx @param {Entry} entry */
function row(ctx, entry) {
  const id = `${entry.name}${entry.unsaid}`;
  return html`
    <div key=${id}>
      <dt id=${`asked-${id}`}>${entry.asked}</dt>
      <dd>
        ${entry.list ? lines(ctx, entry) : html`<p>${entry.lines[0].said}</p>`}
        <button
          type="button"
          class="plain-button"
          id=${`change-${id}`}
          aria-labelledby=${`change-${id} asked-${id}`}
          onClick=${() => askAgain(ctx, entry.name)}
        >
          ${ctx.say("considered.change")}
        </button>
      </dd>
    </div>
  `;
}

/** The lines of a list: those that were ticked, then those that were not. @param {Ctx} ctx @param {Entry} entry */
export function lines(ctx, entry) {
  return parted(entry).map(
    ([key, said]) => html`
      <p>${ctx.say(key)}</p>
      <ul>
        ${said.map((line) => html`<li>${line}</li>`)}
      </ul>
    `,
  );
}

/**
 * The lines of a list by what was said of them, each part with the key of its words.
 *
 * @param {Entry} entry
 * @returns {[string, string[]][]}
 */
export function parted({ lines: all, unsaid }) {
  const words = (/** @type {boolean} */ chosen) => all.filter((line) => line.chosen === chosen).map((line) => line.said);
  if (unsaid) {
    return [[`record.${unsaid}`, all.map((line) => line.said)]];
  }
  const [ticked, empty] = [words(true), words(false)];
  if (!ticked.length) {
    return [["record.none", empty]];
  }
  return [["record.ticked", ticked], ...(empty.length ? [/** @type {[string, string[]]} */ (["record.not_ticked", empty])] : [])];
}
