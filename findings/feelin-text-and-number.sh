#!/usr/bin/env bash
# @bpmn-io/feelin 6.1.1 (npm; FEEL, the language of DMN decision tables): text and numbers are ordered, but never
# equal.
#
# Seen: with a score that came as the text "10", `>= 10` is true, `<= 10` is true and `= 10` is null. As a cell of a
# decision table, `[5..15]` matches and `10` does not. A score of "not asked" is not below, not above and not equal to
# 10: each of these is false, so that a rule written as "not above 9" holds. No warning is given. FEEL itself says
# that values of two types cannot be compared and that the outcome is null.
# Why it matters: answers of forms often arrive as text. Of one table some rows then work and some never fire, and a
# word where a number should be passes for a low score.
# What to do: convert answers to numbers before the table, and refuse what is none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" "@bpmn-io/feelin@6.1.1"

cat >"$work/run.mjs" <<'JS'
import { evaluate, unaryTest } from "@bpmn-io/feelin";
import { readFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync("node_modules/@bpmn-io/feelin/package.json", "utf8"));
console.log(`@bpmn-io/feelin ${version}`);
let kept = true;
const see = (what, outcome, expected) => {
  console.log(`${what}  ->  ${JSON.stringify(outcome.value)}, warnings: ${outcome.warnings.length}`);
  kept = kept && outcome.value === expected && outcome.warnings.length === 0;
};
see(`score = "10":  score >= 10`, evaluate("score >= 10", { score: "10" }), true);
see(`score = "10":  score <= 10`, evaluate("score <= 10", { score: "10" }), true);
see(`score = "10":  score = 10`, evaluate("score = 10", { score: "10" }), null);
see(`cell [5..15] for "10"`, unaryTest("[5..15]", { "?": "10" }), true);
see(`cell 10 for "10"`, unaryTest("10", { "?": "10" }), false);
see(`score = "not asked":  score > 9`, evaluate("score > 9", { score: "not asked" }), false);
see(`score = "not asked":  not(score > 9)`, evaluate("not(score > 9)", { score: "not asked" }), true);
process.exit(kept ? 0 : 1);
JS
node "$work/run.mjs"
