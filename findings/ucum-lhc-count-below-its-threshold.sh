#!/usr/bin/env bash
# @lhncbc/ucum-lhc 7.1.10 (npm): a blood count changes when its unit is only spelt another way.
#
# Seen: 10*3/uL and 10*9/L are the same unit. Converting 1 (and 0.5, 1.5, 2, 5) from the first to the second gives a
# number just below it (0.9999999999999999), and 1 10*9/L becomes just over 1000 /uL.
# Why it matters: laboratories report white cells in either. A rule "at least 1.5" of a medicine that needs them
# watched says no for somebody whose report says exactly 1.5.
# What to do: round to the precision of the report after converting, before comparing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" "@lhncbc/ucum-lhc@7.1.10"

cat >"$work/run.cjs" <<'JS'
const { UcumLhcUtils } = require("@lhncbc/ucum-lhc");
const { version } = require("@lhncbc/ucum-lhc/package.json");

console.log(`@lhncbc/ucum-lhc ${version}`);
const units = UcumLhcUtils.getInstance();
let kept = true;
for (const reported of [0.5, 1, 1.5, 2, 5]) {
  const { status, toVal } = units.convertUnitTo("10*3/uL", reported, "10*9/L");
  console.log(`${reported} 10*3/uL = ${toVal} 10*9/L; at least ${reported}? ${toVal >= reported}`);
  kept = kept && status === "succeeded" && toVal < reported && reported - toVal < 1e-12;
}
const { toVal } = units.convertUnitTo("10*9/L", 1, "/uL");
console.log(`1 10*9/L = ${toVal} /uL; at most 1000? ${toVal <= 1000}`);
process.exit(kept && toVal > 1000 ? 0 : 1);
JS
node "$work/run.cjs"
