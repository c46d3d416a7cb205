/** Making and changing elements; text only ever goes in as text. */

/**
 * An element with attributes, listeners (`onclick`) and children.
 * @param {string} tag
 * @param {Object} [traits] attributes; `class`, `text`, `on...` and `hidden` too
 * @param {...(Node|string|null)} children strings become text nodes
 * @returns {HTMLElement}
 */
export function el(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) put(element, name, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

function put(element, name, value) {
  if (value == null || value === false) return;
  if (name === "text") element.textContent = value;
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Set an attribute only where it changes; null or false takes it away. */
export function mark(element, name, value) {
  const text = value === true ? "" : value;
  if (value == null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(text)) element.setAttribute(name, text);
}

/** Set an element's text only where it changes. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element of a drawing, with attributes.
 * @param {string} tag
 * @param {Object} [traits]
 * @param {...Element} children
 */
export function svg(tag, traits = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(traits)) mark(element, name, value);
  element.append(...children);
  return element;
}

/**
 * A drawing as an svg element. `markup` comes from our own drawing code and holds
 * no user's text; everything a person typed goes through `el` and `write`.
 * @param {string} markup the inside of an svg
 * @param {string} [viewBox]
 */
export function drawing(markup, viewBox) {
  const element = svg("svg", { "aria-hidden": "true", focusable: "false", viewBox });
  element.innerHTML = markup;
  return element;
}

const ICONS = {
  undo: "M7 5 3.5 8.5 7 12M4 8.5h7a4.5 4.5 0 0 1 0 9H8",
  redo: "M13 5l3.5 3.5L13 12M16 8.5H9a4.5 4.5 0 0 0 0 9h3",
  plus: "M10 4.5v11M4.5 10h11",
  minus: "M4.5 10h11",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  flip: "M7 16V4M4 7l3-3 3 3M13 4v12M10 13l3 3 3-3",
  picture: "M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M13 7.5h.01",
  slide: "M2.5 3.5h15M3.5 3.5v9.5h13V3.5M10 13v2.5M6.5 17l3.5-1.5 3.5 1.5",
  clear: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  copy: "M7 7h9v9H7zM4 13V4h9",
  up: "M10 16V4.5M5.5 9 10 4.5 14.5 9",
  down: "M10 4v11.5M5.5 11l4.5 4.5 4.5-4.5",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  search: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M13 13l3.5 3.5",
  reset: "M5 9.5a5 5 0 1 1 1.5 4.5M5 5v4.5h4.5",
  close: "M5 5l10 10M15 5 5 15",
  warn: "M10 3.5 17 16H3zM10 8v4M10 14v.01",
  chevron: "M6 8l4 4 4-4",
  bulb: "M8 15h4M8.5 17.5h3M10 2.5a5 5 0 0 0-3 9c.7.6 1 1.2 1 2h4c0-.8.3-1.4 1-2a5 5 0 0 0-3-9",
  crate: "M3.5 6.5h13v9h-13zM3.5 10.5h13M7 4h6",
  several: "M3.5 3.5h6v6h-6zM10.5 10.5h6v6h-6zM13 4v4M11 6h4",
  file: "M5.5 3h6l3 3v11h-9zM11.5 3v3h3",
  save: "M10 3.5v9M6.5 9.5l3.5 3.5 3.5-3.5M4 16.5h12",
  open: "M10 13V4M6.5 7.5 10 4l3.5 3.5M4 16.5h12",
  shelf: "M4 3.5h3v10H4zM8.5 3.5h3v10h-3zM13.2 4l2.6-.6 2 9.6-2.6.6zM3 16.5h14",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  follow: "M4 10h9M9.5 6l4 4-4 4M16.5 5v10",
  tick: "M4 10.5 8 14.5 16 5.5",
  star: "M10 2.8l2.2 4.7 5.1.6-3.8 3.5 1 5.1L10 14.2l-4.5 2.5 1-5.1L2.7 8.1l5.1-.6z",
  play: "M6 3.5v13l10-6.5z",
  pause: "M6.5 4v12M13.5 4v12",
  stop: "M5 5h10v10H5z",
  again: "M15 9.5a5 5 0 1 0-1.5 4.5M15 5v4.5h-4.5",
  longer: "M3 10h10M9.5 6l4 4-4 4M17 4v12",
  left: "M16 10H4.5M9 5.5 4.5 10 9 14.5",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2",
  latch: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 5.9-.8M10 12v2",
  unlock: "M3 9h10v8H3zM11 9V6a3 3 0 0 1 6 0v1.5M8 12v2",
  link: "M8 12l4-4M9 6l1.5-1.5a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.5 1.5a3.5 3.5 0 0 1-5-5L6 9",
};

/** One of the line icons, by name. */
export function icon(name) {
  const sign = drawing(`<path d="${ICONS[name]}"/>`, "0 0 20 20");
  sign.classList.add("icon", `icon-${name}`);
  return sign;
}

/** A button with an icon; the label is what screen readers and tooltips say. */
export function iconButton(name, label, press, traits = {}) {
  const button = el("button", { type: "button", class: "tool", ...traits }, icon(name));
  button.addEventListener("click", press);
  return relabel(button, label);
}

/** Give a button without words its name. */
export function relabel(button, label) {
  mark(button, "aria-label", label);
  mark(button, "title", label);
  return button;
}

/** The element that has the focus inside the same root (shadow root or page). */
export function focused(element) {
  return element.getRootNode().activeElement;
}

/** Bring `parent`'s children into this order, touching only what is out of place. */
export function arrange(parent, elements) {
  const keep = new Set(elements);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const element of elements) {
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
}
