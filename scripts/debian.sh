#!/bin/sh
# Printing a plan needs Pango and a font. They are part of the system, not of Python: installed here when missing.
set -eu

has() { ldconfig -p 2>/dev/null | grep -q "$1"; }
missing=""
has libpango-1.0.so.0 && has libpangoft2-1.0.so.0 || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
has libharfbuzz-subset.so.0 || missing="$missing libharfbuzz-subset0"
[ -d /usr/share/fonts ] && find /usr/share/fonts -name '*.ttf' -o -name '*.otf' | grep -q . || missing="$missing fonts-dejavu-core"

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$missing"
  apt-get update -qq
  # shellcheck disable=SC2086 -- one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Printing a plan as PDF needs$missing: please install them; the tests that print will fail without." >&2
fi
