/** The tower, drawn apart, with what each brick gave right beside it. */

import { drawing, el, mark, svg } from "../dom.js";
import { tower } from "../draw/draw.js";
import { tile } from "../looking.js";
import { count, exact, figure, shape, t } from "../words.js";
import { opener } from "./finder.js";
import { apart, byBrick, called, rowsOf } from "./rows.js";

const TILE = 44; // pixels of a channel beside its brick
const [LEAST, LARGEST] = [0.34, 0.74]; // of the drawing's size
const [SHARE, ALONE] = [0.3, 0.86]; // of the width that the tower may take, beside rows or without
const LEAD = 26; // pixels of the lines between

export class Yard {
  constructor(panel) {
    this.panel = panel;
    this.ground = el("div", { class: "yard-ground" });
    this.element = el("div", { class: "yard", tabindex: "0", role: "region", "aria-label": t("The tower and what its bricks gave: up and down choose a brick") }, this.ground);
    this.element.addEventListener("keydown", (event) => this.keyed(event));
  }

  /** Arrow keys go from brick to brick, up and down the tower. */
  keyed(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step || event.target !== this.element) return;
    event.preventDefault();
    const stops = this.stops();
    const here = this.here ?? this.panel.state.brick;
    const at = stops.findIndex(({ brick, inner }) => brick === here && (inner ?? null) === this.within);
    const from = at < 0 ? stops.findIndex(({ brick, inner }) => brick === here && inner == null) : at;
    const { brick, inner = null } = stops[Math.max(0, Math.min(stops.length - 1, from + step))];
    this.panel.pick(brick, null, inner);
    this.panel.say(this.panel.nameOf(brick, inner));
    this.rows.find((row) => this.isAt(row, brick, inner))?.scrollIntoView({ block: "nearest" });
  }

  /** What the keys go through, from the ground up: bricks, and the layers of opened bases. */
  stops() {
    const { bricks, insides } = this.panel.looked;
    const once = bricks.filter(({ brick }, n) => bricks.findIndex((one) => one.brick === brick) === n);
    const open = this.bare ? [] : insides;
    return once.flatMap((one) => [...open.filter(({ brick, time }) => brick === one.brick && time === this.timeOf(brick)), one]);
  }

  isAt(row, brick, inner) {
    return row.dataset.brick === brick && row.dataset.inner === String(inner ?? "");
  }

  /** Channels beside a brick that there may be room for. */
  get most() {
    const wide = this.panel.root.clientWidth;
    return Math.max(4, Math.min(24, Math.ceil((wide - (wide > 800 ? 440 : 220)) / (TILE + 4))));
  }

  /** Whether only bricks are shown, to choose one; else what they gave, too. */
  get bare() {
    return this.panel.view !== "maps";
  }

  draw() {
    const { panel } = this;
    if (this.meant?.view !== panel.view) this.meant = null;
    const key = JSON.stringify([panel.turn, panel.key, this.bare, this.element.clientWidth, panel.state.time, panel.lang]);
    if (key !== this.key) {
      this.key = key;
      this.build();
    }
    this.choose();
  }

  build() {
    const { stages } = this.panel.data.tower;
    const { kinds, looked: answer } = this.panel;
    const drawn = tower(stages, kinds, {});
    const wide = this.element.clientWidth - 16;
    const scale = Math.max(LEAST, Math.min(LARGEST, (wide * (this.bare ? ALONE : SHARE)) / drawn.width));
    const gave = byBrick(answer.bricks);
    const insides = byBrick(this.bare ? [] : answer.insides);
    const known = { gave, insides, time: (id) => this.timeOf(id), first: stages[0].id, last: stages.at(-1).id, seen: Boolean(answer.seen) };
    this.outer = outermost(stages);
    const places = new Map(drawn.places.map((place) => [place.id, place]));
    const blocks = stages.map((stage) => this.block(stage, places.get(stage.id), scale, known));
    const set = this.bare ? together(drawn, blocks, scale) : apart(blocks);
    const left = Math.ceil(drawn.width * scale);
    const picture = this.picture(drawn, set, scale, places);
    const rows = this.bare ? [] : set.blocks.flatMap((block) => block.rows);
    this.rows = rows.map((row) => this.row(row, left + LEAD, wide));
    this.ground.style.height = `${set.height}px`;
    this.ground.replaceChildren(picture, ...(this.bare ? [] : [this.leads(set, places, scale, left)]), ...this.rows);
    if (this.placed !== this.panel.key) this.element.scrollTop = this.element.scrollHeight; // the ground first
    this.placed = this.panel.key;
  }

  /** Bricks of a Block are looked at in one of its repeats. */
  timeOf(id) {
    return this.panel.state.time[this.outer?.get(id)] ?? 0;
  }

  block(stage, place, scale, known) {
    return { id: stage.id, rows: rowsOf(stage, known), high: place.lift * scale + 14, place };
  }

  /** The tower's drawing, its bricks moved apart. */
  picture(drawn, set, scale, places) {
    const high = set.height / scale;
    const picture = drawing(drawn.markup, `0 0 ${drawn.width} ${high}`);
    picture.classList.add("yard-tower");
    picture.style.width = `${drawn.width * scale}px`;
    picture.style.height = `${set.height}px`;
    const root = picture.querySelector(".by-tower");
    const middles = set.blocks.map(({ middle }) => middle / scale);
    const origin = /translate\(([-\d.]+),([-\d.]+)\)/.exec(root.getAttribute("transform"));
    const down = Number(origin[2]);
    if (!this.bare) {
      root.prepend(svg("line", { class: "yard-axis", x1: 0, x2: 0, y1: middles[0] - down, y2: middles.at(-1) - down }));
    }
    for (const block of set.blocks) {
      const brick = root.querySelector(`[data-id="${CSS.escape(block.id)}"]`);
      if (!brick) continue;
      block.shift = block.middle / scale - middle(block.place);
      const moved = svg("g", { transform: `translate(0,${block.shift})` });
      brick.replaceWith(moved);
      moved.append(brick);
      if (block.id === set.blocks.at(-1).id) for (const one of root.querySelectorAll(":scope > .by-shadow")) mark(one, "transform", `translate(0,${block.shift})`);
    }
    this.rims = this.rimsOf(root, set, places);
    for (const group of picture.querySelectorAll("[data-id]")) group.removeAttribute("data-id");
    return picture;
  }

  /** A shape around every brick that gave something: a click looks at it closely. */
  rimsOf(root, set, places) {
    const rims = new Map();
    for (const { brick } of this.panel.looked.bricks) {
      if (rims.has(brick) || !places.has(brick)) continue;
      const place = places.get(brick);
      const drawn = root.querySelector(`[data-id="${CSS.escape(brick)}"]`);
      const [across, up] = shifted(drawn, root);
      const rim = svg("polygon", { class: "yard-rim", points: place.outline, transform: `translate(${place.at[0] - across - Number(origin(root)[0])},${place.at[1] - up - Number(origin(root)[1])})`, "data-holds": place.holds });
      rim.addEventListener("click", () => this.press(brick));
      if (place.holds) drawn.prepend(rim);
      else drawn.after(rim);
      rims.set(brick, rim);
    }
    return rims;
  }

  /** A brick is chosen; a base shows its layers then. */
  press(brick) {
    if (this.panel.looked.bases[brick] && !this.bare && !this.panel.isOpen(brick)) this.panel.unfold(brick, true);
    this.panel.pick(brick);
  }

  /** Lines from the bricks to their rows. */
  leads(set, places, scale, left) {
    const lines = svg("svg", { class: "yard-leads", "aria-hidden": "true", width: left + LEAD, height: set.height });
    this.lines = new Map();
    for (const block of set.blocks) {
      for (const row of block.rows) {
        const place = places.get(row.id);
        if (!place || row.what === "none") continue;
        const from = (place.box.x + place.box.width) * scale + 3;
        const y = (row.id === block.id && !row.stage.inner ? block.middle : (middle(place) + block.shift) * scale);
        const bend = Math.max(from + 4, left - 6);
        const path = svg("path", { class: "yard-lead", d: `M${from},${y} H${bend} C${bend + 14},${y} ${left + LEAD - 20},${row.y} ${left + LEAD - 4},${row.y}` });
        lines.append(path, svg("circle", { class: "yard-dot", cx: from, cy: y, r: 2 }));
        this.lines.set(`${row.id} ${row.inner ?? ""}`, path);
      }
    }
    return lines;
  }

  row(row, left, wide) {
    const element = el("div", { class: "brick-row", "data-what": row.what, "data-brick": row.id, "data-inner": row.inner ?? "", "data-depth": Math.min(row.depth, 4) });
    Object.assign(element.style, { top: `${row.y - row.high / 2}px`, height: `${row.high}px`, left: `${left}px`, width: `${Math.max(140, wide - left)}px` });
    const room = wide - left - 8 - 10 * Math.min(row.depth, 4);
    element.append(this.title(row), ...(this[row.what]?.(row, room) ?? []));
    return element;
  }

  title(row) {
    const name = row.gave?.name ?? called(row.stage, this.panel.kinds);
    const branch = row.branch ? el("i", { class: "branch", text: String(row.branch), title: t("Branch {number}", { number: row.branch }) }) : null;
    if (!row.gave) return el("p", { class: "row-name" }, branch, el("b", { text: name }));
    const size = el("small", { text: shape(row.gave.shape) });
    const button = el("button", { type: "button", class: "row-name", onclick: () => (row.inner == null ? this.press(row.id) : this.panel.pick(row.id, null, row.inner)) }, branch, el("b", { text: name }), size);
    const quiet = row.gave.silent === row.gave.channels ? el("small", { class: "silent", text: t("silent") }) : null;
    if (quiet) button.append(quiet);
    if (row.inner != null || !this.panel.looked.bases[row.id]) return button;
    return el("div", { class: "row-base" }, opener(this.panel.isOpen(row.id), name, () => this.panel.unfold(row.id)), button);
  }

  maps({ gave, id, inner = null }, room) {
    const sheet = this.panel.looked[`${inner == null ? "tiles" : "inside"}${gave.n}`];
    const fits = Math.max(1, Math.floor((room - 44) / (TILE + 4)));
    const shown = Math.min(fits, sheet.n);
    const tiles = gave.order.slice(0, shown).map((channel, n) => {
      const label = t("Channel {number}", { number: channel });
      const button = el("button", { type: "button", class: "channel", tabindex: "-1", "aria-label": label, title: label, "data-channel": channel, onclick: () => this.panel.pick(id, channel, inner) });
      button.append(tile(sheet, n));
      return button;
    });
    const rest = gave.channels - shown;
    const more = rest > 0 ? el("button", { type: "button", class: "row-more", tabindex: "-1", "aria-label": t("{count} more channels", { count: rest }), text: `+${count(rest)}`, onclick: () => this.panel.pick(id, null, inner) }) : null;
    return [el("div", { class: "row-tiles" }, ...tiles, more)];
  }

  units(row, room) {
    return [this.strip(row, room)];
  }

  steps(row, room) {
    return [this.strip(row, room)];
  }

  /** Numbers in a row as a picture of grey points. */
  strip({ gave, id }, room) {
    const sheet = this.panel.looked[`tiles${gave.n}`];
    const most = gave.kind === "steps" ? 40 : 32;
    const size = Math.max(1, Math.floor(Math.min(10, room / sheet.width, most / sheet.height))); // whole and square, so that all points are alike
    const strip = el("button", { type: "button", class: "row-strip", tabindex: "-1", "aria-label": t("{count} units", { count: gave.channels }), onclick: () => this.panel.pick(id) }, tile(sheet, 0));
    strip.style.setProperty("--side", `${size * sheet.width}px`);
    if (gave.kind === "steps") stretched(strip, sheet, room);
    return strip;
  }

  input() {
    return [el("div", { class: "row-tiles" }, tile(this.panel.looked.seen, 0, { label: t("The picture as the network sees it") }))];
  }

  /** The likeliest classes as bars; or the value. */
  answer() {
    const { rebuilt } = this.panel.looked;
    const { told, value } = this.panel.looked.answer;
    if (rebuilt) return [el("div", { class: "row-tiles" }, tile(rebuilt, 0, { label: t("The picture that came back") }))];
    if (value != null) return [el("p", { class: "answer-value" }, el("b", { text: figure(value) }))];
    if (!told) return [];
    const truth = this.panel.looked.example?.true;
    const right = truth == null ? null : String(told[0][1] === truth);
    return [el("div", { class: "answer-bars", "data-right": right }, ...told.slice(0, 3).map(([, name, share]) => {
      const bar = el("span", { class: "bar" }, el("i"));
      bar.firstElementChild.style.width = `${100 * share}%`;
      return el("p", { "data-true": name === truth }, el("b", { text: name, title: name }), bar, el("small", { text: exact(share) }));
    }))];
  }

  /** A Block: in which of its repeats its bricks are looked at. */
  crate({ id, times }) {
    if (times < 2 || this.outer.get(id) !== id) return [];
    const { state } = this.panel;
    const buttons = Array.from({ length: times }, (_, n) => el("button", { type: "button", "aria-pressed": String((state.time[id] ?? 0) === n), text: String(n + 1), onclick: () => {
      state.time = { ...state.time, [id]: n };
      this.panel.draw();
    } }));
    return [el("div", { class: "times", role: "group", "aria-label": t("Which repeat of the Block") }, el("small", { text: t("Repeat") }), ...buttons)];
  }

  /** Mark the brick that a view looks at, where that is not the one that was chosen. */
  at(brick, inner = null) {
    this.meant = { view: this.panel.view, brick, inner };
    this.choose();
  }

  /** Mark what is looked at closely. */
  choose() {
    const { state, view } = this.panel;
    const { channel } = state;
    const brick = this.meant?.view === view ? this.meant.brick : state.brick;
    this.here = brick;
    const inner = this.meant?.view === view ? this.meant.inner : this.panel.innerOf(brick);
    this.within = inner;
    // A layer that has no row of its own is looked at in its base.
    const shown = (this.rows ?? []).some((row) => this.isAt(row, brick, inner)) ? inner : null;
    for (const [id, rim] of this.rims ?? []) mark(rim, "data-picked", id === brick);
    for (const [key, line] of this.lines ?? []) mark(line, "data-picked", key === `${brick} ${shown ?? ""}`);
    for (const row of this.rows ?? []) {
      const here = this.isAt(row, brick, shown);
      mark(row, "data-picked", here);
      for (const one of row.querySelectorAll(".channel")) mark(one, "aria-pressed", here && shown === inner && Number(one.dataset.channel) === channel ? "true" : null);
    }
  }
}

