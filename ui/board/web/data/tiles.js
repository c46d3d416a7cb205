/** The pictures of one class: as many tiles as can be seen, however many there are. */

import { el, icon, mark } from "../dom.js";
import { t } from "../words.js";
import { partName, pictured } from "./panel.js";

const TILE = 92; // pixels from tile to tile
const SPARE = 3; // rows beyond what is seen

/** What is said of a picture that a person put where it is. */
const byHand = (found) => (found ? t("found in {name}, put here by hand", { name: found }) : t("put here by hand"));

export class Tiles {
  /** @param {string|null} name the class, as in its row */
  constructor(sheet, name) {
    Object.assign(this, { sheet, name });
    this.tiles = new Map(); // place in the row -> element
    this.row = [];
    this.one = 0; // the tile that the keys mean
    this.inner = el("div", { class: "tiles-inner", role: "listbox", "aria-multiselectable": "true" });
    this.element = el("div", { class: "tiles" }, this.inner);
    this.element.addEventListener("scroll", () => this.look(), { passive: true });
    this.inner.addEventListener("keydown", (event) => this.key(event));
    this.inner.addEventListener("click", (event) => this.click(event));
    this.inner.addEventListener("dblclick", (event) => this.enlarge(this.placeOf(event)));
    this.inner.addEventListener("focusin", (event) => this.entered(this.placeOf(event)));
    this.watch = new ResizeObserver(() => this.look());
    this.watch.observe(this.element);
  }

  leave() {
    this.watch.disconnect();
  }

  show(row, label) {
    this.row = row;
    this.one = Math.min(this.one, Math.max(0, row.length - 1));
    mark(this.inner, "aria-label", label);
    this.look();
  }

  get columns() {
    return Math.max(1, Math.floor((this.element.clientWidth + 4) / TILE));
  }

  /** Tiles for what is in sight, and for the one that has the focus. */
  look() {
    const { columns, row } = this;
    const { scrollTop, clientHeight } = this.element;
    this.inner.style.height = `${Math.ceil(row.length / columns) * TILE}px`;
    const from = Math.max(0, Math.floor(scrollTop / TILE) - SPARE) * columns;
    const to = Math.min(row.length, (Math.ceil((scrollTop + clientHeight) / TILE) + SPARE) * columns);
    const wanted = new Set(Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n));
    if (row.length) wanted.add(this.one);
    for (const [place, tile] of this.tiles) if (!wanted.has(place)) this.drop(place, tile);
    for (const place of wanted) this.put(place, columns);
  }

  drop(place, tile) {
    tile.remove();
    this.tiles.delete(place);
  }

  put(place, columns) {
    const picture = this.row[place];
    let tile = this.tiles.get(place);
    if (tile?.at !== picture.at) {
      const held = tile?.contains(this.inner.getRootNode().activeElement);
      const fresh = this.tile(picture, place);
      if (tile) tile.replaceWith(fresh);
      else this.inner.append(fresh);
      this.tiles.set(place, (tile = fresh));
      mark(tile, "tabindex", place === this.one ? "0" : "-1");
      if (held) tile.focus({ preventScroll: true });
    }
    tile.style.translate = `${(place % columns) * TILE}px ${Math.floor(place / columns) * TILE}px`;
    mark(tile, "tabindex", place === this.one ? "0" : "-1");
    mark(tile, "aria-selected", String(this.sheet.picked.has(picture.at)));
    const part = this.sheet.partOf(picture);
    mark(tile, "data-part", part);
    const moved = this.sheet.movedFrom(picture);
    mark(tile, "data-moved", moved != null);
    const said = [picture.name, partName(part), moved != null && byHand(moved)];
    mark(tile, "aria-label", said.filter(Boolean).join(", "));
    mark(tile, "title", moved == null ? picture.path : [picture.path, byHand(moved)].join("\n"));
    mark(tile, "aria-setsize", this.row.length);
    mark(tile, "aria-posinset", place + 1);
  }

  tile(picture, place) {
    const image = el("img", { src: pictured(this.sheet.data.dataset, picture.digest), alt: "", decoding: "async", draggable: "false" });
    const tile = el("div", { class: "tile", role: "option", "data-key": picture.key }, image);
    if (picture.value != null) tile.append(el("small", { text: String(picture.value) }));
    tile.append(el("span", { class: "tick" }, icon("tick")));
    tile.at = picture.at;
    tile.place = place;
    return tile;
  }

  placeOf(event) {
    const tile = event.target.closest?.("[role=option]");
    return tile ? [...this.tiles].find(([, each]) => each === tile)?.[0] ?? null : null;
  }

  click(event) {
    const place = this.placeOf(event);
    if (place == null) return;
    this.one = place;
    const { at } = this.row[place];
    this.sheet.pick((picked) => (event.shiftKey ? picked.reach(this.row, at) : picked.toggle(at)));
    this.tiles.get(place)?.focus({ preventScroll: true });
  }

  entered(place) {
    if (place == null || place === this.one) return;
    this.one = place;
    this.look();
  }

  enlarge(place) {
    if (place != null) this.sheet.enlarge(this.row, place, this.name);
  }

  key(event) {
    if (!this.row.length || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? this.command(event) : this.plain(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  command({ key }) {
    if (key.toLowerCase() !== "a") return false;
    this.sheet.pick((picked) => picked.these(this.row));
    return true;
  }

  plain({ key, shiftKey }) {
    const page = this.columns * Math.max(1, Math.floor(this.element.clientHeight / TILE));
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns };
    Object.assign(steps, { PageDown: page, PageUp: -page, Home: -this.row.length, End: this.row.length });
    if (key in steps) this.go(this.one + steps[key], shiftKey);
    else if (key === " ") this.sheet.pick((picked) => picked.toggle(this.row[this.one].at));
    else if (key === "Enter") this.enlarge(this.one);
    else if (key === "Delete" || key === "Backspace") this.sheet.leaveOut([this.row[this.one]]);
    else if (key === "Escape" && this.sheet.picked.size) this.sheet.pick((picked) => picked.none());
    else return false;
    return true;
  }

  go(place, reach) {
    if (reach && this.sheet.picked.anchor == null) this.sheet.picked.anchor = this.row[this.one].at;
    this.one = Math.max(0, Math.min(this.row.length - 1, place));
    const top = Math.floor(this.one / this.columns) * TILE;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + TILE > scrollTop + clientHeight) this.element.scrollTop = top + TILE - clientHeight;
    this.look();
    this.tiles.get(this.one).focus({ preventScroll: true });
    if (reach) this.sheet.pick((picked) => picked.reach(this.row, this.row[this.one].at));
  }
}
