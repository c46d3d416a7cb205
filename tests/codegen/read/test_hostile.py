"""Code that was not written to be read: a sentence each, in few steps, nothing run."""

from __future__ import annotations

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.tower import Placed, Ref, Tower
from bricks.walk import walk
from codegen.read import read_code, scan
from codegen.read.budget import MOST_STEPS, Budget
from codegen.read.notes import Notes
from codegen.read.statements import Reader
from codegen.source import script
from tests.codegen.read.listing import listing, names

MODEL = """\
from keras.models import Sequential
from keras.layers import *
m = Sequential([Flatten(input_shape=(28, 28)), Dense(10, activation="softmax")])
"""

REFUSED = {
    "a megabyte": "x = 1\n" * 200_000,
    "over 100 KB": "x = 1\n" * 20_000,
    "many signs": "x = " + "-" * 99_000 + "1",
    "many brackets": "(" * 50_000,
    "many operators": "x = " + "1+" * 40_000 + "1",
    "operators on many lines": "x = (" + "1 +\n" * 20_000 + "1)",
    "many calls": "a" + "()" * 20_000,
    "many names": "a" + ".b" * 20_000,
    "many lambdas": "x = " + "lambda: " * 9_000 + "1",
    "many comparisons": "x = " + "1 < " * 20_000 + "1",
    "many elif": "if a: pass\n" + "elif b: pass\n" * 5_000,
    "deep in an f-string": "x = f'{" + "-" * 5_000 + "1}'",
    "5,000 digits": "x = " + "9" * 5_000,
    "a zero byte": "a\0b",
    "half a character": "a = '\ud800'",
    "not UTF-8": b"a = '\xff\xfe'",
    "a letter": "Dear students,\nthis is a letter.\nIt holds no code at all.",
    "a web page": "<html><body>model</body></html>",
    "nothing": "",
    "no model": "x = 1\nprint(x)",
    "an endless loop": "while True: pass",
    "a loop too long": "for i in range(10**9): pass",
    "a function that calls itself": "def f(): return f()\nf()",
    "lists beyond memory": "x = [0] * 10**9\ny = 'a' * 10**9\nz = 9**9**9",
    "a shift beyond memory": "x = 1 << 10**9",
    "a shell": "import os\nos.system('touch pwned')",
    "a class of its own": (
        "class Net(keras.Model):\n"
        " def __init__(self):\n  self.d = Dense(1)\n"
        "m = Net()\nm.fit(1, 2)"
    ),
    "models in models": MODEL + "for i in range(40): m = Sequential([m, m])\n",
    "nothing in nothing": (
        "m = Sequential()\n"
        "for i in range(40): m = Sequential([m, m])\n"
    ),
    "steps in steps": MODEL
    + (
        "s = Dense(1)\n"
        "for k in range(40): s = TimeDistributed(Sequential([s, s]))\n"
        "m.add(s)"
    ),
    "a model only in itself": "m = Sequential()\nm.add(m)",
    "a model in itself": MODEL + "m.add(m)",
    "two thousand layers": MODEL + "for i in range(10**6): m.add(Dense(1))",
    "layers beyond count": MODEL
    + (
        "x = i = Input((4,))\n"
        "for k in range(3000): x = Add()([x, Dense(4)(x)])\n"
        "m = Model(i, x)"
    ),
}  # fmt: skip


def said(code: bytes | str) -> str:
    """The sentence that refuses the code, or that it was read."""
    try:
        read_code(code)
    except ProjectError as refused:
        return str(refused)
    return "It was read."


@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_one_sentence(code):
    with pytest.raises(ProjectError) as refused:
        read_code(code)
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 200


