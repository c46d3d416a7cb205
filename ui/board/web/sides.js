/** What has room beside the tower: names at the left, numbers at the right. */

import { scale as picture } from "./draw/draw.js";
import { fonts, width } from "./ruler.js";
import { shape } from "./words.js";

const GAP = 10; // between two words
const EDGE = 28; // a label's own margins, and its distance from the tower
const CHEVRON = 16; // a container's button stands between it and its label
const TITLE = 240; // a longer title is cut
const LINE = 300; // a brick with a longer line of words does without its own name
const LOUD = 24; // what must not be overlooked is bold, on a ground of its own
const PICTURE = 84; // the widest drawing to scale
const CARD = 212; // what a card about a problem takes
const OFFER = { small: 84, full: 188 }; // the offer to fold, and its bracket

const most = (all, least = 0) => all.reduce((found, one) => Math.max(found, one), least);

/**
 * How much room the words and numbers of a board want.
 * @param {Object} board
 * @returns {{title: number, line: number, facts: number, offer: boolean,
 *   numbers: {plain: number, drawn: number}, column: number}}
 */
export function wants(board) {
  const { bench } = board;
  const font = fonts(board.element);
  const rows = board.nodes.map(({ id }) => board.rows.get(id)).filter((row) => row?.words && board.inLine(row.id));
  let crates = 0;
  for (const row of rows) {
    const { title, name, facts, holds, loud } = row.words;
    const warned = row.element.hasAttribute("data-problem") ? width("! ", font.title) + 2 : 0;
    row.broad = Math.min(TITLE, width(title, font.title) + warned);
    row.full = row.broad + (name ? GAP + width(name, holds ? font.kind : font.name) : 0);
    row.tail = facts && !bench.readonly ? width(facts, font.facts) + (loud ? LOUD : 0) : 0;
    if (holds) crates = CHEVRON;
  }
  return {
    title: most(rows.map(({ broad }) => broad)) + EDGE + crates,
    line: most(rows.map(({ broad, full }) => (full > LINE ? broad : full))) + EDGE + crates,
    column: most(rows.map(({ broad, full }) => (full > LINE ? broad : full))) + crates,
    facts: most(rows.map(({ tail }) => tail)),
    offer: board.chips.runs.size > 0,
    numbers: numbers(board, font),
  };
}

/** What the widest numbers take, alone and with their drawing to scale. */
function numbers({ bench, at, problems }, font) {
  let [plain, drawn] = [0, 0];
  for (const stage of bench.known.values()) {
    if (!stage.gives || stage.id === "label" || !at.places.get(stage.id)?.lined) continue;
    const wide = width(shape(stage.gives), font.numbers);
    const aside = Math.min(PICTURE, Number(/width="([\d.]+)/.exec(picture(stage.gives))?.[1] ?? 0));
    [plain, drawn] = [Math.max(plain, wide), Math.max(drawn, wide + (aside ? aside + 8 : 0))];
  }
  const card = problems.cards.size ? CARD : 0;
  const told = { plain: plain + 28, drawn: (bench.readonly ? plain : drawn) + 28 };
  return { plain: Math.max(card, told.plain), drawn: Math.max(card, told.drawn) };
}

/** The least that must be beside the tower, for any zoom; with drawings to scale or without. */
export const least = ({ title, offer, numbers: right }, drawings) =>
  title + (offer ? OFFER.small : 0) + (drawings ? right.drawn : right.plain);

/**
 * Which words there is room for, and where the tower then stands.
 * @param {Object} wanted from `wants`
 * @param {number} spare pixels beside the tower, left and right together
 * @param {boolean} drawings whether numbers have their drawings to scale
 * @returns {{left: number, right: number, words: string, offer: string, column: number, used: number}}
 *   `words`: "title" (what it is), "name" (and its own name) or "all" (and its weights)
 */
export function sides(wanted, spare, drawings) {
  const { title, line, facts, offer, numbers: told, column } = wanted;
  const right = drawings ? told.drawn : told.plain;
  const left = spare - right;
  const all = facts ? line + GAP + facts : line;
  const extra = (size) => (offer ? OFFER[size] : 0);
  const found = [[all, "all", "full"], [all, "all", "small"], [line, "name", "full"], [line, "name", "small"]]
    .find(([need, , size]) => need + extra(size) <= left);
  const [need, words, size] = found ?? [title, "title", "small"];
  const wide = Math.max(Math.min(left, Math.max(spare / 2, need + extra(size))), 0);
  return { left: wide, right: spare - wide, words, offer: offer ? size : "none", column, used: need };
}
