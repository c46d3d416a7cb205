/** Sentences: to screen readers, and those that everybody should see. */

import { el, iconButton, mark, write } from "./dom.js";
import { every, find } from "./nest.js";
import { t } from "./words.js";

const MOMENT = 9000; // milliseconds that a passing sentence stays

export class Notices {
  constructor(bench) {
    this.bench = bench;
    this.live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
    // One line; a click shows the rest where it is longer.
    this.line = el("p", { class: "notice-text", onclick: () => mark(this.element, "data-open", !this.element.hasAttribute("data-open")) });
    this.reload = el("button", { type: "button", class: "quiet", text: t("Reload") });
    this.reload.addEventListener("click", () => location.reload());
    this.go = el("button", { type: "button", class: "quiet", "data-act": "go", text: t("Go to Data") });
    this.go.addEventListener("click", () => bench.act({ op: "go", view: bench.data.notice_view }));
    this.near = el("button", { type: "button", class: "quiet", "data-act": "near" });
    this.near.addEventListener("click", () => bench.act({ op: "near_weights" }));
    this.random = el("button", { type: "button", class: "quiet", "data-act": "random", text: t("Go on with random weights") });
    this.random.addEventListener("click", () => bench.act({ op: bench.data.notice_act }));
    this.away = iconButton("close", t("Dismiss"), () => this.dismiss());
    this.element = el("div", { class: "notice", role: "alert", hidden: true });
    this.element.append(this.line, this.reload, this.go, this.near, this.random, this.away);
    this.seen = null;
  }

  /** Say a sentence, also when it is the same as the last. */
  say(sentence) {
    this.live.textContent = this.live.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  /** Show a sentence that is of the moment. */
  tell(sentence) {
    this.moment = sentence;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dismiss(), MOMENT);
    this.draw();
  }

  leave() {
    clearTimeout(this.timer);
  }

  draw() {
    const { outdated, data } = this.bench;
    const old = t("Brickyard was updated. Please reload this page.");
    const sentence = outdated ? old : (this.moment ?? data.notice);
    const quiet = !sentence || sentence === this.seen;
    if (!sentence) this.seen = null;
    mark(this.element, "hidden", quiet);
    // Of weights, the file's name alone fills a line: there the whole sentence shows.
    const whole = Boolean(data.notice_act) && !this.moment;
    if (this.line.title !== (sentence ?? "")) mark(this.element, "data-open", whole);
    write(this.line, quiet ? "" : sentence);
    mark(this.line, "title", sentence ?? "");
    mark(this.reload, "hidden", !outdated);
    mark(this.go, "hidden", outdated || Boolean(this.moment) || !data.notice_view);
    mark(this.near, "hidden", outdated || Boolean(this.moment) || !data.notice_near);
    write(this.near, data.notice_near ? t("Take alpha {alpha}", { alpha: data.notice_near }) : "");
    mark(this.random, "hidden", outdated || Boolean(this.moment) || !data.notice_act);
    mark(this.away, "hidden", outdated);
  }

  dismiss() {
    if (this.moment) this.moment = null;
    else this.seen = this.bench.data.notice;
    this.draw();
  }

  /** After an answer: say how the tower stands where that changed. */
  answered(before) {
    const { bench } = this;
    if (!before || bench.outbox.ops.length || bench.readonly) return;
    const news = [...every(bench.tower)].find((stage) => stage.problem && !told(before, stage));
    if (news) this.say(aloud(bench, news));
    else if (!before.health?.holds && bench.data.health?.holds) this.say(t("The tower holds."));
  }
}

function told(before, stage) {
  const then = find(before.tower, stage.id)?.problem;
  return Boolean(then) && then.needs === stage.problem.needs && then.got === stage.problem.got;
}

function aloud(bench, stage) {
  const { needs, got } = stage.problem;
  const values = { brick: bench.called(stage.id), needs, got };
  const said = t("{brick} does not fit: needs {needs}, got {got}.", values);
  return `${said} ${stage.problem.do ?? ""}`;
}
