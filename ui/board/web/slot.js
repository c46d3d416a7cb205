/** The ghost's frame: where what is in the hand would sit, and whether it would fit there. */

import { drawing, el, mark, write } from "./dom.js";
import { t } from "./words.js";

export class Slot {
  constructor(bench) {
    this.bench = bench;
    this.rims = drawing("");
    this.rims.classList.add("touch");
    this.verdict = el("span", { class: "fit" });
    this.element = el("div", { class: "slot", hidden: true, "aria-hidden": "true" });
    this.element.append(this.rims, this.verdict);
  }

  /** `ghosts` are ids of the drawing; `fit` is true, false or null (not known). */
  show(ghosts, fit) {
    this.ghosts = ghosts;
    mark(this.element, "hidden", ghosts.size === 0);
    mark(this.element, "data-fits", { true: "yes", false: "no", null: "unknown" }[fit]);
    const words = { true: t("Fits here"), false: t("Would not fit here"), null: "" };
    write(this.verdict, words[fit]);
  }

  hide() {
    this.show(new Set(), null);
  }

  place({ places }) {
    if (!this.ghosts?.size) return;
    const found = [...this.ghosts].map((id) => places.get(id)).filter(Boolean);
    this.rims.innerHTML = found.map(({ outline, at }) =>
      `<polygon class="rim" transform="translate(${at})" points="${outline}"/>`).join("");
    const top = found.at(-1);
    if (!top) return;
    this.verdict.style.setProperty("--x", Math.round(top.box.x + top.box.width));
    this.verdict.style.setProperty("--y", Math.round(top.y - top.lift / 2));
  }
}
