/**
 * The paints: what each class name of a drawing looks like in light and dark.
 *
 * `draw.css` is this table as a style sheet (`node paint.js > draw.css`, and a test holds it);
 * `inlined` writes the same into a picture that stands on its own.
 */

import { TINTS } from "./plate.js";

/** Colour name -> [light, dark]. */
export const COLOURS = {
  ground: ["#d6dade", "#0b0c0e"],
  top: ["#ffffff", "#5a5f67"],
  left: ["#f8f9fa", "#41454c"],
  right: ["#e0e4e9", "#31343a"],
  line: ["#a9afb8", "#15171a"],
  gleam: ["#ffffff", "#757b85"],
  dusk: ["#1d2530", "#000000"],
  hollow: ["#c6cbd2", "#232529"],
  floor: ["#d7dbe0", "#2b2e33"],
  cave: ["#9aa1ac", "#16181b"],
  ink: ["#2a2f37", "#eceef1"],
  faint: ["#454c56", "#a4abb5"],
  clear: ["#e9f0f6", "#8b929d"],
  rim: ["#8f97a3", "#a4abb6"],
  shadow: ["#20262e", "#000000"],
  grey: ["#c3c8cf", "#2c2f34"],
  "grey-top": ["#d3d7dc", "#3a3e44"],
  "grey-right": ["#b0b6bf", "#222428"],
  "frame-top": ["#eceff2", "#4b5058"],
  "frame-left": ["#d9dee4", "#34383e"],
  "frame-front": ["#cfd5dc", "#2c2f35"],
  "frame-right": ["#c2c9d2", "#25282d"],
  crown: ["#f2a93b", "#f0a63a"],
  "crown-right": ["#dd8f1f", "#cf8420"],
  "crown-cave": ["#a9690f", "#8a560d"],
  "crown-line": ["#9a6109", "#4d3005"],
  "crown-ink": ["#3d2500", "#2b1a00"],
  relu: ["#f2d875", "#f0d463"],
  "relu-ink": ["#4d3d00", "#2e2500"],
  leaky_relu: ["#e8c98b", "#e3c07c"],
  "leaky_relu-ink": ["#4a3200", "#2c1d00"],
  elu: ["#ece69b", "#e6df8b"],
  "elu-ink": ["#444000", "#292600"],
  gelu: ["#cfd67f", "#c6cd70"],
  "gelu-ink": ["#363c00", "#202400"],
  silu: ["#f6c598", "#f0bb89"],
  "silu-ink": ["#532600", "#331700"],
  seal: ["#363c45", "#1a1d22"],
  "seal-top": ["#4b535e", "#2c3239"],
  "seal-right": ["#282d34", "#101215"],
  "seal-strap": ["#68727f", "#87919e"],
  "seal-strap-right": ["#4f5863", "#646d78"],
  "seal-ink": ["#ffffff", "#e6e9ed"],
  thaw: ["#687280", "#3b4149"],
  "thaw-top": ["#828c99", "#525962"],
  "thaw-right": ["#535c68", "#2c3137"],
  lock: ["#e9edf1", "#d3d8df"],
  "lock-key": ["#2b3138", "#141619"],
  softmax: ["#62c184", "#58bd7c"],
  "softmax-ink": ["#06381b", "#03250f"],
  sigmoid: ["#ee7b70", "#ec6f63"],
  "sigmoid-ink": ["#4e0903", "#330501"],
  tanh: ["#f2a6c8", "#ee98be"],
  "tanh-ink": ["#560f33", "#3b0720"],
  "hard_sigmoid": ["#7fb6ef", "#6fabea"],
  "hard_sigmoid-ink": ["#08294d", "#041a33"],
  plain: ["#ffffff", "#9ba2ad"],
  "plain-ink": ["#2a2f37", "#101215"],
  alarm: ["#d6451f", "#ff7a4d"],
  "alarm-ink": ["#ffffff", "#1c0a02"],
};

