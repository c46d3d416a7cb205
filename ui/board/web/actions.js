/** What people do to the tower, whatever they do it with: done, said, and followed. */

import { reach } from "./history.js";
import { place, loose, under } from "./model.js";
import { freshId } from "./outbox.js";
import { t } from "./words.js";

/** Add a brick of a kind above `after`, else above the chosen brick, else on top. */
export function add(bench, kind, after = above(bench), more = {}) {
  const id = freshId();
  bench.act({ op: "put", id, kind, after, ...more });
  bench.choose(id, { focus: true });
  bench.say(`${t("{brick} added.", { brick: bench.called(id) })} ${whereabouts(bench, id)}`);
  return id;
}

/** The brick that a new one goes on. */
export function above(bench) {
  const stage = bench.stage(bench.chosen);
  if (stage && stage.id !== "label") return stage.id;
  return bench.tower.findLast((other) => other.id !== "label").id;
}

/** "Place 3 of 8", counted from the ground. */
export function whereabouts(bench, id) {
  const at = place(bench.tower, id) + 1;
  return t("Place {place} of {count} from the ground.", { place: at, count: bench.tower.length });
}

/** Put a placed brick above another one. */
export function moveTo(bench, id, after) {
  bench.act({ op: "move", id, after });
  bench.choose(id, { focus: true });
  bench.say(`${t("{brick} moved.", { brick: bench.called(id) })} ${whereabouts(bench, id)}`);
}

/** Move a brick by one place away from the ground (1) or towards it (-1). */
export function shift(bench, id, by) {
  const after = beyond(bench, id, by);
  if (after) moveTo(bench, id, after);
  else bench.say(t("It cannot go further."));
}

/** The brick that it would stand on after a shift, or null where it cannot. */
export function beyond(bench, id, by) {
  const at = place(bench.tower, id);
  if (!loose(bench.tower[at])) return null;
  const next = bench.tower[by > 0 ? at + 1 : at - 2];
  return next && next.id !== "label" ? next.id : null;
}

/** Take a brick away; the choice goes to the one on its place, else under it. */
export function remove(bench, id) {
  if (!loose(bench.stage(id))) return;
  const name = bench.called(id);
  const heir = bench.tower[place(bench.tower, id) + 1];
  const next = loose(heir) ? heir.id : under(bench.tower, id);
  bench.act({ op: "remove", id });
  bench.choose(next, { focus: true });
  bench.say(t("{brick} removed.", { brick: name }));
}

/** A second brick like this one, above it. */
export function duplicate(bench, id) {
  if (!loose(bench.stage(id))) return;
  const twin = freshId();
  bench.act({ op: "copy", id, new: twin });
  bench.choose(twin, { focus: true });
  bench.say(`${t("{brick} duplicated.", { brick: bench.called(id) })} ${whereabouts(bench, twin)}`);
}

/** Let the server mend what does not fit. */
export function repair(bench, id) {
  if (bench.awaits("repair", id)) return;
  bench.act({ op: "repair", id });
  bench.choose(id, { focus: true });
  bench.say(t("Repairing."));
}

/** Take back the last change. */
export function undo(bench) {
  if (!can(bench, "undo")) return bench.say(t("Nothing to undo."));
  bench.act({ op: "undo" });
  bench.say(t("Undone."));
}

/** Do again what was taken back. */
export function redo(bench) {
  if (!can(bench, "redo")) return bench.say(t("Nothing to redo."));
  bench.act({ op: "redo" });
  bench.say(t("Redone."));
}

/** Whether there is something to undo or redo, with what is still on its way. */
export function can(bench, what) {
  return reach(bench.data, bench.outbox.ops)[what] > 0;
}

/** Take all bricks away. */
export function clear(bench) {
  bench.act({ op: "clear" });
  bench.choose(null);
  bench.say(t("The board is empty. Undo brings the bricks back."));
}

/** Begin with a ready tower. */
export function begin(bench, recipe) {
  if (bench.awaits("recipe", recipe.name)) return;
  bench.act({ op: "recipe", name: recipe.name });
  bench.choose(null);
  bench.say(t("{tower} is being set up.", { tower: recipe.title }));
}
