/** One brick on the board: where it is pressed, and its words beside it. */

import { drawing, el, icon, mark, write } from "./dom.js";
import { isRandom, ownTitle } from "./draw/seal.js";
import { within } from "./layout.js";
import { followed } from "./settings.js";
import { count, shape, short, t } from "./words.js";

const LEAN = 6; // the words of a brick stand a little above its front
const THIN = 16; // glass: too low for one among others, and its word stands on it

export class Row {
  constructor(bench, id) {
    this.bench = bench;
    this.id = id;
    this.title = el("b");
    this.name = el("span", { class: "own-name" });
    this.facts = el("small");
    this.tag = el("div", { class: "tag" }, el("span", { class: "called" }, this.title, this.name), this.facts);
    this.rim = drawing("");
    this.rim.classList.add("touch");
    this.element = el("div", { class: "brick", id: `brick-${id}`, "data-id": id });
    this.element.append(this.rim, this.tag);
    mark(this.element, "role", bench.readonly ? "listitem" : "treeitem");
  }

  /** Show a node of the tower: its words, and what a screen reader says. */
  show(node, folded) {
    const { stage } = node;
    const lone = this.bench.empty;
    const key = `${node.depth} ${node.at} ${node.of} ${folded} ${lone}`;
    if (stage === this.stage && key === this.key) return;
    Object.assign(this, { stage, key });
    const kind = this.bench.kind(stage.kind);
    const wrong = Boolean(stage.problem) && !lone;
    this.words = worded(stage, kind, folded);
    write(this.title, this.words.title);
    write(this.name, this.words.name);
    write(this.facts, this.words.facts);
    mark(this.facts, "data-loud", this.words.loud);
    mark(this.element, "data-crate", this.words.holds);
    this.bindings = follows(stage);
    mark(this.tag, "title", this.bindings || null);
    mark(this.element, "data-kind-of", stage.kind);
    mark(this.element, "data-pending", Boolean(stage.pending));
    mark(this.element, "data-problem", wrong);
    mark(this.element, "aria-label", described(stage, kind));
    mark(this.element, "aria-describedby", wrong ? `problem-${stage.id}` : null);
    if (!this.bench.readonly) this.nest(node, folded);
  }

  nest({ stage, depth, at, of }, folded) {
    mark(this.element, "aria-level", depth + 1);
    mark(this.element, "aria-posinset", at);
    mark(this.element, "aria-setsize", of);
    mark(this.element, "aria-expanded", stage.inner ? String(!folded) : null);
    mark(this.element, "data-depth", depth || null);
    if (!stage.inner) return;
    this.chevron ??= this.opener();
    mark(this.chevron, "title", folded ? t("Unfold") : t("Fold"));
  }

  /** For mouse and finger; by keys, Space does it. */
  opener() {
    const press = () => this.bench.board.toggle(this.id);
    const traits = { type: "button", class: "chevron", tabindex: "-1", "aria-hidden": "true" };
    const button = el("button", { ...traits, onclick: press }, icon("chevron"));
    this.element.append(button);
    return button;
  }

  /** To its place; `beside` says on which side there is room for words. */
  stand(place, edges, beside, order) {
    const { band, lift } = place;
    this.band = band;
    const style = {
      "--x": Math.round(band.x), "--y": Math.round(band.y),
      "--w": Math.round(band.width), "--h": Math.round(band.height),
      "--out": Math.round(band.x - edges.left),
      "--roof": Math.round(place.holds ? place.top - band.y + place.roof : band.height / 2),
    };
    for (const [name, value] of Object.entries(style)) this.style(name, value);
    if (this.order !== order) this.element.style.zIndex = this.order = order;
    mark(this.element, "data-beside", beside);
    this.caption = place.holds ? place.top + place.roof : band.y + lift / 2 - LEAN;
    this.thin = lift < THIN;
    this.worded = beside === "both" || beside === "left";
    if (!this.worded) this.say(0);
    mark(this.element, "data-thin", this.thin);
    mark(this.element, "data-holds", Boolean(place.holds));
    this.outline(place, band);
  }

  /** How much its words say: where there are too many, the least wait. */
  get weight() {
    const { stage, thin, words } = this;
    if (thin) return 0;
    if (words.holds || stage.id === "data" || stage.id === "label") return 4;
    return 1 + (stage.weights > 0) + !this.element.hasAttribute("data-depth");
  }

  /** Its words moved by a few pixels; null where they have no room. */
  say(shift) {
    mark(this.element, "data-crowded", shift === null);
    this.style("--shift", `${shift ?? 0}px`);
  }

