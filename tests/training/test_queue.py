"""The queue is fair between people."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.classroom import EPOCH, Classroom
from training.queue import (
    MOST_ACTIVE,
    Line,
    Running,
    Waiting,
    giving_way,
    next_up,
    order,
    place,
)

SLICE = 180


def waiting(owners: str) -> list[Waiting]:
    """One waiting run for each letter, asked for in this order."""
    return [Waiting(f"{owner}{n}", owner, n) for n, owner in enumerate(owners)]


def running(owners: str, **more) -> list[Running]:
    """One running run for each letter, begun in this order."""
    return [Running(f"{o}{n}", o, n, **more) for n, o in enumerate(owners)]


def test_people_take_turns():
    assert [job.id for job in order(waiting("aaab"), [], {})] == [
        "a0",
        "b3",
        "a1",
        "a2",
    ]


def test_who_has_a_run_going_waits_for_the_others():
    assert next_up(waiting("ab"), ["a"], {}).id == "b1"


def test_a_slot_that_nobody_else_wants_is_lent():
    assert next_up(waiting("aa"), ["a"], {}).id == "a0"


def test_who_was_served_last_comes_last():
    assert next_up(waiting("ab"), [], {"a": 7, "b": 3}).id == "b1"


def test_ones_own_run_comes_before_those_of_ones_study():
    study = Waiting("s", "a", 0, study=True)
    assert [job.id for job in order([study, *waiting("aa")], [], {})] == [
        "a0",
        "a1",
        "s",
    ]


def test_the_place_is_the_turn():
    jobs = waiting("aab")
    assert [place(job.id, jobs, [], {}) for job in jobs] == [1, 3, 2]


WAYS = {
    "nobody waits": ("", "aa", 2, []),
    "a slot is free": ("b", "aa", 3, []),
    "the last begun": ("b", "aaa", 3, ["a2"]),
    "of who has most": ("c", "abbab", 5, ["b4"]),
    "for each who has none": ("cd", "abbab", 5, ["b4", "a3"]),
    "nothing is lent": ("c", "ab", 2, []),
    "he who waits has one": ("b", "aab", 3, []),
    "two of one": ("bb", "aaa", 3, ["a2"]),
}


@pytest.mark.parametrize(("who", "has", "slots", "leave"), WAYS.values(), ids=WAYS)
def test_a_lent_slot_is_given_back(who, has, slots, leave):
    assert giving_way(Line(waiting(who), running(has)), slots) == leave


def test_nobody_leaves_for_a_slot_that_is_being_freed():
    leaves = Running("c", "c", 9, wanted="stopped")
    line = Line(waiting("b"), [*running("aa"), leaves])
    assert giving_way(line, 3) == []
    assert giving_way(line, 2) == ["a1"]


def test_a_run_whose_last_epoch_is_trained_does_not_leave():
    assert giving_way(Line(waiting("b"), running("aa", last=True)), 2) == []


def test_runs_of_a_study_leave_first():
    study = Running("s", "a", 1, study=True)
    line = Line(waiting("b"), [study, Running("own", "a", 2)])
    assert giving_way(line, 2) == ["s"]


def test_who_has_had_his_time_leaves_for_who_has_none():
    line = Line(waiting("ca"), running("ab"))
    assert giving_way(line, 2) == []
    assert giving_way(line, 2, {"a0", "b1"}) == ["a0"]
    assert giving_way(Line(waiting("ab"), running("ab")), 2, {"a0"}) == []


@given(st.text("abcde", min_size=1, max_size=30), st.sets(st.sampled_from("abcde")))
def test_nobody_waits_for_more_than_one_run_of_each_other_person(owners, running):
    turns = order(waiting(owners), running, {})
    assert len(turns) == len(owners)
    for owner in set(owners) - running:
        first = next(n for n, job in enumerate(turns) if job.owner == owner)
        before = [job.owner for job in turns[:first]]
        assert len(before) == len(set(before))


EVENTS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from("abcdef")),
    st.tuples(st.sampled_from(["end", "time"]), st.integers(0, 5)),
)


@given(st.integers(1, 5), st.lists(EVENTS, max_size=60))
def test_whatever_happens_the_line_is_fair(slots, events):
    room = Classroom(slots)
    since: dict[str, int] = {}  # starts of runs when each began to wait with none
    for kind, which in events:
        happen(room, kind, which)
        busy = Counter(run.owner for run in room.running)
        without = {job.owner for job in room.waiting} - set(busy)
        assert len(room.running) == slots or not room.waiting
        assert not without or max(busy.values()) == 1
        since = {who: since.get(who, len(room.starts)) for who in without}
        for who, begun in since.items():
            others = Counter(room.starts[begun:])
            assert who not in others
            assert max(others.values(), default=0) <= 1


def happen(room: Classroom, kind: str, which) -> None:
    """Somebody asks, as often as one may; a run ends; a run's time is over."""
    if kind == "ask":
        active = [job.owner for job in (*room.waiting, *room.running)]
        if active.count(which) < MOST_ACTIVE:
            room.ask(which)
    elif which < len(room.running):
        run = room.running[which]
        room.end(run) if kind == "end" else room.settle([run.id])


def longest_wait(slice: float) -> int:
    """Six train for hours on two slots; three ask for half a minute, now and then."""
    room = Classroom(2, slice)
    for owner in "abcdef":
        room.ask(owner, 4 * 3600)
    short = []
    while room.now < 3600:
        room.pass_a_second()
        if room.now % 600 == 0:
            short += [room.ask(owner, 30) for owner in "xyz"]
    waits = [
        (room.now if job.began is None else job.began) - job.asked for job in short
    ]
    return max(waits)


def test_short_runs_are_not_starved_by_long_ones():
    people, slots = 9, 2
    assert longest_wait(SLICE) <= people / slots * (SLICE + EPOCH)
    assert longest_wait(float("inf")) >= 3000  # for as long as anybody looked


def test_time_is_shared_evenly_among_those_who_train_for_hours():
    room = Classroom(2, SLICE)
    jobs = [room.ask(owner, 10**6) for owner in "abcde"]
    for _ in range(10 * (SLICE + EPOCH) * 5 // 2):
        room.pass_a_second()
    trained = [job.trained for job in jobs]
    assert max(trained) - min(trained) <= 2 * (SLICE + EPOCH)


def test_nobody_leaves_a_slot_that_nobody_wants():
    room = Classroom(2, SLICE)
    job = room.ask("a", 10**6)
    for _ in range(5 * SLICE):
        room.pass_a_second()
    assert job.turn == job.trained == 5 * SLICE
