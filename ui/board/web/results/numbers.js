/** The key figures of a test. */

import { el } from "../dom.js";
import { count, figure, lasted, percent, t } from "../words.js";

const FIRST = ["accuracy", "mae"];
const MOST = 6;

/** The figures as elements, the one that matters most first. */
export function keyFigures(found, run, { titles, shares }) {
  const told = [...answers(found), ...measured(found.test, titles, shares)].slice(0, MOST - 1);
  if (run.seconds != null) told.push([t("Time taken"), lasted(run.seconds)]);
  return told.map(([title, value, note]) => el("div", { class: "key-figure" }, el("dt", { text: title }), el("dd", {}, el("b", { text: value }), note ? el("small", { text: note }) : null)));
}

function answers(found) {
  const { kind, test } = found;
  if (kind === "classes") return [...accuracy(found), [t("Mistakes"), `${count(found.wrong)} / ${count(found.count)}`], [t("Mean F1"), percent(found.macro.f1)]];
  if (kind !== "values") return [];
  const error = [t("Mean absolute error"), figure(test.mae)];
  if (found.spread != null) error.push(t("The values' spread is {spread}.", { spread: figure(found.spread, false, 3) }));
  return found.explained == null ? [error] : [error, [t("Explained (R²)"), figure(found.explained, false, 3)]];
}

/** Beside what the largest class alone would give: who is no better has learned nothing. */
function accuracy({ test, largest, classes, rows }) {
  const all = rows.reduce((sum, row) => sum + row[3], 0);
  const share = largest == null || !all ? null : percent(rows[largest][3] / all);
  return [[t("Test accuracy"), figure(test.accuracy, true), share && t("Always answering {name} would give {share}.", { name: classes[largest], share })]];
}

function measured(test, titles, shares) {
  const others = Object.keys(test).filter((name) => name in titles && name !== "loss" && !FIRST.includes(name) && figure(test[name]) !== figure(test.loss));
  const figures = others.map((name) => [titles[name], figure(test[name], shares.includes(name))]);
  return [[t("Test loss"), figure(test.loss, false, 3)], ...figures];
}
