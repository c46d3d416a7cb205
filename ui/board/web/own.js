/** A person's own bricks: kept for other towers, taken home as files. */

import { plant } from "./actions.js";
import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { read, written } from "./sheets.js";
import { t } from "./words.js";

const LARGEST = 2_000_000; // bytes of a file that may hold bricks

/** Keep bricks under a name. */
export function keep(bench, ids) {
  const named = ids.length === 1 ? bench.called(ids[0]) : "";
  const words = {
    title: t("Save as your own brick"), label: t("What is it called?"), value: named, button: t("Save"),
  };
  ask(bench, words, (name) => {
    bench.act({ op: "save_piece", ids, name });
    bench.say(t("{name} stands in the palette now.", { name }));
  });
}

/** No longer keep one. */
export function drop(bench, piece) {
  bench.act({ op: "drop_piece", piece: piece.id });
  bench.say(t("{name} is no longer kept.", { name: piece.name }));
}

/** What a piece holds, as a list of trees. */
export function trees(piece) {
  return [piece.placed ?? piece.bricks ?? []].flat();
}

/** Take a piece home as a file. */
export function download(bench, piece) {
  const text = written(...trees(piece));
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const name = piece.name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "bricks";
  const link = el("a", { href: address, download: `${name}.bricks.json` });
  bench.root.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Put the bricks of a file on the board. */
export function open(bench) {
  const input = el("input", { type: "file", accept: ".json,application/json", hidden: true });
  input.addEventListener("change", () => taken(bench, input));
  bench.root.append(input);
  input.click();
}

async function taken(bench, input) {
  const [file] = input.files;
  input.remove();
  const bricks = file && file.size <= LARGEST ? read(await file.text(), bench.kinds) : null;
  if (bricks) plant(bench, bricks);
  else if (file) bench.tell(t("{file} holds no bricks.", { file: file.name }));
}
