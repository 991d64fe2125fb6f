"""From the sample to a booth of one's own and back, by the strip and by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from pos.paths import SAMPLE
from pos.sample import open_sample
from tests.books import booth, set_pin
from tests.ui.hands import button, tap, texts
from tests.ui.shop import PIN, desk_of, frame_of, open_shop, write
from tests.ui.till.stand import in_cart, tap_tile
from ui.appearance import Appearance
from ui.customer.display import CustomerDisplay
from ui.garbage import Garbage
from ui.running import Running
from ui.sample_strip import SampleStrip
from ui.setup.page import SetupPage
from ui.start import Start
from ui.theme import Theme

TRYING = "Anda sedang mencoba data contoh."


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    """The sample, in a home where a booth has its ledger too."""
    home.mkdir()
    open_sample(home / SAMPLE).close()
    with closing(booth(home / "s03.lapak")) as own:
        set_pin(own, "rina", PIN)
    start = open_shop(qtbot, theme, home / SAMPLE)
    yield start
    start.finish()


def tap_setting(start: Start, name: str) -> None:
    """Press a button of the page of settings, wherever it is scrolled to."""
    frame = frame_of(start)
    frame.show_settings()
    wanted = button(frame, name)
    for area in frame.findChildren(QScrollArea):
        if area.isAncestorOf(wanted):
            area.ensureWidgetVisible(wanted)
    tap(wanted)


def test_the_strip_leads_back_to_the_booth_and_the_settings_to_the_sample(
    qtbot: QtBot, start: Start, home: Path
) -> None:
    tap_tile(desk_of(start), "NASTAR-500")
    (strip,) = frame_of(start).findChildren(SampleStrip)
    assert TRYING in texts(strip)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(strip, "Kembali ke stan"))
    frame = frame_of(start)
    assert not frame.app.device.sample
    assert not frame.findChildren(SampleStrip)
    assert frame.app.locked  # as at every start: people have PINs
    write(start, PIN)
    qtbot.waitUntil(lambda: not frame.app.locked)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap_setting(start, "Coba dengan data contoh")
    assert frame_of(start).app.device.sample
    assert in_cart(desk_of(start)) == {"NASTAR-500": 1}  # where it was left
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for kind in (Appearance, CustomerDisplay, Running, Garbage):
        assert len(start.window.findChildren(kind)) == 1, kind  # nothing follows for the tills of before
    with closing(open_ledger(home / "s03.lapak")) as own:
        assert not own.own().sample


def test_the_assistant_opens_from_the_settings_and_leaves_what_is_there(
    qtbot: QtBot, start: Start, home: Path
) -> None:
    tap_setting(start, "Siapkan stan baru")
    qtbot.waitUntil(lambda: bool(start.window.findChildren(SetupPage)))
    (page,) = start.window.findChildren(SetupPage)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(page, "Kembali"))
    assert not frame_of(start).app.device.sample
    assert {path.name for path in home.glob("*.lapak")} == {SAMPLE, "s03.lapak"}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1093, 614)])
def test_the_strip_covers_nothing(qtbot: QtBot, start: Start, width: int, height: int) -> None:
    start.window.resize(width, height)
    qtbot.waitUntil(lambda: frame_of(start).height() == height)
    assert start.window.size().toTuple() == (width, height)
    (strip,) = frame_of(start).findChildren(SampleStrip)
    desk = desk_of(start)
    assert strip.geometry().bottom() < frame_of(start).screens.geometry().top()
    tap_tile(desk, "NASTAR-500")
    pay = desk.till.cart.foot.pay
    corner = pay.mapTo(desk.till.cart, QPoint())
    assert desk.till.cart.rect().contains(pay.rect().translated(corner))
    tap(pay)
    assert desk.till.locked
