"""Containers: what they give, what does not fit in them, and how they are edited."""

from __future__ import annotations

from bricks import containers, edit
from bricks.problem import Put
from bricks.tower import GROUND, Placed, Ref, Tower, floor
from bricks.walk import every, walk


def brick(kind, id, inner=(), name=None, parameters=None, **settings):
    return Placed(kind, settings, name, id, inner, parameters or {})


def conv(id, filters=4, **settings):
    settings = {"kernel_size": 3, "padding": "same", **settings}
    return brick("Conv2D", id, filters=filters, **settings)


def tower(*bricks, data="MNIST"):
    return Tower(Placed(data, id=GROUND), bricks)


def stage(built, id):
    return next(s for s in every(walk(built)) if s.placed.id == id)


def ids(built):
    return [placed.id for placed in built]


# What they give


def test_a_block_repeats_its_bricks():
    one, again = conv("a", 4), brick("Block", "b", ((conv("c", 8),),), repeat=3)
    block = stage(tower(one, again), "b")
    assert block.gives == (28, 28, 8)
    assert block.weights == (9 * 4 + 1) * 8 + 2 * (9 * 8 + 1) * 8
    assert block.madds == 28 * 28 * 9 * 8 * (4 + 8 + 8)


def test_a_brick_follows_the_parameter_of_a_block_around_it():
    inner = conv("c", Ref("filters"))
    block = brick("Block", "b", ((inner,),), parameters={"filters": 6})
    assert stage(tower(block), "c").gives == (28, 28, 6)
    assert stage(tower(inner), "c").problem.repair


def test_a_block_that_fits_only_at_first_says_in_which_round():
    pool = brick("MaxPooling2D", "p", pool_size=4)
    built = tower(brick("Block", "b", ((pool,),), repeat=5))
    problem = stage(built, "b").problem
    assert "round 3" in str(problem)
    assert stage(edit.repaired(built, "b", problem.repair), "b").gives == (1, 1, 1)


def test_a_residual_adds_what_it_got():
    same = brick("Residual", "r", ((conv("c", 1),), ()))
    assert stage(tower(same), "r").gives == (28, 28, 1)


def test_a_residual_that_does_not_fit_gets_a_projection_with_one_click():
    body = (conv("c", 8, strides=2), conv("d", 8))
    built = tower(brick("Residual", "r", (body, ())))
    problem = stage(built, "r").problem
    assert problem.repair.edits == (
        Put("Conv2D", {"filters": 8, "kernel_size": 1, "strides": 2}, after="r:1"),
    )
    assert stage(edit.repaired(built, "r", problem.repair), "r").gives == (14, 14, 8)


def test_branches_stand_beside_each_other_or_are_added():
    branches = ((conv("c", 3),), (conv("d", 5),), ())
    beside = brick("Parallel", "p", branches)
    assert stage(tower(beside), "p").gives == (28, 28, 9)
    added = brick("Parallel", "p", branches, merge="add")
    problem = stage(tower(added), "p").problem
    mended = edit.repaired(tower(added), "p", problem.repair)
    assert stage(mended, "p").gives == (28, 28, 3)


def test_branches_of_different_maps_do_not_stand_beside_each_other():
    built = tower(brick("Parallel", "p", ((conv("c", 3, padding="valid"),), ())))
    assert "same strides" in str(stage(built, "p").problem)


def test_the_same_bricks_look_at_every_step():
    steps = brick("TimeDistributed", "t", ((brick("Dense", "d", units=5),),))
    told = stage(tower(brick("Reshape", "r", target_shape=(28, 28)), steps), "t")
    assert told.gives == (28, 5)
    assert told.weights == 29 * 5
    assert told.madds == 28 * 28 * 5


def test_a_problem_inside_leaves_what_is_above_unknown():
    built = tower(brick("Block", "b", ((conv("c", 0),),)), brick("Flatten", "f"))
    assert stage(built, "b").problem is None
    assert stage(built, "b").gives is None
    assert stage(built, "c").problem
    assert stage(built, "f").gets is None


# How they are edited

NEST = tower(
    conv("a"),
    brick("Parallel", "p", ((conv("b"), conv("c")), ())),
    brick("Flatten", "f"),
)


def test_bricks_go_in_and_out_of_branches():
    inside = edit.move(NEST, "a", floor("p", 1))
    assert ids(inside) == ["data", "p", "b", "c", "a", "f"]
    assert ids(edit.move(inside, ["b", "a"], "f"))[-3:] == ["f", "b", "a"]
    assert edit.move(NEST, "p", "c") == NEST  # not into itself


def test_what_is_chosen_with_its_container_moves_once():
    assert edit.chosen(NEST, ["p", "c"]) == (NEST.brick("p"),)


def test_neighbours_become_a_block_and_come_out_again():
    wrapped = containers.wrap(NEST, ["b", "c"], "Block", "new")
    assert ids(wrapped) == ["data", "a", "p", "new", "b", "c", "f"]
    assert containers.unwrap(wrapped, "new") == NEST
    assert containers.wrap(NEST, ["a", "f"], "Block", "new") == NEST  # no neighbours


def test_alike_groups_fold_into_a_block():
    pair = [conv("a"), brick("Dropout", "b", rate=0.5)]
    again = [conv("c"), brick("Dropout", "d", rate=0.5)]
    built = tower(*pair, *again)
    folded = containers.fold(built, ["a", "b", "c", "d"], 2, "new")
    assert folded.brick("new").settings == {"repeat": 2}
    assert walk(folded)[-2].gives == walk(built)[-2].gives
    unlike = tower(*pair, conv("c", 9), again[1])
    assert containers.fold(unlike, ["a", "b", "c", "d"], 2, "new") == unlike


