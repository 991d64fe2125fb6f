"""The scanner is heard wherever the focus is, and no widget ever gets one of its keys.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QEvent, QEventLoop, Qt, QThread
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pos.cart import new_cart
from pos.model import Product
from tests.ui.hands import button, focused, show, tap
from tests.ui.keyboard import (
    ENTER,
    F9,
    REST_MS,
    SHIFT,
    TAB,
    Move,
    after,
    fingers,
    move,
    play,
    scanner,
    turns,
)
from ui.fields import MoneyField
from ui.numpad import NumPad
from ui.pay.sheet import PaySheet
from ui.scan_burst import ScanSettings
from ui.scanner import Scanner
from ui.tell import tell
from ui.theme import Theme
from ui.widgets import Button

CODE = "8991234567890"


class Ear(Scanner):
    """A scanner's filter that writes down what it tells."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app, ScanSettings(quick_repeat=True))
        self.codes: list[str] = []
        self.refusals: list[str] = []
        self.scanned.connect(self.codes.append)
        self.refused.connect(self.refusals.append)


class Desk(QWidget):
    """A window with a field and a button; it writes down which keys reach it and how often it was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.money = MoneyField("Uang", theme)
        self.pad = NumPad(theme)
        self.pay = Button("Bayar", theme=theme)
        self.pad.pressed.connect(self.money.press)
        self.pay.clicked.connect(lambda: self.pressed.append("pay"))
        self.pressed: list[str] = []
        column = QVBoxLayout(self)
        for widget in (self.field, self.money, self.pad, self.pay):
            column.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody wanted. A scanner's Shift comes through too, and writes nothing."""
        if event.key() != SHIFT:
            self.pressed.append(event.text() or str(event.key()))


class Log(QLineEdit):
    """A field that writes down its key events, presses as the character, releases in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.log = ""

    def event(self, event: QEvent) -> bool:
        """Every event that comes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.log += event.text()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            self.log += f"({event.text()})"
        return super().event(event)


@pytest.fixture
def ear(qapp: QApplication) -> Iterator[Ear]:
    ear = Ear(qapp)
    ear.install()
    yield ear
    ear.remove()
    ear.deleteLater()


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    desk = Desk(theme)
    show(qtbot, desk)
    desk.field.setFocus()
    return desk


def rest() -> list[Move]:
    """A key that writes nothing and ends whatever is held."""
    return [move(0, F9, down=True)]


def test_a_scan_reaches_no_field_50(ear: Ear, desk: Desk) -> None:
    desk.field.setText("3*")
    play(scanner(CODE, [0, *[8] * 13]))
    assert (ear.codes, desk.field.text(), desk.pressed) == ([CODE], "3*", [])
    assert not desk.field.isUndoAvailable()


@pytest.mark.parametrize("end", [ENTER, TAB, None])
@pytest.mark.parametrize("gap", [1, 30])
@pytest.mark.parametrize("place", ["field", "money", "pay", "pad"])
def test_a_scan_leaves_every_place_as_it_was(
    place: str, gap: int, end: Qt.Key | None, ear: Ear, desk: Desk
) -> None:
    desk.money.set_amount(50_000)
    target: QWidget = getattr(desk, place)
    target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    target.setFocus()
    before = focused()
    play(scanner("A 12 z+-*", [0, *[gap] * (8 if end is None else 9)], end))
    play(rest(), start_ms=1000 + 9 * gap + REST_MS)
    assert ear.codes == ["A 12 z+-*"]
    assert (desk.field.text(), desk.money.amount, desk.pressed) == ("", 50_000, [str(F9.value)])
    assert focused() is before


def test_typing_is_delivered_with_every_press_and_release_in_order(ear: Ear, qtbot: QtBot) -> None:
    field = Log()
    show(qtbot, field)
    play(after([fingers("na", [0, 15]), rest()], [0, REST_MS]))
    assert (field.text(), field.log) == ("na", "na(n)(a)")
    assert ear.codes == []


def test_what_is_held_comes_when_nothing_follows(ear: Ear, desk: Desk, qtbot: QtBot) -> None:
    play([move(0, "n", down=True)])
    assert desk.field.text() == ""
    qtbot.waitUntil(lambda: desk.field.text() == "n")
    assert ear.codes == []


def test_silence_ends_a_scan(ear: Ear, desk: Desk, qtbot: QtBot) -> None:
    play(scanner(CODE, [0, *[8] * 12], None))
    assert ear.codes == []
    qtbot.waitUntil(lambda: ear.codes == [CODE])
    assert desk.field.text() == ""


