// @ts-check
/** Printing, and keeping without a server: a locked file, a code, or this device; only when it is asked for. */
import {
  KeepError,
  codeOf,
  forgetDevice,
  keepOnDevice,
  keptOnDevice,
  open,
  openDevice,
  passphraseProblem,
  restore,
  seal,
} from "../keep.js";
import { today } from "../state.js";
import { html } from "./html.js";
import { latest } from "./joined.js";
import { changedIn, download, payload, shortPayload } from "./kept.js";
import { sheet } from "./paper.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../keep.js").Payload} Payload */
/** @typedef {"file" | "open" | "device"} Part */
/** What to say at the end, whether answers were opened, and the id of what to look at. @typedef {{text: string, opened?: boolean, at?: string}} Done */

const SOON = 400;
const CODE = "kept-code";

/** What was just done or went wrong, and where. @type {{part: Part, text: string, opened: boolean, lang: string} | null} */
let told = null;
/** The folds that something was told in: they stay open, whatever is told elsewhere. @type {Set<Part>} */
const unfolded = new Set();
/** The code for these answers. @type {{answers: object, text: string} | null} */
let code = null;
/** Keeps later changes too, once somebody asked for that. @type {import("../keep.js").Keeper | null} */
let keeper = null;
/** @type {object | null} */
let kept = null;
let waiting = 0;

/** @param {Ctx} ctx */
export function keepScreen(ctx) {
  const { say, state } = ctx;
  const something = Object.keys(state.answers).length > 0;
  const ready = Boolean(ctx.more && ctx.next);
  return html`
    <section class="screen-part" key="paper">
      <h1 id="title" tabindex="-1">${say(something ? "keeping.title" : "keeping.title_open")}</h1>
      ${something ? printing(ctx, ready) : null}
    </section>
    ${something && ready ? file(ctx) : null}
    ${something ? [opening(ctx, false), device(ctx, ready, false)] : [device(ctx, false, true), opening(ctx, true)]}
    ${something || keptOnDevice()
      ? html`<details class="more clearing" key="clear">
          <summary>${say("keeping.clear")}</summary>
          <p>${say("keeping.clear_what")}</p>
          <div class="actions">
            <button type="button" class="clear-all" onClick=${() => ctx.actions.clearAll()}>${say("keeping.clear_do")}</button>
          </div>
        </details>`
      : null}
  `;
}

/**
 * Keep what changed since, where somebody chose to keep on this device. Called whenever the state may have changed.
 *
 * @param {Ctx} ctx
 */
export function keepAlong(ctx) {
  if (keeper === null || kept === ctx.state || !ctx.more || !ctx.next) {
    return;
  }
  kept = ctx.state;
  clearTimeout(waiting);
  waiting = setTimeout(() => keeper && keeper.save(payload(ctx)).catch(() => undefined), SOON);
}

/** Whether this device keeps the answers, so that leaving loses none. */
export function isKeeping() {
  return keeper !== null;
}

/** @param {Ctx} ctx @param {boolean} ready */
function printing(ctx, ready) {
  const { say, state, kb } = ctx;
  const hidden = Object.keys(state.answers).some((id) => kb.facts[id] && kb.facts[id].private && !mildest(ctx, id));
  return html`
    <div class="actions">
      <button type="button" disabled=${!ready} onClick=${() => print()}>${say("keeping.print")}</button>
    </div>
    <p class="quiet">${say("keeping.pdf")}</p>
    ${hidden ? html`<p class="quiet">${say("keeping.left_off")}</p>` : null}
    <div class="tiles">
      <label class="tile">
        <input
          type="checkbox"
          checked=${state.detail !== false}
          onChange=${(/** @type {any} */ event) => ctx.update({ detail: event.target.checked })}
        />
        <span>${say("keeping.detail")}</span>
      </label>
      <label class="tile">
        <input
          type="checkbox"
          checked=${state.twoLanguages === true}
          disabled=${!ctx.beside}
          onChange=${(/** @type {any} */ event) => ctx.update({ twoLanguages: event.target.checked })}
        />
        <span>${say("keeping.two_languages")}</span>
      </label>
    </div>
    <details class="more">
      <summary>${say("keeping.preview")}</summary>
      ${ready ? html`<div class="page page-view">${sheet(ctx)}</div>` : html`<p role="status">${say("loading")}</p>`}
    </details>
  `;
}

