"""The board at the office: over all booths, and on to the receipts."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from tests.books import DAY
from tests.ui.hands import button, show, tap
from tests.ui.office.room import page_of, settle
from ui.app import App
from ui.board.detail import DaySheet
from ui.board.page import BoardPage
from ui.frame import Frame
from ui.office.receipts import ReceiptsPage
from ui.theme import Theme


def test_the_office_sees_all_booths_and_goes_on_to_the_receipts(
    qtbot: QtBot, theme: Theme, central: Ledger
) -> None:
    frame = Frame(App.over(central, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    page = page_of(frame, BoardPage, next(n for n, one in enumerate(frame.menu) if one.place == "board"))
    assert page.board is not None
    assert (page.board.booths, page.board.sold_today) == (2, 3)
    assert not page.side.button.isVisible()  # there is no till
    page.card.grid.opened.emit(0, page.board.days.index(DAY))
    settle()
    (sheet,) = frame.findChildren(DaySheet)
    tap(button(sheet, "Lihat struk"))
    settle()
    receipts = frame.screens.currentWidget()
    assert isinstance(receipts, ReceiptsPage)
    assert (receipts.sought.start, receipts.sought.end, receipts.sought.institution) == (DAY, DAY, "LP1-PLG")
    assert receipts.list.model.rows
