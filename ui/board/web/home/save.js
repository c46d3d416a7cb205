/** Files on their way from the server, or from this page, to where downloads go. */

import { el } from "../dom.js";

const HELD = 10_000; // milliseconds that the browser may take to begin

/** The address of one of our routes, with its question. */
export function address(path, question) {
  return new URL(`brickyard/home/${path}?${new URLSearchParams(question)}`, document.baseURI).href;
}

/** What a route answers; throws where it answers with a fault. */
export async function asked(path, question, options = {}) {
  const answer = await fetch(address(path, question), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Let the browser save what lies at an address; it streams, so it may be large. */
export function saveFrom(href, name) {
  const link = el("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Save what this page holds. */
export function save(blob, name) {
  const href = held(blob);
  saveFrom(href, name);
}

/** An address of what this page holds, for a moment. */
export function held(blob) {
  const href = URL.createObjectURL(blob);
  setTimeout(() => URL.revokeObjectURL(href), HELD);
  return href;
}
