/** The tower's picture as files: SVG as it is drawn, PNG painted from it. */

import { standalone, tower } from "../draw/draw.js";

const SHARP = 2; // pixels of a PNG for each of the drawing
const LONGEST = 8000; // pixels that every browser's canvas has
const STEEP = 2.4; // height to width, from which a tower is folded to fit a page

/** The tower as an SVG file. */
export function asSvg(stages, kinds, theme, title) {
  return standalone(stages, kinds, { theme, title });
}

/** The tower for a page: a high one with its containers folded. */
export function forPage(stages, kinds, title) {
  const { width, height } = tower(stages, kinds, {});
  const folded = height > STEEP * width ? new Set(stages.filter(({ inner }) => inner?.length).map(({ id }) => id)) : undefined;
  return standalone(stages, kinds, { theme: "light", title, folded });
}

/** An SVG file as a Blob. */
export function svgFile(text) {
  return new Blob([text], { type: "image/svg+xml" });
}

/** An SVG file painted as a PNG. */
export async function asPng(text) {
  const source = URL.createObjectURL(svgFile(text));
  try {
    const picture = await loaded(source);
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const scale = Math.min(SHARP, LONGEST / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(source);
  }
}

function loaded(source) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = () => failed(new Error("The drawing could not be painted."));
    picture.src = source;
  });
}
