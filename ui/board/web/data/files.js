/** What a person dropped or chose, as a flat list of files with their paths. */

const LEFT_BEHIND = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/** A file as it is brought. */
const brought = (path, file) => ({ path, file, size: file.size });

/** Whether a system left it behind: nobody means to bring it. */
export const leftBehind = (path) => path.split("/").some((name) => LEFT_BEHIND.test(name));

/** The files of a file field; those of a folder come with their paths. */
export function chosen(list) {
  const files = [...list].map((file) => brought(file.webkitRelativePath || file.name, file));
  return files.filter(({ path }) => !leftBehind(path));
}

/**
 * The files of a drop, folders walked through. Call it in the drop's own turn: its
 * entries are gone after it.
 * @returns {Promise<{path, file, size}[]>}
 */
export async function dropped(transfer, found = () => {}) {
  const entries = [...transfer.items].filter(({ kind }) => kind === "file").map((item) => ({
    entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile(),
  }));
  const files = [];
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) await walk(entry, files, found);
    else if (file && !leftBehind(file.name)) files.push(brought(file.name, file));
  }
  return files;
}

async function walk(folder, files, found) {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives a hundred at a time, and none when there are no more.
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const entry of some.filter(({ name }) => !leftBehind(name))) {
      if (entry.isDirectory) await walk(entry, files, found);
      else files.push(brought(entry.fullPath.replace(/^\//, ""), await fileOf(entry)));
    }
    found(files.length);
  }
}

const fileOf = (entry) => new Promise((done, failed) => entry.file(done, failed));

/** What to call it: the folder, the one file without its ending, else nothing. */
export function named(files) {
  const tops = new Set(files.map(({ path }) => path.split("/")[0]));
  if (tops.size !== 1) return "";
  const [top] = tops;
  return files.length === 1 ? top.replace(/\.[A-Za-z0-9]{1,5}$/, "") : top;
}
