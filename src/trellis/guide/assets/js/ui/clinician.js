// @ts-check
/**
 * The door for clinicians: what a person kept is opened in this page, and the basis of its result is shown. It stands
 * beside the guide's own answers and never among them: nothing of it is kept, sent or printed with them.
 */
import { context } from "../context.js";
import { stepsOf } from "../core/knowledge.js";
import { KeepError, open, restore } from "../keep.js";
import { spoken } from "../say.js";
import { blank, today } from "../state.js";
import { lines } from "./answers.js";
import { concernsSaid } from "./concerns.js";
import { html } from "./html.js";
import { passphraseField } from "./keep.js";
import { recordOf } from "./record.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./record.js").Entry} Entry */
/** @typedef {{because: string, mapping: "source" | "judgement", sources: number[], note?: string}} NeedBasis */
/**
 * The words of the basis, `clinician/basis.en.json`; a need names its sources by their places.
 * @typedef {{ui: Record<string, any>, needs: Record<string, NeedBasis>, facts: Record<string, string>, sources: string[]}} Basis
 */

/** What is loaded, or on its way, in each language. @type {Record<string, Basis | Promise<void> | null>} */
const loaded = {};
/** What went wrong, or is on its way. */
let told = "";

/** @param {Ctx} ctx */
export function clinician(ctx) {
  const { say, state } = ctx;
  const basis = basisIn(ctx);
  return html`
    <h1 id="title" tabindex="-1">${say("door.title")}</h1>
    <p>${say("door.what")}</p>
    ${state.brought
      ? basis
        ? opened(ctx, state.brought, basis)
        : html`<p role="status">${say(basis === null ? "load_failed" : "loading")}</p>`
      : form(ctx)}
  `;
}

/** The words in this language: asked for when the door is opened, never because of an answer. Null: they did not come. @param {Ctx} ctx @returns {Basis | null | undefined} */
function basisIn(ctx) {
  const { lang } = ctx.state;
  if (!(lang in loaded)) {
    loaded[lang] = fetch(`clinician/basis.${lang}.json`)
      .then(async (answer) => {
        loaded[lang] = answer.ok ? await answer.json() : null;
      })
      .catch(() => {
        loaded[lang] = null;
      })
      .then(() => ctx.update({}));
  }
  const found = loaded[lang];
  return found instanceof Promise ? undefined : found;
}

/** @param {Ctx} ctx */
function form(ctx) {
  const { say } = ctx;
  return html`
    <form aria-label=${say("door.open")} onSubmit=${(/** @type {Event} */ event) => attempt(ctx, event)}>
      <label>
        ${say("door.file")}
        <input type="file" name="file" accept=".json,application/json,text/plain" />
      </label>
      <label>
        ${say("door.code")}
        <textarea class="keep-code" name="code" rows="3" autocomplete="off" spellcheck=${false}></textarea>
      </label>
      ${passphraseField(ctx, "door", false)}
      <p class="quiet">${say("door.passphrase")}</p>
      <div class="actions"><button type="submit">${say("door.do")}</button></div>
    </form>
    <p role="status" class=${told ? "note" : "sr"}>${told}</p>
    <p class="quiet">${say("door.more")}</p>
  `;
}

/** @param {Ctx} ctx @param {Event} event */
async function attempt(ctx, event) {
  event.preventDefault();
  const { elements } = /** @type {HTMLFormElement} */ (event.currentTarget);
  const [chosen] = /** @type {HTMLInputElement} */ (elements.namedItem("file")).files || [];
  const typed = /** @type {HTMLTextAreaElement} */ (elements.namedItem("code")).value;
  const passphrase = /** @type {HTMLInputElement} */ (elements.namedItem("passphrase")).value;
  told = ctx.say("keeping.busy");
  ctx.update({});
  try {
    const found = await open(typed.trim() || !chosen ? typed : await chosen.text(), passphrase);
    const { state, left, other } = restore(ctx.kb, found, today());
    told = "";
    ctx.go("clinician", { brought: { state, left, other, date: found.date, version: found.version } });
  } catch (error) {
    told = error instanceof KeepError ? ctx.say(`keep.problem.${error.problem}`) : ctx.say("keeping.failed");
    ctx.update({});
  }
}

/**
 * What was opened, danger first. It is worked out in a context of its own, in the language of who reads it.
 *
 * @param {Ctx} ctx @param {import("../state.js").Brought} brought @param {Basis} basis
 */
