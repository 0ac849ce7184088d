// The reasons of each person on standard input: their ids in order, the words of the printed page, and why at each setting.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { reasonsOf } from "../../../src/trellis/guide/assets/js/core/account.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { consideredSettings, reasonsFor } from "../../../src/trellis/guide/assets/js/ui/considered.js";
import { fitOf } from "../../../src/trellis/guide/assets/js/core/compare.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { allPrivate } from "../../../src/trellis/guide/assets/js/ui/taking.js";
import { given, words } from "./drawn.mjs";

const { core, texts, people, asOf } = await given();
// The page decides for today; these people are of another day.
globalThis.Date = class extends Date {
  /** @param {any[]} given */
  constructor(...given) {
    super(...(given.length > 0 ? given : [`${asOf}T12:00:00`]));
  }
};
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
