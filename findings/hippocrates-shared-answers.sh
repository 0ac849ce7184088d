#!/usr/bin/env bash
# hippocrates 0.4.0 (PyPI): two questionnaires share one set of answers.
#
# Seen: the questions of a form are made once, when its module is imported. Two `PHQ9Assessment()` therefore hold the
# same questions, and the second one, of which nobody has answered anything, is complete and has the score of the
# first.
# Why it matters: in a waiting room or a web process the next person begins with the answers of the one before.
# What to do: one process a person, or set `answer = None` on every question before each use.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "hippocrates==0.4.0"

"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from hippocrates.questionnaires.phq9.assessment import PHQ9Assessment

first = PHQ9Assessment()
for question in first.question_set:
    question.answer = max(question.answer_options, key=lambda option: option.value)

second = PHQ9Assessment()
seen = (second.complete(), second.total_score())
print(f"hippocrates {version('hippocrates')}: the first form has score {first.total_score()}")
print(f"a second form that nobody answered: complete, score = {seen}")
raise SystemExit(0 if seen == (True, 27) else 1)
PYTHON
