"""What is looked at: the board and the page of figures painted anew, and what a live board costs the till.

Painted are those of the nation's office: 531 institutions, 41 days, offscreen at 1366x768. The till is a
booth's with a whole exhibition behind it, in the same program as the board, so that both share Python's lock.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pos.checkout import checkout
from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.model import Product, Shift
from pos.payments import settle
from pos.reports.board import board
from pos.shifts import open_shift
from tests.bench.books import DAYS, FIRST_DAY, booth, cart, fill
from tests.bench.figures import Figure
from tests.bench.region import nation

if TYPE_CHECKING:  # Qt is for those who measure the screen
    from ui.app import App

FRAMES_MS = 2000 / 60
SIZE = (1366, 768)
SHOWN, LIVE = 20_000, 20_000  # sales
LAST = FIRST_DAY + timedelta(days=DAYS - 1)
BREATH_MS = 100  # behind a look of the board, before the next buyer pays
MOST = 1.05


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Painting, then selling."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.dress import dress
    from ui.theme import load_theme

    qt = QApplication.instance() or QApplication([])
    dress(load_theme("light"))
    figures = [*_painted(folder, 5 if quick else 15), *_beside_the_till(folder, 20 if quick else 100)]
    qt.processEvents()
    return figures


def _app(ledger: Ledger) -> App:
    from ui.app import App
    from ui.theme import load_theme

    return App.over(ledger, load_theme("light"))


def _painted(folder: Path, rounds: int) -> Iterator[Figure]:
    """From the answer to the painted page: the CPU time that the screen's thread takes."""
    from PySide6.QtWidgets import QApplication

    from ui import work
    from ui.frame import Frame
    from ui.page import Page
    from ui.reports.asked import EVENT
    from ui.reports.page import ReportsPage

    with closing(nation(folder, SHOWN)) as ledger:
        ledger.clock = stopped_at(ledger.clock.now().replace(year=LAST.year, month=LAST.month, day=LAST.day))
        frame = Frame(_app(ledger))
        frame.resize(*SIZE)
        frame.show()
        for name, place in (("board", "board"), ("page of figures", "reports")):
            took: list[float] = []
            for _round in range(rounds + 1):
                start = time.thread_time()
                page = frame.screens.currentWidget()
                if not took:
                    frame.choose(next(n for n, one in enumerate(frame.menu) if one.place == place))
                elif isinstance(page, ReportsPage):
                    page.ask(replace(page.asked, preset=EVENT))
                elif isinstance(page, Page):
                    page.refresh()
                work.finish()  # it waits without taking time, and shows what was read
                QApplication.processEvents()
                took.append((time.thread_time() - start) * 1000)
            first = f"CPU of the screen; limit two frames; when it is first made {took[0]:.0f} ms"
            yield Figure(f"{name}, shown and painted", median(took[1:]), FRAMES_MS, 1.0, first)
        frame.close()


def _beside_the_till(folder: Path, sales: int) -> Iterator[Figure]:
    """The commit of a sale with a live board, which looks after each, and without one, in turns; and, for a
    measure of what could be, while another thread does nothing but read the board.
    """
    from PySide6.QtTest import QTest

    from ui import work
    from ui.board.page import SOON_MS, BoardPage

    ledger, products = booth(folder / "stan.lapak")
    fill(ledger, products, LIVE)
    shift = open_shift(ledger, "rina", LAST)
    app = _app(ledger)
    page = BoardPage(app)
    page.resize(*SIZE)
    found: dict[str, list[_Took]] = {"without": [], "live": [], "reading": []}
    gc.disable()  # as in the program's window, where it has a time of its own
    for n in range(sales):
        for live in (n % 2, 1 - n % 2):  # each is the first as often as the other
            if live:
                page.show()
                page.begin()
                work.finish()  # its first look is no sale's
            QTest.qWait(BREATH_MS)
            kind = "live" if live else "without"
            found[kind].append(_sell(app, products, shift, (3 * n + live, SOON_MS + BREATH_MS)))
            page.hide()
        with _reading(ledger):
            found["reading"].append(_sell(app, products, shift, (3 * n + 2, BREATH_MS)))
        gc.collect()
    gc.enable()
    work.finish()
    page.close()
    ledger.close()
    cpu, wall = ({name: median(took[k] for took in some) for name, some in found.items()} for k in (0, 1))
    what = f"it looks after each of {sales} sales, in the same program; against none; CPU; median"
    yield Figure("commit beside a live board", cpu["live"], cpu["without"], MOST, what)
    yield Figure("the same by the wall clock", wall["live"], wall["without"], None, "with the disk's moods")
    what = "one look after the other, without end; wall clock"
    yield Figure("commit while a board is read", wall["reading"], wall["without"], None, what)


_Took = tuple[float, float]  # ms of CPU and of the wall clock


def _sell(app: App, products: tuple[Product, ...], shift: Shift, how: tuple[int, int]) -> _Took:
    """The n-th sale, told to the screen; then so many ms in which a look of the board may begin and end."""
    from PySide6.QtTest import QTest

    from ui import work

    n, pause_ms = how
    bought = cart(products, n)
    paid = settle("cash", bought.total)
    start, begun = time.thread_time(), time.perf_counter()
    sale = checkout(app.ledger, bought, [paid], shift, "rina")
    took = (time.thread_time() - start) * 1000, (time.perf_counter() - begun) * 1000
    app.posted.emit(sale)
    QTest.qWait(pause_ms)
    work.finish()
    return took


@contextmanager
def _reading(ledger: Ledger) -> Iterator[None]:
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            board(ledger, LAST)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        over.set()
        reader.join()
