/** Take home: the tower, the trained model, what papers and slides need, and a report. */

import { el, icon, mark, write } from "../dom.js";
import { Panel } from "../panel.js";
import { t, tellTime } from "../words.js";
import { Card, download } from "./card.js";
import { Likenesses } from "./likenesses.js";
import { asPng, asSvg, forPage, svgFile } from "./pictures.js";
import { Proved } from "./proved.js";
import { address, asked, held, save, saveFrom } from "./save.js";

export class Home extends Panel {
  constructor(parent) {
    super(parent, "home-panel", "home/home.css");
  }

  build() {
    this.leaveRun();
    this.two = el("p", { class: "two", role: "alert", text: t("Choose first which of the two towers shall stay.") });
    this.misfit = el("p", { class: "misfit", role: "status", text: t("The script can be run once every brick fits.") });
    return [this.two, this.buildTower(), this.buildModel(), this.buildPapers(), this.buildReport()];
  }

  group(act, title, about, ...parts) {
    const id = `group-${act}`;
    const head = el("header", {}, el("h2", { id, text: title }), el("p", { text: about }));
    return el("section", { class: "take-group", "data-group": act, "aria-labelledby": id }, head, ...parts);
  }

  list(...cards) {
    return el("ul", { class: "takes" }, ...cards.map(({ element }) => element));
  }

  buildTower() {
    const script = t("Script");
    const book = t("Notebook");
    const project = t("Project file");
    this.script = new Card({ badge: ".py", title: script }, download(script, () => this.takeTower("script", "train.py")));
    this.notebook = new Card(
      { badge: ".ipynb", title: book, said: t("The same in steps, explained, with the tower's picture. Runs in Jupyter and in Colab.") },
      download(book, () => this.takeBook()),
    );
    this.project = new Card(
      { badge: ".json", title: project, said: t("Opens in Brickyard again, here or elsewhere.") },
      download(project, () => this.takeTower("project", `${this.data.name}.brick.json`)),
    );
    this.bases = this.learned("bases");
    return this.group("tower", t("The tower"), t("What you built, trained or not."), this.misfit, this.list(this.script, this.notebook, this.bases, this.project));
  }

  buildModel() {
    this.choice = el("select", { "aria-label": t("Run"), onchange: () => this.choose(this.choice.value) });
    this.picked = el("div", { class: "run-choice" }, el("span", { class: "select" }, this.choice));
    this.changed = el("p", { class: "misfit", text: t("The tower was changed since this run, which trained it as it was then.") });
    this.lost = el("p", { class: "two", role: "alert", text: t("That did not work. Try again in a moment.") });
    const model = t("Trained model");
    this.files = {
      script: this.file(".py", t("This run's script"), t("The very code that trained it."), "train.py"),
      history: this.file(".csv", t("History"), t("Every epoch's figures as a table."), ".csv"),
    };
    this.predict = this.file(".py", "predict.py", "", "predict.py");
    this.predict.what = "predict";
    this.formats = {
      keras: new Proved(this, "keras", { badge: ".keras", title: model, said: t("The best by validation: keras.models.load_model opens it.") }, download(model, () => this.takeRun("model", ".keras"))),
      onnx: new Proved(this, "onnx", { badge: ".onnx", title: "ONNX", said: t("Runs without Keras: in other programs, other languages, and in the browser.") }),
      litert: new Proved(this, "litert", { badge: ".tflite", title: "LiteRT", said: t("For phones and small computers; it was called TensorFlow Lite.") }),
      savedmodel: new Proved(this, "savedmodel", { badge: ".zip", title: "SavedModel", said: t("For TensorFlow Serving: a folder, packed as a zip file.") }),
      demo: new Proved(this, "demo", { badge: ".html", title: t("Demo page"), said: t("Draw or bring a picture in any browser, and the tower tells what it sees. One file; its runtime comes from the network.") }),
      summary: new Proved(this, "summary", { badge: ".txt", title: "model.summary()", said: t("Every layer with its shape and weights, as Keras prints it.") }),
    };
    const { script, history } = this.files;
    const { keras, onnx, litert, savedmodel, demo, summary } = this.formats;
    this.runBases = this.learned("runBases");
    this.models = el("div", {}, this.picked, this.changed, this.lost, this.list(keras, onnx, this.predict, demo, litert, savedmodel, script, this.runBases, history, summary));
    this.none = el(
      "div",
      { class: "no-model" },
      el("p", { text: t("Once the tower is trained, its model waits here.") }),
      el("button", { type: "button", class: "repair", text: t("Go to Train"), onclick: () => this.act({ op: "go", view: "train" }) }),
    );
    return this.group("model", t("The trained model"), t("What came of a run. Every other format is offered once another program has opened it and given the model's answers; Keras' own file can be proved likewise."), this.none, this.models);
  }

