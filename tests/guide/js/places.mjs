// node tests/guide/js/places.mjs FOLDER: holds the places of the guide against what `trellis.directory` says, row by row.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decide } from "../../../src/trellis/guide/assets/js/core/decide.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { laidOut, ranked } from "../../../src/trellis/guide/assets/js/places/match.js";
import { termsOf } from "../../../src/trellis/guide/assets/js/places/terms.js";
import { toldOf } from "../../../src/trellis/guide/assets/js/places/told.js";
import { wantedOf } from "../../../src/trellis/guide/assets/js/places/wanted.js";

const [folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const kb = load(read("core.json"));
const terms = termsOf(kb, read("terms.json"));
const list = laidOut(terms, read("list.json").places);
const words = { en: read("words.en.json"), es: read("words.es.json") };
const talk = { en: read("talk.en.json"), es: read("talk.es.json") };
const POINT = ({ kind, id, step, features, needs }) => [kind, id, step, features, needs];
let wrong = 0;

for (const row of read("rows.json")) {
  const rec = decide(kb, row.answers, { asOf: row.asOf });
  const wanted = wantedOf(terms, rec, row.when, row);
  const found = ranked(terms, list, wanted, { near: row.near, within: row.within, limit: row.expect.found.length });
  const telling = { terms, words: words[row.lang], talk: talk[row.lang], lang: row.lang, close: row.close, today: row.asOf };
  const { settings, open, asked, people, services } = wanted;
  const got = {
    wanted: [settings, open, asked.map(({ axis, step, needs }) => [axis, step, needs]), people.map(({ about, features }) => [about, features]),
      services.map((one) => [one.service, one.features, one.needs, one.orders])],
    found: found.map((one) => [one.place.id, one.fit, one.setting, one.met.map(POINT), one.ask.map(POINT), one.lacks.map(POINT), one.wait, one.key.slice(0, 9)]),
    miles: found.map(({ miles }) => (miles === null ? null : Math.round(miles * 1000))),
    told: found.slice(0, row.told).map((one) => toldOf(telling, one, wanted, row.near !== null)),
  };
  for (const key of Object.keys(row.expect)) {
    const [expected, said] = [row.expect[key], got[key]].map((one) => JSON.stringify(one));
    if (expected !== said) {
      wrong += 1;
      if (wrong < 4) {
        const at = [...expected].findIndex((letter, place) => letter !== said[place]);
        console.log(`${row.name} ${row.when}: ${key}\n  Python:     ${expected.slice(Math.max(0, at - 200), at + 200)}\n  JavaScript: ${said.slice(Math.max(0, at - 200), at + 200)}`);
      }
    }
  }
}
console.log(`${wrong} differ`);
process.exit(wrong ? 1 : 0);
