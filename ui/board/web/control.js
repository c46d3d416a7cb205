/** What every setting's control does: it shows a value, and says when a person changed it. */

import { el } from "./dom.js";
import { beyond, same } from "./settings.js";

const TYPING = 150; // milliseconds of rest before a typed value counts

/** A setting's control. Subclasses build `control` and know `read` and `write`. */
export class Control {
  /**
   * @param {Object} setting the catalogue's entry
   * @param {string} id of the element that the label belongs to
   * @param {(value: *) => void} changed
   * @param {(sentence: string) => void} complain "" where all is well
   */
  constructor(setting, id, changed, complain) {
    Object.assign(this, { setting, id, changed, complain });
    this.control = this.build();
  }

  /** Take what stands in the field at once. */
  commit() {
    clearTimeout(this.timer);
    this.timer = null;
    const found = this.read();
    this.complain(this.wrong(found));
    if (found === undefined || same(found, this.value)) return;
    this.changed((this.value = found));
  }

  /** What is said of a value: beyond its limits it counts, and the server says more. */
  wrong(value) {
    return value === undefined || beyond(value, this.setting) ? this.limits() : "";
  }

  /** Take it when the typing rests. */
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), TYPING);
  }

  /** Show a value, unless a person is in the middle of another. */
  show(value) {
    if (this.timer) return;
    if (this.shown && same(value, this.value)) return;
    this.value = value;
    this.shown = true;
    this.complain(this.wrong(value));
    this.write(value);
  }

  /** Nothing typed may be lost when the field goes away. */
  leave() {
    if (this.timer) this.commit();
  }

  limits() {
    return "";
  }

  typed(traits = {}) {
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...traits });
    input.addEventListener("input", () => this.later());
    input.addEventListener("change", () => this.commit());
    return input;
  }
}
