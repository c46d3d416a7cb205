/** Two towers side by side: what is different between them is lit up and named. */

import { drawing, el, mark, svg } from "../dom.js";
import { tower } from "../draw/draw.js";
import { Panel } from "../panel.js";
import { t } from "../words.js";

const SIGNS = { added: "+", removed: "−", moved: "↕", set: "≠", data: "≠", training: "≠" };
const LEAST = 0.34; // of its size; a taller tower is scrolled
const HIGH = 520; // pixels that a pair of towers may be high before it shrinks
const CHIP = 26; // pixels beside a tower for the signs

export class Towers extends Panel {
  constructor(parent) {
    super(parent, "compare-panel", "letters.css", "compare/compare.css");
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.root);
  }

  build() {
    this.drawn = null;
    this.pair = el("div", { class: "pair" });
    this.said = el("p", { class: "verdict-line" });
    this.list = el("ul", { class: "changes" });
    this.none = el("p", { class: "none" });
    const words = el("div", { class: "told" }, this.said, this.list, this.none);
    return [el("div", { class: "beside" }, words, this.pair)];
  }

  draw() {
    const key = JSON.stringify(this.data);
    if (key === this.drawn) return;
    this.drawn = key;
    const { towers, changes, said } = this.data;
    const [a, b] = towers;
    mark(this.said, "hidden", !said.length);
    const first = el("b", { text: t("{b} against {a}:", { a: a.letter, b: b.letter }) });
    this.said.replaceChildren(first, ` ${said.join(" · ")}`);
    this.list.replaceChildren(...changes.map((change) => this.change(change)));
    mark(this.none, "hidden", changes.length > 0);
    this.none.textContent = changes.length ? "" : t("Nothing is different: the same tower, trained in the same way.");
    this.pictures = towers.map((one, n) => this.picture(one, ["before", "after"][n]));
    this.pair.replaceChildren(...this.pictures.map(({ element }) => element));
    this.fit();
  }

  /** A sentence; pointing at it lights its bricks. */
  change(change) {
    const item = el("li", { "data-what": change.what, tabindex: change.before || change.after ? "0" : null });
    item.append(el("i", { class: "sign", "aria-hidden": "true", text: SIGNS[change.what] }), el("span", { text: change.said }));
    for (const [name, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
      item.addEventListener(name, () => this.light(change, on));
    }
    return item;
  }

  light(change, on) {
    this.pictures.forEach(({ rims }, n) => {
      const id = [change.before, change.after][n];
      if (!id || !rims.has(id)) return;
      const { element, place } = rims.get(id);
      mark(element, "data-lit", on);
      if (on) this.pictures[n].show(place);
    });
  }

  picture({ run, letter, name, stages, marks }, side) {
    const { markup, width, height, places } = tower(stages, this.kinds, {});
    const svg = drawing(markup, `0 0 ${width + CHIP} ${height}`);
    for (const group of svg.querySelectorAll("[data-id]")) group.removeAttribute("data-id");
    const rims = new Map();
    for (const place of places) {
      const what = marks[place.id];
      if (!what) continue;
      const shown = rim(place, what, width);
      svg.append(shown);
      rims.set(place.id, { element: shown, place });
    }
    const changed = [...rims.keys()].length;
    const about = changed === 1 ? t("1 brick is different") : t("{count} bricks are different", { count: changed });
    const label = `${letter}, ${name}: ${about}`;
    const stand = el("div", { class: "stand", tabindex: "0", role: "img", "aria-label": label }, svg);
    const title = el("figcaption", {}, el("span", { class: "letter", "data-letter": letter, text: letter }), el("b", { text: name }));
    const open = el("button", { type: "button", class: "quiet", text: t("Open as a new tower"), onclick: () => this.act({ op: "open_run", run }) });
    const element = el("figure", { "data-side": side }, stand, title, open);
    const show = ({ box }) => this.scroll(stand, svg, box, height);
    return { element, svg, stand, width: width + CHIP, height, rims, show };
  }

  /** Scroll a brick into sight, within its own column alone. */
  scroll(stand, svg, box, height) {
    const scale = svg.clientHeight / height;
    const [top, bottom] = [box.y * scale, (box.y + box.height) * scale];
    if (top < stand.scrollTop) stand.scrollTop = top;
    else if (bottom > stand.scrollTop + stand.clientHeight) stand.scrollTop = bottom - stand.clientHeight;
  }

  /** Both of one scale: as large as the room allows, but never too small to be read. */
  fit() {
    if (!this.pictures?.length) return;
    const wide = this.pair.clientWidth / 2 - 24;
    if (wide <= 0) return;
    const room = this.pictures.map(({ width, height }) => Math.min(wide / width, HIGH / height));
    const scale = Math.min(1, Math.max(LEAST, ...[Math.min(...room)]));
    for (const { svg, stand, width, height } of this.pictures) {
      svg.style.width = `${width * scale}px`;
      svg.style.height = `${height * scale}px`;
      stand.style.maxHeight = `${HIGH + 20}px`;
      if (!stand.placed) stand.scrollTop = stand.scrollHeight; // the ground first
      stand.placed = true;
    }
  }

  leave() {
    this.watch.disconnect();
    super.leave();
  }
}

/** A line around a brick, and its sign beside the tower. */
function rim(place, what, width) {
  const group = svg("g", { class: "lit", "data-what": what });
  const [x, y] = place.at;
  const middle = place.holds ? place.box.y + 14 : place.y - place.lift / 2;
  const right = place.box.x + place.box.width;
  // Numbers and signs of our own: nothing here was typed by anybody.
  group.innerHTML = `<polygon points="${place.outline}" transform="translate(${x},${y})"/>`
    + `<line x1="${right + 2}" y1="${middle}" x2="${width}" y2="${middle}"/>`
    + `<circle cx="${width + 11}" cy="${middle}" r="11"/>`
    + `<text x="${width + 11}" y="${middle + 5.5}" text-anchor="middle" font-size="16">${SIGNS[what]}</text>`;
  return group;
}
