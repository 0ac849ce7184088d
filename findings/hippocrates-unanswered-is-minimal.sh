#!/usr/bin/env bash
# hippocrates 0.4.0 (PyPI): a PHQ-9 or GAD-7 without a single answer has a result, the mildest.
#
# Seen: `result()` counts an unanswered question as 0 and returns a severity, although `complete()` of the same object
# says False.
# Why it matters: "nobody was asked" and "was asked and has no symptoms" read the same, and the milder one wins.
# What to do: ask `complete()` before `result()` and `total_score()`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "hippocrates==0.4.0"

"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from hippocrates.questionnaires.gad7.assessment import GAD7Assessment
from hippocrates.questionnaires.phq9.assessment import PHQ9Assessment

print(f"hippocrates {version('hippocrates')}, no question answered:")
kept = True
for kind in (PHQ9Assessment, GAD7Assessment):
    form = kind()
    mildest = min(form.results, key=lambda result: result.min)
    seen = form.result()
    print(f"{form.name}: complete = {form.complete()}, score = {form.total_score()}, result = {seen.severity!r}")
    kept = kept and not form.complete() and seen is mildest
raise SystemExit(0 if kept else 1)
PYTHON
