"""Uploads in progress: what comes in pieces is whole on the shelf, or not there."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from filelock import Timeout
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import files
from tests.uploads.corpus import noise, saved
from tests.uploads.taken import picture, pictures, placed, zipped
from uploads import bringing, taking
from uploads.bringing import State
from uploads.errors import UploadError
from uploads.incoming import Announced, Incoming
from uploads.limits import MEGA, Limits
from uploads.shelf import INCOMING, Shelf

GOOD = pictures("pets/cat", "pets/dog")
ROOMY = Limits(room=MEGA)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "home", "a person")


def sent(shelf: Shelf, files, name="pets", limits=ROOMY, into=None, piece=700) -> str:
    """An upload whose files have all come, piece by piece."""
    size = sum(map(len, files.values()))
    id = bringing.begin(shelf, limits, name, len(files), size, into=into)
    for path, content in files.items():
        for at in range(0, max(1, len(content)), piece):
            bringing.receive(shelf, id, path, at, content[at : at + piece])
    return id


def ended(shelf: Shelf, id: str) -> State:
    """How an upload ended."""
    while (state := bringing.state(shelf, id)).state == "checking":
        time.sleep(0.05)
    return state


def brought(shelf: Shelf, files, **told) -> State:
    id = sent(shelf, files, **told)
    bringing.finish(shelf, id)
    return ended(shelf, id)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_files_sent_in_pieces_become_a_data_set(shelf) -> None:
    state = brought(shelf, GOOD)
    dataset = shelf.get(state.dataset)
    assert state.state == "done"
    assert (dataset.name, dataset.names) == ("pets", ("cat", "dog"))
    folder = shelf.folder(dataset.id)
    kept = {f"{item.digest}.{item.suffix}" for item in dataset.items}
    assert names_in(folder / "pictures") == kept
    assert len(names_in(folder / "thumbs")) == len(kept) == len(GOOD)


def test_a_zip_in_pieces_is_opened(shelf, tmp_path) -> None:
    source = zipped(tmp_path / "강아지.zip", GOOD)
    state = brought(shelf, {source.name: source.read_bytes()}, name="강아지")
    assert shelf.get(state.dataset).name == "강아지"


def test_a_folder_of_this_server_is_taken_where_it_lies(shelf, tmp_path) -> None:
    folder = placed(tmp_path / "server", GOOD)
    id = bringing.begin(shelf, ROOMY, "server", 0, 0)
    bringing.finish_folder(shelf, id, folder)
    dataset = shelf.get(ended(shelf, id).dataset)
    assert len(dataset.items) == len(GOOD)
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*.jpg")} == set(
        GOOD
    )


def test_a_piece_sent_twice_and_finish_called_twice_change_nothing(shelf) -> None:
    id = sent(shelf, GOOD)
    path, content = next(iter(GOOD.items()))
    bringing.receive(shelf, id, path, 0, content[:500])
    for _ in range(3):
        bringing.finish(shelf, id)
    assert len(shelf.get(ended(shelf, id).dataset).items) == len(GOOD)
    bringing.finish(shelf, id)
    assert len(shelf.all()) == 1


def test_a_server_that_started_again_goes_on_receiving(shelf) -> None:
    id = sent(shelf, dict(list(GOOD.items())[:2]) | {"pets/dog/0.jpg": b""})
    bringing._tallies.clear()
    for path, content in GOOD.items():
        bringing.receive(shelf, id, path, 0, content)
    bringing.finish(shelf, id)
    assert len(shelf.get(ended(shelf, id).dataset).items) == len(GOOD)


def test_how_far_it_is_is_told(shelf) -> None:
    id = bringing.begin(shelf, ROOMY, "a", 2, 1_000)
    assert bringing.state(shelf, id) == State("receiving", 0, 1_000)
    bringing.receive(shelf, id, "cat/1.jpg", 0, bytes(300))
    assert bringing.state(shelf, id) == State("receiving", 300, 1_000)


def test_an_upload_cut_off_is_said_and_nothing_is_on_the_shelf(shelf) -> None:
    id = bringing.begin(shelf, ROOMY, "a", 2, 1_000)
    bringing.receive(shelf, id, "cat/1.jpg", 0, bytes(700))
    with pytest.raises(UploadError, match=r"The upload did not finish"):
        bringing.finish(shelf, id)
    assert shelf.all() == []


def test_what_is_cancelled_is_gone(shelf) -> None:
    receiving = sent(shelf, GOOD)
    checking = sent(shelf, GOOD)
    bringing.finish(shelf, checking)
    taker = Incoming(shelf.incoming(checking)).taker()
    for id in receiving, checking:
        bringing.cancel(shelf, id)
    assert names_in(shelf.root / INCOMING) == set()
    assert shelf.all() == []
    assert (
        not psutil.pid_exists(taker[0])
        or taker[1] != psutil.Process(taker[0]).create_time()
    )
    assert bringing.state(shelf, checking).state == "failed"
    with pytest.raises(UploadError, match="not here any more"):
        bringing.receive(shelf, receiving, "a.jpg", 0, b"")


def test_a_killed_check_is_said_and_leaves_nothing(shelf) -> None:
    id = sent(shelf, pictures("cat", "dog", count=150))
    bringing.finish(shelf, id)
    os.kill(Incoming(shelf.incoming(id)).taker()[0], 9)
    state = ended(shelf, id)
    assert state.state == "failed"
    assert str(state.said) == "The check of the files was broken off: send them again."
    assert shelf.all() == []
    assert not {"files", "set"} & names_in(shelf.incoming(id))


def test_what_cannot_be_taken_is_said_and_leaves_nothing(shelf) -> None:
    state = brought(shelf, {"a.txt": b"hello"})
    assert (state.state, str(state.said)) == ("failed", "a.txt: It is no picture.")
    assert shelf.all() == []


def test_the_same_again_opens_what_is_there(shelf, tmp_path) -> None:
    first = brought(shelf, GOOD)
    source = zipped(tmp_path / "other.zip", GOOD)
    again = brought(shelf, {"other.zip": source.read_bytes()}, name="other")
    assert again.dataset == first.dataset
    assert len(shelf.all()) == 1


def test_a_name_taken_gets_a_number(shelf) -> None:
    brought(shelf, GOOD)
    brought(shelf, pictures("cat", "dog", "bird"))
    assert {one.name for one in shelf.all()} == {"pets", "pets 2"}


def test_more_is_added_to_a_data_set(shelf) -> None:
    id = brought(shelf, GOOD).dataset
    more = {"cat/new.jpg": picture(900), "cat/old.jpg": GOOD["pets/cat/0.jpg"]}
    state = brought(shelf, more, into=id)
    dataset = shelf.get(id)
    assert (state.dataset, dataset.added, len(dataset.items)) == (id, 1, len(GOOD) + 1)
    assert [i.path for i in dataset.items if i.added] == ["cat/new.jpg"]
    assert [one.path for one in dataset.skipped] == ["cat/old.jpg"]
    assert len(names_in(shelf.folder(id) / "pictures")) == len(GOOD) + 1


def test_a_table_brought_twice_is_one(shelf) -> None:
    table = {"t.csv": b"a,b\n" + b"1,2\n3,4\n" * 20}
    ids = {brought(shelf, table).dataset for _ in range(2)}
    other = brought(shelf, {"t.csv": b"a,b\n" + b"1,2\n3,5\n" * 20}).dataset
    assert len(ids | {other}) == 2
    with pytest.raises(UploadError, match="nothing can be added"):
        bringing.begin(shelf, ROOMY, "more", 1, 1, into=other)


REFUSED = [
    ("files", Limits(files=3), 4, 9, "There are 4 files; 3 is the most: bring fewer."),
    (
        "size",
        Limits(upload=MEGA),
        1,
        2 * MEGA,
        "All together it is 2 MB; 1 MB is the most: bring less.",
    ),
    (
        "room",
        Limits(room=10**15),
        1,
        9,
        "The server's disk is full: make room on it, then try again.",
    ),
    (
        "sets",
        Limits(sets=0, room=0),
        1,
        9,
        "You have 0 data sets, 0 is the most: delete one first.",
    ),
]


@pytest.mark.parametrize(
    ("limits", "files", "size", "said"),
    [r[1:] for r in REFUSED],
    ids=[r[0] for r in REFUSED],
)
def test_what_is_too_much_is_refused_before_it_comes(
    limits, files, size, said, shelf
) -> None:
    with pytest.raises(UploadError) as told:
        bringing.begin(shelf, limits, "a", files, size)
    assert str(told.value) == said
    assert names_in(shelf.root / INCOMING) == set()


def test_more_than_was_announced_is_refused_as_it_comes(shelf) -> None:
    limits = Limits(upload=1_000, files=2, room=0)
    id = bringing.begin(shelf, limits, "a", 1, 1)
    bringing.receive(shelf, id, "1", 0, bytes(900))
    with pytest.raises(UploadError, match="is the most"):
        bringing.receive(shelf, id, "1", 900, bytes(101))
    bringing.receive(shelf, id, "2", 0, b"")
    with pytest.raises(UploadError, match="3 files; 2 is the most"):
        bringing.receive(shelf, id, "3", 0, b"")
    with pytest.raises(UploadError, match="did not finish"):
        bringing.receive(shelf, id, "2", 5, b"a hole before it")


def test_nothing_comes_once_all_was_said_to_be_there(shelf) -> None:
    id = sent(shelf, GOOD)
    bringing.finish(shelf, id)
    for _ in range(2):  # while it is checked, and then
        with pytest.raises(UploadError, match="not here any more"):
            bringing.receive(shelf, id, "pets/cat/0.jpg", 0, b"another")
        assert ended(shelf, id).state == "done"


@pytest.mark.parametrize("size", [1, -(10**15)])
def test_a_client_that_lies_about_the_size_fills_no_disk(size, shelf) -> None:
    free = files.room(shelf.root)
    id = bringing.begin(shelf, Limits(room=free // 2), "a", 1, size)
    Incoming(shelf.incoming(id)).announce(
        Announced("a", 1, size, Limits(room=free * 2))  # as if others had filled it
    )
    with pytest.raises(UploadError, match="disk is full"):
        bringing.receive(shelf, id, "1", 0, b"x")
    with pytest.raises(UploadError, match="disk is full"):
        bringing.begin(shelf, Limits(room=free * 2), "a", 1, size)


def test_added_pictures_count_among_those_that_one_person_may_keep(shelf) -> None:
    first = brought(shelf, GOOD).dataset
    more = {"cat/x.jpg": picture(701), "dog/x.jpg": picture(702)}
    state = brought(shelf, more, into=first, limits=Limits(kept=5, room=0))
    said = "You keep 6 pictures, 5 is the most: delete a data set first."
    assert (state.state, str(state.said)) == ("failed", said)
    assert len(shelf.get(first).items) == 4


def test_a_check_that_waits_in_vain_says_so(tmp_path) -> None:
    with pytest.raises(Timeout), taking._turn(tmp_path):
        raise Timeout("the shelf's lock")
    with taking._turn(tmp_path), taking._turn(tmp_path):
        pass  # both turns are free again


def test_pictures_beyond_what_one_person_may_keep_are_refused(shelf) -> None:
    state = brought(shelf, GOOD, limits=Limits(kept=3, room=0))
    said = "You keep 4 pictures, 3 is the most: delete a data set first."
    assert (state.state, str(state.said)) == ("failed", said)


def test_one_person_has_few_uploads_at_once_but_abandoned_ones_do_not_count(
    shelf,
) -> None:
    ids = [
        bringing.begin(shelf, ROOMY, "a", 1, 1) for _ in range(bringing.MOST_AT_ONCE)
    ]
    with pytest.raises(UploadError, match="3 uploads are under way already"):
        bringing.begin(shelf, ROOMY, "a", 1, 1)
    _leave_alone(shelf.incoming(ids[1]), bringing.SILENT)
    bringing.begin(shelf, ROOMY, "a", 1, 1)
    assert bringing.state(shelf, ids[1]).state == "failed"
    assert bringing.state(shelf, ids[0]).state == "receiving"


def test_what_nobody_went_on_with_for_a_day_is_swept(shelf) -> None:
    old, new = (sent(shelf, GOOD) for _ in range(2))
    _leave_alone(shelf.incoming(old), bringing.DAY)
    (shelf.root / "gone-1234").mkdir()
    bringing.sweep(shelf)
    assert names_in(shelf.root / INCOMING) == {new}
    assert not (shelf.root / "gone-1234").exists()


def _leave_alone(folder: Path, seconds: float) -> None:
    """Let it look as if nothing came for so long."""
    then = time.time() - seconds - 10
    for path in (folder, *folder.iterdir()):
        os.utime(path, (then, then))


@pytest.fixture
def small_disk(tmp_path):
    where = tmp_path / "disk"
    where.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "brickyard", str(where)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root rights")
    yield where
    subprocess.run(["umount", "--lazy", str(where)], check=True)


DISK_FULL = "The server's disk is full: make room on it, then try again."


def test_a_full_disk_is_said_while_files_come(small_disk) -> None:
    shelf = Shelf(small_disk, "a person")
    id = bringing.begin(shelf, Limits(room=0), "a", 1, 1)
    with pytest.raises(UploadError) as told:
        bringing.receive(shelf, id, "a.zip", 0, bytes(4_000_000))
    assert str(told.value) == DISK_FULL
    bringing.cancel(shelf, id)
    assert files.room(small_disk) > 1_900_000


def test_a_full_disk_is_said_while_files_are_checked(small_disk, tmp_path) -> None:
    shelf = Shelf(small_disk, "a person")
    folder = placed(tmp_path / "a", pictures("cat", "dog"))
    (folder / "cat" / "large.bmp").write_bytes(saved(noise(900, 900), "BMP"))
    id = bringing.begin(shelf, Limits(room=0), "a", 0, 0)
    bringing.finish_folder(shelf, id, folder)
    state = ended(shelf, id)
    assert (state.state, str(state.said)) == ("failed", DISK_FULL)
    assert shelf.all() == []
    assert files.room(small_disk) > 1_900_000


@given(
    path=st.text(max_size=80)
    | st.sampled_from(["../../x", "/etc/x", "C:\\x", "a\0b", "\ud800"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_name_of_a_client_is_ever_a_path_of_ours(path, shelf, tmp_path) -> None:
    id = bringing.begin(shelf, Limits(room=0), "a", 1, 1)
    bringing.receive(shelf, id, path, 0, b"x")
    files = [p for p in tmp_path.rglob("*") if p.is_file() and p.read_bytes() == b"x"]
    assert [file.parent for file in files] == [shelf.incoming(id) / "files"]
    assert list(Incoming(shelf.incoming(id)).told().paths.values()) == [path]
    bringing.cancel(shelf, id)
