"""Try on the page's side: what is brought becomes what a tower takes; who answers."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import update

from bricks.recipes import recipe
from codegen import drawn
from tests.shelved import shelved, tower_on
from tests.uploads import corpus
from training import picture, runs
from training.settings import Settings
from training.store import Store
from training.tables import runs as table
from training.tables import writing
from ui import desk as desks
from ui.compare import listing
from ui.looking import given
from ui.looking import runs as looking_runs
from ui.looking.given import NotGiven
from ui.opening import new_desk
from ui.trying import payload
from ui.trying.payload import try_json
from uploads.limits import Limits
from uploads.shelf import Shelf


@pytest.fixture
def settings(tmp_path, monkeypatch):
    settings = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    for module in (given, payload, looking_runs, desks, listing):
        monkeypatch.setattr(module, "settings", lambda: settings)
    return settings


@pytest.fixture
def store(settings, monkeypatch):
    store = Store(settings.database)
    for module in (looking_runs, desks, listing):  # each has it by name
        monkeypatch.setattr(module, "store", lambda: store)
    yield store
    store.close()


def sheet(side=256):
    ink = np.zeros((side, side), bool)
    ink[40:220, 100:130] = True
    return ink


def test_a_drawing_becomes_a_digit_as_the_data_has_them():
    ink = sheet()
    told = given.given(recipe("mnist-cnn"), {"drawn": 256}, np.packbits(ink).tobytes())
    assert (told.picture == drawn.mnist((ink * 255).astype("uint8"))).all()
    small = given.given(
        recipe("digits-cnn"), {"drawn": 256}, np.packbits(ink).tobytes()
    )
    assert small.picture.shape == (8, 8, 1)


@pytest.mark.parametrize("side", [0, -8, 255, 1024, "256", None, 256.0, True, [256]])
def test_a_drawing_of_no_such_side_is_refused(side):
    with pytest.raises(NotGiven, match="draw it again"):
        given.given(recipe("mnist-cnn"), {"drawn": side}, b"\0" * 8192)


@pytest.mark.parametrize("size", [1, 8191, 8193])
def test_a_drawing_that_lacks_bits_is_refused(size):
    with pytest.raises(NotGiven, match="draw it again"):
        given.given(recipe("mnist-cnn"), {"drawn": 256}, b"\0" * size)


def test_photographs_are_not_drawn():
    with pytest.raises(NotGiven, match="bring a picture"):
        given.given(recipe("book-cats-dogs"), {"drawn": 256}, b"\0" * 8192)


def test_a_table_takes_no_picture(settings):
    with pytest.raises(NotGiven, match="does not take pictures"):
        given.given(recipe("numbers-value"), {}, b"\xff\xd8\xff")


BAD = {name: (content, said) for name, content, said in corpus.bad()}


@pytest.mark.parametrize(
    "name",
    ["half a jpeg", "half a heif", "png with a text bomb", "svg", "web page", "video"],
)
def test_what_is_no_picture_is_told_as_by_an_upload(settings, name):
    content, said = BAD[name]
    with pytest.raises(NotGiven) as raised:
        given.given(recipe("mnist-cnn"), {}, content)
    assert str(raised.value) == said


def test_a_question_without_a_picture_has_none():
    assert given.given(recipe("mnist-cnn"), {}, b"") is None


def test_a_picture_of_too_many_points_is_refused(settings, monkeypatch):
    few = replace(settings, limits=Limits(pixels=1_000))
    monkeypatch.setattr(given, "settings", lambda: few)
    with pytest.raises(NotGiven, match="million points"):
        given.given(recipe("mnist-cnn"), {}, corpus.saved(corpus.noise(50, 40), "PNG"))


def test_a_picture_is_read_once_for_all_runs_on_the_same_data(settings):
    content = corpus.saved(corpus.noise(60, 50), "PNG")
    shapes = recipe("shapes-cnn")
    first = given.given(shapes, {}, content).picture
    assert given.given(replace(shapes, name="Another"), {}, content).picture is first
    other = given.given(recipe("mnist-cnn"), {}, content).picture
    assert other.shape != first.shape
    wider = corpus.saved(corpus.noise(50, 60), "PNG")
    assert given.given(shapes, {}, wider).picture is not first


@pytest.mark.parametrize(
    "name", ["jpeg CMYK", "png 48 bit", "png palette hole", "apng", "png LA"]
)
def test_pictures_of_every_make_are_taken(settings, name):
    content = dict(corpus.good())[name]
    told = given.given(recipe("shapes-cnn"), {}, content)
    assert told.picture.dtype == np.uint8
    assert told.picture.shape[2] == 3


def test_a_photograph_of_a_digit_is_prepared_as_a_drawing(settings):
    paper = np.where(sheet(), 40, 220).astype("uint8")
    content = corpus.saved(Image.fromarray(paper), "PNG")
    told = given.given(recipe("mnist-cnn"), {}, content)
    ink = (sheet() * 255).astype("uint8")
    assert (told.picture == drawn.mnist(ink)).all()


BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""By EXIF's orientation: how the upright points lie in such a file."""


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_the_network_sees_a_photograph_upright(settings, turn, format):
    page = np.full((120, 90), 230, "uint8")  # a four, that no turn brings back
    page[20:60, 20:28] = page[52:60, 20:60] = page[30:100, 50:58] = 20
    upright = Image.fromarray(page)
    lies = upright.transpose(BACK[turn]) if turn in BACK else upright
    content = corpus.saved(lies, format, exif=corpus.told(turn))
    seen = given.given(recipe("mnist-cnn"), {}, content).picture
    wanted = drawn.from_picture(upright, "mnist")
    assert np.abs(seen.astype(int) - wanted).mean() < 4  # JPEG's own noise
    seen = given.given(recipe("shapes-cnn"), {}, content).picture
    wanted = picture.fitted(upright, seen.shape)
    assert np.abs(seen.astype(int) - wanted).mean() < 4