function opened(ctx, brought, basis) {
  const { kb, talk, more, next, update, go, actions, say } = ctx;
  const { lang } = ctx.state;
  const theirs = context({ kb, talk, more, next }, { ...blank(lang), ...brought.state, lang }, { update, go, actions });
  const words = (/** @type {string} */ key, slots = {}) => spoken(basis.ui[key], lang, slots);
  const hidden = (/** @type {string} */ id) => Boolean(kb.facts[id] && kb.facts[id].private);
  const record = recordOf(theirs);
  /** Each question and list with those of its lines that are for the private part, or not. @param {boolean} apart */
  const given = (apart) =>
    record
      .map((entry) => ({ ...entry, lines: entry.lines.filter((line) => hidden(line.of) === apart) }))
      .filter((entry) => entry.lines.length);
  const by = theirs.state.whom === "loved_one" ? "kept.by_other" : "kept.by_self";
  return html`
    <p>${words(by, { date: ctx.day(brought.date) })}</p>
    <p class="note"><strong>${say("door.not")}</strong></p>
    ${given(true).length ? html`<p class="note">${words("kept.private_first")}</p>` : null}
    ${brought.other
      ? html`<p>${words("kept.other_knowledge", { version: brought.version, own: kb.version })}</p>`
      : null}
    ${brought.left.length ? html`<p>${words("kept.left")}: ${brought.left.join(", ")}</p>` : null}
    ${concernsSaid(theirs) ? html`<p><strong>${say("paper.sum.worry")}:</strong> ${concernsSaid(theirs)}</p>` : null}
    ${theirs.state.short ? html`<p>${words("kept.short")}</p>` : null}
    ${danger(theirs, basis)} ${placed(theirs, words)} ${ranges(theirs)} ${looks(theirs, words)}
    ${needs(theirs, basis, words)} ${waiting(theirs, basis, words)}
    ${shown(theirs, say("door.answers"), given(false).filter((entry) => !entry.unsaid))}
    ${shown(theirs, say("door.unsaid"), given(false).filter((entry) => entry.unsaid))}
    ${asking(theirs, words)} ${shown(theirs, words("kept.private_title"), given(true))}
    <h2>${words("basis.provenance")}</h2>
    <ul>
      <li>${words("basis.provenance_knowledge", { version: kb.version, digest: kb.digest })}</li>
      <li>${words("basis.provenance_as_of", { date: today() })}</li>
    </ul>
    <p><strong>${say("footer.review")}</strong></p>
    <div class="actions">
      <button type="button" onClick=${() => ctx.go("clinician", { brought: undefined })}>${say("door.close")}</button>
    </div>
  `;
}

/** @param {Ctx} ctx @param {Basis} basis */
function danger({ rec, talk, say }, basis) {
  return rec.urgent.length
    ? html`<section class="danger-told">
        <h2>${say("door.danger")}</h2>
        ${rec.urgent.map(
          (/** @type {any} */ one) => html`
            <h3>${talk.urgent[one.id].title}</h3>
            <ul>
              ${one.needs.map((/** @type {string} */ id) => html`<li key=${id}>${basis.needs[id].because}</li>`)}
            </ul>
          `,
        )}
      </section>`
    : null;
}

/** The placement where it is settled, and all that is not ruled out where it is not. @param {Ctx} ctx @param {any} words */
function placed(ctx, words) {
  const { rec, kb } = ctx;
  const names = (/** @type {string[]} */ ids) =>
    ids.map((id) => html`<li key=${id}>${words("clinician.place", { place: ctx.package(id), id, rank: kb.packages[id].rank })}</li>`);
  const open = rec.between.now;
  return html`
    <h2>${words("clinician.now")}</h2>
    ${rec.now
      ? html`<ul>
          ${names(rec.now.packages)}
        </ul>`
      : html`<p>
            ${words("clinician.range", {
              least: ctx.package(open[0]),
              most: ctx.package(open[open.length - 1]),
              count: open.length,
            })}
          </p>
          <details class="more">
            <summary>${ctx.say("door.not_ruled_out")}</summary>
            <ul>
              ${names(open)}
            </ul>
          </details>`}
    ${rec.next
      ? html`<h2>${words("clinician.next")}</h2>
          <ul>
            ${names(rec.next.packages)}
          </ul>`
      : null}
  `;
}

/** What is required on every axis, at the least and at the most that the answers allow. @param {Ctx} ctx */
function ranges({ rec, kb, talk, say }) {
  const [least, most] = [rec.sure, rec.possible].map((set) => stepsOf(kb, set, "now"));
  return html`
    <h2>${say("door.ranges")}</h2>
    <p class="quiet">${say("door.ranges_how")}</p>
    <ul class="ranges">
      ${kb.axes.map((/** @type {any} */ { id, steps }, /** @type {number} */ place) => {
        const [low, high] = [least, most].map((ends) => talk.axes[id].steps[steps[ends[place]]]);
        const axis = talk.axes[id].name;
        return html`<li key=${id}>
          ${low === high ? say("door.same", { axis, step: low }) : say("door.range", { axis, low, high })}
        </li>`;
      })}
    </ul>
  `;
}

