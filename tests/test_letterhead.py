"""The letterhead and the duty stamp: what is set, what holds when nothing is, and where it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.catalog import institutions
from pos.ledger import Ledger, set_setting
from pos.letterhead import (
    KEY,
    STAMP_KEY,
    Letterhead,
    Signatory,
    letterhead,
    letterhead_for,
    letterhead_of,
    letterhead_text,
    stamped,
)
from pos.model import Product, Sale
from pos.offices import begin_office
from pos.receipts.kuitansi import kuitansi
from pos.receipts.settlement import settlement_sheets
from pos.receipts.sheet import Frame
from pos.settings import MOST, valid
from pos.settling import preview
from tests.books import sell, with_catalogue
from tests.receipts.test_kuitansi import inside, words
from tests.sync.world import take

HEAD = Letterhead(
    "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia",
    "Kantor Wilayah Sumatera Selatan",
    "Lapas Perempuan Palembang",
    "Jl. Merdeka No. 1, Palembang 30132",
    (
        Signatory("Dra. Hj. Siti Rahmawati, Bc.IP., M.H.", "Pembina (IV/a)", "197503121998032001", "Kepala"),
        Signatory("Rina Oktaviani", "Penata Muda", "199001012015032002", "Bendahara"),
    ),
)


def table(till: Ledger, price: int) -> Sale:
    """The sale of one thing that costs `price`."""
    with_catalogue(till, [Product("MEJA", "Meja ukir", price, "LPP-PLG", position=9)])
    return sell(till, {"MEJA": 1}, "transfer")


def test_without_any_it_is_the_exhibitions_and_the_institutions(till: Ledger, collector: Ledger) -> None:
    assert letterhead(till).lines == (
        "Kanwil Kemenkumham Sumatera Selatan",
        "Lapas Perempuan Kelas IIA Palembang",
    )
    assert letterhead(collector).lines == ()


def test_an_office_belongs_to_no_institution(till: Ledger, collector: Ledger) -> None:
    """Its laptop, as every one, has one, which is nothing to put on a paper that is signed."""
    take(till, collector)
    office = begin_office(collector)
    assert letterhead(collector).lines == ("Kanwil Kemenkumham Sumatera Selatan",)
    unit = institutions(collector)[office.institution]
    assert letterhead_for(collector, office.institution).lines == (unit.name,)  # not under the office's head
    (page,) = settlement_sheets(collector, preview(collector, "LPP-PLG"))
    assert not [one for one in words(page) if unit.name in one]
    assert words(page).count("Kanwil Kemenkumham Sumatera Selatan") == 2  # above, and where it signs


def test_it_is_kept_as_it_is_and_fits_the_settings() -> None:
    assert letterhead_of(letterhead_text(HEAD)) == HEAD
    long = Letterhead(*("Ä" * 500,) * 4, tuple(Signatory(*("Ü" * 500,) * 4) for _person in range(9)))
    assert valid(KEY, letterhead_text(long))
    assert len(letterhead_text(long)) < MOST
    assert len(letterhead_of(letterhead_text(long)).signatories) == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"office": 3, "signatories": "x"}', '{"signatories": [1]}']
)
def test_a_setting_that_cannot_be_read_is_none(text: str) -> None:
    assert letterhead_of(text) == Letterhead()


@given(st.text())
def test_no_text_is_a_crash(text: str) -> None:
    assert isinstance(letterhead_of(text), Letterhead)


def test_the_kuitansi_bears_it_and_its_signatory(till: Ledger) -> None:
    set_setting(till, KEY, letterhead_text(HEAD))
    sheet = kuitansi(till, sell(till, {"PECI": 1}), copy=1)
    inside(sheet)
    said = words(sheet)
    assert said[2:6] == [
        HEAD.ministry,
        "Hari Bhakti Pemasyarakatan ke-59",
        "Kantor Wilayah Sumatera Selatan · Stan S03",
        "Lapas Perempuan Palembang · Jl. Merdeka No. 1, Palembang 30132",
    ]
    assert {"Mengetahui,", "Kepala", HEAD.signatories[0].name, "NIP 197503121998032001"} <= set(said)
    assert "Kasir Stan S03 · NIP 199001012015032002" in said  # she is the cashier


def test_the_longest_names_still_fit(till: Ledger) -> None:
    long = "Kementerian Hukum dan Hak Asasi Manusia " * 3
    who = Signatory(long, long, "1" * 60, long)
    set_setting(till, KEY, letterhead_text(Letterhead(long, long, long, long, (who, who))))
    inside(kuitansi(till, table(till, 9_000_000), copy=3))


@pytest.mark.parametrize(
    ("price", "on", "room"), [(5_000_000, "1", 0), (5_000_001, "1", 1), (5_000_001, "0", 0)]
)
def test_room_for_a_stamp_is_a_setting_above_the_limit_only(
    till: Ledger, price: int, on: str, room: int
) -> None:
    set_setting(till, STAMP_KEY, on)
    sale = table(till, price)
    sheet = kuitansi(till, sale)
    assert sum(isinstance(stamp, Frame) and stamp.dotted for stamp in sheet.stamps) == room
    assert any("Bermeterai" in text for text in words(sheet)) is (on == "1")
    assert stamped(till) is (on == "1")
    assert sale.total == price
