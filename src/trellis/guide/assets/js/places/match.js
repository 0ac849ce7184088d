// @ts-check
/** Places held against what is wanted, on this device: meets, may meet, lacks; by need first. As `trellis.directory.matching`. */
import { BANDS, bandOf, miles, nearness, vector } from "./near.js";
import { holds, livesAlike, mask, meet, unary } from "./terms.js";

/** @typedef {import("./terms.js").Terms} Terms */
/** @typedef {import("./terms.js").Mask} Mask */
/** @typedef {import("./wanted.js").Wanted} Wanted */
/** @typedef {import("./near.js").Near} Near */
/** `sure`: the place says so itself. `least`: what it says it gives at least; `most`: what is not ruled out.
 * @typedef {{setting: string, sure: boolean, least: number[], most: number[]}} Offer */
/** A place as the files have it. @typedef {{id: string, yes: Mask, no: Mask, t: Record<string, string>, at?: [number, number], exact?: boolean,
 *   wait?: number, steps?: Record<string, number>, from: number[], on?: string, gone?: string, disputed?: string[], own?: boolean}} Place */
/** @typedef {"setting" | "axis" | "people" | "service" | "payment" | "language"} PointKind */
/** @typedef {{kind: PointKind, id: string, step: string, features: string[], needs: string[]}} Point */
/** @typedef {{place: Place, fit: "meets" | "may" | "lacks", setting: string, met: Point[], ask: Point[], lacks: Point[],
 *   miles: number | null, wait: number | null, key: (number | string)[]}} Match */
/**
 * Places laid out for a fast loop: a row each in flat lists. `offered`: its kinds of care as bits, `denied` those it says
 * it has not. Offers stand by kind of care, those that are sure first: `first` is where a kind begins, `of` whose it is.
 * @typedef {{places: Place[], words: number, yes: Int32Array, no: Int32Array, at: Float64Array, wait: Int32Array, offered: Int32Array,
 *   denied: Int32Array, first: number[], of: Int32Array, sure: Uint8Array, least: Int32Array, most: Int32Array}} List
 */

const FITS = /** @type {const} */ (["meets", "may", "lacks"]);
const [MEETS, MAY, LACKS] = [0, 1, 2];
/** What it is about when a place meets or lacks. */
const HARD = ["setting", "axis", "people"];
/** Days. */
const USUAL_WAIT = 7;
const [SURE, PERHAPS, LIKELY, NOT_SAID] = [0, 1, 2, 3];
/** Room for each part of the order in one number. */
const [MOST_RANK, MOST_UNSAID, MOST_WAIT] = [64, 64, 100000];
const MOST_SERVICES = MOST_UNSAID * 64;
const BEHIND = (BANDS.length + 2) * MOST_WAIT * 9;
const A_NEED = MOST_SERVICES * BEHIND;

/** The kinds of care that a place has or may have, least restrictive first. @param {Terms} terms @param {Place} place @returns {Offer[]} */
export function offersOf(terms, { yes, no, steps = {} }) {
  const { axes, kinds, features, bit, tops } = terms;
  const least = axes.map(() => 0);
  let most = [...tops];
  for (const { bit: at, axis, step, treats } of terms.giving) {
    if (holds(yes, at)) {
      least[axis] = Math.max(least[axis], step);
    } else if (treats && holds(no, at)) {
      most[axis] = Math.min(most[axis], step - 1);
    }
  }
  most = most.map((step, axis) => Math.max(step, least[axis]));
  const sure = new Set(kinds.filter(({ maskAlone }) => meet(yes, maskAlone)).map(({ id }) => id));
  /** @type {Offer[]} */
  const found = [];
  for (const { id, alone, among, maskAlone, maskAmong, usual } of kinds) {
    if (meet(no, maskAlone) || !(meet(yes, maskAlone) || meet(yes, maskAmong))) {
      continue;
    }
    const has = (/** @type {string} */ one) => holds(yes, bit[one]);
    const said = [
      ...alone.filter(has),
      ...among.filter((one) => has(one) && (sure.has(id) || !features[one].offers.some((other) => sure.has(other)))),
    ];
    if (!said.length) {
      continue;
    }
    const [atLeast, atMost] = [[...least], [...most]];
    for (const axis of said.flatMap((one) => features[one].says)) {
      atLeast[axis] = Math.max(atLeast[axis], usual[axis]);
      atMost[axis] = Math.max(atMost[axis], atLeast[axis]);
    }
    axes.forEach((axis, number) => {
      const stated = steps[`${id}.${axis.id}`];
      if (stated !== undefined) {
        atLeast[number] = atMost[number] = stated;
      }
    });
    found.push({ setting: id, sure: sure.has(id), least: atLeast, most: atMost });
  }
  return found;
}

