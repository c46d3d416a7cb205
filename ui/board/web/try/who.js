/** Choosing which run answers, and with which weights. */

import { el, mark } from "../dom.js";
import { apart, figure, percent, t, tellTime } from "../words.js";

/** A run in one line: its tower, when, and how well it does. */
export function lineOf({ name, when, accuracy, mae }) {
  const well = accuracy != null ? percent(accuracy) : mae != null ? t("off by {off}", { off: figure(mae, false, 3) }) : "";
  return [name, tellTime(when), well].filter(Boolean).join(" · ");
}

/** A select of runs, those of this tower first; `show` fills it. */
export function chooser(choose) {
  const select = el("select", { class: "who" });
  select.addEventListener("change", () => choose(select.value));
  select.show = (runs, chosen, letter) => {
    mark(select, "aria-label", t("Run {letter}", { letter }));
    const key = JSON.stringify([runs.map((run) => [run.id, lineOf(run), run.here])]);
    if (select.key !== key) {
      select.key = key;
      const lines = apart(runs.map(lineOf));
      const options = runs.map((run, n) => el("option", { value: run.id, text: lines[n] }));
      const own = options.filter((_, n) => runs[n].here);
      const others = options.filter((_, n) => !runs[n].here);
      select.replaceChildren(...own, ...(others.length ? [el("optgroup", { label: t("Your other towers") }, ...others)] : []));
    }
    select.value = chosen;
  };
  return select;
}

/** A select of a run's weights; hidden where there is only one kind. */
export function weights(choose) {
  const select = el("select", { class: "which", "aria-label": t("Which weights") });
  select.addEventListener("change", () => choose(select.value));
  select.show = (run, chosen) => {
    const words = { best: t("Best epoch"), last: t("Last epoch") };
    const known = run && run.epoch > 1 ? run.weights : ["best"];
    if (select.key !== known.join()) {
      select.key = known.join();
      select.replaceChildren(...known.map((which) => el("option", { value: which, text: words[which] })));
    }
    mark(select, "hidden", known.length < 2);
    select.value = known.includes(chosen) ? chosen : "best";
  };
  return select;
}
