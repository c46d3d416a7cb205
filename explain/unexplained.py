"""What cannot be shown of a model, and what can be instead."""

from __future__ import annotations

from bricks.words import N_, Text


class Unexplained(Exception):
    """A question that a model has no answer to; `said` tells its owner why."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said = said


NO_MAP = N_(
    "This tower has no brick that gives maps, such as Conv2D, so Grad-CAM has nothing "
    "to look at. Integrated gradients and occlusion work on any tower for pictures."
)
NOT_A_MAP = N_(
    "This brick gives no map of the picture. Choose a convolution or a pooling brick."
)
NO_PICTURE = N_(
    "Heatmaps show where in a picture a tower looks, and this tower gets no pictures. "
    "Its units can be looked at."
)
NO_CLASS = N_(
    "This tower answers with a picture, not with classes or a value, so there is no "
    "answer to explain. Its feature maps can be looked at."
)
NO_SUCH_CLASS = N_(
    "This tower's {count} classes are counted from 0, so none has the number {target}."
)
NOT_FINITE = N_(
    "The weights of this run are no longer numbers, so there is nothing to show. "
    "Train again with a smaller learning rate."
)
NO_KERNELS = N_(
    "This brick has no kernels. Choose a convolution: Conv2D or DepthwiseConv2D."
)
NO_SUCH_PIXEL = N_(
    "The map of this brick is {height}×{width} with {channels} channels, counted from "
    "0: there is nothing in row {row}, column {column}, channel {channel}."
)
