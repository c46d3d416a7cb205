/** Before the first run: what will be here. */

import { drawing, el, mark } from "../dom.js";
import { t } from "../words.js";

// Two curves as they usually go: training on, validation levelling off.
const RISE = "M8 92C40 40 70 26 120 18S230 9 292 7";
const RISEN = "M8 96C42 50 74 36 120 30S230 24 292 25";
const FALL = "M8 10C36 66 70 80 120 88S230 97 292 99";
const FALLEN = "M8 7C38 56 72 70 120 74S230 76 292 70";
const GROUND = "M8 4V104H296";

export class Empty {
  constructor() {
    const charts = [[RISE, RISEN], [FALL, FALLEN]].map(([training, validation]) => drawing(
      `<path class="ground" d="${GROUND}"/><g class="curve-training"><path class="line" d="${training}"/></g><g class="curve-validation"><path class="line" d="${validation}"/></g>`, "0 0 300 108",
    ));
    const words = t("Press Train: the curves of loss and accuracy grow here while the tower learns. You may close the page meanwhile; the run goes on.");
    this.element = el("div", { class: "no-runs" }, el("div", { class: "ghosts" }, ...charts), el("p", { text: words }));
  }

  show(empty) {
    mark(this.element, "hidden", !empty);
  }
}
