/** The Variants view: the tower on the left, on the right the plan or a study. */

import { el, mark } from "../dom.js";
import { Panel } from "../panel.js";
import { Plan } from "./plan.js";
import { Stand } from "./stand.js";
import { Study } from "./study.js";

export class Variants extends Panel {
  constructor(parent) {
    super(parent, "variants-panel", "variants/variants.css");
    this.watch = new ResizeObserver(() => this.data && !this.left && this.drawStand());
    this.watch.observe(this.root);
  }

  build() {
    this.parts?.forEach((part) => part.leave());
    this.stand = new Stand((id) => this.part.picked(id));
    this.plan = new Plan(this);
    this.study = new Study(this);
    this.parts = [this.plan, this.study];
    this.main = el("div", { class: "variants-main" });
    this.sides = el("div", { class: "variants" }, this.stand.element, this.main);
    return [this.sides];
  }

  /** The plan's page, or the study's. */
  get part() {
    return this.data.study ? this.study : this.plan;
  }

  settle() {
    if (this.part === this.study) this.plan.key = null; // what was asked for has come
    this.part.settle?.();
  }

  draw() {
    if (this.main.firstChild !== this.part.element) this.main.replaceChildren(this.part.element);
    this.part.draw();
    this.drawStand();
    mark(this.root, "aria-busy", this.outbox.ops.length ? "true" : null);
  }

  drawStand() {
    const tall = Math.max(300, window.innerHeight - 190);
    this.stand.show({ kinds: this.kinds, tall, ...this.part.stand() });
  }

  leave() {
    this.watch.disconnect();
    this.parts?.forEach((part) => part.leave());
    super.leave();
  }
}
