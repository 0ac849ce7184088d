// node tests/guide/js/unread.mjs FOLDER: what the files of FOLDER/core export and no screen reaches, a line each.
// A screen reaches what FOLDER/app.js imports, and what that imports in turn.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "../../../node_modules/typescript/lib/typescript.js";

const [folder] = process.argv.slice(2).map((path) => resolve(path));
const read = new Map();
const used = new Set();

function parsed(file) {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2021, true, ts.ScriptKind.JS);
}

/** Follow the imports of a file, and note each name that it takes. */
function follow(file) {
  if (read.has(file) || !existsSync(file)) {
    return;
  }
  const tree = parsed(file);
  read.set(file, tree);
  for (const statement of tree.statements.filter((one) => one.moduleSpecifier)) {
    const from = join(dirname(file), statement.moduleSpecifier.text);
    const bindings = statement.importClause?.namedBindings ?? statement.exportClause;
    for (const { name, propertyName } of bindings?.elements ?? []) {
      used.add(`${from} ${(propertyName ?? name).text}`);
    }
    if (bindings && ts.isNamespaceImport(bindings)) {
      members(tree, bindings.name.text, (name) => used.add(`${from} ${name}`));
    }
    follow(from);
  }
}

/** Each member of a namespace that is read in a file. */
function members(node, namespace, found) {
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === namespace) {
    found(node.name.text);
  }
  ts.forEachChild(node, (child) => members(child, namespace, found));
}

/** The names that a statement of a file gives to others. */
function exported(statement) {
  if (statement.exportClause) {
    return statement.exportClause.elements.map(({ name }) => name.text);
  }
  if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
    return [];
  }
  const named = statement.declarationList ? statement.declarationList.declarations : [statement];
  return named.map(({ name }) => name.text);
}

follow(join(folder, "app.js"));
for (const name of readdirSync(join(folder, "core")).sort()) {
  const file = join(folder, "core", name);
  const names = read.has(file) ? parsed(file).statements.flatMap(exported) : ["(the whole file)"];
  names.filter((one) => !used.has(`${file} ${one}`)).forEach((one) => console.log(`${name}: ${one}`));
}