def test_hands_are_never_in_the_way_of_a_button(ear: Ear, desk: Desk) -> None:
    desk.pay.setFocus()
    play(after([[move(0, " ", down=True), move(70, " ", down=False)], rest()], [0, REST_MS]))
    assert desk.pressed[:1] == ["pay"]
    desk.pressed.clear()
    play([move(0, ENTER, down=True)])
    assert desk.pressed == ["pay"]
    assert ear.codes == []


def test_a_second_enter_of_the_scanner_presses_nothing(ear: Ear, desk: Desk) -> None:
    desk.pay.setFocus()
    play(after([scanner(CODE, [0, *[8] * 13]), [move(0, ENTER, down=True)]], [0, 8]))
    assert (ear.codes, desk.pressed) == ([CODE], [])


def test_a_scan_pays_nothing_50(ear: Ear, desk: Desk, theme: Theme) -> None:
    """The payment sheet takes Enter for "received", digits for the amount, and F-keys for the method."""
    paid: list[object] = []
    sheet = PaySheet(desk, theme)
    sheet.paid.connect(paid.append)
    sheet.open_for(new_cart().add(Product("NASTAR-500", "Nastar 500 g", 65_000, "LPP-PLG")), "S03-1")
    field = focused()
    assert isinstance(field, QLineEdit)
    before = field.text()
    play(scanner(CODE, [0, *[8] * 13]))
    assert (ear.codes, paid, field.text()) == ([CODE], [], before)
    assert sheet.isVisible()


def test_a_scan_answers_no_dialog(ear: Ear, desk: Desk, theme: Theme) -> None:
    dialog = tell(desk, theme, "Kertas habis", "Transaksi tetap tersimpan.")
    play(scanner(CODE, [0, *[8] * 13]))
    assert ear.codes == [CODE]
    assert dialog.isVisible()
    button(dialog, "Tutup").click()


def test_keys_that_come_through_the_window_are_heard_once(ear: Ear, desk: Desk) -> None:
    play(scanner(CODE, [0, *[8] * 13]), to=desk.windowHandle())
    play(after([fingers("n", [0]), rest()], [0, REST_MS]), to=desk.windowHandle(), start_ms=5000)
    assert (ear.codes, desk.field.text()) == ([CODE], "n")


def test_shortcuts_hear_hands_and_no_scanner(ear: Ear, desk: Desk) -> None:
    fired: list[str] = []
    for name in ("8", "Return", "Ctrl+P"):
        QShortcut(QKeySequence(name), desk).activated.connect(lambda name=name: fired.append(name))
    desk.pay.setFocus()
    play(scanner(CODE, [0, *[8] * 13]))
    assert (ear.codes, fired) == ([CODE], [])
    play(after([fingers("8", [0]), [move(0, ENTER, down=True)]], [0, REST_MS]), start_ms=5000)
    assert fired == ["8", "Return"]


def test_a_shortcut_comes_after_what_was_typed_before_it(ear: Ear, desk: Desk) -> None:
    seen: list[str] = []
    QShortcut(QKeySequence("F9"), desk).activated.connect(lambda: seen.append(desk.field.text()))
    play([move(0, "5", down=True), move(20, F9, down=True)])
    assert seen == ["5"]
    assert ear.codes == []


def test_a_tap_comes_after_what_was_typed_before_it(ear: Ear, desk: Desk) -> None:
    seen: list[str] = []
    desk.pay.clicked.connect(lambda: seen.append(desk.field.text()))
    play([move(0, "5", down=True)])
    tap(desk.pay)
    assert seen == ["5"]
    assert ear.codes == []


def test_a_tap_amid_a_scan_does_not_break_it(ear: Ear, desk: Desk) -> None:
    moves = scanner(CODE, [0, *[8] * 13])
    play(moves[:16])
    tap(desk.pay)
    play(moves[16:])
    assert (ear.codes, desk.pressed, desk.field.text()) == ([CODE], ["pay"], "")


def test_keys_go_to_who_had_the_focus_when_they_came(ear: Ear, desk: Desk) -> None:
    play([move(0, "5", down=True)])
    desk.money.setFocus()
    play(rest())
    assert (desk.field.text(), desk.money.amount) == ("5", None)
    assert ear.codes == []


def test_keys_of_a_field_that_is_gone_go_nowhere(ear: Ear, desk: Desk, qtbot: QtBot) -> None:
    other = QLineEdit(desk)
    other.show()
    other.setFocus()
    play([move(0, "5", down=True)])
    desk.field.setFocus()
    with qtbot.waitSignal(other.destroyed):
        other.deleteLater()
    play(rest())
    assert (ear.codes, desk.field.text(), isValid(other)) == ([], "", False)


