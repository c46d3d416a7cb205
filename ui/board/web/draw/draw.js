/**
 * The drawing of bricks and towers: pure functions, strings of SVG, no page needed.
 *
 * Everything is painted by class names; `draw.css` gives them their colours under
 * `.by-board` (dark under `[data-theme="dark"]`), `standalone` writes them in.
 */

export { brick } from "./brick.js";
export { scale } from "./scale.js";
export { slide } from "./slide.js";
export { standalone } from "./standalone.js";
export { thumb } from "./thumb.js";
export { settled } from "./settled.js";
export { tower } from "./tower.js";
