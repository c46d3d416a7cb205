/** Try: draw, bring or choose an example; trained towers answer at once. */

import { el, mark, write } from "../dom.js";
import { hand } from "../handed.js";
import { measure } from "../frame.js";
import { look } from "../looking.js";
import { Panel } from "../panel.js";
import { t } from "../words.js";
import { Card } from "./card.js";
import { nothing } from "./empty.js";
import { SIDE } from "./ink.js";
import { Leaf } from "./leaf.js";
import { Pad, sheet } from "./pad.js";
import { fileOf, Picture } from "./picture.js";
import { change, seats, ways } from "./seats.js";
import { Steady } from "./steady.js";

const LETTERS = "ABCD";
const QUIET = 700; // milliseconds without a new answer after which it is said aloud
const tables = new Map(); // by project: what lay on the table when the view was left

export class Try extends Panel {
  constructor(parent) {
    super(parent, "try-panel", "letters.css", "try/try.css");
    this.places = [];
    this.pasting = (event) => this.paste(event);
    document.addEventListener("paste", this.pasting);
    this.fitting = () => measure(this.root);
    addEventListener("resize", this.fitting);
  }

  build() {
    this.tabs = el("div", { class: "scopes given-ways", role: "group", "aria-label": t("What is given") });
    this.tabs.addEventListener("keydown", (event) => this.part?.turns?.(event));
    this.given = el("div", { class: "given" });
    this.cards = el("div", { class: "answers" });
    this.more = el("button", { type: "button", class: "quiet strong more", onclick: () => this.add() }, t("Compare with another run"));
    this.main = el("div", { class: "try-main" }, el("div", { class: "try-left" }, this.tabs, this.given), el("div", { class: "try-right" }, this.cards, this.more));
    this.none = nothing(() => this.act({ op: "go", view: "train" }));
    this.drop(this.main);
    this.clean();
    return [this.main, this.none];
  }

  /** Let go of what is drawn, such as when the language changes. */
  clean() {
    for (const place of this.places) place.steady.drop();
    this.places = [];
    this.part?.leave();
    this.part = null;
  }

  get table() {
    const { project } = this.data;
    if (!tables.has(project)) tables.set(project, { way: null, seats: [], sheet: sheet(), picture: { file: null }, test: { n: 0 } });
    return tables.get(project);
  }

  draw() {
    const { runs, most } = this.data;
    measure(this.root);
    mark(this.main, "hidden", !runs.length);
    mark(this.none, "hidden", Boolean(runs.length));
    if (!runs.length) return this.none.draw(this.data.moving, this.data.asks);
    const { table } = this;
    table.seats = seats(table.seats, runs);
    const first = runs.find(({ id }) => id === table.seats[0].run);
    this.ground = this.data.grounds[first.ground];
    this.drawWays(ways(this.ground));
    this.drawCards(runs.filter(({ ground }) => ground === first.ground), runs);
    this.drawPart(table.seats[0]);
    mark(this.more, "hidden", table.seats.length >= most || !this.free().length);
  }

  drawWays(known) {
    const { table } = this;
    if (!known.includes(table.way)) table.way = known[0];
    const words = { draw: t("Draw"), picture: t("Picture"), test: t("Test examples") };
    if (this.tabs.dataset.ways !== known.join()) {
      this.tabs.dataset.ways = known.join();
      this.tabs.replaceChildren(...known.map((way) => el("button", { type: "button", class: "scope", "data-way": way, text: words[way], onclick: (event) => this.press(event, way) })));
    }
    for (const tab of this.tabs.children) mark(tab, "aria-pressed", String(tab.dataset.way === table.way));
    mark(this.tabs, "hidden", known.length < 2);
  }

  /** A button of the row above; it holds the keys then, in Safari too. */
  press({ currentTarget }, way) {
    currentTarget.focus();
    this.turn(way);
  }

  turn(way) {
    this.table.way = way;
    this.draw();
  }

  drawCards(alike, all) {
    const { table } = this;
    while (this.places.length > table.seats.length) this.places.pop().leave();
    while (this.places.length < table.seats.length) this.places.push(this.place(this.places.length));
    mark(this.cards, "data-count", table.seats.length);
    this.places.forEach((place, n) => {
      const seat = table.seats[n];
      const key = `${seat.run} ${seat.which}`;
      place.card.settle(seat, LETTERS[n], n === 0 ? all : alike, table.seats.length === 1);
      if (place.key === key) return;
      place.key = key;
      place.card.rest();
      this.ask(place);
    });
  }

  place(n) {
    const card = new Card(this, n);
    const place = { n, card, leave: () => (place.steady.drop(), card.element.remove()) };
    place.steady = new Steady((question, signal) => this.look(place, question, signal), (answer, question) => this.answered(place, answer, question));
    this.cards.append(card.element);
    return place;
  }

  /** What an example is given by: the sheet, the picture, the test set. */
  drawPart(seat) {
    const { table } = this;
    const key = `${table.way} ${this.data.project}`;
    if (this.partKey !== key || !this.part) {
      this.part?.leave();
      this.partKey = key;
      this.part = this.made(table);
      this.given.replaceChildren(this.part.element);
      this.askAll();
    }
    if (table.way === "test") this.part.settle(seat, this.ground);
  }

