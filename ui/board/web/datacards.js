/** The data that a tower can stand on, as cards to choose from. */

import { el, mark, write } from "./dom.js";
import { shape, t } from "./words.js";

export class DataCards {
  constructor(bench) {
    this.bench = bench;
    const kinds = Object.entries(bench.kinds).filter(([, kind]) => kind.family === "data");
    this.cards = kinds.map(([name, kind]) => this.card(name, kind));
    this.element = el("fieldset", { class: "data-cards" }, el("legend", { text: t("Data") }));
    const go = el("button", { type: "button", class: "quiet to-data", "data-act": "to-data", text: t("Own pictures and tables: Data") });
    go.addEventListener("click", () => bench.act({ op: "go", view: "data" }));
    this.element.append(go, ...this.cards.map(({ element }) => element));
  }

  card(name, kind) {
    const input = el("input", { type: "radio", name: "data", value: name, "data-data": name });
    input.addEventListener("change", () => this.choose(name, kind));
    const size = el("small");
    const words = el("span", {}, el("b", { text: kind.title }), el("span", { text: kind.about }), size);
    return { name, input, size, element: el("label", { class: "card" }, input, words) };
  }

  choose(name, kind) {
    this.bench.act({ op: "data", kind: name });
    this.bench.say(t("The tower stands on {data} now.", { data: kind.title }));
  }

  draw() {
    const [ground] = this.bench.tower;
    for (const { name, input, size, element } of this.cards) {
      input.checked = ground.kind === name;
      mark(element, "data-chosen", input.checked);
      const title = input.checked ? ground.settings.title : "";
      write(size, input.checked && ground.gives ? [title, shape(ground.gives)].filter(Boolean).join(" · ") : "");
    }
  }
}
