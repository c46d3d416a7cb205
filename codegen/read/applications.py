"""Networks of keras.applications as code makes them."""

from __future__ import annotations

from typing import Any

from bricks.bases.fitting import made_for
from bricks.brick import Base, Shape
from bricks.catalog import catalog
from bricks.tower import Placed
from codegen.read.setting import NOTHING, setting
from codegen.read.values import Inner, Pretrained, Row

_USUAL = "include_top weights input_tensor input_shape pooling classes"
_V3 = "input_shape alpha minimalistic include_top weights input_tensor classes pooling"
# Keras' own order of the arguments, where it is another than that of most.
_ORDER = {
    "MobileNet": "input_shape alpha depth_multiplier dropout include_top weights "
    "input_tensor pooling classes",
    "MobileNetV2": "input_shape alpha include_top weights input_tensor pooling classes",
    "MobileNetV3Small": _V3,
    "MobileNetV3Large": _V3,
    "NASNetMobile": "input_shape include_top weights input_tensor pooling classes",
}
CLASSES = 1_000  # of ImageNet
_KINDS = {"ResNet50V1": "ResNet50", "VGG_16": "VGG16", "MobileNetV1": "MobileNet"}
_VGG = ("VGG16", "VGG19")

# In which form a module's preprocess_input gives points, by Keras' own words for them.
_MODES = {
    "caffe": "vgg16 vgg19 resnet resnet50 imagenet_utils",
    "tf": "inception_v3 xception mobilenet mobilenet_v2 nasnet resnet_v2 "
    "inception_resnet_v2",
    "torch": "densenet",
    "inside": "efficientnet efficientnet_v2 mobilenet_v3 convnext",
}


def base_brick(kind: str) -> Base | None:
    """The base that a function of keras.applications is, None where there is none."""
    brick = catalog().get(_KINDS.get(kind, kind))
    return brick if type(brick) is Base else None


def arguments(kind: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """All that the function is given, by name."""
    return dict(zip(_ORDER.get(kind, _USUAL).split(), args)) | named


def pretrained(brick: Base, given: dict[str, Any], line: int | None) -> Pretrained:
    """The network of such arguments, not yet on any input; all of it is trained."""
    settings: dict[str, Any] = {}
    for name in ("weights", "include_top", "pooling", "alpha"):
        param = brick.by_name.get(name)
        if param is not None and name in given:
            value = setting(param, given[name])
            if value is not NOTHING and param.wrong(value) is None:
                settings[name] = value
    full = brick.full(settings)
    if full["include_top"]:
        settings.pop("pooling", None)
    after: tuple[Placed, ...] = ()
    classes = given.get("classes")
    if full["include_top"] and isinstance(classes, int) and classes != CLASSES:
        settings["include_top"] = False
        after = top(brick, classes, given.get("classifier_activation", "softmax"))
        if brick.kind not in _VGG:
            settings["pooling"] = "avg"
    names = brick.names(brick.full(settings))
    made = Pretrained(
        line,
        brick.kind,
        part=True,
        brick=brick,
        settings=settings,
        names=names,
        shape=_shape(given.get("input_shape")),
        each=[True] * len(names),
        after=after,
    )
    made.row = Row(Inner(made, at) for at in range(len(names)))
    return made


def top(brick: Base, classes: int, activation: Any) -> tuple[Placed, ...]:
    """The bricks of a top that tells so many classes, on the base's last numbers."""
    word = activation if isinstance(activation, str) else "softmax"
    answer = Placed("Dense", {"units": classes, "activation": word})
    if brick.kind not in _VGG:
        return (answer,)
    dense = Placed("Dense", {"units": 4_096, "activation": "relu"})
    return Placed("Flatten"), dense, dense, answer


def usual_shape(kind: str) -> Shape:
    """The pictures that the network was made for."""
    side = made_for(kind)
    return side, side, 3


def mode(module: str) -> str:
    """The form in which a module's preprocess_input gives points.

    >>> mode("resnet50"), mode("mobilenet_v2"), mode("efficientnet")
    ('caffe', 'tf', 'inside')
    """
    return next(
        (name for name, modules in _MODES.items() if module in modules.split()), ""
    )


def _shape(value: Any) -> Any:
    known = isinstance(value, list | tuple) and len(value) == 3
    return tuple(value) if known and None not in value else None
