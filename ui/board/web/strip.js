/** The health strip: does it hold, how large is it, how long does it take. */

import { el, mark, write } from "./dom.js";
import { every, find } from "./nest.js";
import { bytes, count, seconds, short, t } from "./words.js";

export class Strip {
  constructor(bench) {
    this.bench = bench;
    this.verdict = el("button", { type: "button", class: "verdict", "data-health": "" });
    this.verdict.addEventListener("click", () => this.goToFirst());
    this.tight = el("button", { type: "button", class: "tight", hidden: true, "data-tight-brick": "" });
    this.tight.addEventListener("click", () => this.goToTight());
    this.offline = el("span", { class: "offline", role: "status" });
    this.figures = {
      weights: new Figure("weights", t("weights")),
      learn: new Figure("learn", t("learn")),
      madds: new Figure("madds", t("multiply-adds")),
      epoch: new Figure("epoch", t("an epoch")),
      memory: new Figure("memory", t("to train")),
      disk: new Figure("disk", t("on disk")),
      forward: new Figure("forward", t("to answer")),
    };
    this.element = el("div", { class: "strip", role: "group", "aria-label": t("Health") });
    // What matters most comes first: on one line, the last have no room where it is narrow.
    const figures = Object.values(this.figures).map(({ element }) => element);
    this.element.append(this.verdict, this.tight, this.offline, el("div", { class: "figures" }, ...figures));
  }

  get problems() {
    return [...every(this.bench.tower)].filter((stage) => stage.problem);
  }

  /** Whether the tower is only asked: there is nothing to train it on. */
  get asked() {
    const [data] = this.bench.tower;
    return Boolean(data && this.bench.kind(data.kind).asks);
  }

  draw() {
    const { health } = this.bench.data;
    this.judge(this.problems.length, health);
    this.measure(health ?? {});
    this.drawTight(health?.tight);
    mark(this.element, "data-pending", this.bench.outbox.ops.length > 0);
    this.drawState();
  }

  measure(health) {
    const { weights, learn, madds, disk, memory, forward, epoch } = this.figures;
    weights.show(count(health.weights ?? 0));
    const fixed = this.bench.tower.reduce((sum, stage) => sum + (stage.fixed ?? 0), 0);
    learn.show(fixed && !this.asked ? count((health.weights ?? 0) - fixed) : null, t("Training changes these; it leaves the others as they are"));
    madds.show(short(health.madds ?? 0), t("Multiplications and additions for one example"));
    disk.show(health.disk == null ? null : bytes(health.disk), t("The size of the saved model"));
    memory.show(this.asked ? null : bytes(health.memory ?? 0), t("Memory to train a batch"));
    forward.show(health.forward == null ? null : bytes(health.forward), t("Memory to answer a batch"));
    this.drawEpoch(epoch, health);
  }

  drawEpoch(figure, { epoch_seconds: took, epoch_low: low, epoch_high: high, holds }) {
    if (took === undefined || !holds || this.bench.empty || this.asked) return figure.show(null);
    if (took === null) return figure.show("…", t("Measuring this machine"));
    const about = low == null ? "" : t("Between {low} and {high}", { low: seconds(low), high: seconds(high) });
    figure.show(t("about {time}", { time: seconds(took) }), [t("On this machine"), about].filter(Boolean).join(": "));
  }

  drawTight(tight) {
    mark(this.tight, "hidden", !tight);
    if (!tight) return;
    const brick = this.bench.called(tight.id);
    const smaller = tight.batch_size && t("Too big: {brick} needs most. Batch size {size} would fit", { brick, size: tight.batch_size });
    write(this.tight, smaller || t("Too big for this machine: {brick} needs most", { brick }));
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
    if (first) this.bench.reveal(first.id);
  }

  goToTight() {
    const { tight } = this.bench.data.health ?? {};
    if (tight && find(this.bench.tower, tight.id)) this.bench.reveal(tight.id);
  }
}

class Figure {
  constructor(name, label) {
    this.value = el("b", { "data-figure": name });
    this.label = el("span", { text: label });
    this.element = el("span", { class: "figure" }, this.value, " ", this.label);
  }

  /** A text, null for none; `more` when pointed at. */
  show(text, more = "") {
    mark(this.element, "hidden", text === null);
    if (text !== null) write(this.value, text);
    mark(this.element, "title", more || null);
  }
}
