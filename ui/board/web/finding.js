/** Finding by typing: what matches, and the best first. */

/** Text as it is compared: composed Hangul, no capitals. */
export function plain(text) {
  return String(text ?? "").normalize("NFC").toLowerCase();
}

/**
 * What matches every word of a question, best first: the name itself, one that begins so, then a part
 * of a name, then what it is called, its family, what it does, its description.
 * @param {string} question
 * @param {Object[]} things with `names`, `family`, `does` and `about` (texts or lists)
 * @returns {Object[]} all of them, in their order, where nothing is asked
 */
export function ranked(question, things) {
  const words = plain(question).split(/\s+/).filter(Boolean);
  if (!words.length) return [...things];
  const found = things.map((thing, order) => ({ thing, order, rank: rank(words, texts(thing)) }));
  return found
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ thing }) => thing);
}

const known = new WeakMap();

function texts(thing) {
  if (!known.has(thing)) known.set(thing, prepared(thing));
  return known.get(thing);
}

function prepared({ names, family, does, about }) {
  const list = [names].flat().filter(Boolean);
  // MaxPooling2D is found as "pooling", too.
  const parts = list.flatMap((name) => String(name).split(/(?<=[a-z])(?=[A-Z])|[\s_-]+/));
  const rest = [family, does, about].map((text) => plain([text].flat().join(" ")));
  return { names: list.map(plain), parts: parts.map(plain), rest };
}

const rank = (words, told) => words.reduce((sum, word) => sum + place(word, told), 0);

function place(word, { names, parts, rest }) {
  if (names.includes(word)) return 0;
  if (names.some((name) => name.startsWith(word))) return 1;
  if (parts.some((part) => part.startsWith(word))) return 2;
  if (names.some((name) => name.includes(word))) return 3;
  const at = rest.findIndex((text) => text.includes(word));
  return at < 0 ? Infinity : 4 + at;
}
