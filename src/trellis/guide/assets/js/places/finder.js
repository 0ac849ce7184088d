// @ts-check
/** Finds places on this device: what is loaded, what was typed, and what comes of it. Nothing of it is kept or sent. */
import { laidOut, ranked } from "./match.js";
import { zipAt } from "./near.js";
import { onPaper } from "./paper.js";
import { screen } from "./screen.js";
import { termsOf } from "./terms.js";
import { wantedOf } from "./wanted.js";

/** @typedef {import("../context.js").Ctx} Ctx */
/** @typedef {import("./match.js").List} List */
/** @typedef {import("./match.js").Match} Match */
/** @typedef {import("./near.js").Near} Near */
/** @typedef {{zip: number[], lat: number[], lon: number[]}} ZipTable */
/**
 * What somebody typed and chose. `area`: the one to be asked about, or -1; `said`: what to say below the ZIP code.
 * `takes`: whom the place must take, such as veterans.
 * @typedef {{zip: string, near: Near | null, area: number, said: string, loading: boolean, failed: boolean,
 *   when: "now" | "next", payment: string, language: string | null, takes: string, all: boolean}} Looking
 * @typedef {object} Finder
 * @property {import("./terms.js").Terms} terms
 * @property {Record<string, any>} words by language
 * @property {string[]} used the languages, ways to pay and people that any place tells of
 * @property {boolean} large whether the list is cut into areas
 * @property {Looking} looking
 * @property {(patch: Partial<Looking>) => void} set
 * @property {(zip: string) => void} look from a ZIP code, or from nowhere
 * @property {(yes: boolean) => void} answer whether to load the area
 * @property {(ctx: Ctx) => Found} find
 * @property {(number: number) => string[]} area the first three digits of its ZIP codes
 * @property {(ctx: Ctx) => any} screen
 * @property {(ctx: Ctx) => any} onPaper
 * @property {() => void} forget
 * @typedef {{wanted: import("./wanted.js").Wanted, own: Match[], others: Match[]}} Found
 */

/** So many of each part of the list are looked at. */
const MOST = 10;
/** Miles: as far as an area reaches beyond its edge, so that no second one need be asked for. */
const WITHIN = 50;
const DIGITS = 3;
const SPANISH = "lang_es";
const AREAS = "areas/";

/** @returns {Looking} */
function blank() {
  return { zip: "", near: null, area: -1, said: "", loading: false, failed: false, when: "now", payment: "", language: null, takes: "", all: false };
}

/**
 * @param {any} kb
 * @param {string} folder where its files lie
 * @param {(path: string) => Promise<any>} fetched
 * @param {() => void} draw
 * @returns {Promise<Finder>}
 */
export async function finderOf(kb, folder, fetched, draw) {
  const names = ["terms", "list", "words.en", "words.es"];
  const [data, list, en, es] = await Promise.all(names.map((name) => fetched(`${folder}${name}.json`)));
  const terms = termsOf(kb, data);
  /** @type {string[][]} */
  const areas = list.areas;
  const isOwn = (/** @type {import("./match.js").Place} */ one) => one.own === true;
  const own = laidOut(terms, list.places.filter(isOwn));
  const rest = laidOut(terms, list.places.filter((/** @type {any} */ one) => !isOwn(one)));
  /** What was loaded after somebody said yes. @type {Map<number, {list: List, zips: ZipTable}>} */
  const loaded = new Map();
  const nowhere = laidOut(terms, []);

  /** @type {Finder} */
  const finder = {
    terms,
    words: { en, es },
    used: data.used,
    large: areas.length > 0,
    looking: blank(),
    set(patch) {
      finder.looking = { ...finder.looking, ...patch };
      draw();
    },
    look(typed) {
      const zip = typed.trim().slice(0, 5);
      const still = { zip: typed.trim(), near: null, area: -1, failed: false, all: false };
      if (zip === "" && !finder.large) {
        finder.set({ ...still, said: "" });
      } else if (!/^\d{5}(-?\d{4})?$/.test(typed.trim())) {
        finder.set({ ...still, said: "zip_wrong" });
      } else if (!finder.large) {
        const near = zipAt(list.zips, zip);
        finder.set({ ...still, zip, near, said: near ? "" : "zip_far" });
      } else {
        const area = areas.findIndex((prefixes) => prefixes.includes(zip.slice(0, DIGITS)));
        const there = loaded.get(area);
        const near = there ? zipAt(there.zips, zip) : null;
        finder.set({ ...still, zip, near, area: there ? -1 : area, said: area < 0 || (there && !near) ? "zip_far" : "" });
      }
    },
    answer(yes) {
      const { area, zip } = finder.looking;
      if (!yes) {
        finder.set({ area: -1, zip: "" });
        return;
      }
      finder.set({ loading: true, failed: false });
      fetched(`${folder}${AREAS}${String(area).padStart(DIGITS, "0")}.json`)
        .then((found) => {
          loaded.set(area, { list: laidOut(terms, found.places), zips: found.zips });
          // Whoever left meanwhile has an empty field again, and sees nothing of it.
          if (finder.looking.area === area) {
            finder.looking.loading = false;
            finder.look(zip);
          }
        })
        .catch(() => finder.looking.area === area && finder.set({ loading: false, failed: true }));
    },
    find(ctx) {
      const { near, when, payment, language, takes } = finder.looking;
      // The language that the page is read in: on paper in two languages both columns are of the same places.
      const reads = document.documentElement.lang;
      const speaks = language ?? (reads === "es" && finder.used.includes(SPANISH) ? SPANISH : "");
      const wanted = wantedOf(terms, ctx.rec, when, { payment, language: speaks, also: takes ? [takes] : [] });
      const area = near ? areas.findIndex((prefixes) => prefixes.includes(near.name.slice(0, DIGITS))) : -1;
      const others = finder.large ? loaded.get(area)?.list ?? nowhere : rest;
      const how = { near, limit: MOST, within: near ? WITHIN : null };
      return { wanted, own: ranked(terms, own, wanted, how), others: ranked(terms, others, wanted, how) };
    },
    area: (number) => areas[number],
    screen: (ctx) => screen(ctx, finder),
    onPaper: (ctx) => onPaper(ctx, finder),
    forget() {
      finder.looking = blank();
      loaded.clear();
      forgetAreas(folder).catch(() => undefined);
    },
  };
  return finder;
}

/** Take the areas that were asked for from what the service worker keeps: which they are tells where somebody looked. @param {string} folder */
async function forgetAreas(folder) {
  const there = new URL(`${folder}${AREAS}`, document.baseURI).href;
  for (const name of "caches" in window ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.startsWith(there)) {
        await cache.delete(request);
      }
    }
  }
}
