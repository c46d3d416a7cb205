"""ImageNet: nothing to train on, but pictures to ask a network about that knows it."""

from dataclasses import replace

from bricks.brick import Data, Loading, Looks, Settings, Shape
from bricks.param import Choice, Pair, both
from bricks.pictures import FITS, reading
from bricks.words import N_

CLASSES = 1_000


def gives(gets: Shape, settings: Settings) -> Shape:
    """(height, width, 3) of one picture."""
    return (*both(settings["image_size"]), 3)


def loading(settings: Settings) -> Loading:
    """How a script reads the pictures that it is asked about."""
    read = reading({**settings, **_AS_OWN})
    return replace(
        read,
        imports=(*read.imports, "import argparse", "import sys", *_PATH),
        command=" PICTURE ...",
    )


_PATH = ("from pathlib import Path",)
_AS_OWN = {
    "channels": 3,
    "classes": CLASSES,
    "label": "Category",
    "validation": 0.2,
    "test": 0.2,
    "split_seed": 0,
    "dataset": "",
    "layout": "parts",
    "names": (),
    "folders": (),
    "changes": (),
    "sheet": (),
    "formats": (),
}
"""The other settings of the brick for own pictures, whose source reads these."""

BRICK = Data(
    kind="ImageNet",
    family="data",
    order=60,
    said=N_("Pictures to ask about"),
    about=N_(
        "No examples to train on: a network that learned ImageNet's 1,000 classes is "
        "asked as it is, with any picture of yours."
    ),
    search=N_("imagenet pretrained picture photo ask elephant 1000 classes"),
    looks=Looks("data"),
    params=(
        Pair(
            name="image_size",
            default=224,
            least=1,
            most=1_024,
            help=N_("Height and width to which every picture is brought."),
        ),
        Choice(
            name="fit",
            default="crop",
            choices=FITS,
            help=N_(
                "How a picture of another shape is made to fit. Crop: what sticks out "
                "is cut off. Pad: black bars fill the gaps. Stretch: it is distorted."
            ),
        ),
    ),
    gives=gives,
    answers=lambda settings: tuple(map(str, range(CLASSES))),
    split=lambda settings: (0, 0, 0),
    downloads=False,
    asks=True,
    loading=loading,
)
