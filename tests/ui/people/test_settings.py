"""People in the settings: an officer adds one, changes a role, gives a PIN; a cashier asks an officer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.staff import staff
from tests.ui.hands import button, buttons, show, tap, texts
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.settings.choices import Choices
from ui.settings.people import People
from ui.theme import Theme


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The page of settings, and the officer Sari before it."""
    frame = Frame(App.over(till, theme))
    frame.app.sign_in(frame.app.staff["sari"])
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.show_settings()
    yield frame
    work.finish()


def people(frame: Frame) -> People:
    (page,) = frame.findChildren(People)
    return page


def press(frame: Frame, name: str) -> None:
    """Press a button of the page wherever it is scrolled to."""
    button(people(frame), name).click()
    work.finish()
    QApplication.processEvents()


def test_an_officer_adds_somebody_and_changes_who_they_are(frame: Frame, till: Ledger) -> None:
    (field,) = (
        one for one in people(frame).findChildren(QLineEdit) if one.accessibleName() == "Nama orang baru"
    )
    press(frame, "Tambah")
    assert "Isi namanya dulu." in texts(people(frame))
    field.setText("Dedi <b>Saputra</b>")
    press(frame, "Tambah")
    assert staff(till)["dedi"].name == "Dedi <b>Saputra</b>"
    press(frame, "Ganti peran Dedi <b>Saputra</b>")
    press(frame, "Tidak bertugas lagi")
    assert staff(till)["dedi"].role == ""
    frame.app.lock()
    assert frame.page
    assert not any("Dedi" in one.accessibleName() for one in buttons(frame.page))


def test_a_pin_is_typed_twice_and_kept(frame: Frame, till: Ledger) -> None:
    press(frame, "Ganti PIN Rina Oktaviani")
    fields = [one for one in people(frame).findChildren(QLineEdit) if one.isVisible()]
    first, second = (one for one in fields if one.echoMode() == QLineEdit.EchoMode.Password)
    QTest.keyClicks(first, "481502")
    QTest.keyClicks(second, "481502")
    press(frame, "Simpan")
    assert staff(till)["rina"].pin


def test_a_cashier_asks_an_officer_and_the_table_says_who_may(frame: Frame, till: Ledger) -> None:
    frame.app.sign_in(frame.app.staff["rina"])
    press(frame, "Ganti peran Sari Wulandari")
    (chip,) = (
        one
        for row in people(frame).findChildren(Choices)
        for one in buttons(row)
        if one.accessibleName() == "Kasir" and len(buttons(row)) == 4
    )
    chip.click()
    assert any(one.isVisible() for one in frame.findChildren(ApprovalSheet))
    assert staff(till)["sari"].role == "petugas"
    tap(button(frame.findChildren(ApprovalSheet)[0], "Tidak jadi"))
    press(frame, "Hak tiap peran")
    assert "Membatalkan transaksi" in texts(people(frame))
