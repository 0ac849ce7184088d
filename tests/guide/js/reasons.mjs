// The reasons of each person on standard input: their ids in order, the words of the printed page, and why at each setting.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { reasonsOf } from "../../../src/trellis/guide/assets/js/core/account.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { consideredSettings, reasonsFor } from "../../../src/trellis/guide/assets/js/ui/considered.js";
import { fitOf } from "../../../src/trellis/guide/assets/js/core/compare.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { allPrivate } from "../../../src/trellis/guide/assets/js/ui/taking.js";

/** The words of what is drawn, a line an element. */
function words(node) {
  if (Array.isArray(node)) {
    return node.map(words).join("");
  }
  if (node === null || node === undefined || typeof node === "boolean") {
    return "";
  }
  return typeof node === "object" ? `${words(node.props.children)}\n` : String(node);
}

let text = "";
for await (const part of process.stdin) {
  text += part;
}
const { core, texts, people } = JSON.parse(text);
const kb = load(core);
const nothing = () => undefined;
const found = people.map((answers) => {
  const state = { ...blank("en"), answers };
  const ctx = context({ kb, ...texts }, state, { update: nothing, go: nothing, actions: {} });
  const settings = consideredSettings(ctx);
  return {
    reasons: reasonsOf(ctx.rec).map(({ need }) => need),
    private: reasonsOf(ctx.rec).flatMap(({ need }) => (allPrivate(ctx, [need]) ? [need] : [])),
    page: words(sheet(ctx)),
    settings: settings.map((id, place) => reasonsFor(ctx, fitOf(ctx.rec, id), place ? settings[place - 1] : null)),
  };
});
process.stdout.write(JSON.stringify(found));
