/** Replays what the server made of own pictures, and says where the browser foresaw otherwise. */

import { readFileSync } from "node:fs";

import { grouped, pictures, settled } from "../../ui/board/web/data/found.js";

const { rows, rounds } = JSON.parse(readFileSync(0, "utf-8"));
const all = pictures(rows);
const told = (state) => ({
  names: state.names,
  classes: Object.fromEntries([...grouped(all, state)].filter(([name]) => name !== null).map(([name, some]) => [name, some.map(({ key }) => key)])),
});

const wrong = [];
for (const steps of rounds) {
  for (const [at, { op, before, after }] of steps.entries()) {
    const foreseen = JSON.stringify(told(settled(before, [op])));
    if (foreseen !== JSON.stringify(after)) wrong.push({ at, op, before, foreseen, after: JSON.stringify(after) });
  }
}
console.log(JSON.stringify(wrong.slice(0, 2), null, 1));
process.exit(wrong.length ? 1 : 0);
