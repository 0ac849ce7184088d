// The page on paper for each state on standard input: its lines in each language, and as pairs where both stand on it.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { given, words } from "./drawn.mjs";

const LINES = ["p", "h2", "li", "dt", "dd"];
const { core, texts, states } = await given();
const kb = load(core);
const nothing = () => undefined;
const drawn = (state, other) =>
  sheet(context({ kb, ...texts[state.lang] }, state, { update: nothing, go: nothing, actions: {} }, other));

/** What is drawn, below a node and in its order, where the test holds. */
function below(node, holds) {
  if (Array.isArray(node)) {
    return node.flatMap((one) => below(one, holds));
  }
  if (node === null || typeof node !== "object") {
    return [];
  }
  return holds(node) ? [node] : below(node.props.children, holds);
}

const text = (node) => words(node).replace(/\s+/g, " ").trim();
const lines = (page) => below(page, (node) => LINES.includes(node.type));
const toWriteOn = (page) => below(page, (node) => node.props.class === "page-line").length;
const pair = (line) => {
  const [twin] = below(line, (node) => node.props.class === "twin");
  return twin ? twin.props.children.map((one) => [text(one), one.props.lang || ""]) : [[text(line), "both"]];
};

const found = states.map((said) => {
  const state = { ...blank(said.lang), ...said };
  const other = state.lang === "en" ? "es" : "en";
  const beside = () => context({ kb, ...texts[other] }, { ...state, lang: other }, { update: nothing, go: nothing, actions: {} });
  const [mine, theirs] = [drawn(state), drawn({ ...state, lang: other })];
  const both = drawn({ ...state, twoLanguages: true }, beside);
  return {
    mine: lines(mine).map(text),
    theirs: lines(theirs).map(text),
    pairs: lines(both).map(pair),
    empty: [toWriteOn(mine), toWriteOn(both)],
    unready: text(drawn({ ...state, twoLanguages: true }, () => null)) === text(mine),
  };
});
process.stdout.write(JSON.stringify(found));
