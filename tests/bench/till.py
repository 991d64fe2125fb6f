"""The till in the hand: tap to painted cart, key to painted hits, scrolling with photos, first paint.

The floor is one frame of a 60 Hz screen. An answer within one frame is not felt as waiting; the slowest of
twenty may take two.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice, product
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from pos.catalog import post_products
from pos.clock import ZONES, stopped_at
from pos.exhibition import builtin_event
from pos.ledger import Ledger, create, new_device
from pos.model import Product
from pos.paths import photo_path
from pos.shifts import open_shift
from tests.bench.figures import Figure

if TYPE_CHECKING:  # Qt is for those who measure the screen
    from ui.app import App
    from ui.frame import Frame

FRAME_MS = 1000 / 60
FEW, MANY = 100, 10_000
PHOTOS = 200
SIZE = (1366, 768)
STEP = 48  # px per frame: a quick finger
_KINDS = """Nastar Kastengel Semprong Lumer Kemplang Kopi Peci Kemeja Kaos Mug Tas Rehal Kotak Kaligrafi
    Gantungan Taplak Hampers Keripik Celengan Sagu Bangkit Selendang Hijab Mukena Topi Dompet""".split()
_SORTS = """Coklat Cokelat Stroberi Pandan Keju Kayu Ukir Bordir Sulam Batik Sablon Rajut Jumputan
    Songket""".split()
_FOR = "Anak Dewasa Mini Jumbo Lipat Panjang Pendek Bulat Lebaran Kantor Tamu Haji Wisuda Sekolah".split()
_TYPED = "nastar|coklat songket|lehar|nastra|kastangel|3*kopi keju|sablom|2059|lpp|anak".split("|")


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Everything on a shelf of 10,000 goods with 200 photos, offscreen at 1366x768."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import work
    from ui.dress import dress
    from ui.theme import load_theme

    qt = QApplication.instance() or QApplication([])
    dress(load_theme("light"))
    rounds = 1 if quick else 5
    few, many = _booth(folder / "few.lapak", FEW), _booth(folder / "many.lapak", MANY)
    paints = [(_first_paint(few), _first_paint(many)) for _round in range(rounds + 2)][2:]
    _take_photos()
    frame = _frame(_app(many))
    gc.freeze()  # as ui.start does when all is loaded
    cold = _scrolled(frame)
    warm = [took for _round in range(rounds) for took in _scrolled(frame)]
    taps = [took for _round in range(rounds) for took in _taps(frame)]
    keys = [took for _round in range(rounds) for took in _keys(frame)]
    work.finish()
    frame.close()
    few.close()
    many.close()
    qt.processEvents()
    return [
        *_figures("tap to painted cart", taps, "one tile touched, cart and tile painted"),
        *_figures("key to painted hits", keys, "one letter typed; slips and other spellings too"),
        *_figures("scroll frame, new photos", cold, f"{STEP} px; photos decoded behind it meanwhile"),
        *_figures("scroll frame", warm, f"{STEP} px; photos scaled before"),
        Figure(
            f"first paint of {MANY:,} tiles",
            median(paint for _few, paint in paints),
            median(paint for paint, _many in paints),
            1.5,
            f"from the goods to the first tiles on the screen; against {FEW}",
        ),
    ]


def _figures(name: str, took: list[float], what: str) -> Iterator[Figure]:
    most = f"{len(took)} times, at most {max(took):.0f} ms"
    yield Figure(name, median(took), FRAME_MS, 1.0, f"{what}; {MANY:,} goods; median")
    yield Figure(f"{name}, p95", quantiles(took, n=20)[-1], FRAME_MS, 2.0, most)


def _booth(path: Path, count: int) -> Ledger:
    """A booth with an open shift and so many goods, none of them called quite alike."""
    clock = stopped_at(datetime(2023, 4, 14, 14, 7, tzinfo=ZONES["Asia/Jakarta"]))
    ledger = create(path, new_device("S03", "Stan 03", "LPP-PLG", builtin_event()), clock)
    units = [unit.code for unit in builtin_event().institutions]
    names = product(_KINDS, _SORTS, _FOR, (100, 250))
    goods = (
        Product(
            f"P-{n:05d}",
            f"{kind} {sort} {whom} {grams} g",
            10_000 + n * 50,
            units[n % 20],
            f"Jenis {n * 12 // count}",
            barcode=f"20590{n:08d}",
            aliases=(f"{sort} {kind}",),
            image=f"foto-{n % PHOTOS}.jpg",
            position=n,
        )
        for n, (kind, sort, whom, grams) in enumerate(islice(names, count))
    )
    post_products(ledger, tuple(goods))
    open_shift(ledger, "rina", clock.now().date())
    return ledger


def _take_photos() -> None:
    """JPEG files of 1600 x 1200 px that no two goods of a screen share."""
    from PySide6.QtGui import QImage

    photo_path("x").parent.mkdir(parents=True)
    for n in range(PHOTOS):
        noise = QImage(random.Random(n).randbytes(160 * 120 * 4), 160, 120, QImage.Format.Format_RGB32)
        noise.scaled(1600, 1200).save(str(photo_path(f"foto-{n}.jpg")))


def _app(ledger: Ledger) -> App:
    from ui.app import App
    from ui.theme import load_theme

    return App.over(ledger, load_theme("light"))


def _frame(app: App) -> Frame:
    """The window's content on the screen, the pictures still to come."""
    from ui.frame import Frame

    frame = Frame(app)
    frame.resize(*SIZE)
    frame.show()
    frame.activateWindow()
    _paint()
    return frame


