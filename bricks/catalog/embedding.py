"""Embedding: every word becomes a row of numbers that is learned.

Source: Y. Bengio et al., A Neural Probabilistic Language Model (2003), section 2.
"""

from bricks.brick import Brick, Looks, Settings, Shape, Words
from bricks.fit import needs_words
from bricks.initializers import EMBEDDINGS_INITIALIZER
from bricks.param import Flag, Whole
from bricks.problem import Problem, Repair, Set
from bricks.regularizers import EMBEDDINGS_REGULARIZER
from bricks.words import N_, Text


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(steps, output_dim)."""
    problem = needs_words(gets)
    if problem:
        return problem
    if isinstance(gets, Words) and gets.most > settings["input_dim"]:
        return _unknown_words(gets.most, settings["input_dim"])
    return gets[0], settings["output_dim"]


def _unknown_words(words: int, known: int) -> Problem:
    values = {"setting": "input_dim", "size": words}
    return Problem(
        needs=Text(N_("an input_dim of at least {count}"), {"count": words}),
        got=Text("{count}", {"count": known}),
        do=Text(N_("Give it a row for every word of the data.")),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), values), (Set("input_dim", words),)
        ),
        strict=Text(
            N_("Keras would only notice when it meets a word that has no row.")
        ),
    )


def weights(gets: Shape, settings: Settings) -> int:
    """A row of numbers for every word."""
    return settings["input_dim"] * settings["output_dim"]


BRICK = Brick(
    kind="Embedding",
    family="core",
    order=50,
    said=N_("Embedding"),
    about=N_(
        "Gives every word a row of numbers that is learned: words that mean alike "
        "come to lie near each other."
    ),
    search=N_("word text language token vector meaning lookup sentence vocabulary"),
    looks=Looks("embedding", left="output_dim", right="input_dim"),
    start={"input_dim": 10_000, "output_dim": 64},
    params=(
        Whole(
            name="input_dim",
            positional=True,
            most=1_000_000,
            help=N_("How many words there are."),
        ),
        Whole(
            name="output_dim",
            positional=True,
            most=4_096,
            help=N_("How many numbers each word becomes."),
        ),
        Flag(
            name="mask_zero",
            default=False,
            help=N_(
                "Whether word 0 only fills up short texts, so that recurrent bricks "
                "skip it."
            ),
        ),
        EMBEDDINGS_INITIALIZER,
        EMBEDDINGS_REGULARIZER,
    ),
    gives=gives,
    weights=weights,
)
