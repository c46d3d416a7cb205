/** What was found, and what people made of it: the same rules as on the server. */

/** The rows of the server's list as pictures; `at` is a picture's place in the list. */
export function pictures(rows) {
  return rows.map(([digest, path, found, value, part, width, height], at) => ({
    at, digest, key: digest.slice(0, 12), path, name: path.split("/").at(-1), found, value, part, width, height,
  }));
}

/** Names, folders and changes as they are when all that is on its way has arrived. */
export function settled({ found, names, folders, changes }, ops) {
  const start = { found, names, folders: folders.length ? folders : names.map((name) => [name, name]), changes: new Map(changes) };
  return ops.reduce((state, op) => ({ ...state, ...DEEDS[op.op]?.(state, op) }), start);
}

/** A picture's class, its value where there are no classes, or null where it is left out. */
export function labelOf(picture, state, folders = new Map(state.folders)) {
  const label = state.changes.get(picture.key) ?? picture.value ?? folders.get(picture.found);
  return label === "" || label == null ? null : label;
}

/** Pictures by class in the order of the names; those left out under null. */
export function grouped(all, state) {
  const groups = new Map([...state.names.map((name) => [name, []]), [null, []]]);
  const folders = new Map(state.folders);
  const whole = state.names.length ? null : [];
  if (whole) groups.set("", whole);
  for (const picture of all) {
    const label = labelOf(picture, state, folders);
    (label === null ? groups.get(null) : (whole ?? groups.get(label)))?.push(picture);
  }
  return groups;
}

/** The classes, as they were found, that are left out. */
export const dropped = ({ folders }) => folders.filter(([, name]) => !name).map(([found]) => found);

/** A class's name as the server writes it. */
export const cleaned = (text) => text.normalize("NFC").split(/\s+/).filter(Boolean).join(" ");

const mapped = (pairs, from, to) => pairs.map(([key, name]) => [key, name === from ? to : name]);

const DEEDS = {
  rename_class({ names, folders, changes }, { name, new: next }) {
    const clean = cleaned(next);
    if (!clean || !names.includes(name)) return null;
    return {
      names: [...new Set(names.map((each) => (each === name ? clean : each)))],
      folders: mapped(folders, name, clean), changes: new Map(mapped([...changes], name, clean)),
    };
  },
  drop_class({ names, folders, changes }, { name }) {
    if (!names.some((each) => each !== name)) return null;
    return {
      names: names.filter((each) => each !== name),
      folders: mapped(folders, name, ""), changes: new Map(mapped([...changes], name, "")),
    };
  },
  restore_class(state, { found }) {
    if (!dropped(state).includes(found)) return null;
    const folders = state.folders.map(([key, name]) => [key, key === found ? found : name]);
    const names = new Set([...state.names, found]);
    const ordered = state.found.filter((name) => names.has(name));
    return { folders, names: [...new Set([...ordered, ...names])] };
  },
  move_pictures({ names, folders, changes }, { keys, name }) {
    // A name that is no class yet becomes one, the last.
    const clean = names.includes(name) ? name : cleaned(name);
    if (name && (!clean || !keys.length || !names.length)) return null;
    const all = clean ? [...new Set([...names, clean])] : names;
    return { names: all, folders, changes: new Map([...changes, ...keys.map((key) => [key, clean])]) };
  },
  put_back({ names, folders, changes }, { keys }) {
    const gone = new Set(keys);
    return { names, folders, changes: new Map([...changes].filter(([key]) => !gone.has(key))) };
  },
};
