/** A trained tower of one's own as a base: which one, and how much of it. */

import { plant, TRAINED } from "./actions.js";
import { Dialog } from "./dialog.js";
import { el, icon, mark, write } from "./dom.js";
import { own } from "./draw/own.js";
import { thumb } from "./draw/draw.js";
import { count, spoken, t } from "./words.js";

const LOOK = 300; // milliseconds until it is seen again how far a base is
const AT = "brickyard/bases";

export class Bases {
  constructor(bench) {
    this.bench = bench;
    this.dialog = new Dialog(bench, t("A tower of your own as a base"), "bases");
    this.list = el("div", { class: "bases-list", role: "radiogroup", "aria-label": t("Your trained towers") });
    this.tower = el("div", { class: "bases-tower", role: "radiogroup", "aria-label": t("Up to which brick") });
    this.said = el("p", { class: "read-said", role: "status" });
    this.take = el("button", { type: "button", class: "repair", "data-act": "take-base", text: t("Put it on the board") });
    this.take.addEventListener("click", () => this.make());
    this.dialog.element.addEventListener("close", () => (this.asked = null));
    const about = el("p", { class: "about", text: t("It keeps what it learned, even where the run is deleted. Its padlock says what of it learns on.") });
    const left = el("div", { class: "bases-left" }, this.file(), this.list);
    const right = el("div", { class: "bases-right" }, this.tower);
    this.dialog.body.append(about, el("div", { class: "bases-both" }, left, right));
    this.dialog.body.append(el("div", { class: "sheet-foot" }, this.said, this.take));
  }

  /** The button that opens a file, on which one can be dropped, too. */
  file() {
    this.input = el("input", { type: "file", accept: ".keras", hidden: true });
    this.input.addEventListener("change", () => this.bring(this.input.files[0]));
    const button = el("button", { type: "button", class: "quiet", "data-act": "open-base" }, icon("open"), t("Open a .keras file"));
    button.addEventListener("click", () => this.input.click());
    const place = el("div", { class: "bases-file" }, button, this.input);
    place.addEventListener("dragover", (event) => event.preventDefault());
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      this.bring(event.dataTransfer.files[0]);
    });
    return place;
  }

  /** Ask which one; it comes above the brick or floor `after`. */
  async show(after) {
    Object.assign(this, { after, chosen: null, plan: null, asked: {} });
    this.tower.replaceChildren();
    this.tell(t("Looking for your trained towers …"));
    this.dialog.show();
    const asked = this.asked;
    const runs = await this.ask("runs");
    if (asked !== this.asked || !runs) return;
    this.list.replaceChildren(...runs.map((run) => this.row(run)));
    this.tell(runs.length ? "" : t("No tower of yours is trained yet: train one, or open a .keras file."));
    this.list.querySelector("input")?.focus();
  }

  row({ run, title, data, when, result }) {
    const day = new Intl.DateTimeFormat(spoken(), { dateStyle: "medium", timeStyle: "short" }).format(when);
    const input = el("input", { type: "radio", name: "base", value: run });
    input.addEventListener("change", () => this.choose({ run }));
    const words = el("span", { class: "words" }, el("b", { text: title }));
    words.append(el("small", { text: [data, result, day].filter(Boolean).join(" · ") }));
    return el("label", { class: "bases-row" }, input, words);
  }

  /** A file of the person's own, sent to the server. */
  async bring(file) {
    this.input.value = "";
    if (!file) return;
    this.tell(t("Reading {file} …", { file: file.name }), true);
    const asked = (this.asked = {});
    const told = await this.ask("file", {}, { method: "POST", body: file });
    if (asked !== this.asked || !told) return;
    for (const input of this.list.querySelectorAll("input")) input.checked = false;
    await this.choose({ file: told.file, name: file.name.replace(/\.keras$/i, "") });
  }

  async choose(source) {
    Object.assign(this, { chosen: source, plan: null });
    this.tower.replaceChildren(); // those of another run are no choice any more
    const asked = (this.asked = {});
    this.tell(t("Reading …"), true);
    const plan = await this.ask("plan", source);
    if (asked !== this.asked) return;
    this.tower.replaceChildren();
    if (!plan) return;
    this.plan = plan;
    this.tower.replaceChildren(...plan.bricks.map((brick, at) => this.brick(brick, at)).reverse());
    this.cut(plan.cut);
    this.tower.querySelector("input:checked")?.closest("label").scrollIntoView({ block: "nearest" });
  }

  brick({ kind, name, settings, gives }, at) {
    const entry = this.bench.kind(kind);
    const input = el("input", { type: "radio", name: "cut", value: at + 1, checked: at + 1 === this.plan.cut });
    input.addEventListener("change", () => this.cut(at + 1));
    const picture = el("span", { class: "thumb" });
    if (own(this.bench.kinds, kind)) {
      // Our own drawing's markup: no user's text in it.
      picture.innerHTML = thumb(entry.looks, { ...entry.start, ...settings }).markup;
      picture.firstElementChild?.setAttribute("aria-hidden", "true");
    }
    const words = el("span", { class: "words" }, el("b", { text: name || entry.title }));
    words.append(el("small", { text: (gives ?? []).map(count).join(" × ") }));
    return el("label", { class: "bases-brick" }, input, picture, words);
  }

  /** Take the tower up to its n-th brick. */
  cut(n) {
    this.plan.cut = n;
    for (const input of this.tower.querySelectorAll("input")) {
      mark(input.closest("label"), "data-left", Number(input.value) > n);
    }
    const weights = this.plan.bricks.slice(0, n).reduce((sum, brick) => sum + brick.weights, 0);
    this.tell(t("{bricks} of {all} bricks, {weights} weights", { bricks: n, all: this.plan.bricks.length, weights: count(weights) }));
  }

  /** Have it made, and put it on the board. */
  async make() {
    const { chosen, plan, after } = this;
    const { cut } = plan; // another may be looked at meanwhile
    const asked = (this.asked = {});
    this.tell(t("Its weights are copied …"), true);
    let made = null;
    for (;;) {
      made = await this.ask("make", { ...chosen, cut }, { method: "POST" });
      if (asked !== this.asked || !made) return;
      if (made.state !== "waiting") break;
      await new Promise((done) => setTimeout(done, LOOK));
    }
    if (made.state === "failed") return this.tell(made.said);
    this.dialog.close();
    plant(this.bench, [{ kind: TRAINED, settings: made.settings }], after);
  }

  /** What the server answers; null, and a sentence, where it can't. */
  async ask(what, query = {}, options = {}) {
    const words = new URLSearchParams({ lang: this.bench.lang, ...query });
    const asked = this.asked;
    try {
      const answer = await fetch(new URL(`${AT}/${what}?${words}`, document.baseURI), options);
      const told = answer.ok ? await answer.json() : { refused: t("That did not work. Try again in a moment.") };
      if (!told.refused) return told;
      if (asked === this.asked) this.tell(told.refused);
    } catch (problem) {
      console.warn(problem);
      if (asked === this.asked) this.tell(t("That did not work. Try again in a moment."));
    }
    return null;
  }

  tell(sentence, busy = false) {
    write(this.said, sentence);
    mark(this.dialog.element, "aria-busy", busy ? "true" : null);
    mark(this.take, "disabled", busy || !this.plan);
  }

  leave() {
    this.asked = null;
    this.dialog.leave();
  }
}
