/** The padlocks on the board: each can be pressed where it is drawn. */

import { toggleLock } from "./actions.js";
import { arrange, el, mark } from "./dom.js";
import { padlock } from "./draw/seal.js";
import { valueOf } from "./settings.js";
import { t } from "./words.js";

export class Locks {
  constructor(bench) {
    this.bench = bench;
    this.buttons = new Map();
    this.element = el("div", { class: "locks", role: "group", "aria-label": t("Padlocks") });
  }

  draw() {
    const before = this.buttons;
    this.buttons = new Map();
    const nodes = this.bench.readonly ? [] : this.bench.board.nodes;
    for (const { stage } of nodes.filter((node) => node.stage)) {
      const setting = lockOf(this.bench, stage);
      if (!setting) continue;
      const button = before.get(stage.id) ?? this.button(stage.id);
      this.told(button, stage, valueOf(stage, setting));
      this.buttons.set(stage.id, button);
    }
    mark(this.element, "hidden", !this.buttons.size);
    arrange(this.element, [...this.buttons.values()]);
  }

  button(id) {
    const button = el("button", { type: "button", class: "lock", "data-lock": id });
    // The second click of a double one is no second wish.
    button.addEventListener("click", (event) => event.detail < 2 && toggleLock(this.bench, id));
    return button;
  }

  told(button, { id }, frozen) {
    const said = t("Padlock of {brick}: {state}", { brick: this.bench.called(id), state: stateOf(frozen) });
    mark(button, "aria-label", said);
    mark(button, "title", `${said} (L)`);
    mark(button, "aria-keyshortcuts", "l");
    mark(button, "data-state", padlock(frozen));
  }

  place({ places }) {
    for (const [id, button] of this.buttons) {
      const place = places.get(id);
      mark(button, "hidden", !place?.lock);
      if (!place?.lock) continue;
      button.style.setProperty("--x", Math.round(place.at[0] + place.lock[0]));
      button.style.setProperty("--y", Math.round(place.at[1] + place.lock[1]));
    }
  }
}

/** The setting that is a brick's padlock, if it has one. */
export const lockOf = (bench, stage) => bench.kind(stage.kind).settings?.find(({ kind }) => kind === "padlock");

/** A padlock's state in words. */
export function stateOf(frozen) {
  const state = padlock(frozen);
  if (state === "partly") return t("half open, the first {count} layers are frozen", { count: frozen });
  return state === "shut" ? t("shut, frozen") : t("open, it learns");
}
