"""The office's sync page: what is there, what is missing, and a booth's file that is merged by hand."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from pos.chains import reading
from pos.clock import stopped_at
from pos.ledger import Ledger, devices, open_ledger
from pos.model import Sale
from pos.offices import begin_office
from pos.radar import note_slip
from pos.sync import copy_chains
from tests.books import MOMENT, booth, busy_day, sell
from tests.ui.hands import button, focused, tap, texts
from tests.ui.office.room import page_of, settle, sign_in_first
from ui.frame import Frame
from ui.office.merging import MergingPage
from ui.screens import OFFICE
from ui.sync.booth_list import BoothList, BoothRow
from ui.sync.merge_sheet import MergeSheet
from ui.theme import Theme
from ui.till.lettering import weighted

PLACE = next(n for n, screen in enumerate(OFFICE) if screen.place == "sync")


def codes(ledger: Ledger) -> dict[str, str]:
    """The laptops of a ledger, by booth."""
    with ledger.read() as conn:
        return {one.booth: one.code for one in devices(conn).values()}


def test_every_laptop_is_there_and_what_is_missing_is_named(frame: Frame, central: Ledger) -> None:
    page = page_of(frame, MergingPage, PLACE)
    assert [row.short for row in page.booths.model.rows] == ["S03", "S07"]
    assert page.incomplete.value.text() == "0"
    note_slip(central, codes(central)["S07"], 10_000)
    page.refresh()
    settle()
    first = page.booths.model.rows[0]
    assert first.short == "S07"  # what is missing comes first
    assert "belum ada" in first.state[0]
    assert page.incomplete.value.text() == "1"


def test_a_booths_file_is_tried_and_merged_by_hand(frame: Frame, central: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "s11.lapak"
    with closing(booth(path, "S11")) as other:
        busy_day(other)
    page = page_of(frame, MergingPage, PLACE)
    tap(page.go)
    (sheet,) = frame.window().findChildren(MergeSheet)
    sheet.add([path])
    settle()
    assert any("0 ditolak" in text for text in texts(sheet))
    assert "S11" not in codes(central)  # only tried
    tap(sheet.go)
    settle()
    assert any("0 ditolak" in text for text in texts(sheet))
    sheet.leave()
    settle()
    assert [row.short for row in page.booths.model.rows] == ["S03", "S07", "S11"]
    assert "S11" in codes(central)


def test_a_laptop_that_is_only_heard_of_has_no_time(frame: Frame, central: Ledger) -> None:
    """What is there is told of those that are there: never the present moment."""
    page = page_of(frame, MergingPage, PLACE)
    newest = page.newest.value.text()
    note_slip(central, "ABCDEFGH", 5)
    page.refresh()
    settle()
    assert len(page.booths.model.rows) == 3
    assert page.newest.value.text() == newest


def test_a_paper_of_the_office_is_no_news_of_a_booth(frame: Frame, central: Ledger) -> None:
    """It counts as no booth, brings no booth's data up to date, and waits for nobody to hand it over."""
    page = page_of(frame, MergingPage, PLACE)
    newest, booths = page.newest.value.text(), page.booths.count.accessibleName()
    central.clock = stopped_at(MOMENT.replace(hour=20))
    begin_office(central)
    frame.app.posted.emit(None)
    settle()
    page.refresh()
    settle()
    assert len(page.booths.model.rows) == 3
    assert (page.newest.value.text(), page.booths.count.accessibleName()) == (newest, booths)
    assert not frame.buttons[PLACE].accessibleDescription()  # no badge


def test_a_second_history_bears_its_name_in_the_list(theme: Theme, qtbot: QtBot) -> None:
    """It is found under the name that the button promised, not under a code."""
    shown = BoothList(theme)
    qtbot.addWidget(shown)
    row = BoothRow("Stan 03-B", "Rutan", "9 dokumen", ("Terkini", "ok", "check"), "18.04", short="S03B")
    long = row._replace(booth="Koperasi Pegawai Lapas Banyuasin", short="KOP")
    shown.show_rows([row, long], "")
    wide = QFontMetrics(weighted(theme.font("body"), 700)).horizontalAdvance
    assert wide(row.booth) <= shown.model.room < wide(long.booth)


def test_a_second_history_is_seen_in_the_list(
    frame: Frame, central: Ledger, brought: tuple[Path, list[Sale]], tmp_path: Path
) -> None:
    """A copy of a booth's ledger sold on beside it; the first person of the office splits it off."""
    for name, goods in (("satu.lapak", "PECI"), ("dua.lapak", "NASTAR-500")):
        path = shutil.copyfile(brought[0].with_name("s07.lapak"), tmp_path / name)
        with closing(open_ledger(path, stopped_at(MOMENT))) as one:
            sell(one, {goods: 1})
            with reading(one) as source:
                copy_chains(source, central)
    page = page_of(frame, MergingPage, PLACE)
    states = {row.short: row.state[0] for row in page.booths.model.rows}
    assert states["S07"] == "Bercabang"
    assert states["S03"] != "Bercabang"
    tap(page.fork.split_button)
    sign_in_first(frame)
    tap(button(frame.window(), "Ya, pisahkan"))
    settle()
    settle()
    assert not page.fork.forks
    assert focused() is page.go  # not whatever came next to what is gone
    assert {"S07": "Stan S07", "S07B": "Stan S07-B"}.items() <= {
        row.short: row.booth for row in page.booths.model.rows
    }.items()
    office = next(row for row in page.booths.model.rows if row.booth == "KW")
    assert office.name == frame.app.opening.device.event.office  # it is at no institution
