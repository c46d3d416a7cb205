/** What can be done with a run: each deed has a place of its own, so that a hasty click on one never meets another. */

import { Dialog } from "../dialog.js";
import { el, icon, mark, write } from "../dom.js";
import { freshId } from "../outbox.js";
import { t } from "../words.js";
import { moves } from "./feed.js";

const RESUMABLE = ["paused", "stopped", "failed"];

/** Which deeds a run is open to; no run can have more than `most` epochs. */
export function open(run, most = Infinity) {
  const busy = Boolean(run.asked || run.wanted);
  const ended = !moves(run) && !busy;
  return {
    resume_run: ended && RESUMABLE.includes(run.state),
    more_run: ended && run.epochs > 0 && run.epochs < most,
    again_run: ended,
    pause_run: moves(run) && !busy,
    stop_run: moves(run) && run.asked !== "stop_run" && run.wanted !== "stopped",
  };
}

/** What to go on with: a run may have ended between its last epoch and its test. */
export function goOn({ epoch, epochs }) {
  if (!epochs) return t("Open it");
  return epoch < epochs ? t("Go on from epoch {epoch}", { epoch: epoch + 1 }) : t("Test it");
}

export class Deeds {
  /** @param {Object} panel has `act`, `root` and `run`, the run that is told of */
  constructor(panel) {
    this.panel = panel;
    this.buttons = {
      resume_run: this.button("resume_run", "play", t("Go on")),
      more_run: this.button("more_run", "longer", t("More epochs")),
      again_run: this.button("again_run", "again", t("Run again")),
      pause_run: this.button("pause_run", "pause", t("Pause")),
      stop_run: this.button("stop_run", "stop", t("Stop")),
    };
    this.element = el("div", { class: "run-deeds", role: "group", "aria-label": t("This run") }, ...Object.values(this.buttons));
  }

  button(name, sign, text) {
    const press = () => (name === "more_run" ? this.ask() : this.do(name));
    return el("button", { type: "button", class: "quiet", "data-act": name, onclick: press }, icon(sign), el("span", { text }));
  }

  do(op, more = {}) {
    const { run } = this.panel;
    const key = op === "again_run" ? { key: freshId(16) } : {};
    this.panel.act({ op, run: run.id, ...key, ...more });
  }

  show(run) {
    const may = open(run, this.panel.data.most_epochs);
    const ended = !moves(run);
    for (const [name, button] of Object.entries(this.buttons)) {
      const always = name === "pause_run" || name === "stop_run";
      mark(button, "disabled", !may[name]);
      mark(button, "hidden", always ? false : name === "more_run" && !run.epochs ? true : !ended || (name === "resume_run" && !may.resume_run && !run.asked));
      mark(button, "aria-busy", run.asked === name ? "true" : null);
    }
    write(this.buttons.resume_run.lastChild, goOn(run));
  }

  /** How many epochs in all; a plan of the learning rate that changes by it says so. */
  ask() {
    const { run } = this.panel;
    const dialog = new Dialog(this.panel, t("More epochs"), "ask");
    const [least, most] = [run.epochs + 1, this.panel.data.most_epochs];
    const input = el("input", { type: "number", id: "more-epochs", min: least, max: most, step: 1, value: Math.min(most, Math.max(least, 2 * run.epochs)) });
    const wrong = el("p", { class: "doubt", role: "alert" });
    const send = el("button", { type: "submit", class: "repair", text: t("Train on") });
    const told = t("It was asked for {epochs} and has learned {epoch}. It goes on from there, with all it knows.", { epochs: run.epochs, epoch: run.epoch });
    const form = el("form", { class: "ask-form", novalidate: true }, el("label", { for: "more-epochs", text: t("Epochs in all") }), input, el("p", { class: "help", text: told }), run.replanned ? el("p", { class: "replanned", text: run.replanned }) : null, wrong, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const epochs = Number(input.value);
      const fits = Number.isInteger(epochs) && epochs >= least && epochs <= most;
      write(wrong, fits ? "" : t("A whole number from {least} to {most}", { least, most }));
      if (!fits) return input.focus();
      dialog.close();
      this.do("more_run", { epochs });
    });
    dialog.body.append(form);
    dialog.show();
    input.select();
  }
}
