// node tests/joining/js/joining.mjs CORE ROWS: what the guide's reader finds of each row, as JSON.
import { readFileSync } from "node:fs";
import { AnswerError, dangerIn, decide } from "../../../src/trellis/guide/assets/js/core/decide.js";
import { nextQuestion, withAnswers } from "../../../src/trellis/guide/assets/js/core/interview.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";

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
    const refused = error.problems.map(({ where }) => where);
    return { refused, urgent: dangerIn(kb, answers, { asOf }).map(({ id }) => id) };
  }
}

function decided(rec, question) {
  const open = rec.reading.contexts.map((number) => kb.contexts[number]);
  return {
    facts: Object.fromEntries(Object.values(rec.facts).map(({ id, best, worst }) => [id, [best, worst]])),
    urgent: rec.urgent.map(({ id }) => id),
    fresh: rec.urgent.filter(({ latched }) => !latched).map(({ id }) => id),
    latched: rec.latched,
    standing: rec.standing.map(({ fact }) => fact),
    expired: rec.expired.map(({ name }) => name),
    disagreements: rec.disagreements.map(({ fact }) => fact),
    unanswerable: rec.unanswerable,
    hold: rec.hold ? rec.hold.needs : [],
    contexts: Object.fromEntries(
      Object.keys(kb.factors).map((factor) => [factor, [...new Set(open.map((context) => context[factor]))]]),
    ),
    asks_again: question?.again || question?.screen.id === "harm.danger_now" ? question.facts[0] : "nothing",
  };
}
