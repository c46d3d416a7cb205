/** A curve in a chart. */

import { mark, svg, write } from "../dom.js";
import { t } from "../words.js";
import { room } from "./room.js";

const MOST_DOTS = 40; // epochs; beyond, dots would hide the line
const WORD = 6.5; // pixels of a letter of the word beside the best
/** Pixels that a letter takes. */
export const LETTER = 13;

/** A curve: its finished epochs, what the page saw of the one that goes on, its end. */
export class Line {
  constructor() {
    this.trail = svg("path", { class: "trail" });
    this.path = svg("path", { class: "line" });
    this.dots = svg("path", { class: "dots" });
    this.best = svg("circle", { class: "best", r: 6 });
    this.word = svg("text", { class: "best-word", "text-anchor": "middle" });
    this.now = svg("circle", { class: "now", r: 4.5 });
    this.letter = svg("text", { class: "name" });
    this.element = svg("g");
    this.element.append(this.trail, this.path, this.dots, this.best, this.word, this.now, this.letter);
  }

  show({ kind, letter, points, trail, best, faint }, chart) {
    mark(this.element, "class", `curve-${kind}`);
    mark(this.element, "data-letter", letter || null);
    mark(this.element, "data-faint", faint);
    const place = ([epoch, value]) => [chart.x(epoch), chart.y(value)];
    const known = points.map((point) => (point[1] == null ? null : place(point)));
    mark(this.path, "d", drawn(known));
    const dots = points.length <= MOST_DOTS && !chart.small ? known.filter(Boolean) : [];
    mark(this.dots, "d", dots.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("") || null);
    mark(this.trail, "d", trail.length ? drawn(trail.map(place)) : null);
    this.put(this.now, trail.length ? place(trail.at(-1)) : null);
    this.crown(best && !chart.small ? place([best.epoch, best.value]) : null, best?.rises, chart);
    this.named = kind === "validation" || !chart.shown.lines.some((one) => one.kind === "validation" && one.letter === letter);
    this.name(letter, known, chart);
  }

  /** A ring around the best value, and the word where there is room for it. */
  crown(place, rises, chart) {
    this.put(this.best, place);
    write(this.word, place ? t("best") : "");
    if (!place) return;
    const curves = chart.shown.lines.map(({ points, trail }) => [...points, ...trail].map(([epoch, value]) => (value == null ? null : [chart.x(epoch), chart.y(value)])));
    const { x, y } = room(place, { curves, edges: chart.edges, wide: WORD * this.word.textContent.length + 6, above: rises });
    mark(this.word, "x", x.toFixed(1));
    mark(this.word, "y", y.toFixed(1));
  }

  put(circle, place) {
    mark(circle, "visibility", place ? null : "hidden");
    if (!place) return;
    mark(circle, "cx", place[0].toFixed(1));
    mark(circle, "cy", place[1].toFixed(1));
  }

  /** The letter beside the last point. */
  name(letter, known, chart) {
    const last = known.filter(Boolean).at(-1);
    write(this.letter, letter && last && !chart.small && this.named ? letter : "");
    if (!last) return;
    this.end = { x: last[0] + 8, y: last[1] + 4.5 };
    mark(this.letter, "x", this.end.x.toFixed(1));
  }
}

/** Points as a path that breaks where a value is missing. */
function drawn(places) {
  let begun = false;
  return places.map((place) => {
    if (!place) {
      begun = false;
      return "";
    }
    const command = begun ? "L" : "M";
    begun = true;
    return `${command}${place[0].toFixed(1)} ${place[1].toFixed(1)}`;
  }).join("") || null;
}
