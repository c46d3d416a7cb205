/** The health strip: does it hold, how large is it, has everything been saved. */

import { el, mark, write } from "./dom.js";
import { every } from "./nest.js";
import { bytes, count, short, t } from "./words.js";

export class Strip {
  constructor(bench) {
    this.bench = bench;
    this.verdict = el("button", { type: "button", class: "verdict", "data-health": "" });
    this.verdict.addEventListener("click", () => this.goToFirst());
    this.weights = figure(t("weights"), "weights");
    this.madds = figure(t("multiply-adds"), "madds");
    this.memory = figure(t("memory"), "memory");
    this.offline = el("span", { class: "offline", role: "status" });
    this.element = el("div", { class: "strip", role: "group", "aria-label": t("Health") });
    this.element.append(
      this.verdict,
      this.offline,
      el("span", { class: "spring" }),
      this.weights.element,
      this.madds.element,
      this.memory.element,
    );
  }

  get problems() {
    return [...every(this.bench.tower)].filter((stage) => stage.problem);
  }

  draw() {
    const { health } = this.bench.data;
    const known = this.bench.outbox.ops.length === 0;
    this.judge(this.problems.length, health);
    write(this.weights.value, count(health?.weights ?? 0));
    write(this.madds.value, short(health?.madds ?? 0));
    write(this.memory.value, bytes(health?.memory ?? 0));
    mark(this.element, "data-pending", !known);
    this.drawState();
  }

  judge(problems, health) {
    const state = this.bench.empty ? "empty" : problems ? "problems" : "holds";
    const broken = problems === 1 ? t("1 problem") : t("{count} problems", { count: problems });
    const words = { empty: t("No bricks yet"), holds: t("The tower holds"), problems: broken };
    const unsure = state === "holds" && health && !health.holds;
    mark(this.verdict, "data-health", unsure ? "unsure" : state);
    write(this.verdict, unsure ? t("Does not hold yet") : words[state]);
    mark(this.verdict, "disabled", state !== "problems");
  }

  drawState() {
    const { offline } = this.bench.outbox;
    write(this.offline, offline ? t("Offline: your changes are kept and sent again") : "");
    mark(this.offline, "hidden", !offline);
  }

  goToFirst() {
    const [first] = this.problems;
    if (first) this.bench.choose(first.id, { focus: true });
  }
}

function figure(label, name) {
  const value = el("b", { "data-figure": name });
  return { value, element: el("span", { class: "figure" }, value, ` ${label}`) };
}
