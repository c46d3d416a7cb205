/** Where own data are dropped or chosen, and how far they are on their way. */

import { el, icon, mark, write } from "../dom.js";
import { likeness } from "../likeness.js";
import { bytes, count, t } from "../words.js";
import { bringing } from "./bringing.js";
import { chosen, dropped, named } from "./files.js";

export class Drop {
  constructor(panel) {
    this.panel = panel;
    this.folder = field({ webkitdirectory: true });
    this.files = field({ accept: ".zip,.csv,.tsv,.txt,image/*,.heic,.heif,.tif,.tiff" });
    for (const input of [this.folder, this.files]) input.addEventListener("change", () => this.took(input));
    this.element = el("section", { class: "drop", "aria-label": t("Bring your own data") });
    this.element.append(this.invitation(), this.progress(), this.folder, this.files);
    this.listen();
  }

  invitation() {
    const { into } = this.panel.data;
    const title = into ? t("Add more to {name}", { name: into.title }) : t("Drop your own pictures here");
    const about = into ? t("Pictures that are there already are passed over.")
      : t("A folder or a zip file, with a folder for each class. A table (CSV) will do, too.");
    this.words = el("div", { class: "drop-words" }, el("h2", { text: title }), el("p", { text: about }), this.buttons());
    const picture = into ? null : this.picture();
    this.asks = el("div", { class: "drop-asks" }, picture, this.words);
    return this.asks;
  }

  /** How a folder looks that can be learnt from, on the brick that it becomes. */
  picture() {
    const tree = el("div", { class: "tree" });
    for (const name of [t("cats"), t("dogs")]) {
      const shots = el("span", { class: "shots" }, ...[0, 1, 2].map(() => el("i", {}, icon("picture"))));
      tree.append(el("div", {}, folderIcon(), el("b", { text: name }), shots));
    }
    const brick = likeness([{ kind: "Images", gives: [150, 150, 3] }], this.panel.kinds);
    return el("div", { class: "drop-picture", "aria-hidden": "true" }, tree, el("span", { class: "arrow" }, icon("follow")), brick);
  }

  buttons() {
    const press = (input) => () => input.click();
    const folder = el("button", { type: "button", class: "repair", "data-act": "folder", text: t("Choose a folder") });
    folder.addEventListener("click", press(this.folder));
    const files = el("button", { type: "button", class: "quiet", "data-act": "files", text: t("Choose a zip or files") });
    files.addEventListener("click", press(this.files));
    const row = el("div", { class: "drop-buttons" }, folder, files);
    if (this.panel.data.folders.length) row.append(this.onServer());
    return row;
  }

