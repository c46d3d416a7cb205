"""Settings come from the environment; a bad one is refused by name."""

import os
from pathlib import Path

import pytest

from training.engines.local import prepare_environment
from training.settings import Settings, SettingsError
from uploads.limits import Limits


def test_an_empty_environment_is_enough():
    settings = Settings.from_environment({})
    assert settings.home.name == ".brickyard"
    assert settings.database == f"sqlite:///{settings.home}/brickyard.db"
    assert settings.slots >= 1


def test_a_home_carries_its_record(tmp_path):
    settings = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path)})
    assert settings.database == f"sqlite:///{tmp_path}/brickyard.db"


def test_children_get_the_same_settings(tmp_path):
    given = {
        "BRICKYARD_HOME": str(tmp_path),
        "BRICKYARD_DATASETS": str(tmp_path),
        "BRICKYARD_SLOTS": "3",
        "BRICKYARD_MINUTES": "90",
        "BRICKYARD_FOLDERS": os.pathsep.join([str(tmp_path), str(tmp_path.parent)]),
        "BRICKYARD_MOST_UPLOAD": "1000",
        "BRICKYARD_MOST_FILES": "30000",
    }
    settings = Settings.from_environment(given)
    assert settings.folders == (tmp_path, tmp_path.parent)
    assert settings.minutes == 90
    assert Settings.from_environment(settings.to_environment()) == settings


def test_what_a_larger_upload_needs_grows_with_it():
    given = {"BRICKYARD_MOST_UPLOAD": "1000", "BRICKYARD_MOST_FILES": "30000"}
    limits = Settings.from_environment(given).limits
    assert limits.upload == limits.total == 1_000_000_000
    assert limits.files == limits.kept == 30_000
    assert Settings.from_environment({}).limits == Limits()


BAD = [
    ("BRICKYARD_HOME", __file__),
    ("BRICKYARD_DATABASE", "not a url"),
    ("BRICKYARD_DATABASE", "nosuchdatabase://here"),
    ("BRICKYARD_DATASETS", "/nowhere/at/all"),
    ("BRICKYARD_ENGINE", "ray"),
    ("BRICKYARD_ENGINE", "cloud"),
    ("BRICKYARD_SLOTS", "0"),
    ("BRICKYARD_SLOTS", "-1"),
    ("BRICKYARD_MINUTES", "0"),
    ("BRICKYARD_MINUTES", "1.5"),
    ("BRICKYARD_SLOTS", "many"),
    ("BRICKYARD_SLOTS", "9" * 5000),
    ("BRICKYARD_FOLDERS", f"{Path.cwd()}{os.pathsep}/nowhere/at/all"),
    ("BRICKYARD_MOST_UPLOAD", "0"),
    ("BRICKYARD_MOST_UPLOAD", "300 MB"),
    ("BRICKYARD_MOST_FILES", "100001"),
    ("BRICKYARD_MOST_FILES", "1" + "0" * 9),
]


@pytest.mark.parametrize(("name", "value"), BAD, ids=[f"{n}={v:.9}" for n, v in BAD])
def test_a_bad_value_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"^{name} .*\\.$"):
        Settings.from_environment({name: value})


def test_workers_get_these_settings_whatever_was_set_before(tmp_path, monkeypatch):
    monkeypatch.setattr(
        os, "environ", {"BRICKYARD_DATASETS": "/old", "KERAS_HOME": "k"}
    )
    monkeypatch.setitem(os.environ, "TF_CPP_MIN_LOG_LEVEL", "0")
    prepare_environment(Settings(tmp_path, "sqlite://", datasets=tmp_path))
    assert os.environ["BRICKYARD_DATASETS"] == str(tmp_path)
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"  # a library's is the user's own
