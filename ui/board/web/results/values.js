/** Values: each example's true one against the one that was told, and how far off they are. */

import { mark, svg, write } from "../dom.js";
import { count, figure, t } from "../words.js";
import { card, Plane } from "./plane.js";
import { pressed } from "./roving.js";

const NEAR = 24; // pixels within which a press means a point

/** The scatter diagram; a press on a point opens its example. */
export class Scatter {
  constructor(pick) {
    this.pick = pick;
    this.plane = new Plane({ name: "scatter", across: t("True"), up: t("Predicted"), draw: () => this.points() });
    this.plane.svg.addEventListener("click", (event) => this.press(event));
    this.card = card("scatter-card", t("True and predicted"), this.plane.svg);
    this.element = this.card.element;
  }

  show(found) {
    this.found = found;
    const values = found.points.flatMap(([, true_, told]) => [true_, told]).filter(Number.isFinite);
    const ends = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
    if (ends[0] === ends[1]) ends[1] += 1;
    write(this.card.said, t("A point on the line was told as it is. Press one to see its example."));
    this.plane.show(ends, ends, t("{count} examples, true against predicted", { count: count(found.points.length) }));
  }

  points() {
    const { plane } = this;
    const [least, most] = [Math.max(plane.x[0], plane.y[0]), Math.min(plane.x.at(-1), plane.y.at(-1))];
    const dots = this.found.points.map(([, true_, told]) => `M${plane.atX(true_).toFixed(1)} ${plane.atY(told).toFixed(1)}h0`);
    return [
      svg("line", { class: "even", x1: plane.atX(least), y1: plane.atY(least), x2: plane.atX(most), y2: plane.atY(most) }),
      svg("path", { class: "dots", d: dots.join("") }),
    ];
  }

  press(event) {
    const [x, y] = this.plane.pointed(event);
    const far = ([, true_, told]) => Math.hypot(this.plane.atX(true_) - x, this.plane.atY(told) - y);
    const near = this.found.points.reduce((best, point) => (!best || far(point) < far(best) ? point : best), null);
    if (near && near[0] != null && far(near) < NEAR) this.pick({ of: "one", with: [near[0]] });
  }

  leave() {
    this.plane.leave();
  }
}

/** How many examples are how far off; a press on a bar opens them. */
export class Residuals {
  constructor(pick) {
    this.pick = pick;
    this.plane = new Plane({ name: "residuals", across: t("Off by"), up: t("Examples"), draw: () => this.bars(), role: "group" });
    this.card = card("residual-card", t("How far off"), this.plane.svg);
    this.element = this.card.element;
  }

  show(found) {
    this.found = found;
    const { edges, counts } = found.residuals ?? { edges: [], counts: [] };
    mark(this.element, "hidden", !edges.length);
    if (!edges.length) return;
    write(this.card.said, this.said());
    const ends = edges[0] === edges.at(-1) ? [edges[0] - 1, edges[0] + 1] : [edges[0], edges.at(-1)];
    this.plane.show(ends, [0, Math.max(...counts)], this.card.said.textContent);
  }

  said() {
    const { bias, spread, kind } = this.found;
    if (kind === "rebuilt") return t("The mean squared error of each picture.");
    if (bias == null) return "";
    const values = { bias: figure(Math.abs(bias), false, 3) };
    if (Math.abs(bias) < 0.02 * (spread || 1)) return t("Too high and too low are in balance.");
    return bias > 0 ? t("On average it tells too much, by {bias}.", values) : t("On average it tells too little, by {bias}.", values);
  }

  bars() {
    const { plane } = this;
    const { edges, counts } = this.found.residuals;
    const zero = plane.x[0] < 0 && plane.x.at(-1) > 0 ? [svg("line", { class: "even", x1: plane.atX(0), x2: plane.atX(0), y1: plane.edges.top, y2: plane.edges.bottom })] : [];
    return [...counts.flatMap((number, n) => (number ? [this.bar(edges[n], edges[n + 1], number)] : [])), ...zero];
  }

  bar(low, high, number) {
    const { plane } = this;
    const [x, y, ground] = [plane.atX(low), plane.atY(number), plane.edges.bottom];
    const said = t("{low} to {high}: {count}", { low: figure(low, false, 3), high: figure(high, false, 3), count: count(number) });
    const title = svg("title");
    title.textContent = said;
    const wide = Math.max(1, plane.atX(high) - x - 1);
    const press = () => this.pick({ of: "off", with: [low, high] });
    const group = svg("g", { class: "bin", role: "button", "data-rove": true, "aria-label": said }, title,
      svg("rect", { class: "hit", x, width: wide, y: plane.edges.top, height: ground - plane.edges.top }),
      svg("rect", { class: "right", x, width: wide, y: Math.min(y, ground - 1), height: Math.max(1, ground - y) }));
    pressed(group, press);
    return group;
  }

  leave() {
    this.plane.leave();
  }
}