const fill = (name, more = {}) => ({ fill: `var(--by-${name})`, ...more });
const stroke = (name, width, more = {}) =>
  ({ stroke: `var(--by-${name})`, "stroke-width": width, "stroke-linejoin": "round", "stroke-linecap": "round", ...more });
const TYPE = { "font-family": "ui-sans-serif, system-ui, sans-serif" };
const FACE = { ...TYPE, "font-weight": 650, "font-variant-numeric": "tabular-nums" };
const GLASSES = [...TINTS, "plain"];

/** Class name -> its attributes; where two classes speak of one attribute, the later rules. */
export const RULES = {
  "by-ground": fill("ground"),
  "by-top": fill("top"), "by-left": fill("left"), "by-right": fill("right"),
  "by-hollow": fill("hollow"), "by-floor": fill("floor"), "by-cave": fill("cave"),
  "by-grey-top": fill("grey-top"), "by-grey-left": fill("grey"), "by-grey-right": fill("grey-right"),
  ...Object.fromEntries(["top", "left", "front", "right"].map((side) => [`by-frame-${side}`, fill(`frame-${side}`)])),
  "by-wall": fill("frame-right", { "fill-opacity": 0.45 }),
  "by-slat": { fill: "none", ...stroke("line", 0.7), "stroke-opacity": 0.8 },
  "by-arrow": { fill: "none", ...stroke("ink", 1.5), "stroke-opacity": 0.55 },
  "by-beam-edge": { fill: "none", ...stroke("line", 11.6), "stroke-linecap": "butt" },
  "by-beam-top": { fill: "none", ...stroke("frame-top", 10), "stroke-linecap": "butt" },
  "by-beam": { fill: "none", ...stroke("frame-front", 10), "stroke-linecap": "butt" },
  "by-badge": { ...fill("top"), ...stroke("faint", 1.2) },
  "by-badge-ink": { fill: "none", ...stroke("ink", 2) },
  "by-seal-left": fill("seal"), "by-seal-top": fill("seal-top"), "by-seal-right": fill("seal-right"),
  "by-seal-strap": fill("seal-strap"), "by-seal-strap-right": fill("seal-strap-right"),
  "by-thaw-left": fill("thaw"), "by-thaw-top": fill("thaw-top"), "by-thaw-right": fill("thaw-right"),
  "by-lock": { ...fill("lock"), ...stroke("lock-key", 1) },
  "by-lock-loose": { "fill-opacity": 0.9 },
  "by-lock-edge": { fill: "none", ...stroke("lock-key", 6.6) },
  "by-lock-bow": { fill: "none", ...stroke("lock", 4.4) },
  "by-lock-key": { fill: "none", ...stroke("lock-key", 2.6) },
  "by-lock-hole": fill("lock-key"),
  "by-lock-count": fill("lock-key", FACE),
  "by-alarm": { ...fill("alarm"), ...stroke("alarm-ink", 1.2) },
  "by-grain": fill("ink", { "fill-opacity": 0.7 }),
  "by-dashed": { fill: "none", ...stroke("faint", 1), "stroke-dasharray": "3 3" },
  "by-mark": { fill: "none", ...stroke("ink", 1.6), "stroke-opacity": 0.7 },
  "by-tube-edge": { fill: "none", ...stroke("cave", 10) },
  "by-tube": { fill: "none", ...stroke("top", 7.6) },
  "by-crown-left": fill("crown"), "by-crown-right": fill("crown-right"),
  "by-crown-cave": fill("crown-cave"),
  ...Object.fromEntries(GLASSES.map((g) => [`by-glass-${g}`, fill(g)])),
  "by-bed": { "fill-opacity": 0.25 },
  "by-lid": { "fill-opacity": 0.55 },
  "by-pane": { "fill-opacity": 0.8 },
  "by-clear": fill("clear", { "fill-opacity": 0.5 }),
  "by-shade": fill("dusk", { "fill-opacity": 0.1 }),
  "by-dusk": fill("dusk", { "fill-opacity": 0.08 }),
  "by-shadow": fill("shadow", { "fill-opacity": 0.08 }),
  "by-cast": fill("dusk", { "fill-opacity": 0.22 }),
  "by-line": stroke("line", 0.8),
  "by-crown-line": stroke("crown-line", 0.8),
  "by-rim": stroke("rim", 0.7),
  "by-gleam": { fill: "none", ...stroke("gleam", 0.9), "stroke-opacity": 0.8 },
  "by-tick": { fill: "none", ...stroke("ink", 1.1), "stroke-opacity": 0.6 },
  "by-tile": { fill: "none", ...stroke("line", 0.7), "stroke-opacity": 0.7 },
  "by-leader": { fill: "none", ...stroke("faint", 0.7), "stroke-opacity": 0.6, "stroke-dasharray": "1 3" },
  "by-cut": { fill: "none", ...stroke("rim", 0.7) },
  "by-figure": fill("ink", FACE),
  "by-bound": { "font-style": "italic", "font-weight": 500, "text-decoration": "underline dotted" },
  "by-word": { ...TYPE, "font-weight": 650 },
  ...Object.fromEntries(GLASSES.map((g) => [`by-glass-${g}-ink`, fill(`${g}-ink`)])),
  ...Object.fromEntries(GLASSES.map((g) => [`by-glass-${g}-curve`, stroke(`${g}-ink`, 1.2)])),
  "by-curve": { fill: "none", "stroke-opacity": 0.75 },
  "by-crown-ink": fill("crown-ink"),
  "by-seal-ink": fill("seal-ink"),
  "by-random": fill("alarm-ink"),
  "by-seam": fill("faint", { ...TYPE, "font-variant-numeric": "tabular-nums" }),
  "by-same": { "fill-opacity": 0.78 },
  "by-name": fill("ink", { ...TYPE, "font-weight": 600 }),
  "by-pending": { opacity: 0.6 },
  "by-ghost": { fill: "none", ...stroke("ink", 1.4), "stroke-dasharray": "5 4" },
  "by-alarm-ink": { fill: "none", ...stroke("alarm-ink", 2.2) },
};

