/** In words: whether anything of the error reaches the bricks at the ground. */

import { count, t } from "../words.js";

const MUCH = 100; // fold, from which gradients are said to vanish or to explode
const ALIKE = 3; // fold, below which they are of like size

/**
 * What the gradients of an epoch say.
 * @param {number[]} sizes of each brick's gradients, from the ground up
 * @param {string|null} name of the run, where several are told of
 * @param {number[]|null} first the sizes before the training, where they are known
 * @returns {string} nothing where there are too few bricks
 */
export function verdict(sizes, name, first = null) {
  if (sizes.length < 3) return "";
  const before = first ? vanished(first) : 0;
  const more = before && !vanished(sizes) ? ` ${t("Before the training they shrank {times}-fold (vanishing gradients).", { times: fold(before) })}` : "";
  const said = sentence(sizes) + more;
  return name ? `${name}: ${said}` : said;
}

/** How many fold they shrink on the way down, where that is much; else 0. */
function vanished(sizes) {
  const down = sizes.at(-1) / sizes[0];
  return down >= MUCH ? down : 0;
}

function sentence(sizes) {
  const [ground, top] = [sizes[0], sizes.at(-1)];
  if (!(ground > 0)) return t("No gradient reaches the lowest brick: it does not learn.");
  const least = Math.min(...sizes);
  if (!(least > 0)) return t("No gradient reaches a brick between the lowest one and the top: it does not learn.");
  const down = top / ground;
  const times = fold(Math.max(down, 1 / down));
  if (down >= MUCH) return t("On the way down the gradients shrink {times}-fold: the lower bricks hardly learn (vanishing gradients).", { times });
  if (down <= 1 / MUCH) return t("On the way down the gradients grow {times}-fold (exploding gradients).", { times });
  if (top / least >= MUCH) return t("The gradients of a brick between the lowest one and the top are {times} times smaller than at the top: it hardly learns.", { times: fold(top / least) });
  if (down >= ALIKE) return t("On the way down the gradients shrink {times}-fold: the lower bricks learn more slowly than the upper ones.", { times });
  if (down <= 1 / ALIKE) return t("On the way down the gradients grow {times}-fold: every brick learns.", { times });
  const apart = Math.max(...sizes) / least;
  if (apart >= ALIKE) return t("From brick to brick the gradients differ up to {times}-fold, but the lowest get about as much as the highest.", { times: fold(apart) });
  return t("The gradients are of like size from the top to the ground: every brick learns.");
}

const fold = (times) => (Number.isFinite(times) ? count(times < 10 ? Math.round(10 * times) / 10 : Math.round(times)) : "∞");
