"""The walk of the great networks against building them live in Keras."""

from __future__ import annotations

from bricks.recipes import recipe
from bricks.walk import every, walk
from codegen import live
from codegen.source import script
from tests.bench.clock import seconds
from tests.bench.towers import high

NAMES = ("vgg16", "vgg16-blocks", "resnet-50", "googlenet")


def main() -> None:
    heads = f"{'walk ms':>10}{'print ms':>10}{'Keras ms':>10}{'times':>9}"
    print(f"{'':<14}{'bricks':>8}{heads}")
    for name in NAMES:
        project = recipe(name)
        bricks = sum(1 for _ in every(walk(project.tower)))
        ours = seconds(lambda p=project: walk(p.tower), 100)
        printing = seconds(lambda p=project: script(p), 50)
        theirs = seconds(lambda p=project: live.model(p), 3)
        row = f"{name:<14}{bricks:>8}{ours * 1e3:>10.2f}{printing * 1e3:>10.2f}"
        print(f"{row}{theirs * 1e3:>10.0f}{theirs / ours:>9,.0f}")
    thousand = high(1000).tower
    print(f"walk of 1,000 bricks: {seconds(lambda: walk(thousand)) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
