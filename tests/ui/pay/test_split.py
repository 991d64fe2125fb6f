"""Split payments: any number of parts, none forgotten, none taken by a slip of the finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pos.model import Payment
from pos.payments import settle
from pos.text import _
from tests.ui.hands import button, buttons, focused, hold, key, tap, texts, type_text
from tests.ui.pay.booth import Booth, accept, cart
from ui.pay.rows import PartRow

QRIS = Payment("qris", 300_000, 300_000, "7719")


@pytest.fixture
def booth(open_booth: Callable[..., Booth]) -> Booth:
    """Asks for Rp445.000 in parts."""
    booth = open_booth()
    key(Qt.Key.Key_F12)
    return booth


def rows(booth: Booth) -> list[str]:
    """The parts as they are read."""
    return [row.accessibleName() for row in booth.sheet.findChildren(PartRow) if row.isVisible()]


def take_cash(amount: int) -> None:
    type_text(str(amount))
    key(Qt.Key.Key_Return)


def take_qris(booth: Booth, qtbot: QtBot) -> None:
    """Rp300.000 by QRIS, seen by the cashier."""
    key(Qt.Key.Key_F6)
    take_cash(300_000)
    qtbot.waitUntil(button(booth.sheet, _("The money has come")).isEnabled)
    type_text("7719")
    key(Qt.Key.Key_Return)


def test_two_ways_as_in_the_design(booth: Booth, qtbot: QtBot) -> None:
    take_qris(booth, qtbot)
    assert (booth.paid, booth.parts) == ([], [(QRIS,)])
    assert rows(booth) == [
        f"QRIS, Rp300.000, {_('came in')} · …7719",
        f"QRIS, Rp145.000, {_('the rest')}",
    ]
    key(Qt.Key.Key_F5)
    assert rows(booth)[1] == f"{_('Cash')}, Rp145.000, {_('the rest')}"
    type_text("150000")
    assert {_("Change"), "Rp5.000", "Rp300.000"} <= set(texts(booth.sheet))
    tap(accept(booth, 150_000))
    assert booth.paid == [[QRIS, Payment("cash", 145_000, 150_000)]]
    assert not booth.sheet.isVisible()


def test_any_number_of_parts(open_booth: Callable[..., Booth]) -> None:
    booth = open_booth(1_000)
    key(Qt.Key.Key_F12)
    for _part in range(99):
        take_cash(10)
    assert len(rows(booth)) == 4
    assert rows(booth)[0].endswith(f"Rp970, {_('came in')}")
    take_cash(10)
    assert [sum(part.amount for part in sale) for sale in booth.paid] == [1_000]
    assert len(booth.paid[0]) == 100


def test_the_rest_takes_up_what_a_planned_part_leaves(booth: Booth) -> None:
    type_text("100000")
    key(Qt.Key.Key_Insert)
    type_text("200000")
    tap(button(booth.sheet, _("Add a part")))
    assert [row.split(", ")[1] for row in rows(booth)] == ["Rp100.000", "Rp200.000", "Rp145.000"]
    tap(part(booth, 0))
    type_text("5")
    assert [row.split(", ")[1] for row in rows(booth)] == ["Rp100.000", "Rp200.000", "Rp145.000"]
    assert any("Rp244.999" in text for text in texts(booth.sheet))  # no more than that
    key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Backspace)
    assert [row.split(", ")[1] for row in rows(booth)] == ["Rp10.000", "Rp200.000", "Rp235.000"]
    key(Qt.Key.Key_Return)
    assert booth.parts == [(settle("cash", 10_000),)]


def test_a_planned_part_is_removed_and_its_money_joins_the_rest(booth: Booth) -> None:
    type_text("100000")
    key(Qt.Key.Key_Insert)
    tap(remove(booth)[0])
    assert rows(booth) == [f"{_('Cash')}, Rp445.000, {_('the rest')}"]


def test_without_the_rest_the_part_before_it_is_the_rest(booth: Booth) -> None:
    key(Qt.Key.Key_F7)
    type_text("100000")
    key(Qt.Key.Key_Insert)
    key(Qt.Key.Key_F8)
    tap(remove(booth)[1])
    assert rows(booth) == [f"{_('Transfer')}, Rp445.000, {_('the rest')}"]


def test_removing_the_only_part_pays_at_once_after_all(booth: Booth) -> None:
    tap(remove(booth)[0])
    key(Qt.Key.Key_F10)
    assert booth.paid == [[settle("cash", 445_000)]]


def test_what_has_come_in_is_locked(booth: Booth) -> None:
    take_cash(100_000)
    assert remove(booth) == []
    tap(part(booth, 1))
    assert focused().property("text") == "345.000"


def test_only_cash_for_the_rest_gives_change(booth: Booth) -> None:
    key(Qt.Key.Key_F8)
    type_text("445001")
    assert not button(booth.sheet, _("Ask for {amount}").format(amount="Rp445.001")).isEnabled()
    key(Qt.Key.Key_Return)
    assert (booth.paid, booth.parts) == ([], [])


def test_a_part_above_the_limit_of_its_way_is_refused(open_booth: Callable[..., Booth]) -> None:
    booth = open_booth(25_000_000)
    key(Qt.Key.Key_F12)
    key(Qt.Key.Key_F6)
    take_cash(10_000_001)
    assert any("Rp10.000.000" in text for text in texts(booth.sheet))
    assert _("Parts of the payment") in texts(booth.sheet)


def test_far_more_than_the_bill_is_asked_for_twice(booth: Booth) -> None:
    take_cash(90_000_000)
    assert booth.paid == []
    take_cash(90_000_000)
    assert booth.paid == [[Payment("cash", 445_000, 90_000_000)]]


@pytest.mark.parametrize("method", [Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8])
def test_the_second_half_of_a_double_press_takes_nothing(booth: Booth, method: Qt.Key) -> None:
    key(method)
    take_cash(100_000)
    for _press in range(50):
        key(Qt.Key.Key_Return)
    hold(Qt.Key.Key_Return)
    taken = [(settle("cash", 100_000),)] if method == Qt.Key.Key_F5 else []
    assert (booth.paid, booth.parts) == ([], taken)


def test_a_double_click_takes_one_part(booth: Booth) -> None:
    type_text("100000")
    tap(accept(booth, 100_000), double=True)
    assert (booth.paid, booth.parts) == ([], [(settle("cash", 100_000),)])


def test_the_key_of_the_exact_amount_fills_it_in(booth: Booth) -> None:
    take_cash(100_000)
    key(Qt.Key.Key_F10)
    assert focused().property("text") == "345.000"
    key(Qt.Key.Key_Return)
    assert booth.paid == [[settle("cash", 100_000), settle("cash", 345_000)]]


@pytest.mark.parametrize("typed", ["", "0", "445000", "500000"])
def test_a_part_of_its_own_must_be_less_than_the_rest(booth: Booth, typed: str) -> None:
    type_text(typed)
    key(Qt.Key.Key_Insert)
    assert len(rows(booth)) == 1
    assert _("Type how much of the rest this part is.") in texts(booth.sheet)


def test_at_most_three_parts_wait_at_once(booth: Booth) -> None:
    for _part in range(3):
        type_text("1000")
        key(Qt.Key.Key_Insert)
    assert len(rows(booth)) == 3
    assert _("Take in one of these parts first.") in texts(booth.sheet)


def test_going_back_keeps_what_has_come_in(booth: Booth) -> None:
    taken = cart()
    booth.sheet.open_for(taken, "")
    key(Qt.Key.Key_F12)
    take_cash(100_000)
    key(Qt.Key.Key_Escape)
    assert booth.said == ["closed"]
    assert booth.sheet.taken(taken.id) == (settle("cash", 100_000),)
    booth.sheet.open_for(cart(), "")  # the next buyer meanwhile
    key(Qt.Key.Key_F10)
    booth.sheet.open_for(taken, "")
    assert rows(booth)[0] == f"{_('Cash')}, Rp100.000, {_('came in')}"
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_Return)
    assert booth.paid == [[settle("cash", 445_000)], [settle("cash", 100_000), settle("cash", 345_000)]]


def test_parts_outlive_the_program(open_booth: Callable[..., Booth]) -> None:
    booth = open_booth(shown=False)
    booth.sheet.open_for(cart(), "", (QRIS,))
    assert rows(booth)[0] == f"QRIS, Rp300.000, {_('came in')} · …7719"
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_Return)
    assert booth.paid == [[QRIS, settle("cash", 145_000)]]


def test_a_sale_that_could_not_be_stored_is_finished_without_asking_for_money(booth: Booth) -> None:
    same = cart()
    booth.sheet.open_for(same, "")
    key(Qt.Key.Key_F12)
    take_cash(100_000)
    take_cash(345_000)
    booth.sheet.open_for(same, "")
    assert len(rows(booth)) == 2
    tap(button(booth.sheet, _("Finish the sale")))
    assert booth.paid == [[settle("cash", 100_000), settle("cash", 345_000)]] * 2


def test_goods_added_behind_a_payment_make_the_rest_larger(open_booth: Callable[..., Booth]) -> None:
    booth = open_booth(shown=False)
    same = cart()
    booth.sheet.open_for(same, "")
    key(Qt.Key.Key_F12)
    take_cash(400_000)
    key(Qt.Key.Key_Escape)
    booth.sheet.open_for(same.with_qty(0, 2), "")
    assert rows(booth)[1] == f"{_('Cash')}, Rp490.000, {_('the rest')}"
    key(Qt.Key.Key_Escape)
    booth.sheet.open_for(same.with_discount(0, 100_000), "")
    assert any("Rp55.000" in text for text in texts(booth.sheet))
    key(Qt.Key.Key_Return)
    assert booth.paid == []


def test_back_goes_from_the_page_of_a_part_to_the_parts(booth: Booth) -> None:
    key(Qt.Key.Key_F8)
    take_cash(100_000)
    assert _("Type this amount into the card machine") in texts(booth.sheet)
    tap(button(booth.sheet, _("Back")))
    assert _("Parts of the payment") in texts(booth.sheet)
    assert booth.said == []
    key(Qt.Key.Key_Escape)
    assert booth.said == ["closed"]


def test_a_part_whose_money_has_not_come_lets_the_whole_sale_wait(booth: Booth) -> None:
    take_cash(100_000)
    key(Qt.Key.Key_F6)
    take_cash(50_000)
    tap(button(booth.sheet, _("It has not come")))
    assert (booth.said, booth.paid, booth.parts) == (["waiting"], [], [(settle("cash", 100_000),)])


def test_touch_alone_splits_and_pays(booth: Booth, qtbot: QtBot) -> None:
    tap(button(booth.sheet, _("Card")))
    for digit in ("1", "0", "0", "000"):
        tap(button(booth.sheet, digit))
    tap(button(booth.sheet, _("Ask for {amount}").format(amount="Rp100.000")))
    approved = button(booth.sheet, _("The card is approved"))
    qtbot.waitUntil(approved.isEnabled)
    tap(approved)
    tap(button(booth.sheet, _("Cash")))
    tap(part(booth, 1))
    tap(accept(booth, 345_000))
    assert booth.paid == [[settle("card", 100_000), settle("cash", 345_000)]]


def part(booth: Booth, place: int) -> PartRow:
    QApplication.processEvents()  # rows find their places
    return [row for row in booth.sheet.findChildren(PartRow) if row.isVisible()][place]


def remove(booth: Booth) -> list[QAbstractButton]:
    QApplication.processEvents()
    return [found for found in buttons(booth.sheet) if found.accessibleName() == _("Remove this part")]
