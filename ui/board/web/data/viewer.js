/** One picture as large as the window allows, and what is known of it. */

import { Dialog } from "../dialog.js";
import { el, iconButton, mark, write } from "../dom.js";
import { count, t } from "../words.js";
import { partName, pictured } from "./panel.js";

export class Viewer {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = new Dialog(sheet, t("Picture"), "viewer");
    this.title = this.dialog.head.querySelector("h2");
    this.image = el("img", { alt: "" });
    this.facts = el("p", { class: "facts-line", role: "status" });
    this.before = iconButton("left", t("The picture before"), () => this.step(-1), { class: "tool turn" });
    this.after = iconButton("left", t("The next picture"), () => this.step(1), { class: "tool turn forward" });
    const stage = el("div", { class: "stage" }, this.before, this.image, this.after);
    this.move = sheet.mover((name) => this.moved(name));
    this.out = el("button", { type: "button", class: "quiet", "data-act": "out" });
    this.out.addEventListener("click", () => this.leaveOut());
    const foot = el("div", { class: "viewer-foot" }, this.facts, this.move.element, this.out);
    this.dialog.body.append(stage, foot);
    this.dialog.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {string|null} [name] the class that the row is, where it is one */
  show(row, place, name) {
    Object.assign(this, { row, place, name });
    this.dialog.show();
    this.draw();
  }

  get picture() {
    return this.row[this.place];
  }

  step(by) {
    this.place = (this.place + by + this.row.length) % this.row.length;
    this.draw();
  }

  key(event) {
    if (event.target.matches("select, input")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) this.step(step);
    else if (event.key === "Delete") this.leaveOut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  leaveOut() {
    const { sheet, picture } = this;
    if (sheet.labelOf(picture) === null) sheet.putBack([picture]);
    else sheet.leaveOut([picture]);
    this.draw();
  }

  moved(name) {
    this.sheet.move([this.picture], name);
    this.draw();
  }

  /** Whether a picture of the row is still what the row is. */
  stays(picture) {
    const label = this.sheet.labelOf(picture);
    return this.name === undefined || (this.name === "" ? label !== null : label === this.name);
  }

  /** Which of how many it is in its class; one that was moved, where it was. */
  told(picture) {
    if (!this.stays(picture)) return this.name ? t("was in {name}", { name: this.name }) : "";
    const here = this.row.filter((each) => this.stays(each));
    return t("{place} of {count}", { place: count(here.indexOf(picture) + 1), count: count(here.length) });
  }

  draw() {
    if (!this.dialog.open) return;
    const { sheet, picture } = this;
    const { path, name, width, height, digest } = picture;
    const label = sheet.labelOf(picture);
    write(this.title, name);
    mark(this.title, "title", path);
    mark(this.image, "src", pictured(sheet.data.dataset, digest, "picture"));
    mark(this.image, "alt", t("{name}, of the class {label}", { name, label: label ?? t("Left out") }));
    mark(this.image, "data-small", width < 200 && height < 200);
    const size = t("{width} × {height} pixels", { width: count(width), height: count(height) });
    const facts = [label ?? t("Left out"), label === null ? null : partName(sheet.partOf(picture)), size];
    facts.push(this.told(picture));
    write(this.facts, facts.filter((fact) => fact !== "" && fact != null).join(" · "));
    write(this.out, label === null ? t("Take in again") : t("Leave out"));
    this.move.draw();
  }

  leave() {
    this.dialog.leave();
  }
}
