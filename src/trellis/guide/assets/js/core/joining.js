// All facts joined together: evaluations first, then each fact, then what facts say of one another.

import { isDanger, isFresh, join, joinedAt, slid } from "./join.js";
import { EVALUATES } from "./parsing.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./condition.js").Ranks} Ranks */
/** @typedef {import("./join.js").Claim} Claim */
/** @typedef {import("./join.js").Joined} Joined */
/** @typedef {import("./knowledge.js").Fact} Fact */
/** A fact that another makes worse than it was said to be: the rank, that other, and its claim.
 * @typedef {{fact: Fact, reached: number, of: string, worse: Claim}} Clash */

/**
 * Narrow intervals in place until every implication holds of both ends, both ways round. A contradiction is left as `lo
 * > hi` for the caller to name.
 * @param {import("./knowledge.js").Implication[]} implications
 * @param {Ranks} lo
 * @param {Ranks} hi
 */
export function propagate(implications, lo, hi) {
  let changed = true;
  while (changed) {
    changed = false;
    for (const { a, i, b, j } of implications) {
      if (hi[b] < j && hi[a] >= i) {
        hi[a] = i - 1;
        changed = true;
      } else if (lo[a] >= i && lo[b] < j) {
        lo[b] = j;
        changed = true;
      }
    }
  }
}

/** The claims on every fact, and how each fact stands by them. */
export class Joining {
  /**
   * @param {Reading} reading its intervals are changed in place, and what was noticed is written down in it
   * @param {Map<string, Claim[]>} told per fact, the claims on it
   */
  constructor(reading, told) {
    this.kb = reading.kb;
    this.reading = reading;
    this.told = told;
    /** @type {Map<string, Joined>} */
    this.joined = new Map();
    /** Claims of danger that an evaluation has dealt with. @type {Set<Claim>} */
    this.lowered = new Set();
  }

  /** Join the claims on each fact, once evaluations have said which danger they deal with; then all facts. */
  join() {
    for (const fact of this.kb.factList) {
      this.tellTheMonth(fact);
    }
    for (const fact of this.kb.factList.filter(({ kind }) => kind === "evaluation")) {
      this.evaluate(fact);
    }
    for (const name of this.told.keys()) {
      if (this.kb.facts[name].kind !== "evaluation") {
        this.joinOne(name);
      }
    }
    this.carry();
    this.note();
  }

  /** Carry answers through the implications, both ways, once what they dispute is settled. */
  carry() {
    const { kb, reading } = this;
    const narrowed = () => {
      const found = { lo: reading.lo.slice(), hi: reading.hi.slice() };
      propagate(kb.implications, found.lo, found.hi);
      return found;
    };
    let found = narrowed();
    if (found.lo.some((rank, fact) => rank > found.hi[fact])) {
      this.settle();
      found = narrowed();
    }
    Object.assign(reading, found);
  }

  /** The claims on a fact. @param {string} name */
  claims(name) {
    return this.told.get(name) ?? [];
  }

  /**
   * What is said of now is said of the time as well that another question looks back on, and holds as long.
   * @param {Fact} fact
   */
  tellTheMonth({ id, now, nowMeans, top, steps }) {
    for (const claim of now && nowMeans ? this.claims(now) : []) {
      const low = nowMeans?.[claim.low] ?? 0;
      if (low > 0) {
        const said = { ...claim, low, high: top, value: steps[low], source: `${now}|${claim.source}`, own: false };
        this.told.set(id, [...this.claims(id), said]);
      }
    }
  }

