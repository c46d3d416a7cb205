/** A panel of the Data view, and what its panels share. */

import { Panel as Plain } from "../panel.js";
import { count, t } from "../words.js";

export class Panel extends Plain {
  constructor(parent) {
    super(parent, "data-panel", "data/data.css");
  }
}

/** The address of a picture of a data set, `thumb` or `picture`. */
export const pictured = (dataset, digest, size = "thumb") =>
  new URL(`brickyard/${size}/${dataset}/${digest}${size === "thumb" ? ".jpg" : ""}`, document.baseURI).href;

/** So many pictures. */
export const many = (number) => (number === 1 ? t("1 picture") : t("{count} pictures", { count: count(number) }));

/** The name of a part. */
export function partName(part) {
  return { t: t("training"), v: t("validation"), e: t("test") }[part] ?? "";
}
