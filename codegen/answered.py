"""A notebook's last cell: what the trained tower says of ten test examples."""

from __future__ import annotations

from bricks.catalog import data_brick
from bricks.problem import Problem
from bricks.project import Project
from bricks.walk import label_brick

_TAKEN = """\
import numpy as np

x, y = np.asarray(data[2][0][:10]), data[2][1][:10]
{scaled}answers = model.predict(x, verbose=0)
"""
_SCALED = "x = x / np.float32(255)\n"
_VALUES = """\
for true, value in zip(y, answers[:, 0]):
    print(f"{true:.4g} → {value:.4g}")"""
_TOLD = {
    True: "told = answers.argmax(axis=1)\n",
    False: "told = (answers[:, 0] > 0.5).astype(int)\n",
}
_LINES = """\
for true, answer in zip(y, told):
    print(f"{CLASSES[int(true)]} → {CLASSES[answer]}")"""
_PICTURES = """\
for place, picture in enumerate(x):
    plt.subplot(2, 5, place + 1)
    plt.imshow(picture.squeeze(), cmap="gray", vmin=0, vmax=1)
    plt.title(f"{CLASSES[int(y[place])]} → {CLASSES[told[place]]}")
    plt.axis("off")
plt.gcf().set_size_inches(10, 5)
plt.show()"""
_REBUILT = """\
for place, pair in enumerate(zip(x, answers)):
    for row, picture in enumerate(pair):
        plt.subplot(2, 10, 10 * row + place + 1)
        plt.imshow(np.clip(picture, 0, 1).squeeze(), cmap="gray", vmin=0, vmax=1)
        plt.axis("off")
plt.gcf().set_size_inches(12, 2.5)
plt.show()"""


def answered(project: Project) -> str:
    """The source, which stands on the script's `data`, `model` and `CLASSES`."""
    placed = project.tower.data
    brick, label = data_brick(placed.kind), label_brick(placed)
    assert brick is not None, "a tower stands on a data brick"
    settings = brick.full(placed.settings)
    gives = brick.gives((), settings)
    feeding = brick.loading(settings).feeding
    taken = _TAKEN.format(scaled=_SCALED if feeding else "")
    if label.itself:
        return taken + _REBUILT
    classes = brick.answers(settings)
    if not classes:
        return taken + _VALUES
    # A picture of two channels is none that could be shown.
    shown = not isinstance(gives, Problem) and len(gives) == 3 and gives[2] != 2
    told = _TOLD[label.kind != "YesNo"]
    return taken + told + (_PICTURES if shown else _LINES)