BASE = "b = VGG16(include_top=False, input_shape=(32, 32, 3))\n"
KEPT = {
    "a slice beyond the layers of a base": BASE
    + "for l in b.layers[-10**9:10**9:1]: l.trainable = False\n"
    "x = b.layers[10**30:]\ny = b.layers[::0]\nz = b.layers[10**9].output\n",
    "a loop that lengthens the layers it goes through": BASE
    + "for l in b.layers: b.layers.append(l)\n"
    "for l in b.layers + b.layers + b.layers: l.trainable = False\n"
    "while True: b.layers.append(b.layers)\n",
    "layers that are none": BASE
    + "b.layers.append(5)\nb.layers[-1].trainable = False\n"
    "b.get_layer('no').output\nb.get_layer(None)\nb.get_layer()\n"
    "b.trainable = b\nb.layers[0](b)\nb.layers[3](5)\nb(b)\nb.pop()\nm.fit(1, 2)\n",
    "layers of a base in any order": BASE
    + "n = Sequential()\nfor l in b.layers[::-1]: n.add(l)\nm.fit(1, 2)\n",
    "a base in itself": BASE + "b.layers.append(b)\nb.trainable = False\n",
    "a model in itself, frozen": "n = Sequential()\nn.add(n)\nn.trainable = False\n",
    "very many bases": "for i in range(10**9): DenseNet121()\n",
    "a base compiled again and again": BASE
    + "m.fit(1, 2)\nfor i in range(10**6):\n  b.compile('adam')\n  b.predict(1)\n",
    "arguments that are none": (
        "VGG16(1, 2, 3, 4, 5, 6, 7, 8, 9)\nVGG16(include_top=VGG16, weights=[1])\n"
        "VGG16(input_shape=10**9)\nVGG16(input_shape=(0, -1, 'x'), classes=10**9)\n"
        "MobileNet(alpha=1e999)\nVGG16(**{'pooling': {}})\nVGG16(weights='../' * 999)\n"
    ),
    "an endless loop": "while True:\n  m = m\n",
    "a loop too long": "for i in range(10**9): x = i\n",
    "a function that calls itself": "def f(n): return f(n - 1) + f(n - 2)\nf(30)\n",
    "lists beyond memory": "x = [0] * 10**9\ny = 'a' * 10**9\nz = 9**9**9\n",
    "a list that doubles": "x = [0]\nfor i in range(100): x = x + x\n",
    "a list in itself": "x = []\nx.append(x)\ny = x == x\nz = str(x)\nw = f'{x}'\n",
    "lists in lists": "x = [0]\nfor i in range(100): x = [x, x]\ny = x == x\n",
    "a text that doubles": "x = 'ab'\nfor i in range(100): x = x + x\n",
    "wide formats": (
        "a = '{:>1000000000}'.format(1)\n"
        "b = f'{1:1000000000}'\n"
        "c = '%1000000000d' % 1\n"
    ),
    "many digits": "x = " + "9" * 4_000 + "\ny = x * x * x\n",
    "many comprehensions": "x = [[j for j in range(1000)] for i in range(1000)]\n",
    "odd arguments": (
        "Dense(**m)\n"
        "Dense(*m)\n"
        "Model(m, m)\n"
        "m(m)\n"
        "m.fit(*5)\n"
        "m.compile()\n"
        "Input()\n"
        "Add()([])\n"
        "add()\n"
    ),
    "many models": (
        "i = Input((4,))\n"
        "n = Model(i, Dense(1)(i))\n"
        "for k in range(40):\n"
        "  j = Input((4,))\n"
        "  n = Model(j, n(n(j)))\n"
        "m.fit(1, 2)\n"
    ),
    "a shell": (
        "import os, subprocess\n"
        "os.system('touch pwned')\n"
        "subprocess.run(['x'])\n"
        "eval('1')\n"
        "exec('1')\n"
        "open('/etc/passwd')\n"
        "__import__('os')\n"
    ),
    "a generator": "def g():\n  while True: yield 1\nfor x in g(): y = x\n",
}  # fmt: skip


@pytest.mark.parametrize("code", KEPT.values(), ids=KEPT)
def test_the_model_before_it_is_kept(code):
    bricks = read_code(MODEL + code).project.tower.bricks
    assert [b.kind for b in bricks][:2] == ["Flatten", "Dense"]


@pytest.mark.parametrize("code", [*REFUSED.values(), *KEPT.values()])
def test_memory_stays_small(code):
    tracemalloc.start()
    try:
        said(code)
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 60_000_000


def test_nothing_of_the_code_is_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read_code(MODEL + KEPT["a shell"])
    assert list(tmp_path.iterdir()) == []


def test_a_shell_is_named_with_its_line():
    notes = [str(n) for n in read_code(MODEL + KEPT["a shell"]).notes]
    assert "5: os.system was not run: code is only read here." in notes


def test_steps_are_counted():
    budget = Budget()
    reader = Reader(Notes(), budget)
    reader.budget.take(5)
    assert budget.steps == MOST_STEPS - 5


def test_sane_code_is_not_too_nested():
    assert all(scan.too_nested(listing(name)[0]) is None for name in names())


@given(st.integers(0, 10_000), st.sampled_from(names()))
def test_torn_listings_give_a_reading_or_a_sentence(seed, name):
    chance = random.Random(seed)
    rows = listing(name)[0].split("\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(rows))
        kind = chance.randrange(4)
        if kind == 0:
            rows[at] = rows[at][: chance.randint(0, len(rows[at]))]
        elif kind == 1:
            rows[at], rows[0] = rows[0], rows[at]
        elif kind == 2:
            rows[at] += chance.choice(["(", ")", ":", " =", " if 1", "[0]", ".x()"])
        else:
            rows.pop(at) if len(rows) > 1 else None
    assert said("\n".join(rows)).endswith(".")


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_any_text_gives_a_reading_or_a_sentence(text):
    assert said(text).endswith(".")


SHARED = "a=[1]\n" + "a=[a,a]\n" * 60 + "m=Sequential([Dense(a), Dense(3, foo=a)])\n"


def test_a_list_that_holds_itself_many_times_is_not_laid_out():
    notes = [str(note) for note in read_code(SHARED).notes]
    assert any("units of Dense can't be read" in note for note in notes)


@pytest.mark.parametrize(
    "call",
    ["f=None", "f='many'", "f=1e999", "f=SIZE", "f=(1, 2)", "Filters=3", "print=3"],
)
def test_a_printed_script_edited_by_hand_gives_a_project_that_opens_again(call):
    name = call.split("=")[0]
    code = script(Project("p", Tower(Placed("MNIST", id="data"), (BLOCK,))))
    edited = code.replace("f=4)", f"{call})").replace("(x, f)", f"(x, {name})")
    edited = edited.replace("Dense(f)", f"Dense({name})")
    assert edited != code
    try:
        project = read_code(edited).project
    except ProjectError:
        return  # a sentence is an answer, too
    assert Project.from_json(project.to_json()).tower == project.tower
    walk(project.tower)


BLOCK = Placed(
    "Block",
    {},
    "Body",
    inner=((Placed("Flatten"), Placed("Dense", {"units": Ref("f")})),),
    parameters={"f": 4},
)
