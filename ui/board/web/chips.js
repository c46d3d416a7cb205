/** Small offers beside bricks: a repeated run to fold, a suggestion to take. */

import { foldRun } from "./actions.js";
import { arrange, el, icon, iconButton, mark } from "./dom.js";
import { keyOf, open, sheet } from "./ideas.js";
import { repeats } from "./repeats.js";
import { t } from "./words.js";

export class Chips {
  constructor(bench) {
    this.bench = bench;
    this.dismissed = new Set();
    this.runs = new Map();
    this.bulbs = new Map();
    this.element = el("div", { class: "chips" });
  }

  draw() {
    const { bench } = this;
    const quiet = bench.readonly || bench.empty;
    if (quiet) return this.element.replaceChildren();
    this.drawRuns();
    this.drawBulbs();
    arrange(this.element, [...this.runs.values(), ...this.bulbs.values()].map(({ element }) => element));
  }

  /** Folding is offered where nothing is on its way that may change it. */
  drawRuns() {
    const { tower } = this.bench;
    if (tower !== this.tower) this.found = repeats(tower);
    this.tower = tower;
    const before = this.runs;
    this.runs = new Map();
    for (const run of this.found) {
      const key = `${run.ids.join()} ${run.length}`;
      if (!this.dismissed.has(key)) this.runs.set(key, before.get(key) ?? new Run(this, run, key));
    }
  }

  drawBulbs() {
    const before = this.bulbs;
    this.bulbs = new Map();
    const groups = new Map();
    for (const one of open(this.bench)) groups.set(one.id, [...(groups.get(one.id) ?? []), one]);
    for (const [id, ideas] of groups) {
      const bulb = before.get(id) ?? new Bulb(this, id);
      bulb.show(ideas);
      this.bulbs.set(id, bulb);
    }
  }

  place(at) {
    for (const chip of [...this.runs.values(), ...this.bulbs.values()]) chip.place(at);
  }

  dismiss(key) {
    this.dismissed.add(key);
    this.bench.draw();
  }

  /** One sheet at a time is open. */
  only(bulb) {
    for (const other of this.bulbs.values()) if (other !== bulb) other.shut();
  }
}

class Run {
  constructor(chips, run, key) {
    this.run = run;
    const { count, ids, length } = run;
    const { bench } = chips;
    const said = length === 1
      ? t("These {count} look alike: fold them into a Block", { count })
      : t("These {count} groups look alike: fold them into a Block", { count });
    const fold = el("button", { type: "button", class: "run-fold", "data-fold": ids[0], title: said, "aria-label": said });
    fold.append(icon("crate"), el("b", { text: `×${count}` }), el("span", { text: t("alike: fold?") }));
    fold.addEventListener("click", () => foldRun(bench, ids, length));
    const away = iconButton("close", t("Don't offer this"), () => chips.dismiss(key));
    this.chip = el("div", { class: "run-chip chip" }, fold, away);
    this.element = el("div", { class: "run" }, el("i", { class: "bracket", "aria-hidden": "true" }), this.chip);
  }

  place({ places, left }) {
    const [first, last] = [places.get(this.run.ids[0]), places.get(this.run.ids.at(-1))];
    mark(this.element, "hidden", !first || !last);
    if (!first || !last) return;
    const [top, bottom] = [last.top, first.y].sort((a, b) => a - b);
    const style = { "--x": Math.round(left), "--y": Math.round(top), "--h": Math.round(bottom - top) };
    for (const [name, value] of Object.entries(style)) this.element.style.setProperty(name, value);
  }
}

class Bulb {
  constructor(chips, id) {
    Object.assign(this, { chips, id });
    this.button = iconButton("bulb", t("An idea"), () => this.toggle(), { "data-idea": id });
    this.card = el("div", { class: "idea-card", hidden: true });
    this.element = el("div", { class: "bulb chip" }, this.button, this.card);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.shut(true));
  }

  show(ideas) {
    const key = ideas.map(keyOf).join();
    if (key === this.key) return;
    this.key = key;
    const { bench } = this.chips;
    const brick = bench.called(this.id);
    const label = t("An idea for {brick}: {idea}", { brick, idea: ideas.map(({ title }) => title).join(", ") });
    mark(this.button, "aria-label", label);
    mark(this.button, "title", label);
    mark(this.button, "aria-expanded", String(!this.card.hidden));
    const away = iconButton("close", t("Close"), () => this.shut(true));
    this.card.replaceChildren(away, ...ideas.flatMap((one) => sheet(bench, one)));
  }

  toggle() {
    this.chips.only(this);
    mark(this.card, "hidden", !this.card.hidden);
    mark(this.button, "aria-expanded", String(!this.card.hidden));
    mark(this.element, "data-open", !this.card.hidden);
  }

  shut(focus = false) {
    if (!this.card.hidden) this.toggle();
    if (focus) this.button.focus();
  }

  place({ places }) {
    const place = places.get(this.id);
    mark(this.element, "hidden", !place);
    if (!place) return;
    const { box } = place;
    this.element.style.setProperty("--x", Math.round(box.x + box.width));
    this.element.style.setProperty("--y", Math.round((place.y + place.top) / 2));
  }
}
