"""What is looked at before it is printed: by keyboard, by touch; with printers and without; when it fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from pos import fresh
from tests.printers.test_ways import program
from tests.printers.test_ways import system as system  # noqa: PLC0414 - a fixture
from tests.ui.hands import button, buttons, colors, key, tap, type_text
from tests.ui.opened import Opened
from tests.ui.reports.test_page import frame as frame  # noqa: PLC0414 - a fixture
from tests.ui.reports.test_page import page_of, settle
from ui.frame import Frame
from ui.preview import Preview
from ui.reports.picker import PickSheet

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printers(system: Path) -> Path:
    """A system with two printers: programs that stand in for CUPS."""
    program(system, "lpstat", "printf 'Kantor_A4\\nRuang-Rapat\\n'")
    program(system, "lp", f'echo "$@" > {system}/asked; cat "$5" > {system}/got')
    return system


def preview_of(frame: Frame) -> Preview:
    """What is looked at, opened with Ctrl+P."""
    key(K.Key_P, CTRL)
    settle()
    (found,) = (one for one in frame.findChildren(Preview) if one.isVisible())
    assert found.pages
    return found


def gone(frame: Frame) -> bool:
    QApplication.processEvents()
    return not any(one.isVisible() for one in frame.findChildren(Preview))


def test_all_of_it_with_the_keyboard(frame: Frame, home: Path, opened: Opened) -> None:
    preview = preview_of(frame)
    many = len(preview.pages)
    assert many > 1
    assert f"Halaman 1 dari {many}" in preview.said.text()
    for _press in range(40):
        key(K.Key_PageDown)
    assert preview.here == many - 1
    assert not preview.after.isEnabled()
    for _press in range(40):
        key(K.Key_PageUp)
    assert preview.here == 0
    wide = preview.view.scale
    key(K.Key_F5)
    assert preview.view.scale < wide
    assert preview.fits[True].isChecked()
    assert preview.view.page.height() <= preview.view.viewport().height()
    key(K.Key_Plus)
    assert not any(chip.isChecked() for chip in preview.fits.values())
    key(K.Key_Minus)
    key(K.Key_F5)
    assert preview.view.scale == wide
    key(K.Key_S, CTRL)
    settle()
    assert gone(frame)
    (file,) = (home / "laporan").glob("*.pdf")
    assert opened.names == []  # saved, not printed
    assert file.name in page_of(frame).banner.accessibleName()
    assert len(pypdfium2.PdfDocument(file)) == many


def test_all_of_it_by_touch(frame: Frame, opened: Opened) -> None:
    tap(button(frame, "Cetak"))
    settle()
    (preview,) = (one for one in frame.findChildren(Preview) if one.isVisible())
    tap(preview.after)
    assert preview.here == 1
    tap(preview.before)
    assert preview.here == 0
    wide = preview.view.scale
    tap(preview.smaller)
    tap(preview.larger)
    assert preview.view.scale == pytest.approx(wide)
    tap(preview.fits[True])
    assert preview.view.whole
    (way, other) = ("upright", "across") if preview.ways["across"].isChecked() else ("across", "upright")
    tap(preview.ways[way])  # type: ignore[index]
    settle()
    assert preview.ways[way].isChecked()  # type: ignore[index]
    assert not preview.ways[other].isChecked()  # type: ignore[index]
    assert (preview.pages[0].width > preview.pages[0].height) == (way == "across")
    tap(preview.print, double=True)
    settle()
    assert gone(frame)
    assert len(opened.names) == 1  # twice pressed, once printed


def test_esc_and_the_cross_print_nothing(frame: Frame, home: Path) -> None:
    preview_of(frame)
    key(K.Key_Escape)
    assert gone(frame)
    tap(preview_of(frame).close_button)
    assert gone(frame)
    assert not (home / "laporan").exists()


def test_what_is_seen_is_what_is_printed(frame: Frame, home: Path, opened: Opened) -> None:
    page = page_of(frame)
    page.show_report("products")
    settle()
    page.rows._sort(2)
    preview = preview_of(frame)
    seen = preview.view.accessibleDescription()
    names = [row[2] for row in page.shown()[0].rows]
    places = [seen.index(f"\n{name}\n") for name in names]
    assert places == sorted(places)
    key(K.Key_P, CTRL)
    key(K.Key_P, CTRL)
    settle()
    assert len(opened.names) == 1
    text = pypdfium2.PdfDocument(home / "laporan" / opened.names[0])[0].get_textpage().get_text_bounded()
    for line in seen.split("\n"):
        assert line in text


def test_a_printer_of_the_system_is_chosen_and_remembered(
    frame: Frame, printers: Path, home: Path, opened: Opened
) -> None:
    preview = preview_of(frame)
    assert preview.printer.isVisible()
    tap(preview.printer)
    (sheet,) = (one for one in frame.findChildren(PickSheet) if one.isVisible())
    assert sheet.isVisible()
    type_text("kantor")
    key(K.Key_Return)
    assert preview.printer.text() == "Kantor_A4"
    key(K.Key_P, CTRL)
    settle()
    (file,) = (home / "laporan").glob("*.pdf")
    assert (printers / "asked").read_text() == f"-s -d Kantor_A4 -- {file}\n"
    assert (printers / "got").read_bytes() == file.read_bytes()
    assert opened.names == []
    assert preview_of(frame).printer.text() == "Kantor_A4"


def test_a_printer_that_does_not_take_it_is_told_and_the_preview_stays(frame: Frame, printers: Path) -> None:
    program(printers, "lp", "echo gone >&2; exit 1")
    frame.app.set("page_printer", "Ruang-Rapat")
    preview = preview_of(frame)
    key(K.Key_P, CTRL)
    settle()
    assert preview.isVisible()
    assert preview.fault.text.startswith("Printer Ruang-Rapat tidak menerima halaman ini.")
    assert preview.print.isEnabled()


def test_a_printer_that_is_no_longer_there_is_forgotten(frame: Frame) -> None:
    frame.app.set("page_printer", "Lama")
    preview = preview_of(frame)
    assert not preview.printer.isVisible()
    assert frame.app.setting("page_printer") == ""


def test_a_full_disk_is_one_sentence(frame: Frame, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = preview_of(frame)

    def fail(_draft: Path, _path: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(fresh, "put", fail)
        tap(preview.save)
        settle()
    assert "penuh" in preview.fault.text
    assert list((home / "laporan").iterdir()) == []
    tap(preview.save)
    settle()
    assert gone(frame)


def test_every_control_has_a_name_and_is_large_enough(frame: Frame) -> None:
    preview = preview_of(frame)
    for one in buttons(preview):
        assert one.accessibleName() or one.text()
        assert min(one.width(), one.height()) >= 48


def test_where_both_bars_meet_there_is_nothing(frame: Frame) -> None:
    preview = preview_of(frame)
    for _press in range(4):
        tap(preview.larger)
    view = preview.view
    QApplication.processEvents()
    assert view.horizontalScrollBar().isVisible()
    assert view.verticalScrollBar().isVisible()
    inside = view.viewport().geometry()
    beyond = view.rect().bottomRight() - inside.bottomRight()
    place = QRect(view.mapTo(frame, inside.bottomRight() + QPoint(1, 1)), QSize(beyond.x(), beyond.y()))
    assert len(colors(frame.grab(place).toImage())) == 1
