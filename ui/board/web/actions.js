/** What people do to the tower, whatever they do it with: done, said, and followed. */

import { contiguous } from "./choice.js";
import { padlock } from "./draw/seal.js";
import { reach } from "./history.js";
import { floorOf, home, loose, parted, TOP, under } from "./nest.js";
import { freshId } from "./outbox.js";
import { christened, cleaned } from "./plant.js";
import { valueOf } from "./settings.js";
import { t } from "./words.js";

/** A base of one's own, of which is asked first which one. */
export const TRAINED = "Trained";

/** Add a brick of a kind above `after`, else above the chosen brick, else on top. */
export function add(bench, kind, after = above(bench), more = {}) {
  if (kind === TRAINED) return bench.bases.show(after);
  const id = freshId();
  bench.act({ op: "put", id, kind, after, ...more });
  bench.choose(id, { focus: true });
  bench.say(`${added(bench, [id])} ${whereabouts(bench, id)}`);
  return id;
}

/** Add trees of bricks (from a text, or bricks of one's own) all at once. */
export function plant(bench, trees, after = above(bench)) {
  const bricks = trees.map((tree) => christened(cleaned(tree, bench.kinds), freshId));
  const [only] = bricks;
  if (bricks.length === 1) bench.act({ op: "put", after, ...only });
  else bench.act({ op: "paste", after, bricks });
  const ids = bricks.map(({ id }) => id).filter((id) => bench.stage(id));
  bench.chooseBy((choice) => choice.these(ids));
  bench.say(`${added(bench, ids)} ${whereabouts(bench, ids.at(-1))}`);
}

function added(bench, ids) {
  if (ids.length === 1) return t("{brick} added.", { brick: bench.called(ids[0]) });
  return t("{count} bricks added.", { count: ids.length });
}

/** The brick or floor that a new one goes on: an empty container takes it in. */
export function above(bench) {
  const { chosen, tower } = bench;
  if (parted(chosen ?? "") && bench.there(chosen)) return chosen;
  const stage = bench.stage(chosen);
  if (!stage || stage.id === TOP) return under(tower, TOP);
  const { container } = bench.kind(stage.kind);
  const open = stage.inner?.findIndex((each) => !each.length) ?? -1;
  const wanted = open === 0 || (open > 0 && container?.most > container?.towers.length);
  return wanted && !bench.memory.folded.has(stage.id) ? floorOf(stage.id, open) : stage.id;
}

/** "Place 3 of 8", counted from the ground, and inside of what. */
export function whereabouts(bench, id) {
  const found = home(bench.tower, id);
  if (!found) return "";
  const outer = found.inside.at(-1);
  const place = found.at + (outer ? 1 : 2);
  const many = found.list.length + (outer ? 0 : 2);
  const said = t("Place {place} of {count} from the ground.", { place, count: many });
  if (!outer) return said;
  // The words are found by their calls, but not inside of a template.
  const inside = t("Inside {brick}.", { brick: bench.called(outer.id) });
  return `${inside} ${said}`;
}

/** Some bricks in words: one by its name, several by their number. */
const all = (ids) => (ids.length === 1 ? { id: ids[0] } : { ids });

/** Put placed bricks above another one. */
export function moveTo(bench, ids, after) {
  bench.act({ op: "move", ...all(ids), after });
  bench.chooseBy((choice) => choice.these(ids));
  const one = t("{brick} moved.", { brick: bench.called(ids[0]) });
  const said = ids.length === 1 ? one : t("{count} bricks moved.", { count: ids.length });
  bench.say(`${said} ${whereabouts(bench, ids[0])}`);
}

/** Move the chosen bricks by one place away from the ground (1) or towards it (-1). */
export function shift(bench, ids, by) {
  const after = beyond(bench, ids, by);
  if (after) moveTo(bench, ids, after);
  else bench.say(t("It cannot go further."));
}

/**
 * What bricks would stand on after a shift, or null where they cannot. At the end of a
 * container they go out of it; an unfolded container on their way takes them in.
 */
export function beyond(bench, ids, by) {
  const first = home(bench.tower, ids[0]);
  const last = home(bench.tower, ids.at(-1));
  if (!first || !last || first.floor !== last.floor) return null;
  const { list, floor } = first;
  return by > 0 ? upwards(bench, list[last.at + 1], last) : downwards(bench, list, first.at, floor);
}

const entrance = (bench, stage, end) => {
  if (!stage?.inner || bench.memory.folded.has(stage.id)) return null;
  return end === "bottom" ? floorOf(stage.id, 0) : (stage.inner[0].at(-1)?.id ?? floorOf(stage.id, 0));
};

function upwards(bench, next, last) {
  if (next) return entrance(bench, next, "bottom") ?? next.id;
  return last.inside.at(-1)?.id ?? null;
}