/** A sequence: a step is wider than a feature is high, for there are few steps often. */
function stretched(strip, sheet, room) {
  strip.style.setProperty("--side", `${sheet.width * Math.max(1, Math.min(20, Math.floor(room / sheet.width)))}px`);
  Object.assign(strip.firstElementChild.style, { aspectRatio: "auto", height: "40px" });
}

/** For every brick in a Block the outermost one around it. */
function outermost(stages) {
  const found = new Map();
  const go = (list, block) => {
    for (const stage of list) {
      const mine = block ?? (stage.kind === "Block" ? stage.id : null);
      if (mine) found.set(stage.id, mine);
      for (const column of stage.inner ?? []) go(column, mine);
    }
  };
  go(stages, null);
  return found;
}

/** The tower as it stands, for who only chooses a brick. */
function together(drawn, blocks, scale) {
  const placed = [...blocks].reverse().map((block) => ({ ...block, rows: [], middle: middle(block.place) * scale }));
  return { height: drawn.height * scale, blocks: placed };
}

const middle = (place) => (place.holds ? place.box.y + place.box.height / 2 : place.y - place.lift / 2);

const origin = (root) => /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(root.getAttribute("transform")).slice(1);

/** How far what stands around a brick's drawing, up to the tower, is moved already; being moved apart is no part of it. */
function shifted(brick, root) {
  let [x, y] = [0, 0];
  for (let group = brick.parentNode; group !== root; group = group.parentNode) {
    if (group.parentNode === root && !group.classList.contains("by-brick")) break;
    const [, across, up] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(group.getAttribute("transform") ?? "") ?? [0, 0, 0];
    [x, y] = [x + Number(across), y + Number(up)];
  }
  return [x, y];
}
