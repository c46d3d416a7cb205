/** Bricks as text, for other windows, projects and people. */

import { tree } from "./plant.js";

const FORMAT = "brickyard/bricks";
const MOST = 500; // bricks in one text
const DEEP = 12;

/** Bricks as text. */
export function written(...stages) {
  return JSON.stringify({ format: FORMAT, version: 1, bricks: stages.map(tree) }, null, 1);
}

/** The bricks in a text as trees without ids, or null where it holds none that we know. */
export function read(text, kinds) {
  let sheet = null;
  try {
    sheet = JSON.parse(text);
  } catch {
    return null;
  }
  if (sheet?.format !== FORMAT || !Array.isArray(sheet.bricks)) return null;
  const room = { left: MOST };
  const bricks = sound(sheet.bricks, kinds, room, 0);
  return bricks.length ? bricks : null;
}

function sound(bricks, kinds, room, deep) {
  if (!Array.isArray(bricks) || deep > DEEP) return [];
  return bricks.map((brick) => checked(brick, kinds, room, deep)).filter(Boolean);
}

function checked(brick, kinds, room, deep) {
  const kind = Object.hasOwn(kinds, brick?.kind) && kinds[brick.kind];
  if (!kind || kind.family === "data" || kind.family === "label") return null;
  const { settings, name } = brick;
  const whole = settings?.constructor === Object && (name == null || typeof name === "string");
  if (!whole || (room.left -= 1) < 0) return null;
  const plain = { kind: brick.kind, settings, ...(name ? { name } : {}) };
  if (!kind.container) return plain;
  const inner = Array.isArray(brick.inner) ? brick.inner : [];
  plain.inner = inner.map((tower) => sound(tower, kinds, room, deep + 1));
  plain.parameters = { ...(brick.parameters?.constructor === Object ? brick.parameters : {}) };
  return plain;
}

/** What a text from the clipboard is: "bricks", "code" or "other". */
export function sort(text, kinds) {
  if (read(text, kinds)) return "bricks";
  const lines = /^\s*(import|from)\s+(keras|tensorflow)\b|\b(keras|layers|models?)\s*\.\s*\w+\s*\(|\bSequential\s*\(/m;
  return lines.test(text) ? "code" : "other";
}
