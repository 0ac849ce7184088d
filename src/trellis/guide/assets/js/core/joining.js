// All facts joined together: evaluations first, then each fact, then what facts say of one another.

import { propagate } from "./engine.js";
import { loweredBy, standingFinding } from "./evaluations.js";
import { claimsOf, disagreement, holdsUntil, isDanger, join, joinedAt } from "./join.js";
import { dayOf, daysLater } from "./parsing.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./join.js").Joined} Joined */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./parsing.js").Problem} Problem */
/** A fact that another makes worse than it was said to be: the rank, that other, and its claim.
 * @typedef {{fact: Fact, reached: number, of: string, worse: Claim}} Clash */

/** The claims on every fact, and how each fact stands by them. */
export class Joining {
  /**
   * @param {Knowledge} kb
   * @param {Reading} reading its intervals are changed in place
   * @param {Map<string, Claim[]>} told per fact, the claims on it
   * @param {string} asOf
   */
  constructor(kb, reading, told, asOf) {
    this.kb = kb;
    this.reading = reading;
    this.told = told;
    this.asOf = asOf;
    this.today = /** @type {number} */ (dayOf(asOf));
    /** @type {Map<string, Joined>} */
    this.joined = new Map();
    /** @type {Map<string, Set<Claim>>} */
    this.lowered = new Map();
  }

  /** Join the claims on each fact, once evaluations have said which danger they deal with. */
  joinAll() {
    for (const fact of this.kb.factList) {
      if (fact.kind === "evaluation" && this.told.get(fact.id)?.length) {
        this.evaluate(fact);
      }
    }
    for (const name of this.told.keys()) {
      if (this.kb.facts[name].kind !== "evaluation") {
        this.join(name);
      }
    }
  }

  /** Carry answers through the implications, both ways, once what they dispute is settled. @param {Problem[]} problems */
  carry(problems) {
    const { kb, reading } = this;
    const narrowed = () => {
      const lo = reading.lo.slice();
      const hi = reading.hi.slice();
      propagate(kb.implications, lo, hi);
      return { lo, hi };
    };
    let found = narrowed();
    if (found.lo.some((rank, fact) => rank > found.hi[fact])) {
      this.settle(problems);
      found = narrowed();
    }
    this.note();
    reading.freshLo = found.lo;
    if (reading.latched.length > 0) {
      reading.freshLo = kb.factList.map(({ id }, place) => (reading.latched.includes(id) ? 0 : reading.lo[place]));
      propagate(kb.implications, reading.freshLo, kb.tops.slice());
    }
    reading.lo = found.lo;
    reading.hi = found.hi;
  }

  /** The claims on a fact. @param {string} name */
  claims(name) {
    let found = this.told.get(name);
    if (!found) {
      found = claimsOf(this.kb.facts[name], this.reading.used[name] ?? [], this.asOf);
      this.told.set(name, found);
    }
    return found;
  }

  /** @param {Fact} fact */
  evaluate(fact) {
    const claims = (/** @type {string} */ name) => this.claims(name);
    const { finding, undone } = standingFinding(this.kb, fact, claims, this.today);
    if (!finding) {
      const last = claims(fact.id).reduce((a, b) => (b.day > a.day ? b : a));
      this.joined.set(fact.id, joinedAt(...fact.start, { expired: [last] }));
    }
    if (!finding || undone) {
      return;
    }
    this.reading.lo[fact.number] = finding.low;
    this.reading.hi[fact.number] = finding.low;
    this.joined.set(fact.id, joinedAt(finding.low, finding.low, { counted: [finding] }));
    if (finding.low < fact.start[0]) {
      for (const { name, likeAny, gone } of loweredBy(this.kb, fact, finding, claims)) {
        this.lowered.set(name, new Set([...(this.lowered.get(name) ?? []), ...likeAny]));
        this.told.set(
          name,
          claims(name).filter((claim) => !gone.includes(claim)),
        );
      }
    }
  }

  /** @param {string} name */
  join(name) {
    const fact = this.kb.facts[name];
    const claims = this.claims(name);
    const lowered = this.lowered.get(name) ?? new Set();
    const joined = claims.length > 0 ? join(fact, claims, this.today, lowered) : joinedAt(...fact.start);
    this.reading.lo[fact.number] = joined.low;
    this.reading.hi[fact.number] = joined.high;
    this.joined.set(name, joined);
  }

