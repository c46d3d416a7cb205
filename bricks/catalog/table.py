"""Table: the user's own rows of numbers and words, one column of them the answer."""

from bricks.bound import Bound
from bricks.brick import Data, Looks
from bricks.param import Choice, Whole
from bricks.pictures import SHEET
from bricks.shares import SPLIT_SEED, share
from bricks.tables import answers, loading, width
from bricks.words import N_

LABELS = ("YesNo", "Category", "Value")

BRICK = Data(
    kind="Table",
    family="data",
    order=55,
    said=N_("Own table"),
    about=N_("Your own table (CSV): numbers are scaled, a word is a one among zeros."),
    search=N_("own table csv excel vector numbers regression diabetes iris"),
    looks=Looks("data"),
    params=(
        Whole(
            name="features",
            default=4,
            least=1,
            most=10_000,
            help=N_("How many numbers a row has, before there is a table."),
        ),
        Whole(
            name="classes",
            default=2,
            least=2,
            most=10_000,
            help=N_("How many classes there are, before there is a table."),
        ),
        Choice(
            name="label",
            default="YesNo",
            choices=LABELS,
            help=N_("What the tower must answer: yes or no, the class, or a value."),
        ),
        share("validation", N_("The share of the rows to validate with.")),
        share("test", N_("The share of the rows to test with.")),
        SPLIT_SEED,
        Bound(name="dataset", form=str, default=""),
        Bound(name="title", form=str, default=""),
        Bound(name="added", form=int, default=0),
        Bound(name="layout", form=str, default="sheet"),
        Bound(name="names", form=[str], default=()),
        Bound(name="sheet", form=[str], parts=SHEET, default=()),
        Bound(name="columns", form=[(str, [str])], default=()),
        Bound(name="formats", form=[str], default=()),
        Bound(name="counts", form=(int, int, int), default=(600, 200, 200)),
        Bound(name="content", form=str, default=""),
    ),
    gives=lambda gets, settings: (width(settings),),
    answers=answers,
    split=lambda settings: settings["counts"],
    labels=LABELS,
    downloads=False,
    own=True,
    loading=loading,
)
