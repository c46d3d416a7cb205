/** A small catalogue and small towers, as the server sends them. */

export const KINDS = {
  MNIST: { family: "data", looks: { profile: "data" }, start: {} },
  Conv2D: {
    looks: { profile: "slots" },
    start: { filters: 32, kernel_size: 3 },
    settings: [
      { name: "filters", kind: "whole", least: 1, most: 65536, default: null },
      { name: "kernel_size", kind: "pair", least: 1, most: 64, default: null },
    ],
  },
  Dense: {
    looks: { profile: "slope" },
    start: { units: 128, activation: "relu" },
    settings: [
      { name: "units", kind: "whole", least: 1, most: 65536, default: null },
      { name: "activation", kind: "choice", choices: ["linear", "relu"], default: "linear" },
    ],
  },
  Flatten: { looks: { profile: "roof" }, start: {}, settings: [] },
  Dropout: {
    looks: { profile: "holes", plate: true },
    start: { rate: 0.5 },
    settings: [{ name: "rate", kind: "share", least: 0, most: 0.99, default: null }],
  },
  Block: {
    looks: { profile: "crate", right: "repeat" },
    start: { repeat: 2 },
    settings: [{ name: "repeat", kind: "whole", least: 1, most: 64, default: 1 }],
    container: { towers: ["bricks"], least: 1, most: 1 },
  },
  Residual: {
    looks: { profile: "bridge" },
    start: {},
    settings: [],
    container: { towers: ["body", "shortcut"], least: 2, most: 2 },
  },
  Parallel: {
    looks: { profile: "columns" },
    start: {},
    settings: [],
    container: { towers: ["branch"], least: 2, most: 4 },
  },
};

const FIGURES = { gets: null, gives: null, weights: 0, madds: 0, lines: null, problem: null };

/** A stage; `inner` makes it a container. */
export function stage(id, kind, settings = {}, inner = null, more = {}) {
  const plain = { id, kind, name: null, settings, ...FIGURES };
  return { ...plain, ...(inner ? { inner, parameters: {} } : {}), ...more };
}

const flow = (gets, gives) => ({ gets, gives });
const [IN, EIGHT, SIXTEEN] = [[28, 28, 1], [28, 28, 8], [28, 28, 16]];

/** data, a, block(b, c), parallel(d | ), e, label */
export const TOWER = [
  stage("data", "MNIST", {}, null, flow(null, IN)),
  stage("a", "Conv2D", { filters: 8, kernel_size: 3 }, null, flow(IN, EIGHT)),
  stage("k", "Block", { repeat: 2 }, [[
    stage("b", "Conv2D", { filters: 16, kernel_size: 3 }, null, flow(EIGHT, SIXTEEN)),
    stage("c", "Dropout", { rate: 0.5 }, null, flow(SIXTEEN, SIXTEEN)),
  ]], flow(EIGHT, SIXTEEN)),
  stage("p", "Parallel", {}, [
    [stage("d", "Conv2D", { filters: 4, kernel_size: 1 }, null, flow(SIXTEEN, [28, 28, 4]))],
    [],
  ], flow(SIXTEEN, [28, 28, 20])),
  stage("e", "Flatten", {}, null, flow([28, 28, 20], [15680])),
  stage("label", "Category"),
];

/** A tower on one line: `a k[b c] p[d|] e`. */
export function told(stages) {
  const one = ({ id, inner }) => (inner ? `${id}[${inner.map(told).join("|")}]` : id);
  return stages.filter(({ id }) => id !== "data" && id !== "label").map(one).join(" ");
}
