/** Looking into a trained model: a question to the server, its answer part by part. */

import { el } from "./dom.js";
import { spoken, t } from "./words.js";

/**
 * Ask the viewer. An `AbortSignal` drops the question; the viewer then stops, too.
 * @param {{what: string, run: string}} ask
 * @param {{body?: Blob, signal?: AbortSignal, told?: (part: Object) => void}} [wires]
 * @returns {Promise<Object>} the last part: its `state` is "done", or "failed" with `said`
 */
export async function look(ask, { body, signal, told = () => {} } = {}) {
  const query = new URLSearchParams({ ask: JSON.stringify(ask), lang: spoken() });
  const address = new URL(`brickyard/look?${query}`, document.baseURI);
  try {
    const answer = await fetch(address, { method: "POST", body, signal });
    if (!answer.ok) return { state: "failed", said: t("The server can't be asked this: reload the page.") };
    return await last(answer.body, told);
  } catch (problem) {
    if (signal?.aborted) throw problem;
    return { state: "failed", said: t("The server does not answer. Try again in a moment.") };
  }
}

/** The last of the parts; the others are told as they come. */
async function last(stream, told) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const part = JSON.parse(line);
      if (part.state !== "progress") return part;
      told(part);
    }
    if (done) return { state: "failed", said: t("The answer broke off. Try again.") };
  }
}

/**
 * One picture of a sprite as an element; its size is given by its `--side` in CSS.
 * @param {{src: string, n: number, width: number, height: number, columns: number}} sprite
 */
export function tile(sprite, n, { label = "", title = null } = {}) {
  const { src, width, height, columns } = sprite;
  const rows = Math.ceil(sprite.n / columns);
  const picture = el("span", { class: "tile", role: label ? "img" : null, "aria-label": label || null, "aria-hidden": label ? null : "true", title });
  const [column, row] = [n % columns, Math.floor(n / columns)];
  const place = (at, of) => (of > 1 ? `${(100 * at) / (of - 1)}%` : "0%");
  Object.assign(picture.style, {
    aspectRatio: `${width} / ${height}`,
    backgroundImage: `url("${src}")`,
    backgroundSize: `${100 * columns}% ${100 * rows}%`,
    backgroundPosition: `${place(column, columns)} ${place(row, rows)}`,
    imageRendering: width < 64 ? "pixelated" : "auto",
  });
  return picture;
}

/** The newest question counts: each new one drops the one before. */
export class Newest {
  /** Like `look`; undefined where a newer question took its place. */
  async look(ask, wires = {}) {
    this.drop();
    const control = (this.control = new AbortController());
    try {
      const answer = await look(ask, { ...wires, signal: control.signal });
      return control.signal.aborted ? undefined : answer;
    } catch {
      return undefined;
    }
  }

  /** Look no more. */
  drop() {
    this.control?.abort();
  }
}