/** Lay places out for the loop, once for a list. @param {Terms} terms @param {Place[]} places @returns {List} */
export function laidOut(terms, places) {
  const count = places.length;
  const words = mask(terms, []).length;
  const kinds = terms.kinds.map(() => /** @type {{number: number, offer: Offer}[]} */ ([]));
  const numbers = new Map(terms.kinds.map(({ id }, number) => [id, kinds[number]]));
  places.forEach((place, number) => offersOf(terms, place).forEach((offer) => numbers.get(offer.setting)?.push({ number, offer })));
  const offers = kinds.flatMap((several) => several.sort((a, b) => Number(b.offer.sure) - Number(a.offer.sure)));
  const total = offers.length;
  const list = {
    places, words, yes: new Int32Array(count * words), no: new Int32Array(count * words), at: new Float64Array(count * 3),
    wait: new Int32Array(count), offered: new Int32Array(count), denied: new Int32Array(count), first: [0],
    of: new Int32Array(total), sure: new Uint8Array(total), least: new Int32Array(total), most: new Int32Array(total),
  };
  places.forEach((place, number) => {
    list.yes.set(place.yes, number * words);
    list.no.set(place.no, number * words);
    list.at.set(place.at ? vector(...place.at) : [NaN, NaN, NaN], number * 3);
    list.wait[number] = Math.min(place.wait ?? USUAL_WAIT, MOST_WAIT - 1);
    terms.kinds.forEach(({ maskAlone }, kind) => {
      list.denied[number] |= Number(meet(place.no, maskAlone)) << kind;
    });
  });
  kinds.forEach((several, kind) => {
    list.first.push(list.first[kind] + several.length);
    several.forEach(({ number }) => (list.offered[number] |= 1 << kind));
  });
  offers.forEach(({ number, offer }, at) => {
    list.of[at] = number;
    list.sure[at] = Number(offer.sure);
    list.least[at] = unary(terms, offer.least);
    list.most[at] = unary(terms, offer.most);
  });
  return list;
}

/**
 * The first places of a list in their order. One number a place says how it stands; only those that are shown are held
 * against what is wanted in words.
 * @param {Terms} terms
 * @param {List} list
 * @param {Wanted} wanted
 * @param {{near?: Near | null, limit: number, within?: number | null}} how
 * @returns {Match[]}
 */
export function ranked(terms, list, wanted, { near = null, limit, within = null }) {
  return nearest(terms, list, wanted, near, limit, within).map((number) => match(terms, list.places[number], wanted, near));
}

/** The numbers of the first places. @param {Terms} terms @param {List} list @param {Wanted} wanted @param {Near | null} near
 * @param {number} limit @param {number | null} within */
function nearest(terms, list, wanted, near, limit, within) {
  const { first, of, sure, least, most, offered, denied } = list;
  const asked = unary(terms, terms.tops.map((_, axis) => wanted.asked.find((one) => one.axis === axis)?.step ?? 0));
  const best = new Best(terms, list, wanted, near, limit, within);
  terms.kinds.forEach(({ id }, kind) => {
    const rank = wanted.ranks[id] ?? -1;
    for (let offer = rank < 0 ? first[kind + 1] : first[kind]; offer < first[kind + 1]; offer += 1) {
      const isSure = sure[offer] === 1;
      const gives = (most[offer] & asked) !== asked ? LACKS : isSure && (least[offer] & asked) === asked ? MEETS : MAY;
      best.consider(of[offer], gives, (isSure ? SURE : PERHAPS) * MOST_RANK + rank);
    }
  });
  const bitsOf = (/** @type {(one: import("./terms.js").Kind) => boolean} */ fits) =>
    terms.kinds.reduce((sum, one, number) => sum | (Number(fits(one)) << number), 0);
  const here = bitsOf(({ id }) => id in wanted.ranks);
  const [some, covering, alike] = [
    bitsOf((one) => one.ranked),
    bitsOf((one) => one.ranked && covers(one, asked)),
    bitsOf((one) => one.ranked && isLikely(terms, wanted, one, asked)),
  ];
  // Places that say nothing of what is wanted: only where those that do are too few.
  const otherwise = here === 0 ? MEETS : MAY;
  if (best.isOpen(otherwise, (here === 0 ? NOT_SAID : LIKELY) * MOST_RANK)) {
    for (let number = 0; number < list.places.length; number += 1) {
      if ((offered[number] & here) === 0) {
        const others = offered[number] & some;
        const none = here !== 0 && ((denied[number] & here) === here || (others !== 0 && (others & covering) === 0));
        best.consider(number, none ? LACKS : otherwise, (here !== 0 && (others & alike) !== 0 ? LIKELY : NOT_SAID) * MOST_RANK);
      }
    }
  }
  return best.numbers;
}

