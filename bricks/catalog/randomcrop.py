"""RandomCrop: while training, a piece of the picture, each time another one.

At any other time Keras (3.15) lets the whole picture through, in its own size, although
it says that the size is the same; hence the advice to put a Resizing on it.
"""

from bricks.augmentation import HEIGHT, WIDTH, sized
from bricks.brick import Brick, Looks
from bricks.words import N_

BRICK = Brick(
    kind="RandomCrop",
    family="augmentation",
    order=80,
    said=N_("Random crop"),
    about=N_(
        "Cuts another piece out of every picture while training. In a test the whole "
        "picture comes through: put a Resizing of the same size on it."
    ),
    search=N_("augment cut piece part smaller more data overfitting"),
    looks=Looks("frame", left="height", right="width"),
    start={"height": 24, "width": 24},
    params=(HEIGHT, WIDTH),
    gives=sized,
)
