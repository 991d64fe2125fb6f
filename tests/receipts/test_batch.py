"""Many receipts in one PDF: every word of each, in its place on A4, and counted."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger
from pos.model import Product
from pos.printing import next_copy
from pos.receipts import batch
from pos.receipts.batch import count_batch, sales_numbered, sales_of_days, slips_on_pages, write_batch
from pos.receipts.blocks import Text
from pos.receipts.slip import sale_slip
from tests.books import DAY, busy_day, sell, with_catalogue
from tests.receipts.test_pdf import files_no_larger_than


def text_of(file: Path) -> list[str]:
    """What each page says."""
    with closing(PdfDocument(file)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_a_day_gives_each_receipt_once_and_then_copies(till: Ledger, tmp_path: Path) -> None:
    sales = busy_day(till)
    found = sales_of_days(till, DAY, DAY)
    assert found == sales
    first = write_batch(till, found, tmp_path / "a.pdf")
    count_batch(till, found)
    second = write_batch(till, found[:2], tmp_path / "b.pdf", "58")
    total = sum(sale.total for sale in sales)
    assert (first.receipts, first.copies, first.total) == (len(sales), 0, total)
    assert second.copies == 2
    text = "".join(text_of(first.file))
    assert [text.count(f"No. {sale.receipt}") for sale in sales] == [1] * len(sales)
    assert "SALINAN" not in text
    assert "".join(text_of(second.file)).count("SALINAN ke-1") == 2
    assert next_copy(till, sales[0].receipt) == 1


def test_codes_on_the_sheets_can_be_scanned_and_nothing_lies_over_the_edge(
    till: Ledger, tmp_path: Path
) -> None:
    sales = busy_day(till)
    for paper, across in (("80", 2), ("58", 3)):
        write_batch(till, sales, tmp_path / f"{paper}.pdf", paper)
        read, columns = set(), set()
        with closing(PdfDocument(tmp_path / f"{paper}.pdf")) as pdf:
            assert {tuple(round(p / 72 * 25.4) for p in page.get_size()) for page in pdf} == {(210, 297)}
            for page in pdf:
                picture = page.render(scale=203 / 72).to_pil().convert("L")
                dark = picture.point(lambda dot: 255 - dot).getbbox()
                assert dark is not None
                assert dark[0] > 70
                assert dark[2] < picture.width - 70
                for code in zxingcpp.read_barcodes(picture):
                    if str(code.format) == "QR Code":
                        read.add(code.text)
                        columns.add(code.position.top_left.x // 100)
        assert read == {f"{sale.receipt} {sale.code}" for sale in sales}
        assert len(columns) == across


def test_a_receipt_longer_than_a_page_goes_on_in_the_next_column(till: Ledger) -> None:
    with_catalogue(till, [Product(f"P{n}", f"Barang nomor {n:03d}", 1_000, "LPP-PLG") for n in range(90)])
    sale = sell(till, {f"P{n}": 1 for n in range(90)})
    slip = sale_slip(till, sale)
    with closing(PdfDocument(slips_on_pages([slip, slip]))) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    rows = [block.left.strip() for block in slip.blocks if isinstance(block, Text) and "nomor" in block.left]
    assert len(rows) == 90
    assert all(text.count(row) == 2 for row in rows)


def test_kuitansi_and_itemised_sheets_follow_each_other(till: Ledger, tmp_path: Path) -> None:
    sales = busy_day(till)[:3]
    assert [
        f"KW-{sale.receipt}" in page
        for sale, page in zip(
            sales, text_of(write_batch(till, sales, tmp_path / "a5.pdf", "a5").file), strict=True
        )
    ] == [True] * 3
    assert len(text_of(write_batch(till, sales, tmp_path / "a4.pdf", "a4").file)) == 3
    count_batch(till, sales, "a4")
    assert (next_copy(till, f"KW-{sales[0].receipt}"), next_copy(till, sales[0].receipt)) == (1, 0)


def test_a_range_of_numbers_is_of_one_laptop_and_goes_up(till: Ledger) -> None:
    sales = busy_day(till)
    assert sales_numbered(till, sales[1].receipt.lower(), sales[3].receipt) == sales[1:4]
    with pytest.raises(Refused, match=sales[3].receipt):
        sales_numbered(till, sales[3].receipt, sales[1].receipt)
    with pytest.raises(Refused, match="S99XX"):
        sales_numbered(till, sales[0].receipt, "S99XX-000001")


def test_days_without_sales_wrong_days_and_too_many_are_refused(
    till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(till)
    with pytest.raises(Refused, match="Tidak ada struk"):
        sales_of_days(till, DAY + timedelta(days=1), None)
    with pytest.raises(Refused, match="mendahului"):
        sales_of_days(till, DAY, DAY - timedelta(days=1))
    with pytest.raises(Refused, match="Tidak ada struk"):
        sales_of_days(till, DAY, DAY, "S99")
    monkeypatch.setattr(batch, "MOST", 3)
    with pytest.raises(Refused, match="lebih dari 3"):
        sales_of_days(till, DAY, DAY)


def test_a_full_disk_leaves_nothing_and_counts_nothing(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"PECI": 1})
    with files_no_larger_than(1_000), pytest.raises(WorldFailed, match=r"a\.pdf"):
        write_batch(till, [sale], tmp_path / "arsip" / "a.pdf")
    assert list((tmp_path / "arsip").iterdir()) == []
    assert next_copy(till, sale.receipt) == 0
