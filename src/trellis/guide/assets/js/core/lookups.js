// Who reads what, who asks what, who opens what: what an interview needs to know again and again.

import { HOLD } from "./engine.js";
import { oncePerKnowledge } from "./knowledge.js";

/** @typedef {import("./knowledge.js").Screen} Screen */

const FIRST_SEVERITY = 1;

/** What never changes about a knowledge: who reads what, who asks what, who opens what. */
export const lookupsOf = oncePerKnowledge((kb) => {
  const gravest = kb.urgent.filter(({ severity }) => severity === FIRST_SEVERITY).map(({ id }) => id);
  const reads = kb.needList.map((need) => new Set(need.reads));
  const top = kb.packageList[kb.packageList.length - 1].rank;
  /** @type {Map<string, Screen>} */
  const alone = new Map();
  /** @type {Map<string, Screen[]>} */
  const lists = new Map();
  for (const screen of Object.values(kb.screens)) {
    if (screen.checklist.length === 0) {
      alone.set(screen.facts[0], screen);
    }
    for (const { fact } of screen.checklist) {
      lists.set(fact, [...(lists.get(fact) ?? []), screen]);
    }
  }
  return {
    reads,
    readers: kb.factList.map(({ number }) => kb.needList.filter((need) => reads[need.place].has(number))),
    firstDanger: kb.needList
      .filter(({ urgent }) => urgent !== null && gravest.includes(urgent))
      .flatMap((need) => [...reads[need.place]].sort((a, b) => a - b)),
    alone,
    lists,
    // The rank that each need asks for by itself; holds count as the top, for they concern danger.
    ownRank: kb.contexts.map((_, context) =>
      kb.needList.map((need) =>
        need.phase === HOLD
          ? top
          : kb.packageList[kb.engine.fit(kb.engine.requirementOf(need.requires), context)[0]].rank,
      ),
    ),
  };
});
