/** The padlock of a pretrained base: shut, open, or shut up to a layer. */

import { beside } from "./catalogue.js";
import { Control } from "./control.js";
import { el, icon, mark, write } from "./dom.js";
import { ends } from "./ends.js";
import { count, t } from "./words.js";

const REST = 400; // milliseconds after the last key, before it counts
const LONGEST = 16_000; // signs of a question
const LEAST = 2; // layers: the first alone is the input, which learns nothing
const STATES = { shut: () => t("Frozen"), partly: () => t("In part"), open: () => t("Learns") };
const SIGNS = { shut: "lock", partly: "latch", open: "unlock" };

/** A slider over the layers, three buttons, and places worth choosing. */
export class Padlock extends Control {
  build() {
    this.total = 0;
    this.states = Object.fromEntries(Object.keys(STATES).map((state) => [state, this.button(state)]));
    const buttons = el("div", { class: "lock-states", role: "group", "aria-label": t("Padlock") }, ...Object.values(this.states));
    this.range = el("input", { type: "range", min: 0, max: 1, step: 1, id: this.id });
    this.listen();
    this.said = el("p", { class: "lock-said" });
    this.learns = el("p", { class: "lock-learns", "aria-live": "polite" });
    this.places = el("div", { class: "lock-places", role: "group", "aria-label": t("Places to thaw from") });
    return el("div", { class: "padlock" }, buttons, this.range, this.said, this.learns, this.places);
  }

  button(state) {
    const button = el("button", { type: "button", class: "lock-state", "data-state": state }, icon(SIGNS[state]), STATES[state]());
    button.addEventListener("click", () => this.jump(this.goal(state)));
    return button;
  }

  listen() {
    const { range } = this;
    const held = (now) => () => (this.held = now);
    range.addEventListener("pointerdown", held(true));
    range.addEventListener("input", () => this.slid());
    for (const type of ["pointerup", "pointercancel"]) {
      range.addEventListener(type, () => {
        this.held = false;
        this.commit();
      });
    }
    // By keys every step is a change: the last one counts.
    range.addEventListener("change", () => (this.held ? null : this.later()));
  }

  /** The brick it belongs to: its layers are asked for once. */
  async about({ kind, gets, settings, layers, problem }) {
    this.size(layers ?? 0);
    if (layers == null && !problem) return; // the server has still to say
    const { frozen: _, ...rest } = settings;
    const asks = gets?.length === 3 && layers && !problem ? JSON.stringify({ kind, gets, settings: rest }) : null;
    const key = asks?.length < LONGEST ? asks : null; // it goes into an address
    if (key === this.key) return;
    this.key = key;
    this.layers = null;
    const found = key && (await asked(key));
    if (key !== this.key) return;
    this.layers = found;
    this.drawPlaces();
    this.tell();
  }

  size(total) {
    if (total === this.total) return;
    this.total = total;
    mark(this.range, "max", Math.max(1, total));
    if (this.shown) this.write(this.value);
  }

  /** Where a state's button leads: in part, to where it was, else to the last place. */
  goal(state) {
    if (state !== "partly") return state === "shut" ? this.total : 0;
    const last = this.found?.at(-1)?.first ?? Math.round(this.total * 0.7);
    return Math.min(Math.max(this.parted ?? last, LEAST), this.total - 1);
  }

  jump(first) {
    if (!this.total) return;
    this.range.value = first;
    this.tell();
    this.commit();
  }

  slid() {
    this.tell();
    if (!this.held) this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.commit();
    }, REST);
  }

  show(value) {
    if (!this.held) super.show(value);
  }

  leave() {
    if (this.held || this.timer) this.commit();
    clearTimeout(this.timer);
    this.timer = null;
    this.held = false;
  }

  read() {
    const first = Number(this.range.value);
    if (!this.total) return this.value;
    return first < LEAST ? false : first >= this.total ? true : first;
  }

  write(value) {
    this.range.value = value === true ? Math.max(1, this.total) : value || 0;
    this.tell();
  }

  wrong(value) {
    const beyond = typeof value === "number" && this.total > 0 && value > this.total;
    return beyond ? t("It has {count} layers", { count: this.total }) : "";
  }

  /** What the slider says now, in layers and in weights. */
  tell() {
    const value = this.total ? this.read() : this.value;
    const first = Number(this.range.value);
    const state = value === true || value == null ? "shut" : value === false ? "open" : "partly";
    if (state === "partly") this.parted = first;
    for (const [name, button] of Object.entries(this.states)) mark(button, "aria-pressed", String(name === state));
    mark(this.range, "disabled", this.total < 2);
    const said = this.sentence(state, first);
    write(this.said, said);
    mark(this.range, "aria-valuetext", said);
    write(this.learns, this.figures(first));
    for (const button of this.places.children) mark(button, "aria-pressed", String(Number(button.dataset.first) === first));
  }

  sentence(state, first) {
    if (state === "shut") return t("Frozen: training leaves all its layers alone.");
    if (state === "open") return this.layers?.fixed[0] > 0 ? t("Open: all its layers learn, but for what BatchNormalization has measured.") : t("Open: training changes all its layers.");
    const { names } = this.layers ?? {};
    const told = { first, count: this.total };
    if (!names) return t("The first {first} of {count} layers are frozen.", told);
    const [last, next] = [names[first - 1], names[first]];
    return t("The first {first} of {count} layers are frozen, up to {last}; from {next} on they learn.", { ...told, last, next });
  }

  figures(first) {
    if (!this.layers) return "";
    const { fixed, weights } = this.layers;
    const stays = fixed[Math.min(first, fixed.length - 1)];
    return t("{learn} of its {count} weights learn.", { learn: count(weights - stays), count: count(weights) });
  }

  drawPlaces() {
    this.found = this.layers ? ends(this.layers.names) : [];
    this.places.replaceChildren(...this.found.map(({ first, name, upto }) => {
      const text = upto ? t("Freeze up to {name}", { name: upto }) : t("Thaw from {name}", { name });
      const button = el("button", { type: "button", class: "quiet small", "data-first": first, text });
      button.addEventListener("click", () => this.jump(first));
      return button;
    }));
  }
}

const answers = new Map();

/** The layers of a base, as the server knows them; null where it does not. */
async function asked(key) {
  if (!answers.has(key)) answers.set(key, fetched(key));
  return answers.get(key);
}

async function fetched(key) {
  try {
    const answer = await fetch(beside(`layers.json?${new URLSearchParams({ ask: key })}`));
    if (answer.ok) return await answer.json();
  } catch {
    // Asked again when the brick is chosen again.
  }
  answers.delete(key);
  return null;
}
