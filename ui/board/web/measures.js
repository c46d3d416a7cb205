/** Fields for values of several numbers: sizes, sides, ranges, penalties; and real numbers. */

import { el, mark } from "./dom.js";
import { Control } from "./control.js";
import { share, whole } from "./numbers.js";
import { count, t } from "./words.js";

const numbers = ({ least, most }) => t("A number from {least} to {most}", { least, most: written(most) });
const wholes = ({ least, most }) => t("A whole number from {least} to {most}", { least, most: written(most) });
const written = (most) => (Number.isInteger(most) ? count(most) : most);

/** One number, or one for each channel. */
export class Real extends Control {
  build() {
    this.input = this.typed({ id: this.id, inputmode: "decimal", class: "short long" });
    return el("div", { class: "real" }, this.input);
  }

  read() {
    const text = this.input.value.trim();
    if (!text && this.setting.optional) return null;
    const parts = text.split(/[;\s]+|,\s+/).filter(Boolean).map(fraction);
    if (!parts.length || parts.includes(undefined)) return undefined;
    if (parts.length > 1) return this.setting.several ? parts : undefined;
    return parts[0];
  }

  write(value) {
    this.input.value = Array.isArray(value) ? value.map(shown).join("; ") : shown(value);
    mark(this.input, "placeholder", this.setting.optional ? t("none") : null);
  }

  limits() {
    return numbers(this.setting);
  }
}

/** A number as people write it: 1/255 too. */
function fraction(text) {
  const [above, below, more] = text.split("/").map((part) => share(part));
  if (more !== undefined || Number.isNaN(above)) return undefined;
  if (!text.includes("/")) return Number.isFinite(above) ? above : undefined;
  return below ? above / below : undefined;
}

function shown(value) {
  if (value == null) return "";
  const below = Math.round(1000 / value) / 1000;
  const told = value > 0 && value < 1 && String(value).length > 9 && 1 / below === value;
  return told ? `1/${below}` : String(value);
}

/** A few whole numbers: 7, 7, 64. */
export class Sizes extends Control {
  build() {
    this.input = this.typed({ id: this.id, inputmode: "numeric" });
    return el("div", { class: "sizes" }, this.input);
  }

  read() {
    const parts = this.input.value.split(/[^\d-]+/).filter(Boolean).map(whole);
    if (!parts.length) return this.setting.optional ? null : undefined;
    return parts.includes(undefined) ? undefined : parts;
  }

  write(value) {
    this.input.value = value == null ? "" : [value].flat().join(" × ");
  }

  wrong(value) {
    if (value && value.length > (this.setting.longest ?? Infinity)) return this.limits();
    return super.wrong(value);
  }

  limits() {
    const { longest } = this.setting;
    const many = longest ? t("At most {count} whole numbers.", { count: longest }) : "";
    return `${many} ${wholes(this.setting)}`.trim();
  }
}

/** A control with a choice of ways above its boxes. */
class Ways extends Control {
  build() {
    const ways = Object.entries(this.ways());
    this.pick = el("select", { id: ways.length > 1 ? this.id : null });
    for (const [way, label] of ways) {
      this.pick.append(el("option", { value: way, text: label }));
    }
    this.pick.addEventListener("change", () => this.turned());
    this.boxes = el("div", { class: "boxes" });
    const select = el("div", { class: "select" }, this.pick);
    mark(select, "hidden", ways.length < 2);
    this.held = [];
    this.way = this.pick.value;
    return el("div", { class: "ways" }, select, this.boxes);
  }

  /** Boxes with labels; the field's label means the choice, or else the first of them. */
  lay(labels) {
    if (String(labels) === this.laid) return;
    this.laid = String(labels);
    this.held = labels.map((label, n) => {
      const box = this.typed({ inputmode: "decimal", class: "short", id: n || this.pick.id ? null : this.id });
      mark(box, "aria-label", label ? `${this.setting.name}: ${label}` : this.setting.name);
      return { box, label };
    });
    this.boxes.replaceChildren(...this.held.map(({ box, label }) =>
      (label ? el("span", { class: "box" }, el("small", { text: label, "aria-hidden": "true" }), box) : box)));
  }

