/** A setting of a brick in a Block may follow one of the Block's parameters. */

import { el, iconButton, mark } from "./dom.js";
import { own } from "./draw/own.js";
import { find, home } from "./nest.js";
import { followed } from "./settings.js";
import { t } from "./words.js";

const OWN = "";

export class Follow {
  constructor(bench, id, setting) {
    Object.assign(this, { bench, id, setting });
    this.button = iconButton("follow", t("Follow a parameter of the Block"), () => this.toggle());
    this.button.classList.add("follow-button");
    const label = t("{setting} follows", { setting: setting.name });
    this.pick = el("select", { "aria-label": label });
    this.pick.addEventListener("change", () => this.choose(this.pick.value));
    this.element = el("div", { class: "follow", hidden: true });
    this.element.append(el("div", { class: "select" }, this.pick));
  }

  /** The Blocks around, the innermost last. */
  get blocks() {
    const { inside = [] } = home(this.bench.tower, this.id) ?? {};
    return inside.filter(({ kind }) => kind === "Block");
  }

  /** Every parameter that can be followed, with its value. */
  get known() {
    return Object.assign({}, ...this.blocks.map(({ parameters }) => parameters));
  }

  /** The name that a new parameter would have. */
  get fresh() {
    const { known } = this;
    for (let n = 1; ; n += 1) {
      const root = this.setting.name === "repeat" ? "rounds" : this.setting.name;
      const name = n === 1 ? root : `${root}_${n}`;
      if (!Object.hasOwn(known, name)) return name;
    }
  }

  toggle() {
    this.opened = !this.opened;
    this.draw(this.name);
    if (this.opened) this.pick.focus();
  }

  draw(name) {
    this.name = name;
    const shown = Boolean(name) || Boolean(this.opened);
    mark(this.button, "aria-pressed", String(shown));
    mark(this.element, "hidden", !shown);
    if (shown) this.fill(name);
  }

  fill(name) {
    const { known, fresh } = this;
    const option = ([key, value]) => [key, `${key} = ${value}`];
    const rows = [[OWN, t("a value of its own")], ...Object.entries(known).map(option)];
    if (!name) rows.push([`+${fresh}`, t("new parameter {name}", { name: fresh })]);
    const key = JSON.stringify(rows);
    if (key !== this.filled) {
      this.pick.replaceChildren(...rows.map(([value, text]) => el("option", { value, text })));
    }
    this.filled = key;
    this.pick.value = name ?? OWN;
  }

  choose(value) {
    const { bench, id, setting } = this;
    const parameter = value.replace("+", "");
    const now = find(bench.tower, id)?.settings[setting.name] ?? setting.default;
    if (value.startsWith("+") && typeof now !== "number") {
      return bench.say(t("Only a single number can follow a parameter."));
    }
    if (parameter) bench.act({ op: "bind", id, setting: setting.name, parameter });
    else if (this.name) bench.act({ op: "set", id, setting: setting.name, value: own(this.known, this.name) });
    else this.toggle();
    if (parameter) bench.say(t("{setting} follows {name} now.", { setting: setting.name, name: parameter }));
  }
}

/** What a setting's value comes to: where it follows a parameter, that one's. */
export function resolved(bench, id, value) {
  const name = followed(value);
  if (!name) return value;
  const { inside = [] } = home(bench.tower, id) ?? {};
  return own(inside.findLast(({ parameters }) => own(parameters, name) !== undefined)?.parameters, name);
}
