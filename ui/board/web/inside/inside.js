/** What every brick of a trained tower made of one picture, and why it answered so. */

import { el, mark } from "../dom.js";
import { measure } from "../frame.js";
import { handed } from "../handed.js";
import { Newest } from "../looking.js";
import { Panel } from "../panel.js";
import { recall, remember } from "../remember.js";
import { t } from "../words.js";
import { Convolve } from "./convolve.js";
import { Empty } from "./empty.js";
import { Filters } from "./filters.js";
import { Head } from "./head.js";
import { Heat } from "./heat.js";
import { Maps } from "./maps.js";
import { called, every } from "./rows.js";
import { Units } from "./units.js";
import { Yard } from "./yard.js";

const LATE = 250; // milliseconds until it is said that one has to wait

export class Inside extends Panel {
  constructor(parent) {
    super(parent, "inside-panel", "inside/inside.css");
    this.question = new Newest();
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.root);
    this.paste = (event) => this.pasted(event);
    document.addEventListener("paste", this.paste);
  }

  build() {
    this.head = new Head(this);
    this.yard = new Yard(this);
    this.views = { maps: new Maps(this), heat: new Heat(this), filters: new Filters(this), units: new Units(this), convolve: new Convolve(this) };
    const titles = { maps: t("Feature maps"), heat: t("Heatmaps"), filters: t("Filters"), units: t("Units and gradients"), convolve: t("What the convolution does") };
    this.buttons = Object.entries(titles).map(([name, text]) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "data-view": name, "aria-controls": "inside-view", text, onclick: () => this.open(name) }));
    const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": t("What is looked at") }, ...this.buttons);
    tabs.addEventListener("keydown", (event) => this.keyed(event));
    this.told = el("p", { class: "inside-told", role: "alert", hidden: true });
    this.place = el("div", { class: "inside-view", id: "inside-view", role: "tabpanel" });
    this.body = el("div", { class: "inside-body" }, this.yard.element, this.place);
    this.empty = new Empty(this);
    this.whole = el("div", { class: "inside" }, this.head.element, tabs, this.told, this.body);
    this.drop();
    return [this.whole, this.empty.element];
  }

  /** Left and right go from tab to tab. */
  keyed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const at = this.buttons.findIndex((button) => button.dataset.view === this.view);
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length];
    next.focus();
    this.open(next.dataset.view);
  }

  /** A picture may be dropped anywhere on the panel. */
  drop() {
    for (const kind of ["dragover", "drop"]) {
      this.whole.addEventListener(kind, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        if (kind === "drop") this.bring(event.dataTransfer.files[0]);
      });
    }
  }

  pasted(event) {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file && this.whole?.isConnected && !this.whole.hidden) this.bring(file);
  }

  /** The server told of runs, of the one that is looked into, and maybe of an example. */
  settle() {
    const { looking, project } = this.data;
    this.state = this.memory.inside ??= { test: 0, brought: null, order: recall("inside-order") ?? "number", view: "maps", time: {}, open: [] };
    const asked = JSON.stringify([project, looking]);
    if (asked !== this.state.asked) {
      if (looking?.test.length) Object.assign(this.state, { test: looking.test[0], brought: null });
      this.state.asked = asked;
    }
    this.receive();
    const key = `${looking?.run} ${looking?.which}`;
    if (key !== this.key) {
      this.key = key;
      this.looked = null;
      for (const view of Object.values(this.views)) view.forget?.();
    }
    const ids = new Set(every(this.data.tower?.stages ?? []).map(({ id }) => id));
    if (this.state.brick && !ids.has(this.state.brick)) this.state.brick = null;
  }

  /** Take up, once, what another view handed on. */
  receive() {
    const given = handed();
    if (!given || given === this.state.handed || given.run !== this.data.looking?.run) return;
    this.state.handed = given;
    if (given.brought) this.turnTo(given.brought);
    else if (given.test != null) Object.assign(this.state, { test: given.test, brought: null });
    if (given.target == null) return;
    this.state.view = "heat";
    this.views.heat.want(given.target);
  }

  get view() {
    return this.views[this.state.view] ? this.state.view : "maps";
  }

  open(view) {
    if (view !== this.view) this.views[this.view].rest?.(); // nobody looks there any more
    this.state.view = view;
    this.draw();
  }

  /** What every question holds: the run, its weights, and what is looked at. */
  ask(what, more = {}) {
    const { run, which } = this.data.looking;
    const given = this.state.brought?.ask ?? { given: { test: this.state.test } };
    return { what, run, which, ...given, ...more };
  }

  /** The drawing or the file that goes with every question, where somebody brought one. */
  get picture() {
    return this.state.brought?.body;
  }

  draw() {
    const { tower, looking } = this.data;
    mark(this.whole, "hidden", !tower);
    this.empty.draw(Boolean(tower));
    if (!tower) return;
    measure(this.root);
    this.head.draw();
    for (const button of this.buttons) {
      const here = button.dataset.view === this.view;
      mark(button, "aria-selected", String(here));
      mark(button, "tabindex", here ? "0" : "-1");
    }
    mark(this.place, "aria-labelledby", `tab-${this.view}`);
    mark(this.body, "data-view", this.view);
    const view = this.views[this.view];
    if (this.place.firstElementChild !== view.element) this.place.replaceChildren(view.element);
    const asked = JSON.stringify([looking, this.state.order, this.state.open, this.state.test, this.state.brought ? this.marked : null]);
    if (asked !== this.asked) this.look(asked);
    else this.drawAnswer();
  }

  /** Ask what every brick made of it. */
  async look(asked) {
    this.asked = asked;
    const late = setTimeout(() => this.wait(), LATE);
    const answer = await this.question.look(this.ask("maps", { order: this.state.order, most: this.yard.most, open: this.state.open }), { body: this.picture, told: (part) => this.head.preview(part) });
    clearTimeout(late);
    if (!answer || this.left) return;
    mark(this.whole, "aria-busy", null);
    const failed = answer.state === "failed";
    this.fail(failed ? answer.said : "");
    mark(this.body, "hidden", failed && !this.looked);
    if (failed) return;
    this.looked = answer;
    this.turn = (this.turn ?? 0) + 1;
    mark(this.body, "hidden", null);
    this.head.draw();
    this.drawAnswer();
    this.say(this.head.sentence);
  }

  /** Why nothing can be seen; where it takes pictures, one of one's own may do. */
  fail(said) {
    const own = said && !this.looked && this.data.tower.pictures && !this.state.brought;
    const bring = el("button", { type: "button", class: "quiet", text: t("Your picture"), onclick: () => this.head.file.click() });
    this.told.replaceChildren(said, ...(own ? [` ${t("You can still look at a picture of your own: choose one, drop it here, or paste it.")} `, bring] : []));
    mark(this.told, "hidden", !said);
  }

  /** It takes a while: say so, where there is nothing yet to be seen. */
  wait() {
    mark(this.whole, "aria-busy", "true");
    if (this.looked) return;
    this.told.replaceChildren(t("The model is being opened …"));
    mark(this.told, "hidden", null);
    mark(this.body, "hidden", true);
  }

  drawAnswer() {
    if (!this.looked) return;
    this.yard.draw();
    this.views[this.view].draw();
  }

  resized() {
    if (!this.looked || this.root.clientWidth === this.wide) return;
    this.wide = this.root.clientWidth;
    this.drawAnswer();
  }

  /** Another test example. */
  step(by) {
    const of = this.looked?.example?.of ?? Infinity;
    this.show(this.state.brought ? this.state.test : (this.state.test + by + (Number.isFinite(of) ? of : 0)) % of);
  }

  show(number) {
    Object.assign(this.state, { test: Math.max(0, number), brought: null });
    this.draw();
  }

  /** A picture that somebody brings. */
  bring(file) {
    if (!file) return;
    if (!file.size) return this.fail(t("{name} is empty: choose another file.", { name: file.name }));
    this.turnTo({ ask: {}, body: file });
    this.draw();
  }

  turnTo(brought) {
    this.state.brought = brought;
    this.marked = (this.marked ?? 0) + 1;
  }

  order(by) {
    this.state.order = by;
    remember("inside-order", by);
    this.draw();
  }

  /** A brick, of a base maybe one of its layers, and maybe a channel, is looked at closely. */
  pick(brick, channel = null, inner = null) {
    Object.assign(this.state, { brick, channel, inner, heat: true });
    this.draw();
  }

  /** Whether a base's layers stand beside it. */
  isOpen(brick) {
    return Boolean(this.looked?.bases?.[brick]) && this.state.open.includes(brick);
  }

  /** Open the layers of a base, or close them. */
  unfold(brick, open = !this.isOpen(brick)) {
    const others = this.state.open.filter((one) => one !== brick);
    this.state.open = open ? [...others, brick] : others;
    this.draw();
  }

  /** The layer of this brick that is looked at, where it is a base; null is the brick. */
  innerOf(brick) {
    const { brick: chosen, inner } = this.state;
    return brick === chosen && this.looked.bases?.[brick]?.names[inner] ? inner : null;
  }

  /** What a brick, or a layer inside of it, is called. */
  nameOf(brick, inner = null) {
    const name = called(every(this.data.tower.stages).find(({ id }) => id === brick), this.kinds);
    const within = inner == null ? null : this.looked?.bases?.[brick]?.names[inner];
    return within ? `${name} · ${within}` : name;
  }

  leave() {
    this.question.drop();
    for (const view of Object.values(this.views ?? {})) view.forget?.();
    this.watch.disconnect();
    document.removeEventListener("paste", this.paste);
    super.leave();
  }
}
