/** The figures of the run that is looked at: fetched, or worked out first by the server. */

import { look } from "../looking.js";
import { t } from "../words.js";
import { figures } from "./asking.js";

export class Judging {
  /** @param {() => void} changed called when there is something new to draw */
  constructor(changed) {
    this.changed = changed;
    this.control = new AbortController();
  }

  /** Look at a run with these weights; what was on its way to another is dropped. */
  async begin(chosen) {
    this.control.abort();
    const { signal } = (this.control = new AbortController());
    Object.assign(this, { found: null, progress: null, failed: null });
    this.changed();
    try {
      await this.fetch(chosen, signal);
      if (!this.found?.whole) await this.work(chosen, signal);
    } catch (problem) {
      if (signal.aborted) return;
      console.warn(problem);
      this.failed = t("The server does not answer. Try again in a moment.");
      this.changed();
    }
  }

  async fetch(chosen, signal) {
    const found = await figures(chosen, signal);
    if (signal.aborted || !found.kind) return;
    const cells = (found.cells ?? []).map(([true_, told, number]) => [`${true_} ${told}`, number]);
    const told = new Set((found.cells ?? []).map((cell) => cell[1]));
    const never = new Set((found.classes ?? []).map((_, number) => number).filter((number) => !told.has(number)));
    this.found = { ...found, table: new Map(cells), never };
    this.changed();
  }

  /** Have every answer worked out, which older and stopped runs did not keep. */
  async work(chosen, signal) {
    const told = (part) => {
      this.progress = part;
      this.changed();
    };
    told({ done: 0, of: 0 });
    const answer = await look({ what: "answers", ...chosen }, { signal, told });
    this.progress = null;
    if (answer.state === "failed") this.failed = answer.said;
    else await this.fetch(chosen, signal);
    this.changed();
  }

  leave() {
    this.control.abort();
  }
}
