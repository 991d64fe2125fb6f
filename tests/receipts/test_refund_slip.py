"""The slip of what came back in part: which condition, out of which bundle, who allowed it, by which way."""

from __future__ import annotations

import pytest

from pos.approvals import granted
from pos.ledger import Ledger
from pos.receipts.slip import refund_slip
from pos.receipts.text import slip_text
from pos.returns import Item, Wanted, take_back
from tests.books import sell, shift_of


@pytest.mark.parametrize("columns", [48, 32])
def test_it_says_what_came_back_how_and_who_allowed_it(till: Ledger, columns: int) -> None:
    sale = sell(till, {"PECI": 2, "HAMPERS": 1}, "qris")
    peci = next(n for n, part in enumerate(sale.lines[1].parts) if part.sku == "PECI")
    items = (Item(0, 1), Item(0, 1, damaged=True), Item(1, 1, peci))
    reason = "<b>basah</b> \u202e 😀"
    approval = granted(till, "sari", "refund", sale.receipt, reason)
    refund = take_back(
        till, sale, Wanted("a", items, "transfer", reference="BCA 7719"), shift_of(till), "rina", approval
    )
    text = slip_text(refund_slip(till, refund, columns=columns))
    assert text.count("Peci Bordir") == 3
    assert text.count("  Rusak") == 1
    assert "Bagian dari Hampers Lebaran" in text
    assert "Disetujui oleh Sari Wulandari" in text
    assert "Transfer BCA 7719" in text
    assert f"Untuk struk {sale.receipt}" in text
    assert "<b>basah</b>" in text
    assert all(len(line) <= columns for line in text.splitlines())
