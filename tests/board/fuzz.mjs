/** Replays what the Python half did, and says where the browser's half foresaw otherwise. */

import { readFileSync } from "node:fs";

import { apply } from "../../ui/board/web/model.js";

const { kinds, rounds } = JSON.parse(readFileSync(0, "utf-8"));

/** A stage as both halves must see it. */
function plain({ id, kind, name, settings, inner, parameters }) {
  const sorted = (table) => Object.fromEntries(Object.entries(table ?? {}).sort());
  const stage = { id, kind, name: name ?? null, settings: sorted(settings) };
  if (!inner?.length) return stage;
  return { ...stage, parameters: sorted(parameters), inner: inner.map((tower) => tower.map(plain)) };
}

const told = (tower) => JSON.stringify(tower.map(plain));

/** What only the server knows: the browser waits for it and must change nothing. */
function waits(op, before) {
  const found = (stages) => stages.flatMap((one) => [one, ...(one.inner ?? []).flatMap(found)]);
  const stage = op.op === "unwrap" && found(before).find(({ id }) => id === op.id);
  return stage && ((stage.settings.repeat ?? 1) !== 1 || Object.keys(stage.parameters ?? {}).length > 0);
}

const wrong = [];
for (const { seed, start, steps } of rounds) {
  let tower = start;
  for (const { op, after } of steps) {
    const foreseen = apply(tower, op, kinds);
    const expected = waits(op, tower) ? tower : after;
    if (told(foreseen) !== told(expected)) {
      wrong.push({ seed, op, before: told(tower), foreseen: told(foreseen), expected: told(expected) });
    }
    tower = after;
  }
}
console.log(JSON.stringify(wrong.slice(0, 3), null, 1));
process.exit(wrong.length ? 1 : 0);
