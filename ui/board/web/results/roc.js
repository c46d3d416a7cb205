/** Yes or no at every threshold: the ROC curve, along which a slider goes. */

import { el, mark, svg, write } from "../dom.js";
import { percent, t } from "../words.js";
import { card, Plane } from "./plane.js";

export class Roc {
  constructor() {
    const tell = (value) => percent(value, 0);
    this.plane = new Plane({ name: "roc", across: t("Taken for yes by mistake"), up: t("Yes that is found"), draw: () => this.curve(), tell });
    this.slider = el("input", { type: "range", min: 0, step: 1, "aria-label": t("Threshold") });
    this.slider.addEventListener("input", () => this.aim());
    this.told = el("p", { class: "threshold", role: "status" });
    this.card = card("roc-card", t("Every threshold (ROC)"), this.plane.svg, el("label", { class: "slide" }, el("span", { text: t("Threshold") }), this.slider), this.told);
    this.element = this.card.element;
  }

  show(found, classes) {
    mark(this.element, "hidden", !found);
    if (!found) return;
    Object.assign(this, { found, classes });
    const [no, yes] = classes;
    write(this.card.said, t("Yes is {yes}, no is {no}. The area under the curve (AUC) is {area}; chance alone has 0.5.", { yes, no, area: found.area.toFixed(3) }));
    mark(this.slider, "max", found.found.length - 1);
    const far = found.thresholds.map((one) => Math.abs((one ?? 2) - 0.5));
    this.slider.value = String(far.indexOf(Math.min(...far)));
    this.plane.show([0, 1], [0, 1], this.card.said.textContent);
    this.aim();
  }

  get at() {
    return Number(this.slider.value);
  }

  aim() {
    const { found, at } = this;
    const [no, yes] = this.classes;
    const threshold = found.thresholds[at];
    const values = { threshold: threshold == null ? t("above 1") : percent(threshold), found: percent(found.found[at]), taken: percent(found.false[at]), yes, no };
    write(this.told, t("From {threshold} on it says {yes}: {found} of {yes} are found, {taken} of {no} are taken for it.", values));
    mark(this.slider, "aria-valuetext", this.told.textContent);
    if (this.dot) this.place();
  }

  curve() {
    const { plane, found } = this;
    const points = found.false.map((x, n) => `${plane.atX(x).toFixed(1)} ${plane.atY(found.found[n]).toFixed(1)}`);
    const ground = `L${plane.atX(1)} ${plane.atY(0)}L${plane.atX(0)} ${plane.atY(0)}Z`;
    this.dot = svg("circle", { class: "spot", r: 6 });
    this.place();
    return [
      svg("path", { class: "below", d: `M${points.join("L")}${ground}` }),
      svg("line", { class: "even", x1: plane.atX(0), y1: plane.atY(0), x2: plane.atX(1), y2: plane.atY(1) }),
      svg("path", { class: "line", d: `M${points.join("L")}` }),
      this.dot,
    ];
  }

  place() {
    mark(this.dot, "cx", this.plane.atX(this.found.false[this.at]));
    mark(this.dot, "cy", this.plane.atY(this.found.found[this.at]));
  }

  leave() {
    this.plane.leave();
  }
}
