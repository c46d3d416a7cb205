"""Images: the user's own pictures, a class for each folder or as a table tells."""

from bricks.bound import Bound
from bricks.brick import Data, Looks, Settings, Shape
from bricks.param import Choice, Pair, Whole, both
from bricks.pictures import FITS, SHEET, loading
from bricks.shares import SPLIT_SEED, share
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape:
    """(height, width, channels) of one picture."""
    return (*both(settings["image_size"]), settings["channels"])


def answers(settings: Settings) -> tuple[str, ...]:
    """The classes as the data set names them, or numbers before there is one."""
    if settings["dataset"]:
        return settings["names"]
    if settings["label"] == "Value":
        return ()
    return tuple(map(str, range(settings["classes"])))


BRICK = Data(
    kind="Images",
    family="data",
    order=50,
    said=N_("Own pictures"),
    about=N_("Your own pictures: a folder, a zip file or many files, made one size."),
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
            help=N_(
                "Numbers for each pixel: colour has 3, grey has 1, colour with "
                "transparency has 4."
            ),
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
        Whole(
            name="classes",
            default=2,
            least=2,
            most=10_000,
            help=N_("How many classes there are, before there are pictures."),
        ),
        Choice(
            name="label",
            default="YesNo",
            choices=("YesNo", "Category", "Value", "Picture"),
            help=N_(
                "What the tower must answer: yes or no, the class, a value, or the "
                "picture itself."
            ),
        ),
        share(
            "validation",
            N_("The share of every class to validate with, unless folders tell."),
        ),
        share(
            "test", N_("The share of every class to test with, unless folders tell.")
        ),
        SPLIT_SEED,
        Bound(name="dataset", form=str, default=""),
        Bound(name="title", form=str, default=""),
        Bound(name="added", form=int, default=0),
        Bound(name="layout", form=str, default="parts"),
        Bound(name="names", form=[str], default=()),
        Bound(name="folders", form=[(str, str)], default=()),
        Bound(name="changes", form=[(str, str)], default=()),
        Bound(name="sheet", form=[str], parts=SHEET, default=()),
        Bound(name="formats", form=[str], default=()),
        Bound(name="counts", form=(int, int, int), default=(2_000, 1_000, 1_000)),
        Bound(name="content", form=str, default=""),
    ),
    gives=gives,
    answers=answers,
    split=lambda settings: settings["counts"],
    labels=("YesNo", "Category", "Value", "Picture"),
    downloads=False,
    own=True,
    loading=loading,
)
