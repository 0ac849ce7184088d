// @ts-check
/** Treatments: those that are considered for what was said, what studies found as 100 people, and how sure that is. */
import { matchApproaches } from "../core/match.js";
import { sentences, signs, statement } from "./evidence.js";
import { somethingSaid } from "./fitting.js";
import { html } from "./html.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../core/match.js").ApproachView} ApproachView */

/** So many are shown in full; the others can be opened. */
const IN_FULL = 4;
const AIMS_SHOWN = 6;

/** @param {Ctx} ctx */
export function approaches(ctx) {
  const { say } = ctx;
  const title = html`<h1 id="title" tabindex="-1">${say("approaches.title")}</h1>`;
  if (!ctx.more) {
    return html`${title}<p role="status">${say("loading")}</p>`;
  }
  const found = matchApproaches(ctx.rec, { aims: ctx.state.aims });
  return html`
    ${title}
    <p>${say("approaches.lead")}</p>
    ${aims(ctx)} ${taken(ctx)}
    <p class="quiet">${say("approaches.pictures")} ${signs(ctx, ["good", "bad"])}</p>
    ${fitting(ctx, found)}
    <p class="quiet">${say("compare.unchecked_note")}</p>
    <p class="quiet">${say("approaches.note")}</p>
  `;
}

/** @param {Ctx} ctx */
function aims(ctx) {
  const { say, state } = ctx;
  const ids = Object.keys(ctx.more.aims);
  const first = [...new Set([...state.aims, ...ids.slice(0, AIMS_SHOWN)])];
  const others = ids.filter((id) => !first.includes(id));
  const change = (/** @type {string} */ id) =>
    ctx.update({ aims: state.aims.includes(id) ? state.aims.filter((one) => one !== id) : [...state.aims, id] });
  // In the order of the list, so that a box does not jump when it is ticked.
  const boxes = (/** @type {string[]} */ some) => html`
    <div class="tiles two">
      ${ids
        .filter((id) => some.includes(id))
        .map(
          (id) => html`
            <label class="tile" key=${id}>
              <input type="checkbox" name=${`aim-${id}`} checked=${state.aims.includes(id)} onChange=${() => change(id)} />
              <span>${ctx.said(ctx.more, "aims")[id]}</span>
            </label>
          `,
        )}
    </div>
  `;
  return html`
    <fieldset class="question">
      <legend>${say("approaches.aims")}</legend>
      <p class="quiet">${say("approaches.aims_how")}</p>
      ${boxes(first)}
      <details class="more">
        <summary>${say("approaches.aims_more", { count: others.length })}</summary>
        ${boxes(others)}
      </details>
    </fieldset>
  `;
}

/** What is on the list to take along. @param {Ctx} ctx */
function taken(ctx) {
  const names = ctx.state.approaches.filter((id) => ctx.more.approaches[id]).map((id) => ctx.more.approaches[id].name);
  return html`<p role="status">${names.length ? ctx.say("approaches.taken", { names: ctx.join(names) }) : null}</p>`;
}

/** @param {Ctx} ctx @param {ReturnType<typeof matchApproaches>} found */
function fitting(ctx, found) {
  const { say } = ctx;
  const { ranked, stopped, askAbout, notHeld, ahead } = found;
  const rest = ranked.slice(IN_FULL);
  return html`
    ${ahead.length ? html`<h2>${say("approaches.ahead")}</h2>${treatmentsElsewhere(ctx, ahead)}` : null}
    ${somethingSaid(ctx) || ranked.length ? html`<h2>${say("approaches.fitting")}</h2>` : null}
    ${ranked.length
      ? html`<p>${say("approaches.reasons_to")}</p>
          <details class="more">
            <summary>${say("approaches.order")}</summary>
            <p>${say("approaches.order_how")}</p>
          </details>
          ${cards(ctx, ranked.slice(0, IN_FULL))}`
      : html`<p>${say("approaches.fitting_none")}</p>`}
    ${rest.length
      ? html`<details class="more wide" key="rest">
          <summary>${say("approaches.more_fit", { count: rest.length })}</summary>
          ${cards(ctx, rest)}
        </details>`
      : null}
    ${elsewhere(ctx, notHeld.filter((one) => !ahead.includes(one)))} ${toAsk(ctx, askAbout)} ${before(ctx, stopped)}
    <p>
      <a href=${`${ctx.state.lang}/read/talking.html`} data-read="">${say("approaches.talking")}</a>.
      ${" "}${say("approaches.talking_what")}
    </p>
  `;
}

