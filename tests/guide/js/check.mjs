// Holds the guide's reader against what the Python core wrote (tests/guide/conformance.py), row by row.
// No file system and no page here: Node and a browser both load it.

import { AnswerError, dangerIn, decide } from "../../../src/trellis/guide/assets/js/core/decide.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { dangers, describe } from "./describe.mjs";

const MOST_SHOWN = 5;

/** Takes rows one by one and keeps the first that differ. */
export class Check {
  /** @param core what `core.json` holds */
  constructor(core) {
    this.kb = load(core);
    this.rows = 0;
    this.wrongRows = 0;
    this.shown = [];
  }

  /** @param {string} line one line of `people.jsonl` */
  take(line) {
    const number = this.rows;
    this.rows += 1;
    const row = JSON.parse(line);
    const differences = [];
    const found = this.find(row);
    for (const key of new Set([...Object.keys(row.expect), ...Object.keys(found)])) {
      // As text first: that is fast, and shows the order of the keys too.
      if (JSON.stringify(row.expect[key]) !== JSON.stringify(found[key])) {
        compare(row.expect[key], found[key], key, differences);
      }
    }
    if (differences.length > 0) {
      this.wrongRows += 1;
      if (this.shown.length < MOST_SHOWN) {
        this.shown.push({ number, differences, row });
      }
    }
  }

  find(row) {
    try {
      const rec = decide(this.kb, row.answers, row);
      return describe(this.kb, rec, row);
    } catch (error) {
      if (error instanceof AnswerError) {
        const danger = dangers(this.kb, dangerIn(this.kb, row.answers, row));
        return { wrong: [...new Set(error.problems.map(namesOf))].sort(), danger };
      }
      return { threw: error instanceof Error ? error.stack : String(error) };
    }
  }

  /** What came of it, in words. */
  report() {
    const shown = this.shown.map(({ number, differences, row }) => {
      const lines = differences.slice(0, MOST_SHOWN).map((one) => {
        const [expected, found] = [one.expected, one.found].map((value) => cut(JSON.stringify(value)));
        return `  ${one.path}\n    Python:     ${expected}\n    JavaScript: ${found}`;
      });
      const more = differences.length - lines.length;
      const rest = more > 0 ? [`  … and ${more} more`] : [];
      return [`row ${number}: ${cut(JSON.stringify(row.answers), 400)}`, ...lines, ...rest].join("\n");
    });
    return [`${this.wrongRows} of ${this.rows} rows differ.`, ...shown].join("\n");
  }
}

function namesOf({ facts }) {
  return [...new Set(facts)].sort().join(" ");
}

function cut(text, most = 300) {
  return text === undefined ? "nothing" : text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Add each place where two plain values differ. */
function compare(expected, found, path, differences) {
  if (expected === found) {
    return;
  }
  const both = [expected, found];
  if (both.every(Array.isArray) || both.every((value) => value?.constructor === Object)) {
    const keys = new Set(both.flatMap(Object.keys));
    if (!Array.isArray(expected) && String(Object.keys(expected)) !== String(Object.keys(found))) {
      differences.push({ path: `${path} (order)`, expected: Object.keys(expected), found: Object.keys(found) });
    }
    for (const key of keys) {
      compare(expected[key], found[key], `${path}/${key}`, differences);
    }
    return;
  }
  differences.push({ path, expected, found });
}
