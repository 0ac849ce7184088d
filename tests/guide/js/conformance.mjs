// node tests/guide/js/conformance.mjs FOLDER: checks every row that tests/guide/conformance.py wrote into FOLDER.

import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Check } from "./check.mjs";

const [folder] = process.argv.slice(2);
const check = new Check(JSON.parse(readFileSync(join(folder, "core.json"), "utf8")));
for await (const line of createInterface({ input: createReadStream(join(folder, "people.jsonl")) })) {
  check.take(line);
}
console.log(check.report());
process.exit(check.wrongRows === 0 ? 0 : 1);
