// node tests/needs/js/needs.mjs FILE: what the guide's reader finds of each example, as JSON. FILE holds cores, and rows
// that each name one.
import { readFileSync } from "node:fs";
import { decide } from "../../../src/trellis/guide/assets/js/core/decide.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";

const { cores, rows } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const kbs = cores.map((core) => load(core));
console.log(JSON.stringify(rows.map(({ core, answers, asOf }) => found(kbs[core], decide(kbs[core], answers, { asOf })))));

function found(kb, rec) {
  return {
    needs: Object.fromEntries(kb.needList.map((need) => [need.id, statusOf(need, rec)])),
    now: rec.now ? rec.now.packages : "open",
    next: rec.next ? rec.next.packages : "open",
    hold: rec.hold ? rec.hold.responses : [],
    danger: rec.urgent.map(({ id }) => id),
    evaluate: Object.fromEntries(
      rec.evaluate.filter(({ certain }) => certain).map(({ by, withinHours }) => [by, withinHours]),
    ),
    services: Object.fromEntries(rec.services.map(({ id, certain }) => [id, certain ? "certain" : "maybe"])),
    settled: rec.settled,
  };
}

function statusOf({ id, contexts }, { active, open, reading }) {
  for (const [status, needs] of Object.entries({ active, open })) {
    if (needs.some((need) => need.id === id)) {
      return status;
    }
  }
  return contexts.some((context) => reading.contexts.includes(context)) ? "cleared" : "off";
}
