/** Bricks through the system's clipboard: between projects, windows and people. */

import { plant, remove } from "./actions.js";
import { ours, typing } from "./keys.js";
import { read, sort, written } from "./sheets.js";
import { t } from "./words.js";

export class Clipboard {
  constructor(bench) {
    this.bench = bench;
    this.off = new AbortController();
    for (const type of ["copy", "cut", "paste"]) {
      const listen = (event) => this.clipboard(type, event);
      document.addEventListener(type, listen, { signal: this.off.signal });
    }
  }

  leave() {
    this.off.abort();
  }

  clipboard(type, event) {
    // Bricks may be pasted wherever no text is typed: a menu that was open keeps the focus.
    const here = type === "paste" ? !typing(event) : ours(this.bench, event);
    if (!here || this.selecting()) return;
    if (type === "paste") return this.paste(event.clipboardData.getData("text/plain"), event);
    const ids = this.bench.picks;
    if (!ids.length) return;
    event.clipboardData.setData("text/plain", this.text(ids));
    event.preventDefault();
    if (type === "cut") remove(this.bench, ids);
    else this.told(ids);
  }

  text(ids) {
    return written(...ids.map((id) => this.bench.stage(id)));
  }

  told(ids) {
    const one = t("{brick} copied.", { brick: this.bench.called(ids[0]) });
    this.bench.say(ids.length === 1 ? one : t("{count} bricks copied.", { count: ids.length }));
  }

  /** For buttons: the browser may ask the person first. */
  async copy(ids) {
    try {
      await navigator.clipboard.writeText(this.text(ids));
      this.told(ids);
    } catch {
      this.bench.tell(t("The browser keeps its clipboard to itself. Press Ctrl+C instead."));
    }
  }

  selecting() {
    const root = this.bench.root.getRootNode();
    const selection = root.getSelection?.() ?? document.getSelection();
    return Boolean(selection) && !selection.isCollapsed;
  }

  paste(text, event) {
    const { bench } = this;
    const found = sort(text, bench.kinds);
    if (!text.trim()) return;
    event.preventDefault();
    if (found === "bricks") plant(bench, read(text, bench.kinds));
    else if (found === "code") bench.onCode(text);
    else bench.tell(t("What was pasted holds no bricks."));
  }
}
