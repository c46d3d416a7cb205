/** The page's words and numbers, in its language. */

import { own } from "./draw/own.js";

let words = {};
let lang = "en";

/** Use a catalogue's words from now on. */
export function speak(language, dictionary) {
  lang = language || "en";
  words = dictionary || {};
}

/** The page's language, such as "ko". */
export const spoken = () => lang;

/**
 * A sentence in the page's language; `{name}` is filled in from `values`.
 * Call it with a literal: the extractor finds the words by their calls.
 */
export function t(source, values = {}) {
  const sentence = own(words, source) || source;
  return sentence.replace(/\{(\w+)\}/g, (hole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : hole,
  );
}

const formats = new Map();

/** A number in the page's language; formats are kept, for making one takes long. */
function written(number, style) {
  const key = `${lang} ${JSON.stringify(style)}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(lang, style));
  return formats.get(key).format(number);
}

/** A whole number with its separators: 93,322. */
export function count(number) {
  return written(number, {});
}

/** What was measured: a share in per cent, others with so many digits that count. */
export function figure(value, isShare = false, digits = 4) {
  if (value == null || !Number.isFinite(value)) return "–";
  if (isShare) return percent(value);
  if (Math.abs(value) >= 1000) return count(Math.round(value));
  const small = value !== 0 && Math.abs(value) < 0.0001;
  return small ? value.toExponential(1).replace("-", "−") : String(Number(value.toPrecision(digits)));
}

/** A share in per cent: 98.6 %. */
export function percent(share, places = 1) {
  return `${(100 * share).toFixed(places)} %`;
}

/** A share with a decimal; what is nearly sure is not called sure. */
export function exact(share) {
  return share < 1 && share >= 0.9995 ? "> 99.9 %" : percent(share);
}

/** Lines to choose from, those that read alike with a number: such as of two runs in a minute. */
export function apart(lines) {
  const seen = new Map();
  return lines.map((line) => {
    if (lines.filter((other) => other === line).length < 2) return line;
    seen.set(line, (seen.get(line) ?? 0) + 1);
    return `${line} (${seen.get(line)})`;
  });
}

/** A large number, short: 1.2M (or 120만 in Korean). */
export function short(number) {
  return written(number, { notation: "compact", maximumSignificantDigits: 3 });
}

/** Bytes as people read them: 12.3 MB. */
export function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(4, Math.floor(Math.log10(Math.max(1, number)) / 3));
  const told = written(number / 1000 ** step, { maximumSignificantDigits: 3 });
  return `${told} ${units[step]}`;
}

/** A time as people say it: 12 s, 3.5 min, 2 h. */
export function seconds(time) {
  if (time < 1) return t("{count} ms", { count: written(time * 1000, { maximumSignificantDigits: 2 }) });
  if (time < 90) return t("{count} s", { count: written(time, { maximumSignificantDigits: 2 }) });
  if (time < 5400) return t("{count} min", { count: written(time / 60, { maximumSignificantDigits: 2 }) });
  return t("{count} h", { count: written(time / 3600, { maximumSignificantDigits: 2 }) });
}

/** Seconds as m:ss or h:mm:ss. */
export function lasted(time) {
  if (time == null) return "–";
  const whole = Math.round(time);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A moment (milliseconds since 1970) as people here write it, with its day. */
export function tellTime(moment) {
  const style = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const key = `${lang} time`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(lang, style));
  return formats.get(key).format(moment);
}

/** A tensor's shape as it is read aloud and printed: 26 × 26 × 32. */
export function shape(sizes) {
  return sizes ? sizes.join(" × ") : "?";
}
