/** Light or dark, as the page around us is. */

/** Set `data-theme` on the root by how bright Streamlit's background is. */
export function follow(root) {
  const probe = document.createElement("i");
  probe.style.backgroundColor = "var(--st-background-color, Canvas)";
  root.append(probe);
  const painted = getComputedStyle(probe).backgroundColor;
  probe.remove();
  root.dataset.theme = luminance(painted) < 0.4 ? "dark" : "light";
}

/** Relative luminance (0 to 1) of "rgb(r, g, b)", without the gamma's finer points. */
export function luminance(colour) {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