  /** Out of sight its words and its rim need not be there; its name is. */
  near(sight) {
    const far = Boolean(this.band) && !within(this.band, sight);
    if (far !== this.far) mark(this.element, "data-far", (this.far = far));
  }

  style(name, value) {
    this.styles ??= {};
    if (this.styles[name] === value) return;
    this.styles[name] = value;
    this.element.style.setProperty(name, value);
  }

  outline({ outline, at }, band) {
    const move = `translate(${at[0] - band.x},${at[1] - band.y})`;
    if (outline !== this.drawn || move !== this.moved) {
      [this.drawn, this.moved, this.told] = [outline, move, ""];
      this.rim.innerHTML = `<polygon class="rim" transform="${move}" points="${outline}"><title></title></polygon>`;
    }
    if (this.told !== this.bindings) write(this.rim.querySelector("title"), (this.told = this.bindings));
  }
}

/** An empty floor: a place to put a brick on, which can be chosen like one. */
export class Pad {
  constructor(bench, id) {
    this.id = id;
    this.element = el("div", { class: "pad brick", id: `brick-${id.replace(":", "-")}`, "data-id": id });
    this.element.append(el("span", { class: "pad-face", "aria-hidden": "true", text: "+" }));
    mark(this.element, "role", bench.readonly ? "listitem" : "treeitem");
    mark(this.element, "data-floor", "");
  }

  show({ depth, label }) {
    mark(this.element, "aria-level", depth + 1);
    mark(this.element, "aria-label", label);
    mark(this.element, "title", label);
  }

  stand(seam, order) {
    const width = Math.min(96, Math.max(48, seam.width * 0.6));
    const style = { "--x": seam.x - width / 2, "--y": seam.y - 13, "--w": width, "--h": 26 };
    for (const [name, value] of Object.entries(style)) this.element.style.setProperty(name, value);
    this.element.style.zIndex = order;
  }
}

/** A container is called by its own name first: that is what people point at. */
function worded(stage, kind, folded) {
  const holds = Boolean(stage.inner);
  const own = stage.name ?? "";
  const [title, name] = holds && own ? [own, kind.title] : [kind.title, own];
  const base = ownTitle(stage);
  if (base) return { title: own || base, name: t("A tower of your own"), facts: facts(stage), holds, loud: random(stage) };
  return { title: title + times(stage), name, facts: holds && !folded ? "" : facts(stage), holds, loud: random(stage) };
}

function times(stage) {
  const { repeat } = stage.settings ?? {};
  return typeof repeat === "number" && stage.inner && repeat > 1 ? ` ×${repeat}` : "";
}

function facts(stage) {
  if (stage.weights == null) return stage.id === "data" || stage.id === "label" ? "" : "…";
  if (!stage.weights) return "";
  if (stage.layers) return sealed(stage);
  return stage.weights === 1 ? t("1 weight") : t("{count} weights", { count: count(stage.weights) });
}

/** The weights of a pretrained base, and how many of them learn. */
function sealed(stage) {
  const { weights, fixed = 0 } = stage;
  if (random(stage)) return t("random weights");
  if (fixed >= weights) return t("{count} weights, frozen", { count: count(weights) });
  // Moving figures aside, an open base learns whole.
  const [all, learn] = [short(weights), short(weights - fixed)];
  return learn === all ? t("{count} weights", { count: count(weights) }) : t("{count} weights, {learn} learn", { count: all, learn });
}

/** A base that has learned nothing: nobody may take it for a pretrained one. */
const random = ({ layers, settings }) => Boolean(layers) && isRandom(settings ?? {});

/** Which settings of a brick follow a parameter. */
function follows(stage) {
  const bound = Object.entries(stage.settings ?? {}).map(([name, value]) => [name, followed(value)]);
  return bound.filter(([, parameter]) => parameter)
    .map(([setting, name]) => t("{setting} follows the parameter {name}", { setting, name })).join("\n");
}

/** What a screen reader says of a brick. */
function described(stage, kind) {
  const said = [kind.title + times(stage)];
  if (stage.name) said.push(stage.name);
  if (stage.gets) said.push(t("gets {shape}", { shape: shape(stage.gets) }));
  if (stage.gives) said.push(t("gives {shape}", { shape: shape(stage.gives) }));
  if (stage.weights) said.push(facts(stage));
  if (stage.problem) said.push(t("does not fit"));
  return said.join(", ");
}
