/** One brick looked at closely: a channel, large, all of them, and one on other pictures. */

import { el, iconButton, mark, write } from "../dom.js";
import { Newest, tile } from "../looking.js";
import { count, figure, percent, shape, t } from "../words.js";
import { Finder } from "./finder.js";

const [FEW, STRONGEST] = [40, 24]; // units that are listed all, or else so many of them

export class Maps {
  constructor(panel) {
    this.panel = panel;
    this.close = new Newest();
    this.others = new Newest();
    this.name = el("h2");
    this.facts = el("p", { class: "facts-line" });
    this.finder = new Finder(panel, { of: "all", whole: true });
    this.orders = [["number", t("By number")], ["strength", t("Strongest first")]].map(([by, text]) =>
      el("button", { type: "button", "data-order": by, text, onclick: () => panel.order(by) }));
    const orders = el("div", { class: "scopes", role: "group", "aria-label": t("Order of the channels") }, ...this.orders);
    this.large = el("div", { class: "large" });
    this.sheet = el("div", { class: "channel-sheet", role: "listbox", "aria-label": t("Channels") });
    this.sheet.addEventListener("keydown", (event) => this.keyed(event));
    this.across = el("div", { class: "across" });
    this.acrossTitle = el("h3");
    this.failed = el("p", { class: "inside-told", role: "alert", hidden: true });
    this.element = el("aside", { class: "close-up", "aria-label": t("One brick, closely") }, el("div", { class: "close-head" }, this.name, this.facts), this.finder.element, this.failed, this.large, el("div", { class: "close-line" }, el("h3", { text: t("All channels") }), orders), this.sheet, this.acrossTitle, this.across);
  }

  /** The brick that is looked at; the first one with maps to begin with. */
  get brick() {
    const { state, looked: answer } = this.panel;
    const known = answer.bricks.some(({ brick }) => brick === state.brick);
    return known ? state.brick : (answer.bricks.find(({ kind }) => kind === "maps") ?? answer.bricks[0])?.brick;
  }

  draw() {
    const { panel, brick } = this;
    const time = panel.yard.timeOf(brick);
    const several = panel.looked.bricks.filter((one) => one.brick === brick);
    const brickGave = several[Math.min(time, several.length - 1)];
    this.inner = panel.innerOf(brick);
    const inside = panel.looked.insides.find((one) => one.brick === brick && one.time === brickGave.time && one.inner === this.inner);
    this.gave = this.inner == null ? brickGave : (inside ?? { brick, time: brickGave.time });
    if (!panel.state.brick) {
      panel.state.brick = brick;
      panel.yard.choose();
    }
    for (const button of this.orders) mark(button, "aria-pressed", String(button.dataset.order === panel.state.order));
    this.finder.draw(brick, this.inner);
    write(this.name, panel.nameOf(brick, this.inner));
    if (this.gave.shape) this.words(this.gave);
    const ask = panel.ask("channels", { brick, time: this.gave.time, inner: this.inner, order: panel.state.order, channel: panel.state.channel ?? this.gave.order?.[0] ?? 0 });
    const key = JSON.stringify([ask, panel.turn]);
    if (key === this.key) return;
    this.key = key;
    this.look(ask);
  }

  words(gave) {
    const parts = [shape(gave.shape)];
    if (gave.zeros >= 0.005) parts.push(t("{share} of the numbers are 0", { share: percent(gave.zeros, 0) }));
    if (gave.silent) parts.push(gave.kind === "maps" ? t("{some} of {all} channels are silent here", { some: count(gave.silent), all: count(gave.channels) }) : t("{some} of {all} are silent here", { some: count(gave.silent), all: count(gave.channels) }));
    parts.push(t("from {low} to {high}", { low: figure(gave.low, false, 3), high: figure(gave.high, false, 3) }));
    write(this.facts, parts.join(" · "));
  }

  async look(ask) {
    const found = await this.close.look(ask, { body: this.panel.picture });
    if (!found || this.panel.left) return;
    mark(this.failed, "hidden", found.state !== "failed");
    write(this.failed, found.said ?? "");
    if (found.state === "failed") return;
    this.found = found;
    this.words(found);
    const maps = found.kind === "maps";
    mark(this.element, "data-kind", found.kind);
    if (maps) this.drawMaps(found);
    else this.drawValues(found);
    if (maps && this.compared) this.ask();
    else this.others.drop();
    for (const one of [this.acrossTitle, this.across]) mark(one, "hidden", !maps || !this.compared);
  }

