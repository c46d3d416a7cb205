"""The walk of VGG16's tower against building it live in Keras."""

from __future__ import annotations

from bricks.walk import walk
from codegen import live
from codegen.source import script
from tests.bench.clock import seconds
from tests.bench.towers import high, vgg16


def main() -> None:
    tower = vgg16().tower
    ours = seconds(lambda: walk(tower), 200)
    theirs = seconds(lambda: live.model(vgg16()), 3)
    printing = seconds(lambda: script(vgg16()), 100)
    thousand = high(1000).tower
    print(f"VGG16: {sum(stage.weights for stage in walk(tower)):,} weights")
    print(f"walk of VGG16            {ours * 1e3:8.2f} ms")
    print(f"Keras builds VGG16       {theirs * 1e3:8.0f} ms   x {theirs / ours:,.0f}")
    print(f"printing VGG16's script  {printing * 1e3:8.2f} ms")
    print(f"walk of 1,000 bricks     {seconds(lambda: walk(thousand)) * 1e3:8.1f} ms")


if __name__ == "__main__":
    main()
