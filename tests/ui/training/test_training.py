"""Training: into it from the till and from the sign-in page, a guided sale, and back to where one was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from pos.paths import TRAINING
from pos.practice import is_training
from pos.receipts.table_sheets import shown_sheets
from pos.reports import Period, run_report
from tests.books import set_pin
from tests.ui.hands import button, buttons, key, tap, wait_for
from tests.ui.shop import GOODS, PIN, books_of_today, come_back, desk_of, frame_of, open_shop, write
from tests.ui.till.stand import in_cart, sales, tap_stepper, tap_tile
from ui.frame import Frame
from ui.reports.leaving import report_shown
from ui.start import Start
from ui.status_bar import StatusBar
from ui.theme import Theme
from ui.training.coach import bubble_place
from ui.training.lesson import STEPS, Lesson
from ui.training.printer import PracticePrinter
from ui.training.scanner import UNKNOWN, PracticeScanner
from ui.which_books import find_ledger
from ui.widgets import Tag

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, without a screen
BACK = "Kembali ke stan"


@pytest.fixture(scope="module")
def own_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a booth where Rina has a PIN, made once."""
    path = tmp_path_factory.mktemp("stan") / "s03.lapak"
    with closing(books_of_today(path, GOODS)) as ledger:
        set_pin(ledger, "rina", PIN)
    return path


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path, own_books: Path) -> Iterator[Start]:
    """The program over it, in home(); nobody has signed in yet."""
    home.mkdir()
    shutil.copy(own_books, home / "s03.lapak")
    start = open_shop(qtbot, theme, home / "s03.lapak")
    yield start
    start.finish()


def sign_in(qtbot: QtBot, start: Start) -> None:
    write(start, PIN)
    qtbot.waitUntil(lambda: not frame_of(start).app.locked)


def train(qtbot: QtBot, start: Start) -> Lesson:
    """By the menu of the cart."""
    tap(button(frame_of(start), "Lainnya untuk keranjang ini"))
    (menu,) = (one for one in frame_of(start).findChildren(QMenu) if one.isVisible())
    (entry,) = (one for one in menu.actions() if one.text() == "Mulai latihan")
    with qtbot.waitSignal(start.settled, timeout=20_000):
        entry.trigger()
        menu.close()
    come_back(qtbot, start)
    assert is_training(frame_of(start).app.device)
    return lesson_of(start)


def press(qtbot: QtBot, start: Start, name: str) -> None:
    """Press a button that leads to other books, and wait until they are there."""
    (wanted,) = (one for one in buttons(frame_of(start)) if one.accessibleName() == name and one.isEnabled())
    with qtbot.waitSignal(start.settled, timeout=20_000):
        wanted.click()


def lesson_of(start: Start) -> Lesson:
    (lesson,) = frame_of(start).findChildren(Lesson)
    return lesson


def test_back_from_training_the_cart_waits_and_nobody_signs_in_again(
    qtbot: QtBot, start: Start, home: Path
) -> None:
    sign_in(qtbot, start)
    tap_tile(desk_of(start), "PECI")
    train(qtbot, start)
    assert in_cart(desk_of(start)) == {}
    assert frame_of(start).app.cashier.code == "rina"
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F10)
    sale = desk_of(start).sale
    assert sale is not None
    assert sale.receipt == "LATIHAN-000001"
    press(qtbot, start, BACK)
    frame = frame_of(start)
    assert not is_training(frame.app.device)
    assert not frame.app.locked
    assert frame.app.cashier.code == "rina"
    assert in_cart(desk_of(start)) == {"PECI": 1}
    assert sales(frame.app.ledger) == 0
    with closing(open_ledger(home / TRAINING)) as training:
        assert sales(training) == 1


def test_from_the_sign_in_page_it_is_one_step_without_a_pin_and_so_back(
    qtbot: QtBot, start: Start, home: Path
) -> None:
    assert frame_of(start).app.locked
    press(qtbot, start, "Mulai latihan")
    assert is_training(frame_of(start).app.device)
    assert not frame_of(start).app.locked
    assert frame_of(start).app.cashier.name == "Peserta latihan"
    assert find_ledger(None) == home / "s03.lapak"  # what the next start begins with
    press(qtbot, start, BACK)
    assert frame_of(start).app.locked
    sign_in(qtbot, start)
    train(qtbot, start)
    frame_of(start).app.lock()  # somebody else may come back than went
    press(qtbot, start, BACK)
    assert not is_training(frame_of(start).app.device)
    assert frame_of(start).app.locked


