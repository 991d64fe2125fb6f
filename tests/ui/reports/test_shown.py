"""What the page says is on it: the tables behind its panels in their order, or the one report as sorted."""

from __future__ import annotations

from pos.ledger import Ledger
from pos.model import Staff
from pos.reports import Period, run_report
from tests.books import DAY
from tests.ui.reports.test_page import frame as frame  # noqa: PLC0414 - a fixture
from tests.ui.reports.test_page import page_of, settle
from ui.frame import Frame

PANELS = ["figures", "hours", "payments", "products", "institutions"]
BELOW = ["categories", "cashiers", "returns", "stock", "orders"]


def names(frame: Frame) -> list[str]:
    return [one.name for one in page_of(frame).shown()]


def test_the_tables_behind_the_panels_in_their_order(frame: Frame, till: Ledger) -> None:
    settle()
    assert names(frame) == PANELS + BELOW
    of_day = Period(DAY, DAY)
    for table in page_of(frame).shown()[1:]:
        asked = Period() if table.name == "stock" else of_day
        assert table.rows == run_report(till, table.name, asked).rows


def test_of_one_institution_only_what_can_be_told(frame: Frame) -> None:
    page = page_of(frame)
    page.ask(page.asked.__class__(institution="LPP-PLG"))
    settle()
    assert names(frame) == ["figures", "days", "products", "institutions", "categories", "stock"]


def test_a_report_as_it_is_sorted(frame: Frame) -> None:
    page = page_of(frame)
    page.show_report("products")
    settle()
    page.rows._sort(2)
    (table,) = page.shown()
    names = [row[2] for row in table.rows]
    assert names == sorted(names)
    assert len(names) == page.rows.model.rowCount()


def test_who_may_not_see_it_is_given_nothing(frame: Frame) -> None:
    frame.app.sign_in(Staff("rina", "Rina Oktaviani"))
    settle()
    assert page_of(frame).shown() == ()


def test_what_leaves_has_the_charts_and_figures_that_are_seen(frame: Frame) -> None:
    settle()
    page = page_of(frame)
    shown = page._to_leave()
    assert shown is not None
    assert shown.drawn is not None
    assert shown.drawn.view is page.view
    cards = [card.accessibleName() for card in page.face.figures]
    assert [", ".join(part for part in one if part) for one in shown.drawn.figures]
    for card, one in zip(cards, shown.drawn.figures, strict=True):
        assert card.startswith(", ".join(part for part in one if part))
    page.show_report("products")
    settle()
    table = page._to_leave()
    assert table is not None
    assert table.drawn is None