  drawMaps(found) {
    const { panel } = this;
    panel.state.channel = found.channel;
    panel.yard.choose();
    const strong = found.strengths[found.order.indexOf(found.channel)];
    const title = el("figcaption", {}, el("b", { text: t("Channel {number}", { number: found.channel }) }), el("span", { class: "spring" }),
      iconButton("left", t("Channel before"), () => this.step(-1)), turned(iconButton("left", t("Next channel"), () => this.step(1))));
    const map = el("figure", {}, tile(found.large, 0, { label: t("Channel {number} of {name}", { number: found.channel, name: this.name.textContent }) }), title);
    const figures = panel.looked.seen ? [el("figure", {}, tile(panel.looked.seen, 0, { label: t("The picture as the network sees it") }), el("figcaption", {}, el("span", { text: t("The picture") })))] : [];
    if (strong != null) map.append(el("div", { class: "strong", role: "img", "aria-label": t("Strength: {share} of the strongest channel", { share: percent(strong, 0) }), title: t("Strength: {share} of the strongest channel", { share: percent(strong, 0) }) }, bar(strong)));
    this.large.replaceChildren(...figures, map);
    this.tiles = found.order.map((channel, n) => {
      const label = t("Channel {number}", { number: channel });
      const button = el("button", { type: "button", class: "channel", role: "option", "aria-label": label, title: label, "data-channel": channel, "aria-selected": String(channel === found.channel), tabindex: channel === found.channel ? "0" : "-1", onclick: () => panel.pick(found.brick, channel, found.inner ?? null) });
      button.append(tile(found.sheet, n), bar(found.strengths[n]));
      return button;
    });
    const held = this.sheet.contains(panel.root.getRootNode().activeElement);
    this.sheet.replaceChildren(...this.tiles);
    const here = this.tiles[found.order.indexOf(found.channel)];
    if (held) here?.focus();
    const rest = found.channels - found.order.length;
    if (rest > 0) this.sheet.append(el("p", { class: "none small", text: t("and {count} more", { count: count(rest) }) }));
  }

  /** Arrow keys go from channel to channel. */
  keyed(event) {
    const across = Math.max(1, Math.floor(this.sheet.clientWidth / (this.tiles?.[0]?.offsetWidth + 4 || 1)));
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    if (!step) return;
    event.preventDefault();
    this.step(step);
  }

  step(by) {
    const { order, channel, brick, inner = null } = this.found;
    const next = order[Math.min(order.length - 1, Math.max(0, order.indexOf(channel) + by))];
    this.panel.pick(brick, next, inner);
  }

  /** Units: all as points, and the strongest, or all where they are few, as bars. */
  drawValues(found) {
    const { values, kind } = found;
    const most = Math.max(1e-12, ...values.map(Math.abs));
    const whole = tile(found.tile, 0, { label: kind === "steps" ? t("Features over steps") : t("{count} units", { count: values.length }) });
    whole.classList.add("wide");
    const firing = values.filter((value) => value > 0).length;
    const said = t("{some} of {all} are above 0.", { some: count(firing), all: count(values.length) });
    this.sheet.classList.toggle("named", Boolean(found.names));
    const few = values.length <= FEW;
    this.large.replaceChildren(whole, el("p", { class: "facts-line", text: few || kind === "steps" ? said : `${said} ${t("The strongest:")}` }));
    const ranked = values.map((value, n) => [value, n]);
    if (!few) ranked.sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]));
    this.sheet.replaceChildren(...(kind === "units" ? ranked.slice(0, few ? FEW : STRONGEST) : []).map(([value, n]) => this.value(value, n, most)));
  }

  value(value, n, most) {
    const line = el("p", { class: "unit-value", "data-below": value < 0 }, el("small", { text: this.found.names?.[n] ?? String(n), title: this.found.names?.[n] }), bar(Math.abs(value) / most), el("span", { text: figure(value, false, 3) }));
    return line;
  }

  /** Whether there are other pictures to hold it against. */
  get compared() {
    const { pictures, examples } = this.panel.data.tower;
    return pictures && examples;
  }

  /** The same channel on a picture of each class. */
  async ask() {
    const { brick, time, inner = null, channel } = this.found;
    const key = JSON.stringify([brick, time, inner, channel, this.panel.key]);
    write(this.acrossTitle, t("Channel {number} on other pictures", { number: channel }));
    if (key === this.acrossKey) return;
    const { run, which } = this.panel.data.looking;
    mark(this.across, "aria-busy", "true");
    const found = await this.others.look({ what: "across", run, which, brick, time, inner, channel });
    if (!found || this.panel.left) return;
    mark(this.across, "aria-busy", null);
    this.acrossKey = key;
    if (found.state === "failed") return void this.across.replaceChildren();
    this.across.replaceChildren(...found.at.map((at, n) => {
      const label = found.names[n] ?? t("Example {number}", { number: at });
      const button = el("button", { type: "button", class: "other", "aria-label": t("Look at this picture: {name}", { name: label }), onclick: () => this.panel.show(at) });
      button.append(...(found.seen ? [tile(found.seen, n)] : []), tile(found.maps, n), bar(found.strengths[n]), el("small", { text: label }));
      return button;
    }));
  }

  forget() {
    this.close.drop();
    this.others.drop();
    this.key = this.acrossKey = null;
  }
}

/** How strong something is, as a thin bar. */
function bar(share) {
  const whole = el("span", { class: "thin-bar", "aria-hidden": "true" }, el("i"));
  whole.firstElementChild.style.width = `${Math.round(100 * Math.min(1, share ?? 0))}%`;
  return whole;
}

function turned(button) {
  button.classList.add("turned");
  return button;
}
