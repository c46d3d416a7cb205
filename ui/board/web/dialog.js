/** A sheet over the page: it takes the focus, and Escape closes it. */

import { el, iconButton, mark, write } from "./dom.js";
import { t } from "./words.js";

export class Dialog {
  /** @param {Object} bench  @param {string} title  @param {string} name for its class */
  constructor(bench, title, name) {
    this.bench = bench;
    const shut = iconButton("close", t("Close"), () => this.close());
    this.head = el("header", { class: "sheet-head" }, el("h2", { text: title }), shut);
    this.body = el("div", { class: "sheet-body" });
    this.element = el("dialog", { class: `sheet ${name}` }, this.head, this.body);
    mark(this.element, "aria-label", title);
    this.element.addEventListener("close", () => this.closed());
    // A press beside the sheet closes it; one that began in it does not.
    this.element.addEventListener("pointerdown", (event) => {
      if (event.target === this.element) this.close();
    });
  }

  get open() {
    return this.element.open;
  }

  show() {
    if (!this.element.isConnected) this.bench.root.append(this.element);
    if (this.open) return;
    this.back = this.bench.root.getRootNode().activeElement;
    this.element.showModal();
  }

  close() {
    if (this.open) this.element.close();
  }

  closed() {
    this.element.remove();
    if (this.back?.isConnected) this.back.focus({ preventScroll: true });
  }

  leave() {
    this.element.remove();
  }
}

/**
 * Ask for one line of text; `done` gets it, unless the person goes back. Where `doubt`
 * finds a question about it, that is asked first, and `sure` is the button's answer.
 */
export function ask(bench, { title, label, value = "", most = 60, button, doubt, sure }, done) {
  const dialog = new Dialog(bench, title, "ask");
  const input = el("input", { type: "text", maxlength: most, autocomplete: "off", id: "ask" });
  const send = el("button", { type: "submit", class: "repair", text: button });
  const question = el("p", { class: "doubt", role: "alert" });
  const form = el("form", { class: "ask-form" }, el("label", { for: "ask", text: label }), input, question, send);
  const wonder = (text) => {
    write(question, text ?? "");
    write(send, text ? sure : button);
  };
  wonder(null);
  input.addEventListener("input", () => wonder(null));
  dialog.element.addEventListener("cancel", (event) => {
    if (!question.textContent) return;
    event.preventDefault(); // Escape takes the question back, not all of it
    wonder(null);
    input.select();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return input.focus();
    const asked = question.textContent ? null : doubt?.(text);
    if (asked) return wonder(asked);
    dialog.close();
    done(text);
  });
  dialog.body.append(form);
  dialog.show();
  input.value = value;
  input.select();
}
