"""Every step fits into every window that the booths have, in the sizes and languages there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.setup import ARCHIVE, FOLDER, NEW, OFFICE, SERVER, THERE, Person, Setup, keep_setup
from pos.text import use_language
from tests.ui.hands import buttons, show
from tests.ui.test_fits import CASES, FINGER, area, cut, name
from ui import work
from ui.dress import dress
from ui.setup.page import SetupPage
from ui.theme import load_theme

LONG = Person("Hj. Siti Nurhaliza binti Muhammad Yusuf Al-Palembani, S.H.", "petugas")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SetupPage]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    people = tuple(Person(f"{LONG.name[:54]} {n}", LONG.role) for n in range(9))
    answers = Setup(
        central_kind=FOLDER,
        central=str(tmp_path / ("hilang" * 12)),
        people=people,
        goods_kind=ARCHIVE,
        goods=str(tmp_path / ("arsip" * 12 + ".lapak")),
    )
    keep_setup(answers, tmp_path)
    page = SetupPage(theme, tmp_path)
    page.resize(width, height)
    show(qtbot, page)
    yield page
    work.finish()
    use_language("id")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("page", CASES, indirect=True, ids=str)
def test_all_steps_fit(page: SetupPage) -> None:
    size = page.size()
    wrong = []
    for number in range(4):
        page._go(number)
        page.step.ask()
        work.finish()
        QApplication.processEvents()
        assert page.size() == size, f"step {number} needs {page.size()}"
        wrong += [f"step {number}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("page", CASES, indirect=True, ids=str)
def test_the_step_of_an_office_fits(page: SetupPage, tmp_path: Path) -> None:
    size, wrong = page.size(), []
    page._use(OFFICE)
    for kind, where in ((NEW, tmp_path / ("hilang" * 12) / "pusat.lapak"), (THERE, ""), (SERVER, "x" * 90)):
        page.answers.change(office_kind=kind, office=str(where))
        page.step.ask()
        page.answers.look()
        work.finish()
        QApplication.processEvents()
        assert page.size() == size, f"{kind} needs {page.size()}"
        wrong += [f"{kind}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def faults(page: SetupPage) -> Iterator[str]:
    for one in buttons(page):
        if min(one.width(), one.height()) < FINGER:
            yield f"{name(one)} has {one.width()} x {one.height()} px for a finger"
        if one.width() < one.minimumSizeHint().width() or one.height() < one.minimumSizeHint().height():
            yield f"{name(one)} is smaller than its words"
        if not one.accessibleName():
            yield f"{type(one).__name__} has no name"
        if not page.step.isAncestorOf(one) and not page.rect().contains(area(one, page)):
            yield f"{name(one)} is out of sight"
    for edit in page.findChildren(QLineEdit):
        if edit.isVisible() and not edit.accessibleName():
            yield "a field has no name"
    for text in page.findChildren(QLabel):
        if text.isVisible() and text.text():
            yield from cut(text)
    for part in page.step.findChildren(QWidget):
        inside = QRect(0, 0, page.width(), 1 << 20)
        shown = part.isVisible() and isinstance(part, QAbstractButton | QLabel)
        if shown and not inside.contains(area(part, page)):
            yield f"{type(part).__name__} runs out at the side"
    for bar in page.findChildren(QScrollBar):
        if bar.isVisible() and bar.orientation().name == "Horizontal" and bar.maximum():
            yield "a step scrolls sideways"
