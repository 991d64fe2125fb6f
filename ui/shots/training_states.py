"""States of training that are photographed: the guide at its steps, the practice scanner and printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QWidget

from pos.clock import stopped_at
from pos.training import make_training
from ui.app import App
from ui.shots.printers import come_out
from ui.shots.studio import Stage
from ui.training.room import Training


def _begin(stage: Stage) -> Training:
    """Training of the booth on the stage, in the same window."""
    source = stage.app.ledger.path
    if source is None:
        raise TypeError("training is of a file")
    ledger = make_training(source, Path(mkdtemp(prefix="lapak-")) / "latihan.lapak", stage.app.cashier.code)
    ledger.clock = stopped_at(stage.app.clock.now())
    stage.go_on_with(App.over(ledger, stage.theme), ledger)
    training = Training(stage.frame)
    training.begin(guided=True)
    stage.rest()
    return training


def step(number: int) -> Callable[[Stage], QWidget]:
    """At step `number` of the guide, counted from 0, with the hands of somebody who follows it."""

    def bring(stage: Stage) -> QWidget:
        training, basket = _begin(stage), stage.desk.basket
        goods = [item.product for item in stage.desk.shelf.items if not item.sold_out]
        lesson, room = training.lesson, training.room
        if number >= 1:
            basket.add(goods[0])
            lesson.look()
        if number == 1:
            room.scanner.toggle()
        if number >= 2:
            lesson.hear()
            basket.add(goods[1])
            lesson.heard()
            lesson.look()
        if number >= 3:
            basket.step(basket.selected, 1)
            lesson.look()
        if number >= 4:
            stage.press("F9")
            lesson.look()
        if number >= 5:
            stage.press("Alt+1")
            lesson.look()
            come_out(stage)
        if number >= 6:
            stage.press("Ctrl+P")
            lesson.look()
        if number >= 7:
            room.printer.hide()
            lesson.look()
        if number >= 8:
            stage.press("Return")
            lesson.look()
        stage.rest()
        lesson.look()
        return stage.frame

    return bring


STATES = (
    ("19-latihan", step(0), True),
    ("19b-latihan-pemindai", step(1), True),
    ("19c-latihan-tambah", step(2), False),
    ("19d-latihan-bayar", step(3), False),
    ("19e-latihan-tunai", step(4), True),
    ("19f-latihan-selesai", step(5), False),
    ("19g-latihan-printer", step(6), True),
    ("19h-latihan-berikutnya", step(7), False),
    ("19i-latihan-tamat", step(8), True),
)
