"""Images: pictures in folders, a folder for each class."""

from bricks.brick import Data, Looks, Settings, Shape
from bricks.param import Choice, Pair, Whole, both
from bricks.words import N_

_COLOURS = {1: "grayscale", 3: "rgb", 4: "rgba"}


def gives(gets: Shape, settings: Settings) -> Shape:
    """(height, width, channels) of one picture."""
    return (*both(settings["image_size"]), settings["channels"])


def _load(settings: Settings) -> str:
    height, width = both(settings["image_size"])
    colours = _COLOURS.get(settings["channels"], "rgb")
    return f'''\
    """Pictures from the folder `images` in BRICKYARD_DATASETS, or beside this script.

    It holds `train`, `validation` and `test`, and each of them a folder for every
    class. Three pairs (pictures, labels); pictures are ({height}, {width}) points from
    0 to 1, labels count the classes' folders by name.
    """
    root = Path(os.environ.get("BRICKYARD_DATASETS", "."), "images")
    folders = sorted(path.name for path in (root / "train").iterdir() if path.is_dir())

    def read(part):
        pictures, labels = [], []
        for label, folder in enumerate(folders):
            for path in sorted((root / part / folder).iterdir()):
                picture = keras.utils.load_img(
                    path, color_mode="{colours}", target_size=({height}, {width})
                )
                pictures.append(keras.utils.img_to_array(picture, dtype="uint8"))
                labels.append(label)
        order = np.random.default_rng(0).permutation(len(labels))
        return np.stack(pictures)[order] / np.float32(255), np.array(labels)[order]

    return read("train"), read("validation"), read("test")
'''


BRICK = Data(
    kind="Images",
    family="data",
    order=50,
    said=N_("Pictures in folders"),
    about=N_("Your own pictures, a folder for each class, all made one size."),
    search=N_("own pictures photos folder cats dogs imagenet jpg"),
    looks=Looks("data"),
    params=(
        Pair(
            name="image_size",
            default=150,
            least=1,
            most=1_024,
            help=N_("Height and width to which every picture is brought."),
        ),
        Whole(
            name="channels",
            default=3,
            least=1,
            most=4,
            help=N_("3 for colour, 1 for grey, 4 with transparency."),
        ),
        Whole(
            name="classes",
            default=2,
            least=2,
            most=10_000,
            help=N_("How many classes there are, and so how many folders."),
        ),
        Choice(
            name="label",
            default="YesNo",
            choices=("YesNo", "Category", "Picture"),
            help=N_(
                "What the tower must answer: yes or no, the class, or the picture "
                "itself."
            ),
        ),
    ),
    gives=gives,
    answers=lambda settings: tuple(map(str, range(settings["classes"]))),
    split=lambda settings: (2_000, 1_000, 1_000),
    labels=("YesNo", "Category", "Picture"),
    files=("images",),
    downloads=False,
    imports=("import os", "from pathlib import Path", "import numpy as np"),
    load=_load,
)
