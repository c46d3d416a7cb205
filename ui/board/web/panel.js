/** A panel of a view: its root, its words, and its way to the server. */

import { beside, catalogue, use, VERSION } from "./catalogue.js";
import { el, mark } from "./dom.js";
import { memoryOf } from "./memory.js";
import { follow } from "./theme.js";
import { t } from "./words.js";

const STYLES = ["draw/draw.css", "workbench.css", "panels.css"];
const AGAIN = 3000; // milliseconds until what could not be fetched is tried again

/** Subclasses know `build()`, `draw()`, and where they hold something, `leave()`. */
export class Panel {
  /** @param {Element} parent  @param {string} name of its class  @param {...string} styles */
  constructor(parent, name, ...styles) {
    this.parent = parent;
    this.root = el("div", { class: `by-board workbench ${name}`, "data-ready": "no" });
    this.styled = Promise.all([...STYLES, ...styles].map((file) => this.dress(file)));
    this.live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
    parent.append(this.root);
    for (const kind of ["click", "dblclick"]) this.root.addEventListener(kind, (event) => this.hold(event), true);
    this.arrivals = 0;
  }

  /** The second click of a double click is for what the first was for, not for what that uncovered. */
  hold(event) {
    const meant = event.target.closest("button, summary, select, input, label, [role=option]") ?? event.target;
    if (event.type === "click" && event.detail < 2) this.clicked = meant;
    else if (this.clicked !== meant) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  dress(file) {
    const link = el("link", { rel: "stylesheet", href: beside(file) });
    this.root.append(link);
    return new Promise((done) => {
      link.onload = link.onerror = done;
    });
  }

  /** Take Streamlit's next word: new data, new ways to answer, maybe a new theme. */
  async answer(component) {
    this.component = component;
    follow(this.root);
    const arrival = ++this.arrivals;
    const { data } = component;
    if (!data) return;
    try {
      const book = await catalogue(data.lang);
      await this.styled;
      await this.fetch?.(data);
      if (arrival === this.arrivals && !this.left) this.take(data, book);
    } catch (problem) {
      console.warn(problem);
      setTimeout(() => arrival === this.arrivals && this.answer(component), AGAIN);
    }
  }

  take(data, book) {
    const met = this.meet(data);
    if (!this.outbox.answered(data.acks)) return;
    if (!met) this.outbox.post();
    this.kinds = book.kinds;
    this.data = data;
    if (this.lang !== data.lang) this.rebuild(data, book);
    this.settle?.();
    this.draw();
  }

  rebuild(data, book) {
    this.lang = data.lang;
    use(data.lang, book);
    this.root.querySelectorAll(":scope > :not(link)").forEach((child) => child.remove());
    mark(this.root, "lang", data.lang);
    this.root.append(...this.build(), this.live);
    mark(this.root, "data-ready", "yes");
  }

  /** Take up the outbox of this project; true where that was done before. */
  meet({ panel, project }) {
    const memory = memoryOf({ mode: panel, project });
    if (this.memory === memory) return true;
    this.memory?.release(this);
    this.memory = memory;
    this.outbox = memory.outbox;
    memory.hold(this, { send: (value) => this.component.setStateValue("outbox", value) });
    return false;
  }

  /** Do something: shown now where that can be foreseen, sent now, answered later. */
  act(op) {
    this.outbox.add(op);
    this.settle?.();
    this.draw();
  }

  /** Say a sentence to screen readers, also when it is the same as the last. */
  say(sentence) {
    this.live.textContent = this.live.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  get outdated() {
    return Boolean(this.data?.version) && this.data.version !== VERSION;
  }

  /** Taken off the page. */
  leave() {
    this.left = true;
    this.memory?.release(this);
    this.root.remove();
  }
}
