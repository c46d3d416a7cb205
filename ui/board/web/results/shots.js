/** The pictures of a run's test examples, fetched once each. */

import { tile } from "../looking.js";
import { el } from "../dom.js";
import { pictures } from "./asking.js";

const SMALL = 96; // pixels up to which the server sends a picture as it is

export class Shots {
  constructor() {
    this.known = new Map();
  }

  /** Another run: nothing is known of its pictures. */
  forget() {
    this.known = new Map();
    this.said = null;
  }

  has(number) {
    return this.known.has(number);
  }

  /** Take pictures in: `sprite` has those of these examples, in order. */
  keep(numbers, sprite) {
    numbers.forEach((number, at) => this.known.set(number, { sprite, at }));
  }

  /** Fetch what is missing; `said` tells why there are none, where there are none. */
  async fetch(chosen, numbers, back, signal) {
    const missing = numbers.filter((number) => !this.known.has(number));
    if (!missing.length) return;
    const answer = await pictures(chosen, missing, { back }, signal);
    if (answer.pictures) this.keep(missing, answer.pictures);
    else this.said = answer.said ?? "";
  }

  /** The large picture of one example; its small one where there is no larger. */
  async enlarge(chosen, number, back, signal) {
    const { sprite, at } = this.known.get(number);
    if (Math.max(sprite.width, sprite.height) < SMALL) return { sprite, at };
    const answer = await pictures(chosen, [number], { back, side: 512 }, signal);
    return answer.pictures ? { sprite: answer.pictures, at: 0 } : { sprite, at };
  }

  /** A picture as an element, or an empty place for it. */
  tile(number) {
    const known = this.known.get(number);
    return known ? tile(known.sprite, known.at) : el("span", { class: "tile empty", "aria-hidden": "true" });
  }
}
