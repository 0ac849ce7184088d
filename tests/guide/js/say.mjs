// What the guide's scripts say: from standard input a list of [what, ...arguments], to standard output what each gives.
import { readFileSync } from "node:fs";

import { dayWords, listed, spoken } from "../../../src/trellis/guide/assets/js/say.js";

const does = { spoken, listed, dayWords };
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(([what, ...given]) => does[what](...given))));
