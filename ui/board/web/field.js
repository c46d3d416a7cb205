/** A labelled setting: its control, its help, what is wrong, and the way back. */

import { el, iconButton, mark, write } from "./dom.js";
import { control } from "./fields.js";
import { followed, same } from "./settings.js";
import { t } from "./words.js";

export class Field {
  /**
   * @param {Object} setting the catalogue's entry; `title` may stand for its name
   * @param {(value: *) => void} change
   * @param {*} origin the value that the way back leads to; undefined: there is none
   * @param {Object} [follow] how it may follow a parameter of a Block, see `follow.js`
   */
  constructor(setting, change, origin, follow = null) {
    this.setting = setting;
    this.origin = origin;
    this.follow = follow;
    const id = `setting-${setting.name}`;
    this.wrong = el("p", { class: "error", id: `${id}-error`, role: "alert", hidden: true });
    const complain = (sentence) => this.complain(sentence);
    this.control = control(setting, id, (value) => this.changed(change, value), complain);
    this.back = iconButton("reset", t("Back to the default"), () => this.reset(change));
    const title = el("label", { for: id, text: setting.title ?? setting.name });
    const argument = setting.title ? null : "argument";
    mark(title, "class", argument);
    const head = el("div", { class: "field-head" }, title, this.back, follow?.button ?? null);
    const help = el("p", { class: "help", id: `${id}-help`, text: setting.help ?? "" });
    this.element = el("div", { class: "field", "data-setting": setting.name });
    mark(this.element, "data-of", setting.kind);
    this.element.append(head, this.control.control, ...(follow ? [follow.element] : []), this.wrong, help);
    this.main = this.element.querySelector(`#${CSS.escape(id)}`);
    mark(this.main, "aria-describedby", `${id}-error ${id}-help`);
    this.mark(undefined);
  }

  changed(change, value) {
    this.mark(value);
    change(value);
  }

  complain(sentence) {
    write(this.wrong, sentence);
    mark(this.wrong, "hidden", !sentence);
    if (this.main) mark(this.main, "aria-invalid", sentence ? "true" : null);
  }

  show(value) {
    const name = followed(value);
    this.follow?.draw(name);
    mark(this.control.control, "hidden", Boolean(name));
    if (name) this.control.shown = false;
    else this.control.show(value);
    this.mark(name ? undefined : value);
    if (name) this.complain("");
  }

  /** A setting that is not as it came is marked, and has a way back. */
  mark(value) {
    const changed = this.origin !== undefined && value !== undefined && !same(value, this.origin);
    mark(this.element, "data-changed", changed);
    mark(this.back, "hidden", !changed);
  }

  reset(change) {
    this.control.shown = false;
    this.control.show(this.origin);
    this.changed(change, this.origin);
    this.main.focus();
  }

  leave() {
    this.control.leave();
  }
}
