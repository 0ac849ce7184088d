// What somebody takes along, for each state on standard input: the questions, the words of the next steps and of the page.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { nextSteps } from "../../../src/trellis/guide/assets/js/ui/next.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { questions } from "../../../src/trellis/guide/assets/js/ui/questions.js";
import * as taking from "../../../src/trellis/guide/assets/js/ui/taking.js";
import { given, words } from "./drawn.mjs";

const { core, texts, states } = await given();
const kb = load(core);
const nothing = () => undefined;
const found = states.map((said) => {
  const state = { ...blank(said.lang), ...said };
  const ctx = context({ kb, ...texts[state.lang] }, state, { update: nothing, go: nothing, actions: {} });
  return {
    questions: taking.generateQuestions(ctx),
    taken: taking.takenAlong(ctx),
    changed: taking.onlyChanged(ctx),
    unknown: taking.unknowns(ctx).map((id) => [id, taking.whoFinds(ctx, id)]),
    screen: words(questions(ctx)),
    next: words(nextSteps(ctx)),
    page: words(sheet(ctx)),
  };
});
process.stdout.write(JSON.stringify(found));