  /**
   * What an evaluation fact is at, and which danger it deals with: of several findings the latest, of one day the
   * worst. Danger told after it undoes it; of what was told before, that which was of its moment is gone.
   * @param {Fact} fact
   */
  evaluate(fact) {
    const found = this.claims(fact.id);
    if (found.length === 0) {
      return;
    }
    const finding = found.reduce((a, b) => (b.day > a.day || (b.day === a.day && b.low > a.low) ? b : a));
    const { low } = finding;
    const isGrave = low >= fact.start[0];
    const told = Object.entries(isGrave ? {} : fact.settles).map(([name, rank]) => {
      const danger = this.claims(name).filter((claim) => claim.low >= rank);
      return { about: this.kb.facts[name], danger, after: danger.filter((claim) => isAfter(claim, finding)) };
    });
    const fresh = isGrave || isFresh(fact, finding, this.reading.today);
    const stands = fresh && !told.some(({ about, after }) => after.some((claim) => this.undoes(about, claim, finding)));
    if (stands) {
      this.stand(fact, joinedAt(low, low, { counted: [finding] }));
    } else if (!fresh) {
      this.stand(fact, joinedAt(...fact.start, { expired: [finding] }));
    }
    for (const { about, danger, after } of told) {
      const before = danger.filter((claim) => !after.includes(claim));
      const looksBack = about.within !== null || about.windowDays !== null;
      const gone = looksBack ? [] : before.filter(({ day }) => day < finding.day);
      [...before, ...(stands ? after : [])].forEach((claim) => gone.includes(claim) || this.lowered.add(claim));
      this.told.set(
        about.id,
        this.claims(about.id).filter((claim) => !gone.includes(claim)),
      );
    }
  }

  /**
   * Whether danger told after a finding may be of the time after it.
   * @param {Fact} fact
   * @param {Claim} claim
   * @param {Claim} finding
   */
  undoes(fact, claim, finding) {
    const days = claim.day - finding.day;
    const reaches = fact.within ? fact.within[claim.low] : fact.windowDays;
    if (reaches === null || days > reaches) {
      return true;
    }
    if (fact.within) {
      // What is older than all worse steps reach can only lie before a finding that is no older than that.
      const newer = claim.high < fact.top ? fact.within[claim.high + 1] : null;
      return !((newer !== null && newer >= days) || this.wasTold(fact, claim.low, claim.day, finding));
    }
    return !(this.isCalmSince(fact, claim) && this.isAccountedFor(fact, claim, finding));
  }

  /**
   * Whether something told up to a finding would be at least so bad on a later day.
   * @param {Fact} fact
   * @param {number} rank
   * @param {number} day
   * @param {Claim} finding
   */
  wasTold(fact, rank, day, finding) {
    const earlier = this.claims(fact.id).filter((other) => !isAfter(other, finding));
    return earlier.some((other) => slid(fact, other, day).low >= rank);
  }

  /**
   * Whether what else an answer may tell of is told since, so that it decides itself, or was told up to the finding.
   * @param {Fact} fact
   * @param {Claim} claim
   * @param {Claim} finding
   */
  isAccountedFor({ alsoTellsOf: name }, { day }, finding) {
    if (name === null) {
      return true;
    }
    const other = this.kb.facts[name];
    return this.claims(name).some((told) => told.day >= day) || this.wasTold(other, other.dangerRank ?? 0, day, finding);
  }

  /**
   * Whether on the day that danger was told, or since, it was said of now that there is none.
   * @param {Fact} fact
   * @param {Claim} danger
   */
  isCalmSince({ now: name }, { day }) {
    if (name === null) {
      return false;
    }
    const now = this.kb.facts[name];
    const since = this.claims(name).filter((claim) => claim.day >= day && isFresh(now, claim, this.reading.today));
    return since.length > 0 && !since.some(({ high }) => isDanger(now, high));
  }

  /** @param {Fact} fact @param {Joined} joined */
  stand({ id, number }, joined) {
    this.reading.lo[number] = joined.low;
    this.reading.hi[number] = joined.high;
    this.joined.set(id, joined);
  }

  /** @param {string} name */
  joinOne(name) {
    const fact = this.kb.facts[name];
    const claims = this.claims(name);
    const { today } = this.reading;
    this.stand(fact, claims.length > 0 ? join(fact, claims, today, this.lowered) : joinedAt(...fact.start));
  }