/** @param {Ctx} ctx @param {string} id */
function mildest(ctx, id) {
  const given = ctx.state.answers[id];
  return (Array.isArray(given) ? given : [given]).every((one) => ctx.kb.facts[id].steps[0] === latest(one).value);
}

/** @param {Ctx} ctx */
function file(ctx) {
  const { say } = ctx;
  const save = async (/** @type {string} */ passphrase) => {
    download(await seal(payload(ctx), passphrase));
    return { text: say("keeping.saved") };
  };
  const show = async (/** @type {string} */ passphrase) => {
    code = { answers: ctx.state.answers, text: await codeOf(await seal(shortPayload(ctx), passphrase)) };
    return { text: "", at: CODE };
  };
  const shown = code && code.answers === ctx.state.answers ? code.text : "";
  return html`
    <details class="more keep-part" key="file">
      <summary>${say("keeping.file")}</summary>
      <form aria-label=${say("keeping.file")} onSubmit=${(/** @type {Event} */ event) => attempt(ctx, "file", event, save)}>
        <p>${say("keeping.file_what")}</p>
        ${passphraseField(ctx, "file", true)}
        <div class="actions">
          <button type="submit">${say("keeping.save")}</button>
          <button
            type="button"
            class="secondary"
            onClick=${(/** @type {Event} */ event) => attempt(ctx, "file", event, show)}
          >
            ${say("keeping.code")}
          </button>
        </div>
      </form>
      ${status("file")}
      ${shown
        ? html`<label>
              ${say("keeping.code_label")}
              <textarea class="keep-code" id=${CODE} rows="6" readonly value=${shown}></textarea>
            </label>
            <div class="actions">
              <button type="button" class="secondary" onClick=${() => copy(ctx, shown)}>${say("keeping.copy")}</button>
            </div>`
        : null}
      <p class="quiet">${say("keeping.clinician")}</p>
    </details>
  `;
}

/** @param {Ctx} ctx @param {boolean} first */
function opening(ctx, first) {
  const { say, state } = ctx;
  const load = async (/** @type {string} */ passphrase, /** @type {HTMLFormElement} */ form) => {
    const [chosen] = /** @type {HTMLInputElement} */ (form.elements.namedItem("file")).files || [];
    const typed = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("code")).value;
    const found = await open(typed.trim() || !chosen ? typed : await chosen.text(), passphrase);
    keeper = null; // What is kept on this device stays as it is: this may be another person's.
    return take(ctx, found);
  };
  return html`
    <details class="more keep-part" key="open" open=${first || unfolded.has("open")}>
      <summary>${say("keeping.open")}</summary>
      <form aria-label=${say("keeping.open")} onSubmit=${(/** @type {Event} */ event) => attempt(ctx, "open", event, load)}>
        ${Object.keys(state.answers).length ? html`<p>${say("keeping.open_over")}</p>` : null}
        <label>
          ${say("keeping.open_file")}
          <input type="file" name="file" accept=".json,application/json,text/plain" />
        </label>
        <label>
          ${say("keeping.open_code")}
          <textarea class="keep-code" name="code" rows="3" autocomplete="off" spellcheck=${false}></textarea>
        </label>
        ${passphraseField(ctx, "open", false)}
        <div class="actions">
          <button type="submit">${say("keeping.open_do")}</button>
        </div>
      </form>
      ${status("open")} ${goOn(ctx, "open")}
    </details>
  `;
}

/** @param {Ctx} ctx @param {boolean} may @param {boolean} first */
function device(ctx, may, first) {
  const { say } = ctx;
  const there = keptOnDevice();
  if (!may && !there) {
    return null;
  }
  const keep = async (/** @type {string} */ passphrase) => {
    keeper = await keepOnDevice(payload(ctx), passphrase);
    return { text: say("keeping.device_kept") };
  };
  const load = async (/** @type {string} */ passphrase) => {
    const found = await openDevice(passphrase);
    keeper = found.keeper;
    return take(ctx, found.payload);
  };
  const remove = () => {
    forgetDevice();
    keeper = null;
    tell(ctx, "device", say("keeping.device_gone"));
  };
  const following = there && keeper !== null;
  return html`
    <details class="more keep-part" key="device" open=${(there && first) || unfolded.has("device")}>
      <summary>${say("keeping.device")}</summary>
      <p>${say("keeping.device_what")}</p>
      <form
        aria-label=${say("keeping.device")}
        onSubmit=${(/** @type {Event} */ event) => attempt(ctx, "device", event, there ? load : keep)}
      >
        ${following ? null : passphraseField(ctx, "device", !there)}
        <div class="actions">
          ${following
            ? null
            : html`<button type="submit">${say(there ? "keeping.device_open" : "keeping.device_keep")}</button>`}
          ${there
            ? html`<button type="button" class="secondary" onClick=${remove}>${say("keeping.device_forget")}</button>`
            : null}
        </div>
      </form>
      ${status("device")} ${goOn(ctx, "device")}
    </details>
  `;
}

