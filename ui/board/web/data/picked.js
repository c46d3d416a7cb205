/** Which pictures are picked, by their places in the list. */

export class Picked {
  constructor() {
    this.all = new Set();
    this.anchor = null;
  }

  get size() {
    return this.all.size;
  }

  has(at) {
    return this.all.has(at);
  }

  toggle(at) {
    if (!this.all.delete(at)) this.all.add(at);
    this.anchor = at;
  }

  /** All of a row from the last that was picked up to this one. */
  reach(row, at) {
    const from = Math.max(0, row.findIndex((picture) => picture.at === this.anchor));
    const to = row.findIndex((picture) => picture.at === at);
    const run = row.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.all = new Set([...this.all, ...run.map((picture) => picture.at)]);
  }

  these(pictures) {
    this.all = new Set(pictures.map(({ at }) => at));
  }

  none() {
    this.all.clear();
    this.anchor = null;
  }
}
