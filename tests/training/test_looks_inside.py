"""What the bricks of trained towers gave: maps, heatmaps, filters, units, sums."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from tests.training.looking import Observatory
from tests.training.workshop import digits
from training import runs
from training.viewing import DONE, FAILED, PROGRESS

pytestmark = pytest.mark.keras


def conv(filters: int, id: str, **more) -> Placed:
    settings = {"filters": filters, "kernel_size": 3, "activation": "relu", **more}
    return Placed("Conv2D", settings, id=id)


def branching() -> Project:
    """A convolution, a Block of two residuals, two branches, and ten classes."""
    same = {"padding": "same"}
    body = Placed("Residual", {}, inner=((conv(6, "in", **same),), ()), id="res")
    sides = ((conv(3, "left", **same),), (conv(4, "right", **same),))
    bricks = (
        conv(6, "first"),
        Placed("Block", {"repeat": 2}, inner=((body,),), id="block"),
        Placed("Parallel", {"merge": "concatenate"}, inner=sides, id="par"),
        Placed("Flatten", id="flat"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="top"),
    )
    training = Training(epochs=2, batch_size=64, seed=1)
    return Project("Branching", Tower(Placed("Digits", id="data"), bricks), training)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """A branching run, and one without convolutions."""
    made = Observatory(tmp_path_factory.mktemp("inside") / "home")
    run, plain = made.train(branching()), made.train(digits(epochs=1))
    with made.at_work():
        yield made, run, plain
    made.close()


def ask(seen, what, **more):
    made, run, _plain = seen
    return made.last(what, run, **{"given": {"test": 3}, **more})


def test_every_brick_of_blocks_and_branches_tells_what_it_gave(seen):
    told = ask(seen, "maps")
    bricks = [
        (one["brick"], one["time"], one["shape"]) for one in told.fields["bricks"]
    ]
    assert bricks == [
        ("first", 0, [6, 6, 6]),
        ("in", 0, [6, 6, 6]),
        ("res", 0, [6, 6, 6]),
        ("in", 1, [6, 6, 6]),
        ("res", 1, [6, 6, 6]),
        ("left", 0, [6, 6, 3]),
        ("right", 0, [6, 6, 4]),
        ("par", 0, [6, 6, 7]),
        ("flat", 0, [252]),
        ("top", 0, [10]),
    ]
    assert told.arrays["tiles7"].shape == (7, 6, 6, 1)
    assert told.arrays["seen"].shape == (1, 8, 8, 1)


def test_the_answer_is_what_the_model_predicts(seen):
    told = ask(seen, "maps")
    shares = ask(seen, "channels", brick="top").arrays["values"]
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    (number, name, share), *_ = told.fields["answer"]["told"]
    assert (number, name) == (int(shares.argmax()), str(shares.argmax()))
    assert share == pytest.approx(float(shares.max()))


def test_an_example_says_which_it_is_and_goes_round_at_the_end(seen):
    example = ask(seen, "maps").fields["example"]
    there = example["of"]
    again = ask(seen, "maps", given={"test": there + 3}).fields["example"]
    assert again == example
    assert example["at"] == 3


def test_a_picture_that_is_brought_has_no_true_class(seen):
    picture = np.zeros((1, 8, 8, 1), "uint8")
    told = ask(seen, "maps", arrays={"given": picture})
    assert told.fields["example"] is None
    assert told.arrays["seen"].max() == 0


def test_channels_come_in_order_or_strongest_first(seen):
    plain = ask(seen, "channels", brick="par")
    strong = ask(seen, "channels", brick="par", order="strength")
    assert plain.fields["order"] == list(range(7))
    assert strong.arrays["strengths"].tolist() == sorted(
        plain.arrays["strengths"].tolist(), reverse=True
    )
    first = strong.fields["order"][0]
    sheets = plain.arrays["sheet"], strong.arrays["sheet"]
    assert (sheets[0][first] == sheets[1][0]).all()


def test_the_repeats_of_a_block_are_told_apart(seen):
    one, other = (ask(seen, "channels", brick="res", time=n) for n in (0, 1))
    assert (one.arrays["sheet"] != other.arrays["sheet"]).any()


def test_a_channel_is_compared_on_a_picture_of_each_class(seen):
    told = ask(seen, "across", brick="first", channel=2)
    assert told.fields["names"] == [str(n) for n in range(10)]
    assert told.arrays["maps"].shape == (10, 6, 6, 1)
    assert told.arrays["strengths"].max() == pytest.approx(1)


def test_a_brick_that_is_not_there_is_told_of(seen):
    told = ask(seen, "channels", brick="nobody")
    assert told.state == FAILED
    assert "another one" in str(told.said)


@pytest.mark.parametrize("method", ["grad_cam", "grad_cam_pp", "occlusion"])
def test_a_heatmap_is_as_large_as_its_picture(seen, method):
    told = ask(seen, "heat", method=method)
    assert told.state == DONE
    assert told.arrays["heat"].shape == (1, 8, 8, 1)
    assert told.fields["classes"] == [str(n) for n in range(10)]


def test_grad_cam_looks_at_the_brick_and_for_the_class_that_is_asked_for(seen):
    heats = [
        ask(seen, "heat", method="grad_cam", brick=brick, target=target)
        for brick, target in (("first", 0), ("par", 0), ("par", 5))
    ]
    assert [heat.fields["brick"] for heat in heats] == ["first", "par", "par"]
    assert heats[1].fields["score"] != heats[2].fields["score"]
    painted = [heat.arrays["heat"].tobytes() for heat in heats]
    assert len(set(painted)) == 3


def test_integrated_gradients_grow(seen):
    made, run, _ = seen
    parts = made.ask("heat", run, given={"test": 3}, method="integrated_gradients")
    assert [part.state for part in parts] == [PROGRESS] * (len(parts) - 1) + [DONE]
    shares = [part.fields["share"] for part in parts]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_tower_without_convolutions_says_why_and_offers_the_rest(seen):
    made, _, plain = seen
    why = made.last("heat", plain, given={"test": 0}, method="grad_cam")
    assert why.state == FAILED
    assert "Integrated gradients" in str(why.said)
    other = made.last("heat", plain, given={"test": 0}, method="integrated_gradients")
    assert other.state == DONE


def test_patterns_come_along_and_are_kept(seen):
    made, run, _ = seen
    before = ask(seen, "filters", brick="left")
    assert "patterns" not in before.arrays
    assert before.arrays["kernels"].shape == (3 * 6, 3, 3, 1)
    parts = made.ask("filters", run, brick="left", make=True)
    assert parts[0].state == PROGRESS
    assert parts[-1].arrays["patterns"].shape == (3, 8, 8, 1)
    kept = ask(seen, "filters", brick="left")
    assert (kept.arrays["patterns"] == parts[-1].arrays["patterns"]).all()


def test_damaged_patterns_are_as_none(seen):
    made, run, _ = seen
    made.ask("filters", run, brick="right", make=True)
    for sheet in (made.folder(run) / "patterns").glob("*.npz"):
        sheet.write_bytes(b"nothing")
    assert "patterns" not in ask(seen, "filters", brick="right").arrays


def test_patterns_of_older_weights_are_kept_no_longer(seen):
    made, run, _ = seen
    folder = made.folder(run)

    def kept():
        return {sheet.name for sheet in (folder / "patterns").glob("*.npz")}

    others = kept()
    made.ask("filters", run, brick="first", make=True)
    first = kept() - others
    os.utime(folder / runs.MODEL, (1, 1))
    assert "patterns" not in ask(seen, "filters", brick="first").arrays
    made.ask("filters", run, brick="first", make=True)
    assert len(kept() - others) == 1
    assert kept() - others != first


def test_units_tell_how_often_they_fire_and_the_epochs_what_they_were(seen):
    told = ask(seen, "units")
    rates = {(one["brick"], one["time"]): one for one in told.fields["bricks"]}
    assert 0 < rates["first", 0]["rate"] < 1
    assert rates["first", 0]["relu"]
    assert not rates["top", 0]["relu"]
    assert told.fields["examples"] == 256
    assert told.fields["epochs"] == [0, 1, 2]
    assert told.arrays["bars"].shape == (3 * 10 * 3, 30)


def test_dead_units_are_counted(seen):
    import keras

    made, _, plain = seen
    path = made.folder(plain) / runs.MODEL
    model = keras.models.load_model(path)
    dense = next(one for one in model.layers if isinstance(one, keras.layers.Dense))
    weights, biases = dense.get_weights()
    biases[:5], weights[:, :5] = -1, 0
    dense.set_weights([weights, biases])
    before = made.last("units", plain).fields["bricks"][1]
    model.save(path)
    after = made.last("units", plain).fields["bricks"][1]
    assert before["dead"] < 5 <= after["dead"] < after["units"] == 32


def test_units_of_a_run_that_kept_no_histograms_still_fire(seen):
    made, _, plain = seen
    (made.folder(plain) / runs.HISTOGRAMS).unlink()
    told = made.last("units", plain)
    assert told.state == DONE
    assert told.fields["bricks"]
    assert "epochs" not in told.fields


def test_a_sum_is_what_the_layer_gave(seen):
    told = ask(seen, "convolve", brick="in", channel=1)
    gave = ask(seen, "channels", brick="in", channel=1)
    assert told.fields["value"] == pytest.approx(_most(seen), abs=1e-4)
    assert told.fields["total"] == pytest.approx(
        float(told.arrays["shares"].sum()), abs=1e-4
    )
    assert told.arrays["patch"].shape == told.arrays["kernel"].shape == (3, 3)
    products = told.arrays["patch"] * told.arrays["kernel"]
    assert told.arrays["products"] == pytest.approx(products)
    assert gave.fields["shape"] == told.fields["above_shape"] + [6]


def _most(seen) -> float:
    """The strongest answer of channel 1, by Keras itself."""
    from explain.opened import opened

    made, run, _ = seen
    folder = made.folder(run)
    source = (folder / runs.SCRIPT).read_text("utf-8")
    found = opened(branching(), source)
    found.model.load_weights(folder / runs.MODEL)
    import keras

    x = found.script.load_data()[2][0][3:4].astype("float32")
    layer = found.layer("in")
    gave = keras.Model(found.model.inputs[0], layer.output)(x, training=False)
    return float(np.asarray(gave)[0, ..., 1].max())


def test_a_patch_hangs_over_the_edge_and_sees_zeros(seen):
    told = ask(seen, "convolve", brick="in", channel=0, row=0, column=0)
    assert told.fields["rows"][0] == told.fields["columns"][0] == -1
    assert told.arrays["inside"].tolist()[0] == [0, 0, 0]
    assert not told.arrays["products"][0].any()


def test_a_lectures_kernel_goes_over_the_picture(seen):
    made, _, plain = seen
    told = made.last("convolve", plain, given={"test": 3}, edges="vertical")
    assert told.state == DONE
    assert told.arrays["kernel"].tolist() == [[-1, 0, 1]] * 3
    assert told.fields["value"] == pytest.approx(
        float(told.arrays["products"].sum()), abs=1e-4
    )


def test_a_run_of_a_lost_model_is_told_of(seen):
    made, run, _ = seen
    other = replace(run, id="f" * 32)
    for what in ("maps", "heat", "filters", "units", "convolve"):
        told = made.last(what, other, given={"test": 0}, brick="first")
        assert told.state == FAILED