/** The best places so far. What costs most is worked out last, and only of those that may still be among them. */
class Best {
  /** @param {Terms} terms @param {List} list @param {Wanted} wanted @param {Near | null} near @param {number} limit @param {number | null} within */
  constructor(terms, list, wanted, near, limit, within) {
    this.list = list;
    this.people = wanted.people.map(({ features }) => sparse(terms, features));
    this.services = wanted.services.map(({ features }) => sparse(terms, features));
    this.orders = wanted.services.map(({ orders }) => orders);
    this.soft = [wanted.payment, wanted.language].map((id) => sparse(terms, id ? [id] : []));
    this.from = near ? vector(near.latitude, near.longitude) : null;
    this.edges = BANDS.map(nearness);
    this.farthest = within === null ? -2 : nearness(within);
    this.limit = limit;
    this.worst = Infinity;
    /** @type {number[]} */
    this.numbers = [];
    /** @type {number[]} */
    this.keys = [];
    /** @type {number[]} */
    this.products = [];
  }

  /** Whether a place that stands so may still be among them. @param {number} fit @param {number} open */
  isOpen(fit, open) {
    return (fit * 4 * MOST_RANK + open) * A_NEED <= this.worst;
  }

  /** 1: a place says one of some features; -1: it denies all of them; 0: it does not say. @param {Sparse} features @param {number} row */
  says(features, row) {
    const { yes, no } = this.list;
    const { at, bits } = features;
    let denies = at.length > 0 ? 1 : 0;
    for (let part = 0; part < at.length; part += 1) {
      if ((yes[row + at[part]] & bits[part]) !== 0) {
        return 1;
      }
      if ((no[row + at[part]] & bits[part]) !== bits[part]) {
        denies = 0;
      }
    }
    return -denies;
  }

  /** @param {number} number @param {number} least how it fits at best @param {number} open */
  consider(number, least, open) {
    if (!this.isOpen(least, open)) {
      return;
    }
    const { list, people, from } = this;
    const row = number * list.words;
    let fit = least;
    for (let one = 0; one < people.length && fit < LACKS; one += 1) {
      const so = this.says(people[one], row);
      fit = so < 0 ? LACKS : so === 0 ? MAY : fit;
    }
    if (!this.isOpen(fit, open)) {
      return;
    }
    const { at } = list;
    const product = from === null ? NaN : at[number * 3] * from[0] + at[number * 3 + 1] * from[1] + at[number * 3 + 2] * from[2];
    if (product < this.farthest) {
      return;
    }
    const need = ((fit * 4 * MOST_RANK + open) * MOST_SERVICES + this.missing(row)) * BEHIND;
    if (need <= this.worst) {
      this.take(number, need + (this.band(product) * MOST_WAIT + list.wait[number]) * 9 + this.wishes(row), Number.isNaN(product) ? 0 : product);
    }
  }

  /** The services that it says it has not, then the medicine that it does not tell of, in one number. @param {number} row */
  missing(row) {
    let [gaps, unsaid] = [0, 0];
    for (let one = 0; one < this.services.length; one += 1) {
      const so = this.says(this.services[one], row);
      gaps += so < 0 ? 1 : 0;
      unsaid += so === 0 && this.orders[one] ? 1 : 0;
    }
    return gaps * MOST_UNSAID + unsaid;
  }

