/** The table of runs: found, sorted, starred, noted, deleted, and chosen to be compared. */

import { arrange, el, icon, mark, write } from "../dom.js";
import { Panel } from "../panel.js";
import { recall, remember } from "../remember.js";
import { t } from "../words.js";
import { active, COLUMNS, foreseen, found, sorted, toggled } from "./listing.js";
import { Line } from "./line.js";

export class Runs extends Panel {
  constructor(parent) {
    super(parent, "compare-panel", "letters.css", "compare/compare.css");
    const [by, way] = (recall("runs-by") ?? "when down").split(" ");
    this.order = COLUMNS[by] ? { by, down: way === "down" } : { by: "when", down: true };
    this.text = "";
    this.lines = new Map();
  }

  build() {
    this.lines = new Map();
    this.search = el("input", { type: "search", placeholder: t("Find a run"), "aria-label": t("Find a run"), value: this.text });
    this.search.addEventListener("input", () => {
      this.text = this.search.value;
      this.draw();
    });
    this.scopes = [[false, t("This tower")], [true, t("All my towers")]].map(([everywhere, text]) => {
      const press = () => everywhere !== this.state.everywhere && this.act({ op: "list_runs", everywhere });
      return el("button", { type: "button", class: "scope", "data-everywhere": String(everywhere), text, onclick: press });
    });
    const scope = el("div", { class: "scopes", role: "group", "aria-label": t("Which runs") }, ...this.scopes);
    this.many = el("span", { class: "many", role: "status" });
    this.bin = el("button", { type: "button", class: "quiet", "data-act": "delete" }, icon("clear"), el("span", { text: t("Delete") }));
    this.bin.addEventListener("click", () => this.remove());
    this.find = el("div", { class: "search" }, icon("search"), this.search);
    const tools = el("div", { class: "run-tools" }, scope, this.find, el("span", { class: "spring" }), this.many, this.bin);
    this.undo = el("button", { type: "button", class: "repair", "data-act": "restore", text: t("Undo") });
    this.undo.addEventListener("click", () => this.act({ op: "restore_runs" }));
    this.gone = el("span");
    this.bar = el("p", { class: "gone-bar", hidden: true }, this.gone, this.undo);
    return [tools, this.bar, this.table()];
  }

  table() {
    const names = { star: t("Star"), name: t("Run"), state: t("Epochs"), best: t("Best validation"), loss: t("Validation loss"), test: t("Test"), time: t("Time"), data: t("Data"), note: t("Note") };
    this.heads = Object.entries(names).map(([by, text]) => this.head(by, text));
    const head = el("thead", {}, el("tr", {}, el("th", { class: "choose", scope: "col" }, el("span", { class: "unseen", text: t("Compare") })), ...this.heads, el("th", { class: "open", scope: "col" }, el("span", { class: "unseen", text: t("Open") }))));
    this.top = el("tbody", { class: "top" });
    this.rest = el("tbody");
    this.none = el("p", { class: "none", role: "status" });
    const table = el("table", { class: "runs" }, head, this.top, this.rest);
    this.frame = el("div", { class: "runs-frame", tabindex: "0", role: "region", "aria-label": t("Runs") }, table, this.none);
    return this.frame;
  }

  /** A head sorts; the first one by name, and at a second press by time. */
  head(by, text) {
    const label = by === "star" ? [icon("star"), el("span", { class: "unseen", text })] : [text];
    const button = el("button", { type: "button", "data-sort": by }, ...label, icon("chevron"));
    button.addEventListener("click", () => this.sort(by));
    const twice = by === "name" ? el("button", { type: "button", "data-sort": "when" }, t("When"), icon("chevron")) : null;
    twice?.addEventListener("click", () => this.sort("when"));
    return el("th", { scope: "col", class: by, "data-by": by }, button, twice);
  }

