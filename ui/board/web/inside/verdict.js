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
