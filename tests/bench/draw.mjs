// How long a tower of 200 bricks takes to draw: node tests/bench/draw.mjs
import { performance } from "node:perf_hooks";

const draw = new URL("../../ui/board/web/draw/", import.meta.url);
const { tower } = await import(new URL("draw.js", draw));

const kind = (profile, left = null, right = null, more = {}) =>
  ({ looks: { profile, left, right, plate: false }, settings: [], ...more });
const kinds = {
  Data: kind("data"),
  Conv2D: kind("slots", "filters", "kernel_size"),
  BatchNormalization: { ...kind("ruled"), looks: { profile: "ruled", left: null, right: null, plate: true } },
  Parallel: kind("columns", null, null, { container: {} }),
  Block: kind("crate", null, "repeat", { container: {} }),
};
const SHAPE = [32, 32, 64];
const stage = (kind, id, settings, more = {}) =>
  ({ id, kind, name: null, settings, gets: SHAPE, gives: SHAPE, problem: null, ...more });
const conv = (n, filters = 8 + n) => stage("Conv2D", `c${n}`, { filters, kernel_size: 3, activation: "relu" });
const ground = stage("Data", "data", {}, { gets: null });

const straight = [ground, ...Array.from({ length: 199 }, (_, n) => conv(n))];
const nested = [ground, ...Array.from({ length: 18 }, (_, i) => stage("Parallel", `p${i}`, { merge: "add" }, {
  inner: [0, 1, 2, 3, 4].map((b) => [conv(i * 10 + b), conv(i * 10 + b + 5)]),
}))];
const edited = (n) => straight.map((s, i) => (i === 100 ? conv(99, 1000 + n) : s));

function told(name, run, times = 50) {
  const took = Array.from({ length: times }, (_, n) => {
    const start = performance.now();
    run(n);
    return performance.now() - start;
  });
  const median = [...took].sort((a, b) => a - b)[times >> 1];
  console.log(`${name.padEnd(46)} first ${took[0].toFixed(2)} ms, median ${median.toFixed(2)} ms`);
}

const markup = tower(straight, kinds).markup.length;
console.log(`200 bricks in a line: ${(markup / 1024).toFixed(0)} KiB of SVG`);
told("200 bricks in a line, nothing changed", () => tower(straight, kinds));
told("200 bricks in a line, one setting changed", (n) => tower(edited(n), kinds));
told("199 bricks in 18 containers, nothing changed", () => tower(nested, kinds));
told("200 bricks, shapes at the seams", () => tower(straight, kinds, { numbers: true }));
told("200 bricks, upside down", () => tower(straight, kinds, { upside: true }));
told("200 bricks, every one new", (n) => tower(straight.map((s, i) => (i ? conv(i, 2000 + n * 200 + i) : s)), kinds));
