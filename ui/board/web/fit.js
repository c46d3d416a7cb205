/** Whether a brick would fit at a seam, told before it is dropped. */

import { own } from "./draw/own.js";
import { under } from "./model.js";

/**
 * @param {Object} data the server's last answer (`seams`, `misfits`)
 * @param {string} brick a palette kind, or "#" and the id of a placed brick
 * @param {string} after the brick under the seam
 * @returns {boolean|null} null where the server has not said
 */
export function fits(data, brick, after) {
  const shape = own(data.seams?.of, after);
  if (shape == null) return null;
  return !(own(data.misfits, brick) ?? []).includes(shape);
}

/** Whether a move would leave the tower as it is. */
export function stays(tower, id, after) {
  return after === id || under(tower, id) === after;
}