  turned() {
    const before = this.read();
    this.way = this.pick.value;
    this.fill(this.converted(before ?? this.value, this.way));
    this.commit();
  }

  write(value) {
    const way = this.wayOf(value);
    const editing = this.control?.contains(this.control.getRootNode().activeElement);
    // One number twice is one number; a person who writes the second is not disturbed.
    if (!(editing && this.keeps(value, this.way))) this.way = way;
    this.pick.value = this.way;
    this.fill(this.converted(value, this.way));
  }

  keeps() {
    return false;
  }

  values(parse) {
    return this.held.map(({ box }) => parse(box.value));
  }
}

/** Padding and cropping: all sides alike, height and width, or each side. */
export class Sides extends Ways {
  ways() {
    return { one: t("all sides alike"), two: t("height and width"), four: t("each side") };
  }

  wayOf(value) {
    return Array.isArray(value?.[0]) ? "four" : Array.isArray(value) ? "two" : "one";
  }

  keeps(value, way) {
    return ["two", "four"].includes(way) && this.wayOf(value) !== "four";
  }

  converted(value, way) {
    const pair = Array.isArray(value) ? value : [value ?? 0, value ?? 0];
    const four = pair.map((side) => (Array.isArray(side) ? side : [side, side]));
    if (way === "four") return four;
    return way === "two" ? four.map(([side]) => side) : four[0][0];
  }

  fill(value) {
    const labels = { one: [""], two: [t("height"), t("width")], four: [t("top"), t("bottom"), t("left"), t("right")] };
    this.lay(labels[this.way]);
    [value].flat(2).forEach((number, n) => (this.held[n].box.value = number));
  }

  read() {
    const found = this.values(whole);
    if (found.includes(undefined)) return undefined;
    if (this.way === "four") return [found.slice(0, 2), found.slice(2)];
    return this.way === "two" ? found : found[0];
  }

  limits() {
    return wholes(this.setting);
  }
}

/** How far chance may go: both ways alike, or from one number to another. */
export class Range extends Ways {
  ways() {
    const both = { two: t("from … to …") };
    const one = this.setting.ends ? both : { one: t("both ways alike"), ...both };
    return this.setting.optional ? { none: t("none"), ...one } : one;
  }

  wayOf(value) {
    if (value == null) return "none";
    return Array.isArray(value) ? "two" : "one";
  }

  converted(value, way) {
    if (way === "none") return null;
    const number = Array.isArray(value) ? value.at(-1) : (value ?? 0.1);
    if (way === "one") return Math.abs(number);
    return Array.isArray(value) ? value : [Math.max(this.setting.least, -number), number];
  }

  fill(value) {
    this.lay({ none: [], one: [""], two: [t("from"), t("to")] }[this.way]);
    if (value != null) [value].flat().forEach((number, n) => (this.held[n].box.value = number));
  }

  read() {
    const found = this.values(share);
    if (found.some((number) => !Number.isFinite(number))) return undefined;
    return { none: null, one: found[0], two: found }[this.way];
  }

  wrong(value) {
    const falls = Array.isArray(value) && value[0] > value[1];
    return falls ? t("The first number must not be greater than the second.") : super.wrong(value);
  }

  limits() {
    return numbers(this.setting);
  }
}

const NAMES = { l1: "L1", l2: "L2", l1_l2: "L1 + L2" };

/** What large weights cost. */
export class Penalty extends Ways {
  ways() {
    const names = this.setting.names ?? ["l1", "l2"];
    return { none: t("none"), ...Object.fromEntries(names.map((name) => [name, NAMES[name] ?? name])) };
  }

  wayOf(value) {
    return value?.[0] ?? "none";
  }

  converted(value, way) {
    return way === "none" ? null : [way, value?.[1] ?? 0.001];
  }

  fill(value) {
    this.lay(value ? [t("strength")] : []);
    if (value) this.held[0].box.value = value[1];
  }

  read() {
    if (this.way === "none") return null;
    const [strength] = this.values(share);
    return Number.isFinite(strength) ? [this.way, strength] : undefined;
  }

  limits() {
    return numbers(this.setting);
  }
}
