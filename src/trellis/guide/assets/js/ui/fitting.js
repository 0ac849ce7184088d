// @ts-check
/** Words on how a setting fits what was said: what it lacks, why, and what it would take. Never a verdict. */
import { toldFor } from "../core/account.js";
import { fitOf } from "../core/compare.js";
import { because } from "./because.js";
import { html } from "./html.js";
import { lackList } from "./lacking.js";
import { isInside } from "../where.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../core/explain.js").Shortfall} Lack */

/** Whether anything was said that a setting can be held against. @param {Ctx} ctx */
export function somethingSaid(ctx) {
  return Object.keys(ctx.state.answers).length > 0;
}

/** Settings in order of support; what is no setting of its own comes last. @param {Ctx} ctx @param {string[]} ids */
export function inOrder(ctx, ids) {
  const rank = (/** @type {string} */ id) => (ctx.kb.packages[id] ? ctx.kb.packages[id].rank : Infinity);
  const known = Object.keys(ctx.talk.settings);
  return [...ids].sort((a, b) => rank(a) - rank(b) || known.indexOf(a) - known.indexOf(b));
}

/** The name of a step of an axis. @param {Ctx} ctx @param {string} axis @param {string} step */
export function given(ctx, axis, step) {
  const words = ctx.talk.axes[axis];
  return ctx.say("compare.given", { axis: words.name, step: words.steps[step] });
}

/** What it lacks for certain, then what it may lack; that it lacks nothing. @param {Ctx} ctx @param {readonly Lack[]} rows */
export function lacks(ctx, rows) {
  const certain = rows.filter((row) => row.certain);
  const maybe = rows.filter((row) => !row.certain);
  if (!rows.length) {
    return html`<p>${ctx.say("compare.lacks_nothing")}</p>`;
  }
  return html`
    ${certain.length ? html`<p>${ctx.say("compare.lacks")}</p>${lackList(ctx, certain)}` : null}
    ${maybe.length ? html`<p>${ctx.say("compare.may_lack")}</p>${lackList(ctx, maybe)}` : null}
  `;
}

/** Why people come to need more, in sentences. @param {Ctx} ctx @param {readonly {id: string}[]} needs */
export function reasons(ctx, needs) {
  const told = toldFor(
    ctx.rec,
    needs.map(({ id }) => id),
  );
  return html`
    <ul>
      ${told.map((/** @type {any} */ { need }) => html`<li key=${need}>${because(ctx, need)}</li>`)}
    </ul>
  `;
}

/** How one place fits what was said, for a cell of the table. @param {Ctx} ctx @param {string} id */
export function fitting(ctx, id) {
  const fit = /** @type {any} */ (fitOf(ctx.rec, id));
  if (fit.package === null) {
    return html`<p>${ctx.say(apart(ctx, fit))}</p>`;
  }
  const joined = fit.package.parts.slice(1).map(ctx.place);
  const later = fit.lackingNext.filter((/** @type {Lack} */ row) => row.certain);
  return html`
    ${joined.length ? html`<p>${ctx.say("compare.joined", { places: ctx.join(joined) })}</p>` : null}
    ${lacks(ctx, fit.lacking)}
    ${fit.more ? html`<p>${ctx.say("compare.gives_more")}</p>` : null}
    ${later.length && !fit.lacking.length
      ? html`<p>${ctx.say("compare.later_lacks")}</p>${lackList(ctx, later)}`
      : null}
    ${whatItTakes(ctx, fit)}
  `;
}

/** @param {Ctx} ctx @param {any} fit */
function apart(ctx, fit) {
  if (fit.now === "not_admitted") {
    return "compare.not_admitted";
  }
  if (ctx.kb.responses[fit.place]) {
    return fit.servesHold && !isInside(ctx) ? "compare.serves_hold" : "compare.response";
  }
  return "compare.add_on";
}

/** @param {Ctx} ctx @param {any} fit */
function whatItTakes(ctx, fit) {
  const { say } = ctx;
  const fixed = new Set(fit.fixed.map((/** @type {any} */ need) => need.id));
  const passing = fit.resolve.filter((/** @type {any} */ need) => !fixed.has(need.id));
  const open = new Set(fit.open.flatMap((/** @type {any} */ need) => need.facts.map((/** @type {any} */ fact) => fact.id)));
  if (!(fit.resolve.length || open.size || fit.arrange.length || fit.barriers.length)) {
    return null;
  }
  const arrange = ctx.join(fit.arrange.map((/** @type {any} */ service) => ctx.serviceName(service.id)));
  return html`
    <details class="more">
      <summary>${say("compare.why")}<span class="sr">: ${ctx.place(fit.place)}</span></summary>
      ${passing.length ? html`<p>${say("compare.resolve")}</p>${reasons(ctx, passing)}` : null}
      ${fixed.size ? html`<p>${say("compare.fixed")}</p>${reasons(ctx, fit.fixed)}` : null}
      ${open.size > 0 ? html`<p>${say("compare.still_open", { count: open.size })}</p>` : null}
      ${arrange ? html`<p>${say("compare.arrange", { services: arrange })}</p>` : null}
      ${fit.barriers.length ? inTheWay(ctx, fit.barriers) : null}
    </details>
  `;
}

/** @param {Ctx} ctx @param {readonly {id: string}[]} barriers */
function inTheWay(ctx, barriers) {
  return html`
    <p>${ctx.say("compare.in_the_way")}</p>
    <ul>
      ${barriers.map(({ id }) => html`<li key=${id}>${ctx.said(ctx.talk.barriers[id], "because")}</li>`)}
    </ul>
  `;
}