/** Who must look, and how soon. @param {Ctx} ctx @param {any} words */
function looks(ctx, words) {
  const sure = ctx.rec.evaluate.filter((/** @type {any} */ one) => one.certain);
  return sure.length
    ? html`<h2>${words("clinician.evaluate")}</h2>
        <ul>
          ${sure.map(
            (/** @type {any} */ one) => html`<li key=${one.by}>
              ${ctx.say("next.see", { who: ctx.talk.evaluators[one.by].name, soon: ctx.soon(one.withinHours) })}
            </li>`,
          )}
        </ul>`
    : null;
}

/** The needs that hold, each with what it rests on and its sources. @param {Ctx} ctx @param {Basis} basis @param {any} words */
function needs(ctx, basis, words) {
  const { rec } = ctx;
  return html`
    <h2>${words("basis.title")}</h2>
    ${rec.active.length ? null : html`<p>${words("clinician.no_needs")}</p>`}
    ${rec.active.map((/** @type {any} */ one) => need(ctx, one, basis, words))}
  `;
}

/** @param {Ctx} ctx @param {any} one @param {Basis} basis @param {any} words */
function need(ctx, { id, need: rule, facts, fixed }, basis, words) {
  const { kb, talk } = ctx;
  const { because, mapping, sources, note } = basis.needs[id];
  const rows = kb.axes.flatMap((/** @type {any} */ axis, /** @type {number} */ place) => {
    const step = rule.steps.now[place];
    return step ? [`${talk.axes[axis.id].name}: ${talk.axes[axis.id].steps[axis.steps[step]]}`] : [];
  });
  return html`
    <section class="need" key=${id}>
      <h3>${id}</h3>
      <p>${because}</p>
      <p>${rows.length ? words("basis.requires", { rows: rows.join("; ") }) : words("basis.requires_nothing")}</p>
      ${facts.length
        ? html`<p>${words("basis.facts")}</p>
            <ul>
              ${facts.map(
                (/** @type {any} */ fact) => html`<li key=${fact.id}>
                  ${words("basis.fact", { fact: `${basis.facts[fact.id]} [${fact.id}]`, value: valueOf(ctx, fact.id, words) })}
                </li>`,
              )}
            </ul>`
        : null}
      ${fixed ? html`<p>${words("basis.fixed")}</p>` : null}
      <details class="more">
        <summary>${words("basis.sources")}<span class="sr"> ${id}</span></summary>
        <p>${words(mapping === "source" ? "basis.mapping_source" : "basis.mapping_judgement")}</p>
        ${note ? html`<p>${words("basis.note", { note })}</p>` : null}
        <ul lang="en">
          ${sources.map((place) => html`<li key=${place}>${basis.sources[place]}</li>`)}
        </ul>
      </details>
    </section>
  `;
}

/** The value of a fact, or the range that the answers leave of it. @param {Ctx} ctx @param {string} id @param {any} words */
function valueOf({ kb, talk, rec }, id, words) {
  const { number, steps } = kb.facts[id];
  const { lo, hi } = rec.reading;
  const [best, worst] = [lo[number], hi[number]].map((rank) => talk.facts[id].steps[steps[rank]]);
  return best === worst ? words("basis.fact_value", { value: best }) : words("basis.fact_range", { best, worst });
}

/** What is not known, and which need waits for it. @param {Ctx} ctx @param {Basis} basis @param {any} words */
function waiting({ rec, say }, basis, words) {
  if (!rec.open.length) {
    return null;
  }
  return html`
    <h2>${say("door.unknown")}</h2>
    <p class="quiet">${say("next.open_lead")}</p>
    <details class="more">
      <summary>${say("door.open_needs", { count: rec.open.length })}</summary>
      <ul>
        ${rec.open.map(
          (/** @type {any} */ one) => html`<li key=${one.id}>
            ${words("basis.open_need", {
              id: one.id,
              facts: one.facts.map((/** @type {any} */ fact) => basis.facts[fact.id]).join("; "),
            })}
          </li>`,
        )}
      </ul>
    </details>
  `;
}

/** Answers as they were given: the question or list that was on the screen, and what was chosen. @param {Ctx} ctx @param {string} title @param {Entry[]} entries */
function shown(ctx, title, entries) {
  return entries.length
    ? html`<h2>${title}</h2>
        <dl class="answers">
          ${entries.map(
            (entry) => html`<dt>${entry.asked}</dt>
              <dd>
                ${entry.list ? lines(ctx, entry) : html`<p>${entry.lines[0].said}</p>`}
                <span class="quiet">[${entry.lines.map((line) => line.of).join(", ")}]</span>
              </dd>`,
          )}
        </dl>`
    : null;
}

/** What the person wants to ask, and their own words. @param {Ctx} ctx @param {any} words */
function asking({ state }, words) {
  const listed = state.questions.filter((one) => one.on && one.text.trim() !== "");
  const part = (/** @type {string} */ title, /** @type {string[]} */ lines) =>
    lines.length
      ? html`<h2>${title}</h2>
          <ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
      : null;
  return html`
    ${part(words("kept.questions"), listed.map((one) => one.text))}
    ${part(words("kept.own"), state.own.filter((line) => line.trim() !== ""))}
  `;
}
