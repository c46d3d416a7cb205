/** What only a container has: its branches, and the parameters of a Block. */

import { branch, unbranch } from "./actions.js";
import { el, icon, iconButton } from "./dom.js";
import { control } from "./fields.js";
import { every } from "./nest.js";
import { followed } from "./settings.js";
import { t } from "./words.js";

export class Contents {
  constructor(bench, id) {
    Object.assign(this, { bench, id });
    this.element = el("section", { class: "contents" });
    this.fields = [];
  }

  leave() {
    for (const field of this.fields) field.leave();
  }

  draw(stage) {
    const { container } = this.bench.kind(stage.kind);
    const sizes = stage.inner.map((tower) => tower.length);
    const key = JSON.stringify([sizes, Object.keys(stage.parameters ?? {}), this.users(stage)]);
    if (key !== this.shown) this.build(stage, container);
    this.shown = key;
    for (const field of this.fields) field.show(stage.parameters[field.setting.name]);
  }

  build(stage, container) {
    this.leave();
    this.fields = [];
    const parts = [];
    if (container?.most > container?.towers.length) parts.push(this.branches(stage, container));
    if (stage.kind === "Block") parts.push(...this.parameters(stage));
    this.element.replaceChildren(...parts);
  }

  branches(stage, { least, most }) {
    const { bench, id } = this;
    const rows = stage.inner.map((tower, n) => {
      const names = tower.map((one) => bench.called(one.id)).join(", ") || t("empty");
      const label = t("Take branch {place} away", { place: n + 1 });
      const gone = iconButton("close", label, () => unbranch(bench, id, n), { "data-unbranch": n });
      const words = el("span", {}, el("b", { text: t("Branch {place}", { place: n + 1 }) }), ` ${names}`);
      return el("li", {}, words, stage.inner.length > least ? gone : null);
    });
    const more = el("button", { type: "button", class: "quiet", "data-act": "branch" }, icon("plus"));
    more.append(t("Add a branch"));
    more.addEventListener("click", () => branch(bench, id, stage.inner.length));
    const list = el("ul", { class: "branches", "aria-label": t("Branches") }, ...rows);
    return el("div", {}, list, stage.inner.length < most ? more : null);
  }

  parameters(stage) {
    const names = Object.keys(stage.parameters ?? {});
    const head = el("h3", { text: t("Parameters") });
    const about = t("With parameters, this Block serves again with other numbers. Beside a setting of a brick inside, the arrow lets it follow one.");
    return [head, el("p", { class: "help", text: about }), ...names.map((name) => this.parameter(stage, name))];
  }

  parameter(stage, name) {
    const { bench, id } = this;
    const set = (value) => bench.act({ op: "parameter", id, name, value });
    const value = stage.parameters[name];
    const kind = this.counts(stage, name) && value >= 1 ? "whole" : "real";
    const setting = { name, kind, default: null, least: kind === "whole" ? 1 : -1e6, most: 1e6 };
    const field = control(setting, `parameter-${name}`, set, () => {});
    field.setting = setting;
    this.fields.push(field);
    const label = el("label", { for: `parameter-${name}`, class: "argument", text: name });
    const away = iconButton("close", t("Remove the parameter {name}", { name }), () => set(null));
    const users = t("followed by {count}", { count: this.users(stage)[name] ?? 0 });
    const head = el("div", { class: "field-head" }, label, el("small", { text: users }), away);
    return el("div", { class: "field", "data-parameter": name }, head, field.control);
  }

  /** Whether all that follows a parameter is counted in whole numbers. */
  counts(stage, name) {
    return [...every(stage.inner.flat())].every(({ kind, settings }) => {
      const of = new Map(this.bench.kind(kind).settings?.map((setting) => [setting.name, setting.kind]));
      return Object.entries(settings).every(([setting, value]) =>
        followed(value) !== name || ["whole", "pair"].includes(of.get(setting)));
    });
  }

  /** How many settings follow each parameter. */
  users(stage) {
    const found = {};
    for (const each of every(stage.inner.flat())) {
      for (const value of Object.values(each.settings)) {
        const name = followed(value);
        if (name) found[name] = (found[name] ?? 0) + 1;
      }
    }
    return found;
  }
}
