#!/usr/bin/env bash
# babel 2.19.0 (PyPI), @formatjs/intl-listformat 8.3.15 (npm), Intl.ListFormat of Node.js: three ways to say "and" in
# Spanish.
#
# Seen: in Spanish "y" becomes "e" before the sound i, and "o" becomes "u" before the sound o (RAE, Diccionario
# panhispánico de dudas). Babel and the FormatJS polyfill never change it: "padres y hijos", "uno o otro".
# Intl.ListFormat does ("padres e hijos", "uno u otro"), but not before a letter with an accent: "tabla y índice",
# "Ana o Óscar".
# Why it matters: the same list reads differently on a server, in a browser, and in a browser with the polyfill; and
# people read "madres y hijos" as a slip of whoever writes to them.
# What to do: change the word before the last item yourself, by how that item begins; leave hie- and hia- as they are.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "babel==2.19.0"
npm install --silent --no-audit --no-fund --prefix "$work" "@formatjs/intl-listformat@8.3.15"

cat >"$work/run.py" <<'PY'
from importlib.metadata import version

from babel.lists import format_list

said = [format_list(items, style=style, locale="es") for items, style in (
    (["padres", "hijos"], "standard"), (["uno", "otro"], "or"), (["tabla", "índice"], "standard"), (["Ana", "Óscar"], "or"),
)]
print(f"babel {version('babel')}: {'; '.join(said)}")
assert said == ["padres y hijos", "uno o otro", "tabla y índice", "Ana o Óscar"], said
PY
"$work/venv/bin/python" "$work/run.py"

cat >"$work/run.mjs" <<'JS'
import { strict as assert } from "node:assert";

const lists = [["padres", "hijos", "conjunction"], ["uno", "otro", "disjunction"], ["tabla", "índice", "conjunction"], ["Ana", "Óscar", "disjunction"]];
const say = () => lists.map(([first, last, type]) => new Intl.ListFormat("es", { type }).format([first, last]));
const own = say();
console.log(`Intl.ListFormat, ICU ${process.versions.icu}: ${own.join("; ")}`);
assert.deepEqual(own, ["padres e hijos", "uno u otro", "tabla y índice", "Ana o Óscar"]);
await import("@formatjs/intl-listformat/polyfill-force.js");
await import("@formatjs/intl-listformat/locale-data/es.js");
const polyfill = say();
console.log(`@formatjs/intl-listformat 8.3.15: ${polyfill.join("; ")}`);
assert.deepEqual(polyfill, ["padres y hijos", "uno o otro", "tabla y índice", "Ana o Óscar"]);
JS
node "$work/run.mjs"
