/** Filters: what a convolution multiplies with, and the picture that each filter seeks. */

import { el, mark, write } from "../dom.js";
import { Newest, tile } from "../looking.js";
import { count, figure, percent, t } from "../words.js";
import { Finder } from "./finder.js";

export class Filters {
  constructor(panel) {
    this.panel = panel;
    this.kernelsAsked = new Newest();
    this.patternsAsked = new Newest();
    this.name = el("h2");
    this.finder = new Finder(panel, { of: "maps", whole: false });
    this.failed = el("div", { class: "heat-failed", role: "status", hidden: true });
    this.kernelsSaid = el("p", { class: "facts-line" });
    this.kernels = el("div", { class: "kernel-sheet", role: "img" });
    this.kernelsPart = el("section", {}, el("h3", { text: t("Its weights") }), this.kernelsSaid, this.kernels);
    this.make = el("button", { type: "button", class: "go", onclick: () => this.begin() });
    this.stop = el("button", { type: "button", class: "quiet", text: t("Stop"), hidden: true, onclick: () => this.halt() });
    this.bar = el("div", { class: "run-bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": t("Progress"), hidden: true }, el("i"));
    this.patterns = el("div", { class: "pattern-sheet" });
    this.large = el("figure", { class: "pattern-large", hidden: true });
    this.source = el("p", { class: "facts-line", text: t("From noise a picture is changed step by step until the filter answers as strongly as can be (gradient ascent: Erhan et al. 2009, Olah et al. 2017).") });
    this.patternsPart = el("section", {}, el("h3", { text: t("What each filter looks for") }), this.source, el("div", { class: "make-line" }, this.make, this.stop, this.bar), el("div", { class: "pattern-body" }, this.patterns, this.large));
    this.element = el("div", { class: "filters" }, this.name, this.finder.element, this.failed, this.patternsPart, this.kernelsPart);
  }

  /** The chosen brick where it has maps; else the first one that has. */
  get gave() {
    const { state, looked } = this.panel;
    const maps = looked.bricks.filter(({ kind, brick }) => kind === "maps" || looked.bases?.[brick]);
    return maps.find(({ brick }) => brick === state.brick) ?? maps[0] ?? null;
  }

  /** The layer of a base: the chosen one where it has maps, or its first convolution. */
  get inner() {
    const base = this.panel.looked.bases?.[this.gave?.brick];
    if (!base) return null;
    const inner = this.panel.innerOf(this.gave.brick);
    return base.maps.includes(inner) ? inner : (base.convolves[0] ?? base.maps[0] ?? null);
  }

  draw() {
    const { panel, gave } = this;
    mark(this.failed, "hidden", Boolean(gave));
    if (!gave) mark(this.finder.element, "hidden", true);
    for (const part of [this.kernelsPart, this.patternsPart]) mark(part, "hidden", !gave);
    if (!gave) return this.none();
    const { inner } = this;
    write(this.name, panel.nameOf(gave.brick, inner));
    this.finder.draw(gave.brick, inner);
    panel.yard.at(gave.brick, inner);
    const { run, which } = panel.data.looking;
    const ask = { what: "filters", run, which, brick: gave.brick, time: panel.yard.timeOf(gave.brick), inner };
    const key = JSON.stringify(ask);
    if (key === this.key) return;
    this.key = key;
    this.ask = ask;
    this.halt();
    this.look();
  }

  /** A tower without maps: why there are no filters, and what there is. */
  none() {
    write(this.name, t("No filters in this tower"));
    const units = el("button", { type: "button", class: "quiet", text: t("Units"), onclick: () => this.panel.open("units") });
    this.failed.replaceChildren(el("p", { text: t("Filters belong to convolutions such as Conv2D, and this tower has none. What its units do can be looked at.") }), el("p", { class: "failed-acts" }, units));
  }

  async look() {
    this.sheet([], null);
    this.kernels.replaceChildren();
    const found = await this.kernelsAsked.look(this.ask);
    if (!found || this.panel.left) return;
    const failed = found.state === "failed";
    mark(this.failed, "hidden", !failed);
    if (failed) this.failed.replaceChildren(el("p", { text: found.said }));
    mark(this.kernelsPart, "hidden", failed || !found.kernel);
    mark(this.patternsPart, "hidden", failed);
    if (failed) return;
    this.count = Math.min(64, found.filters);
    if (found.kernel) this.drawKernels(found);
    if (found.patterns) this.sheet(Array.from({ length: found.patterns.n }, (_, n) => [n, found.patterns, n]), found.patterns.n);
    this.offer(Boolean(found.patterns));
  }

