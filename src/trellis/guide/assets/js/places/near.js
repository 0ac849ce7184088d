// @ts-check
/** How far, as the crow flies; nothing is asked of anybody. As `trellis.directory.near`. */

/** @typedef {{name: string, latitude: number, longitude: number}} Near */

const EARTH_MILES = 3958.8;
/** Miles. */
export const BANDS = [5, 10, 25, 50, 100];
/** ZIP codes lie in the files in hundredths of a degree. */
const HUNDREDTHS = 100;

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/** @param {[number, number]} one latitude and longitude in degrees @param {[number, number]} other */
export function miles(one, other) {
  const [lat1, lon1, lat2, lon2] = [...one, ...other].map(radians);
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** A point as a vector of length 1: the larger the product of two, the nearer they are. @param {number} latitude @param {number} longitude */
export function vector(latitude, longitude) {
  const [lat, lon] = [radians(latitude), radians(longitude)];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** @param {number} distance */
export function nearness(distance) {
  return Math.cos(distance / EARTH_MILES);
}

/** @param {number | null} product */
export function bandOf(product) {
  const found = product === null ? -1 : BANDS.findIndex((edge) => product >= nearness(edge));
  return product === null ? BANDS.length + 1 : found < 0 ? BANDS.length : found;
}

/**
 * The middle of a ZIP code, from the table of a file: each list says how much is added to the entry before.
 * @param {{zip: number[], lat: number[], lon: number[]}} table @param {string} typed @returns {Near | null}
 */
export function zipAt({ zip, lat, lon }, typed) {
  let [code, north, east] = [0, 0, 0];
  for (let place = 0; place < zip.length; place += 1) {
    code += zip[place];
    north += lat[place];
    east += lon[place];
    if (code === Number(typed)) {
      return { name: typed, latitude: north / HUNDREDTHS, longitude: east / HUNDREDTHS };
    }
  }
  return null;
}
