/** Choosing which settings vary: brick by brick, and of the training. */

import { el, icon, mark } from "../dom.js";
import { t } from "../words.js";

const TRAINING = "";

export class Picker {
  /**
   * @param {(key: string) => void} turn a setting on or off
   * @param {() => void} moved to another brick
   */
  constructor(turn, moved) {
    Object.assign(this, { turn, moved });
    this.group = null;
    this.wide = false;
    this.select = el("select", { id: "varied-brick", onchange: () => this.choose(this.select.value) });
    const label = el("label", { for: "varied-brick", text: t("Settings of") });
    this.head = el("div", { class: "picker-head" }, label, el("div", { class: "select" }, this.select));
    this.chips = el("div", { class: "chip-row", role: "group", "aria-label": t("Settings") });
    this.element = el("div", { class: "picker" }, this.head, this.chips);
  }

  /** Offer the settings of a brick (an id), or of the training. */
  open(id) {
    this.group = id;
    this.wide = false;
  }

  choose(value) {
    this.open(value);
    this.draw();
    this.moved();
  }

  show(offers, chosen) {
    Object.assign(this, { offers, chosen });
    const groups = new Map(offers.map(({ brick, group }) => [brick ?? TRAINING, group]));
    if (this.group === null || !groups.has(this.group)) this.group = this.first(groups);
    const key = JSON.stringify([...groups]);
    if (key !== this.key) {
      this.key = key;
      // The top of the tower first, as it stands; the training above all.
      const rows = [...groups].reverse();
      this.select.replaceChildren(...rows.map(([id, text]) => el("option", { value: id, text })));
    }
    this.draw();
  }

  /** The training: it is there in every tower. */
  first(groups) {
    return groups.has(TRAINING) ? TRAINING : ([...groups.keys()][0] ?? null);
  }

  draw() {
    this.select.value = this.group;
    const mine = this.offers.filter(({ brick }) => (brick ?? TRAINING) === this.group);
    const more = mine.filter((offer) => offer.more && !this.chosen.includes(offer.key));
    const shown = this.wide ? mine : mine.filter((offer) => !more.includes(offer));
    const key = JSON.stringify([shown.map(({ key: one }) => one), this.chosen, more.length]);
    if (key === this.drawn) return;
    this.drawn = key;
    const held = this.element.getRootNode().activeElement?.dataset?.key;
    const further = more.length && !this.wide ? [this.further(more.length)] : [];
    this.chips.replaceChildren(...shown.map((offer) => this.chip(offer)), ...further);
    if (held) this.chips.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  chip({ key, title, help }) {
    const on = this.chosen.includes(key);
    const chip = el("button", { type: "button", class: "chip-toggle setting", "data-key": key, title: help, onclick: () => this.turn(key) }, icon(on ? "tick" : "plus"), el("span", { text: title }));
    mark(chip, "aria-pressed", String(on));
    return chip;
  }

  further(count) {
    const press = () => {
      this.wide = true;
      this.draw();
      this.chips.querySelector("button:last-child")?.focus({ preventScroll: true });
    };
    return el("button", { type: "button", class: "quiet small", "data-act": "more", text: t("{count} more", { count }), onclick: press });
  }
}
