/** Asking for one of several. */

import { Dialog } from "../dialog.js";
import { el } from "../dom.js";

/** Ask which one; `done` gets it, unless the person goes back. */
export function choose(bench, { title, label, options, button }, done) {
  const dialog = new Dialog(bench, title, "ask");
  const field = el("select", { id: "choose" }, ...options.map((text) => el("option", { value: text, text })));
  const send = el("button", { type: "submit", class: "repair", text: button });
  const form = el("form", { class: "ask-form" }, el("label", { for: "choose", text: label }), field, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    done(field.value);
  });
  dialog.body.append(form);
  dialog.show();
  field.focus();
}
