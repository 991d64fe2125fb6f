"""The report of a day on paper: the figures of the text, letterhead and signatures, photos whole."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QImage

from pos.evening import Maker, read_evening
from pos.ledger import Ledger, set_setting
from pos.letterhead import KEY, Letterhead, Signatory, letterhead_text
from pos.money import plain
from pos.receipts.evening_sheets import evening_sheets
from pos.receipts.official import LOWEST
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Picture, Words
from tests.books import DAY, busy_day, event, sell
from tests.ui.evening.photos import as_jpeg


def test_it_tells_what_the_text_tells(till: Ledger) -> None:
    sales = busy_day(till)
    told = read_evening(till, DAY)
    people = (Signatory("Dra. Siti Rahmawati", "Pembina", "197503121998032001", "Kepala Lapas"),)
    set_setting(till, KEY, letterhead_text(Letterhead("Kementerian", "Kanwil", signatories=people)))
    words = [line for sheet in evening_sheets(till, told) for line in sheet.text.split("\n")]
    assert f"Rp{plain(sum(one.total for one in sales))}" in words
    assert "7" in words
    for name in ("KEMENTERIAN", "Kanwil", "Dra. Siti Rahmawati", "NIP 197503121998032001", "Kepala Lapas"):
        assert name in words
    assert "Angka di atas berasal dari laptop ini, sampai 14 April 2023 14.07 WIB." in words
    assert sum(one.qty for one in told.sold) != told.qty
    assert any(line.startswith("Paket dihitung menurut isinya") for line in words)


def test_who_sold_nothing_is_on_it_by_name(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    words = evening_sheets(till, read_evening(till, DAY))[0].text.split("\n")
    assert words.count("Belum laku") == 2
    assert "1 / 3" in words
    assert "Lapas Muara Enim" in words


def test_of_one_institution(till: Ledger) -> None:
    sell(till, {"PECI": 1, "NASTAR-500": 1})
    told = read_evening(till, DAY, institution="LP1-PLG")
    (sheet,) = evening_sheets(till, told)
    assert "Rp50.000" in sheet.text
    assert "1 / 23" in sheet.text
    assert "Nastar" not in sheet.text
    assert sheet.title.endswith("-1404-LP1-PLG")


def test_five_hundred_institutions_take_pages_and_nothing_runs_off_them(till: Ledger) -> None:
    told = read_evening(till, DAY)
    unit = event().institutions[0]
    many = tuple(Maker(replace(unit, code=f"U{n}", name=f"Lapas {n}"), 0, 0) for n in range(531))
    sheets = evening_sheets(till, replace(told, unsold=many))
    assert sum(sheet.text.count("Belum laku") for sheet in sheets) == 531
    for sheet in sheets:
        body = [one.y for one in sheet.stamps if isinstance(one, Words) and one.y < 280]
        assert max(body) <= LOWEST + 4


def test_photos_are_whole_upright_and_on_a_sheet_of_their_own(till: Ledger) -> None:
    photos = [as_jpeg(QImage(*size, QImage.Format.Format_RGB32)) for size in ((800, 600), (300, 900))] * 4
    sheets = evening_sheets(till, read_evening(till, DAY), photos)
    pictures = [[one for one in sheet.stamps if isinstance(one, Picture)] for sheet in sheets]
    assert [len(some) for some in pictures] == [0, 6, 2]
    for one in pictures[1]:
        shape = QImage.fromData(one.data)
        assert abs(one.width / one.height - shape.width() / shape.height()) < 0.01
        assert one.x >= 15
        assert one.x + one.width <= 196
        assert one.y + one.height < 280
    assert pdf_bytes(sheets) == pdf_bytes(sheets)
    assert pdf_bytes(sheets).count(b"/Subtype /Image") == 2  # the same picture is in it once
