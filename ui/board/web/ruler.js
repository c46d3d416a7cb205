/** How wide words are, found without laying out a page. */

const known = new Map();
let pen = null;

/** The width in pixels of a text in a font ("600 14px sans-serif"). */
export function width(text, font) {
  const key = `${font} ${text}`;
  if (!known.has(key)) {
    if (known.size > 4000) known.clear();
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = font;
    known.set(key, Math.ceil(pen.measureText(text).width));
  }
  return known.get(key);
}

/** The fonts of the words beside a tower, as the page's styles have them. */
export function fonts(element) {
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const mono = style.getPropertyValue("--mono") || "monospace";
  return {
    title: `600 ${size}px ${style.fontFamily}`,
    name: `12.5px ${mono}`,
    kind: `12.5px ${style.fontFamily}`,
    facts: `12px ${style.fontFamily}`,
    numbers: `12.5px ${style.fontFamily}`,
  };
}
