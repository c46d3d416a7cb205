/** A picture that somebody brings: dropped, pasted, chosen or photographed. */

import { el, icon, mark, write } from "../dom.js";
import { tile } from "../looking.js";
import { bytes, t } from "../words.js";
import { photograph } from "./photo.js";
import { camera } from "./signs.js";

/** The first file of what was dropped or pasted, or null. */
export function fileOf(transfer) {
  const files = [...(transfer?.files ?? [])];
  return files.find(({ type }) => type.startsWith("image/")) ?? files[0] ?? null;
}

export class Picture {
  /**
   * @param {{file: File|null}} kept what outlives this element
   * @param {{root: Element, most: number, changed: () => void}} wires
   */
  constructor(kept, { panel, most, changed }) {
    Object.assign(this, { kept, panel, most, changed });
    this.input = el("input", { type: "file", accept: "image/*,.heic,.heif,.avif", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    const choose = el("button", { type: "button", class: "repair", onclick: () => this.input.click() }, t("Choose a picture"));
    const photo = el("button", { type: "button", class: "quiet strong", "data-act": "photo", onclick: () => photograph(panel, (file) => this.take(file)) }, camera(), el("span", { text: t("Take a photo") }));
    this.shown = el("div", { class: "stage" });
    this.invitation = el("div", { class: "invitation" }, icon("picture"), el("b", { text: t("Drop a picture here") }), el("span", { text: t("or paste one with Ctrl+V") }));
    this.name = el("p", { class: "file-name" });
    this.failed = el("p", { class: "card-failed", role: "alert", hidden: true });
    this.zone = el("div", { class: "drop-zone" }, this.invitation, this.shown, this.failed);
    const acts = el("div", { class: "pad-tools" }, choose, photo, this.input, el("span", { class: "spring" }), this.name);
    this.element = el("div", { class: "picture-whole" }, this.zone, acts);
    this.show();
  }

  /** Take a file up; one that is far too large is refused here. */
  take(file) {
    this.input.value = "";
    if (!file) return;
    this.refuse(null);
    this.kept.file = file;
    if (!file.size) this.refuse(t("{name} is empty: choose another file.", { name: file.name }));
    else if (file.size > this.most) this.refuse(t("{name} has {size}; {most} is the most.", { name: file.name, size: bytes(file.size), most: bytes(this.most) }));
    this.show();
    this.changed();
  }

  /** Why the picture can't be given; another one may be brought in its place. */
  refuse(said) {
    if (said) {
      this.kept.file = null;
      this.show();
    }
    mark(this.failed, "hidden", !said);
    write(this.failed, said ?? "");
    mark(this.zone, "data-refused", Boolean(said));
  }

  /** The file as the browser shows it; where it can't, as the network sees it. */
  show() {
    const { file } = this.kept;
    mark(this.invitation, "hidden", Boolean(file));
    mark(this.shown, "hidden", !file);
    write(this.name, file?.name ?? "");
    URL.revokeObjectURL(this.address);
    if (!file) return this.shown.replaceChildren();
    this.address = URL.createObjectURL(file);
    const picture = el("img", { src: this.address, alt: file.name });
    picture.addEventListener("error", () => picture.remove());
    this.shown.replaceChildren(picture);
  }

  /** How the network sees it, where the browser can't show the file itself. */
  seen(sprite) {
    const picture = this.shown.querySelector("img");
    const fails = !picture || (picture.complete && !picture.naturalWidth);
    if (this.kept.file && fails) this.shown.replaceChildren(tile(sprite, 0, { label: this.kept.file.name }));
  }

  get empty() {
    return !this.kept.file;
  }

  body() {
    return this.kept.file;
  }

  leave() {
    URL.revokeObjectURL(this.address);
  }
}