def test_codes_and_reports_of_it_bear_its_own_word(qtbot: QtBot, start: Start) -> None:
    press(qtbot, start, "Mulai latihan")
    tap_tile(desk_of(start), "PECI")
    tap(desk_of(start).till.cart.foot.pay)
    sheet = desk_of(start).till.prepared_sheet()
    with qtbot.waitSignal(sheet.showing) as told:
        sheet.show_method("qris")
    assert told.args[0].practice == "LATIHAN"
    app = frame_of(start).app
    shown = report_shown(app, run_report(app.ledger, "products", Period()), Period(), (), ())
    assert "LATIHAN - BUKAN BUKTI" in shown_sheets(shown)[0].text


def test_all_round_is_yellow_in_both_modes_and_nothing_is_covered(qtbot: QtBot, start: Start) -> None:
    press(qtbot, start, "Mulai latihan")
    for mode, size in (("light", (1366, 768)), ("dark", (1093, 614))):
        start.window.resize(*size)
        former = frame_of(start)
        if former.app.theme.mode != mode:
            former.app.set("theme", mode)
            assert wait_for(partial(_is_another, start, former))
        lesson_of(start).end()
        frame = frame_of(start)
        assert wait_for(partial(_is_so_large, start, size))
        image = frame.grab().toImage()
        for n in range(20):
            x, y = size[0] * n // 20, size[1] * n // 20
            places = (x, 2), (x, size[1] - 3), (2, y), (size[0] - 3, y)
            assert {image.pixelColor(*place).name() for place in places} == {"#ffc933"}
        (bar,) = frame.findChildren(StatusBar)
        assert "LATIHAN" in {tag.accessibleName() for tag in bar.findChildren(Tag)}
        inner = frame.contentsRect()
        assert all(inner.contains(part.geometry()) for part in (frame.rail, frame.screens, frame.status))
        tap_tile(desk_of(start), "NASTAR-500")
        tap(desk_of(start).till.cart.foot.pay)
        key(Qt.Key.Key_Escape)


def test_the_guide_goes_comes_and_lets_whoever_is_quicker_go_on(qtbot: QtBot, start: Start) -> None:
    press(qtbot, start, "Mulai latihan")
    lesson = lesson_of(start)
    assert shown(lesson) == "Langkah 1 dari 8"
    tap(button(lesson.coach.bubble, "Lewati panduan"))
    assert not lesson.coach.isVisible()
    assert shown(lesson) == ""
    tap(button(frame_of(start), "Panduan"))
    assert shown(lesson) == "Langkah 1 dari 8"
    write(start, "nastar")  # the guide takes no keyboard
    assert desk_of(start).till.goods.search.text == "nastar"
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)  # the orders: nothing of the sale is in sight
    lesson.look()
    assert shown(lesson) == ""
    key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: lesson.place == 5)
    assert shown(lesson) == "Langkah 6 dari 8"


def test_when_it_cannot_be_made_the_booth_goes_on_and_says_so(qtbot: QtBot, start: Start, home: Path) -> None:
    sign_in(qtbot, start)
    tap_tile(desk_of(start), "PECI")
    (home / TRAINING).mkdir()
    with qtbot.waitSignal(start.settled, timeout=20_000):
        frame_of(start).app.training_wanted.emit(True)
    frame = frame_of(start)
    assert not is_training(frame.app.device)
    assert in_cart(desk_of(start)) == {"PECI": 1}
    assert desk_of(start).till.goods.banner.isVisible()


