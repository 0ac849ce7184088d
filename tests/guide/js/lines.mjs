// node tests/guide/js/lines.mjs FOLDER: lines of code in each file of FOLDER and in all, without comments and blank lines.
// A line counts when any part of a token stands on it, as the TypeScript compiler reads the file.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "../../../node_modules/typescript/lib/typescript.js";

/** The lines on which a part of the tree stands. */
function collect(node, tree, lines) {
  const parts = node.getChildren(tree).filter((child) => !ts.isJSDoc(child));
  if (parts.length === 0 && node.getText(tree) !== "") {
    const [first, last] = [node.getStart(tree), node.end].map((at) => tree.getLineAndCharacterOfPosition(at).line);
    for (let line = first; line <= last; line += 1) {
      lines.add(line);
    }
  }
  parts.forEach((child) => collect(child, tree, lines));
}

const [folder] = process.argv.slice(2);
let sum = 0;
for (const name of readdirSync(folder).filter((one) => one.endsWith(".js")).sort()) {
  const text = readFileSync(join(folder, name), "utf8");
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.ES2021, true, ts.ScriptKind.JS);
  const lines = new Set();
  collect(tree, tree, lines);
  sum += lines.size;
  console.log(`${name} ${lines.size}`);
}
console.log(`all ${sum}`);
