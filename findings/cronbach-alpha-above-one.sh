#!/usr/bin/env bash
# cronbach 0.6.0 (PyPI): with one missing answer, the reliability of a questionnaire can be 34.5.
#
# Seen: Cronbach's alpha cannot be above 1. As installed, `alpha` takes each covariance from the people who answered
# that pair of items; such covariances need not belong together, and for six people and three items with one answer
# missing it gives 34.5, with an interval whose upper end (6.06) lies below its lower end (142.91). No warning is
# given. `nan_policy="listwise"` gives -16.5 for the same answers, which at least says that the items do not form a
# scale.
# Why it matters: a script that accepts a scale "if alpha is at least 0.7" accepts this one.
# What to do: say `nan_policy="listwise"`, or refuse what is above 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "cronbach==0.6.0" "pandas==3.0.1" "numpy==2.4.2" "scipy==1.17.0"

"$work/venv/bin/python" - <<'PYTHON'
import warnings
from importlib.metadata import version

import pandas as pd
from cronbach import alpha

warnings.simplefilter("error")
rows = [(1, 2, 1), (0, 2, 2), (None, 0, 2), (2, 2, 0), (2, 1, 0), (3, 1, 0)]
answers = pd.DataFrame(rows, columns=["item1", "item2", "item3"])
value, (low, high) = alpha(answers)
print(f"cronbach {version('cronbach')}, pandas {version('pandas')}: alpha = {value:.1f}, interval from {low} to {high}")
whole, _ = alpha(answers, nan_policy="listwise")
print(f"without whoever left an item out: alpha = {whole:.1f}")
raise SystemExit(0 if round(value, 1) == 34.5 and high < low and round(whole, 1) == -16.5 else 1)
PYTHON
