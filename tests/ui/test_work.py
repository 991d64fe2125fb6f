"""Background work: one thread, answers on the main thread, faults told, bugs not hidden."""

from __future__ import annotations

import functools
import sys
import threading
import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos.errors import WorldFailed
from ui import work


class Desk(QObject):
    """Something that may be closed while work goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def tell(self, answer: object) -> None:
        """Take an answer."""
        self.told.append(answer)


def test_the_answer_comes_back_to_the_main_thread(qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    work.run(threading.get_ident, done=lambda there: told.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0][0] != told[0][1] == threading.get_ident()


def test_work_is_done_one_after_the_other_in_order(qtbot: QtBot) -> None:
    desk, running = Desk(), threading.Lock()

    def alone(number: int) -> int:
        assert running.acquire(blocking=False)
        time.sleep(0.001)
        running.release()
        return number

    for number in range(20):
        work.run(lambda number=number: alone(number), done=desk.tell)  # type: ignore[misc]
    qtbot.waitUntil(lambda: desk.told == list(range(20)))


def test_a_fault_of_the_world_is_told(qtbot: QtBot) -> None:
    desk, fault = Desk(), WorldFailed("Flashdisk dicabut.")

    def fail() -> None:
        raise fault

    work.run(fail, failed=desk.tell)
    qtbot.waitUntil(lambda: desk.told == [fault])


def test_a_bug_reaches_the_hook_that_writes_it_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: desk.tell(type(error)))
    work.run(lambda: 1 // 0, failed=desk.tell)
    qtbot.waitUntil(lambda: desk.told == [ZeroDivisionError])


def test_an_answer_for_a_closed_widget_is_dropped(qtbot: QtBot) -> None:
    desk, ready = Desk(), threading.Event()
    work.run(ready.wait, done=desk.tell)
    work.run(ready.wait, done=functools.partial(desk.tell))
    desk.deleteLater()
    qtbot.wait(1)
    ready.set()
    work.finish()
    assert desk.told == []


@pytest.mark.usefixtures("qapp")
def test_finishing_waits_for_what_the_answers_begin() -> None:
    told: list[int] = []

    def again(number: int) -> None:
        told.append(number)
        if number < 3:
            work.run(lambda: number + 1, done=again, lane="pictures")

    work.run(lambda: 1, done=again, lane="pictures")
    work.finish()
    assert told == [1, 2, 3]


def test_pictures_do_not_wait_for_the_books(qtbot: QtBot) -> None:
    told: list[str] = []
    opened = threading.Event()
    work.run(opened.wait, done=lambda _was_set: told.append("books"))
    work.run(lambda: "pictures", done=told.append, lane="pictures")
    qtbot.waitUntil(lambda: told == ["pictures"])
    opened.set()
    qtbot.waitUntil(lambda: told == ["pictures", "books"])
