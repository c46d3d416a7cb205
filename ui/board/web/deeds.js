/** Buttons for what can be done to the chosen bricks. */

import { beyond, duplicate, remove, shift, unwrap, wrap } from "./actions.js";
import { contiguous } from "./choice.js";
import { el, icon, iconButton, mark } from "./dom.js";
import { keep } from "./own.js";
import { t } from "./words.js";

/** The row of buttons for one brick. */
export function deeds(bench, id, kind) {
  const away = () => (bench.board.flipped ? -1 : 1);
  const button = (sign, label, act, press) => iconButton(sign, label, press, { "data-act": act });
  const up = button("up", t("Move up"), "up", () => shift(bench, [id], away()));
  const down = button("down", t("Move down"), "down", () => shift(bench, [id], -away()));
  const buttons = [
    up, down,
    button("copy", t("Duplicate"), "duplicate", () => duplicate(bench, [id])),
    button("crate", t("Wrap into a Block"), "wrap", () => wrap(bench, [id])),
    kind.container ? button("open", t("Unwrap"), "unwrap", () => unwrap(bench, id)) : null,
    button("save", t("Save as your own brick"), "keep", () => keep(bench, [id])),
    button("clear", t("Delete"), "delete", () => remove(bench, [id])),
  ];
  const element = el("div", { class: "deeds", role: "toolbar", "aria-label": t("Brick") });
  element.append(...buttons.filter(Boolean));
  const draw = () => {
    mark(up, "aria-disabled", String(!beyond(bench, [id], away())));
    mark(down, "aria-disabled", String(!beyond(bench, [id], -away())));
  };
  return { element, draw };
}

/** The panel for several bricks. */
export function several(bench, ids) {
  const head = el("h2", { text: t("{count} bricks chosen", { count: ids.length }) });
  const names = el("p", { class: "about", text: ids.map((id) => bench.called(id)).join(" · ") });
  const list = el("div", { class: "doings" });
  const add = (sign, label, act, keys, press) => list.append(doing(sign, label, act, keys, press));
  const run = contiguous(bench.tower, ids);
  if (run) add("crate", t("Wrap into a Block"), "wrap", "Ctrl+G", () => wrap(bench, ids));
  for (const [name, kind] of run ? containers(bench) : []) {
    const label = t("Wrap into {container}", { container: kind.title });
    add("crate", label, `wrap-${name}`, "", () => wrap(bench, ids, name));
  }
  add("copy", t("Duplicate"), "duplicate", "Ctrl+D", () => duplicate(bench, ids));
  add("copy", t("Copy"), "copy", "Ctrl+C", () => bench.clipboard.copy(ids));
  add("save", t("Save as your own brick"), "keep", "", () => keep(bench, ids));
  add("clear", t("Delete"), "delete", "Del", () => remove(bench, ids));
  const apart = t("To wrap them, choose bricks that stand on one another.");
  return [head, names, list, run ? null : el("p", { class: "about", text: apart })];
}

const containers = (bench) =>
  Object.entries(bench.kinds).filter(([name, kind]) => kind.container && name !== "Block");

function doing(sign, label, act, keys, press) {
  const traits = { type: "button", class: "doing", "data-act": act, onclick: press };
  return el("button", traits, icon(sign), el("span", { text: label }), el("kbd", { text: keys }));
}