  file(badge, title, said, name) {
    const card = new Card({ badge, title, said }, download(title, () => this.takeRun(card.what, name)));
    return card;
  }

  /** What bases of one's own learned, which the script beside it loads. */
  learned(act) {
    const title = t("Weights of its base");
    const button = { ...download(title, () => this.takeBases(this[act].held)), act: `take-${act}` };
    return new Card({ badge: ".h5", title, said: t("Put it beside the script, which looks for it there.") }, button);
  }

  takeBases(names) {
    for (const name of names) saveFrom(address(`base/${name}`, {}), name);
  }

  showBases(card, names = []) {
    card.held = names;
    mark(card.element, "hidden", !names.length);
    card.show({ ready: names.length > 0 });
  }

  takeRun(what, name) {
    saveFrom(address(`run/${what}`, { run: this.run.id }), name.startsWith(".") ? `${this.run.name}${name}` : name);
  }

  buildPapers() {
    this.likenesses = new Likenesses(this);
    const latex = t("Table for LaTeX");
    this.latex = new Card({ badge: ".tex", title: latex, said: t("Every brick with its settings, shape and weights, for a paper.") }, download(latex, () => this.takeTower("latex", `${this.data.name}.tex`)));
    this.graph = new Card({ badge: ".gv", title: "Graphviz", said: t("Boxes and arrows as Keras' plot_model draws them; shown below.") }, download("Graphviz", () => this.takeTower("graph", `${this.data.name}.gv`)));
    return this.group("papers", t("For papers and slides"), t("The tower's picture stays sharp at any size as SVG; PNG goes into any program."), this.likenesses.element, this.list(this.latex, this.graph));
  }

  buildReport() {
    const title = t("Report");
    this.report = new Card(
      { badge: "A4", title, said: "" },
      { name: t("Open"), label: t("Open the report"), act: "open-report", sign: "file", press: () => this.takeReport("html", true) },
      { name: "HTML", label: t("Download the report as {kind}", { kind: "HTML" }), act: "html-report", press: () => this.takeReport("html") },
      { name: "PDF", label: t("Download the report as {kind}", { kind: "PDF" }), act: "pdf-report", press: () => this.takeReport("pdf") },
    );
    return this.group("report", t("A report"), t("A run on one page to print or to hand in: tower, settings, curves, confusion and the surest mistakes."), this.list(this.report));
  }

  settle() {
    const { runs } = this.data;
    if (!runs.some(({ id }) => id === this.chosen)) this.chosen = runs[0]?.id;
    for (const [what, card] of Object.entries(this.files)) card.what = what;
    const key = `${this.chosen} ${this.data.lang} ${this.data.saved}`;
    if (this.key === key) return;
    this.key = key;
    if (this.run) this.fetchRun();
  }

  get run() {
    return this.data.runs.find(({ id }) => id === this.chosen);
  }

  choose(id) {
    this.chosen = id;
    this.settle();
    this.draw();
  }