/** @param {Ctx} ctx @param {Part | "door"} part @param {boolean} fresh a new one, not one from before */
export function passphraseField(ctx, part, fresh) {
  const { say } = ctx;
  const see = (/** @type {any} */ event) => {
    event.target.form.elements.namedItem("passphrase").type = event.target.checked ? "text" : "password";
  };
  return html`
    <label>
      ${say("keeping.passphrase")}
      <input
        type="password"
        name="passphrase"
        spellcheck=${false}
        autocomplete=${fresh ? "new-password" : "off"}
        aria-describedby=${fresh ? `hint-${part}` : null}
      />
    </label>
    ${fresh ? html`<p class="quiet" id=${`hint-${part}`}>${say("keeping.passphrase_hint")}</p>` : null}
    <label class="tile apart"><input type="checkbox" onChange=${see} /> <span>${say("keeping.see")}</span></label>
  `;
}

/** @param {Part} part */
function status(part) {
  const text = told && told.part === part ? told.text : "";
  return html`<p role="status" class=${text ? "note" : "sr"} lang=${told && told.lang}>${text}</p>`;
}

/** The way on, after something was opened. @param {Ctx} ctx @param {Part} part */
function goOn(ctx, part) {
  const on = () => {
    told = null;
    ctx.go("considered");
  };
  return told && told.opened && told.part === part
    ? html`<div class="actions"><button type="button" onClick=${on}>${ctx.say("considered.title")}</button></div>`
    : null;
}

/** @param {Ctx} ctx @param {Part} part @param {string} text @param {boolean} [opened] */
function tell(ctx, part, text, opened = false) {
  told = { part, text, opened, lang: ctx.state.lang };
  unfolded.add(part);
  ctx.update({});
}

/**
 * Do something with the passphrase of a form, and say what came of it.
 *
 * @param {Ctx} ctx
 * @param {Part} part
 * @param {Event} event
 * @param {(passphrase: string, form: HTMLFormElement) => Promise<Done>} work
 */
async function attempt(ctx, part, event, work) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (/** @type {HTMLElement} */ (event.currentTarget).closest("form"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("passphrase"));
  if (part !== "open" && passphraseProblem(field.value)) {
    tell(ctx, part, ctx.say("keep.problem.short"));
    field.focus();
    return;
  }
  tell(ctx, part, ctx.say("keeping.busy"));
  try {
    const { text, opened, at } = await work(field.value, form);
    field.value = "";
    tell(ctx, part, text, opened);
    document.getElementById(at || "")?.focus();
  } catch (error) {
    const problem = error instanceof KeepError ? ctx.say(`keep.problem.${error.problem}`) : ctx.say("keeping.failed");
    tell(ctx, part, problem);
  }
}

/**
 * Take over what was opened; what could not be read is named.
 *
 * @param {Ctx} ctx
 * @param {Payload} found
 * @returns {Done}
 */
function take(ctx, found) {
  const { say } = ctx;
  const { state, left, other } = restore(ctx.kb, found, today());
  const names = left.map((id) => (ctx.next && ctx.next.facts[id] ? ctx.next.facts[id].name : id));
  ctx.actions.replaceState({ ...state, questions: changedIn(ctx, state), screen: "keep" });
  const text = [
    say("keeping.opened"),
    ...(other ? [say("keep.problem.other_knowledge")] : []),
    ...(names.length ? [say("keep.problem.left", { names: names.join("; ") })] : []),
  ].join(" ");
  return { text, opened: true };
}

/** @param {Ctx} ctx @param {string} text */
async function copy(ctx, text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(ctx, "file", ctx.say("keeping.copied"));
  } catch {
    tell(ctx, "file", ctx.say("keeping.copy_failed"));
  }
}

/** Forget what this screen remembers: the code, the key that keeps, what was told. */
export function forgetKeeping() {
  told = null;
  unfolded.clear();
  code = null;
  keeper = null;
  kept = null;
}