def test_an_own_picture_is_read_as_the_data_brick_reads_its_own(settings, tmp_path):
    shelf = Shelf(settings.home, "ann")
    dataset = shelved(shelf, tmp_path / "two", {"cat": 4, "dog": 4})
    project = tower_on(dataset)
    path = next((tmp_path / "two").rglob("*.jpg"))
    told = given.given(project, {}, path.read_bytes())
    read = picture.binding.module(picture.binding.full(project.tower.data)).read_picture
    assert (told.picture == read(path)).all()
    assert told.picture.shape == (16, 16, 3)


def test_a_picture_that_was_looked_at_is_looked_at_once(settings, monkeypatch):
    content = corpus.saved(corpus.noise(33, 31), "PNG")
    given.given(recipe("mnist-cnn"), {}, content)
    monkeypatch.setattr(picture, "Looker", None)  # another would fail
    assert given.given(recipe("shapes-cnn"), {}, content).picture.shape[2] == 3


def trained(store, settings, project, owner="ann", project_id=None):
    """A run of the project that has a model."""
    document = project.to_json()
    place = project_id or store.create_project(owner, project.name, document).id
    run = store.ask_run(owner, place, document, f"{project.name} {time.time()}")
    where = runs.folder(settings, run.id)
    where.mkdir(parents=True)
    (where / runs.MODEL).write_bytes(b"a model")
    store.stop_run(owner, run.id)
    return run


def test_without_a_model_nobody_can_answer(store, settings):
    desk = new_desk("ann", recipe("digits-cnn"))
    told = try_json(desk, "en")
    assert (told["runs"], told["moving"]) == ([], False)


def test_before_its_first_model_it_is_said_that_a_tower_is_being_trained(
    store, settings
):
    desk = new_desk("ann", recipe("digits-cnn"))
    store.ask_run("ann", desk.id, desk.project.to_json(), "one")
    told = try_json(desk, "en")
    assert (told["runs"], told["moving"]) == ([], True)


def test_runs_of_this_tower_come_first_and_those_on_the_same_data_are_alike(
    store, settings
):
    desk = new_desk("ann", recipe("mnist-cnn"))
    trained(store, settings, recipe("mnist-mlp"))
    trained(store, settings, recipe("digits-cnn"))
    own = trained(store, settings, desk.project, project_id=desk.id)
    trained(store, settings, recipe("mnist-cnn"), owner="eve")
    told = try_json(desk, "en")
    assert told["runs"][0]["id"] == own.id
    assert [run["here"] for run in told["runs"]] == [True, False, False]
    names = {run["name"]: told["grounds"][run["ground"]] for run in told["runs"]}
    assert names["MNIST CNN"] is names["MNIST MLP"]
    assert names["Digits CNN"]["kind"] == "Digits"
    json.dumps(told, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "draws", "unit", "answers"),
    [
        ("mnist-cnn", True, "pictures", "shares"),
        ("book-cats-dogs", False, "pictures", "yesno"),
        ("numbers-value", False, "rows", "value"),
        ("autoencoder", True, "pictures", "picture"),
        ("text-lstm", False, "examples", "yesno"),
    ],
)
def test_each_kind_of_data_says_what_can_be_given(
    store, settings, name, draws, unit, answers
):
    desk = new_desk("ann", recipe(name))
    trained(store, settings, desk.project, project_id=desk.id)
    told = try_json(desk, "en")
    ground = told["grounds"][told["runs"][0]["ground"]]
    assert (ground["draws"], ground["unit"]) == (draws, unit)
    assert told["runs"][0]["answers"] == answers


def test_a_run_whose_tower_can_not_be_read_does_not_answer(store, settings):
    desk = new_desk("ann", recipe("digits-cnn"))
    good = trained(store, settings, desk.project, project_id=desk.id)
    odd = trained(store, settings, desk.project, project_id=desk.id)
    with writing(store.engine) as connection:
        spoilt = update(table).where(table.c.id == odd.id).values(document="{")
        connection.execute(spoilt)
    assert [one["id"] for one in try_json(desk, "en")["runs"]] == [good.id]
