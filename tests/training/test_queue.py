"""The queue is fair between people."""

from hypothesis import given
from hypothesis import strategies as st

from training.queue import Waiting, next_up, order, place


def waiting(owners: str) -> list[Waiting]:
    """One waiting run for each letter, asked for in this order."""
    return [Waiting(f"{owner}{n}", owner, n) for n, owner in enumerate(owners)]


def test_people_take_turns():
    assert [job.id for job in order(waiting("aaab"), [], {})] == [
        "a0",
        "b3",
        "a1",
        "a2",
    ]


def test_who_has_a_run_going_waits_for_the_others():
    assert next_up(waiting("ab"), ["a"], {}).id == "b1"


def test_nobody_runs_two_at_once():
    assert next_up(waiting("aa"), ["a"], {}) is None


def test_who_was_served_last_comes_last():
    assert next_up(waiting("ab"), [], {"a": 7, "b": 3}).id == "b1"


def test_the_place_is_the_turn():
    jobs = waiting("aab")
    assert [place(job.id, jobs, [], {}) for job in jobs] == [1, 3, 2]


@given(st.text("abcde", min_size=1, max_size=30), st.sets(st.sampled_from("abcde")))
def test_nobody_waits_for_more_than_one_run_of_each_other_person(owners, running):
    turns = order(waiting(owners), running, {})
    assert len(turns) == len(owners)
    for owner in set(owners) - running:
        first = next(n for n, job in enumerate(turns) if job.owner == owner)
        before = [job.owner for job in turns[:first]]
        assert len(before) == len(set(before))
