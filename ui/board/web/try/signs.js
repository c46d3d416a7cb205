/** The line icons that only this view has. */

import { drawing } from "../dom.js";

const sign = (name, path) => () => {
  const made = drawing(`<path d="${path}"/>`, "0 0 20 20");
  made.classList.add("icon", `icon-${name}`);
  return made;
};

export const eye = sign("eye", "M2 10c3-5 13-5 16 0-3 5-13 5-16 0M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5");
export const camera = sign("camera", "M2.5 6h3.5l1.5-2h5l1.5 2h3.5v10h-15zM10 8a3 3 0 1 0 0 6 3 3 0 0 0 0-6");
export const dice = sign("dice", "M3.5 3.5h13v13h-13zM7 7h.01M13 7h.01M10 10h.01M7 13h.01M13 13h.01");
export const pen = sign("pen", "M4 16l1-4 8.5-8.5 3 3L8 15zM12 5l3 3");
