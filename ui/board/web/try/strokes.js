/** What a drawing is made of, and how its last step is taken back. */

const MOST = 30; // sheets that were cleared and can come back

/** Begin anew; what lay there can come back. */
export function clear(kept) {
  if (!kept.strokes.length) return;
  kept.cleared = [...(kept.cleared ?? []), [...kept.strokes]].slice(-MOST);
  kept.strokes.length = 0;
}

/** Take the last stroke back or, on an empty sheet, what was cleared last. */
export function undo(kept) {
  if (kept.strokes.length) kept.strokes.pop();
  else kept.strokes.push(...(kept.cleared?.pop() ?? []));
}

/** Whether there is anything to take back. */
export const undoable = ({ strokes, cleared }) => Boolean(strokes.length || cleared?.length);
