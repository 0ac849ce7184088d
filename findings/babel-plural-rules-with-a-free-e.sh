#!/usr/bin/env bash
# babel 2.19.0 (PyPI): plural rules of Spanish, French, Italian, Portuguese and Catalan, written for gettext or
# JavaScript, hold a variable that neither has.
#
# Seen: babel.plural.to_gettext(Locale("es").plural_form) gives an expression with `e`, the exponent of compact
# numbers; gettext knows `n` alone and refuses it. to_javascript gives a function of `n` that reads `e` as well, and
# throws a ReferenceError for every number. In English both work, so a test in English shows nothing.
# Why it matters: a page or a catalogue that takes its rules from there breaks in those languages, at the first
# number.
# What to do: for whole numbers put 0 in the place of `e`, or use Intl.PluralRules and gettext's own plural headers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "babel==2.19.0"

cat >"$work/run.py" <<'PY'
import gettext
import subprocess
from importlib.metadata import version

from babel import Locale
from babel.plural import to_gettext, to_javascript

print(f"babel {version('babel')}")
found = {}
for name in ("en", "es", "fr", "it", "pt", "ca"):
    rule = Locale(name).plural_form
    expression = to_gettext(rule).partition("plural=")[2].rstrip(";")
    try:
        told = [gettext.c2py(expression)(n) for n in (1, 2)]
    except ValueError as error:
        told = str(error)
    done = subprocess.run(
        ["node", "-e", f"console.log(({to_javascript(rule)})(1))"], capture_output=True, text=True, check=False
    )
    script = done.stdout.strip() or next(line for line in done.stderr.splitlines() if "Error" in line)
    print(f"{name}: gettext {told}; JavaScript, for 1: {script}")
    found[name] = (told, script)
assert found.pop("en") == ([0, 1], "one"), found
assert all("plural form: e" in told and script == "ReferenceError: e is not defined" for told, script in found.values())
PY
"$work/venv/bin/python" "$work/run.py"
