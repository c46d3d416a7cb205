/** One field for each kind of setting. */

import { Control } from "./control.js";
import { el, icon, iconButton, mark, relabel } from "./dom.js";
import { Penalty, Range, Real, Sides, Sizes } from "./measures.js";
import { share, whole } from "./numbers.js";
import { Padlock } from "./padlock.js";
import { count, t } from "./words.js";

class Whole extends Control {
  build() {
    // For the mouse and the finger; by keys the arrows do it.
    const traits = { type: "button", class: "tool", tabindex: "-1", "aria-hidden": "true" };
    const button = (sign, by) => el("button", { ...traits, onclick: () => this.step(by) }, icon(sign));
    const [less, more] = [button("minus", -1), button("plus", 1)];
    this.input = this.typed({ id: this.id, inputmode: "numeric", role: "spinbutton" });
    mark(this.input, "aria-valuemin", this.setting.least);
    mark(this.input, "aria-valuemax", this.setting.most);
    this.input.addEventListener("keydown", (event) => this.key(event));
    return el("div", { class: "stepper" }, less, this.input, more);
  }

  key(event) {
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    this.step(step);
  }

  step(by) {
    const { least, most } = this.setting;
    const now = this.read() ?? this.value ?? least;
    this.write(Math.max(least, Math.min(most, now + by)));
    this.later();
  }

  read() {
    return whole(this.input.value);
  }

  write(value) {
    this.input.value = value ?? "";
    mark(this.input, "aria-valuenow", value);
  }

  limits() {
    return wholeLimits(this.setting);
  }
}

class Share extends Control {
  build() {
    const { least, most } = this.setting;
    const step = most - least > 0.5 ? 0.01 : "any";
    this.range = el("input", { type: "range", min: least, max: most, step, id: this.id });
    this.range.addEventListener("input", () => {
      this.input.value = this.range.value;
      this.later();
    });
    this.range.addEventListener("change", () => this.commit());
    this.input = this.typed({ inputmode: "decimal", class: "short" });
    mark(this.input, "aria-label", this.setting.name);
    this.input.addEventListener("input", () => this.slide());
    return el("div", { class: "share" }, this.range, this.input);
  }

  slide() {
    this.range.value = this.read() ?? this.range.value;
  }

  read() {
    return share(this.input.value);
  }

  write(value) {
    this.range.value = value ?? this.setting.least;
    this.input.value = value ?? "";
  }

  limits() {
    const { least, most } = this.setting;
    return t("A number from {least} to {most}", { least, most });
  }
}

class Pair extends Control {
  build() {
    const input = (label, more) => {
      const field = this.typed({ inputmode: "numeric", class: "short", ...more });
      if (label) mark(field, "aria-label", `${this.setting.name}: ${label}`);
      return field;
    };
    this.first = input("", { id: this.id });
    this.times = el("span", { class: "times", text: "×", "aria-hidden": "true" });
    this.second = input(t("width"), {});
    this.split = iconButton("link", "", () => this.toggle());
    return el("div", { class: "pair" }, this.first, this.times, this.second, this.split);
  }

  toggle() {
    this.apart(!this.twofold);
    if (this.twofold) this.second.value = this.first.value;
    this.commit();
    (this.twofold ? this.second : this.first).focus();
  }

  apart(twofold) {
    this.twofold = twofold;
    mark(this.times, "hidden", !twofold);
    mark(this.second, "hidden", !twofold);
    mark(this.split, "aria-pressed", String(!twofold));
    relabel(this.split, t("Same height and width"));
    mark(this.first, "placeholder", this.setting.optional ? t("auto") : null);
  }

  read() {
    const texts = this.twofold ? [this.first.value, this.second.value] : [this.first.value];
    if (this.setting.optional && texts.every((text) => !text.trim())) return null;
    const sizes = texts.map((text) => whole(text));
    if (sizes.includes(undefined)) return undefined;
    return sizes.length === 1 || sizes[0] === sizes[1] ? sizes[0] : sizes;
  }

  write(value) {
    const pair = Array.isArray(value);
    const editing = this.control && this.control.contains(this.control.getRootNode().activeElement);
    this.apart(pair || Boolean(editing && this.twofold));
    this.first.value = pair ? value[0] : (value ?? "");
    this.second.value = pair ? value[1] : (value ?? "");
  }

  limits() {
    return wholeLimits(this.setting);
  }
}

class Choice extends Control {
  build() {
    this.select = el("select", { id: this.id });
    this.setting.choices.forEach((choice, at) => {
      this.select.append(el("option", { value: at, text: choice ?? this.nothing() }));
    });
    this.select.addEventListener("change", () => this.commit());
    return el("div", { class: "select" }, this.select);
  }

  nothing() {
    return this.setting.name === "weights" ? t("none: random weights") : t("none");
  }

  read() {
    return this.setting.choices[Number(this.select.value)];
  }

  write(value) {
    this.select.value = this.setting.choices.indexOf(value);
  }
}

class Flag extends Control {
  build() {
    this.box = el("input", { type: "checkbox", role: "switch", id: this.id });
    this.box.addEventListener("change", () => this.commit());
    return el("div", { class: "switch" }, this.box);
  }

  read() {
    return this.box.checked;
  }

  write(value) {
    this.box.checked = Boolean(value);
  }
}

class Text extends Control {
  build() {
    this.input = this.typed({ id: this.id, maxlength: this.setting.most ?? 200 });
    return el("div", { class: "text" }, this.input);
  }

  read() {
    return this.input.value.trim() || null;
  }

  write(value) {
    this.input.value = value ?? "";
  }
}

const CONTROLS = {
  whole: Whole, share: Share, pair: Pair, choice: Choice, flag: Flag, text: Text,
  padlock: Padlock, real: Real, sizes: Sizes, sides: Sides, range: Range, penalty: Penalty,
};

/** The control for a setting, by its kind. */
export function control(setting, ...rest) {
  return new (CONTROLS[setting.kind] ?? Text)(setting, ...rest);
}

function wholeLimits({ least, most }) {
  return t("A whole number from {least} to {most}", { least, most: count(most) });
}
