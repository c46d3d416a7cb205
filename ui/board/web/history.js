/** How far undo and redo reach, with what is still on its way. */

/**
 * Count the steps that can be taken back and done again. The server says only whether
 * there are any: those count as endless, since it takes one too many for none.
 * @param {{undo: boolean, redo: boolean}} data the server's last answer
 * @param {{op: string}[]} ops on their way since then
 * @returns {{undo: number, redo: number}}
 */
export function reach(data, ops) {
  const start = { undo: data.undo ? Infinity : 0, redo: data.redo ? Infinity : 0 };
  return ops.reduce(after, start);
}

function after({ undo, redo }, { op }) {
  if (op === "undo") return undo ? { undo: undo - 1, redo: redo + 1 } : { undo, redo };
  if (op === "redo") return redo ? { undo: undo + 1, redo: redo - 1 } : { undo, redo };
  return { undo: undo + 1, redo: 0 };
}
