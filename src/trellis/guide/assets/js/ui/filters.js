// @ts-check
/** What to choose on FindTreatment.gov for this result: how to pay for all, the rest as it fits. */
import { filtersFor } from "../core/finding.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */

export const LOCATOR = "findtreatment.gov";
/** The parts of its search, in the order in which they are told. */
const GROUPS = ["type", "medicine", "age", "language", "pay"];

/** The filters that fit, by the part of the search they stand in. @param {Ctx} ctx @returns {[string, string[]][]} */
function grouped(ctx) {
  const found = filtersFor(ctx.rec);
  return GROUPS.flatMap((group) => {
    const ids = found.filter((one) => one.group === group).map(({ id }) => id);
    return ids.length ? [/** @type {[string, string[]]} */ ([group, ids])] : [];
  });
}

/** @param {Ctx} ctx */
export function filters(ctx) {
  const { say } = ctx;
  return html`
    <h3>${say("finding.title", { name: LOCATOR })}</h3>
    <p class="quiet">${say("finding.how")}</p>
    <dl class="filters">
      ${grouped(ctx).map(
        ([group, ids]) => html`<div key=${group}>
          <dt>${say(`finding.${group}`)}</dt>
          ${ids.map((id) => {
            const { label, says } = ctx.next.filters[id];
            return html`<dd key=${id}><strong lang="en">${label}</strong>. ${says}</dd>`;
          })}
        </div>`,
      )}
    </dl>
  `;
}

/** The same in few lines, for paper: the names alone, as they stand there. @param {Ctx} ctx */
export function filtersOnPaper(ctx) {
  const { say, next } = ctx;
  if (!next) {
    return null;
  }
  const row = (/** @type {string} */ group, /** @type {string[]} */ ids) =>
    say("finding.row", { group: say(`finding.${group}`), labels: ids.map((id) => next.filters[id].label).join("; ") });
  return html`
    <li>
      ${say("finding.title", { name: LOCATOR })}. ${say("finding.how")}
      ${grouped(ctx).map(([group, ids]) => html`<p key=${group}>${row(group, ids)}</p>`)}
    </li>
  `;
}
