#!/bin/sh
# What tests need of the system and Python cannot bring: Pango and a font to print a plan, a browser for the guide and the
# workspace, Node.js for their JavaScript, and PostgreSQL for the workspace. Installed here when missing.
set -eu

has() { ldconfig -p 2>/dev/null | grep -q "$1"; }
missing=""
has libpango-1.0.so.0 && has libpangoft2-1.0.so.0 || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
has libharfbuzz-subset.so.0 || missing="$missing libharfbuzz-subset0"
[ -d /usr/share/fonts ] && find /usr/share/fonts -name '*.ttf' -o -name '*.otf' | grep -q . || missing="$missing fonts-dejavu-core"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null || missing="$missing chromium"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$missing"
  apt-get update -qq
  # shellcheck disable=SC2086 -- one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "The tests need$missing: please install them; those that print or open a browser will fail without." >&2
fi
