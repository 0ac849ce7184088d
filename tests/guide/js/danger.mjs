// What the screens say of one state: the result, the next steps, help, the paper; and the page of questions where one is
// asked. `…_open`: without what lies in folds.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { questionOn } from "../../../src/trellis/guide/assets/js/core/interview.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { helpAtOnce } from "../../../src/trellis/guide/assets/js/ui/at_once.js";
import { groupsOf } from "../../../src/trellis/guide/assets/js/ui/choices.js";
import { comparison } from "../../../src/trellis/guide/assets/js/ui/comparison.js";
import { considered } from "../../../src/trellis/guide/assets/js/ui/considered.js";
import { helpNow } from "../../../src/trellis/guide/assets/js/ui/help.js";
import { whatMatters } from "../../../src/trellis/guide/assets/js/ui/matters.js";
import { nextSteps } from "../../../src/trellis/guide/assets/js/ui/next.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { given, words } from "./drawn.mjs";

const { core, texts, state: said } = await given();
const kb = load(core);
globalThis.requestAnimationFrame = () => undefined;
const { page = said.asking ? [said.asking] : [], ...rest } = said;
const state = { ...blank(said.lang), ...rest };
const nothing = () => undefined;
const ctx = context({ kb, ...texts }, state, { update: nothing, go: nothing, actions: {} });

/** Without what lies in folds. */
function open(node) {
  if (Array.isArray(node)) {
    return node.map(open);
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  return node.type === "details" ? null : { ...node, props: { ...node.props, children: open(node.props.children) } };
}

const before = new Set();
const groups = page.flatMap((name) => groupsOf(ctx, questionOn(kb, name)));
const screens = {
  page: () => groups.map((one) => words(helpAtOnce(ctx, one, before))).join("\n"),
  result: () => words(considered(ctx)),
  result_open: () => words(open(considered(ctx))),
  next: () => words(nextSteps(ctx)),
  comparison: () => words(comparison(ctx)),
  matters: () => words(whatMatters(ctx)),
  help: () => words(helpNow(ctx, nothing)),
  paper: () => words(sheet(ctx)),
  paper_open: () => words(open(sheet(ctx))),
};
const wanted = page.length ? ["page"] : Object.keys(screens);
process.stdout.write(JSON.stringify(Object.fromEntries(wanted.map((name) => [name, screens[name]()]))));