function downwards(bench, list, at, floor) {
  const below = list[at - 1];
  if (below) return entrance(bench, below, "top") ?? list[at - 2]?.id ?? floor;
  const outer = parted(floor);
  return outer ? under(bench.tower, outer.id) : null;
}

/** Take bricks away; the choice goes to the one on their place, else under it. */
export function remove(bench, ids) {
  const gone = ids.filter((id) => loose(bench.stage(id)));
  if (!gone.length) return;
  const name = bench.called(gone[0]);
  const next = heir(bench, gone);
  bench.act({ op: "remove", ...all(gone) });
  bench.choose(bench.there(next) ? next : null, { focus: true });
  const one = t("{brick} removed.", { brick: name });
  bench.say(gone.length === 1 ? one : t("{count} bricks removed.", { count: gone.length }));
}

function heir(bench, gone) {
  const { list, at } = home(bench.tower, gone.at(-1));
  if (list[at + 1]) return list[at + 1].id;
  let below = under(bench.tower, gone[0]);
  while (gone.includes(below)) below = under(bench.tower, below);
  return below;
}

/** Second bricks like these, above them. */
export function duplicate(bench, ids) {
  const some = ids.filter((id) => loose(bench.stage(id)));
  if (!some.length) return;
  const names = some.map(() => freshId());
  const asked = some.length === 1 ? { id: some[0], new: names[0] } : { ids: some, new: names };
  bench.act({ op: "copy", ...asked });
  bench.chooseBy((choice) => choice.these(names));
  const one = t("{brick} duplicated.", { brick: bench.called(some[0]) });
  const said = some.length === 1 ? one : t("{count} bricks duplicated.", { count: some.length });
  bench.say(`${said} ${whereabouts(bench, names[0])}`);
}

/** Put bricks that stand on one another into a new container. */
export function wrap(bench, ids, kind = "Block") {
  if (!contiguous(bench.tower, ids)) {
    return bench.say(t("Only bricks that stand on one another go into a container together."));
  }
  const id = freshId();
  bench.act({ op: "wrap", ids, kind, id });
  bench.choose(id, { focus: true });
  const title = bench.kind(kind).title;
  bench.say(t("{count} bricks are in a {container} now.", { count: ids.length, container: title }));
}

/** Let what is in a container stand in its place. */
export function unwrap(bench, id) {
  const [first = [], ...others] = bench.stage(id)?.inner ?? [];
  if (others.some((tower) => tower.length)) {
    return bench.say(t("Bricks of its other branches would be lost: move them out first."));
  }
  const inside = first.map((stage) => stage.id);
  const name = bench.called(id);
  bench.act({ op: "unwrap", id });
  const there = inside.filter((each) => bench.stage(each));
  bench.chooseBy((choice) => choice.these(there.length ? there : [id]));
  bench.say(t("{brick} is unwrapped.", { brick: name }));
}

/** Fold a run of alike groups into a Block. */
export function foldRun(bench, ids, length) {
  const id = freshId();
  bench.act({ op: "fold", ids, length, id });
  bench.choose(id, { focus: true });
  const times = ids.length / length;
  bench.say(t("Folded into a Block that repeats {count} times.", { count: times }));
}

/** One more branch for a container, or one less. */
export function branch(bench, id, at) {
  bench.act({ op: "branch", id, at });
  bench.choose(floorOf(id, at), { focus: true });
  bench.say(t("Branch {place} added.", { place: at + 1 }));
}

export function unbranch(bench, id, at) {
  bench.act({ op: "unbranch", id, at });
  bench.choose(id);
  bench.say(t("Branch {place} removed.", { place: at + 1 }));
}

/** Shut an open padlock, open a shut one: one that is half open is shut first. */
export function toggleLock(bench, id) {
  const stage = bench.stage(id);
  const setting = stage && bench.kind(stage.kind).settings?.find(({ kind }) => kind === "padlock");
  if (!setting) return false;
  const before = valueOf(stage, setting);
  const parted = (bench.parted ??= new Map());
  if (padlock(before) === "partly") parted.set(id, before);
  const open = padlock(before) === "shut";
  const now = open ? (parted.get(id) ?? false) : true;
  bench.act({ op: "set", id, setting: setting.name, value: now });
  const brick = bench.called(id);
  // It is pressed by mistake, too, where the brick is meant: everybody is told.
  if (!open) bench.say(t("{brick} is frozen: training leaves its weights alone.", { brick }));
  else if (now) bench.tell(t("{brick} is half open again: its first {count} layers are frozen.", { brick, count: now }));
  else bench.tell(t("{brick} is open: training changes its weights. Press the padlock again to freeze it.", { brick }));
  return true;
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
