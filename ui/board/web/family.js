/** A family of the palette, which can be folded. */

import { el, icon, mark } from "./dom.js";
import { recall, remember } from "./remember.js";

export class Family {
  constructor(name, title, folded = false) {
    this.name = name;
    const id = `family-${name}`;
    this.list = el("ul", { id, "aria-label": title });
    this.button = el("button", { type: "button", class: "family", "aria-controls": id });
    this.button.append(icon("chevron"), el("span", { text: title }));
    this.button.addEventListener("click", () => this.fold(!this.folded));
    this.head = el("div", { class: "family-head" }, el("h2", {}, this.button));
    this.element = el("section", { "data-family": name }, this.head, this.list);
    const kept = recall(`family-${name}`);
    this.show(kept ? kept === "folded" : folded);
  }

  show(folded) {
    this.folded = folded;
    mark(this.button, "aria-expanded", String(!folded));
    mark(this.list, "hidden", folded);
  }

  fold(folded) {
    this.show(folded);
    remember(`family-${this.name}`, folded ? "folded" : "open");
  }
}