const ATTRIBUTE = /var\(--by-([\w-]+)\)/;

/** A picture with every class replaced by its attributes in one theme. */
export function inlined(svg, theme) {
  const column = theme === "dark" ? 1 : 0;
  return svg.replace(/ class="([^"]*)"/g, (_, names) => attributes(names.split(" "), column));
}

function attributes(names, column) {
  const merged = {};
  for (const [name, rule] of Object.entries(RULES)) {
    if (names.includes(name)) Object.assign(merged, rule);
  }
  return Object.entries(merged).map(([key, value]) => ` ${key}="${coloured(value, column)}"`).join("");
}

const coloured = (value, column) => {
  const name = ATTRIBUTE.exec(value)?.[1];
  return name ? COLOURS[name][column] : value;
};

/** The style sheet `draw.css`, as text. */
export function stylesheet() {
  const variables = (column) => Object.entries(COLOURS)
    .map(([name, pair]) => `  --by-${name}: ${pair[column]};`).join("\n");
  const rules = Object.entries(RULES).map(([name, rule]) => {
    const lines = Object.entries(rule).map(([key, value]) => `${key}: ${value};`);
    return `.${name} { ${lines.join(" ")} }`;
  });
  return `/* Written by paint.js: change it there, then node paint.js > draw.css. */\n`
    + `.by-board {\n${variables(0)}\n}\n\n`
    + `[data-theme="dark"] .by-board,\n.by-board[data-theme="dark"] {\n${variables(1)}\n}\n\n`
    + `${rules.join("\n")}\n`;
}

if (typeof process !== "undefined" && process.argv?.[1]?.endsWith("paint.js")) {
  process.stdout.write(stylesheet());
}
