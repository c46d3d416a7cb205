/** One brick on the board: its drawing, and its words beside it. */

import { brick, settled } from "./draw/draw.js";
import { drawing, el, mark, write } from "./dom.js";
import { count, shape, t } from "./words.js";

const SLIM = 34; // a brick too low for two lines of text
const THIN = 16; // glass: too low for one among others, and its word stands on it
const DEEP = 11.34; // pixels that half a stud comes forward on the paper

export class Row {
  constructor(bench, stage) {
    this.bench = bench;
    this.id = stage.id;
    this.art = { lift: 0, box: { x: 0, y: 0, width: 0, height: 0 } };
    this.title = el("b");
    this.name = el("span", { class: "own-name" });
    this.facts = el("small");
    this.tag = el("div", { class: "tag" }, this.title, this.name, this.facts);
    this.picture = el("div", { class: "picture" });
    this.element = el("div", { class: "brick", id: `brick-${stage.id}`, "data-id": stage.id });
    this.element.append(this.picture, this.tag);
    mark(this.element, "role", bench.readonly ? "listitem" : "option");
  }

  /** Show a stage on a brick that ends in `below`; only what changed is drawn again. */
  show(stage, below) {
    const lone = this.bench.empty;
    if (stage === this.stage && below === this.below && lone === this.lone) return;
    Object.assign(this, { stage, below, lone });
    const kind = this.bench.kind(stage.kind);
    write(this.title, kind.title);
    write(this.name, stage.name ?? "");
    write(this.facts, facts(stage));
    mark(this.element, "data-kind-of", stage.kind);
    mark(this.element, "data-pending", Boolean(stage.pending));
    const wrong = Boolean(stage.problem) && !lone;
    mark(this.element, "data-problem", wrong);
    mark(this.element, "aria-label", described(stage, kind));
    mark(this.element, "aria-describedby", wrong ? `problem-${stage.id}` : null);
    this.paint(stage, kind, below);
  }

  paint(stage, kind, below) {
    const settings = settled(stage, kind);
    const { gets, gives } = stage;
    const look = { looks: kind.looks, settings, gets, gives, below };
    const glass = kind.looks.profile === "glass";
    look.activation = glass ? null : (settings.activation ?? null);
    const key = JSON.stringify(look);
    if (key === this.key) return;
    this.key = key;
    this.art = brick(look);
    const { x, y, width, height } = this.art.box;
    const rim = `<polygon class="rim" points="${this.art.outline}"/>`;
    const svg = drawing(this.art.markup + rim, `${x} ${y} ${width} ${height}`);
    const place = { "--x": x, "--y": y, "--w": width, "--h": height };
    for (const [name, value] of Object.entries(place)) svg.style.setProperty(name, value);
    this.picture.replaceChildren(svg);
    this.element.style.setProperty("--lift", this.art.lift);
    this.element.style.setProperty("--front", front(this.art));
    mark(this.element, "data-slim", this.art.lift < SLIM);
    mark(this.element, "data-thin", this.art.lift < THIN);
  }

  /** A copy of the drawing alone, for the hand and for the place it would take. */
  likeness() {
    return this.picture.cloneNode(true);
  }

  /** To its height, and in front of what it stands on. */
  stand(height, order) {
    if (this.order !== order) this.element.style.zIndex = this.order = order;
    const transform = `translateY(calc(var(--up) * ${height}px * var(--zoom)))`;
    if (this.transform !== transform) this.element.style.transform = transform;
    this.transform = transform;
  }
}

/** How far a brick's front corner hangs below the middle of its underside. */
function front({ under }) {
  return Math.round(((under.wide + under.deep) / 2) * DEEP);
}

function facts(stage) {
  if (stage.weights == null) return stage.id === "data" || stage.id === "label" ? "" : "…";
  if (!stage.weights) return "";
  return stage.weights === 1 ? t("1 weight") : t("{count} weights", { count: count(stage.weights) });
}

/** What a screen reader says of a brick. */
function described(stage, kind) {
  const said = [kind.title];
  if (stage.name) said.push(stage.name);
  if (stage.gets) said.push(t("gets {shape}", { shape: shape(stage.gets) }));
  if (stage.gives) said.push(t("gives {shape}", { shape: shape(stage.gives) }));
  if (stage.weights) said.push(facts(stage));
  if (stage.problem) said.push(t("does not fit"));
  return said.join(", ");
}
