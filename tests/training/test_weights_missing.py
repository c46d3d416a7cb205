"""Whether weights can be had is said before anything waits in the queue."""

import socket
from dataclasses import replace

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from training import admission, datasets, weights
from training.datasets import Network

FILE = "mobilenet_2_5_224_tf_no_top.h5"
DENSE = Placed("Dense", {"units": 3, "activation": "softmax"})


def on(*bricks: Placed) -> Tower:
    ground = Placed("Images", {"image_size": 96, "classes": 3, "label": "Category"})
    return Tower(ground, bricks)


def base(**settings) -> Placed:
    return Placed("MobileNet", {"alpha": 0.25, "include_top": False, **settings})


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No weights here, and a network in which nothing answers."""
    monkeypatch.delenv("BRICKYARD_DATASETS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setattr(datasets, "network", Network(*closed.getsockname()))
        yield tmp_path


def test_a_missing_file_is_named_with_every_remedy(nowhere):
    said = str(weights.missing(on(base())))
    assert said.startswith(f"{FILE}, the weights of MobileNet, is neither")
    assert "the folder models of the one that BRICKYARD_DATASETS names" in said
    assert "weights=None" in said
    assert said.count(". ") == 0  # one sentence


@pytest.mark.parametrize("place", ["models", "keras_home/models"])
def test_a_file_in_the_named_folder_is_enough(nowhere, monkeypatch, place):
    (nowhere / place).mkdir(parents=True)
    (nowhere / place / FILE).touch()
    monkeypatch.setenv("BRICKYARD_DATASETS", str(nowhere))
    assert weights.missing(on(base())) is None


def test_a_file_that_keras_downloaded_is_enough(nowhere):
    path = nowhere / "keras" / "models" / FILE
    path.parent.mkdir(parents=True)
    path.touch()
    assert weights.missing(on(base())) is None


def test_a_network_that_answers_is_enough(nowhere, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(datasets, "network", Network(*server.getsockname()))
        assert weights.missing(on(base())) is None


def test_a_page_is_told_once_it_is_known_and_nothing_before(nowhere):
    assert weights.known_missing(on(base())) is None
    datasets.network.reachable()
    assert weights.known_missing(on(base())) is not None


def test_what_hinders_a_run_names_the_weights(nowhere, monkeypatch):
    ground = Placed("Digits")
    shape = Placed("Resizing", {"height": 32, "width": 32})
    colour = Placed("Conv2D", {"filters": 3, "kernel_size": 1})
    ten = Placed("Dense", {"units": 10, "activation": "softmax"})
    pool = Placed("GlobalAveragePooling2D")
    tower = Tower(ground, (shape, colour, base(), pool, ten))
    datasets.network.reachable()
    assert FILE in str(admission.hindrance(Project("any", tower)))
    assert admission.hindrance(Project("any", weights.at_random(tower))) is None


def test_random_weights_need_no_file(nowhere):
    assert weights.files(on(base(weights=None))) == []


def beside(nowhere, *names):
    folder = nowhere / "keras" / "models"
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch()


def test_another_width_that_is_here_is_offered_and_taken(nowhere):
    beside(nowhere, FILE, "mobilenet_5_0_224_tf_no_top.h5")
    tower = on(replace(base(alpha=1.0), id="wide"), DENSE)
    widths = weights.near(tower)
    assert widths == {"wide": 0.5}  # the widest of those
    assert "with alpha 0.5 they are" in str(weights.said_near(tower, widths))
    taken = weights.at_width(tower, widths)
    assert taken.bricks[0].settings["alpha"] == 0.5
    assert taken.bricks[1:] == tower.bricks[1:]
    assert weights.missing(taken) is None


def test_no_width_is_offered_where_none_is_here_or_none_is_missing(nowhere):
    wide = on(base(alpha=1.0))
    assert weights.near(wide) == {}
    assert weights.said_near(wide, {}) is None
    beside(nowhere, FILE)
    assert weights.near(on(base())) == {}
    assert weights.near(on(base(weights=None, alpha=1.0))) == {}


def test_what_is_at_hand_is_told_by_kind_and_width(nowhere):
    vgg = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
    beside(nowhere, FILE, vgg)
    assert weights.at_hand() == {"VGG16": [None], "MobileNet": [0.25]}


def test_a_base_in_a_block_is_found(nowhere):
    block = Placed("Block", {}, inner=((base(),),))
    assert [file.name for _, file in weights.files(on(block))] == [FILE]
    assert weights.files(weights.at_random(on(block))) == []


def test_settings_that_do_not_hold_name_no_file(nowhere):
    assert weights.files(on(base(alpha=0.3))) == []


def test_the_size_of_the_pictures_chooses_the_file(nowhere):
    ground = Placed("Images", {"image_size": 160, "classes": 3, "label": "Category"})
    ((_, file),) = weights.files(Tower(ground, (base(),)))
    assert file.name == "mobilenet_2_5_160_tf_no_top.h5"