/** @param {Ctx} ctx @param {ApproachView[]} views */
function cards(ctx, views) {
  return html`
    <ul class="cards plain">
      ${views.map((view) => html`<li class="card" key=${view.approach}>${card(ctx, view)}</li>`)}
    </ul>
  `;
}

/** One approach: the same parts for each, benefit and limits in the same size. @param {Ctx} ctx @param {ApproachView} view */
function card(ctx, view) {
  const { say } = ctx;
  const one = ctx.more.approaches[view.approach];
  const named = html`<span class="sr">: ${one.name}</span>`;
  return html`
    <h3>${one.name}</h3>
    ${sentences(ctx, [one.what])} ${take(ctx, view.approach, one.name)} ${why(ctx, view, named)}
    ${studies(ctx, view, named)}
    <details class="more">
      <summary>${say("approaches.how")}${named}</summary>
      ${sentences(ctx, [...one.format, ...one.sessions, ...(one.length || []), ...one.given_by])}
      <h4>${say("approaches.asks")}</h4>
      ${sentences(ctx, one.asks)}
      <h4>${say("approaches.hard")}</h4>
      ${sentences(ctx, one.drawbacks)}
      ${one.not_for.length ? html`<h4>${say("approaches.not_for")}</h4>${sentences(ctx, one.not_for)}` : null}
      <h4>${say("approaches.questions")}</h4>
      <ul>
        ${one.questions.map((/** @type {string} */ question) => html`<li>${question}</li>`)}
      </ul>
      <p class="read">${ctx.link("approaches", view.approach, say("approaches.read", { name: one.name }))}</p>
    </details>
  `;
}

/** @param {Ctx} ctx @param {string} id @param {string} name */
function take(ctx, id, name) {
  const { approaches: listed } = ctx.state;
  const on = listed.includes(id);
  const change = () => ctx.update({ approaches: on ? listed.filter((one) => one !== id) : [...listed, id] });
  return html`
    <label class="tile apart">
      <input type="checkbox" name=${`take-${id}`} checked=${on} onChange=${change} />
      <span>${ctx.say("approaches.take")}<span class="sr">: ${name}</span></span>
    </label>
  `;
}

/** Why it is considered, and what to ask before. @param {Ctx} ctx @param {ApproachView} view @param {any} named */
function why(ctx, view, named) {
  const { say, more } = ctx;
  const rule = (/** @type {string} */ id) => ctx.said(more.rules[id], "because");
  const aim = (/** @type {string} */ id) =>
    say("approaches.aim_how", { aim: ctx.said(more, "aims")[id], how: ctx.said(more, "serves")[id][view.approach] });
  const guidance = (/** @type {string} */ id) => ctx.said(more, "guidance")[id];
  const lines = [...new Set(view.guidance.map(guidance)), ...view.rules.map(rule), ...view.aims.map(aim)];
  const places = view.inside.filter((id) => ctx.talk.settings[id]).map(ctx.place);
  const { prescriber } = ctx.kb.approaches[view.approach];
  return html`
    ${lines.length
      ? html`<details class="more">
          <summary>${say("approaches.why")}${named}</summary>
          <ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>
          ${places.length ? html`<p>${say("approaches.inside", { places: ctx.join(places) })}</p>` : null}
        </details>`
      : null}
    ${prescriber ? html`<p class="quiet">${say("approaches.prescriber")}</p>` : null}
    ${view.cautions.length || view.against.length
      ? html`<h4>${say("approaches.mind")}</h4>
          <ul>
            ${view.against.map((id) => html`<li key=${id}>${guidance(id)}</li>`)}
            ${view.cautions.map((id) => html`<li key=${id}>${rule(id)}</li>`)}
          </ul>`
      : null}
  `;
}

