/** Whether a brick would fit at a seam, told before it is dropped. */

import { own } from "./draw/own.js";

/**
 * @param {Object} data the server's last answer (`seams`, `misfits`)
 * @param {string} brick a palette kind, or "#" and the id of a placed brick
 * @param {string} after the brick, or the floor, under the seam
 * @returns {boolean|null} null where the server has not said
 */
export function fits(data, brick, after) {
  const shape = own(data.seams?.of, after);
  if (shape == null) return null;
  return !(own(data.misfits, brick) ?? []).includes(shape);
}
