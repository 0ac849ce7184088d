// What matters to a person, how settings fare on it, and where wish and safety part. Nothing is added up or averaged.

import { packageFor, standing } from "./compare.js";
import { exceeding } from "./explain.js";

/** @typedef {import("./compare.js").Standing} Standing */
/** @typedef {import("./decide.js").Recommendation} Recommendation */
/** @typedef {import("./explain.js").NeedView} NeedView */
/** @typedef {import("./explain.js").Shortfall} Shortfall */
/** @typedef {import("./knowledge.js").How} How */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").Package} Package */
/** @typedef {import("./knowledge.js").Value} Value */
/**
 * How a setting fares on one thing. `why` names the places that decide it. `changed`: a home that is joined may change
 * what is said.
 * @typedef {{how: How, why: string[], changed: boolean}} Fares
 */
/**
 * One setting on everything that matters. `well` and `hard`: the important things it does well or badly.
 * @typedef {{setting: string, package: Package | null, standing: Standing | null, fares: Record<string, Fares>,
 *   well: string[], hard: string[]}} SettingFares
 */
/**
 * Where wish and safety part: a setting that serves a wish better than any that is enough, and is not enough.
 * `instead`: per thing, the settings not ruled out that do best on it.
 * @typedef {{setting: string, package: Package, values: string[], lacking: Shortfall[], resolve: NeedView[],
 *   instead: Record<string, string[]>}} Parting
 */
/**
 * @typedef {{matters: {value: string, rating: number}[], settings: SettingFares[], short: SettingFares[],
 *   partings: Parting[]}} ValuesCompared
 */

/** From here on a thing counts as important. */
const IMPORTANT = 4;
/** What can be counted on: where it depends, nothing can. @type {Record<How, number>} */
const SURE = { well: 2, partly: 1, hard: 0, depends: 0 };
/** @type {How[]} */
const HARDEST_FIRST = ["hard", "depends", "partly", "well"];

/**
 * How settings fare on what matters to a person.
 * @param {Knowledge} kb
 * @param {Record<string, number>} ratings from the id of a thing to how much it matters, 0 to 5
 * @param {Recommendation | null} [rec] the person; with it, settings that would lack something are kept apart
 * @returns {ValuesCompared}
 */
export function fare(kb, ratings, rec = null) {
  const rated = Object.keys(kb.values).map((value) => ({ value, rating: ratings[value] ?? 0 }));
  const matters = rated.filter(({ rating }) => rating > 0).sort((a, b) => b.rating - a.rating);
  const names = [...new Set(kb.packageList.map(({ setting }) => setting))];
  const every = names.map((name) => settingFares(kb, name, matters, rec));
  const settings = every.filter((one) => [null, "enough", "open"].includes(one.standing));
  const short = every.filter((one) => one.standing === "short");
  return { matters, settings, short, partings: rec ? partings(rec, short, settings, importantOf(matters)) : [] };
}

/** @param {ValuesCompared["matters"]} matters */
function importantOf(matters) {
  return matters.filter(({ rating }) => rating >= IMPORTANT).map(({ value }) => value);
}

/**
 * @param {Knowledge} kb
 * @param {string} setting
 * @param {ValuesCompared["matters"]} matters
 * @param {Recommendation | null} rec
 * @returns {SettingFares}
 */
function settingFares(kb, setting, matters, rec) {
  const chosen = rec ? packageFor(rec, setting) : (kb.packages[setting] ?? null);
  /** @type {Record<string, Fares>} */
  const fares = {};
  for (const { value } of matters) {
    const found = faresOn(kb, kb.values[value], chosen ? chosen.parts : [setting]);
    if (found) {
      fares[value] = found;
    }
  }
  const among = (/** @type {How} */ how) => importantOf(matters).filter((name) => fares[name]?.how === how);
  const stands = rec && (chosen ? standing(rec, chosen) : "not_admitted");
  return { setting, package: chosen, standing: stands, fares, well: among("well"), hard: among("hard") };
}

/**
 * A place taken together with others is as hard as the hardest of them.
 * @param {Knowledge} kb
 * @param {Value} value
 * @param {string[]} parts
 * @returns {Fares | null}
 */
function faresOn(kb, { settings }, parts) {
  const how = HARDEST_FIRST.find((one) => parts.some((part) => settings[part] === one));
  if (!how) {
    return null;
  }
  // The ratings are of settings alone; who also moves into a recovery residence does not stay in their own home.
  const changed = parts.some((part) => kb.addOns[part]?.housing);
  const why = parts.filter((part) => settings[part] === how);
  return { how: changed && how === "well" ? "depends" : how, why, changed };
}

/**
 * @param {Recommendation} rec
 * @param {SettingFares[]} short
 * @param {SettingFares[]} considered
 * @param {string[]} important
 * @returns {Parting[]}
 */
function partings(rec, short, considered, important) {
  const sure = (/** @type {SettingFares} */ { fares }, /** @type {string} */ name) =>
    name in fares ? SURE[fares[name].how] : -1;
  const bestOn = (/** @type {string} */ name) => Math.max(0, ...considered.map((one) => sure(one, name)));
  const instead = (/** @type {string} */ name) =>
    considered.filter((one) => bestOn(name) > 0 && sure(one, name) === bestOn(name)).map(({ setting }) => setting);
  return [...short].reverse().flatMap((one) => {
    const values = important.filter((name) => sure(one, name) > bestOn(name));
    if (values.length === 0 || !one.package) {
      return [];
    }
    return {
      setting: one.setting,
      package: one.package,
      values,
      lacking: rec.shortfalls[one.package.id],
      resolve: exceeding(rec.active, one.package),
      instead: Object.fromEntries(values.map((name) => [name, instead(name)])),
    };
  });
}
