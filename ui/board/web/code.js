/** The script that the tower stands for, beside it and always up to date. */

import { beside } from "./catalogue.js";
import { el, icon, mark, write } from "./dom.js";
import { stretches } from "./highlight.js";
import { t } from "./words.js";

export class Code {
  constructor(bench) {
    this.bench = bench;
    this.lines = [];
    this.list = el("div", { class: "code-lines", tabindex: "0", role: "region" });
    mark(this.list, "aria-label", t("The script of this tower"));
    this.list.addEventListener("click", (event) => this.click(event));
    this.copy = el("button", { type: "button", class: "quiet", "data-act": "copy-code" });
    this.copied = el("span", { text: t("Copy") });
    this.copy.append(icon("copy"), this.copied);
    this.copy.addEventListener("click", () => this.take());
    for (const type of ["pointerenter", "focus"]) {
      this.copy.addEventListener(type, () => this.fetchAppendix().catch(() => {}));
    }
    const head = el("div", { class: "code-head" }, el("span", { text: "train.py" }), this.copy);
    this.element = el("div", { class: "code", role: "tabpanel", "data-panel": "code" });
    mark(this.element, "aria-label", t("Code"));
    this.element.append(head, this.list);
  }

  draw() {
    const { code } = this.bench.data;
    if (code !== this.text) this.rewrite(code ?? "");
    mark(this.list, "data-pending", this.bench.outbox.ops.length > 0);
    this.drawChoice();
  }

  /** Only lines that differ are made anew. */
  rewrite(code) {
    this.text = code;
    const texts = code.replace(/\n$/, "").split("\n");
    let inside = false;
    texts.forEach((text, at) => {
      const found = stretches(text, inside);
      const key = `${inside} ${text}`;
      inside = found.inside;
      if (this.lines[at]?.key !== key) this.replace(at, key, found.parts);
    });
    for (const line of this.lines.splice(texts.length)) line.remove();
  }

  replace(at, key, parts) {
    const spans = parts.map(({ kind, text }) =>
      kind === "rest" ? text : el("span", { class: `py-${kind}`, text }),
    );
    const line = el("div", { class: "line", "data-line": at + 1 }, ...spans);
    line.key = key;
    if (this.lines[at]) this.lines[at].replaceWith(line);
    else this.list.append(line);
    this.lines[at] = line;
  }

  drawChoice() {
    const [first, last] = this.bench.stage(this.bench.chosen)?.lines ?? [0, -1];
    this.lines.forEach((line, at) => {
      mark(line, "data-chosen", at + 1 >= first && at + 1 <= last);
    });
    const key = `${this.bench.chosen} ${first} ${last}`;
    if (key !== this.shown) this.reveal();
    this.shown = key;
  }

  /** Scroll to the chosen brick's line, inside the code only. */
  reveal() {
    const line = this.list.querySelector("[data-chosen]");
    const { tab, width } = this.bench.root.dataset;
    if (!line || (tab !== "code" && width !== "wide")) return;
    const { scrollTop, clientHeight } = this.list;
    const middle = line.offsetTop - clientHeight / 2;
    const seen = line.offsetTop > scrollTop && line.offsetTop < scrollTop + clientHeight - 20;
    if (!seen) this.list.scrollTop = middle;
  }

  click(event) {
    const line = Number(event.target.closest("[data-line]")?.dataset.line);
    if (!line || !document.getSelection()?.isCollapsed) return;
    const stage = this.bench.tower.find(({ lines }) => lines && lines[0] <= line && line <= lines[1]);
    if (stage) {
      this.bench.choose(stage.id);
      this.bench.board.show(stage.id);
    }
  }

  async fetchAppendix() {
    const file = this.bench.data.appendix?.file;
    if (!file) return "";
    if (this.fetched?.file !== file) {
      const text = fetch(beside(file)).then((answer) => {
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
        return answer.text();
      });
      this.fetched = { file, text };
    }
    return this.fetched.text;
  }

  async take() {
    try {
      await copyText(whole(this.bench.data, await this.fetchAppendix()), this.element);
      this.answer(t("Copied"));
    } catch {
      this.fetched = null;
      this.answer(t("Could not copy"));
    }
  }

  answer(word) {
    write(this.copied, word);
    this.bench.say(word);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => write(this.copied, t("Copy")), 2000);
  }
}

/** The script with the pictures that it carries, where the shown one has but a mark. */
function whole({ code, appendix }, carried) {
  return appendix && carried ? code.replace(`${appendix.mark}\n`, () => carried) : code;
}

/** Copy by the clipboard, or the old way where a page without https has none. */
async function copyText(text, near) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  near.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}
