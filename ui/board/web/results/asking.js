/** Figures and single examples of a run, asked of the server. */

import { look } from "../looking.js";

export const PAGE = 25; // examples at a time: five by five

async function got(path, query, signal) {
  const address = new URL(`brickyard/results/${path}?${new URLSearchParams(query)}`, document.baseURI);
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** What came of a run's test; `whole` says whether every answer is kept. */
export const figures = ({ run, which }, signal) => got(`${run}/${which}.json`, {}, signal);

/**
 * Some of the examples: `{rows, count, pictures?}`.
 * @param {{run: string, which: string}} chosen
 * @param {{of: string, with?: number[]}} choice such as a cell of the matrix
 * @param {number} from the first of them
 */
export function examples({ run, which }, choice, from, signal, count = PAGE) {
  const query = { of: choice.of, with: (choice.with ?? []).join(), from, count };
  return got(`${run}/${which}/examples.json`, query, signal);
}

/** The pictures of test examples; `back` puts beside each what the tower gave back. */
export const pictures = (chosen, numbers, more, signal) => look({ what: "pictures", ...chosen, numbers, ...more }, { signal });