  /** On the server's own machine, below the folders that its operator named. */
  onServer() {
    const input = el("input", { type: "text", "aria-label": t("A folder on the server"), placeholder: this.panel.data.folders[0] });
    const take = el("button", { type: "submit", class: "quiet", text: t("Take it") });
    const form = el("form", { class: "on-server" }, el("span", { text: t("or a folder on the server") }), input, take);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const folder = input.value.trim();
      if (folder) this.start({ folder, name: folder.split("/").filter(Boolean).at(-1) ?? "" });
    });
    return form;
  }

  progress() {
    this.title = el("h2");
    this.line = el("p", { role: "status" });
    this.bar = el("progress", { max: "1", "aria-label": t("How far it is") });
    this.stop = el("button", { type: "button", class: "quiet", "data-act": "cancel" });
    this.stop.addEventListener("click", () => bringing.cancel());
    const foot = el("div", { class: "drop-buttons" }, this.stop);
    this.goes = el("div", { class: "drop-goes" }, this.title, this.bar, this.line, foot);
    return this.goes;
  }

  listen() {
    const { element } = this;
    const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    // What misses the zone shall not replace the page.
    this.panel.root.addEventListener("dragover", (event) => holds(event) && event.preventDefault());
    this.panel.root.addEventListener("drop", (event) => holds(event) && event.preventDefault());
    element.addEventListener("dragenter", (event) => holds(event) && mark(element, "data-over", true));
    element.addEventListener("dragleave", (event) => {
      if (!element.contains(event.relatedTarget)) mark(element, "data-over", null);
    });
    element.addEventListener("drop", (event) => {
      mark(element, "data-over", null);
      if (holds(event)) this.dropped(event.dataTransfer);
    });
  }

  async dropped(transfer) {
    if (bringing.busy || this.gathering != null) return;
    this.complaint = null;
    this.gathering = 0;
    try {
      const files = await dropped(transfer, (found) => this.found(found));
      this.gathering = null;
      this.begin(files);
    } catch {
      this.gathering = null;
      this.complain(t("That folder could not be read. Choose it with the button instead."));
    }
  }

  found(number) {
    this.gathering = number;
    this.draw();
  }

  took(input) {
    const files = chosen(input.files);
    input.value = "";
    if (!bringing.busy) this.begin(files);
  }

  begin(files) {
    const { limits } = this.panel.data;
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length) return this.complain(t("There was nothing in it."));
    if (files.length > limits.files) {
      const values = { count: count(files.length), most: count(limits.files) };
      return this.complain(t("These are {count} files; the most is {most}. Bring a part of them.", values));
    }
    if (size > limits.size) {
      const values = { size: bytes(size), most: bytes(limits.size) };
      return this.complain(t("These are {size}; the most is {most}. Make the pictures smaller, or bring a part of them.", values));
    }
    this.start({ files, name: named(files) || t("My pictures") });
  }

  start(what) {
    const { into, project, lang } = this.panel.data;
    this.complaint = null;
    bringing.start({ ...what, into, project, lang });
  }

  complain(sentence) {
    this.complaint = sentence;
    this.draw();
  }

  draw() {
    const failed = this.complaint != null || bringing.state === "failed";
    const shown = bringing.busy || failed || this.gathering != null;
    mark(this.asks, "hidden", shown && !failed);
    mark(this.goes, "hidden", !shown);
    mark(this.element, "data-state", failed ? "failed" : shown ? "busy" : null);
    mark(this.bar, "hidden", failed);
    write(this.title, failed ? t("This could not be taken") : bringing.name);
    write(this.line, this.complaint ?? this.sentence());
    write(this.stop, t("Cancel"));
    mark(this.stop, "hidden", failed);
    this.drawBar();
  }

  drawBar() {
    const { state, done, of } = bringing;
    const unknown = !of || (state === "checking" && !done);
    if (unknown) this.bar.removeAttribute("value");
    else this.bar.value = done / of;
  }

  sentence() {
    const { state, sent, files, done, of, said, reason, lost } = bringing;
    if (this.gathering != null) return t("Looking into the folder: {count} files so far", { count: count(this.gathering) });
    if (lost) return t("The connection is lost; trying again …");
    if (state === "sending" && files) {
      const values = { sent: count(sent), files: count(files), done: bytes(done), of: bytes(of) };
      return files === 1 ? t("Sending {done} of {of}", values) : t("Sending {sent} of {files} files, {done} of {of}", values);
    }
    if (state === "sending" || (state === "checking" && !of)) return t("Looking at the files …");
    if (state === "checking") return t("Looking at the pictures: {done} of {of}", { done: count(done), of: count(of) });
    if (reason === "unreadable") return t("{file} can't be read any more. Was the folder moved or renamed?", { file: said });
    if (reason === "lost") return t("The upload did not finish: the server could not be reached. Nothing of it was kept; bring the files again.");
    return said ?? "";
  }
}

function field(traits) {
  return el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true", ...traits });
}

function folderIcon() {
  const path = "M2.5 5.5h5l1.6 2h8.4v8.5h-15z";
  const svg = icon("file");
  svg.firstChild.setAttribute("d", path);
  svg.setAttribute("class", "icon folder");
  return svg;
}