  async fetchRun() {
    const { run, key } = this;
    try {
      const known = await (await asked("run", { run: run.id, lang: this.data.lang })).json();
      if (key !== this.key || this.left) return;
      this.known = known;
    } catch (problem) {
      console.warn(problem);
      if (key !== this.key) return;
      this.known = null;
      this.key = null; // the next word of the page asks again
    }
    this.failed = !this.known;
    this.draw();
  }

  draw() {
    const { data, run } = this;
    mark(this.two, "hidden", !data.elsewhere);
    mark(this.misfit, "hidden", data.whole);
    this.script.show({ said: data.needs, ready: data.whole && !data.elsewhere });
    this.notebook.show({ ready: data.whole && !data.elsewhere });
    this.showBases(this.bases, data.bases);
    for (const card of [this.project, this.latex, this.graph]) card.show({ ready: !data.elsewhere });
    this.likenesses.draw();
    mark(this.none, "hidden", Boolean(run));
    mark(this.models, "hidden", !run);
    this.drawRun(run);
    mark(this.root, "data-run", run?.id);
  }

  drawRun(run) {
    const known = run && this.known?.id === run.id ? this.known : null;
    this.report.show({ said: run ? this.named(run) : t("Train the tower first: a report tells of one run."), ready: Boolean(known?.stages.length) });
    if (!run) return;
    this.drawChoice();
    mark(this.changed, "hidden", !run.changed);
    mark(this.lost, "hidden", !this.failed);
    this.showBases(this.runBases, known?.bases);
    for (const [what, card] of Object.entries(this.files)) card.show({ size: known?.sizes[what], ready: Boolean(known?.sizes[what]) });
    const predicts = Boolean(known?.predicts);
    this.predict.show({ ready: predicts, said: predicts || !known ? t("Tells what is in picture files: put the ONNX file beside it. It needs no Keras.") : t("Only for towers that tell a class or a value of a picture.") });
    this.formats.keras.show({ size: known?.sizes.model, ready: Boolean(known?.sizes.model) });
    for (const [kind, card] of Object.entries(this.formats)) {
      if (known && card.from !== known) card.know(run, known.exports[kind]);
      card.from = known;
    }
  }

  drawChoice() {
    const { runs } = this.data;
    const key = JSON.stringify(runs);
    if (this.listed !== key) {
      this.listed = key;
      this.choice.replaceChildren(...runs.map((run) => el("option", { value: run.id, text: this.named(run) })));
    }
    this.choice.value = this.chosen;
  }

  named({ when, result, epochs }) {
    const lasted = epochs === 1 ? t("1 epoch") : t("{count} epochs", { count: epochs });
    const told = [tellTime(when), result, lasted].filter(Boolean).join(" · ");
    return told.replaceAll(" %", "\u00a0%");
  }

  takeTower(what, name) {
    saveFrom(address(`tower/${what}`, { project: this.data.project, lang: this.data.lang }), name);
  }

  async takeBook() {
    const { data, kinds } = this;
    const picture = await asPng(asSvg(data.stages, kinds, "light", data.title));
    const answer = await asked("tower/notebook", { project: data.project, lang: data.lang }, { method: "POST", body: picture });
    save(await answer.blob(), `${data.name}.ipynb`);
  }

  async takeReport(kind, open = false) {
    const { run, known, data } = this;
    const page = open ? window.open("", "_blank") : null; // now, while the press still counts
    try {
      const drawn = forPage(known.stages, this.kinds, known.title);
      const body = kind === "pdf" ? await asPng(drawn) : svgFile(drawn);
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const answer = await asked(`report/${kind}`, { run: run.id, lang: data.lang, zone }, { method: "POST", body });
      const file = await answer.blob();
      if (page) page.location = held(file);
      else save(file, `${run.name}-report.${kind}`);
    } catch (problem) {
      page?.close();
      throw problem;
    }
  }

  leaveRun() {
    for (const card of Object.values(this.formats ?? {})) card.leave();
    Object.assign(this, { key: null, known: null, listed: null });
  }

  leave() {
    this.leaveRun();
    super.leave();
  }
}
