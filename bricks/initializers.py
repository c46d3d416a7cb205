"""How weights start, settings that several bricks share."""

from dataclasses import replace

from bricks.param import Choice
from bricks.words import N_

_NAMES = (
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "random_normal",
    "random_uniform",
    "truncated_normal",
    "zeros",
    "ones",
)

KERNEL_INITIALIZER = Choice(
    name="kernel_initializer",
    default="glorot_uniform",
    choices=(*_NAMES, "orthogonal"),
    more=True,
    help=N_("How the weights start; he_normal suits relu."),
)

DEPTHWISE_INITIALIZER = replace(KERNEL_INITIALIZER, name="depthwise_initializer")
POINTWISE_INITIALIZER = replace(KERNEL_INITIALIZER, name="pointwise_initializer")

RECURRENT_INITIALIZER = Choice(
    name="recurrent_initializer",
    default="orthogonal",
    choices=(*_NAMES, "orthogonal", "identity"),
    more=True,
    help=N_("How the weights between one step and the next start."),
)

EMBEDDINGS_INITIALIZER = Choice(
    name="embeddings_initializer",
    default="uniform",
    choices=("uniform", *_NAMES),
    more=True,
    help=N_("How the numbers of the words start."),
)

BIAS_INITIALIZER = Choice(
    name="bias_initializer",
    default="zeros",
    choices=_NAMES,
    more=True,
    help=N_("How the biases start."),
)
