/** A drawing or a picture that goes from one view of this page to the next. */

let kept = null;

/**
 * Hand an example on: what `look` is to be asked with.
 * @param {{ask: Object, body: Blob|null}} given such as `{ask: {drawn: 256}, body}`
 */
export function hand(given) {
  kept = given;
}

/** What was handed on last, or null. */
export function handed() {
  return kept;
}
