"""Classes and parts as folders, names and sheets tell them, to the script too."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from bricks.tower import Placed
from tests.uploads.taken import labels, picture, pictures, placed, reasons, took
from uploads import binding
from uploads.errors import UploadError


def three(*names: str) -> dict[str, bytes]:
    return pictures(*names, count=3)


def named(*names: str, start: int = 0) -> dict[str, bytes]:
    return {name: picture(start + n) for n, name in enumerate(names)}


def sheet(
    text: str, name: str = "labels.csv", encoding: str = "utf-8"
) -> dict[str, bytes]:
    return {name: text.encode(encoding)}


FIVE = named(*(f"images/{n}.jpg" for n in range(5)))
SHARDS = named(*(f"shard{n % 2}/{n}.jpg" for n in range(6)))
TREES = [
    ("folders", three("cat", "dog"), "folders", {("cat", None): 3, ("dog", None): 3}),
    (
        "a folder around",
        three("animals/cat", "animals/dog"),
        "folders",
        {("cat", None): 3, ("dog", None): 3},
    ),
    (
        "two folders around",
        three("a/b/cat", "a/b/dog"),
        "folders",
        {("cat", None): 3, ("dog", None): 3},
    ),
    (
        "parts",
        three(
            "train/cat", "train/dog", "valid/cat", "valid/dog", "test/cat", "test/dog"
        ),
        "parts",
        {(c, p): 3 for c in ("cat", "dog") for p in ("train", "validation", "test")},
    ),
    (
        "parts by other words, and a folder around",
        three("pets/Training/cat", "pets/Training/dog", "pets/VAL/cat", "pets/VAL/dog"),
        "parts",
        {(c, p): 3 for c in ("cat", "dog") for p in ("train", "validation")},
    ),
    (
        "only train",
        three("train/cat", "train/dog"),
        "parts",
        {("cat", "train"): 3, ("dog", "train"): 3},
    ),
    (
        "names",
        named(*(f"{w}.{n}.jpg" for w in ("cat", "dog") for n in range(3))),
        "names",
        {("cat", None): 3, ("dog", None): 3},
    ),
    (
        "names in parts",
        named(
            *(
                f"{p}/{w}_{n:03}.jpg"
                for p in ("train", "test")
                for w in ("cat", "dog")
                for n in range(2)
            )
        ),
        "names",
        {(c, p): 2 for c in ("cat", "dog") for p in ("train", "test")},
    ),
    (
        "names in one folder",
        named(*(f"all/{w} ({n}).jpg" for w in ("고양이", "개") for n in range(3))),
        "names",
        {("고양이", None): 3, ("개", None): 3},
    ),
    (
        "a sheet",
        FIVE
        | sheet("id,label\n0.jpg,cat\n1.jpg,dog\n2.jpg,cat\n3.jpg,dog\n4.jpg,cat\n"),
        "sheet",
        {("cat", None): 3, ("dog", None): 2},
    ),
    (
        "a sheet with names without endings, from Excel in Korea",
        FIVE
        | sheet("번호;종류\n0;개\n1;고양이\n2;개\n3;고양이\n4;개\n", encoding="cp949"),
        "sheet",
        {("개", None): 3, ("고양이", None): 2},
    ),
    (
        "a sheet with paths, in UTF-16 with tabs",
        FIVE
        | sheet(
            "file\tclass\n"
            + "".join(f"x\\images\\{n}.jpg\t{'ab'[n % 2]}\n" for n in range(5)),
            encoding="utf-16",
        ),
        "sheet",
        {("a", None): 3, ("b", None): 2},
    ),
    (
        "a sheet that a Mac named",
        FIVE
        | sheet(
            "id,label\n" + "".join(f"{n}.jpg,{'ab'[n % 2]}\n" for n in range(5)),
            unicodedata.normalize("NFD", "라벨.csv"),
        ),
        "sheet",
        {("a", None): 3, ("b", None): 2},
    ),
    (
        "a sheet with a picture twice, once without a label",
        FIVE
        | sheet(
            "id,label\n1,\n"
            + "".join(f"{n}.jpg,{'ab'[n % 2]}\n" for n in range(5))
            + "0.jpg,?\n1.jpg,a\n"
        ),
        "sheet",
        {("a", None): 4, ("b", None): 1},
    ),
    (
        "a sheet of classes in numbers",
        FIVE | sheet("id,label\n" + "".join(f"{n}.jpg,{n % 2}\n" for n in range(5))),
        "sheet",
        {("0", None): 3, ("1", None): 2},
    ),
    (
        "a sheet in parts",
        named("train/1.jpg", "train/2.jpg", "test/3.jpg", "test/4.jpg")
        | sheet("id,y\n1,a\n2,b\n3,a\n4,b\n"),
        "sheet",
        {("a", "train"): 1, ("b", "train"): 1, ("a", "test"): 1, ("b", "test"): 1},
    ),
    (
        "a sheet that folders only store",
        SHARDS
        | sheet("id,label\n" + "".join(f"{n}.jpg,{'ab'[n // 3]}\n" for n in range(6))),
        "sheet",
        {("a", None): 3, ("b", None): 3},
    ),
    (
        "a sheet that repeats the folders",
        SHARDS
        | sheet("id,label\n" + "".join(f"{n}.jpg,{'ab'[n % 2]}\n" for n in range(6))),
        "folders",
        {("shard0", None): 3, ("shard1", None): 3},
    ),
    (
        "a table that speaks of something else",
        three("cat", "dog") | sheet("time,price\n1,2\n3,4\n"),
        "folders",
        {("cat", None): 3, ("dog", None): 3},
    ),
]
IDS = [row[0] for row in TREES]


@pytest.mark.parametrize(("files", "kind", "places"), [r[1:] for r in TREES], ids=IDS)
def test_classes_and_parts_are_found_and_the_script_finds_the_same(
    files, kind, places, tmp_path
) -> None:
    folder = placed(tmp_path / "pets", files)
    dataset = took(folder, tmp_path / "set")
    assert dataset.layout == kind
    assert Counter(labels(dataset)) == places
    assert found_by_script(folder, dataset) == [
        (item.part, item.label, item.digest)
        for item in sorted(dataset.items, key=lambda i: i.path)
    ]


def found_by_script(folder: Path, dataset, label: str = "Category") -> list[tuple]:
    """(part, label, digest) of every picture, as the printed script has them."""
    brick = binding.put_on(Placed("Images", {"label": label, "image_size": 8}), dataset)
    script = binding.module(binding.full(brick))
    script.DATA = folder
    seen = [script.look_at(found) for found in script.find_pictures()]
    return [row[:3] for row in seen if row]


def test_a_sheet_of_values_gives_every_picture_its_value(tmp_path) -> None:
    rows = ["0,1.5", "1,-2e1", "2,.5", "3,n/a", "4,7"]
    files = FIVE | sheet("image,age\n" + "\n".join(rows))
    folder = placed(tmp_path / "a", files)
    dataset = took(folder, tmp_path / "set")
    assert dataset.names == ()
    assert [item.value for item in dataset.items] == [1.5, -20, 0.5, 7]
    assert reasons(dataset) == {"images/3.jpg": "Its row in labels.csv has no number."}
    assert [row[1] for row in found_by_script(folder, dataset, "Value")] == [
        1.5,
        -20,
        0.5,
        7,
    ]


FLAT = (
    "No classes are told: put the pictures of each class into a folder of its own, "
    "such as cat and dog."
)
ONE = (
    "All pictures are of one class, cat: put those of each class into a folder of its "
    "own, at least two."
)
REFUSED = [
    (
        "flat, of a camera",
        named("IMG_1.jpg", "IMG_2.jpg", "DSC_1.jpg", "DSC_2.jpg"),
        FLAT,
    ),
    ("flat, numbered", named("1.jpg", "2.jpg", "3.jpg"), FLAT),
    ("flat, each its own word", named("tom.jpg", "rex.jpg", "kim.jpg"), FLAT),
    ("one class", three("cat"), ONE),
    ("one class in a folder", three("pets/cat"), ONE),
    ("one class in parts", three("train/cat", "test/cat"), ONE),
    (
        "a class in validation only",
        three("train/cat", "train/dog", "valid/cat", "valid/dogs"),
        "validation has classes that train has not (dogs): make them the same.",
    ),
    (
        "a class in train only",
        three("train/cat", "train/dog", "test/cat"),
        "test has no pictures of dog: make its classes those of train.",
    ),
    (
        "no train",
        three("test/cat", "test/dog"),
        "There are no pictures to train with: the folder train is missing.",
    ),
    (
        "a folder for each picture",
        named(*(f"{n}/x.jpg" for n in range(120))),
        "There are 120 classes, 100 is the most: is it one picture in each folder?",
    ),
    ("empty", {}, "The folder is empty."),
    ("left behind only", {".DS_Store": b"x"}, "The folder is empty."),
    (
        "no pictures",
        {"a.txt": b"hi"},
        "a.txt: It is no picture.",
    ),
    (
        "a sheet that can't be read",
        named("1.jpg", "2.jpg") | {"l.csv": "file,\xa0label\n1.jpg,a\n".encode()},
        "l.csv: The name of its column label is too long, or has a line break or a "
        "sign in it that can't be seen: type it anew.",
    ),
    (
        "a sheet of a name that can't be seen",
        named("1.jpg", "2.jpg") | {"l\u202e.csv": b"file,label\n1.jpg,a\n"},
        "l .csv: Its own name has a sign in it that can't be seen: rename it.",
    ),
]


@pytest.mark.parametrize(
    ("files", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_tells_no_classes_is_refused_with_the_way_out(
    files, said, tmp_path
) -> None:
    folder = placed(tmp_path / "pets", files)
    folder.mkdir(exist_ok=True)
    with pytest.raises(UploadError) as told:
        took(folder, tmp_path / "set")
    assert str(told.value) == said


NOTES = [
    (
        "few",
        three("cat", "dog"),
        "cat, dog: fewer than 10 pictures, too few to learn from.",
    ),
    (
        "unbalanced",
        pictures("cat", count=23) | named("dog/1.jpg", "dog/2.jpg", start=500),
        "cat has 23 pictures and dog 2: turn class weights on, or even it out.",
    ),
    (
        "leak",
        three("train/cat", "train/dog")
        | {
            f"test/{c}/x.jpg": pictures("a", "b", count=3)[f"{f}/0.jpg"]
            for c, f in (("cat", "a"), ("dog", "b"))
        },
        "In more than one part, so that what is trained with is no test: "
        "test/cat/x.jpg = train/cat/0.jpg, test/dog/x.jpg = train/dog/0.jpg.",
    ),
    (
        "two classes",
        three("cat", "dog") | {"dog/same.jpg": pictures("cat")["cat/0.jpg"]},
        "The same picture in more than one class: cat/0.jpg = dog/same.jpg.",
    ),
]


@pytest.mark.parametrize(
    ("files", "said"), [r[1:] for r in NOTES], ids=[r[0] for r in NOTES]
)
def test_what_should_be_known_is_told(files, said, tmp_path) -> None:
    dataset = took(placed(tmp_path / "pets", files), tmp_path / "set")
    assert said in map(str, dataset.notes)


def test_classes_stand_in_natural_order(tmp_path) -> None:
    files = three("10", "9", "1", "class 10", "class 2")
    dataset = took(placed(tmp_path / "a", files), tmp_path / "set")
    assert dataset.names == ("1", "9", "10", "class 2", "class 10")


def test_an_empty_class_is_no_class(tmp_path) -> None:
    folder = placed(
        tmp_path / "a", three("cat", "dog") | {"bird/readme.txt": b"none yet"}
    )
    (folder / "fish").mkdir()
    dataset = took(folder, tmp_path / "set")
    assert dataset.names == ("cat", "dog")
    assert reasons(dataset) == {"bird/readme.txt": "It is no picture."}


def test_the_same_picture_twice_in_a_class_is_taken_once_and_named(tmp_path) -> None:
    files = three("cat", "dog")
    files["cat/again.jpg"] = files["cat/0.jpg"]
    dataset = took(placed(tmp_path / "a", files), tmp_path / "set")
    assert len(dataset.items) == 6
    assert reasons(dataset) == {"cat/again.jpg": "It is the same picture as cat/0.jpg."}


def test_links_in_a_folder_are_not_followed(tmp_path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture(99))
    folder = placed(tmp_path / "a", three("cat", "dog"))
    (folder / "cat" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "all").symlink_to(tmp_path)
    dataset = took(folder, tmp_path / "set")
    assert len(dataset.items) == 6
    said = "It is a link, not a file."
    assert reasons(dataset) == {"all": said, "cat/link.jpg": said}


def test_adding_nothing_new_is_said(tmp_path) -> None:
    folder = placed(tmp_path / "a", three("cat", "dog"))
    first = took(folder, tmp_path / "set")
    with pytest.raises(UploadError, match="All of these pictures are in a already"):
        took(folder, tmp_path / "more", into=first)


def test_more_is_added_to_what_is_there_by_the_same_rule(tmp_path) -> None:
    first = took(placed(tmp_path / "a", three("cat", "dog")), tmp_path / "set")
    more = {"cat/new.jpg": picture(800), "cat/old.jpg": pictures("cat")["cat/0.jpg"]}
    more |= {"bird/1.jpg": picture(801)}
    both = took(placed(tmp_path / "b", more), tmp_path / "more", into=first)
    assert both.id == first.id
    assert both.names == ("bird", "cat", "dog")
    assert [(i.path, i.added) for i in both.items[6:]] == [
        ("bird/1.jpg", 1),
        ("cat/new.jpg", 1),
    ]
    assert reasons(both) == {"cat/old.jpg": "It is the same picture as cat/0.jpg."}