  sort(by) {
    const { order } = this;
    const down = order.by === by ? !order.down : Boolean(COLUMNS[by].down);
    this.order = { by, down };
    remember("runs-by", `${by} ${down ? "down" : "up"}`);
    this.draw();
  }

  settle() {
    this.state = foreseen(this.data, this.outbox.ops);
  }

  draw() {
    const { rows, chosen, everywhere } = this.state;
    for (const scope of this.scopes) mark(scope, "aria-pressed", String(scope.dataset.everywhere === String(everywhere)));
    const seen = sorted(found(rows, this.text), this.order.by, this.order.down);
    this.drawHeads();
    this.drawLines(seen);
    write(this.none, rows.length && !seen.length ? t("No run says “{text}”.", { text: this.text.trim() }) : "");
    mark(this.none, "hidden", Boolean(seen.length) || !rows.length);
    for (const part of [this.frame, this.find, this.many, this.bin]) mark(part, "hidden", !rows.length);
    this.drawTools(chosen);
    mark(this.root, "aria-busy", this.outbox.ops.length ? "true" : null);
  }

  drawHeads() {
    const { by, down } = this.order;
    for (const head of this.heads) {
      const here = head.dataset.by === by || (by === "when" && head.dataset.by === "name");
      mark(head, "aria-sort", here ? (down ? "descending" : "ascending") : null);
      for (const button of head.querySelectorAll("[data-sort]")) {
        mark(button, "data-way", button.dataset.sort === by ? (down ? "down" : "up") : null);
      }
    }
  }

  /** The best run stays on top, whatever the rest is sorted by. */
  drawLines(seen) {
    const before = this.lines;
    this.lines = new Map();
    for (const row of seen) {
      const line = before.get(row.id) ?? new Line(this, row.id);
      line.show(row, this.state.chosen.includes(row.id), this.letter(row.id));
      this.lines.set(row.id, line);
    }
    const held = this.root.getRootNode().activeElement;
    const elements = seen.map(({ id }) => this.lines.get(id).element);
    arrange(this.top, elements.filter((_, n) => seen[n].best));
    arrange(this.rest, elements.filter((_, n) => !seen[n].best));
    if (this.root.contains(held)) held.focus({ preventScroll: true });
  }

  /** The oldest of the chosen is A, as on the curves. */
  letter(id) {
    const ids = this.data.rows.map((row) => row.id).reverse().filter((one) => this.state.chosen.includes(one));
    const at = ids.indexOf(id);
    return at < 0 ? null : "ABCDEFGH"[at];
  }

  drawTools(chosen) {
    write(this.many, chosen.length === 1 ? t("1 run chosen") : t("{count} runs chosen", { count: chosen.length }));
    mark(this.bin, "disabled", !chosen.length);
    const deleting = this.outbox.ops.filter(({ op }) => op === "delete_runs").at(-1)?.runs.length;
    const restoring = this.outbox.ops.some(({ op }) => op === "restore_runs");
    const number = restoring ? 0 : (deleting ?? this.data.deleted);
    mark(this.bar, "hidden", !number);
    write(this.gone, number === 1 ? t("1 run was deleted; it is kept for a day.") : t("{count} runs were deleted; they are kept for a day.", { count: number }));
  }

  choose(id) {
    this.act({ op: "choose_runs", runs: toggled(this.state.chosen, id, this.data.most) });
  }

  star(row) {
    this.act({ op: "star_run", run: row.id, on: !row.star });
  }

  note(row, note) {
    if (note !== row.note) this.act({ op: "note_run", run: row.id, note });
  }

  remove() {
    const { chosen, rows } = this.state;
    const number = rows.filter((row) => chosen.includes(row.id) && !active(row)).length;
    this.act({ op: "delete_runs", runs: chosen });
    if (number) this.undo.focus({ preventScroll: true });
    this.say(number === 1 ? t("1 run was deleted; it is kept for a day.") : t("{count} runs were deleted; they are kept for a day.", { count: number }));
  }
}
