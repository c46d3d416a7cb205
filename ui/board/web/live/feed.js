/** The runs as the server tells them: asked each second while one of them goes on. */

const PACE = 1000; // milliseconds from an answer to the next question
const LONGEST = 15000; // between two tries where no answer comes
const MOST_TRAIL = 120; // points within an epoch

/** Whether a run goes on or waits. */
export const moves = ({ state }) => state === "running" || state === "waiting";

/** What is known of a run with what was told now: the rows that the page had and still hold, then the new ones. */
export function merged(known, told) {
  const kept = known?.rows.slice(0, told.since) ?? [];
  const run = { ...told, progress: within(told.progress), rows: [...kept, ...told.rows] };
  return { ...run, trail: trail(known, run) };
}

/** Several batches that run in one go may be more than the epoch has left. */
const within = (progress) => (progress?.batches ? { ...progress, batch: Math.min(progress.batch, progress.batches) } : progress);

/** How far a run is within its epoch: `{at, ...figures}` counted in epochs, or null. */
export function moment({ state, epoch, progress }) {
  if (state !== "running" || !progress?.batches || progress.epoch <= epoch) return null;
  const { measures, loss } = progress;
  return { at: progress.epoch - 1 + progress.batch / progress.batches, loss, ...measures };
}

/** The moments of this epoch that the page has seen, so that a long epoch has a curve, too. */
function trail(known, run) {
  const now = moment(run);
  if (!now) return [];
  const before = (known?.trail ?? []).filter(({ at }) => known.start === run.start && at > run.epoch && at < now.at);
  const thin = before.length < MOST_TRAIL ? before : before.filter((_, n) => n % 2);
  return [...thin, now];
}

export class Feed {
  /**
   * @param {Object} wires
   * @param {(question: URLSearchParams) => Promise<Object>} wires.ask
   * @param {() => void} wires.changed called after each answer, and when none comes
   * @param {() => boolean} [wires.hidden] whether nobody sees the page
   * @param {Object} [wires.clock] `set(call, ms)` and `clear(timer)`, for tests
   */
  constructor({ ask, changed, hidden = () => false, clock = CLOCK }) {
    Object.assign(this, { ask, changed, hidden, clock });
    this.runs = new Map();
    this.ids = [];
    this.tries = 0;
    this.turn = 0;
    this.timer = null;
  }

  /** No answer came for some seconds. */
  get lost() {
    return this.tries > 2;
  }

  /** Ask for these runs from now on, the first time at once. */
  follow(ids, lang) {
    Object.assign(this, { ids, lang });
    this.wake();
  }

  /** Ask now: somebody looks again. */
  wake() {
    this.turn += 1;
    this.plan(0, this.turn);
  }

  plan(pause, turn) {
    this.clock.clear(this.timer);
    this.timer = this.clock.set(() => this.once(turn), pause);
  }

  async once(turn) {
    if (!this.ids.length || this.hidden()) return;
    try {
      const { runs } = await this.ask(this.question());
      if (turn !== this.turn) return; // a later question is on its way
      for (const told of runs) this.runs.set(told.id, merged(this.runs.get(told.id), told));
      this.tries = 0;
      if (runs.some(moves)) this.plan(PACE, turn);
    } catch {
      if (turn !== this.turn) return;
      this.tries += 1;
      this.plan(Math.min(PACE * 2 ** this.tries, LONGEST), turn);
    }
    this.changed();
  }

  question() {
    const since = this.ids.map((id) => {
      const run = this.runs.get(id);
      return run ? `${run.rows.length}-${run.start}` : "0-0";
    });
    return new URLSearchParams({ runs: this.ids.join(), since: since.join(), lang: this.lang ?? "en" });
  }

  /** Ask no more. */
  leave() {
    this.turn += 1;
    this.clock.clear(this.timer);
  }
}

const CLOCK = {
  set: (call, ms) => setTimeout(call, ms),
  clear: (timer) => clearTimeout(timer),
};
