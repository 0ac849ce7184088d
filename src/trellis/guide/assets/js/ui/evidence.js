// @ts-check
/** What studies say: a sentence, a picture of 100 people with its numbers in words, and how sure it is. */
import { html } from "./html.js";
import { person, pictogram } from "./pictogram.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./pictogram.js").People} People */
/** `says_loved_one`: as somebody close reads it. @typedef {{says: string, says_loved_one?: string, unverified?: boolean}} Said */
/**
 * `counts`: what is counted, and whether more or less of it is better; `good`: which form the people have.
 * @typedef {{good: boolean, counts: string, groups: {people: People, label: string, words: string}[]}} Picture
 * @typedef {{side: "benefit" | "limits", about: string, says: string, numbers: string[], level: string, sure: string,
 *   studies: string[], unverified?: boolean, picture?: Picture}} Statement
 */

/** A sentence; a star marks general knowledge that was not checked in a source. @param {Ctx} ctx @param {Said} one */
export function sentence(ctx, one) {
  const says = ctx.said(one, "says");
  if (!one.unverified) {
    return says;
  }
  return html`${says}<span aria-hidden="true">*</span><span class="sr"> (${ctx.say("compare.unchecked")})</span>`;
}

/** One sentence as a paragraph, several as a list. @param {Ctx} ctx @param {Said[]} several */
export function sentences(ctx, several) {
  if (several.length === 1) {
    return html`<p>${sentence(ctx, several[0])}</p>`;
  }
  return html`
    <ul>
      ${several.map((one, place) => html`<li key=${place}>${sentence(ctx, one)}</li>`)}
    </ul>
  `;
}

/**
 * One statement: its sentence, its picture and how sure it is; the numbers in words behind a fold.
 * @param {Ctx} ctx
 * @param {string} id of its summary
 */
export function statement(ctx, id) {
  const one = /** @type {Statement} */ (ctx.more.evidence[id]);
  return html`
    <div class="statement" key=${id}>
      <p class="about">${one.about}</p>
      <p>${ctx.said(one, "says")}</p>
      ${one.picture ? drawn(ctx, one.picture, false) : null}
      <p class="quiet">${one.sure}</p>
      <details class="more">
        <summary>${ctx.say("compare.numbers")}<span class="sr">: ${ctx.said(one, "says")}</span></summary>
        ${one.numbers.map((line, place) => html`<p class="quiet" key=${place}>${line}</p>`)} ${sources(ctx, one)}
      </details>
    </div>
  `;
}

/** A statement in a table: the sentence, and the rest behind a fold. @param {Ctx} ctx @param {string} id @param {string} place */
export function shortStatement(ctx, id, place) {
  const one = /** @type {Statement} */ (ctx.more.evidence[id]);
  return html`
    <p>${ctx.said(one, "says")}</p>
    <details class="more">
      <summary>${ctx.say("compare.numbers")}<span class="sr">: ${place}. ${ctx.said(one, "says")}</span></summary>
      <p class="about">${one.about}</p>
      ${one.picture ? drawn(ctx, one.picture, true) : null}
      ${one.numbers.map((line, place) => html`<p key=${place}>${line}</p>`)}
      <p class="quiet">${one.sure}</p>
      ${sources(ctx, one)}
    </details>
  `;
}

/** Whose studies, and whether their numbers were checked. @param {Ctx} ctx @param {Statement} one */
function sources(ctx, one) {
  return html`
    <p class="quiet">
      ${ctx.say("approaches.study", { names: one.studies.join(", ") })}
      ${one.unverified ? html` ${ctx.say("approaches.unverified")}` : null}
    </p>
  `;
}

/**
 * Both groups of 100 next to each other; one picture where only the difference is known. What is counted stands above.
 * @param {Ctx} ctx
 * @param {Picture} picture
 * @param {boolean} keyed whether the signs are told here; else they stand once above
 */
function drawn(ctx, { good, counts, groups }, keyed) {
  const { say } = ctx;
  return html`
    <figure class="hundreds">
      <p class="counted">${counts}</p>
      <div class="pictures">
        ${groups.map(
          ({ people, label, words }, place) => html`
            <div key=${place}>
              <p>${label}</p>
              ${pictogram(people, { label: say("approaches.picture", { words: `${label}: ${words}` }), good })}
              <p aria-hidden="true"><strong>${words}</strong></p>
            </div>
          `,
        )}
      </div>
      ${keyed ? html`<figcaption class="quiet">${signs(ctx, good ? ["good"] : ["bad"])}</figcaption>` : null}
    </figure>
  `;
}

/** What the signs in the pictures mean. @param {Ctx} ctx @param {string[]} forms of people that there are */
export function signs(ctx, forms) {
  const { say } = ctx;
  return html`
    ${forms.includes("good") ? html`<span class="sign">${person("sure", true)} ${say("approaches.key")}</span> ` : null}
    ${forms.includes("bad") ? html`<span class="sign">${person("sure", false)} ${say("approaches.key_bad")}</span> ` : null}
    <span class="sign">${person("perhaps", !forms.includes("bad"))} ${say("approaches.key_perhaps")}</span>
    <span class="sign">${person("rest", true)} ${say("approaches.key_rest")}</span>
  `;
}
