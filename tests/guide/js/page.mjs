// The same check in a browser: reads both files from the server that serves this one.

import { Check } from "./check.mjs";

/** Checks every so manieth row and says what came of it: Node, which has the same engine, checks each. @param {number} each */
export async function run(each) {
  const core = await (await fetch("/core.json")).json();
  const check = new Check(core);
  const { body } = await fetch("/people.jsonl");
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let [rest, count] = ["", 0];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    lines.filter(() => count++ % each === 0).forEach((line) => check.take(line));
  }
  return { rows: check.rows, wrongRows: check.wrongRows, report: check.report() };
}
