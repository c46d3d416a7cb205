"""The pretrained bases: networks of `keras.applications`, each sealed in one brick."""

from __future__ import annotations

from bricks.bases.fitting import misfit
from bricks.bases.network import Figures, figures, network, table
from bricks.brick import Base, Looks, Settings, Shape, WeightsFile
from bricks.padlock import Padlock
from bricks.param import Choice, Flag, OneOf, Param
from bricks.problem import Problem
from bricks.words import N_

_PARAMS: tuple[Param, ...] = (
    Choice(
        name="weights",
        default="imagenet",
        choices=("imagenet", None),
        help=N_("What it knows to begin with: ImageNet's pictures, or nothing yet."),
    ),
    Flag(
        name="include_top",
        default=True,
        help=N_(
            "Whether it ends with its own answer: one of ImageNet's 1,000 classes."
        ),
    ),
    Choice(
        name="pooling",
        default=None,
        choices=(None, "avg", "max"),
        help=N_(
            "Whether the last map is summed up: its mean or its maximum for each "
            "channel."
        ),
    ),
    Padlock(
        name="frozen",
        default=True,
        help=N_(
            "What training leaves as it is: the whole base, nothing, or its first "
            "layers up to one that you choose."
        ),
    ),
)


def _width(kind: str) -> tuple[Param, ...]:
    """The setting of a base that comes in several widths."""
    widths = tuple(WIDTHS.get(kind, ()))
    if not widths:
        return ()
    return (
        OneOf(
            name="alpha",
            default=1.0,
            choices=widths,
            help=N_(
                "How wide it is: a smaller number has fewer channels everywhere, and "
                "is quicker."
            ),
        ),
    )


WIDTHS = {
    "MobileNet": (0.25, 0.5, 0.75, 1.0),
    "MobileNetV2": (0.35, 0.5, 0.75, 1.0, 1.3, 1.4),
    "MobileNetV3Small": (0.75, 1.0),
    "MobileNetV3Large": (0.75, 1.0),
}
"""The widths that ImageNet's weights exist for."""


def _base(
    kind: str, module: str, order: int, about: str, search: str, scales: bool = False
) -> Base:
    """The base that Keras' function `kind` makes."""

    def found(gets: Shape, settings: Settings) -> Figures:
        known = figures(kind, settings, gets[0], gets[1])
        assert known is not None  # `gives` has seen to it
        return known

    def gives(gets: Shape, settings: Settings) -> Shape | Problem:
        return misfit(kind, gets, settings) or found(gets, settings).gives

    return Base(
        kind=kind,
        family="base",
        order=order,
        said=kind,
        about=about,
        search=search,
        looks=Looks("sealed"),
        start={"include_top": False},
        params=(*_PARAMS[:3], *_width(kind), *_PARAMS[3:]),
        gives=gives,
        weights=lambda gets, settings: found(gets, settings).weights,
        fixed=lambda gets, settings: found(gets, settings).fixed,
        madds=lambda gets, gives, settings: found(gets, settings).madds,
        trained_madds=lambda gets, gives, settings: found(gets, settings).trained_madds,
        memory=lambda gets, gives, settings: found(gets, settings).memory,
        within=lambda gets, gives, settings: found(gets, settings).within,
        ends_with=_ends_with,
        module=module,
        scales=scales,
        file=lambda settings, gets=(): _file(kind, settings, gets),
        names=lambda settings: network(kind, settings).names,
    )


def _ends_with(settings: Settings) -> str | None:
    return "softmax" if settings.get("include_top", True) else None


def _file(kind: str, settings: Settings, gets: Shape) -> WeightsFile:
    """The file for this width, with or without a top; MobileNets have one for each of
    a few sizes of picture, the one for 224 serving all others."""
    rows = [
        row
        for row in table(kind)["files"]
        if row[0] in (None, settings.get("alpha")) and row[2] == settings["include_top"]
    ]
    side = gets[0] if len(gets) == 3 and gets[0] == gets[1] else 224
    right = [row for row in rows if row[1] in (None, side)]
    default = [row for row in rows if row[1] == 224]
    return WeightsFile(*(right or default)[0][3:])


