/** The tower beside the variants: its names, and what is varied on each brick. */

import { drawing, el, mark, svg } from "../dom.js";
import { own } from "../draw/own.js";
import { tower } from "../draw/draw.js";
import { t } from "../words.js";

const NAMES = 110; // pixels for the names on the left
const [LARGE, LARGEST] = [0.6, 0.85]; // of its size, the latter where there is room
const LEAST = 0.3; // a taller tower is scrolled
const ROOM = 84; // pixels that a pill needs beside the tower
const WORDS = 120; // and that it has at best
const LINE = 15; // pixels that a name is high
const PILL = 35;

export class Stand {
  /** @param {(id: string) => void} pick */
  constructor(pick) {
    this.pick = pick;
    this.caption = el("p", { class: "stand-caption" });
    this.yard = el("div", { class: "stand-yard" });
    this.scroll = el("div", { class: "stand-scroll" }, this.yard);
    this.training = el("div", { class: "stand-training" });
    this.element = el("aside", { class: "stand-column", "aria-label": t("Tower") }, this.caption, this.scroll, this.training);
  }

  /**
   * @param {Object} shown stages, kinds, pills ({id or null, title, text}), offered (a Set
   *   of ids that can be picked), picked, caption, tall (pixels that it may take)
   */
  show(shown) {
    const key = JSON.stringify({ ...shown, kinds: null, offered: [...shown.offered], wide: this.element.clientWidth });
    if (key === this.key) return;
    this.key = key;
    this.caption.textContent = shown.caption;
    mark(this.caption, "hidden", !shown.caption);
    const wide = this.draw(shown);
    const mine = shown.pills.filter(({ id }) => !id || !wide);
    mark(this.training, "hidden", !mine.length);
    this.training.replaceChildren(el("b", { text: wide ? t("Training") : t("Settings") }), ...mine.map((pill) => this.pill(pill)));
  }

  /** Draws the tower, and the pills beside it; false where these have no room there. */
  draw(shown) {
    const { markup, width, height, places } = tower(shown.stages, shown.kinds, {});
    const across = (this.element.clientWidth - NAMES) / width;
    const most = Math.max(LARGE, Math.min(LARGEST, across - WORDS / width));
    const scale = Math.min(across || LARGE, Math.max(LEAST, Math.min(most, shown.tall / height)));
    const picture = drawing(markup, `0 0 ${width} ${height}`);
    for (const place of places) this.rim(picture, place, shown);
    for (const group of picture.querySelectorAll("[data-id]")) group.removeAttribute("data-id");
    picture.style.width = `${width * scale}px`;
    picture.style.height = `${height * scale}px`;
    picture.style.marginLeft = `${NAMES}px`;
    this.yard.style.height = `${height * scale}px`;
    const named = this.names(places, scale, shown);
    const left = NAMES + width * scale;
    const wide = this.element.clientWidth - left >= ROOM;
    this.yard.replaceChildren(picture, ...named, ...(wide ? this.pills(places, scale, left, shown) : []));
    return wide;
  }

  /** What is varied has a rim; what can be is picked by a click on it. */
  rim(picture, place, { pills, offered, picked }) {
    const varied = pills.some(({ id }) => id === place.id);
    if (!varied && !offered.has(place.id)) return;
    const shape = svg("polygon", { class: "stand-rim", points: place.outline, "data-varied": varied, "data-picked": picked === place.id });
    if (offered.has(place.id)) shape.addEventListener("click", () => this.pick(place.id));
    // Behind the bricks above, which hide a part of it as they hide the brick.
    const brick = picture.querySelector(`[data-id="${CSS.escape(place.id)}"]`);
    const [across, up] = brick ? shift(brick, picture) : [0, 0];
    mark(shape, "transform", `translate(${place.at[0] - across},${place.at[1] - up})`);
    if (brick) brick.after(shape);
    else picture.append(shape);
  }

  names(places, scale, { stages, kinds, pills, offered, picked }) {
    const known = new Map(every(stages).map((stage) => [stage.id, stage]));
    const varied = new Set(pills.map(({ id }) => id));
    const rows = places.filter(({ id, lined }) => lined || varied.has(id))
      .map((place) => ({ id: place.id, y: middle(place) * scale, first: varied.has(place.id) }));
    return apart(rows, LINE).map(({ id, y }) => {
      const stage = known.get(id);
      const text = stage?.name ?? own(kinds, stage?.kind)?.title ?? stage?.kind ?? "";
      const name = offered.has(id)
        ? el("button", { type: "button", class: "stand-name", onclick: () => this.pick(id) }, text)
        : el("span", { class: "stand-name" }, text);
      mark(name, "data-varied", varied.has(id));
      mark(name, "aria-pressed", offered.has(id) ? String(picked === id) : null);
      mark(name, "title", text);
      name.style.top = `${y}px`;
      name.style.width = `${NAMES - 6}px`;
      return name;
    });
  }

  pills(places, scale, left, { pills }) {
    const where = new Map(places.map((place) => [place.id, middle(place) * scale]));
    const mine = pills.filter(({ id }) => where.has(id)).sort((a, b) => where.get(a.id) - where.get(b.id));
    let last = -Infinity;
    return mine.map((pill) => {
      last = Math.max(where.get(pill.id), last + PILL);
      const shown = this.pill(pill);
      shown.style.top = `${last}px`;
      shown.style.left = `${left + 2}px`;
      return shown;
    });
  }

  pill({ title, text }) {
    return el("span", { class: "stand-pill", title: `${title} ${text}` }, el("small", { text: title }), el("b", { text }));
  }
}

const every = (stages) => stages.flatMap((stage) => [stage, ...(stage.inner ?? []).flatMap(every)]);

/** How far what stands beside a brick in the drawing is moved already. */
function shift(brick, picture) {
  let [x, y] = [0, 0];
  for (let group = brick.parentNode; group !== picture; group = group.parentNode) {
    const [, across, up] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(group.getAttribute("transform") ?? "") ?? [0, 0, 0];
    [x, y] = [x + Number(across), y + Number(up)];
  }
  return [x, y];
}

const middle = (place) => (place.holds ? place.box.y + 14 : place.y - place.lift / 2);

/** Rows that have room for their words: first those that must be there. */
function apart(rows, least) {
  const kept = [];
  for (const row of [...rows].sort((a, b) => b.first - a.first)) {
    if (kept.every(({ y }) => Math.abs(y - row.y) >= least)) kept.push(row);
  }
  return kept.sort((a, b) => b.y - a.y);
}

/** The stages with other values in some of their bricks, by keys such as "d1.units". */
export function withValues(stages, chosen) {
  const news = new Map();
  for (const [key, value] of Object.entries(chosen)) {
    const at = key.indexOf(".");
    news.set(key.slice(0, at), { ...news.get(key.slice(0, at)), [key.slice(at + 1)]: value });
  }
  return set(stages, news);
}

function set(stages, news) {
  return stages.map((stage) => {
    const inner = stage.inner?.map((tower) => set(tower, news));
    const settings = { ...stage.settings, ...own(Object.fromEntries(news), stage.id) };
    return { ...stage, settings, ...(inner ? { inner } : {}) };
  });
}
