// @ts-check
/** Pictures of 100 people. The words beside a picture carry the numbers; no meaning hangs on a colour alone. */
import { html } from "./html.js";

/** @typedef {{value: number, low?: number, high?: number}} People so many of 100, with the ends of the range if known */

const ACROSS = 10;
const ALL = 100;
const CELL = 10;

/**
 * 100 people in ten rows: full up to the lower end of the range, in outline up to the upper end, the others pale. Those
 * to whom something bad happens stand in a box: who looks at a picture alone must not take harm for help.
 * @param {People} people
 * @param {{label: string, good: boolean}} shown `label` says all that the picture shows
 */
export function pictogram(people, { label, good }) {
  const { sure, most } = shares(people);
  const side = ACROSS * CELL;
  const form = good ? "" : " people-bad";
  return html`
    <svg class="pictogram" viewBox=${`0 0 ${side} ${side}`} role="img" aria-label=${label}>
      <path class="people-rest" d=${crowd(most, ALL)} />
      <path class=${`people-perhaps${form}`} d=${crowd(sure, most, !good)} />
      <path class=${`people-sure${form}`} fill-rule="evenodd" d=${crowd(0, sure, !good)} />
    </svg>
  `;
}

/** One person as a sign for the key under a picture. @param {"sure" | "perhaps" | "rest"} kind @param {boolean} good */
export function person(kind, good) {
  return html`
    <svg class="pictogram-key" viewBox=${`0 0 ${CELL} ${CELL}`} aria-hidden="true">
      <path class=${`people-${kind}${good ? "" : " people-bad"}`} fill-rule="evenodd" d=${crowd(0, 1, !good)} />
    </svg>
  `;
}

/**
 * How many are drawn full, and how many full or in outline. Without a range all are full.
 * @param {People} people
 */
function shares({ value, low, high }) {
  const within = (/** @type {number} */ number) => Math.max(0, Math.min(ALL, Math.round(number)));
  const sure = within(low === undefined ? value : low);
  return { sure, most: Math.max(sure, within(high === undefined ? value : high)) };
}

/** The people from one place in the rows to another, as one path. @param {number} from @param {number} to @param {boolean} [boxed] */
function crowd(from, to, boxed = false) {
  let path = "";
  for (let place = from; place < to; place += 1) {
    const x = (place % ACROSS) * CELL;
    const y = Math.floor(place / ACROSS) * CELL;
    path += boxed ? `M${x + 0.4} ${y + 0.2}h9.2v9.6h-9.2z` : "";
    path += `M${x + 3.3} ${y + 2.5}a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0z`;
    path += `M${x + 2.3} ${y + 9}v-1.8a2.7 2.4 0 0 1 5.4 0v1.8z`;
  }
  return path;
}