def test_the_guide_leads_through_a_sale_and_waits_for_each_step(qtbot: QtBot, start: Start) -> None:
    sign_in(qtbot, start)
    lesson = train(qtbot, start)
    (scanner,) = frame_of(start).findChildren(PracticeScanner)
    (printer,) = frame_of(start).findChildren(PracticePrinter)
    desk, till = desk_of(start), desk_of(start).till

    def at(place: int) -> None:
        qtbot.waitUntil(lambda: lesson.place == place)
        lesson.look()
        assert lesson.place == place  # it waits
        assert shown(lesson) == f"Langkah {place + 1} dari 8"

    at(0)
    tap_tile(desk, "PECI")
    at(1)
    tap_tile(desk, "PECI")  # a tap is no scan
    at(1)
    tap(button(frame_of(start), "Pemindai latihan"))
    tap(button(scanner, "Kode yang tidak dikenal"))
    assert UNKNOWN in till.goods.banner.accessibleName()
    at(1)
    tap(button(scanner, "Kerupuk Kemplang"))
    at(2)
    assert in_cart(desk) == {"PECI": 2, "KERUPUK": 1}
    tap(button(scanner, "Tutup"))
    tap_stepper(desk, 1, "more")
    at(3)
    tap(till.cart.foot.pay)
    at(4)
    key(Qt.Key.Key_Escape)
    lesson.look()
    assert lesson.place == 4
    tap(till.cart.foot.pay)
    assert till.sheet is not None
    tap(buttons(till.sheet.cash.amounts)[1])
    at(5)
    qtbot.waitUntil(printer.isVisible)  # the receipt that comes by itself
    at(5)
    tap(button(printer, "Tutup"))
    tap(button(desk, "Cetak lagi"))
    at(6)
    assert printer.isVisible()
    tap(button(printer, "Tutup"))
    at(7)
    tap(button(desk, "Transaksi baru"))
    qtbot.waitUntil(lambda: lesson.place == len(STEPS))
    assert lesson.coach.bubble.words.text() == "Anda sudah bisa menjual."
    assert in_cart(desk) == {}
    tap(button(lesson.coach.bubble, "Ulangi"))
    at(0)


INSIDE = QRect(0, 0, 1000, 600)
SIZE = QSize(300, 120)


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (QRect(100, 100, 200, 50), "below"),
        (QRect(100, 550, 200, 50), "above"),
        (QRect(700, 10, 290, 580), "left"),
        (QRect(10, 10, 290, 580), "right"),
    ],
)
def test_the_bubble_never_covers_what_it_is_about(target: QRect, side: str) -> None:
    place = bubble_place(target, SIZE, INSIDE, 10, QRect())
    assert place.size() == SIZE
    assert INSIDE.contains(place)
    assert not place.intersects(target)
    beyond = {
        "below": place.top() > target.bottom(),
        "above": place.bottom() < target.top(),
        "left": place.right() < target.left(),
        "right": place.left() > target.right(),
    }
    assert beyond[side]


def test_without_anything_to_point_at_the_bubble_is_in_the_middle() -> None:
    for target in (QRect(), INSIDE):
        assert bubble_place(target, SIZE, INSIDE, 10, QRect()).center() == INSIDE.center()


def test_it_leaves_free_what_its_words_are_about_where_there_is_room() -> None:
    target = QRect(10, 450, 120, 50)  # above it is the change
    place = bubble_place(target, SIZE, INSIDE, 10, QRect(10, 100, 800, 300))
    assert INSIDE.contains(place)
    assert place.left() > target.right()
    assert bubble_place(target, SIZE, INSIDE, 10, INSIDE) == bubble_place(target, SIZE, INSIDE, 10, QRect())


def test_beside_a_high_one_it_goes_down_off_what_is_free() -> None:
    target, free = QRect(560, 40, 400, 520), QRect(20, 240, 520, 120)
    assert bubble_place(target, SIZE, INSIDE, 10, QRect()).intersects(free)
    place = bubble_place(target, SIZE, INSIDE, 10, free)
    assert not place.intersects(free)
    assert place.bottom() == target.bottom()


def _is_another(start: Start, former: Frame) -> bool:
    return start.frame is not former


def _is_so_large(start: Start, size: tuple[int, int]) -> bool:
    return frame_of(start).size().toTuple() == size


def shown(lesson: Lesson) -> str:
    """How far the guide says that one is."""
    bubble = lesson.coach.bubble
    return bubble.count.text() if bubble.isVisible() else ""
