/** Finds a layer inside of a pretrained base: by its place, from the first to the last, or by its name. */

import { el, icon, iconButton, mark, write } from "../dom.js";
import { count, t } from "../words.js";
import { called, every } from "./rows.js";

export class Finder {
  /**
   * @param {Object} panel
   * @param {{of: string, whole: boolean}} wanted which of a base's layers: "all", "maps" or
   *   "convolves"; and whether what the base gives in the end may be chosen, too
   */
  constructor(panel, { of, whole }) {
    Object.assign(this, { panel, of, whole });
    this.back = iconButton("left", t("Layer before"), () => this.step(-1));
    const next = (this.next = iconButton("left", t("Next layer"), () => this.step(1)));
    next.classList.add("turned");
    this.list = el("datalist", { id: `layers-${of}-${whole}` });
    this.name = el("input", { type: "text", class: "finder-name", list: this.list.id, spellcheck: "false", autocomplete: "off", "aria-label": t("Find a layer by its name") });
    this.name.addEventListener("change", () => this.named());
    this.name.addEventListener("focus", () => this.name.select());
    this.slider = el("input", { type: "range", min: 0, "aria-label": t("Layer of the base, from the first to the last") });
    this.slider.addEventListener("input", () => this.preview());
    this.slider.addEventListener("change", () => this.go(Number(this.slider.value)));
    this.told = el("small", { class: "finder-told" });
    this.element = el("div", { class: "finder", role: "group", "aria-label": t("Layers of the base"), hidden: true }, this.back, this.name, this.list, next, this.slider, this.told);
  }

  /** The layers that can be chosen, each by its number; null is what the base gives. */
  placesOf(base) {
    const all = this.of === "all" ? base.names.map((_, n) => n) : base[this.of];
    return this.whole ? [...all, null] : all;
  }

  /**
   * Show it for this brick where that is a base.
   * @param {string} brick
   * @param {?number} inner the layer that is looked at
   */
  draw(brick, inner) {
    const base = this.panel.looked.bases?.[brick];
    mark(this.element, "hidden", !base);
    if (!base) return;
    const key = JSON.stringify([brick, base.names]);
    if (key !== this.key) {
      this.key = key;
      Object.assign(this, { brick, base, places: this.placesOf(base) });
      this.list.replaceChildren(...this.places.map((place) => el("option", { value: this.called(place) })));
      this.slider.max = String(this.places.length - 1);
    }
    this.at = Math.max(0, this.places.indexOf(inner));
    if (inner == null && !this.whole) this.at = 0;
    this.slider.value = String(this.at);
    this.name.value = this.called(this.places[this.at]);
    this.tell(this.at);
    mark(this.back, "disabled", this.at === 0);
    mark(this.next, "disabled", this.at === this.places.length - 1);
  }

  called(place) {
    const stage = every(this.panel.data.tower.stages).find(({ id }) => id === this.brick);
    return place == null ? t("{name}: what it gives", { name: called(stage, this.panel.kinds) }) : this.base.names[place];
  }

  /** While it is moved only the name runs along: a layer is asked for where it rests. */
  preview() {
    const at = Number(this.slider.value);
    this.name.value = this.called(this.places[at]);
    this.tell(at);
  }

  tell(at) {
    const place = this.places[at];
    const told = place == null ? t("{count} layers", { count: count(this.base.names.length) }) : t("layer {number} of {count}", { number: count(place + 1), count: count(this.base.names.length) });
    write(this.told, told);
    mark(this.slider, "aria-valuetext", `${this.called(place)}, ${told}`);
  }

  /** A name was typed: the layer of that name, or the first one that has it in its name. */
  named() {
    const wanted = this.name.value.trim().toLowerCase();
    const names = this.places.map((place) => this.called(place).toLowerCase());
    const exact = names.indexOf(wanted);
    const at = exact >= 0 ? exact : names.findIndex((name) => wanted && name.includes(wanted));
    if (at >= 0) return this.go(at);
    this.draw(this.brick, this.places[this.at]);
    this.panel.say(t("This base has no layer of that name."));
  }

  step(by) {
    this.go(Math.max(0, Math.min(this.places.length - 1, this.at + by)));
  }

  go(at) {
    this.panel.pick(this.brick, null, this.places[at]);
  }
}

/** The arrow by which a base's layers are opened and closed. */
export function opener(open, name, press) {
  const label = open ? t("Close the layers of {name}", { name }) : t("Open the layers of {name}", { name });
  return el("button", { type: "button", class: "row-open", "aria-expanded": String(open), "aria-label": label, title: label, onclick: press }, icon("chevron"));
}
