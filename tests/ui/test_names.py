"""Who cannot see hears what everything is; who cannot point comes everywhere by Tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from tests.books import with_catalogue
from tests.ui.hands import focused, key, show
from tests.ui.shop import desk_of, frame_of
from tests.ui.till.stand import tap_tile
from tests.ui.walk import MANY, walk
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.start import Start
from ui.theme import Theme

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MOST = 120  # presses of Tab: more than there are controls on any screen


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    frame = Frame(App.over(with_catalogue(till, MANY), theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    yield frame
    work.finish()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_control_and_every_row_has_a_name(frame: Frame) -> None:
    nameless = []
    for state in walk(frame):
        QApplication.processEvents()
        for kind in (QAbstractButton, QLineEdit, QAbstractItemView):
            nameless += [
                f"{state}: {type(one).__name__}"
                for one in frame.findChildren(kind)
                if one.isVisible() and not one.accessibleName()
            ]
        for view in frame.findChildren(QAbstractItemView):
            model = view.model()
            if view.isVisible():
                nameless += [
                    f"{state}: row {row} of {view.accessibleName()}"
                    for row in range(model.rowCount())
                    if not model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
                ]
    assert not nameless, "\n".join(dict.fromkeys(nameless))


# Tab


def goes_round(inside: QWidget, *left_out: QWidget) -> None:
    """Tab comes to every control that takes it once, and then begins anew; Shift+Tab goes back."""
    start = focused()
    seen: list[QWidget] = []
    for _press in range(MOST):
        key(K.Key_Tab)
        if focused() is start:
            break
        seen.append(focused())
    assert focused() is start, "it does not come round"
    assert len(seen) == len(set(seen)), "it comes to something twice"
    wanted = {
        one
        for one in inside.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    } - {start, *left_out}
    assert {names(one) for one in wanted - set(seen)} == set()
    assert all(inside.isAncestorOf(one) for one in seen)
    if seen:
        key(K.Key_Backtab)
        assert focused() is seen[-1]


def names(one: QWidget) -> str:
    return f"{type(one).__name__} {one.accessibleName()}"


def test_tab_goes_round_the_till(shop: Start) -> None:
    tap_tile(desk_of(shop), "PECI")
    goes_round(frame_of(shop))


def test_tab_goes_round_the_discount_and_what_lies_around_it(shop: Start) -> None:
    tap_tile(desk_of(shop), "PECI")
    key(K.Key_F3)
    goes_round(frame_of(shop))


def test_tab_goes_round_the_carts_put_aside(shop: Start) -> None:
    for sku in ("PECI", "SEMPRONG"):
        tap_tile(desk_of(shop), sku)
        key(K.Key_F6)
    key(K.Key_F7)
    goes_round(frame_of(shop))


@pytest.mark.parametrize("code", [K.Key_F5, K.Key_F6, K.Key_F7, K.Key_F8, K.Key_F12])
def test_tab_goes_round_within_the_payment_sheet(shop: Start, code: Qt.Key) -> None:
    tap_tile(desk_of(shop), "PECI")
    key(K.Key_F9)
    key(code)
    sheet = desk_of(shop).till.prepared_sheet()
    others = [one for one in sheet.findChildren(QAbstractButton) if group_of(one)]
    goes_round(sheet, *others)


def group_of(one: QAbstractButton) -> bool:
    """Of the ways to pay Tab comes to the chosen one; arrows go on from there."""
    group = one.group()
    return group is not None and group.exclusive() and not one.isChecked()


def test_tab_goes_round_the_done_screen(shop: Start) -> None:
    tap_tile(desk_of(shop), "PECI")
    key(K.Key_F10)
    others = [one for one in frame_of(shop).findChildren(QAbstractButton) if group_of(one)]
    goes_round(frame_of(shop), *others)


def test_tab_goes_round_the_settings(shop: Start) -> None:
    key(K.Key_Comma, CTRL)
    page = frame_of(shop).screens.currentWidget()
    assert page is not None
    others = [one for one in page.findChildren(QAbstractButton) if group_of(one)]
    goes_round(frame_of(shop), *others)


def test_tab_never_leaves_the_sign_in_page(staffed: Start) -> None:
    frame = frame_of(staffed)
    assert frame.page is not None
    for code in (K.Key_Tab, K.Key_Tab, K.Key_Backtab):
        key(code)
        assert focused() is frame.page or frame.page.isAncestorOf(focused())
    assert frame.app.locked


def test_tab_never_leaves_the_map_of_keys(shop: Start) -> None:
    key(K.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    help_map = frame_of(shop).guide.map
    assert help_map is not None
    for _press in range(3):
        key(K.Key_Tab)
        assert focused() is help_map or help_map.isAncestorOf(focused())