BRICKS = (
    _base(
        "VGG16",
        "vgg16",
        10,
        N_(
            "Thirteen plain convolutions, easy to look into: the textbooks' base. "
            "Slow, and 59 MB; take it to learn, or to follow a lecture."
        ),
        N_("pretrained transfer imagenet simonyan oxford classic plain simple lecture"),
    ),
    _base(
        "VGG19",
        "vgg19",
        20,
        N_(
            "VGG16 with three convolutions more: slower and hardly better; take it "
            "where a text asks for it, as style transfer does."
        ),
        N_("pretrained transfer imagenet simonyan oxford classic plain style"),
    ),
    _base(
        "ResNet50",
        "resnet",
        30,
        N_(
            "Fifty layers with shortcuts around them, 94 MB: strong on most pictures; "
            "a good first choice where a graphics card is at hand."
        ),
        N_("pretrained transfer imagenet residual shortcut he microsoft"),
    ),
    _base(
        "ResNet101",
        "resnet",
        40,
        N_(
            "ResNet50 made twice as deep, 171 MB: a little better for twice the time; "
            "take it where ResNet50 comes close but not quite there."
        ),
        N_("pretrained transfer imagenet residual shortcut he microsoft deep"),
    ),
    _base(
        "ResNet50V2",
        "resnet_v2",
        50,
        N_(
            "ResNet50 in a better order, normalized before each convolution: a little "
            "stronger at the same size; take it rather than ResNet50."
        ),
        N_("pretrained transfer imagenet residual shortcut he microsoft identity"),
    ),
    _base(
        "InceptionV3",
        "inception_v3",
        60,
        N_(
            "Branches of several filter sizes side by side, 87 MB: strong, made for "
            "299×299; take it for large pictures with small details."
        ),
        N_("pretrained transfer imagenet google branches parallel googlenet"),
    ),
    _base(
        "Xception",
        "xception",
        70,
        N_(
            "Inception's idea with separable convolutions, 83 MB: stronger at the same "
            "size, made for 299×299; take it where a graphics card is at hand."
        ),
        N_("pretrained transfer imagenet chollet separable inception"),
    ),
    _base(
        "DenseNet121",
        "densenet",
        80,
        N_(
            "Every layer sees all before it: few weights, 28 MB, and much memory while "
            "it trains; take it for few pictures, such as medical ones."
        ),
        N_("pretrained transfer imagenet dense connected concatenate huang medical"),
    ),
    _base(
        "MobileNet",
        "mobilenet",
        90,
        N_(
            "Small and quick, 13 MB and less in smaller widths: made for telephones; "
            "take it first on a computer without a graphics card."
        ),
        N_("pretrained transfer imagenet small fast light phone depthwise cpu"),
    ),
    _base(
        "MobileNetV2",
        "mobilenet_v2",
        100,
        N_(
            "A better MobileNet with shortcuts, 9 MB: small, quick and good; take it "
            "on a weak server or where a class trains at once."
        ),
        N_("pretrained transfer imagenet small fast light phone inverted cpu"),
    ),
    _base(
        "MobileNetV3Small",
        "mobilenet_v3",
        110,
        N_(
            "The quickest of all here, 4 MB: weaker than the others, and good enough "
            "for classes that look very different."
        ),
        N_("pretrained transfer imagenet small fast light phone smallest cpu"),
        scales=True,
    ),
    _base(
        "MobileNetV3Large",
        "mobilenet_v3",
        120,
        N_(
            "As quick as MobileNetV2 and stronger, 12 MB: take it where time is short "
            "and classes look alike."
        ),
        N_("pretrained transfer imagenet small fast light phone cpu"),
        scales=True,
    ),
    _base(
        "EfficientNetB0",
        "efficientnet",
        130,
        N_(
            "Much for its 16 MB: as strong as networks five times its size, though not "
            "as quick as its few weights suggest; a good choice for most tasks."
        ),
        N_("pretrained transfer imagenet efficient compound google squeeze excitation"),
        scales=True,
    ),
    _base(
        "EfficientNetB1",
        "efficientnet",
        140,
        N_(
            "A larger EfficientNetB0, 26 MB, made for 240×240: take it where B0 is not "
            "enough and there is time."
        ),
        N_("pretrained transfer imagenet efficient compound google squeeze excitation"),
        scales=True,
    ),
    _base(
        "EfficientNetB2",
        "efficientnet",
        150,
        N_(
            "The next size of EfficientNet, 31 MB, made for 260×260: a little stronger "
            "and slower than B1."
        ),
        N_("pretrained transfer imagenet efficient compound google squeeze excitation"),
        scales=True,
    ),
    _base(
        "EfficientNetB3",
        "efficientnet",
        160,
        N_(
            "The strongest EfficientNet here, 43 MB, made for 300×300: take it for "
            "large pictures with a graphics card."
        ),
        N_("pretrained transfer imagenet efficient compound google squeeze excitation"),
        scales=True,
    ),
    _base(
        "EfficientNetV2B0",
        "efficientnet_v2",
        170,
        N_(
            "EfficientNet built anew to train faster, 24 MB: stronger and quicker than "
            "B0; take it rather than B0."
        ),
        N_("pretrained transfer imagenet efficient google fused fast"),
        scales=True,
    ),
    _base(
        "NASNetMobile",
        "nasnet",
        180,
        N_(
            "Found by a search instead of by people, 17 MB: many small layers, so that "
            "it is slow to build; take it to see what a search comes up with."
        ),
        N_("pretrained transfer imagenet search neural architecture automl google"),
    ),
    _base(
        "ConvNeXtTiny",
        "convnext",
        190,
        N_(
            "A convolution network with the ideas of transformers, 111 MB: the "
            "strongest of its speed; take it with a graphics card."
        ),
        N_("pretrained transfer imagenet modern transformer facebook meta 2022"),
        scales=True,
    ),
)
