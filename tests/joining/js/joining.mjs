// node tests/joining/js/joining.mjs CORE ROWS: what the guide's reader finds of each row, as JSON.
import { readFileSync } from "node:fs";
import { intervals } from "../../../src/trellis/guide/assets/js/core/answers.js";
import { AnswerError, dangerIn, decide } from "../../../src/trellis/guide/assets/js/core/decide.js";
import { nextQuestion, withAnswers } from "../../../src/trellis/guide/assets/js/core/interview.js";
import { load, needsIn } from "../../../src/trellis/guide/assets/js/core/knowledge.js";

const [core, rows] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const kb = load(core);
console.log(JSON.stringify(rows.map(found)));

function found(row) {
  const answers = withAnswers(kb, row.answers, row.later ?? {});
  const asOf = row.as_of;
  try {
    return decided(decide(kb, answers, { asOf }), nextQuestion(kb, answers, { asOf }));
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    const refused = error.problems.map(({ facts }) => facts[0]);
    return { refused, urgent: dangerIn(kb, answers, { asOf }).map(({ id }) => id) };
  }
}

function decided(rec, question) {
  const { reading } = rec;
  const { lo, hi } = reading.contexts.length === 1 ? intervals(reading, reading.contexts[0]) : reading;
  const open = reading.contexts.map((number) => kb.contexts[number]);
  return {
    facts: Object.fromEntries(kb.factList.map(({ id, number, steps }) => [id, [steps[lo[number]], steps[hi[number]]]])),
    urgent: rec.urgent.map(({ id }) => id),
    latched: reading.latched,
    standing: rec.standing.map(({ name }) => name),
    expired: rec.expired.map(({ name }) => name),
    unanswerable: rec.unanswerable,
    hold: rec.hold ? needsIn(kb, rec.somewhere).map(({ id }) => id) : [],
    contexts: Object.fromEntries(
      Object.keys(kb.factors).map((factor) => [factor, [...new Set(open.map((context) => context[factor]))]]),
    ),
    asks_again: question?.again || question?.screen.id === "harm.danger_now" ? question.facts[0] : "nothing",
  };
}