  /**
   * Settle what answers to different facts dispute. Of one source the later answer counts, but danger always does. Of
   * several sources the worse one counts, and what the milder answer had cleared opens again. Of one source on one day,
   * both are named as a contradiction.
   */
  settle() {
    while (this.clashes().some((clash) => this.dropTheEarlier(clash))) {
      // until nothing more is left out
    }
    for (const { fact, reached, of, worse } of this.clashes()) {
      const causes = this.countedOf(of).filter(({ own, low }) => own && low === worse.low);
      const isSame = (/** @type {Claim} */ one) =>
        one.own && one.high < reached && causes.some(({ source, day }) => source === one.source && day === one.day);
      if (this.countedOf(fact.id).some(isSame)) {
        this.reading.problems.push({ kind: "contradiction", facts: [of, fact.id] });
      }
      this.reading.hi[fact.number] = reached;
    }
  }

  /** @returns {Clash[]} */
  clashes() {
    const { factList, implications } = this.kb;
    const reached = this.reading.lo.slice();
    const cause = [...factList];
    for (let changed = true; changed;) {
      changed = false;
      for (const { a, i, b, j } of implications) {
        if (reached[a] >= i && reached[b] < j) {
          reached[b] = j;
          cause[b] = cause[a];
          changed = true;
        }
      }
    }
    const found = factList.filter(({ number }) => reached[number] > this.reading.hi[number]);
    return found.map((fact) => {
      const of = cause[fact.number].id;
      [fact.id, of].forEach((name) => this.joined.has(name) || this.joinOne(name));
      return { fact, reached: reached[fact.number], of, worse: worstOf(this.countedOf(of)) };
    });
  }

  /** Leave out what its own source has since said otherwise; danger is not taken back. @param {Clash} clash */
  dropTheEarlier({ fact, reached, of, worse }) {
    const milder = this.countedOf(fact.id).filter(({ high, source }) => high < reached && source === worse.source);
    const earlier = milder.filter(({ day }) => day < worse.day);
    if (earlier.length > 0) {
      return this.leaveOut(fact.id, earlier);
    }
    const isTakenBack = milder.some(({ day }) => day > worse.day) && !isDanger(this.kb.facts[of], worse.low);
    return isTakenBack && this.leaveOut(of, [worse]);
  }

  /** @param {string} name @param {Claim[]} claims */
  leaveOut(name, claims) {
    const said = claims.map(saying);
    const before = this.claims(name);
    const kept = before.filter((claim) => !said.includes(saying(claim)));
    this.told.set(name, kept);
    this.joinOne(name);
    return kept.length < before.length;
  }

  /** @param {string} name */
  countedOf(name) {
    return this.joined.get(name)?.counted ?? [];
  }

  /** Write down what was noticed of each fact. */
  note() {
    const { latched, standing, expired } = this.reading;
    for (const { id } of this.kb.factList) {
      const joined = this.joined.get(id);
      if (joined?.latched) {
        latched.push(id);
      }
      if (joined?.standing) {
        standing.push({ name: id, value: joined.standing.value, day: joined.standing.date });
      }
      expired.push(...(joined?.expired ?? []).map(({ name, given, date }) => ({ name, value: given, day: date })));
    }
    const said = new Set(expired.map(({ name, value, day }) => [name, value, day].join("\u0000")));
    this.reading.expired = [...said].sort().map((one) => {
      const [name, value, day] = one.split("\u0000");
      return { name, value, day };
    });
  }
}

/** Whether something was told after a finding: on a later day, or on its day by others than the evaluator.
 * @param {Claim} claim @param {Claim} finding */
function isAfter({ day, source, author }, finding) {
  return day === finding.day
    ? !EVALUATES.includes(source) || (author !== "" && author !== finding.author)
    : day > finding.day;
}

/**
 * The worst, of several the latest; of those, one that does not hang on the order they came in.
 * @param {Claim[]} claims
 */
function worstOf(claims) {
  return claims.reduce((a, b) => {
    const later = b.low - a.low || b.day - a.day;
    return later > 0 || (later === 0 && [b.shown, b.value] > [a.shown, a.value]) ? b : a;
  });
}

/** What a claim is known by, however its scale of times has moved. @param {Claim} claim */
function saying({ name, given, source, date, author }) {
  return [name, given, source, date, author].join("\u0000");
}
