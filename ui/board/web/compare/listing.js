/** The rows of the table: what is on its way, what is looked for, in which order. */

/**
 * The rows as they will be when all that is on its way has arrived.
 * @param {{rows: Object[], everywhere: boolean, most: number}} data the server's answer
 * @param {Object[]} ops
 * @returns {{rows: Object[], chosen: string[], everywhere: boolean}}
 */
export function foreseen(data, ops) {
  let rows = data.rows;
  let { everywhere } = data;
  let chosen = rows.filter(({ letter }) => letter).map(({ id }) => id);
  const change = (id, news) => (rows = rows.map((row) => (row.id === id ? { ...row, ...news } : row)));
  for (const op of ops) {
    if (op.op === "star_run") change(op.run, { star: op.on });
    else if (op.op === "note_run") change(op.run, { note: op.note });
    else if (op.op === "choose_runs") chosen = op.runs;
    else if (op.op === "list_runs") everywhere = op.everywhere;
    else if (op.op === "delete_runs") rows = rows.filter((row) => !op.runs.includes(row.id) || active(row));
  }
  return { rows, chosen: chosen.filter((id) => rows.some((row) => row.id === id)), everywhere };
}

/** Whether a run goes on or waits. */
export const active = ({ state }) => state === "running" || state === "waiting";

/** The rows that hold every word that was typed. */
export function found(rows, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const all = [row.name, row.note, row.data, row.told].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** By what rows are sorted: the value, and whether the better one is the greater. */
export const COLUMNS = {
  star: { value: (row) => Number(row.star), down: true },
  name: { value: (row) => row.name },
  when: { value: (row) => row.when, down: true },
  state: { value: (row) => row.epoch, down: true },
  best: { value: (row) => better(row.accuracy, row.mae), down: true },
  loss: { value: (row) => row.loss },
  test: { value: (row) => better(row.test.accuracy, row.test.mae, row.test.loss), down: true },
  time: { value: (row) => row.seconds },
  data: { value: (row) => row.data },
  note: { value: (row) => row.note || null },
};

/** A share, or what is the better the smaller it is. */
function better(accuracy, ...errors) {
  if (accuracy != null) return accuracy;
  const error = errors.find((one) => one != null);
  return error == null ? null : -error;
}

/** Rows in order; those without a value come last either way, equal ones the newest first. */
export function sorted(rows, column, down) {
  const { value } = COLUMNS[column];
  const turn = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one == null || other == null) return (one == null) - (other == null) || b.when - a.when;
    const order = typeof one === "string" ? one.localeCompare(other) : one - other;
    return turn * order || b.when - a.when;
  });
}

/** The chosen ones after one more or one less; where there are too many the first goes. */
export function toggled(chosen, id, most) {
  if (chosen.includes(id)) return chosen.filter((one) => one !== id);
  return [...chosen, id].slice(-most);
}
