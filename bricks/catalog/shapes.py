"""Shapes: circles, squares and triangles that the script draws itself."""

from bricks.brick import Data, Loading, Looks, Settings
from bricks.labels import label_choice
from bricks.literal import literal
from bricks.param import Pair, Share, Whole, both
from bricks.words import N_

CLASSES = ("circle", "square", "triangle")

_BODY = '''\
    """Circles, squares and triangles of any colour, place and size, drawn anew.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, <size>) from 0 to 1, labels (n,) count CLASSES. A fifth of them validates,
    a fifth tests.
    """
    x, y = draw_shapes(<asked>)
    kept, seen = len(x) * 3 // 5, len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:seen], y[kept:seen]), (x[seen:], y[seen:])
'''

_DRAW = '''\
def draw_shapes(count, image_size, noise, seed):
    """So many pictures, and the number of each one's class; noise is its spread."""
    chance = np.random.default_rng(seed)
    height, width = image_size
    rows, columns = np.mgrid[:height, :width] + 0.5
    x = np.empty((count, height, width, 3), "float32")
    y = chance.permutation(np.arange(count) % len(CLASSES))
    for picture, number in zip(x, y):
        corners = [1_000, 4, 3][number]  # nobody sees the corners of a circle
        radius = chance.uniform(0.25, 0.45) * min(height, width)
        down = rows - chance.uniform(radius, height - radius)
        right = columns - chance.uniform(radius, width - radius)
        side = 2 * np.pi / corners
        turned = np.arctan2(right, down) + chance.uniform(-0.3, 0.3)
        angle = (turned + side / 2) % side - side / 2
        edge = radius * np.cos(side / 2) / np.cos(angle)
        ink = np.clip(edge - np.hypot(down, right) + 0.5, 0, 1)[..., None]
        paper = chance.uniform(0.6, 1, 3)
        picture[:] = paper + ink * (chance.uniform(0, 0.5, 3) - paper)
        picture += chance.normal(0, noise, picture.shape)
    return np.clip(x, 0, 1), y
'''


def _loading(settings: Settings) -> Loading:
    height, width = both(settings["image_size"])
    told = {**settings, "image_size": (height, width)}
    names = ("count", "image_size", "noise", "seed")
    asked = ", ".join(f"{name}={literal(told[name])}" for name in names)
    body = _BODY.replace("<size>", f"{height}, {width}, 3").replace("<asked>", asked)
    return Loading(body=body, functions=_DRAW)


def _split(settings: Settings) -> tuple[int, int, int]:
    count = settings["count"]
    kept, seen = count * 3 // 5, count * 4 // 5
    return kept, seen - kept, count - seen


BRICK = Data(
    kind="Shapes",
    family="data",
    order=45,
    said=N_("Drawn shapes"),
    about=N_("Circles, squares and triangles, drawn by the program. No download."),
    search=N_("shapes circle square triangle draw noise"),
    looks=Looks("data"),
    params=(
        Whole(
            name="count",
            default=1_500,
            least=30,
            most=50_000,
            help=N_("How many pictures are drawn, a third of each shape."),
        ),
        Pair(
            name="image_size",
            default=32,
            least=8,
            most=256,
            help=N_("Height and width of every picture."),
        ),
        Share(
            name="noise",
            default=0.1,
            least=0.0,
            most=1.0,
            help=N_("How much each pixel strays from its colour."),
        ),
        label_choice("Category", "Picture"),
        Whole(
            name="seed",
            default=1,
            least=0,
            most=2**31 - 1,
            more=True,
            help=N_("Where chance begins; the same seed draws the same pictures."),
        ),
    ),
    gives=lambda gets, settings: (*both(settings["image_size"]), 3),
    answers=lambda settings: CLASSES,
    split=_split,
    labels=("Category", "Picture"),
    downloads=False,
    loading=_loading,
)