def test_an_unwrapped_block_keeps_its_rounds_and_values():
    inner = conv("c", Ref("filters"))
    block = brick("Block", "b", ((inner,),), parameters={"filters": 6}, repeat=3)
    out = containers.unwrap(tower(block), "b")
    assert [b.settings["filters"] for b in out.bricks] == [6, 6, 6]
    assert len(set(ids(out))) == 4


def test_a_setting_is_bound_and_set_free():
    block = tower(brick("Block", "b", ((conv("c", 6),),)))
    bound = containers.bind(block, "c", "filters", "width")
    assert bound.brick("b").parameters == {"width": 6}
    assert bound.brick("c").settings["filters"] == Ref("width")
    wider = containers.set_parameter(bound, "b", "width", 9)
    assert stage(wider, "c").gives == (28, 28, 9)
    freed = containers.set_parameter(wider, "b", "width", None)
    assert freed.brick("c").settings["filters"] == 9
    assert freed.brick("b").parameters == {}


def test_a_parameter_has_a_name_that_code_can_have():
    for name in ("class", "x", "9lives", "a b", "A", "keras", ""):
        assert containers.parameter_name(name) is None
    assert containers.parameter_name("filters_2") == "filters_2"


def test_branches_come_and_go_within_limits():
    more = containers.add_branch(NEST, "p", 1)
    assert [len(t) for t in more.brick("p").inner] == [2, 0, 0]
    assert containers.remove_branch(more, "p", 1) == NEST
    assert containers.remove_branch(NEST, "p", 0) == NEST  # two at least


def test_a_copy_of_a_container_has_ids_of_its_own():
    copied = edit.copy(NEST, "p", "q")
    assert ids(copied) == ["data", "a", "p", "b", "c", "q", "qx1", "qx2", "f"]


# What a student may try


def test_a_parameter_of_the_wrong_type_is_a_problem_with_a_repair():
    block = brick("Block", "b", ((conv("c", Ref("n")),),), parameters={"n": 0.5})
    problem = stage(tower(block), "c").problem
    assert stage(edit.repaired(tower(block), "c", problem.repair), "c").gives


def test_only_numbers_follow_a_parameter():
    lstm = brick("LSTM", "l", units=4)
    block = tower(brick("Block", "b", ((conv("c", 6, activation="relu"), lstm),)))
    for id, setting in (
        ("c", "activation"),
        ("c", "kernel_regularizer"),
        ("l", "bidirectional"),
        ("c", "use_bias"),
    ):
        assert containers.bind(block, id, setting, "it") == block
    for value in ("3,5", (1, 2), float("inf"), 10**40, True, {"a": 1}):
        bound = containers.bind(block, "c", "filters", "width")
        assert containers.set_parameter(bound, "b", "width", value) == bound


def test_names_of_the_printed_code_are_no_parameters():
    for name in ("shortcut", "shortcut_2", "branch_1", "range", "print", "repeat"):
        assert containers.parameter_name(name) is None


def test_unwrapping_never_loses_bricks():
    full = brick("Parallel", "p", ((conv("a"),), (conv("c"),)))
    assert containers.unwrap(tower(full), "p") == tower(full)
    many = brick("Block", "b", ((conv("a"), conv("c")),), repeat=40)
    assert containers.unwrap(tower(many), "b") == tower(many)
    outer = brick(
        "Block",
        "o",
        ((brick("Block", "b", ((conv("a"),),), repeat=Ref("n")),),),
        parameters={"n": 3},
    )
    assert len(containers.unwrap(tower(outer), "b").brick("o").inner[0]) == 3


def test_blocks_in_blocks_do_not_come_to_more_layers_than_can_be_built():
    deep = conv("c")
    for n in range(4):
        deep = brick("Block", f"b{n}", ((deep,),), repeat=64)
    said = [s.problem for s in every(walk(tower(deep))) if s.problem]
    assert "1000 layers" in str(said[0].needs)
    assert said[-1].repair


def test_branches_that_lost_their_rim_are_mended_in_one_click():
    plain = conv("c", 32, padding="valid")
    for kind, inner in (("Residual", ((plain,), ())), ("Parallel", ((plain,), ()))):
        built = tower(brick(kind, "k", inner))
        repair = stage(built, "k").problem.repair
        assert stage(edit.repaired(built, "k", repair), "k").problem is None


def test_blocks_with_other_numbers_are_not_alike():
    def block(n, filters):
        inner = (conv(f"c{n}", Ref("filters")),)
        return brick("Block", f"b{n}", (inner,), parameters={"filters": filters})

    unlike = tower(block(1, 8), block(2, 16))
    assert containers.fold(unlike, ["b1", "b2"], 1, "new") == unlike
    alike = tower(block(1, 8), block(2, 8))
    assert containers.fold(alike, ["b1", "b2"], 1, "new").brick("new")


def test_a_word_does_not_follow_a_number_that_is_there():
    inner = (conv("c", 6, activation="relu"),)
    built = tower(brick("Block", "b", (inner,), parameters={"width": 6}))
    assert containers.bind(built, "c", "activation", "width") == built
    assert containers.bind(built, "c", "filters", "width") != built
