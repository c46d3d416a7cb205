"""Tables of vectors: their columns, what is missing, how they are written."""

from __future__ import annotations

import pytest

from tests.uploads.taken import placed, reasons, took, zipped
from uploads.dataset import Column
from uploads.errors import UploadError
from uploads.limits import Limits
from uploads.shelf import TABLE

FLOWERS = "length,width,species\n" + "".join(
    f"{n / 10},{n % 7},{('setosa', 'virginica')[n % 2]}\n" for n in range(120)
)


def test_columns_are_told_apart_and_kept_as_they_came(tmp_path) -> None:
    source = tmp_path / "iris.csv"
    source.write_text(FLOWERS)
    dataset = took(source, tmp_path / "set")
    length, width, species = dataset.columns
    assert (dataset.kind, dataset.name, dataset.rows) == ("table", "iris", 120)
    assert length == Column("length", True, (), 0)
    assert width == Column("width", True, tuple("0123456"), 0)
    assert species == Column("species", False, ("setosa", "virginica"), 0)
    assert dataset.sheet.label == "species"
    assert not dataset.notes
    assert (tmp_path / "set" / TABLE).read_bytes() == source.read_bytes()


def test_a_zip_with_one_table_is_that_table(tmp_path) -> None:
    files = {"data/iris.csv": FLOWERS.encode(), "data/readme.txt": b"from a book"}
    dataset = took(zipped(tmp_path / "a.zip", files), tmp_path / "set")
    assert dataset.sheet.file == "data/iris.csv"
    assert reasons(dataset) == {"data/readme.txt": "It is no picture."}


def test_what_is_missing_is_counted_and_named(tmp_path) -> None:
    rows = ["1,a,5,x", "NA,b,6,x", "3,,7,y", "4,a,?,y", "5,b,9,y", *["6,a,1,x"] * 40]
    source = tmp_path / "a.csv"
    source.write_text("n,word,m,label\n" + "\n".join(rows))
    dataset = took(source, tmp_path / "set")
    assert [column.missing for column in dataset.columns] == [1, 1, 1, 0]
    assert dataset.rows == 42
    said = "3 of 45 rows lack something and are left out: n (1), word (1), m (1)."
    assert [str(note) for note in dataset.notes] == [said]


def test_a_cell_that_is_no_number_is_named_apart_from_empty_ones(tmp_path) -> None:
    rows = [f"{n},a" for n in range(80)]
    for at, cell in {
        9: "sick",
        20: "",
        30: "well",
        40: "12 kg",
        50: "?",
        60: "13 kg",
    }.items():
        rows[at] = f"{cell},b"
    source = tmp_path / "a.csv"
    source.write_text("weight_kg,label\n" + "\n".join(rows))
    dataset = took(source, tmp_path / "set")
    assert dataset.rows == 74
    left_out = "is no number, so that the row is left out."
    assert [str(note) for note in dataset.notes] == [
        "2 of 80 rows lack something and are left out: weight_kg (2).",
        f"weight_kg, row 11: sick {left_out}",
        f"weight_kg, row 32: well {left_out}",
        f"weight_kg, row 42: 12 kg {left_out}",
        "More cells that are no numbers: 1; their rows are left out.",
    ]


