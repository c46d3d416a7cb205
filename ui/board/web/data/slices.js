/** Files as the bodies of requests: many small ones, or a slice of a large one, in each. */

export const MOST_BYTES = 1_000_000; // of one request
export const MOST_FILES = 200; // in one request

/**
 * The files cut into rows of slices, a row for each request.
 * @param {{path: string, size: number}[]} files
 * @returns {Generator<{path: string, offset: number, size: number, at: number}[]>} `at` numbers the file
 */
export function* rows(files, most = MOST_BYTES) {
  let row = [];
  let left = most;
  for (const [at, { path, size }] of files.entries()) {
    let offset = 0;
    do {
      const part = Math.min(left, size - offset);
      row.push({ path, offset, size: part, at });
      offset += part;
      left -= part;
      if (left <= 0 || row.length >= MOST_FILES) {
        yield row;
        row = [];
        left = most;
      }
    } while (offset < size);
  }
  if (row.length) yield row;
}

/** A row of slices as one body: for each its head's length, its head, its bytes. */
export function body(row, files) {
  const parts = row.flatMap(({ path, offset, size, at }) => {
    const head = new TextEncoder().encode(JSON.stringify({ path, offset, size }));
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, head.length);
    return [length.buffer, head, files[at].file.slice(offset, offset + size)];
  });
  return new Blob(parts);
}
