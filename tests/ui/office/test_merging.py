"""The office's sync page: what is there, what is missing, and a booth's file that is merged by hand."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pos.ledger import Ledger, devices
from pos.radar import note_slip
from tests.books import booth, busy_day
from tests.ui.hands import tap, texts
from tests.ui.office.room import page_of, settle
from ui.frame import Frame
from ui.office.merging import MergingPage
from ui.screens import OFFICE
from ui.sync.merge_sheet import MergeSheet

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
