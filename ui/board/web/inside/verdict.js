<<<<<<< HEAD
/** In words: whether anything of the error reaches the bricks at the ground. */

import { count, t } from "../words.js";

const MUCH = 100; // fold, from which gradients are said to vanish or to explode
const ALIKE = 3; // fold, below which they are of like size

/**
 * What the gradients of an epoch say.
 * @param {number[]} sizes of each brick's gradients, from the ground up
 * @param {string|null} name of the run, where several are told of
 * @returns {string} nothing where there are too few bricks
 */
export function verdict(sizes, name) {
  if (sizes.length < 3) return "";
  const said = sentence(sizes);
  return name ? `${name}: ${said}` : said;
}

function sentence(sizes) {
  const [ground, top] = [sizes[0], sizes.at(-1)];
  if (!(ground > 0)) return t("No gradient reaches the lowest brick: it does not learn.");
  const down = top / ground;
  const times = fold(Math.max(down, 1 / down));
  if (down >= MUCH) return t("On the way down the gradients shrink {times}-fold: the lower bricks hardly learn (vanishing gradients).", { times });
  if (down <= 1 / MUCH) return t("On the way down the gradients grow {times}-fold (exploding gradients).", { times });
  if (down >= ALIKE) return t("On the way down the gradients shrink {times}-fold: the lower bricks learn more slowly than the upper ones.", { times });
  if (down <= 1 / ALIKE) return t("On the way down the gradients grow {times}-fold: every brick learns.", { times });
  const apart = Math.max(...sizes) / Math.min(...sizes.filter((size) => size > 0));
  if (apart >= ALIKE) return t("From brick to brick the gradients differ up to {times}-fold, but the lowest get about as much as the highest.", { times: fold(apart) });
  return t("The gradients are of like size from the top to the ground: every brick learns.");
}

const fold = (times) => (Number.isFinite(times) ? count(times < 10 ? Math.round(10 * times) / 10 : Math.round(times)) : "∞");
=======
/** In words: whether what the tower errs reaches the bricks at the ground. */

import { count, t } from "../words.js";

const FAR = 100; // times smaller or larger than at the top

/**
 * @param {{mean: number}[]} points  sizes of the gradients, brick by brick from the ground up
 * @param {string|null} name  of the run, where there are two
 */
export function verdict(points, name) {
  if (points.length < 3) return "";
  const sentence = said(points.map(({ mean }) => mean));
  return name ? `${name}: ${sentence}` : sentence;
}

function said(means) {
  const [ground, top, least] = [means[0], means.at(-1), Math.min(...means)];
  if (!(ground > 0)) return t("No gradient reaches the lowest brick: it does not learn.");
  if (!(least > 0)) return t("No gradient reaches a brick between the lowest one and the top: it does not learn.");
  const ratio = top / ground;
  if (ratio >= FAR) return t("On the way down the gradients shrink {times}-fold: the lower bricks hardly learn (vanishing gradients).", { times: count(Math.round(ratio)) });
  if (ratio <= 1 / FAR) return t("On the way down the gradients grow {times}-fold (exploding gradients).", { times: count(Math.round(1 / ratio)) });
  if (top / least >= FAR) return t("The gradients of a brick between the lowest one and the top are {times} times smaller than at the top: it hardly learns.", { times: count(Math.round(top / least)) });
  return t("The gradients are of like size from the top to the ground: every brick learns.");
}
>>>>>>> mendv
