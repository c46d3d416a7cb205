"""The graph of a tower: its boxes and lines are those of Keras' own model."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bricks.recipes import recipe, recipe_names
from bricks.tower import Placed
from codegen.graph import graph
from tests.training.workshop import digits

LINE = re.compile(r"^\s*(b\d+) -> (b\d+)$", re.MULTILINE)
BOX = re.compile(r"^\s*(b\d+) \[label=<<TABLE.*<B>([^<]*)</B></FONT>", re.MULTILINE)


def read(text):
    """Each box's words by its id, and the pairs that lines join."""
    return dict(BOX.findall(text)), LINE.findall(text)


@pytest.mark.parametrize("name", recipe_names())
def test_all_boxes_hang_together_from_the_input_to_one_end(name):
    boxes, lines = read(graph(recipe(name)))
    starts, ends = {one for one, _ in lines}, {other for _, other in lines}
    assert starts | ends == set(boxes)
    assert set(boxes) - ends == {"b0"}
    assert len(set(boxes) - starts) == 1


def test_a_residual_adds_its_input_to_what_its_body_gives():
    boxes, lines = read(graph(recipe("resnet-18")))
    adds = [box for box, said in boxes.items() if said == "Add"]
    assert len(adds) == 8
    into = {add: [one for one, other in lines if other == add] for add in adds}
    assert {len(found) for found in into.values()} == {2}


def test_a_parallel_is_brought_together_as_it_says():
    boxes, lines = read(graph(recipe("googlenet")))
    joins = [box for box, said in boxes.items() if said == "Concatenate"]
    assert len(joins) == 9
    assert all(sum(other == join for _, other in lines) == 4 for join in joins)


def test_a_block_is_a_frame_that_says_how_often():
    text = graph(recipe("vgg16-blocks"))
    assert text.count("subgraph cluster") == 11
    assert "Block" in text
    assert "×2" in text


def test_what_people_typed_can_not_become_part_of_the_language():
    named = Placed("Dense", {"units": 3}, name='<B>"]; evil -> graph</B>')
    tower = replace(digits().tower, bricks=(Placed("Flatten"), named))
    text = graph(replace(digits(), tower=tower))
    assert "&lt;B&gt;&quot;]; evil -&gt; graph&lt;/B&gt;" in text


def test_a_misfit_has_no_shape_and_is_drawn_all_the_same():
    tower = replace(digits().tower, bricks=(Placed("LSTM", {"units": 3}),))
    boxes, _ = read(graph(replace(digits(), tower=tower)))
    assert list(boxes.values()) == ["InputLayer", "LSTM 3"]
