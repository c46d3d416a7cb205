/** Before anything was trained: what will be seen here, and the way there. */

import { drawing, el, mark, write } from "../dom.js";
import { tower } from "../draw/draw.js";
import { t } from "../words.js";

const HIGH = 420; // pixels

export class Empty {
  constructor(panel) {
    this.panel = panel;
    this.picture = el("div", { class: "empty-tower" });
    const go = el("button", { type: "button", class: "go", text: t("Go to Train"), onclick: () => panel.act({ op: "go", view: "train" }) });
    this.why = el("p");
    const words = el("div", { class: "empty-words" }, el("h2", { text: t("See what each brick sees") }), this.why, go);
    this.element = el("div", { class: "inside-empty", hidden: true }, this.picture, words);
  }

  draw(full) {
    mark(this.element, "hidden", full);
    if (full) return;
    const { bare, runs } = this.panel.data;
    const stages = bare ?? [];
    write(this.why, runs.length
      ? t("The tower of this run can't be read any more: train it again.")
      : t("Train this tower, for one epoch at least. Then choose a picture: beside every brick stands what it made of it, and you can ask what decided."));
    if (!stages.length || runs.length) return this.picture.replaceChildren();
    const { markup, width, height } = tower(stages, this.panel.kinds, {});
    const scale = Math.min(0.62, HIGH / height);
    const picture = drawing(markup, `0 0 ${width} ${height}`);
    picture.style.width = `${width * scale}px`;
    this.picture.replaceChildren(picture);
  }
}
