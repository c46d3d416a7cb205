/** Before the first run has a model: what will be here. */

import { drawing, el, write } from "../dom.js";
import { t } from "../words.js";

const SEVEN = "M14 16H46L28 54";
const BARS = [6, 4, 9, 5, 3, 4, 6, 52, 5, 8];

export function nothing(go) {
  const bars = BARS.map((height, n) => `<rect class="${height > 20 ? "told" : ""}" x="${96 + 13 * n}" y="${62 - height}" width="9" height="${height}" rx="1.5"/>`).join("");
  const picture = drawing(`<rect class="ghost-sheet" x="2" y="2" width="60" height="60" rx="6"/><path class="ghost-ink" d="${SEVEN}"/><path class="ghost-arrow" d="M70 32h14M79 27l5 5-5 5"/>${bars}`, "0 0 228 66");
  const words = el("p");
  const button = el("button", { type: "button", class: "repair", onclick: go });
  const element = el("div", { class: "nothing-yet", hidden: true }, picture, words, button);
  element.draw = (moving, asks) => {
    if (asks) {
      write(words, t("Open this network first: nothing is trained. Then bring any picture here, and it says what it sees."));
      write(button, t("Go to Train"));
      return;
    }
    write(words, moving
      ? t("This tower is being trained: as soon as its first epoch is over it answers here.")
      : t("Train this tower for one epoch at least. Then draw or bring an example here, and watch its answer move while you draw."));
    write(button, moving ? t("See the training") : t("Go to Train"));
  };
  return element;
}
