"""The server's own share of an edit: apply, save, walk, print, and make the answer."""

from __future__ import annotations

import json
import tempfile
from itertools import count

from tests.bench.clock import seconds


def main() -> None:
    import os

    os.environ["BRICKYARD_HOME"] = tempfile.mkdtemp()
    from tests.bench.towers import high
    from ui.board.payload import payload
    from ui.opening import new_desk

    print("bricks   receive+save      answer       bytes   (medians)")
    for bricks in (10, 25, 100):
        desk = new_desk("bench", high(bricks))
        at = desk.project.tower.bricks[bricks // 2].id
        seq = count(1)

        def edit(desk=desk, at=at, seq=seq):
            value = 8 + next(seq) % 16
            op = {"op": "set", "id": at, "setting": "filters", "value": value}
            desk.receive({"client": "bench", "ops": [op | {"seq": next(seq)}]})

        def answer(desk=desk):
            return json.dumps(payload(desk.project, "en"))

        taken, made = seconds(edit, 50), seconds(answer, 50)
        size = len(answer())
        print(f"{bricks:6}  {taken * 1e3:9.2f} ms  {made * 1e3:9.2f} ms  {size:9,}")


if __name__ == "__main__":
    main()
