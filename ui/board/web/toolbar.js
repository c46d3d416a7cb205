/** The buttons above the board: back and forth, size, direction, picture, clear. */

import { can, clear, redo, undo } from "./actions.js";
import { slide, standalone } from "./draw/draw.js";
import { el, icon, iconButton, mark, relabel } from "./dom.js";
import { t } from "./words.js";

export class Toolbar {
  constructor(bench) {
    this.bench = bench;
    const { board } = bench;
    this.undo = iconButton("undo", t("Undo"), () => undo(bench), { "data-act": "undo" });
    this.redo = iconButton("redo", t("Redo"), () => redo(bench), { "data-act": "redo" });
    this.flip = iconButton("flip", t("Turn the tower upside down"), () => this.turn(), {
      "data-act": "flip",
    });
    this.several = iconButton("several", t("Choose several"), () => bench.lasso.choosing(!bench.lasso.several), {
      "data-act": "several",
    });
    this.element = el("div", { class: "toolbar", role: "toolbar", "aria-label": t("Board") });
    this.element.append(
      this.undo,
      this.redo,
      this.several,
      this.paste(),
      el("span", { class: "spring" }),
      iconButton("minus", t("Smaller"), () => board.zoom.by(1 / 1.2), { "data-act": "smaller" }),
      iconButton("plus", t("Larger"), () => board.zoom.by(1.2), { "data-act": "larger" }),
      iconButton("fit", t("Fit the whole tower"), () => board.zoom.fit(), { "data-act": "fit" }),
      this.flip,
      this.menu(),
    );
  }

  paste() {
    const button = el("button", { type: "button", class: "quiet", "data-act": "paste-code" }, icon("code"));
    button.append(el("span", { text: t("Paste code") }));
    relabel(button, t("Paste code"));
    button.addEventListener("click", () => this.bench.reading.show());
    return button;
  }

  menu() {
    const save = this.item("picture", t("Picture (SVG)"), () => this.picture(standalone));
    const wide = this.item("slide", t("Picture for a slide (SVG)"), () => this.picture(slide));
    mark(save, "data-act", "picture");
    mark(wide, "data-act", "slide");
    this.clear = this.item("clear", t("Clear the board"), () => clear(this.bench));
    this.more = el("details", { class: "menu" });
    const name = t("More");
    const button = el("summary", { class: "tool", "aria-label": name, title: name }, icon("more"));
    this.more.append(button, el("div", { class: "menu-list" }, save, wide, this.clear));
    this.more.addEventListener("focusout", (event) => {
      if (!this.more.contains(event.relatedTarget)) this.more.open = false;
    });
    this.more.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.shut();
    });
    return this.more;
  }

  item(sign, label, press) {
    const button = el("button", { type: "button", class: "menu-item" }, icon(sign), label);
    button.addEventListener("click", () => {
      this.shut();
      press();
    });
    return button;
  }

  shut() {
    this.more.open = false;
    this.more.firstElementChild.focus();
  }

  draw() {
    // Kept focusable: a button that turns itself off would throw the focus away.
    mark(this.undo, "aria-disabled", String(!can(this.bench, "undo")));
    mark(this.redo, "aria-disabled", String(!can(this.bench, "redo")));
    mark(this.undo, "aria-busy", this.bench.awaits("undo") ? "true" : null);
    mark(this.redo, "aria-busy", this.bench.awaits("redo") ? "true" : null);
    mark(this.flip, "aria-pressed", String(this.bench.board.flipped));
    mark(this.several, "aria-pressed", String(Boolean(this.bench.lasso?.several)));
    mark(this.clear, "disabled", this.bench.empty);
  }

  turn() {
    this.bench.board.turn();
    this.draw();
    const { flipped } = this.bench.board;
    this.bench.say(flipped ? t("The ground is on top now.") : t("The ground is at the bottom now."));
  }

  /** The tower as it is seen, in the theme that is shown, as a file. */
  picture(drawn) {
    const { tower, kinds, root, memory, board } = this.bench;
    const options = { theme: root.dataset.theme, title: t("Tower"), folded: memory.folded, upside: board.flipped };
    const file = drawn(tower, kinds, options);
    const address = URL.createObjectURL(new Blob([file], { type: "image/svg+xml" }));
    const link = el("a", { href: address, download: drawn === slide ? "tower-slide.svg" : "tower.svg" });
    this.element.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
}
