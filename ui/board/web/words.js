/** The page's words and numbers, in its language. */

let words = {};
let lang = "en";

/** Use a catalogue's words from now on. */
export function speak(language, dictionary) {
  lang = language || "en";
  words = dictionary || {};
}

/**
 * A sentence in the page's language; `{name}` is filled in from `values`.
 * Call it with a literal: the extractor finds the words by their calls.
 */
export function t(source, values = {}) {
  const sentence = words[source] || source;
  return sentence.replace(/\{(\w+)\}/g, (hole, name) =>
    name in values ? String(values[name]) : hole,
  );
}

/** A whole number with its separators: 93,322. */
export function count(number) {
  return new Intl.NumberFormat(lang).format(number);
}

/** A large number, short: 1.2M (or 120만 in Korean). */
export function short(number) {
  const style = { notation: "compact", maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(lang, style).format(number);
}

/** Bytes as people read them: 12.3 MB. */
export function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(4, Math.floor(Math.log10(Math.max(1, number)) / 3));
  const style = { maximumSignificantDigits: 3 };
  const figure = new Intl.NumberFormat(lang, style).format(number / 1000 ** step);
  return `${figure} ${units[step]}`;
}

/** A tensor's shape as it is read aloud and printed: 26 × 26 × 32. */
export function shape(sizes) {
  return sizes ? sizes.join(" × ") : "?";
}
