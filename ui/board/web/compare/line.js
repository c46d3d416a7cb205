/** One run in the table. */

import { el, icon, iconButton, mark, relabel, write } from "../dom.js";
import { figure, lasted, t, tellTime } from "../words.js";
import { active } from "./listing.js";

export class Line {
  constructor(table, id) {
    this.table = table;
    this.choose = el("input", { type: "checkbox", onchange: () => table.choose(id) });
    this.sign = el("span", { class: "letter", "aria-hidden": "true" });
    this.star = el("button", { type: "button", class: "tool", "data-act": "star", onclick: () => table.star(this.row) }, icon("star"));
    this.name = el("b");
    this.crown = el("span", { class: "crown", text: t("Best") });
    this.when = el("small");
    this.note = el("input", { type: "text", maxlength: 300, autocomplete: "off" });
    this.note.addEventListener("change", () => table.note(this.row, this.note.value.trim()));
    this.note.addEventListener("keydown", (event) => this.key(event));
    this.cells = Object.fromEntries(["state", "best", "loss", "test", "time", "data"].map((name) => [name, el("td", { class: name })]));
    const first = el("th", { scope: "row", class: "name" }, el("span", {}, this.name, this.crown), this.when);
    const box = el("label", { class: "box" }, this.choose, this.sign);
    this.open = iconButton("follow", t("Open as a new tower"), () => table.act({ op: "open_run", run: id }), { "data-act": "open" });
    this.element = el("tr", { "data-run": id }, el("td", { class: "choose" }, box), el("td", { class: "star" }, this.star), first, ...Object.values(this.cells), el("td", { class: "note" }, this.note), el("td", { class: "open" }, this.open));
  }

  key(event) {
    if (event.key === "Escape") this.note.value = this.row.note;
    if (event.key === "Enter" || event.key === "Escape") this.note.blur();
    event.stopPropagation();
  }

  show(row, chosen, letter) {
    this.row = row;
    const told = tellTime(row.when);
    this.choose.checked = chosen;
    mark(this.choose, "aria-label", t("Compare {name}, {when}", { name: row.name, when: told }));
    write(this.sign, letter ?? "");
    mark(this.sign, "data-letter", letter);
    mark(this.element, "data-chosen", chosen);
    mark(this.element, "data-best", row.best);
    mark(this.element, "data-state", row.state);
    mark(this.star, "aria-pressed", String(row.star));
    relabel(this.star, row.star ? t("Take the star away") : t("Give it a star"));
    write(this.name, row.name);
    mark(this.name, "title", row.name);
    mark(this.crown, "hidden", !row.best);
    write(this.when, told);
    for (const [name, text] of Object.entries(figures(row))) write(this.cells[name], text);
    mark(this.cells.data, "title", row.data);
    if (this.note.getRootNode().activeElement !== this.note) this.note.value = row.note;
    mark(this.note, "aria-label", t("Note on {name}, {when}", { name: row.name, when: told }));
    mark(this.note, "placeholder", row.told || t("Add a note"));
    mark(this.note, "title", row.note || row.told || null);
  }
}

function figures(row) {
  const { test } = row;
  return {
    state: epochs(row),
    best: row.accuracy == null ? figure(row.mae, false, 3) : figure(row.accuracy, true),
    loss: figure(row.loss, false, 3),
    test: test.accuracy == null ? figure(test.mae ?? test.loss, false, 3) : figure(test.accuracy, true),
    time: lasted(row.seconds),
    data: row.data,
  };
}

/** How far it came, and in a word how that ended where it was not the end. */
function epochs(row) {
  if (row.state === "waiting") return t("waits");
  const far = row.epoch === row.epochs ? String(row.epoch) : `${row.epoch} / ${row.epochs}`;
  const words = { running: t("training now"), stopped: t("stopped"), failed: t("failed") };
  return active(row) || row.state !== "done" ? `${far} · ${words[row.state] ?? row.state}` : far;
}