def test_a_word_among_words_is_no_missing_number(tmp_path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("n,word\n" + "".join(f"{n},w{n % 3}\n" for n in range(40)))
    assert not took(source, tmp_path / "set").notes


def test_columns_that_tell_nothing_are_named(tmp_path) -> None:
    source = tmp_path / "a.csv"
    rows = "".join(f"{n},person {n},{n % 9},{n % 2}\n" for n in range(300))
    source.write_text(",name,size,sold\n" + rows)
    dataset = took(source, tmp_path / "set")
    assert [column.name for column in dataset.columns] == ["name", "size", "sold"]
    assert [str(note) for note in dataset.notes] == [
        "Too many different words to learn from, so left out: name.",
        "A column without a name is left out.",
    ]


WRITTEN = [
    ("utf-8-sig", ","),
    ("utf-8", ";"),
    ("cp949", ","),
    ("utf-16", "\t"),
]


@pytest.mark.parametrize(("encoding", "delimiter"), WRITTEN, ids=str)
def test_the_way_it_is_written_is_told(encoding, delimiter, tmp_path) -> None:
    text = "키,몸무게,분류\n" + "170,60,남\n160,50,여\n" * 20
    source = tmp_path / "a.csv"
    source.write_bytes(text.replace(",", delimiter).encode(encoding))
    sheet = took(source, tmp_path / "set").sheet
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)
    assert sheet.label == "분류"


TARGETS = [
    ("a,b,c", "c"),
    ("label,b,c", "label"),
    ("a,Species,c", "Species"),
    ("y,x1,x2", "y"),
    ("종류,x1,x2", "종류"),
]


@pytest.mark.parametrize(("header", "target"), TARGETS)
def test_the_likely_target_is_told_by_its_name_or_its_place(
    header, target, tmp_path
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(header + "\n" + "1,2,3\n4,5,6\n")
    assert took(source, tmp_path / "set").sheet.label == target


ROWS = "1,2\n3,4\n"
UNSEEN = (
    "The name of its column {name} is too long, or has a line break or a sign in it "
    "that can't be seen: type it anew."
)
REFUSED = [
    ("no rows", b"a,b\n", "It has no rows below the names of its columns."),
    ("no names", b"1,2\n3,4\n", "Its first row must name the columns."),
    ("a name twice", b"a,a\n1,2\n", "Two of its columns are called a."),
    (
        "one column",
        b"a\n1\n2\n",
        "Two columns of numbers or categories are needed at least: it has 1.",
    ),
    (
        "noise",
        b"\xff\x00a\xfe,\x80\x81",
        "Its letters can't be read: save it as CSV UTF-8.",
    ),
    (
        "wide",
        ",".join("abcd").encode() + b"\n1,2,3,4\n",
        "It has 4 columns; 3 is the most.",
    ),
    ("long", b"a,b\n" + b"1,2\n" * 11, "It has more than 10 rows."),
    (
        "a cell without end",
        b'a,b\n1,"' + b"x" * 200_000,
        "Its rows can't be read as a table: save it as CSV again.",
    ),
    ("empty", b"\n\n", "Its first row must name the columns."),
    ("an empty first row", b"\na,b\n1,2\n", "Its first row must name the columns."),
    ("a line break in a name", b'a,"b\n(cm)"\n1,2\n', UNSEEN.format(name="b (cm)")),
    ("a space of another kind", "a,b\xa0\n1,2\n".encode(), UNSEEN.format(name="b")),
]


@pytest.mark.parametrize(
    ("content", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_a_bad_table_is_refused_in_one_sentence(content, said, tmp_path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(content)
    with pytest.raises(UploadError) as told:
        took(source, tmp_path / "set", Limits(rows=10, columns=3))
    assert str(told.value) == f"a.csv: {said}"


def test_several_tables_are_refused_by_name(tmp_path) -> None:
    files = {"train.csv": FLOWERS.encode(), "test.csv": FLOWERS.encode()}
    with pytest.raises(UploadError) as told:
        took(placed(tmp_path / "a", files), tmp_path / "set")
    said = "There are 2 tables (test.csv, train.csv): bring one, or put them into one."
    assert str(told.value) == said


def test_a_number_without_end_is_a_cell_as_any_other(tmp_path) -> None:
    rows = f"a,b\n{'1' * 5_000},2\n30,4\n4,5\n"
    source = placed(tmp_path / "in", {"a.csv": rows.encode()})
    column = took(source, tmp_path / "set").columns[0]
    assert column.values == ("4", "30", "1" * 5_000)
