// Answers every question and every list of the guide in every way, as its own screen does, and writes what the screen
// said and what became of it: the record, the page and what is kept.

import { context } from "../../../src/trellis/guide/assets/js/context.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { blank } from "../../../src/trellis/guide/assets/js/state.js";
import { answersGiven } from "../../../src/trellis/guide/assets/js/ui/answers.js";
import { conversation } from "../../../src/trellis/guide/assets/js/ui/conversation.js";
import { payload } from "../../../src/trellis/guide/assets/js/ui/kept.js";
import { sheet } from "../../../src/trellis/guide/assets/js/ui/paper.js";
import { given, words } from "./drawn.mjs";

const { core, texts, whom, lang } = await given();
const kb = load(core);
globalThis.document = { getElementById: () => null, documentElement: { classList: { toggle() {} } } };

/** All elements of a kind below a node. */
function all(node, kind) {
  if (Array.isArray(node)) {
    return node.flatMap((one) => all(one, kind));
  }
  if (node === null || typeof node !== "object") {
    return [];
  }
  return [...(node.type === kind ? [node] : []), ...all(node.props.children, kind)];
}

const plain = (node) => words(node).replace(/\s+/g, " ").trim();

/** One visit that answers one page: what was on the screen, and what came of it. */
function visit(start, chosen) {
  let state = { ...blank(lang), whom, safe: Object.keys(kb.facts), shown: [...kb.urgent], ...start };
  const ctx = () =>
    context({ kb, ...texts }, state, {
      update: (patch) => { state = { ...state, ...patch }; },
      go: (screen, patch = {}) => { state = { ...state, asking: "", ...patch, screen }; },
      actions: {},
    });
  const field = () => all(conversation(ctx()), "fieldset")[0];
  const tiles = Object.fromEntries(
    all(field(), "label").map((label) => [all(label, "input")[0].props.value, plain(all(label, "span")[0])]),
  );
  for (const id of chosen(tiles)) {
    all(field(), "input").find((input) => input.props.value === id).props.onChange();
  }
  const picked = all(field(), "input").filter((input) => input.props.checked).map((input) => input.props.value);
  const legend = plain(all(field(), "legend")[0]);
  all(conversation(ctx()), "form")[0].props.onSubmit({ preventDefault() {} });
  const after = ctx();
  const entries = all(answersGiven(after, true), "div").map(plain);
  return { legend, tiles, picked, screen: state.screen, entries, paper: plain(sheet(after)), kept: payload(after) };
}

const found = [];
for (const screen of Object.values(kb.screens).filter((one) => one.checklist.length)) {
  const facts = screen.checklist.map(({ fact }) => fact);
  const asked = {
    asking: screen.id,
    answers: Object.fromEntries(facts.map((fact) => [fact, "not_known"])),
    told: facts.map((fact) => ({ of: fact, list: screen.id, chosen: false, value: "not_known", date: "2020-01-01" })),
  };
  const ways = [["none"], ["not_known"], ["declined"], facts, ...facts.map((fact) => [fact])];
  for (const way of ways) {
    found.push({ name: screen.id, list: true, ...visit(asked, () => way) });
  }
}
for (const name of [...Object.keys(kb.factors), ...Object.keys(kb.facts).filter((one) => kb.facts[one].kind !== "evaluation")]) {
  const values = [...(kb.facts[name] ?? kb.factors[name]).values, "not_known", "declined"];
  for (const value of values) {
    found.push({ name, list: false, ...visit({ asking: name }, () => [value]) });
  }
}
process.stdout.write(JSON.stringify(found));