def test_a_held_key_repeats_where_it_began(ear: Ear, desk: Desk) -> None:
    play([move(0, "8", down=True)])
    for _time in range(20):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_8, Qt.KeyboardModifier.NoModifier, "8", True, 1)
        QApplication.sendEvent(desk.field, event)
    assert (ear.codes, desk.field.text()) == ([], "8" * 21)


def test_a_key_that_was_scanned_does_not_go_on_as_typing(ear: Ear, desk: Desk) -> None:
    play([one for one in scanner(CODE, [0, *[8] * 13]) if one.down])
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0", True, 1)
    QApplication.sendEvent(desk.field, event)
    assert (ear.codes, desk.field.text()) == ([CODE], "")


def test_what_can_be_no_code_is_refused_with_a_reason_44(ear: Ear, desk: Desk) -> None:
    play(scanner("8" * 4000, [0, *[1] * 4000]))
    assert (ear.codes, ear.refusals, desk.field.text()) == ([], ["too long"], "")
    play(after([fingers("8", [0]), rest()], [0, REST_MS]), start_ms=9000)
    assert desk.field.text() == "8"


def test_a_busy_program_breaks_no_scan(ear: Ear, desk: Desk, qapp: QApplication) -> None:
    """Where keys bear the time at which they are read, a gap says nothing while the program was busy."""
    moves = scanner(CODE, [0] * 14)
    unstamped(moves[:2])
    QThread.msleep(70)
    unstamped(moves[2:4])
    QThread.msleep(70)
    qapp.processEvents()  # the timer is far too late by now, and may not speak before the keys that wait
    unstamped(moves[4:])
    assert (ear.codes, desk.field.text()) == ([CODE], "")


def unstamped(moves: Sequence[Move]) -> None:
    """As programs send keys: without a time."""
    for one in moves:
        kind = QEvent.Type.KeyPress if one.down else QEvent.Type.KeyRelease
        QApplication.sendEvent(focused(), QKeyEvent(kind, one.key, one.modifiers, one.text))


def test_a_scan_is_heard_while_a_delivered_key_is_still_at_work(ear: Ear, qtbot: QtBot) -> None:
    """A key that opens a dialog returns when that is closed."""

    class Opens(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            if event.text() == "x":
                play(scanner(CODE, [0, *[8] * 13]), to=self, start_ms=5000)
                QEventLoop().processEvents()

    window = Opens()
    show(qtbot, window)
    window.setFocus()
    play(after([fingers("x", [0]), rest()], [0, REST_MS]))
    assert ear.codes == [CODE]


@pytest.mark.usefixtures("desk")
def test_nothing_is_left_behind(ear: Ear) -> None:
    """The copies of events belong to nobody: kept, they would fill the memory in a day of typing."""
    play(scanner(CODE, [0, *[8] * 12], None))
    copies = [event for _receiver, event in ear._held]
    play([move(100, ENTER, down=True)])
    assert len(copies) == 26
    assert not any(isValid(copy) for copy in copies)
    assert ear._held == []
    assert ear._swallowed == {ENTER.value}
    assert ear.codes == [CODE]


def test_removed_it_hears_nothing_and_gives_out_what_it_held(qapp: QApplication, desk: Desk) -> None:
    ear = Ear(qapp)
    ear.install()
    play([move(0, "5", down=True)])
    ear.remove()
    assert desk.field.text() == "5"
    play(scanner("8991", [0, 5, 5, 5, 5]), start_ms=5000)
    assert (ear.codes, desk.field.text()) == ([], "58991")


def test_settings_count_at_once(ear: Ear, desk: Desk) -> None:
    ear.settings = ScanSettings(prefix="*")
    play(scanner("*8991", [0, 5, 5, 5, 5, 5]))
    assert (ear.codes, desk.pressed) == (["8991"], [])


@pytest.mark.usefixtures("qapp")
@settings(max_examples=60)
@given(turns())
def test_hands_and_scanner_in_turns(turns: tuple[str, list[str], list[Move]]) -> None:
    """Whatever is typed stands in the field, in order; whatever is scanned is told, and nowhere else."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    text, codes, moves = turns
    ear, field = Ear(app), QLineEdit()
    ear.install()
    play(after([moves, rest()], [0, REST_MS]), to=field)
    ear.remove()
    assert (field.text(), ear.codes) == (text, codes)
