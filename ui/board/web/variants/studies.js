/** The menu of studies: a new one, and those of before. */

import { el, icon, mark } from "../dom.js";
import { t, tellTime } from "../words.js";

export class Menu {
  /** @param {Object} bench */
  constructor(bench) {
    this.bench = bench;
    this.fresh = el("button", { type: "button", class: "quiet", "data-act": "new" }, icon("plus"), el("span", { text: t("New variants") }));
    this.fresh.addEventListener("click", () => bench.act({ op: "open_study", study: null }));
    this.summary = el("summary", { class: "quiet", "data-act": "studies" }, el("span", { text: t("Tried before") }), icon("chevron"));
    this.list = el("div", { class: "menu-list study-list" });
    this.before = el("details", { class: "menu" }, this.summary, this.list);
    this.before.addEventListener("focusout", ({ relatedTarget }) => this.before.contains(relatedTarget) || this.shut());
    this.before.addEventListener("keydown", (event) => event.key === "Escape" && this.shut());
    this.element = el("div", { class: "study-menu" }, this.before, this.fresh);
  }

  shut() {
    const held = this.before.contains(this.before.getRootNode().activeElement);
    this.before.removeAttribute("open");
    if (held) this.summary.focus();
  }

  show() {
    const { studies, study } = this.bench.data;
    mark(this.before, "hidden", !studies.some(({ id }) => id !== study?.id));
    mark(this.fresh, "hidden", !study);
    const key = JSON.stringify([studies, study?.id]);
    if (key === this.key) return;
    this.key = key;
    this.list.replaceChildren(...studies.map((one) => this.row(one, one.id === study?.id)));
  }

  row({ id, when, state, axes, count }, here) {
    const words = { running: t("is being tried"), stopped: t("stopped"), failed: t("failed") };
    const said = [count === 1 ? t("1 variant") : t("{count} variants", { count }), words[state]].filter(Boolean).join(" · ");
    const item = el("button", { type: "button", class: "menu-item study-item", "data-study": id }, el("span", {}, el("b", { text: axes.join(", ") }), el("small", { text: `${tellTime(when)} · ${said}` })));
    mark(item, "aria-current", here ? "true" : null);
    item.addEventListener("click", () => {
      this.shut();
      if (!here) this.bench.act({ op: "open_study", study: id });
    });
    return item;
  }
}

/** That a study was deleted, and the way back. */
export class Gone {
  constructor(bench) {
    this.said = el("span", { text: t("These variants were deleted; they are kept for a day.") });
    this.undo = el("button", { type: "button", class: "repair", "data-act": "restore", text: t("Undo"), onclick: () => bench.act({ op: "restore_study" }) });
    this.element = el("p", { class: "gone-bar", role: "status", hidden: true }, this.said, this.undo);
  }

  show({ deleted }) {
    mark(this.element, "hidden", !deleted);
  }
}
