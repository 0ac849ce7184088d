// @ts-check
/** What somebody close is asked besides: who the person is to them, and whether the person wants help. Neither has to be answered. */
import { NOT_KNOWN } from "../core/parsing.js";
import { withTold } from "../told.js";
import { html } from "./html.js";
import { latest } from "./joined.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("../state.js").State} State */

/** Whether the person wants help. It moves no kind of care: it says how a talk can begin, and which page helps today. */
export const READINESS = "engagement.readiness";
const RELATION = "relation";
/** Who the person can be to them: it decides who agrees to care, and what a place may tell. */
const RELATIONS = ["young_child", "grown_child", "partner", "other", "guardian"];
/** With these answers a page on somebody who does not want help is one for today. */
const UNWILLING = ["not_now", "unsure"];
const REFUSES = "refuses";

/** Whether somebody close answers. @param {{state: State}} ctx */
function isClose({ state }) {
  return state.whom === "loved_one";
}

/** The two questions, as a part of the first page. @param {Ctx} ctx */
export function aboutThem(ctx) {
  const { say, talk, state } = ctx;
  if (!isClose(ctx)) {
    return null;
  }
  const fact = talk.facts[READINESS];
  const steps = ctx.said(fact, "steps");
  const wants = [...Object.keys(steps).map((id) => [id, steps[id]]), [NOT_KNOWN, say("talk.not_known")]];
  return html`
    ${radios(ctx, RELATION, say("concerns.relation"), RELATIONS.map((id) => [id, say(`concerns.relation.${id}`)]), state.relation)}
    ${radios(ctx, READINESS, ctx.said(fact, "question"), wants, latest(state.answers[READINESS])?.value)}
  `;
}

/** @param {Ctx} ctx @param {string} name @param {string} legend @param {string[][]} choices @param {any} before */
function radios(ctx, name, legend, choices, before) {
  const chosen = name in ctx.state.draft ? ctx.state.draft[name] : before;
  return html`
    <fieldset class="question">
      <legend>${legend} <span class="quiet">${ctx.say("concerns.may_skip")}</span></legend>
      <div class="tiles">
        ${choices.map(
          ([id, words]) => html`
            <label class="tile" key=${id}>
              <input
                type="radio"
                name=${name}
                value=${id}
                checked=${chosen === id}
                onChange=${() => ctx.update({ draft: { ...ctx.state.draft, [name]: id } })}
              />
              <span>${words}</span>
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}

/** What was chosen there: who the person is, which stays in memory alone, and the answer on wanting help. @param {Ctx} ctx */
export function givenOfThem({ state }) {
  const wants = state.draft[READINESS];
  return {
    relation: /** @type {string} */ (state.draft[RELATION] || state.relation),
    answers: wants ? { [READINESS]: /** @type {string} */ (wants) } : {},
  };
}

/** The record with the answer on wanting help. @param {import("../told.js").Told[]} told @param {import("../state.js").Answers} answers */
export function toldOfThem(told, answers) {
  return Object.keys(answers).length ? withTold(told, "", answers, []) : told;
}

/** The page for today where the person does not want help, as far as somebody close has said. @param {Ctx} ctx @returns {string[]} */
export function pagesOfThem(ctx) {
  const { state } = ctx;
  const said = READINESS in state.draft ? state.draft[READINESS] : latest(state.answers[READINESS])?.value;
  return isClose(ctx) && UNWILLING.includes(/** @type {string} */ (said)) ? [REFUSES] : [];
}

/** Who agrees to care, and what a place may tell somebody close. @param {Ctx} ctx */
export function consent(ctx) {
  const { say, state, talk } = ctx;
  if (!isClose(ctx)) {
    return null;
  }
  const who = state.relation === "young_child" || state.relation === "guardian" ? state.relation : "adult";
  return html`
    <section key="consent">
      <h2>${say("next.consent")}</h2>
      <p>${say(`next.consent.${who}`)}</p>
      <p>${say("next.consent.tell")} ${ctx.link("moments", REFUSES, talk.moments[REFUSES])}</p>
    </section>
  `;
}
