#!/usr/bin/env bash
# fkscore 2.0.1 (PyPI, Flesch-Kincaid): the reading grade of a text depends on its spaces and on where its lines
# break.
#
# Seen: of one and the same three sentences, two spaces after a full stop add a "word" without syllables each (22
# words become 24, the grade falls), and a paragraph broken at 40 characters has five "sentences". Even plainly typed
# it counts 22 words, not 20: the space after each full stop is one.
# Why it matters: patient information is held to a reading grade. A letter passes or fails by how it was typed, and
# text that was wrapped for an e-mail always looks easier than it is.
# What to do: join the lines and single the spaces first, and do not compare its grade with another tool's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "fkscore==2.0.1"

"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from textwrap import fill

from fkscore import fkscore

plain = "You can stop at any time. Nobody will be told what you said. Call this number when you feel worse."
print(f"fkscore {version('fkscore')}, {len(plain.split())} words in 3 sentences:")
seen = {}
for name, text in (("plain", plain), ("two spaces", plain.replace(". ", ".  ")), ("wrapped", fill(plain, 40))):
    told = fkscore(text)
    seen[name] = (told.stats["num_words"], told.stats["num_sentences"])
    print(f"{name}: words, sentences = {seen[name]}, grade {told.score['calc_grade']}")
expected = {"plain": (22, 3), "two spaces": (24, 3)}
raise SystemExit(0 if expected.items() <= seen.items() and seen["wrapped"][1] == 5 else 1)
PYTHON
