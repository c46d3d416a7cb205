/** The size of the gradients from brick to brick, on a scale of powers of ten. */

import { el, svg } from "../dom.js";
import { t } from "../words.js";

const [WIDE, HIGH] = [860, 150];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 16, 12, 26];

export class Flow {
  constructor() {
    this.legend = el("p", { class: "flow-legend" });
    this.picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", class: "flow-picture" });
    this.element = el("figure", { class: "flow" }, el("figcaption", {}, el("h3", { text: t("Size of the gradients, from the ground up") }), this.legend), this.picture);
  }

  /**
   * @param {{points: {mean: number}[], name: string}[]} lines  one or two runs
   * @param {string[]} names of the first one's bricks
   */
  draw(lines, names) {
    const powers = lines.flatMap(({ points }) => points.map(({ mean }) => power(mean))).filter(Number.isFinite);
    const low = Math.floor(Math.min(-1, ...powers));
    const high = Math.ceil(Math.max(low + 1, ...powers));
    const x = (n, many) => LEFT + ((WIDE - LEFT - RIGHT) * (n + 0.5)) / Math.max(1, many);
    const y = (value) => TOP + ((HIGH - TOP - BOTTOM) * (high - value)) / (high - low);
    const parts = [];
    const every = Math.ceil((high - low) / 5);
    for (let tick = low; tick <= high; tick += every) {
      parts.push(svg("line", { class: "grid", x1: LEFT, x2: WIDE - RIGHT, y1: y(tick), y2: y(tick) }), words(LEFT - 8, y(tick) + 4, "end", `10${raised(tick)}`));
    }
    const few = Math.ceil((names.length * 74) / (WIDE - LEFT - RIGHT));
    names.forEach((name, n) => n % few === 0 && parts.push(words(x(n, names.length), HIGH - 8, "middle", name.length > 11 ? `${name.slice(0, 10)}…` : name)));
    lines.forEach(({ points }, n) => parts.push(...this.line(points, n, x, y, low)));
    this.picture.replaceChildren(...parts);
    this.picture.setAttribute("aria-label", lines.map(({ points, name }) => `${name}: ${points.map(({ mean }) => mean.toExponential(1)).join(", ")}`).join("; "));
    this.legend.replaceChildren(...(lines.length > 1 ? lines.map(({ name }, n) => el("span", { "data-line": "ab"[n], text: name })) : []));
  }

  line(points, n, x, y, low) {
    const places = points.map(({ mean }, at) => [x(at, points.length), y(Number.isFinite(power(mean)) ? power(mean) : low)]);
    const path = svg("path", { class: `flow-line flow-${"ab"[n]}`, d: `M${places.map((place) => place.join(",")).join(" L")}` });
    return [path, ...places.map(([across, down]) => svg("circle", { class: `flow-${"ab"[n]}`, cx: across, cy: down, r: 3.5 }))];
  }
}

const power = (mean) => Math.log10(mean);

function words(x, y, anchor, text) {
  const element = svg("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}

/** A power with raised digits: ⁻³. */
const raised = (number) => [...String(number)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