  drawKernels({ kernel, kernels, most, filters }) {
    const [, height, width, channels] = kernel;
    const said = channels === 1 || channels === 3
      ? t("{filters} filters of {height} × {width}. Grey is 0, white the largest weight, black the most negative one.", { filters: count(filters), height, width })
      : t("{filters} filters of {height} × {width}, each with {channels} channels; here those of the first filters, a row for each. Grey is 0, white the largest weight, black the most negative one.", { filters: count(filters), height, width, channels: count(channels) });
    write(this.kernelsSaid, `${said} ${t("The largest weight is {most}.", { most: figure(most, false, 3) })}`);
    const alone = channels === 1 || channels === 3;
    mark(this.kernels, "data-rows", !alone);
    mark(this.kernels, "aria-label", said);
    if (alone) this.kernels.replaceChildren(...Array.from({ length: Math.min(64, kernels.n) }, (_, n) => tile(kernels, n, { title: t("Filter {number}", { number: n }) })));
    else this.kernels.replaceChildren(...this.rows(kernels, channels));
  }

  /** A row of small pictures for each filter: how it weighs each channel below. */
  rows(kernels, channels) {
    const shown = Math.min(channels, 16);
    const filters = Math.min(12, Math.floor(kernels.n / channels));
    return Array.from({ length: filters }, (_, filter) => el("div", { class: "kernel-row" }, el("small", { text: String(filter) }),
      ...Array.from({ length: shown }, (_, n) => tile(kernels, filter * channels + n)), channels > shown ? el("small", { text: `+${count(channels - shown)}` }) : null));
  }

  /** The button: to make patterns, or to make them again. */
  offer(kept) {
    write(this.make, kept ? t("Make them again") : t("Make the patterns of {count} filters", { count: this.count }));
    mark(this.make, "class", kept ? "quiet" : "go");
    mark(this.make, "hidden", null);
    mark(this.stop, "hidden", true);
    mark(this.bar, "hidden", true);
  }

  async begin() {
    mark(this.make, "hidden", true);
    mark(this.stop, "hidden", null);
    mark(this.bar, "hidden", null);
    this.progress(0);
    this.sheet([], this.count);
    const key = this.key;
    const found = await this.patternsAsked.look({ ...this.ask, make: true }, { told: (part) => this.take(part) });
    if (!found || key !== this.key || this.panel.left) return;
    if (found.state === "failed") {
      mark(this.failed, "hidden", null);
      this.failed.replaceChildren(el("p", { text: found.said }));
      this.offer(false);
      return;
    }
    this.sheet(Array.from({ length: found.patterns.n }, (_, n) => [n, found.patterns, n]), found.patterns.n);
    this.offer(true);
    this.panel.say(t("The patterns are done."));
  }

  halt() {
    this.patternsAsked.drop();
    this.offer(this.shown?.size === this.count && this.count > 0);
  }

  take(part) {
    this.progress(part.share);
    part.filters.forEach((filter, n) => this.put(filter, part.patterns, n));
  }

  progress(share) {
    this.bar.firstElementChild.style.width = `${100 * share}%`;
    mark(this.bar, "aria-valuenow", Math.round(100 * share));
    mark(this.bar, "title", percent(share, 0));
  }

  /** A place for each pattern, empty until it comes. */
  sheet(pictures, places) {
    this.shown = new Map();
    this.cells = Array.from({ length: places ?? 0 }, (_, n) => {
      const label = t("Filter {number}", { number: n });
      return el("button", { type: "button", class: "pattern", "aria-label": label, title: label, onclick: () => this.enlarge(n) });
    });
    this.patterns.replaceChildren(...this.cells);
    mark(this.large, "hidden", true);
    for (const [filter, sprite, n] of pictures) this.put(filter, sprite, n);
  }

  put(filter, sprite, n) {
    this.shown.set(filter, [sprite, n]);
    this.cells[filter]?.replaceChildren(tile(sprite, n));
    if (this.one === filter && !this.large.hidden) this.enlarge(filter);
  }

  enlarge(filter) {
    const found = this.shown.get(filter);
    if (!found) return;
    this.one = filter;
    this.cells.forEach((cell, n) => mark(cell, "aria-pressed", n === filter ? "true" : null));
    const maps = el("button", { type: "button", class: "quiet", text: t("Its feature map"), onclick: () => {
      this.panel.pick(this.gave.brick, filter, this.inner);
      this.panel.open("maps");
    } });
    this.large.replaceChildren(tile(...found, { label: t("What filter {number} looks for", { number: filter }) }), el("figcaption", {}, el("b", { text: t("Filter {number}", { number: filter }) }), maps));
    mark(this.large, "hidden", null);
  }

  forget() {
    this.kernelsAsked.drop();
    this.patternsAsked.drop();
    this.key = null;
  }
}
