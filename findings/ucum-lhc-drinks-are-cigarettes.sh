#!/usr/bin/env bash
# @lhncbc/ucum-lhc 7.1.10 (npm) and UCUM: what stands in braces is no unit, so everything in braces converts to
# everything.
#
# Seen: 14 {drinks}/wk convert to 2 {cigarettes}/d, a {score} of 15 to 15 {years_of_school}, and both "succeeded"
# without a message. UCUM means it so: an annotation in braces is the number 1 with a remark.
# Why it matters: LOINC gives counts and scores of questionnaires such units ({score}, {#}/wk). "The unit could be
# converted" is often used as the check that a result is of the right kind; for questionnaires it checks nothing.
# What to do: compare the LOINC code, and the braces letter by letter, before converting.
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
for (const [value, from, to, expected] of [
  [14, "{drinks}/wk", "{cigarettes}/d", 2],
  [15, "{score}", "{years_of_school}", 15],
  [50, "%", "{drinks}", 0.5],
]) {
  const { status, toVal, msg } = units.convertUnitTo(from, value, to);
  console.log(`${value} ${from} -> ${toVal} ${to}: ${status}, messages: ${msg.length}`);
  kept = kept && status === "succeeded" && msg.length === 0 && Math.abs(toVal - expected) < 1e-9;
}
process.exit(kept ? 0 : 1);
JS
node "$work/run.cjs"
