/** The tower's picture in both themes, shown as it will be saved. */

import { el, icon, mark } from "../dom.js";
import { t } from "../words.js";
import { asPng, asSvg, svgFile } from "./pictures.js";
import { save } from "./save.js";

export class Likenesses {
  constructor(home) {
    this.home = home;
    this.shown = { light: this.figure("light", t("Light")), dark: this.figure("dark", t("Dark")) };
    this.element = el("div", { class: "likenesses" }, ...Object.values(this.shown).map(({ element }) => element));
  }

  figure(theme, name) {
    const image = el("img", { alt: t("The tower") });
    const svg = this.button("SVG", theme, () => save(svgFile(this.drawn(theme)), `${this.home.data.name}-${theme}.svg`));
    const png = this.button("PNG", theme, async () => save(await asPng(this.drawn(theme)), `${this.home.data.name}-${theme}.png`));
    const caption = el("figcaption", {}, el("b", { text: name }), el("span", { class: "spring" }), svg, png);
    return { image, element: el("figure", { "data-theme-of": theme }, el("div", { class: "likeness-frame" }, image), caption) };
  }

  button(kind, theme, press) {
    const label = theme === "dark" ? t("Download the dark picture as {kind}", { kind }) : t("Download the light picture as {kind}", { kind });
    const button = el("button", { type: "button", class: "quiet", "data-act": `${kind.toLowerCase()}-${theme}`, "aria-label": label }, icon("save"), el("span", { text: kind }));
    button.addEventListener("click", press);
    return button;
  }

  drawn(theme) {
    const { data, kinds } = this.home;
    return asSvg(data.stages, kinds, theme, data.title);
  }

  draw() {
    const key = JSON.stringify([this.home.data.stages, this.home.data.title]);
    if (this.key === key) return;
    this.key = key;
    for (const [theme, { image }] of Object.entries(this.shown)) {
      mark(image, "src", `data:image/svg+xml;utf8,${encodeURIComponent(this.drawn(theme))}`);
    }
  }
}
