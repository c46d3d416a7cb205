/** An example that goes from one view of this page to the next. */

let kept = null;

/**
 * Hand an example on, for who looks into this run.
 * @param {{run: string, brought: {ask: Object, body: Blob}|null, test: number|null, target?: number}} given
 *   `brought` is a drawing or a file that `look` is to be asked with, such as
 *   `{ask: {drawn: 256}, body}`, else `test` the number of an example;
 *   `target` the class whose heatmap is wanted
 */
export function hand(given) {
  kept = given;
}

/** What was handed on last, or null. */
export function handed() {
  return kept;
}
