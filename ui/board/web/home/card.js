/** One thing to take home: what it is for, how large it is, and the buttons that bring it. */

import { el, icon, mark, write } from "../dom.js";
import { bytes, t } from "../words.js";

export class Card {
  /**
   * @param {Object} about  `badge` (a file's ending), `title`, `said`: what it is for
   * @param {...{name: string, label: string, act: string, press: Function}} buttons
   *   `press` may take its time: until it is done the card is busy
   */
  constructor({ badge, title, said }, ...buttons) {
    this.title = title;
    this.about = el("p", { text: said });
    this.told = el("p", { class: "told", role: "status" });
    this.size = el("span", { class: "size" });
    this.buttons = buttons.map((button) => this.button(button));
    this.element = el(
      "li",
      { class: buttons.length > 1 ? "take many" : "take" },
      el("span", { class: "badge", "aria-hidden": "true", text: badge }),
      el("div", { class: "take-words" }, el("h3", { text: title }), this.about),
      this.told,
      el("div", { class: "take-deeds" }, this.size, el("span", { class: "spring" }), ...this.buttons),
    );
  }

  button({ name, label, act, press, sign = "save" }) {
    const words = el("span", { text: name });
    const button = el("button", { type: "button", class: "quiet", "data-act": act, "aria-label": label }, icon(sign), words);
    button.addEventListener("click", () => this.press(press));
    return button;
  }

  async press(press) {
    if (this.busy) return;
    this.hold(true);
    this.tell("");
    try {
      await press();
    } catch (problem) {
      console.warn(problem);
      this.tell(t("That did not work. Try again in a moment."), "bad");
    } finally {
      this.hold(false);
    }
  }

  hold(busy) {
    this.busy = busy;
    mark(this.element, "aria-busy", busy ? "true" : null);
  }

  /** What is known now: `said` for what it is for, `size` in bytes, `ready` to be taken. */
  show({ said, size, ready = true }) {
    if (said !== undefined) write(this.about, said);
    write(this.size, size ? bytes(size) : "");
    for (const button of this.buttons) mark(button, "disabled", !ready);
  }

  /** A sentence of what goes on; `tone` is "good", "bad" or "busy". */
  tell(sentence, tone = "busy") {
    write(this.told, sentence);
    mark(this.told, "data-tone", sentence ? tone : null);
  }
}

/** A button that brings one file. */
export function download(title, press) {
  return { name: t("Download"), label: t("Download: {title}", { title }), act: "download", press };
}