  /** @param {number} product */
  band(product) {
    if (this.from === null) {
      return 0;
    }
    for (let edge = 0; edge < this.edges.length; edge += 1) {
      if (product >= this.edges[edge]) {
        return edge;
      }
    }
    return this.edges.length + (Number.isNaN(product) ? 1 : 0);
  }

  /** Payment and language: said, not said or not asked for, denied. @param {number} row */
  wishes(row) {
    const [pay, speaks] = this.soft.map((one) => (one.at.length ? 1 - this.says(one, row) : 0));
    return pay * 3 + speaks;
  }

  /** Put a place where it belongs; of several kinds of care that it has, the best one counts. @param {number} number @param {number} key @param {number} product */
  take(number, key, product) {
    const { numbers, keys, products, limit } = this;
    const there = numbers.indexOf(number);
    if (key > this.worst || (there >= 0 && keys[there] <= key)) {
      return;
    }
    if (there >= 0) {
      [numbers, keys, products].forEach((all) => all.splice(there, 1));
    }
    let place = numbers.length;
    while (place > 0 && (keys[place - 1] > key || (keys[place - 1] === key && this.isNearer(number, product, place - 1)))) {
      place -= 1;
    }
    numbers.splice(place, 0, number);
    keys.splice(place, 0, key);
    products.splice(place, 0, product);
    numbers.length = keys.length = products.length = Math.min(numbers.length, limit);
    this.worst = numbers.length === limit ? keys[limit - 1] : Infinity;
  }

  /** Of two that are equal in all else the nearer one stands first, then the one whose id comes first. @param {number} number @param {number} product @param {number} place */
  isNearer(number, product, place) {
    const { places } = this.list;
    return product > this.products[place] || (product === this.products[place] && places[number].id < places[this.numbers[place]].id);
  }
}

/** A mask without its empty words. @typedef {{at: number[], bits: number[]}} Sparse */
/** @param {Terms} terms @param {string[]} features @returns {Sparse} */
function sparse(terms, features) {
  const full = mask(terms, features);
  const at = [...full.keys()].filter((place) => full[place] !== 0);
  return { at, bits: at.map((place) => full[place]) };
}

/** Hold one place against what is wanted. @param {Terms} terms @param {Place} place @param {Wanted} wanted @param {Near | null} near @returns {Match} */
export function match(terms, place, wanted, near) {
  const takes = (/** @type {string[]} */ features) => {
    const said = features.map((one) => has(terms, place, one));
    return said.includes(true) ? true : said.length > 0 && said.every((one) => one === false) ? false : null;
  };
  /** @type {[Point, boolean | null][]} */
  const around = [
    ...wanted.people.map(({ about, features }) => answered("people", about, takes(features), { features })),
    ...wanted.services.map(({ service, features, needs }) => answered("service", service, takes(features), { features, needs })),
    ...(wanted.payment ? [answered("payment", wanted.payment, takes([wanted.payment]), { features: [wanted.payment] })] : []),
    ...(wanted.language ? [answered("language", wanted.language, takes([wanted.language]), { features: [wanted.language] })] : []),
  ];
  const all = offersOf(terms, place);
  const offers = all.filter(({ setting }) => wanted.settings.includes(setting));
  const candidates = offers.map((offer) =>
    sortedOut([...care(terms, wanted, offer), ...around], offer.setting, offer.sure ? SURE : PERHAPS),
  );
  const order = (/** @type {Sorted} */ one) => (one.fit * 4 + one.open) * MOST_RANK + wanted.ranks[one.setting];
  const best = candidates.length
    ? candidates.reduce((first, one) => (order(one) < order(first) ? one : first))
    : without(terms, place, wanted, around, all.map(({ setting }) => setting));
  const product = near && place.at ? dot(vector(near.latitude, near.longitude), vector(...place.at)) : null;
  const orders = new Set(wanted.services.filter((one) => one.orders).map(({ service }) => service));
  const soft = (/** @type {PointKind} */ kind) =>
    best.lacks.some((one) => one.kind === kind) ? 2 : Number(best.ask.some((one) => one.kind === kind));
  const key = [
    best.fit, best.open, wanted.ranks[best.setting] ?? 0, best.lacks.filter(({ kind }) => kind === "service").length,
    best.ask.filter(({ kind, id }) => kind === "service" && orders.has(id)).length, near ? bandOf(product) : 0,
    place.wait ?? USUAL_WAIT, soft("payment"), soft("language"), product === null ? 0 : -product, place.id,
  ];
  const far = near && place.at ? miles([near.latitude, near.longitude], place.at) : null;
  const { met, ask, lacks, setting } = best;
  return { place, fit: FITS[best.fit], setting, met, ask, lacks, miles: far, wait: place.wait ?? null, key };
}

