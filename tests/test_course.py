"""A long work that is watched: how far it is, held and given up from another thread."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from pos.clock import Clock
from pos.course import STEPS, Course, GivenUp


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.s = 0.0
        self.clock = Clock(monotonic=lambda: self.s)


class Gate(Event):
    """Somebody holds the work, and lets it go on after 500 s."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch

    def wait(self, timeout: float | None = None) -> bool:
        """Time goes by."""
        self.watch.s += timeout or 500
        self.set()
        return True


def test_the_percent_only_grows_and_ends_at_a_hundred() -> None:
    course = Course()
    seen = []
    for step in STEPS:
        course.begin(step, 10)
        for done in (0, 5, 10):
            course.advance(done, 10)
            seen.append(course.look().percent)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 100)


def test_more_than_all_is_all() -> None:
    course = Course()
    course.begin("keep", 10)
    course.advance(25, 10)
    assert course.look().percent == 100


def test_the_time_left_follows_from_the_time_spent_without_that_of_pauses() -> None:
    watch = Watch()
    course = Course(clock=watch.clock)
    course.begin("merge", 100)
    assert course.look().left_s is None
    watch.s = 40
    course.advance(0, 100)
    assert course.look().left_s == 60  # of 100 percent, 40 took 40 s
    course._going = Gate(watch)
    course.rest()
    assert watch.s == 540
    assert course.look().left_s == 60


def test_it_is_held_until_it_may_go_on() -> None:
    course, done = Course(), Event()
    course.pause()
    assert course.look().paused

    def work() -> None:
        course.advance(1, 2)
        done.set()

    worker = Thread(target=work)
    worker.start()
    assert not done.is_set()
    course.resume()
    worker.join(5)
    assert done.is_set()


@pytest.mark.parametrize("held", [False, True])
def test_given_up_it_ends_at_the_next_rest_also_while_it_is_held(held: bool) -> None:
    course, ended = Course(), Event()
    if held:
        course.pause()

    def work() -> None:
        try:
            while True:
                course.rest()
        except GivenUp:
            ended.set()

    worker = Thread(target=work)
    worker.start()
    course.give_up()
    worker.join(5)
    assert ended.is_set()


def test_news_are_told() -> None:
    told: list[str] = []
    course = Course(lambda: told.append("news"))
    course.begin("read", 1)
    course.advance(1, 1)
    course.pause()
    course.resume()
    assert len(told) == 4
