// node benchmarks/guide_places.mjs FOLDER: how long the first ten of a list take, over a plain loop over the same list
// that only computes distances. Prints both in milliseconds, run by run,

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decide } from "../src/trellis/guide/assets/js/core/decide.js";
import { load } from "../src/trellis/guide/assets/js/core/knowledge.js";
import { laidOut, ranked } from "../src/trellis/guide/assets/js/places/match.js";
import { termsOf } from "../src/trellis/guide/assets/js/places/terms.js";
import { wantedOf } from "../src/trellis/guide/assets/js/places/wanted.js";

const RUNS = 41;
const WARM = 10;
const [folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const kb = load(read("core.json"));
const terms = termsOf(kb, read("terms.json"));
const { places } = read("list.json");
const near = { name: "here", latitude: 38, longitude: -78.5 };
const people = read("people.json");
const before = performance.now();
const list = laidOut(terms, places);
const layout = performance.now() - before;
const wanted = people.map((answers) => wantedOf(terms, decide(kb, answers, { asOf: "2026-11-30" }), "now", { language: "lang_es", payment: "medicaid" }));
// A place without coordinates is left out of the loop, as it has no distance.
const points = Float64Array.from(places.flatMap(({ at }) => at ?? []), (degrees) => (degrees * Math.PI) / 180);
const [latitude, longitude] = [near.latitude, near.longitude].map((degrees) => (degrees * Math.PI) / 180);

/** The haversine formula for every place, and nothing else. */
function plain() {
  let sum = 0;
  for (let at = 0; at < points.length; at += 2) {
    const [north, east] = [Math.sin((points[at] - latitude) / 2), Math.sin((points[at + 1] - longitude) / 2)];
    const half = north * north + Math.cos(latitude) * Math.cos(points[at]) * east * east;
    sum += 7917.6 * Math.asin(Math.min(1, Math.sqrt(half)));
  }
  return sum;
}

let kept = 0;
const times = { loop: [], first: wanted.map(() => []) };
for (let run = 0; run < RUNS + WARM; run += 1) {
  const start = performance.now();
  kept += plain();
  const loop = performance.now() - start;
  wanted.forEach((one, number) => {
    const begun = performance.now();
    kept += ranked(terms, list, one, { near, limit: 10 }).length;
    if (run >= WARM) {
      times.first[number].push(performance.now() - begun);
    }
  });
  if (run >= WARM) {
    times.loop.push(loop);
  }
}
const ids = wanted.map((one) => ranked(terms, list, one, { near, limit: 10 }).map(({ place }) => place.id));
console.log(JSON.stringify({ kept: kept > 0, layout, ids, ...times }));
