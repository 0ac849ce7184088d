// All facts joined together: evaluations first, then each fact, then what facts say of one another.

import { propagate } from "./engine.js";
import { evaluated } from "./evaluations.js";
import { claimsOf, disagreement, holdsUntil, isDanger, isFresh, join, joinedAt } from "./join.js";
import { dayOf, daysLater, tells } from "./parsing.js";

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
    if (this.told.size > 0) {
      this.tellTheMonth();
    }
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

  /** What is said of now is said of the time as well that another question looks back on, and holds as long. */
  tellTheMonth() {
    for (const fact of this.kb.factList) {
      if (fact.windowDays === null || fact.now === null || this.claims(fact.now).length === 0) {
        continue;
      }
      const now = this.kb.facts[fact.now].number;
      for (const claim of this.claims(fact.now)) {
        const met = this.kb.implications.filter(([a, i, b]) => a === now && b === fact.number && claim.low >= i);
        const low = Math.max(-1, ...met.map(([, , , rank]) => rank));
        if (low >= 0 && isDanger(fact, low)) {
          const source = `${fact.now}|${claim.source}`;
          const said = { ...claim, low, high: fact.top, value: fact.steps[low], source, own: false };
          this.told.set(fact.id, [...this.claims(fact.id), said]);
        }
      }
    }
  }

  /** @param {Fact} fact */
  evaluate(fact) {
    const found = evaluated(this.kb, fact, (name) => this.claims(name), this.today);
    if (!found.finding) {
      return;
    }
    if (found.stands) {
      this.stand(fact, joinedAt(found.finding.low, found.finding.low, { counted: [found.finding] }));
    } else if (!isFresh(fact, found.finding, this.today)) {
      this.stand(fact, joinedAt(...fact.start, { expired: [found.finding] }));
    }
    for (const [name, claims] of Object.entries(found.lowered)) {
      this.lowered.set(name, new Set([...(this.lowered.get(name) ?? []), ...claims]));
    }
    for (const [name, claims] of Object.entries(found.gone)) {
      this.told.set(
        name,
        this.claims(name).filter((claim) => !claims.includes(claim)),
      );
    }
  }

  /** @param {Fact} fact @param {Joined} joined */
  stand(fact, joined) {
    this.reading.lo[fact.number] = joined.low;
    this.reading.hi[fact.number] = joined.high;
    this.joined.set(fact.id, joined);
  }

  /** @param {string} name */
  join(name) {
    const fact = this.kb.facts[name];
    const claims = this.claims(name);
    const lowered = this.lowered.get(name) ?? new Set();
    const joined = claims.length > 0 ? join(fact, claims, this.today, lowered) : joinedAt(...fact.start);
    this.stand(fact, joined);
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
      const causes = this.countedOf(of).filter(({ own, low }) => own && low === worse.low);
      const isSame = (/** @type {Claim} */ c) =>
        c.own && causes.some(({ source, day }) => source === c.source && day === c.day);
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
      const counts = joined && (joined.counted.length > 0 || joined.expired.length > 0);
      if (this.told.has(fact.id) && (reading.used[fact.id] ?? []).some(tells) && !counts) {
        reading.setAside.push(fact.id);
      }
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
      if (joined.counted.some(({ low, high }) => low > 0 || high < fact.top)) {
        reading.last[fact.id] = worstOf(joined.counted);
      }
    }
  }
}

/** The worst, of several the latest; of those, one that does not hang on the order they came in. @param {Claim[]} claims */
function worstOf(claims) {
  const words = (/** @type {Claim} */ { shown, value }) => [shown, value];
  return claims.reduce((a, b) =>
    b.low - a.low || b.day - a.day ? (b.low - a.low || b.day - a.day) > 0 ? b : a : words(b) > words(a) ? b : a,
  );
}

/** What a claim is known by, however its scale of times has moved. @param {Claim} claim */
function saying({ name, given, source, date, author }) {
  return [name, given, source, date, author].join("\u0000");
}
