/** The figures of this moment, in a row. */

import { el, write } from "../dom.js";
import { bytes, count, figure, lasted, t } from "../words.js";
import { metrics, present } from "./figures.js";

const SPEED = {
  pictures: () => t("Pictures a second"),
  rows: () => t("Rows a second"),
  examples: () => t("Examples a second"),
};

export class Numbers {
  constructor() {
    this.element = el("dl", { class: "numbers" });
  }

  /** @param {Object} run  @param {Object} words `{titles, shares, unit}` */
  show(run, words) {
    const cells = figures(run, words);
    const key = cells.map(({ id, title }) => `${id} ${title}`).join();
    if (key !== this.key) {
      this.element.replaceChildren(...cells.map(({ id, title }) => el("div", {}, el("dt", { text: title }), el("dd", { "data-number": id }))));
      this.key = key;
    }
    cells.forEach(({ value }, n) => write(this.element.children[n].lastChild, value));
  }

  /** How well it does, as a sentence for those who listen. */
  get told() {
    const cells = [...this.element.children].slice(0, 4);
    return cells.map(({ children }) => [...children].map(({ textContent }) => textContent).join(" ")).join(". ");
  }
}

/** Each as `{id, title, value}`. */
function figures(run, { titles, shares, unit }) {
  const now = present(run);
  const [first] = metrics([run]);
  const pair = (name) => [
    { id: name, title: titles[name] ?? name, value: figure(now.training[name], shares.includes(name)) },
    { id: `val_${name}`, title: t("{figure}, validation", { figure: titles[name] ?? name }), value: figure(now.validation[`val_${name}`], shares.includes(name)) },
  ];
  const goes = run.state === "running";
  return [
    ...(first ? pair(first) : []),
    ...pair("loss"),
    { id: "speed", title: SPEED[unit](), value: now.speed ? count(Math.round(now.speed)) : "–" },
    goes ? { id: "left", title: t("Time left"), value: lasted(now.left) } : { id: "took", title: t("Time taken"), value: lasted(now.took) },
    ...(goes ? [{ id: "memory", title: t("Memory"), value: now.memory ? bytes(now.memory) : "–" }] : []),
  ];
}
