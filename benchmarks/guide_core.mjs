// Decides for the people on standard input with the guide's own reader and asks what comes next; says how long it took
// and what came of it. Run by guide_core.py.

import { readFileSync } from "node:fs";
import { decide } from "../src/trellis/guide/assets/js/core/decide.js";
import { nextQuestion } from "../src/trellis/guide/assets/js/core/interview.js";
import { load } from "../src/trellis/guide/assets/js/core/knowledge.js";

const { core, asOf, people, partial, rounds } = JSON.parse(readFileSync(0, "utf8"));
const kb = load(core);
const decided = (answers) => {
  const { now, next, urgent, evaluate, services, active } = decide(kb, answers, { asOf });
  return [now, next, urgent, evaluate, services, active];
};
const asked = (answers) => nextQuestion(kb, answers, { asOf });
const timed = (work, group) => {
  const start = performance.now();
  group.forEach(work);
  return (performance.now() - start) / group.length;
};

const places = (placed) => (placed ? [...placed.packages].sort() : null);
const found = { decide: [], ask: [] };
for (let round = 0; round <= rounds; round += 1) {
  // The first round is for the engine to see the code; the next ones have people nobody has seen.
  const took = [timed(decided, people[round]), timed(asked, partial[round])];
  if (round > 0) {
    found.decide.push(took[0]);
    found.ask.push(took[1]);
  }
}
found.said = people.flat().map((answers) => decided(answers).slice(0, 2).map(places));
found.questions = partial.flat().map((answers) => asked(answers)?.screen.id ?? null);
process.stdout.write(JSON.stringify(found));
