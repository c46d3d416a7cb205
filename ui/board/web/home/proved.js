/** The model in another format: made when asked for, and proved before it is offered. */

import { icon, mark, relabel, write } from "../dom.js";
import { t } from "../words.js";
import { Card } from "./card.js";
import { address, asked, saveFrom } from "./save.js";

const AGAIN = 700; // milliseconds between two looks

export class Proved extends Card {
  /** `ready` are buttons that bring what is there without being made. */
  constructor(home, kind, about, ...ready) {
    super(about, { name: "", label: "", act: `make-${kind}`, press: () => this.go() }, ...ready);
    this.there = ready.length > 0;
    this.home = home;
    this.kind = kind;
    this.ending = about.badge;
  }

  /** What was known of it when the run was chosen. */
  know(run, known) {
    if (this.run?.id !== run.id) this.leave();
    this.run = run;
    this.known = known;
    this.draw();
  }

  draw() {
    const { state, said = "", notes = "", size } = this.known;
    const done = state === "done";
    const [button] = this.buttons;
    const [name, label] = done ? [t("Download"), t("Download: {title}", { title: this.title })] : this.toMake();
    write(button.querySelector("span"), name);
    relabel(button, label);
    button.querySelector("svg").replaceWith(icon(done ? "save" : "play"));
    mark(button, "data-state", state);
    mark(button, "hidden", this.there && done);
    if (!this.there) this.show({ size: done ? size : 0, ready: state !== "failed" || this.tried });
    this.tell([said, notes].filter(Boolean).join(" "), { done: "good", failed: "bad" }[state]);
  }

  toMake() {
    const { title } = this;
    return this.there ? [t("Prove"), t("Prove: {title}", { title })] : [t("Make"), t("Make: {title}", { title })];
  }

  async go() {
    const { run, kind } = this;
    if (this.known.state === "done") {
      saveFrom(address(`export/${kind}/file`, { run: run.id }), `${run.name}${this.ending}`);
      this.draw();
      return;
    }
    this.tried = true;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    try {
      await this.watch(run, signal);
    } catch (problem) {
      if (!signal.aborted) throw problem;
    }
  }

  /** Look until it is there; nobody who looks, and it is not made. */
  async watch(run, signal) {
    const { lang } = this.home.data;
    for (;;) {
      const answer = await asked(`export/${this.kind}`, { run: run.id, lang }, { signal });
      this.known = await answer.json();
      if (this.known.state !== "waiting") break;
      const { said, before } = this.known;
      this.tell(before ? t("{said} {count} before it.", { said, count: before }) : said);
      await new Promise((done) => setTimeout(done, AGAIN));
      if (signal.aborted) return;
    }
    this.draw();
    this.home.say(`${this.title}: ${this.known.said}`);
  }

  leave() {
    this.leaving?.abort();
    this.leaving = null;
    this.tried = false;
  }
}
