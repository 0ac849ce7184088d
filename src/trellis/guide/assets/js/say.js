// @ts-check
/**
 * Words of the catalogue in the reader's language: slots, plural forms, lists and days, by the rules that the browser
 * knows of each language. Python says the same: see trellis.say.
 *
 * @typedef {Record<string, string | number>} Slots
 * @typedef {{by: string[], [form: string]: any}} Forms plural forms, and the slots whose numbers choose among them
 */

const LOCALES = { en: "en-US", es: "es-US" };
/** Lists in English are those of en-GB, which put no comma before the last "and". */
const LISTS = { en: "en-GB", es: "es-US" };
/** "Y" is "e" before the sound i, "o" is "u" before the sound o; the browser knows it, but not of letters with an accent. */
const ACCENTED = { conjunction: /^h?í/i, disjunction: /^h?ó/i };

/** @param {string | Forms} words @param {"en" | "es"} lang @param {Slots} slots @returns {string} */
export function spoken(words, lang, slots) {
  if (typeof words === "string") {
    return filled(words, slots);
  }
  const rules = new Intl.PluralRules(LOCALES[lang]);
  const number = new Intl.NumberFormat(LOCALES[lang]);
  const form = words.by.reduce((/** @type {any} */ found, slot) => {
    return typeof found === "string" ? found : found[rules.select(Number(slots[slot]))] || found.other;
  }, words);
  const told = Object.fromEntries(words.by.map((slot) => [slot, number.format(Number(slots[slot]))]));
  return filled(form, { ...slots, ...told });
}

/** @param {string} words @param {Slots} slots @returns {string} */
function filled(words, slots) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
}

/**
 * A list within a sentence; all of it is meant, or any of it will do.
 * @param {string[]} names @param {"en" | "es"} lang @param {"conjunction" | "disjunction"} [type] @returns {string}
 */
export function listed(names, lang, type = "conjunction") {
  const list = new Intl.ListFormat(LISTS[lang], { type }).format(names);
  const last = names[names.length - 1] || "";
  if (lang === "es" && names.length > 1 && ACCENTED[type].test(last)) {
    return `${list.slice(0, -last.length - 3)} ${type === "conjunction" ? "e" : "u"} ${last}`;
  }
  return list;
}

/** A day in words, so that nobody mistakes day and month. @param {string} day as YYYY-MM-DD @param {"en" | "es"} lang */
export function dayWords(day, lang) {
  const [year, month, date] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long" }).format(new Date(year, month - 1, date));
}