/** What speaks for it and its limits, one of each in view, the others behind a fold. @param {Ctx} ctx @param {ApproachView} view @param {any} named */
function studies(ctx, view, named) {
  const { say, more } = ctx;
  const { evidence } = more.approaches[view.approach];
  const fitting = (/** @type {string[]} */ ids) => {
    const here = ids.filter((id) => view.summaries.includes(id));
    return [...here, ...ids.filter((id) => !here.includes(id))];
  };
  // What can be drawn comes first: a picture of 100 people says most.
  const drawn = (/** @type {string[]} */ ids) => [
    ...ids.filter((id) => more.evidence[id].picture),
    ...ids.filter((id) => !more.evidence[id].picture),
  ];
  const here = evidence.benefit.filter((/** @type {string} */ id) => view.summaries.includes(id));
  const benefit = [...new Set([...drawn(here), ...drawn(evidence.benefit)])];
  const limits = fitting(evidence.limits);
  const rest = [...benefit.slice(1), ...limits.slice(1)];
  return html`
    <div class="both-sides">
      <div>
        <h4>${say("approaches.benefit")}</h4>
        ${benefit.length ? statement(ctx, benefit[0]) : known(ctx, more.approaches[view.approach].known)}
      </div>
      <div>
        <h4>${say("approaches.limits")}</h4>
        ${limits.length ? statement(ctx, limits[0]) : html`<p>${say("approaches.no_limits")}</p>`}
      </div>
    </div>
    ${rest.length
      ? html`<details class="more">
          <summary>${say("approaches.more_studies", { count: rest.length })}${named}</summary>
          ${rest.map((id) => statement(ctx, id))}
        </details>`
      : null}
  `;
}

/** What is known of an approach without a study that counts people, and who says so. @param {Ctx} ctx @param {any[]} several */
function known(ctx, several) {
  return several.length
    ? html`<p>${ctx.say("approaches.no_benefit")}</p>
        ${sentences(ctx, several)}`
    : html`<p>${ctx.say("approaches.no_benefit_known")}</p>`;
}

/** @param {Ctx} ctx @param {{approach: string}[]} several */
function toAsk(ctx, several) {
  const { say, more } = ctx;
  if (!several.length) {
    return null;
  }
  return html`
    <details class="more" key="ask">
      <summary>${say("approaches.also_ask", { count: several.length })}</summary>
      <p>${say("approaches.also_ask_how")}</p>
      <ul>
        ${several.map(
          ({ approach }) =>
            html`<li key=${approach}>${ctx.link("approaches", approach, more.approaches[approach].name)}</li>`,
        )}
      </ul>
    </details>
  `;
}

/** Treatments that are not held here, each with who says so. @param {Ctx} ctx @param {import("../core/knowledge.js").Guided[]} several */
function treatmentsElsewhere({ more, said }, several) {
  return html`
    <ul>
      ${several.map(({ id }) => html`<li key=${id}><b>${more.notHeld[id]}.</b> ${said(more, "guidance")[id]}</li>`)}
    </ul>
  `;
}

/** What guidance names and is not held here, then what it is against. @param {Ctx} ctx @param {import("../core/knowledge.js").Guided[]} several */
function elsewhere(ctx, several) {
  const { say } = ctx;
  const against = several.filter(({ line }) => line === "against");
  const named = several.filter(({ line }) => line !== "against");
  return html`
    ${named.length ? html`<h2>${say("approaches.elsewhere")}</h2>${treatmentsElsewhere(ctx, named)}` : null}
    ${against.length
      ? html`<details class="more" key="against"><summary>${say("approaches.guidance_against")}</summary>${treatmentsElsewhere(ctx, against)}</details>`
      : null}
  `;
}

/** What the answers speak against, each with its reason. @param {Ctx} ctx @param {import("../core/match.js").Stopped[]} several */
function before(ctx, several) {
  const { say, more } = ctx;
  if (!several.length) {
    return null;
  }
  return html`
    <details class="more" key="before">
      <summary>${say("approaches.ask_before", { count: several.length })}</summary>
      <ul>
        ${several.map(
          ({ approach, stops, guidance }) => html`
            <li key=${approach}>
              ${ctx.link("approaches", approach, more.approaches[approach].name)}${": "}
              ${stops.map((id) => html`${ctx.said(more.rules[id], "because")} `)}
              ${guidance.map((id) => html`${ctx.said(more, "guidance")[id]} `)}
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}
