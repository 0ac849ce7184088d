#!/bin/sh
# Makes .venv with the first Python on the path that is 3.11 or newer and really starts (version managers leave names on the
# path that do not). PYTHON=/path/to/python chooses one.
set -eu
cd "$(dirname "$0")/.."

for name in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        found=$name
        break
    fi
done

if [ -z "${found:-}" ]; then
    cat >&2 <<MESSAGE
Trellis needs Python 3.11 or newer, and none was found (looked for: ${PYTHON:-python3.11, python3.12, python3.13, python3.14, python3, python}).
Install one, or name it:  make run PYTHON=/path/to/python3
MESSAGE
    exit 1
fi

echo "Making .venv with $("$found" --version 2>&1)"
if ! message=$("$found" -m venv --clear .venv 2>&1); then
    printf '%s\n' "$message" >&2
    echo "This Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
