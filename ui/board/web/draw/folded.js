/** A folded container: one crate brick that tells what is inside. */

import { brick } from "./brick.js";
import { standing } from "./leaf.js";
import { TIMES } from "./shapes.js";

/** A folded container as a node of its column; see `leaf`. */
export function folded(stage, { looks, settings }, { top, over, above, ground }) {
  const drawn = brick({
    looks: { profile: looks?.profile ?? "crate", left: "name", right: "count" },
    settings: { name: stage.name, count: counted(stage, settings, looks?.profile) },
    gets: stage.gets, gives: stage.gives, below: top, words: Boolean(stage.words),
    studs: !above || Boolean(above.problem),
  });
  const node = standing(stage, drawn, { over, ajar: Boolean(stage.problem) && !ground });
  return Object.assign(node, { folded: true });
}

/** What a folded container's face counts: repeats, or branches. */
export function counted(stage, { repeat }, profile) {
  if (profile === "columns") return String(stage.inner.length);
  if (profile === "bridge") return "+";
  return repeat > 1 ? `${TIMES}${repeat}` : "";
}
