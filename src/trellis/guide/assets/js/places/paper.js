// @ts-check
/** On paper: the three places that may fit, with telephone, why, questions, and how old that is. */
import { html } from "../ui/html.js";
import { allPrivate } from "../ui/taking.js";
import { tellingOf } from "./screen.js";
import { toldOf, whyHere } from "./told.js";

const THREE = 3;

/** @param {import("../context.js").Ctx} ctx @param {import("./finder.js").Finder} finder */
export function onPaper(ctx, finder) {
  const telling = tellingOf(ctx, finder);
  const { wanted, own, others } = finder.find(ctx);
  const found = [...own, ...others].filter(({ fit }) => fit !== "lacks").slice(0, THREE);
  if (!found.length || !wanted.settings.length) {
    return null;
  }
  // What rests on answers that stay off the page asks nothing on it.
  const told = (/** @type {import("./match.js").Point[]} */ points) => points.filter(({ needs }) => !allPrivate(ctx, needs));
  const open = (/** @type {import("./match.js").Match} */ one) => ({ ...one, met: told(one.met), ask: told(one.ask), lacks: told(one.lacks) });
  return html`
    <section class="page-places">
      <h2>${ctx.say("places.on_paper")}</h2>
      ${found.map((match) => {
        const one = toldOf(telling, open(match), wanted, finder.looking.near !== null);
        // What it does not say stands below, as a question.
        const why = whyHere(telling, { ...open(match), ask: [] });
        return html`
          <div key=${one.id}>
            <h3>${one.name}</h3>
            <p>${[one.says, ...why].join(" ")}</p>
            <p>${[...one.far, one.wait].join(" ")}</p>
            <p>${[...one.reach, one.address].filter(Boolean).join(" · ")}</p>
            <ul>${one.questions.map((line) => html`<li>${line}</li>`)}</ul>
            <p>${one.checked.join(" ")}</p>
          </div>
        `;
      })}
    </section>
  `;
}
