/** A board that scrolls by itself while a brick is held near its upper or lower edge. */

const NEAR = 48;
const FASTEST = 14;

export class Edge {
  /** @param {HTMLElement} element what scrolls  @param {() => void} moved called after */
  constructor(element, moved) {
    this.element = element;
    this.moved = moved;
    this.speed = 0;
  }

  /** The pointer is here now. */
  at(x, y) {
    const { left, right, top, bottom } = this.element.getBoundingClientRect();
    const over = x >= left && x <= right && y > top - NEAR && y < bottom + NEAR;
    const up = Math.max(0, top + NEAR - y) / NEAR;
    const down = Math.max(0, y - (bottom - NEAR)) / NEAR;
    this.speed = over ? Math.max(-1, Math.min(1, down - up)) * FASTEST : 0;
    if (this.speed && !this.frame) this.step();
  }

  step() {
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      if (!this.speed) return;
      this.element.scrollTop += this.speed;
      this.moved();
      if (this.speed && !this.frame) this.step();
    });
  }

  stop() {
    this.speed = 0;
    cancelAnimationFrame(this.frame);
    this.frame = null;
  }
}
