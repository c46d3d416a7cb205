"""Runs as event files, written by TensorBoard's writer and read back by its reader."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.tracked import LONGEST, Recorded, tracking, wait_for
from tests.training.workshop import Workshop, digits
from training import runs
from training.settings import Settings

pytest.importorskip("tensorboard")


def with_tensorboard(folder: Path) -> Settings:
    """A home that writes event files beside it."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{home}/brickyard.db"
    return Settings(home, url, tensorboard=folder / "curves")


def curves(folder: Path, tag: str) -> list[tuple[int, float]]:
    """A figure's steps and values, as TensorBoard reads them."""
    found = _read(folder)
    tags = found.Tags()["tensors"] + found.Tags()["scalars"]
    if tag in found.Tags()["scalars"]:
        return [(event.step, event.value) for event in found.Scalars(tag)]
    assert tag not in tags
    return []


def _read(folder: Path) -> Any:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    found = EventAccumulator(str(folder))
    found.Reload()
    return found


def _curve_of(folder: Path, run: Recorded) -> Path | None:
    """The run's folder, once it has an epoch."""
    found = [where.parent for where in folder.glob(f"*{run.id[:12]}/train")]
    return found[0] if found and curves(found[0] / "train", "epoch_loss") else None


def steps(folder: Path, part: str = "train") -> list[int]:
    """The epochs whose loss is in the event files of the one run by now."""
    found = [run / part for run in folder.glob("*") if (run / part).is_dir()]
    return [step for step, _ in curves(found[0], "epoch_loss")] if found else []


def only(folder: Path) -> Path:
    """The one run's folder."""
    (run,) = folder.iterdir()
    return run


@pytest.mark.keras
def test_a_run_is_drawn_as_keras_own_log_would_be(tmp_path):
    settings = with_tensorboard(tmp_path)
    workshop = Workshop(settings)
    workshop.longest = LONGEST
    try:
        run = workshop.finish(workshop.ask(digits(epochs=3)))
        wait_for(lambda: steps(tmp_path / "curves", "test"))
        workshop.trainer.tracker.close()
        epochs = workshop.store.epochs(run.id)
        where = only(tmp_path / "curves")
        assert where.name == f"Small-{run.id[:12]}"
        for part, before in (("train", ""), ("validation", "val_")):
            for name in ("loss", "accuracy"):
                told = [(e["epoch"], pytest.approx(e[before + name])) for e in epochs]
                assert curves(where / part, f"epoch_{name}") == told
        rates = curves(where / "train", "epoch_learning_rate")
        assert rates == [(n, pytest.approx(0.001)) for n in (1, 2, 3)]
        ((last, accuracy),) = curves(where / "test", "epoch_accuracy")
        assert (last, 0 <= accuracy <= 1) == (3, True)
        _holds_settings_and_script(where, runs.folder(settings, run.id) / runs.SCRIPT)
    finally:
        workshop.close()


def _holds_settings_and_script(where: Path, script: Path) -> None:
    from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData

    found = _read(where)
    about = found.SummaryMetadata("_hparams_/session_start_info")
    session = HParamsPluginData.FromString(about.plugin_data.content)
    settings = session.session_start_info.hparams
    assert settings["learning_rate"].number_value == 0.001
    assert settings["optimizer"].string_value == "adam"
    (text,) = found.Tensors("script")
    printed = text.tensor_proto.string_val[0].decode()
    assert printed == f"```python\n{script.read_text()}```"


def test_what_another_program_wrote_before_is_not_written_again(tmp_path):
    settings = with_tensorboard(tmp_path)
    run = Recorded(settings)
    with tracking(settings) as tracker:
        run.train(tracker, 1, 2)
        wait_for(lambda: steps(tmp_path / "curves") == [1, 2])
    with tracking(settings) as tracker:
        run.train(tracker, 2, 3)
        run.end(tracker)
        wait_for(lambda: steps(tmp_path / "curves", "test") == [3])
    with tracking(settings) as tracker:
        tracker.named.put(run.id)
        other = Recorded(settings, key="other")
        other.train(tracker, 1)  # which is sent after it
        wait_for(lambda: _curve_of(tmp_path / "curves", other))
    shutil.rmtree(_curve_of(tmp_path / "curves", other))
    where = only(tmp_path / "curves")
    losses = [(1, 1.0), (2, 0.5), (3, pytest.approx(1 / 3))]
    assert curves(where / "train", "epoch_loss") == losses
    assert curves(where / "test", "epoch_loss") == [(3, 0.25)]


def test_a_program_that_is_killed_begins_anew_and_misses_nothing(tmp_path):
    settings = with_tensorboard(tmp_path)
    run = Recorded(settings)
    with tracking(settings) as tracker:
        run.train(tracker, 1)
        wait_for(lambda: list((tmp_path / "curves").rglob("train/events.*")))
        tracker.process.kill()
        tracker.process.wait()
        run.train(tracker, 2)
        wait_for(tracker.named.empty)  # heard, but it is too soon to begin anew
        tracker._start_after = 0.0
        run.train(tracker, 3)
        wait_for(lambda: 3 in steps(tmp_path / "curves"))
    assert steps(tmp_path / "curves") == [1, 2, 3]


def test_a_folder_that_can_not_be_written_is_said_and_tried_again(tmp_path, capfd):
    settings = replace(with_tensorboard(tmp_path), tensorboard=tmp_path / "a" / "b")
    (tmp_path / "a").write_text("a file where the folder should be")
    run, said = Recorded(settings), []
    with tracking(settings) as tracker:
        run.train(tracker, 1, 2, 3)
        wait_for(lambda: "TensorBoard can't be told" in heard(capfd, said))
    assert heard(capfd, said).count("TensorBoard can't be told") == 1
    (tmp_path / "a").unlink()
    with tracking(settings):
        wait_for(lambda: steps(tmp_path / "a" / "b") == [1, 2, 3])


def heard(capfd: pytest.CaptureFixture[str], said: list[str]) -> str:
    """All that was written so far."""
    said.append(capfd.readouterr().err)
    return "".join(said)
