/** The runs of this tower as they go: how far, their figures, their curves, and what can be done. */

import { el, mark, write } from "../dom.js";
import { Panel } from "../panel.js";
import { t } from "../words.js";
import { Chips } from "./chips.js";
import { Curves } from "./curves.js";
import { Deeds } from "./deeds.js";
import { Empty } from "./empty.js";
import { Epochs } from "./epochs.js";
import { Feed, moves } from "./feed.js";
import { lettered } from "./figures.js";
import { Numbers } from "./numbers.js";
import { said, share, why } from "./told.js";

const QUIET = 15000; // milliseconds between two sentences on how well it does
const NOTHING = { rows: [], trail: [], progress: {}, wait: null, wanted: null, reason: null, start: 0 };

export class Live extends Panel {
  constructor(parent) {
    super(parent, "live-panel", "letters.css", "live/live.css");
    this.feed = new Feed({ ask, changed: () => this.came(), hidden: () => document.hidden });
    this.letters = new Map();
    this.picked = new Map();
    this.spoken = { state: null, at: 0 };
    this.look = () => !document.hidden && this.feed.wake();
    document.addEventListener("visibilitychange", this.look);
  }

  build() {
    this.curves?.leave();
    this.chips = new Chips(this);
    this.deeds = new Deeds(this);
    this.curves = new Curves((sentence) => this.say(sentence));
    this.epochs = new Epochs();
    this.empty = new Empty();
    this.sign = el("span", { class: "letter", "aria-hidden": "true" });
    this.sentence = el("b", { class: "sentence" });
    this.changed = el("p", { class: "changed" });
    this.reason = el("p", { class: "reason" });
    this.lost = el("p", { class: "lost", role: "alert" });
    this.bar = el("div", { class: "run-bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": t("Progress") }, el("i"));
    this.numbers = new Numbers();
    const head = el("div", { class: "run-head" }, this.sign, el("p", { class: "run-said" }, this.sentence), this.deeds.element);
    this.body = el("div", { class: "run-body" }, this.chips.element, head, this.changed, this.bar, this.reason, this.lost, this.numbers.element, this.curves.element, this.epochs.element);
    return [this.body, this.empty.element];
  }

  /** The page was drawn: these runs are there now. */
  settle() {
    const ids = this.data.runs.map(({ id }) => id);
    this.letters = lettered([...ids].reverse()); // the oldest first, as in Compare
    const key = `${ids.join()} ${this.data.lang}`;
    const fresh = this.data !== this.known;
    this.known = this.data;
    if (key !== this.key && this.newest !== ids[0]) this.begin(ids);
    this.key = key;
    if (fresh) this.feed.follow(ids, this.data.lang);
  }

  /** Another run came first: it is told of, and drawn with those that go on. */
  begin(ids) {
    this.newest = ids[0];
    this.picked.clear();
    this.chosen = null;
    for (const run of this.data.runs) if (moves(run)) this.picked.set(run.id, true);
  }

  /** The runs, as the server told them last and as what is on its way will have them. */
  get runs() {
    const asked = new Map(this.outbox.ops.map(({ op, run }) => [run, op]));
    return this.data.runs.map((run) => ({ ...NOTHING, ...run, ...this.feed.runs.get(run.id), letter: this.letters.get(run.id), asked: asked.get(run.id) ?? null }));
  }

  /** The run that is told of: the one that was chosen, else the oldest that goes on, else the newest. */
  get run() {
    const { runs } = this;
    return runs.find(({ id }) => id === this.chosen) ?? runs.filter(moves).at(-1) ?? runs[0];
  }

  drawn(runs, focused) {
    const alone = !runs.some(moves) && !this.picked.size;
    return runs.filter(({ id }) => this.picked.get(id) ?? (alone && id === focused.id)).map(({ id }) => id);
  }

  focus(id) {
    this.chosen = id;
    if (!this.picked.get(id)) this.picked.set(id, true);
    this.draw();
  }

  toggle(id) {
    const { runs } = this;
    const on = this.drawn(runs, this.run);
    for (const run of runs) this.picked.set(run.id, on.includes(run.id) !== (run.id === id));
    if (!runs.some((run) => this.picked.get(run.id))) this.picked.set(id, true); // one stays
    this.draw();
  }

  draw() {
    const { runs, run } = this;
    mark(this.body, "hidden", !run);
    this.empty.show(!run);
    if (!run) return;
    this.chosen = run.id; // it stays when it ends, and another goes on
    const drawn = this.drawn(runs, run);
    this.chips.show(runs, run.id, drawn, this.data.earlier ?? 0);
    this.drawHead(run, runs.length > 1);
    this.numbers.show(run, this.data);
    const shown = runs.filter(({ id }) => drawn.includes(id)).reverse();
    this.curves.show(shown.length ? shown : [run], this.data, runs.length > 1);
    this.epochs.show(run, this.data);
    for (const part of [this.numbers, this.curves]) mark(part.element, "hidden", !run.epochs); // nothing is trained
    this.tell(run);
  }

  drawHead(run, several) {
    mark(this.sign, "hidden", !several);
    mark(this.sign, "data-letter", run.letter);
    write(this.sign, run.letter);
    write(this.sentence, said(run));
    write(this.changed, run.said ? t("Since the run before: {changes}", { changes: run.said }) : "");
    write(this.reason, why(run));
    mark(this.reason, "hidden", !why(run));
    write(this.lost, this.feed.lost ? t("The server does not answer. What you see is of a moment ago; the training goes on.") : "");
    mark(this.lost, "hidden", !this.feed.lost);
    const done = share(run);
    this.bar.firstChild.style.scale = `${done} 1`;
    mark(this.bar, "aria-valuenow", Math.floor(100 * done));
    mark(this.bar, "aria-valuetext", said(run));
    this.deeds.show(run);
    if (run.astray) for (const deed of ["resume_run", "more_run"]) mark(this.deeds.buttons[deed], "hidden", true);
    for (const [name, value] of Object.entries({ run: run.id, state: run.state, epoch: run.epoch, batch: run.progress?.batch ?? 0 })) mark(this.body, `data-${name}`, value);
  }

  /** For those who listen: each new state, and now and then how well it does. */
  tell(run) {
    const state = `${run.id} ${run.state} ${run.wanted} ${this.feed.lost}`;
    if (this.spoken.state === null) this.spoken = { state, epoch: run.epoch, at: Date.now() };
    const due = run.epoch !== this.spoken.epoch && Date.now() - this.spoken.at > QUIET;
    if (state === this.spoken.state && !due) return;
    this.spoken = { state, epoch: run.epoch, at: Date.now() };
    const well = due ? this.numbers.told : "";
    this.say([said(run), why(run), well].filter(Boolean).join(". "));
  }

  /** The server told something, or did not: where a run began or ended, the whole page is to know. */
  came() {
    if (this.left || !this.data) return;
    this.draw();
    const moved = this.data.runs.filter(({ id, state }) => (this.feed.runs.get(id)?.state ?? state) !== state);
    const told = moved.map(({ id }) => `${id} ${this.feed.runs.get(id).state}`).join();
    if (told && told !== this.told) this.component.setStateValue("moved", `${told} ${Date.now()}`);
    this.told = told;
  }

  leave() {
    document.removeEventListener("visibilitychange", this.look);
    this.feed.leave();
    this.curves?.leave();
    super.leave();
  }
}

async function ask(question) {
  const answer = await fetch(new URL(`brickyard/live?${question}`, document.baseURI), { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`live: ${answer.status}`);
  return answer.json();
}
