/** The vocabulary as the server gives it: kinds, families and words of one language. */

import { own } from "./draw/own.js";
import { speak } from "./words.js";

const HERE = new URL(".", import.meta.url);
const fetched = new Map();

/** The version these modules were served under: the folder they lie in. */
export const VERSION = HERE.pathname.split("/").at(-2);

/** The address of a file beside these modules. */
export const beside = (file) => new URL(file, HERE).href;

/** The catalogue of a language: `{words, families, kinds}`. */
export function catalogue(lang) {
  if (!fetched.has(lang)) fetched.set(lang, read(lang));
  return fetched.get(lang);
}

/** Speak this catalogue's language from now on. */
export function use(lang, { words }) {
  speak(lang, words);
}

async function read(lang) {
  try {
    const answer = await fetch(beside(`catalogue.${lang}.json`));
    if (!answer.ok) throw new Error(`catalogue.${lang}.json: ${answer.status}`);
    return await answer.json();
  } catch (problem) {
    fetched.delete(lang);
    throw problem;
  }
}

const UNKNOWN = { family: "unknown", about: "", search: "", start: {}, settings: [] };

/** A kind's entry; a kind that this catalogue does not know gets a grey one. */
export function entry(kinds, kind) {
  return own(kinds, kind) ?? { ...UNKNOWN, title: kind, looks: { profile: "unknown" } };
}