/** Whether a place has a feature; null where nobody says. @param {Terms} terms @param {Place} place @param {string} feature */
export function has({ bit }, { yes, no }, feature) {
  return holds(yes, bit[feature]) ? true : holds(no, bit[feature]) ? false : null;
}

/** @param {number[]} one @param {number[]} other */
function dot(one, other) {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

/** @typedef {{fit: number, open: number, setting: string, met: Point[], ask: Point[], lacks: Point[]}} Sorted */
/** @param {PointKind} kind @param {string} id @param {boolean | null} so @param {Partial<Point>} more @returns {[Point, boolean | null]} */
function answered(kind, id, so, more) {
  return [{ kind, id, step: "", features: [], needs: [], ...more }, so];
}

/** @param {[Point, boolean | null][]} said @param {string} setting @param {number} open @returns {Sorted} */
function sortedOut(said, setting, open) {
  const [met, ask, lacks] = [true, null, false].map((which) => said.filter(([, so]) => so === which).map(([point]) => point));
  const isHard = ({ kind = "" }) => HARD.includes(kind);
  const fit = lacks.some(isHard) ? LACKS : ask.some(isHard) ? MAY : MEETS;
  return { fit, open, setting, met, ask, lacks };
}

/** @param {Terms} terms @param {Wanted} wanted @param {Offer} offer @returns {[Point, boolean | null][]} */
function care(terms, wanted, { setting, sure, least, most }) {
  return [
    answered("setting", setting, sure ? true : null, { features: terms.byId[setting].alone }),
    ...wanted.asked.map(({ axis, step, needs }) => {
      const so = least[axis] >= step ? true : most[axis] < step ? false : null;
      return answered("axis", terms.axes[axis].id, so, { step: terms.axes[axis].steps[step], needs });
    }),
  ];
}

/** A place that says nothing of what is wanted. @param {Terms} terms @param {Place} place @param {Wanted} wanted
 * @param {[Point, boolean | null][]} around @param {string[]} offered */
function without(terms, place, wanted, around, offered) {
  if (!wanted.settings.length) {
    return sortedOut(around, "", NOT_SAID);
  }
  const settings = wanted.settings.map((id) => {
    const { alone, maskAlone } = terms.byId[id];
    return answered("setting", id, meet(place.no, maskAlone) ? false : null, { features: alone });
  });
  const open = settings.filter(([, so]) => so === null);
  // One question is enough: for the least restrictive that it does not deny.
  const said = open.length ? open.slice(0, 1) : settings;
  const asked = unary(terms, terms.tops.map((_, axis) => wanted.asked.find((one) => one.axis === axis)?.step ?? 0));
  const others = offered.map((id) => terms.byId[id]).filter(({ ranked: isRanked }) => isRanked);
  if (others.length && !others.some((one) => covers(one, asked))) {
    const fullest = others[others.length - 1];
    for (const { axis, step, needs } of wanted.asked.filter((one) => fullest.usual[one.axis] < one.step)) {
      said.push(answered("axis", terms.axes[axis].id, false, { step: terms.axes[axis].steps[step], needs }));
    }
  }
  const alike = others.some((one) => isLikely(terms, wanted, one, asked));
  return sortedOut([...said, ...around], "", alike ? LIKELY : NOT_SAID);
}

/** Whether a place with this kind of care may well have what is wanted: it is fuller, and lived in the same way. @param {Terms} terms
 * @param {Wanted} wanted @param {import("./terms.js").Kind} kind @param {number} asked */
function isLikely(terms, wanted, kind, asked) {
  return covers(kind, asked) && wanted.settings.some((one) => livesAlike(terms, kind.id, one));
}

/** @param {import("./terms.js").Kind} kind @param {number} asked */
function covers({ steps }, asked) {
  return (steps & asked) === asked;
}
