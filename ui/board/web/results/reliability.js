/** How often it is right where it is so sure: the reliability diagram (Guo et al. 2017). */

import { mark, svg, write } from "../dom.js";
import { count, percent, t } from "../words.js";
import { card, Plane, text } from "./plane.js";
import { pressed } from "./roving.js";

const CALM = 0.02; // a gap that is none

export class Reliability {
  /** @param {(choice: Object) => void} pick called with the examples behind a bar */
  constructor(pick) {
    this.pick = pick;
    const tell = (value) => percent(value, 0);
    this.plane = new Plane({ name: "reliability", across: t("How sure it was"), up: t("Right"), draw: () => this.bars(), tell, above: 22, role: "group" });
    this.card = card("calibration", t("How sure, and how often right"), this.plane.svg);
    this.element = this.card.element;
  }

  show(found) {
    this.found = found;
    mark(this.element, "hidden", !found);
    if (!found) return;
    write(this.card.said, `${this.said()} ${t("Dashed is the distance between how sure and how right; its mean is the calibration error. Pale bars hold fewer than 10 examples.")}`);
    this.plane.show([0, 1], [0, 1], this.said());
  }

  /** The whole in a sentence. */
  said() {
    const { bins, error } = this.found;
    const all = bins.reduce((sum, bin) => sum + bin[2], 0);
    const gap = bins.reduce((sum, [, , number, sure, right]) => sum + ((sure - right) * number) / all, 0);
    const values = { gap: percent(Math.abs(gap)), error: percent(error) };
    if (error < CALM) return t("It is as sure as it is right (calibration error {error}).", values);
    if (gap > error / 2) return t("It is surer than it is right, by {gap} (calibration error {error}).", values);
    if (gap < -error / 2) return t("It is right more often than it is sure, by {gap} (calibration error {error}).", values);
    return t("It is too sure of some and not sure enough of others (calibration error {error}).", values);
  }

  bars() {
    const { plane } = this;
    const line = svg("line", { class: "even", x1: plane.atX(0), y1: plane.atY(0), x2: plane.atX(1), y2: plane.atY(1) });
    return [...this.found.bins.filter(([, , number]) => number).map((bin) => this.bar(bin)), line];
  }

  bar([low, high, number, sure, right]) {
    const { plane } = this;
    const [x, wide] = [plane.atX(low) + 1, plane.atX(high) - plane.atX(low) - 2];
    const ground = plane.atY(0);
    const place = (value) => ({ x, width: wide, y: Math.min(plane.atY(value), ground - 1), height: Math.max(1, ground - plane.atY(value)) });
    const [top, foot] = [plane.atY(Math.max(sure, right)), plane.atY(Math.min(sure, right))];
    const said = t("{low} to {high} sure: {right} right of {count}", { low: percent(low, 0), high: percent(high, 0), right: percent(right), count: count(number) });
    const title = svg("title");
    title.textContent = said;
    const group = svg("g", { class: "bin", role: "button", "data-rove": true, "aria-label": said, "data-few": number < 10 }, title,
      svg("rect", { class: "hit", x, width: wide, y: plane.atY(1), height: ground - plane.atY(1) }),
      svg("rect", { class: "right", ...place(right) }),
      svg("rect", { class: sure > right ? "gap over" : "gap under", x, width: wide, y: top, height: Math.max(0, foot - top) }),
    );
    if (wide > 22) group.append(text(x + wide / 2, Math.min(top, ground) - 4, count(number), "middle", "many"));
    const press = () => this.pick({ of: "sure", with: [low, high] });
    pressed(group, press);
    return group;
  }

  leave() {
    this.plane.leave();
  }
}
