"""Looking into a pretrained base: its layers are places like the bricks around it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.training.looking import Observatory
from tests.training.standing import digits_on_base
from training import runs
from training.viewing import DONE, FAILED, PROGRESS

pytestmark = pytest.mark.keras

LAYERS = 86  # of MobileNet without its top


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """A run whose base learned from its layer 80 on."""
    made = Observatory(tmp_path_factory.mktemp("bases") / "home")
    run = made.train(digits_on_base(frozen=80))
    with made.at_work():
        yield made, run
    made.close()


@pytest.fixture(scope="module")
def by_keras(seen):
    """What Keras' own model of a layer gives for test example 3."""
    import keras

    from codegen import live
    from training.worker.kept_open import points

    made, run = seen
    model = keras.models.load_model(made.folder(run) / runs.MODEL, compile=False)
    base = model.layers[2].layers[-1]
    script = live.module((made.folder(run) / runs.SCRIPT).read_text())
    x = model.layers[1](model.layers[0](points(script.load_data()[2][0][3:4])))
    x = keras.applications.mobilenet.preprocess_input(np.asarray(x) * 255)

    def gives(name):
        return np.asarray(keras.Model(base.inputs, base.get_layer(name).output)(x))[0]

    return gives


def number(seen, name):
    return ask(seen, "maps").fields["bases"]["base"]["names"].index(name)


def ask(seen, what, **more):
    made, run = seen
    return made.last(what, run, **{"given": {"test": 3}, **more})


def test_an_opened_base_tells_the_ends_of_its_blocks_in_order(seen):
    told = ask(seen, "maps", open=["base"])
    inner = [one["inner"] for one in told.fields["insides"]]
    names = told.fields["bases"]["base"]["names"]
    assert len(names) == LAYERS
    assert 8 <= len(inner) <= 12
    assert inner == sorted(inner)
    assert [one["name"] for one in told.fields["insides"]] == [names[n] for n in inner]
    sizes = [one["shape"][0] for one in told.fields["insides"]]
    assert sizes[0] == 24
    assert sizes == sorted(sizes, reverse=True)
    assert len([name for name in told.arrays if name.startswith("inside")]) == len(
        inner
    )


def test_a_base_that_is_not_opened_is_one_brick_among_others(seen):
    told = ask(seen, "maps")
    bricks = [one["brick"] for one in told.fields["bricks"]]
    assert bricks == ["large", "colours", "base", "mean", "top"]
    assert told.fields["insides"] == []


def test_a_layer_of_a_base_gives_what_keras_says_it_gives(seen, by_keras):
    want = by_keras("conv1_relu")
    told = ask(seen, "channels", brick="base", inner=number(seen, "conv1_relu"))
    assert told.fields["shape"] == list(want.shape)
    assert told.fields["high"] == pytest.approx(want.max(), rel=1e-4)
    strong = np.abs(want).mean(axis=(0, 1))
    got = told.arrays["strengths"]
    np.testing.assert_allclose(got, strong / strong.max(), atol=1e-4)


def test_channels_of_a_layer_are_seen_on_other_pictures(seen):
    told = ask(seen, "across", brick="base", inner=6, channel=1)
    assert told.state == DONE
    assert len(told.arrays["maps"]) == len(told.fields["at"]) == 10


def test_grad_cam_looks_at_the_last_map_of_a_base(seen):
    whole = ask(seen, "heat", method="grad_cam")
    named = ask(seen, "heat", method="grad_cam", brick="base")
    assert (whole.fields["brick"], whole.fields["name"]) == ("base", "conv_pw_11_relu")
    assert named.fields["inner"] == whole.fields["inner"]
    low = ask(seen, "heat", method="grad_cam_pp", brick="base", inner=12)
    assert low.state == DONE
    assert low.fields["inner"] == 12
    assert whole.arrays["heat"].shape == low.arrays["heat"].shape == (1, 8, 8, 1)


@pytest.mark.parametrize("name", ["conv_pw_2", "conv_dw_2"])
def test_a_convolution_of_a_base_adds_up_to_what_it_gives(seen, by_keras, name):
    inner = number(seen, name)
    assert inner in ask(seen, "maps").fields["bases"]["base"]["convolves"]
    told = ask(seen, "convolve", brick="base", inner=inner, row=2, column=3, channel=4)
    want = by_keras(name)
    assert told.fields["above_shape"] == list(want.shape[:2])
    assert told.fields["value"] == pytest.approx(float(want[2, 3, 4]), abs=1e-4)
    shares = float(told.arrays["shares"].sum())
    assert told.fields["value"] == pytest.approx(shares, rel=1e-3, abs=1e-5)


def test_the_kernels_and_patterns_of_a_first_convolution_are_seen(seen):
    inner = number(seen, "conv1")
    told = ask(seen, "filters", brick="base", inner=inner)
    assert told.fields["kernel"] == [8, 3, 3, 3]
    assert told.arrays["kernels"].shape == (8, 3, 3, 3)
    made, run = seen
    parts = made.ask("filters", run, brick="base", inner=inner, make=True)
    assert {part.state for part in parts[:-1]} == {PROGRESS}
    assert parts[-1].arrays["patterns"].shape == (8, 8, 8, 1)
    kept = ask(seen, "filters", brick="base", inner=inner)
    np.testing.assert_array_equal(kept.arrays["patterns"], parts[-1].arrays["patterns"])
    assert "patterns" not in ask(seen, "filters", brick="base").arrays


def test_units_tell_of_the_ends_of_blocks_and_of_the_layers_that_learned(seen):
    told = ask(seen, "units")
    ends = [one for one in told.fields["bricks"] if "inner" in one]
    assert [one["brick"] for one in ends] == ["base"] * len(ends)
    assert all(one["relu"] for one in ends)  # a relu6 dies, too
    kept = [one[2:] for one in told.fields["kept"] if one[0] == "base"]
    assert kept[-1] == []  # the brick itself, after its layers
    names = [name for _, name in kept[:-1]]
    assert names == ["conv_dw_13", "conv_pw_13"]  # all that has kernels from 80 on
    assert all(inner >= 80 for inner, _ in kept[:-1])


@pytest.mark.parametrize("inner", [LAYERS, -1, "conv1", 2.5e9, True])
def test_a_layer_that_is_not_there_is_refused_in_words(seen, inner):
    told = ask(seen, "channels", brick="base", inner=inner)
    if inner is True:  # JSON's true is no number of a layer, and 1 is one
        assert told.state in (DONE, FAILED)
        return
    assert told.state == FAILED
    assert "choose another" in str(told.said)
