"""Selling with the hands of a script: from "exact cash" to the done screen, and an hour of sales in a row.

The hour is 240 sales of three items, with searches, removals and payment sheets between: what a queue asks
of a till in an hour, without the pauses. A watchdog looks how long the event loop was away.
"""

from __future__ import annotations

import gc
import resource
import time
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.cart import new_cart
from pos.checkout import checkout
from pos.ledger import Ledger
from pos.model import Product
from pos.payments import settle
from pos.sample import open_sample
from tests.bench.figures import Figure
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme

ROUNDS, HOUR = 60, 240  # sales
FRAME_MS, STALL_MS, MB = 16.7, 50.0, 1024
TICK_MS = 2


class _Painted(QObject):
    """Counts the paint events of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class _Watchdog(QObject):
    """How long the event loop did not come back, in ms, each time it was longer than a tick."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """The till on the sample exhibition, offscreen."""
    QApplication.instance() or QApplication([])
    theme = load_theme("light")
    dress(theme)
    ledger = open_sample(folder / "contoh.lapak")
    frame = Frame(App.over(ledger, theme))
    frame.resize(1366, 768)
    frame.show()
    frame.desk.till.goods.grid.load_pictures()
    frame.desk.prepare()
    QTest.qWait(400)
    goods = [item.product for item in frame.desk.shelf.items if not item.sold_out][:30]
    try:
        figures = [_pay(frame, ledger, goods, 10 if quick else ROUNDS)]
        return figures + _hour(frame, goods, 40 if quick else HOUR)
    finally:
        work.finish()
        frame.close()
        ledger.close()


def _pay(frame: Frame, ledger: Ledger, goods: list[Product], rounds: int) -> Figure:
    """From the press of exact cash to the painted done screen, beside the same sale without a screen."""
    desk, painted = frame.desk, _Painted()
    bare, ours = [], []
    frame.app.machine["rush"] = "0"  # no hand is that fast: it would leave the done screen by itself
    if desk.done:
        desk.done.view.installEventFilter(painted)
    shift = frame.app.shift
    assert shift is not None
    for n in range(rounds):
        some = [goods[(n + k) % len(goods)] for k in range(3)]
        cart = new_cart()
        for product in some:
            cart = cart.add(product)
            desk.till.basket.add(product)
        QTest.qWait(5)
        work.finish()
        start = time.perf_counter()
        checkout(ledger, cart, [settle("cash", cart.total)], shift, "rina")
        bare.append((time.perf_counter() - start) * 1000)
        seen = painted.count
        start = time.perf_counter()
        desk.till.pay_exactly()
        while painted.count == seen:
            QApplication.processEvents()
        ours.append((time.perf_counter() - start) * 1000)
        desk.begin_sale()
        QTest.qWait(5)
    floor = 1.3 * median(bare) + FRAME_MS
    what = f"bare commit {median(bare):.2f} ms x 1.3 + one frame; p95 {quantiles(ours, n=20)[-1]:.1f} ms"
    return Figure("exact cash to the done screen", median(ours), floor, 1.0, what)


def _hour(frame: Frame, goods: list[Product], sales: int) -> list[Figure]:
    desk = frame.desk
    gc.collect()
    watchdog, memory = _Watchdog(), []
    for n in range(sales):
        for k in range(3):
            desk.till.basket.add(goods[(7 * n + k) % len(goods)], 1 + k % 2)
            QApplication.processEvents()
        if n % 5 == 0:
            desk.till.basket.remove(0)
            desk.till.basket.undo()
        if n % 3 == 0:
            desk.till.type_text("nas")
            QApplication.processEvents()
            desk.till.goods.search.clear()
        if n % 4:
            desk.till.pay_exactly()
        else:
            desk.till.open_sheet()
            QApplication.processEvents()
            desk.till.prepared_sheet().go_back()
            desk.till.pay_exactly()
        QTest.qWait(8)
        desk.begin_sale()
        QTest.qWait(4)
        if n % 20 == 0:
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB)
    work.finish()
    grown = memory[-1] - memory[len(memory) // 3]
    gaps = sorted(watchdog.gaps)
    late = f"p99 {gaps[int(len(gaps) * 0.99)]:.1f} ms over {sales} sales"
    return [
        Figure("longest stall of an hour", gaps[-1], STALL_MS, 1.0, late),
        Figure(
            "memory grown over that hour, MB", max(grown, 0.0), 8.0, 1.0, f"{memory[-1]:.0f} MB at the end"
        ),
    ]