  made(table) {
    if (table.way === "draw") return new Pad(table.sheet, (moment) => this.askAll(moment));
    if (table.way === "picture") return new Picture(table.picture, { panel: this, most: this.data.most_bytes, changed: () => this.askAll() });
    return new Leaf(table.test, () => this.askAll());
  }

  askAll(moment) {
    for (const place of this.places) this.ask(place, moment);
  }

  /** Have a run answer what lies on the table now. */
  ask(place, moment) {
    if (!this.part) return;
    const { way } = this.table;
    if (this.part.empty) {
      place.steady.drop();
      place.card.rest();
      if (way === "draw") this.warm(place);
      return;
    }
    place.card.wait();
    place.steady.ask(() => this.question(place, moment));
  }

  /** An empty sheet is asked about, too, so that the model is open when the pen comes down. */
  warm(place) {
    const body = new Blob([new Uint8Array((SIDE * SIDE) / 8)]);
    place.steady.ask(() => ({ ask: this.asking(place, { drawn: SIDE }), body, idle: true }));
  }

  asking({ n }, given) {
    const { run, which } = this.table.seats[n];
    return { what: "told", run, which, ...given };
  }

  question(place, moment) {
    const { way, test } = this.table;
    if (way === "test") return { ask: this.asking(place, { given: { test: test.n } }), test: test.n };
    const body = this.part.body();
    return { ask: this.asking(place, way === "draw" ? { drawn: SIDE } : {}), body, name: body.name, moment };
  }

  look(place, question, signal) {
    const told = (part) => part.seen && !question.idle && this.see(place, part.seen);
    return look(question.ask, { body: question.body, signal, told });
  }

  see(place, sprite) {
    place.card.see(sprite);
    if (place.n === 0) this.part.seen?.(sprite);
  }

  answered(place, answer, { idle, moment, test, name }) {
    if (idle) {
      if (answer.state === "failed") place.card.tell(answer);
      return;
    }
    if (answer.bad) {
      place.card.rest();
      this.part.refuse?.(name ? `${name}: ${answer.said}` : answer.said);
      this.say(answer.said);
    } else place.card.tell(answer);
    if (place.n === 0 && test != null) this.part.enlarge?.(answer.seen, test);
    if (moment != null) requestAnimationFrame(() => performance.measure("brickyard-try", { start: moment })); // for tests/bench/trying.py
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.tell(), QUIET);
  }

  /** For those who listen: what the towers tell, once it has come to rest. */
  tell() {
    const several = this.places.length > 1;
    const said = this.places.filter(({ card }) => card.said).map(({ n, card }) => (several ? `${LETTERS[n]}: ${card.said}` : card.said));
    if (said.length) this.say(said.join(". "));
  }

  choose(n, news) {
    this.table.seats = change(this.table.seats, n, news, this.data.runs);
    this.draw();
  }

  /** Runs on the same data that do not answer yet. */
  free() {
    const { seats: taken } = this.table;
    const first = this.data.runs.find(({ id }) => id === taken[0].run);
    return this.data.runs.filter(({ id, ground }) => ground === first.ground && !taken.some(({ run }) => run === id));
  }

  add() {
    const [next] = this.free();
    if (!next) return;
    this.table.seats = [...this.table.seats, { run: next.id, which: "best" }];
    this.draw();
    this.places.at(-1).card.who.focus();
  }

  remove(n) {
    this.table.seats = this.table.seats.filter((_, at) => at !== n);
    this.draw();
    this.more.focus();
  }

  /** Go to Inside with this run and what lies on the table; to the heat of class `target` where that is told. */
  inside(n, target = null) {
    const { run, which } = this.table.seats[n];
    const { way, test } = this.table;
    const body = way === "test" || this.part.empty ? null : this.part.body();
    const brought = body ? { ask: way === "draw" ? { drawn: SIDE } : {}, body } : null;
    hand({ run, brought, test: way === "test" ? test.n : null, target });
    this.act({ op: "look_inside", run, which, given: way === "test" ? { test: test.n } : {} });
  }

  /** A file may be dropped anywhere on the panel. */
  drop(zone) {
    zone.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(zone, "data-over", true);
    });
    zone.addEventListener("dragleave", (event) => !zone.contains(event.relatedTarget) && mark(zone, "data-over", null));
    zone.addEventListener("drop", (event) => {
      mark(zone, "data-over", null);
      event.preventDefault();
      this.bring(fileOf(event.dataTransfer));
    });
  }

  paste(event) {
    const file = fileOf(event.clipboardData);
    if (!file || this.root.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.bring(file);
  }

  /** A file came, whatever way was open. */
  bring(file) {
    if (!file || !this.data?.runs.length || !ways(this.ground).includes("picture")) return;
    this.turn("picture");
    this.part.take(file);
  }

  leave() {
    document.removeEventListener("paste", this.pasting);
    removeEventListener("resize", this.fitting);
    clearTimeout(this.speaking);
    this.clean();
    super.leave();
  }
}