def _first_paint(ledger: Ledger) -> float:
    """From a shelf of goods to their first tiles on the screen, in ms."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from ui.theme import load_theme
    from ui.till.goods import shelf_of
    from ui.till.keeper import kept_basket
    from ui.till.till_screen import TillScreen

    class Watch(QObject):
        painted = 0.0

        def eventFilter(self, _grid: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.painted:
                grid.removeEventFilter(self)
                QApplication.sendEvent(grid, event)
                self.painted = time.perf_counter()
                return True
            return False

    shelf, watch = shelf_of(_app(ledger).opening), Watch()
    till = TillScreen(load_theme("light"), kept_basket(_app(ledger)))
    till.divide(*SIZE)
    till.resize(*SIZE)
    grid = till.goods.grid.viewport()
    grid.installEventFilter(watch)
    start = time.perf_counter()
    till.show_shelf(shelf)
    till.show()
    while not watch.painted:
        _paint()
    took = (watch.painted - start) * 1000
    till.close()
    till.deleteLater()
    QApplication.sendPostedEvents(till, QEvent.Type.DeferredDelete)  # what it meant to do later goes with it
    return took


def _paint() -> None:
    """Let Qt do all that is due now, painting last."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    _paint()
    return (time.perf_counter() - start) * 1000


def _scrolled(frame: Frame) -> list[float]:
    """Each frame of running down 200 goods from the top, in ms, at the pace of a screen."""
    grid = frame.desk.till.goods.grid
    grid.load_pictures()
    bar = grid.verticalScrollBar()
    bar.setValue(0)
    _paint()
    took = []
    for n in range(1, PHOTOS * 192 // STEP // 5):
        took.append(_timed(partial(bar.setValue, n * STEP)))
        time.sleep(max(0.0, (FRAME_MS - took[-1]) / 1000))
    return took


def _taps(frame: Frame) -> list[float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    till = frame.desk.till
    grid = till.goods.grid
    grid.verticalScrollBar().setValue(0)
    _paint()
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    took = []
    for n in range(30):
        place = grid.visualRect(grid.goods.index(n % 15)).center()
        took.append(_timed(partial(QTest.mouseClick, grid.viewport(), button, plain, place)))
    till.basket.start_anew()
    _paint()
    return took


def _keys(frame: Frame) -> list[float]:
    from PySide6.QtTest import QTest

    search = frame.desk.till.goods.search
    took = []
    for text in _TYPED:
        took += [_timed(partial(QTest.keyClicks, search.edit, letter)) for letter in text]
        search.clear()
        _paint()
    return took
