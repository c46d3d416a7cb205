"""Asks of pages lie in a room: each once, in their order, as long as somebody looks."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bricks.words import Text
from storage import files
from training import room
from training.room import Room


@pytest.fixture
def line(tmp_path) -> Room:
    """A room where the first asked is the first answered."""
    return Room(tmp_path / "asks", in_line=True)


def folder_of(line: Room, ask: dict) -> object:
    """Where an ask lies that no other is like."""
    before = {*line.where.iterdir()} if line.where.is_dir() else set()
    line.look(ask)
    (where,) = {*line.where.iterdir()} - before
    return where


def aged(where, seconds: float) -> None:
    """As if it had been asked so many seconds ago."""
    past = where.stat().st_mtime - seconds
    os.utime(where, (past, past))


def test_the_first_asked_comes_first_and_the_others_know_their_place(line):
    places = [folder_of(line, {"n": n}) for n in range(3)]
    for n, where in enumerate(places):
        aged(where, 3 - n)
    assert line.next() == places[0]
    assert [line.look({"n": n}).before for n in range(3)] == [0, 1, 2]


def test_what_is_being_answered_is_ahead_of_all(line):
    first, second = (folder_of(line, {"n": n}) for n in range(2))
    aged(first, 2)
    room.progress(second, b"half")
    assert line.look({"n": 1}) == room.Answer("waiting", b"half")
    assert line.look({"n": 0}).before == 1


def test_an_answer_is_there_for_whoever_asks_the_same(line):
    room.answer(folder_of(line, {"a": 1, "b": 2}), b"so it is")
    assert line.look({"b": 2, "a": 1}) == room.Answer("done", b"so it is")
    assert line.next() is None


def test_nobody_is_kept_waiting_by_an_ask_at_which_nobody_looks(line):
    left = folder_of(line, {"n": 0})
    aged(left, 2)
    os.utime(left / room.ASK, (0, 0))
    second = folder_of(line, {"n": 1})
    assert line.next() == second
    assert line.look({"n": 1}).before == 0


def test_what_failed_is_said_and_asked_again_after_a_while(line):
    where = folder_of(line, {"n": 0})
    room.progress(where, b"half")
    room.fail(where, Text("No."))
    assert line.look({"n": 0}) == room.Answer("failed", said=Text("No."))
    os.utime(where / room.FAILURE, (0, 0))
    assert line.look({"n": 0}).state == "failed"
    assert line.look({"n": 0}) == room.Answer("waiting")


def test_twenty_may_ask_the_same_at_once(line):
    together = Barrier(20, timeout=20)

    def ask(n: int) -> list[room.Answer]:
        told = []
        for round in range(20):
            together.wait()
            told.append(line.look({"n": round}))
        return told

    with ThreadPoolExecutor(20) as threads:
        told = [*threads.map(ask, range(20))]
    assert {one.state for each in told for one in each} == {"waiting"}
    kept = {path.name for where in line.where.iterdir() for path in where.iterdir()}
    assert kept == {room.ASK}


def test_an_ask_whose_folder_is_just_made_is_not_swept(line):
    made, left = line.where / "made", line.where / "left"
    for where in (made, left):
        where.mkdir(parents=True)
    aged(left, room.KEPT_SECONDS + 60)
    line.sweep()
    assert [*line.where.iterdir()] == [made]
    assert line.next() is None  # nothing is asked there yet


def test_an_ask_that_is_swept_while_it_is_written_is_made_again(line, monkeypatch):
    swept = []

    def write(path, content, written=files.write):
        if not swept:
            shutil.rmtree(path.parent)
            swept.append(path)
        written(path, content)

    monkeypatch.setattr(files, "write", write)
    assert line.look({"n": 0}) == room.Answer("waiting")
    assert swept
    assert line.next() == swept[0].parent
