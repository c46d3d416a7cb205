/** Files on their way to the server: one bringing at a time, whatever view is shown. */

import { body, rows } from "./slices.js";

const LOOK = 600; // milliseconds between two looks at what the server does
const PATIENCE = [500, 1000, 2000, 4000, 8000, 8000, 8000]; // milliseconds before each new try
const KEPT = "brickyard-bringing"; // what a reloaded page must know of

export class Refused extends Error {}

/**
 * `state` is "idle", "sending", "checking", "failed" or "done"; `done` of `of` say how
 * far it is, in bytes or in pictures; `said` why it failed; `dataset` what came of it.
 */
export class Bringing {
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), wait = pause } = {}) {
    Object.assign(this, { fetch, wait, watchers: new Set() });
    this.reset();
  }

  reset() {
    this.turn = (this.turn ?? 0) + 1;
    Object.assign(this, { state: "idle", done: 0, of: 0, sent: 0, files: 0, said: null, dataset: null });
    Object.assign(this, { id: null, name: "", into: null, project: null, lost: false, reason: null });
  }

  get busy() {
    return this.state === "sending" || this.state === "checking";
  }

  /** Be told of every change; gives the function that ends it. */
  watch(changed) {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  tell(news) {
    Object.assign(this, news);
    for (const changed of this.watchers) changed();
  }

  /** Bring files, `[{path, file, size}]`, or a `folder` that the server itself can read. */
  async start({ name, files = [], folder = null, into = null, project, lang }) {
    if (this.busy) return;
    this.reset();
    const turn = this.turn;
    const of = files.reduce((sum, { size }) => sum + size, 0);
    this.tell({ state: "sending", name, into: into?.id ?? null, project, lang, of, files: files.length });
    try {
      const { id } = await this.ask("", "POST", { name, files: files.length, size: of, into: this.into });
      if (turn !== this.turn) return void this.forget(id);
      this.id = id;
      for (const row of rows(files)) {
        await this.send(row, files);
        if (turn !== this.turn) return;
      }
      this.took(await this.ask(`/${id}/done`, "POST", folder ? { folder } : {}));
      this.keep();
      await this.follow(turn);
    } catch (problem) {
      if (turn === this.turn) this.fail(problem);
    }
  }

  async send(row, files) {
    await this.ask(`/${this.id}`, "PUT", () => body(row, files), () => readable(row, files));
    const bytes = row.reduce((sum, { size }) => sum + size, 0);
    this.tell({ done: this.done + bytes, sent: row.at(-1).at + 1 });
  }

  /** Look until the server has made up its mind. */
  async follow(turn) {
    while (turn === this.turn && this.state === "checking") {
      await this.wait(LOOK);
      if (turn === this.turn) this.took(await this.ask(`/${this.id}`, "GET"));
    }
  }

  /** What the server says of it. */
  took({ state, done, of, said, dataset }) {
    if (state === "failed") throw new Refused(said ?? "");
    if (state === "done") {
      forgetKept();
      this.forget(this.id);
    }
    this.tell({ state: state === "done" ? "done" : "checking", done, of, dataset, lost: false });
  }

  /** A request; a lost connection is waited for, what the server refuses is not. */
  async ask(where, method, told, again = () => {}) {
    const turn = this.turn;
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await this.once(where, method, told);
        if (this.lost && turn === this.turn) this.tell({ lost: false });
        return answer;
      } catch (problem) {
        if (problem instanceof Refused || turn !== this.turn || tries >= PATIENCE.length) throw problem;
        await again();
        this.tell({ lost: tries > 0 });
        await this.wait(PATIENCE[tries]);
        if (turn !== this.turn) throw problem;
      }
    }
  }

  async once(where, method, told) {
    const address = new URL(`brickyard/uploads${where}?lang=${this.lang ?? "en"}`, base());
    const traits = { method, body: typeof told === "function" ? told() : told && JSON.stringify(told) };
    const answer = await this.fetch(address, traits);
    if (answer.status === 204) return null;
    if (answer.ok) return answer.json();
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    const said = answer.status === 409 ? (await answer.json()).said : null;
    throw new Refused(said ?? "");
  }

  fail(problem) {
    const said = problem instanceof Refused ? problem.message : "";
    const reason = problem.name === "Unreadable" ? "unreadable" : said ? null : "lost";
    if (this.id) this.forget(this.id);
    forgetKept();
    this.tell({ state: "failed", said: said || problem.path || null, reason });
  }

  /** Break it off; nothing of it stays on the server. */
  cancel() {
    const { id } = this;
    this.reset();
    forgetKept();
    if (id) this.forget(id);
    this.tell({});
  }

  forget(id) {
    const address = new URL(`brickyard/uploads/${id}`, base());
    this.fetch(address, { method: "DELETE", keepalive: true }).catch(() => {}); // swept up later
  }

  keep() {
    const { id, name, into, project, lang } = this;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ id, name, into, project, lang }));
    } catch {
      // Then a reloaded page does not know of it; the data set comes all the same.
    }
  }

  /** Take up what the page knew before it was reloaded. */
  async resume() {
    const kept = recallKept();
    if (!kept || this.busy) return;
    this.reset();
    this.tell({ ...kept, state: "checking" });
    const turn = this.turn;
    try {
      this.took(await this.ask(`/${this.id}`, "GET"));
      await this.follow(turn);
    } catch (problem) {
      if (turn === this.turn) this.fail(problem);
    }
  }
}

class Unreadable extends Error {
  name = "Unreadable";
}

/** Whether the files of a row can still be read; a folder may have been moved. */
async function readable(row, files) {
  for (const { at } of row) {
    try {
      await files[at].file.slice(0, 1).arrayBuffer();
    } catch {
      throw Object.assign(new Unreadable(), { path: files[at].path });
    }
  }
}

const pause = (time) => new Promise((done) => setTimeout(done, time));
const base = () => globalThis.document?.baseURI ?? "http://localhost/";

function recallKept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function forgetKept() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // As when it was kept.
  }
}

/** The one of this page. */
export const bringing = new Bringing();

if (globalThis.window) {
  bringing.resume();
  // What is half sent can't go on after a reload: nothing of it shall stay.
  window.addEventListener("pagehide", () => bringing.state === "sending" && bringing.cancel());
  window.addEventListener("beforeunload", (event) => {
    if (bringing.state === "sending") event.preventDefault();
  });
}
