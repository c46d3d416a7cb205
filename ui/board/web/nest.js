/** Towers in towers: finding a brick at any depth, and changing the list it stands in. */

export const GROUND = "data";
export const TOP = "label";
export const MOST_DEEP = 12;

/** The id of the floor of a container's inner tower. */
export const floorOf = (id, inner) => `${id}:${inner}`;

/** The container and the number of the tower that a floor belongs to; null for the ground. */
export function parted(floor) {
  const at = String(floor).lastIndexOf(":");
  return at < 0 ? null : { id: floor.slice(0, at), inner: Number(floor.slice(at + 1)) };
}

/** Whether a brick may be moved, copied or removed. */
export function loose(stage) {
  return Boolean(stage) && stage.id !== GROUND && stage.id !== TOP;
}

/** Every stage, inner ones too: a container before what is in it. */
export function* every(stages) {
  for (const stage of stages) {
    yield stage;
    for (const tower of stage.inner ?? []) yield* every(tower);
  }
}

/** The stage with this id at any depth, or null. */
export function find(stages, id) {
  for (const stage of every(stages)) if (stage.id === id) return stage;
  return null;
}

/**
 * Where a brick stands.
 * @returns {{floor: string, list: Object[], at: number, inside: Object[]}|null} its list
 *   (without data and label), its place there, and the containers around it, outermost first
 */
export function home(tower, id) {
  return sought(bricks(tower), id, GROUND, []);
}

function sought(list, id, floor, inside) {
  for (const [at, stage] of list.entries()) {
    if (stage.id === id) return { floor, list, at, inside };
    for (const [n, tower] of (stage.inner ?? []).entries()) {
      const found = sought(tower, id, floorOf(stage.id, n), [...inside, stage]);
      if (found) return found;
    }
  }
  return null;
}

/** The outer bricks, without the data brick and the label brick. */
export function bricks(tower) {
  return tower.filter(loose);
}

/** The list on a floor, or null where there is no such floor. */
export function listOn(tower, floor) {
  if (floor === GROUND) return bricks(tower);
  const part = parted(floor);
  return (part && find(tower, part.id)?.inner?.[part.inner]) ?? null;
}

/**
 * Where a new brick goes that shall stand on `after`, a brick or a floor.
 * @returns {{floor: string, at: number}} on top of all where `after` is gone
 */
export function slot(tower, after) {
  if (after === GROUND || (parted(after) && listOn(tower, after))) return { floor: after, at: 0 };
  const found = home(tower, after);
  if (found) return { floor: found.floor, at: found.at + 1 };
  return { floor: GROUND, at: bricks(tower).length };
}

/** What a brick stands on: a brick or a floor; null where it is gone. */
export function under(tower, id) {
  if (id === TOP) return bricks(tower).at(-1)?.id ?? GROUND;
  const found = home(tower, id);
  return found ? (found.list[found.at - 1]?.id ?? found.floor) : null;
}

/** The tower with another list on a floor; what does not change stays the same object. */
export function changed(tower, floor, change) {
  if (floor === GROUND) {
    const top = tower.at(-1)?.id === TOP ? [tower.at(-1)] : [];
    return [tower[0], ...change(bricks(tower)), ...top];
  }
  const { id, inner } = parted(floor);
  return swapped(tower, id, (stage) => {
    return { ...stage, inner: stage.inner.with(inner, change(stage.inner[inner])) };
  });
}

/** The tower with another stage in place of one, at any depth. */
export function swapped(stages, id, change) {
  let same = true;
  const after = stages.map((stage) => {
    const other = stage.id === id ? change(stage) : swappedInside(stage, id, change);
    same &&= other === stage;
    return other;
  });
  return same ? stages : after;
}

function swappedInside(stage, id, change) {
  if (!stage.inner?.length) return stage;
  const inner = swappedEach(stage.inner, id, change);
  return inner === stage.inner ? stage : { ...stage, inner };
}

function swappedEach(towers, id, change) {
  const after = towers.map((tower) => swapped(tower, id, change));
  return after.every((tower, n) => tower === towers[n]) ? towers : after;
}

/** The tower without these bricks. */
export function without(stages, ids) {
  const gone = new Set(ids);
  let same = true;
  const rest = [];
  for (const stage of stages) {
    const kept = gone.has(stage.id) && loose(stage) ? null : thinned(stage, gone);
    same &&= kept === stage;
    if (kept) rest.push(kept);
  }
  return same ? stages : rest;
}

function thinned(stage, gone) {
  if (!stage.inner?.length) return stage;
  const inner = stage.inner.map((tower) => without(tower, gone));
  return inner.every((tower, n) => tower === stage.inner[n]) ? stage : { ...stage, inner };
}

/** How many containers deep the bricks go. */
export function depth(stages) {
  let most = 0;
  for (const { inner } of stages) {
    for (const tower of inner ?? []) most = Math.max(most, 1 + depth(tower));
  }
  return most;
}

/** Of some ids those of loose bricks that lie in none of the others, from the ground up. */
export function outermost(tower, ids) {
  const chosen = new Set(ids);
  const found = [];
  const look = (stages) => {
    for (const stage of stages) {
      if (chosen.has(stage.id) && loose(stage)) found.push(stage.id);
      else (stage.inner ?? []).forEach(look);
    }
  };
  look(tower);
  return found;
}

/**
 * The bricks from one to another: of the innermost list that holds both, or the
 * containers that they are in.
 */
export function span(tower, from, to) {
  const [a, b] = [trail(tower, from), trail(tower, to)];
  if (!a || !b) return [];
  let deep = 0;
  while (a[deep + 1] && b[deep + 1] && a[deep].floor === b[deep].floor && a[deep].at === b[deep].at
    && a[deep + 1].floor === b[deep + 1].floor) deep += 1;
  const [low, high] = [a[deep].at, b[deep].at].sort((x, y) => x - y);
  return a[deep].list.slice(low, high + 1).map((stage) => stage.id);
}

/** The places of the containers around a brick, outermost first, and its own. */
function trail(tower, id) {
  const own = home(tower, id);
  return own && [...own.inside.map((stage) => home(tower, stage.id)), own];
}

/**
 * What a person sees of a tower, in reading order: bricks, and the floors that are empty.
 * @param {Object[]} tower
 * @param {Set<string>} folded containers whose inside is not seen
 * @returns {{id: string, stage: ?Object, depth: number, at: number, of: number,
 *   floor: string}[]} `at` counts from 1 among the `of` things of the same list
 */
export function visible(tower, folded = new Set()) {
  const nodes = [];
  seen(tower, GROUND, 0, folded, nodes);
  return nodes;
}

function seen(list, floor, deep, folded, nodes) {
  for (const [at, stage] of list.entries()) {
    nodes.push({ id: stage.id, stage, depth: deep, at: at + 1, of: list.length, floor });
    if (!stage.inner || folded.has(stage.id)) continue;
    stage.inner.forEach((tower, n) => {
      const ground = floorOf(stage.id, n);
      if (tower.length) seen(tower, ground, deep + 1, folded, nodes);
      else nodes.push({ id: ground, stage: null, depth: deep + 1, at: 1, of: 1, floor: ground });
    });
  }
}
