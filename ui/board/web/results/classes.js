/** The figures of each class, sorted as one likes; a figure opens the examples behind it. */

import { el, icon, mark, write } from "../dom.js";
import { count, percent, t } from "../words.js";

const MOST = 100; // rows that are drawn before somebody asks for all: a thousand take a second
const COLUMNS = ["precision", "recall", "f1", "support"];

export class Classes {
  /** @param {(choice: Object) => void} pick called with the examples that are asked for */
  constructor(pick) {
    this.pick = pick;
    this.order = { by: "number", down: false };
    const titles = { precision: t("Precision"), recall: t("Recall"), f1: "F1", support: t("Count") };
    const about = { precision: t("Of what was told to be of this class, so much is."), recall: t("Of what is of this class, so much was found."), f1: t("Both in one: it is high only where both are."), support: t("How many of the test examples are of this class.") };
    this.heads = [this.head("name", t("Class")), ...COLUMNS.map((name) => this.head(name, titles[name], about[name]))];
    this.body = el("tbody");
    this.foot = el("tfoot");
    const table = el("table", { class: "class-figures" }, el("thead", {}, el("tr", {}, ...this.heads)), this.body, this.foot);
    this.all = el("button", { type: "button", class: "quiet", "data-act": "all-classes" });
    this.all.addEventListener("click", () => this.draw(Infinity));
    this.element = el("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": t("Figures of each class") }, table, this.all);
  }

  head(by, text, about = null) {
    const button = el("button", { type: "button", "data-sort": by, title: about }, el("span", { text }), icon("chevron"));
    button.addEventListener("click", () => this.sort(by));
    return el("th", { scope: "col", class: by, "data-by": by }, button);
  }

  sort(by) {
    const { order } = this;
    // At the first press what is worth looking at comes first: the weakest class.
    this.order = order.by === by ? { by, down: !order.down } : { by, down: by === "support" };
    this.draw();
  }

  show(found) {
    this.found = found;
    this.draw();
  }

  /** The first rows in order; the weakest, where that is what they are sorted by. */
  draw(most = MOST) {
    const { by, down } = this.order;
    for (const head of this.heads) {
      const here = head.dataset.by === by;
      mark(head, "aria-sort", here ? (down ? "descending" : "ascending") : null);
      mark(head.firstChild, "data-way", here ? (down ? "down" : "up") : null);
    }
    const { classes, rows, macro, count: all } = this.found;
    const turn = down ? -1 : 1;
    const at = COLUMNS.indexOf(by);
    const value = (number) => (at < 0 ? number : rows[number][at]);
    const compare = by === "name" ? (a, b) => classes[a].localeCompare(classes[b], undefined, { numeric: true }) : (a, b) => value(a) - value(b);
    const numbers = classes.map((_, number) => number).sort((a, b) => turn * compare(a, b) || a - b);
    this.body.replaceChildren(...numbers.slice(0, most).map((number) => this.row(number)));
    mark(this.all, "hidden", numbers.length <= most);
    write(this.all, t("Show all {count} classes", { count: count(numbers.length) }));
    const mean = ["precision", "recall", "f1"].map((name) => el("td", { text: percent(macro[name]) }));
    this.foot.replaceChildren(el("tr", {}, el("th", { scope: "row", text: t("Mean") }), ...mean, el("td", { text: all == null ? "" : count(all) })));
  }

  row(number) {
    const name = this.found.classes[number];
    const [precision, recall, f1, support] = this.found.rows[number];
    const told = this.found.never.has(number);
    const said = told ? el("small", { class: "never", text: t("never predicted") }) : null;
    const cells = [
      this.cell(told ? null : precision, { of: "taken", with: [number] }, t("Show others that were told {name}", { name })),
      this.cell(support ? recall : null, { of: "missed", with: [number] }, t("Show {name} told as another", { name })),
      el("td", {}, bar(support ? f1 : null)),
      el("td", { class: "support" }, this.button(count(support), { of: "cell", with: [number, number] }, t("Show {name} told right", { name }))),
    ];
    return el("tr", { "data-class": number }, el("th", { scope: "row", title: name }, el("span", { text: name }), said), ...cells);
  }

  cell(share, choice, label) {
    return el("td", {}, share == null ? el("span", { text: "–" }) : this.button(percent(share), choice, label, share));
  }

  button(text, choice, label, share = null) {
    const button = el("button", { type: "button", class: "figure-button", "data-of": choice.of, title: label, "aria-label": `${text}, ${label}` }, share == null ? null : meter(share), el("span", { text }));
    button.addEventListener("click", () => this.pick(choice));
    return button;
  }
}

function bar(share) {
  return el("span", { class: "figure-plain" }, share == null ? null : meter(share), el("span", { text: share == null ? "–" : percent(share) }));
}

function meter(share) {
  const fill = el("i");
  fill.style.width = `${100 * share}%`;
  return el("span", { class: "meter", "aria-hidden": "true" }, fill);
}
