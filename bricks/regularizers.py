"""What large weights cost, settings that several bricks share.

Source: Deep Learning (I. Goodfellow, Y. Bengio and A. Courville, 2016), section 7.1.
"""

from dataclasses import replace

from bricks.tuples import Penalty
from bricks.words import N_

KERNEL_REGULARIZER = Penalty(
    name="kernel_regularizer",
    more=True,
    help=N_("What large weights cost, against overfitting; l2 is weight decay."),
)
DEPTHWISE_REGULARIZER = replace(KERNEL_REGULARIZER, name="depthwise_regularizer")
POINTWISE_REGULARIZER = replace(KERNEL_REGULARIZER, name="pointwise_regularizer")
RECURRENT_REGULARIZER = replace(
    KERNEL_REGULARIZER,
    name="recurrent_regularizer",
    help=N_("What large weights between one step and the next cost."),
)
EMBEDDINGS_REGULARIZER = replace(KERNEL_REGULARIZER, name="embeddings_regularizer")

BIAS_REGULARIZER = Penalty(
    name="bias_regularizer",
    more=True,
    help=N_("What large biases cost; seldom needed."),
)
GAMMA_REGULARIZER = Penalty(
    name="gamma_regularizer",
    more=True,
    help=N_("What large learned factors cost; seldom needed."),
)
BETA_REGULARIZER = Penalty(
    name="beta_regularizer",
    more=True,
    help=N_("What large learned shifts cost; seldom needed."),
)
