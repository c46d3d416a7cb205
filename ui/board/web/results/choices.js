/** Which examples are shown: what they are called, and how each is told of. */

import { count, figure, percent, t } from "../words.js";

const SHORT = 5; // signs of two names that stand in one line

/** The mistakes, the surest first: what is shown to begin with. */
export const WORST = { of: "worst" };

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The title of the examples that were chosen. */
export function titled(choice, found) {
  const [first, second] = choice.with ?? [];
  const name = (number) => found.classes?.[number] ?? "?";
  switch (choice.of) {
    case "cell": return first === second ? t("{name}, told right", { name: name(first) }) : t("{true}, told {told}", { true: name(first), told: name(second) });
    case "missed": return t("{name}, told as another", { name: name(first) });
    case "taken": return t("Others, told {name}", { name: name(first) });
    case "sure": return t("Sure by {low} to {high}", { low: percent(first, 0), high: percent(second, 0) });
    case "alike": return t("More like example {number}", { number: count(first) });
    case "off": return t("Off by {low} to {high}", { low: figure(first), high: figure(second) });
    case "one": return t("Example {number}", { number: count(first) });
    default: return { classes: t("The surest mistakes"), values: t("Told least well"), rebuilt: t("Given back least well") }[found.kind];
  }
}

/** What is said where there are none. */
export function none(choice, unit) {
  if (choice.of !== "worst") return t("There are none.");
  return { pictures: t("Not one mistake on the test pictures."), rows: t("Not one mistake on the test rows."), examples: t("Not one mistake on the test examples.") }[unit];
}

/** An example in a line or two: what it is, what was told, how sure or how far off. */
export function lines(row, found) {
  if (found.kind === "rebuilt") return [t("off by {error}", { error: figure(row.error, false, 3) })];
  if (found.kind === "values") return [`${figure(row.true, false, 3)} → ${figure(row.told, false, 3)}`];
  const name = (number) => found.classes[number] ?? t("no answer");
  const [true_, told] = [name(row.true), name(row.told)];
  if (row.true === row.told) return [true_, percent(row.share)];
  const long = true_.length + told.length > SHORT;
  return long ? [true_, `→ ${told}`, percent(row.share)] : [`${true_} → ${told}`, percent(row.share)];
}

/** The same for screen readers. */
export function spoken(row, found) {
  const number = count(row.index);
  if (found.kind === "rebuilt") return t("Example {number}, off by {error}", { number, error: figure(row.error) });
  const values = found.kind === "values";
  const name = (value) => (values ? figure(value) : found.classes[value] ?? t("no answer"));
  const said = t("Example {number}: {true}, told {told}", { number, true: name(row.true), told: name(row.told) });
  return values ? said : `${said}, ${percent(row.share)}`;
}
