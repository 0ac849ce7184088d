// What matters to a person, how settings fare on it, and where wish and safety part. Nothing is added up or averaged.

import { packageFor, standing } from "./standing.js";

/** @typedef {import("./standing.js").Standing} Standing */
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

const LEAST = 0;
const MOST = 5;
/** From here on a thing counts as important. */
const IMPORTANT = 4;

/** What can be counted on: where it depends, nothing can. @type {Record<How, number>} */
const SURE = { well: 2, partly: 1, hard: 0, depends: 0 };
/** @type {How[]} */
const HARDEST_FIRST = ["hard", "depends", "partly", "well"];

/**
 * How settings fare on what matters to a person.
 * @param {Knowledge} kb
 * @param {Record<string, number>} matters from the id of a thing to how much it matters, 0 to 5
 * @param {Recommendation | null} [rec] the person; with it, settings that would lack something are kept apart
 * @param {string[] | null} [only] the settings to look at; all when left out
 * @returns {ValuesCompared}
 */
export function fare(kb, matters, rec = null, only = null) {
  for (const [name, rating] of Object.entries(matters)) {
    if (!(name in kb.values) || !Number.isInteger(rating) || rating < LEAST || rating > MOST) {
      throw new RangeError(`[${name}: ${rating}] is nothing that can be rated so.`);
    }
  }
  const rated = Object.values(kb.values).map((value) => ({ value, rating: matters[value.id] ?? 0 }));
  const ordered = rated.filter(({ rating }) => rating > 0).sort((a, b) => b.rating - a.rating);
  const important = ordered.filter(({ rating }) => rating >= IMPORTANT).map(({ value }) => value.id);
  const names = [...new Set(kb.packageList.map(({ setting }) => setting))];
  const every = names.map((name) =>
    settingFares(
      kb,
      name,
      ordered.map(({ value }) => value),
      important,
      rec,
    ),
  );
  const among = (/** @type {(Standing | null)[]} */ some) => every.filter((one) => some.includes(one.standing));
  const considered = among([null, "enough", "open"]);
  const short = among(["short"]);
  const isShown = (/** @type {{setting: string}} */ { setting }) => only === null || only.includes(setting);
  return {
    matters: ordered.map(({ value, rating }) => ({ value: value.id, rating })),
    settings: considered.filter(isShown),
    short: short.filter(isShown),
    partings: rec ? partings(rec, short, considered, important).filter(isShown) : [],
  };
}

/**
 * @param {Knowledge} kb
 * @param {string} setting
 * @param {Value[]} values
 * @param {string[]} important
 * @param {Recommendation | null} rec
 * @returns {SettingFares}
 */
function settingFares(kb, setting, values, important, rec) {
  const chosen = rec ? packageFor(rec, setting) : (kb.packages[setting] ?? null);
  /** @type {Record<string, Fares>} */
  const fares = Object.create(null);
  for (const value of values) {
    const found = faresOn(kb, value, chosen ? chosen.parts : [setting]);
    if (found) {
      fares[value.id] = found;
    }
  }
  return {
    setting,
    package: chosen,
    standing: rec ? (chosen ? standing(rec.shortfalls[chosen.id]) : "not_admitted") : null,
    fares,
    well: important.filter((name) => name in fares && fares[name].how === "well"),
    hard: important.filter((name) => name in fares && fares[name].how === "hard"),
  };
}

/**
 * A place taken together with others is as hard as the hardest of them.
 * @param {Knowledge} kb
 * @param {Value} value
 * @param {string[]} parts
 * @returns {Fares | null}
 */
function faresOn(kb, value, parts) {
  const rated = parts.filter((part) => part in value.settings);
  if (rated.length === 0) {
    return null;
  }
  const how = /** @type {How} */ (HARDEST_FIRST.find((one) => rated.some((part) => value.settings[part] === one)));
  // The ratings are of settings alone; who also moves into a recovery residence does not stay in their own home.
  const changed = parts.some((part) => part in kb.addOns && kb.addOns[part].housing);
  const why = rated.filter((part) => value.settings[part] === how);
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
  const best = new Map(important.map((name) => [name, Math.max(0, ...considered.map((one) => sure(one, name)))]));
  const bestOn = (/** @type {string} */ name) => best.get(name) ?? 0;
  const instead = (/** @type {string} */ name) =>
    considered.filter((one) => bestOn(name) > 0 && sure(one, name) === bestOn(name)).map(({ setting }) => setting);
  return [...short].reverse().flatMap((one) => {
    const values = important.filter((name) => sure(one, name) > bestOn(name));
    if (values.length === 0 || !one.package) {
      return [];
    }
    return [
      {
        setting: one.setting,
        package: one.package,
        values,
        lacking: rec.shortfalls[one.package.id],
        resolve: rec.stepDown[one.package.id].resolve.map((name) => rec.need(name)),
        instead: Object.fromEntries(values.map((name) => [name, instead(name)])),
      },
    ];
  });
}
