#!/usr/bin/env bash
# py-yaml12 0.2.0 (PyPI): a byte order mark becomes part of the first key of a YAML file.
#
# Seen: YAML 1.2 lets a stream begin with a byte order mark, which is no content. `read_yaml` and `parse_yaml` keep
# it: the first key of the file is "\ufeffid" instead of "id", in silence.
# Why it matters: some editors on Windows write the mark. In a file of rules or answers the first line is then lost
# for a reader that ignores keys it does not know, and the two spellings look the same on every screen.
# What to do: read the bytes, decode them as "utf-8-sig", then parse.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "py-yaml12==0.2.0"
printf '\xef\xbb\xbfid: suicide_plan\nwhen: plan\n' >"$work/rule.yaml"

"$work/venv/bin/python" - "$work/rule.yaml" <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

from yaml12 import parse_yaml, read_yaml

keys = list(read_yaml(sys.argv[1]))
print(f"py-yaml12 {version('py-yaml12')}: keys {ascii(keys)}")
same = list(parse_yaml(Path(sys.argv[1]).read_text(encoding="utf-8"))) == keys
without = list(parse_yaml(Path(sys.argv[1]).read_text(encoding="utf-8-sig")))
print(f"decoded as utf-8-sig: keys {ascii(without)}")
raise SystemExit(0 if same and keys == ["\ufeffid", "when"] and without == ["id", "when"] else 1)
PYTHON