  /**
   * Settle what answers to different facts dispute. Of one source the later answer counts, but danger always does. Of
   * several sources the worse one counts, the disagreement is kept, and what the milder answer had cleared opens again.
   * Of one source on one day, both are named as a contradiction.
   * @param {Problem[]} problems
   */
  settle(problems) {
    while (this.clashes().some((clash) => this.dropTheEarlier(clash))) {
      // until nothing more is left out
    }
    for (const { fact, reached, of, worse } of this.clashes()) {
      const milder = this.countedOf(fact.id).filter(({ high }) => high < reached);
      const isSame = (/** @type {Claim} */ c) =>
        c.own && worse.own && c.source === worse.source && c.day === worse.day;
      if (milder.some(isSame)) {
        const expects = fact.steps[reached];
        problems.push({ kind: "contradiction", where: of, facts: [of, fact.id], value: worse.value, expects });
      }
      const claims = [...milder, { value: fact.steps[reached], shown: worse.shown }];
      this.reading.disagreements.push(disagreement(fact.id, claims));
      this.reading.hi[fact.number] = reached;
    }
  }

  /** @returns {Clash[]} */
  clashes() {
    const { kb } = this;
    const reached = this.reading.lo.slice();
    const cause = reached.map((_, number) => number);
    for (let changed = true; changed;) {
      changed = false;
      for (const [a, i, b, j] of kb.implications) {
        if (reached[a] >= i && reached[b] < j) {
          reached[b] = j;
          cause[b] = cause[a];
          changed = true;
        }
      }
    }
    const found = [...reached.keys()].filter((number) => reached[number] > this.reading.hi[number]);
    return found.map((number) => {
      const of = kb.factList[cause[number]].id;
      for (const name of [kb.factList[number].id, of]) {
        this.claims(name);
        if (!this.joined.has(name)) {
          this.join(name);
        }
      }
      return { fact: kb.factList[number], reached: reached[number], of, worse: worstOf(this.countedOf(of)) };
    });
  }

  /** Leave out what its own source has since said otherwise; danger is not taken back. @param {Clash} clash */
  dropTheEarlier({ fact, reached, of, worse }) {
    const milder = this.countedOf(fact.id).filter(({ high, source }) => high < reached && source === worse.source);
    const earlier = milder.filter(({ day }) => day < worse.day);
    if (earlier.length > 0) {
      return this.leaveOut(fact.id, earlier);
    }
    if (milder.some(({ day }) => day > worse.day) && !isDanger(this.kb.facts[of], worse.low)) {
      return this.leaveOut(of, [worse]);
    }
    return false;
  }

  /** @param {string} name @param {Claim[]} claims */
  leaveOut(name, claims) {
    const said = claims.map(saying);
    const before = this.claims(name);
    const kept = before.filter((claim) => !said.includes(saying(claim)));
    this.told.set(name, kept);
    this.join(name);
    return kept.length < before.length;
  }

  /** @param {string} name */
  countedOf(name) {
    return /** @type {Joined} */ (this.joined.get(name)).counted;
  }

  /** Write down what was noticed of each fact. */
  note() {
    const { reading } = this;
    for (const fact of this.kb.factList) {
      const joined = this.joined.get(fact.id);
      if (!joined) {
        continue;
      }
      if (joined.latched) {
        reading.latched.push(fact.id);
      }
      if (joined.standing) {
        const { value, date } = joined.standing;
        reading.standing.push({ fact: fact.id, value, day: date, until: holdsUntil(fact, joined.standing) });
      }
      for (const { name, given, date } of joined.expired) {
        reading.expired.push({ name, value: given, day: date, until: daysLater(date, fact.validDays ?? 0) });
      }
      if (joined.disagreement) {
        reading.disagreements.push(joined.disagreement);
      }
      if (joined.counted.length > 0) {
        reading.last[fact.id] = worstOf(joined.counted);
      }
    }
    const key = (/** @type {any} */ { name, value, day, until }) => [name, value, day, until].join("\u0000");
    reading.expired.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  }
}

/** @param {Claim[]} claims */
function worstOf(claims) {
  return claims.reduce((a, b) => (b.low > a.low || (b.low === a.low && b.day > a.day) ? b : a));
}

/** What a claim is known by, however its scale of times has moved. @param {Claim} claim */
function saying({ name, given, source, date, author }) {
  return [name, given, source, date, author].join("\u0000");
}
