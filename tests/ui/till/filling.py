"""A till with a window that may be killed at any moment: it fills a cart and notes outside what is kept."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from pos.clock import stopped_at
from pos.ledger import Ledger, open_ledger
from tests.books import MOMENT
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme


def fill_on(path: Path, answers: Path, *, paying: bool) -> None:
    """Tap one product after the other, adding `cart pieces selected` to `answers` once that is kept.

    With `paying` the payment sheet stays open over the first tap.
    """
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        desk = _frame(ledger).desk
        for n in count():
            items = desk.shelf.items
            desk.basket.add(items[n % len(items)].product)
            desk.basket.select(n // 2)
            work.finish()
            with answers.open("a") as out:
                out.write(f"{desk.basket.cart.id} {desk.basket.cart.qty} {desk.basket.selected}\n")
            if paying:
                desk.till.open_sheet()
                signal.pause()


def pay_and_die(path: Path, nth: int) -> None:
    """Fill a cart and pay it; the process kills itself before its n-th statement from there."""
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        desk = _frame(ledger).desk
        desk.basket.add(desk.shelf.items[0].product)
        work.finish()
        _kill_before(ledger, nth)
        desk.till.pay_exactly()
        work.finish()


def _frame(ledger: Ledger) -> Frame:
    _qt = QApplication.instance() or QApplication([])
    theme = load_theme("light")
    dress(theme)
    frame = Frame(App.over(ledger, theme))
    frame.resize(1366, 768)
    frame.show()
    return frame


def _kill_before(ledger: Ledger, nth: int) -> None:
    """On whichever connection, and so whichever thread, that statement comes."""
    left = iter(range(nth - 1))

    def killer(_statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(raw: Any, _record: object) -> None:
        raw.set_trace_callback(killer)

    ledger.engine.dispose()
    event.listen(ledger.engine, "connect", listen)
