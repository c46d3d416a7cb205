/** Values of settings as people read and type them. */

import { own } from "../draw/own.js";
import { share, whole } from "../numbers.js";
import { beyond } from "../settings.js";
import { figure, percent, t } from "../words.js";

/** A value in words or figures; `labels` has the words of choices. */
export function told(value, { labels } = {}) {
  const known = own(labels, String(value));
  if (known) return known;
  if (value == null) return t("none");
  if (typeof value === "boolean") return value ? t("on") : t("off");
  if (Array.isArray(value)) return value.map((one) => told(one)).join(typeof value[0] === "string" ? " " : "×");
  return typeof value === "number" ? plain(value) : String(value);
}

/** A number as it is typed, with so many digits that count; a whole one with all of them. */
export const plain = (number, digits = 3) => String(Number.isInteger(number) ? number : Number(number.toPrecision(digits)));

const READ = { whole, real: share, share, pair: (text) => pair(text) };

/** Whether values of this kind are typed, and not chosen from a list. */
export const readable = ({ kind }) => kind in READ;

/** What somebody typed as a value of this kind; undefined where it is none. */
export function typed(text, info) {
  if (info.optional && text.trim() === t("none")) return null;
  const value = READ[info.kind]?.(text);
  if (value === undefined || Number.isNaN(value) || beyond(value, info)) return undefined;
  return value;
}

function pair(text) {
  const sizes = text.split(/[×x,;\s]+/i).filter(Boolean).map((part) => whole(part));
  if (!sizes.length || sizes.length > 2 || sizes.includes(undefined)) return undefined;
  return sizes.length === 1 || sizes[0] === sizes[1] ? sizes[0] : sizes;
}

/** What a value of this kind may be, in words. */
export function limits({ kind, least, most }) {
  if (kind === "whole") return t("A whole number from {least} to {most}", { least, most });
  if (kind === "pair") return t("One whole number, or two such as 3×5, from {least} to {most}", { least, most });
  return t("A number from {least} to {most}", { least, most });
}

/** Whether values of this kind may come from a range. */
export const ranged = ({ kind }) => ["whole", "real", "share"].includes(kind);

/** What a variant reached: a share as per cent. */
export function reached(value, { share: part } = {}) {
  return part && value > 0.9 ? percent(value, 2) : figure(value, part);
}
