/** A drawing taken apart: its bricks, and where each of them stands. */

const TAG = /<(\/?)([a-zA-Z]+)((?:[^>"]|"[^"]*")*?)(\/?)>/g;
const MOVE = / ?transform="translate\(([-\d.]+),([-\d.]+)\)([^"]*)"/;
const ID = / data-id="([^"]*)"/;
const TOWER = /<g class="by-tower"[^>]*>/;

/**
 * The pieces of a tower's markup: its bricks, and of each container what lies behind its
 * bricks and what before them.
 * @param {string} markup made by our own drawing code
 * @returns {{key: string, id: ?string, x: number, y: number, markup: string}[]} in painting
 *   order; `markup` is the same wherever the piece stands
 */
export function pieces(markup) {
  const tower = TOWER.exec(markup);
  const [left, top] = moved(tower[0]).at;
  const counts = new Map();
  return [...children(markup, tower.index + tower[0].length)].map(({ open, rest, around }) => {
    const id = ID.exec(open)?.[1] ?? null;
    const name = id ?? around;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const { at: [x, y], still } = moved(open);
    return { key: `${name}#${count}`, id: id ?? (around || null), x: x + left, y: y + top, markup: still + rest };
  });
}

/** An opening tag without its translation, and the translation. */
function moved(open) {
  const found = MOVE.exec(open);
  if (!found) return { at: [0, 0], still: open };
  const more = found[3].trim();
  return {
    at: [Number(found[1]), Number(found[2])],
    still: open.replace(MOVE, more ? ` transform="${more}"` : ""),
  };
}

/** Each child as its opening tag and the rest of it, and the container around it. */
function* children(markup, start) {
  const around = [];
  let [deep, from, open] = [0, 0, ""];
  TAG.lastIndex = start;
  for (let tag = TAG.exec(markup); tag; tag = TAG.exec(markup)) {
    const [text, closing, , traits, alone] = tag;
    if (deep === 0 && closing) {
      if (!around.length) return;
      around.pop();
      continue;
    }
    if (deep === 0 && traits.includes("by-container")) {
      around.push(ID.exec(text)[1]);
      continue;
    }
    if (deep === 0) [from, open] = [tag.index, text];
    if (!alone) deep += closing ? -1 : 1;
    const { lastIndex } = TAG; // others may use it before we go on
    if (deep === 0) yield { open, rest: markup.slice(from + open.length, lastIndex), around: around.at(-1) ?? "" };
    TAG.lastIndex = lastIndex;
  }
}
