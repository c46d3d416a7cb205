/** Small wishes of a person, kept by their browser. */

/** What was kept under a name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(`brickyard-${name}`);
  } catch {
    return null; // Storage may be forbidden; then it is remembered as long as the page lives.
  }
}

/** Keep a text under a name. */
export function remember(name, value) {
  try {
    localStorage.setItem(`brickyard-${name}`, value);
  } catch {
    // As above.
  }
}
