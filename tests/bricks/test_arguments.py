"""Settings bear the names, order and defaults of the installed Keras."""

from __future__ import annotations

import inspect

import pytest

from bricks.catalog import catalog
from bricks.param import Wrap
from bricks.tuples import Sides, sides
from tests.towers import layers

pytestmark = pytest.mark.keras
KINDS = [b.kind for b in layers() if b.kind != "RepeatChannels"]  # prints as another

# Arguments of Keras that are no settings, and why.
LEFT_OUT = {
    "self": "the layer",
    "kwargs": "of every layer",
    "name": "a brick's name",
    "dtype": "of every layer",
    "data_format": "data are channels-last",
    "seed": "the script sets one for all",
    "activity_regularizer": "seldom used",
    "kernel_constraint": "seldom used",
    "bias_constraint": "seldom used",
    "recurrent_constraint": "seldom used",
    "depthwise_constraint": "seldom used",
    "pointwise_constraint": "seldom used",
    "embeddings_constraint": "seldom used",
    "beta_constraint": "seldom used",
    "gamma_constraint": "seldom used",
    "moving_mean_initializer": "seldom used",
    "moving_variance_initializer": "seldom used",
    "renorm": "seldom used",
    "renorm_clipping": "seldom used",
    "renorm_momentum": "seldom used",
    "synchronized": "for several machines",
    "axis": "the channels, which are last",
    "lora_rank": "for models trained by others",
    "lora_alpha": "for models trained by others",
    "quantization_config": "for models trained by others",
    "weights": "weights are trained",
    "noise_shape": "SpatialDropout2D says it better",
    "return_state": "a brick gives one thing",
    "stateful": "wants batches of one size",
    "use_cudnn": "auto is right",
}
LEFT_OUT_OF = {("Resizing", "fill_mode")}  # has one value only


def arguments(kind: str) -> dict[str, inspect.Parameter]:
    import keras

    layer = getattr(keras.layers, kind)
    return dict(inspect.signature(layer.__init__).parameters)


@pytest.mark.parametrize("kind", KINDS)
def test_settings_bear_keras_names_and_defaults(kind):
    signature = arguments(kind)
    for param in catalog()[kind].params:
        if isinstance(param, Wrap):
            assert arguments(param.layer)["layer"]
            continue
        theirs = signature[param.name].default
        if param.required:
            assert theirs is inspect.Parameter.empty
        elif isinstance(param, Sides):
            assert sides(theirs) == sides(param.default)
        else:
            assert theirs in (param.default, (param.default, param.default))


@pytest.mark.parametrize("kind", KINDS)
def test_every_argument_is_a_setting_or_left_out_with_a_reason(kind):
    ours = {*catalog()[kind].by_name, *LEFT_OUT}
    theirs = {name for name in arguments(kind) if (kind, name) not in LEFT_OUT_OF}
    assert theirs - ours == set()


@pytest.mark.parametrize("kind", KINDS)
def test_positional_settings_stand_in_keras_order(kind):
    order = list(arguments(kind))
    ours = [p.name for p in catalog()[kind].params if p.positional]
    assert order[1 : len(ours) + 1] == ours


@pytest.mark.parametrize("kind", KINDS)
def test_common_settings_stand_before_the_rest(kind):
    more = [param.more for param in catalog()[kind].params]
    assert more == sorted(more)
