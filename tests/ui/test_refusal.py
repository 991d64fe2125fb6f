"""A damaged ledger at the start: what can be read is rescued by one press, and the till sells on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.engines import settle
from pos.ledger import Ledger
from tests.books import documents, sell
from tests.test_salvage import page_of, wreck
from tests.ui.hands import button, tap, texts, wait_for
from tests.ui.till.stand import sales
from ui.refusal import Refusal
from ui.start import Start
from ui.theme import Theme
from ui.window import Window


def wrecked(till: Ledger) -> Path:
    """Its ledger after 30 sales, whose last documents cannot be read; the goods can."""
    for _sale in range(30):
        sell(till, {"PECI": 1})
    (chain,) = documents(till).values()
    till.close()
    assert till.path
    settle(till.path)
    wreck(till.path, page_of(till.path, chain[-1]))
    return till.path


def test_the_refusal_stays_after_goods_that_were_shown_already(
    qtbot: QtBot, theme: Theme, till: Ledger
) -> None:
    start = Start(Window(theme), wrecked(till))
    qtbot.addWidget(start.window)
    painted = QSignalSpy(start.window.painted)
    start.window.show()
    qtbot.waitUntil(lambda: painted.count() == 3, timeout=20_000)  # the outline, the goods, the refusal
    QApplication.processEvents()
    assert start.frame is None
    assert start.window.findChildren(Refusal)
    start.finish()


def test_what_can_be_read_is_rescued_and_the_till_sells_on(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    start = Start(Window(theme), wrecked(till))
    qtbot.addWidget(start.window)
    start.window.show()
    qtbot.waitUntil(lambda: bool(start.window.findChildren(Refusal)), timeout=20_000)
    tap(button(start.window, "Selamatkan yang terbaca"))
    qtbot.waitUntil(lambda: start.running is not None, timeout=20_000)
    assert start.frame is not None
    ledger = start.frame.app.ledger
    assert 20 < sales(ledger) < 31
    banner = start.frame.desk.till.goods.banner
    assert wait_for(
        lambda: "Tidak terbaca" in banner.accessibleName() or "ada lagi" in banner.accessibleName()
    )
    assert ".lama" in banner.accessibleName()
    sell(ledger, {"PECI": 1})
    start.finish()


def test_a_file_of_which_nothing_can_be_read_says_so_and_stays(
    qtbot: QtBot, theme: Theme, tmp_path: Path, till: Ledger
) -> None:
    till.close()
    assert till.path
    settle(till.path)
    content = bytearray(till.path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path = tmp_path / "rusak.lapak"
    path.write_bytes(content)
    start = Start(Window(theme), path)
    qtbot.addWidget(start.window)
    start.window.show()
    qtbot.waitUntil(lambda: bool(start.window.findChildren(Refusal)), timeout=20_000)
    tap(button(start.window, "Selamatkan yang terbaca"))
    assert wait_for(lambda: any("Tidak ada yang terbaca" in text for text in texts(start.window)))
    assert button(start.window, "Pulihkan").isEnabled()
    assert path.read_bytes() == bytes(content)
    start.finish()
