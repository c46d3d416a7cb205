"""Whether MNIST can be had is said before anything is trained."""

import socket

import pytest

from bricks.catalog import data_brick
from bricks.tower import Placed
from training import datasets
from training.datasets import Network


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No copy of MNIST here, and a network in which nothing answers."""
    monkeypatch.delenv("BRICKYARD_DATASETS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: nothing answers
        monkeypatch.setattr(datasets, "network", Network(*closed.getsockname()))
        yield tmp_path


def test_digits_are_always_there(nowhere):
    assert datasets.missing(Placed("Digits")) is None


def test_missing_mnist_is_said_with_both_remedies(nowhere):
    said = str(datasets.missing(Placed("MNIST")))
    assert "put mnist.npz into the folder that BRICKYARD_DATASETS names" in said
    assert "connect the server to the network" in said
    assert said.count(".") - said.count("mnist.npz") == 1  # one sentence


def test_a_copy_in_the_named_folder_is_enough(nowhere, monkeypatch):
    (nowhere / "mnist.npz").touch()
    monkeypatch.setenv("BRICKYARD_DATASETS", str(nowhere))
    assert datasets.missing(Placed("MNIST")) is None


def test_a_copy_that_keras_downloaded_is_enough(nowhere):
    (nowhere / "keras" / "datasets").mkdir(parents=True)
    (nowhere / "keras" / "datasets" / "mnist.npz").touch()
    assert datasets.missing(Placed("MNIST")) is None


def test_a_network_that_answers_is_enough(nowhere, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(datasets, "network", Network(*server.getsockname()))
        assert datasets.missing(Placed("MNIST")) is None


def test_the_way_to_the_network_may_be_a_proxy(nowhere, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        assert datasets.missing(Placed("MNIST")) is None


def test_a_page_is_told_once_it_is_known(nowhere):
    datasets.network.reachable()
    assert datasets.known_missing(Placed("MNIST")) is not None


def test_what_was_known_long_ago_hinders_no_run(nowhere, monkeypatch):
    datasets.network.reachable()
    monkeypatch.setattr(datasets, "STALE_SECONDS", -1.0)
    assert datasets.known_missing(Placed("MNIST")) is None


KEPT_BY_KERAS = [
    ("CIFAR10", ["cifar-10-batches-py-target_archive"]),
    ("CIFAR100", ["cifar-100-python-target_archive"]),
    (
        "FashionMNIST",
        [
            f"fashion-mnist/{name}-ubyte.gz"
            for part in ("train", "t10k")
            for name in (f"{part}-images-idx3", f"{part}-labels-idx1")
        ],
    ),
]


@pytest.mark.parametrize(("kind", "names"), KEPT_BY_KERAS)
def test_what_keras_downloaded_is_enough_when_it_is_whole(nowhere, kind, names):
    for name in names:
        assert datasets.missing(Placed(kind)) is not None
        path = nowhere / "keras" / "datasets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert datasets.missing(Placed(kind)) is None


@pytest.mark.parametrize("kind", ["CIFAR10", "CIFAR100", "FashionMNIST"])
def test_a_file_that_the_script_would_not_find_is_not_enough(nowhere, kind):
    (file,) = data_brick(kind).files
    path = nowhere / "keras" / "datasets" / file
    path.parent.mkdir(parents=True)
    path.touch()
    assert datasets.missing(Placed(kind)) is not None
