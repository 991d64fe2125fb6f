"""What is reported of a day: each figure against a plain query over the papers, and up to when it holds."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.clock import ZONES, stopped_at
from pos.deposits import cancel
from pos.errors import Refused
from pos.evening import Ahead, Maker, read_evening
from pos.evening_text import FIELDS, check_template, default_template, evening_text, fields_of
from pos.ledger import Ledger, set_setting
from pos.letterhead import KEY, Letterhead, Signatory, letterhead_text
from pos.orders import change
from pos.preorder import new_entry
from pos.receipts.evening_sheets import evening_sheets
from pos.text import use_language
from tests.books import DAY, MOMENT, booth, bring, busy_day, cart_of, documents, event, sell
from tests.ordering import ahead, counter, ordered

BOOTH, REGION = default_template(office=False), default_template(office=True)
_LINES = """
    SELECT institution, qty, total FROM sale_line WHERE bundle = 0 AND day = :day
    UNION ALL SELECT institution, -qty, amount FROM movement WHERE reason = 'bundle' AND day = :day"""


def asked(ledger: Ledger, query: str) -> list[tuple[object, ...]]:
    """Of the file itself, by the standard library alone."""
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path)) as plain:
        return plain.execute(query, {"day": DAY.isoformat()} if ":day" in query else {}).fetchall()


def test_each_figure_is_that_of_the_papers(till: Ledger) -> None:
    busy_day(till)
    told = read_evening(till, DAY)
    ((sales, total),) = asked(till, "SELECT count(*), sum(total) FROM sale WHERE day = :day")
    assert (told.sales, told.total) == (sales, total)
    ((pieces,),) = asked(till, "SELECT sum(qty) FROM sale_line WHERE day = :day")
    assert told.qty == pieces
    paid = asked(till, "SELECT method, count(*), sum(amount) FROM payment WHERE day = :day GROUP BY method")
    assert sorted((one.code, one.count, one.amount) for one in told.ways or ()) == sorted(paid)
    # Of a bundle the money is that of whose goods are inside; only its discount stays with who sold it.
    makers = asked(till, f"SELECT institution FROM ({_LINES}) GROUP BY 1 HAVING sum(qty) <> 0")
    assert {(one.unit.code,) for one in told.sold} == set(makers)
    assert sum(one.total for one in told.sold) == told.total
    best = asked(
        till,
        "SELECT name, sum(qty), sum(total) FROM sale_line WHERE day = :day"
        " GROUP BY sku ORDER BY sum(total) DESC LIMIT 5",
    )
    assert [(one.name, one.qty, one.total) for one in told.best] == best


def test_the_text_of_a_booth(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 2, "SEMPRONG": 1})
    sell(till, {"KOPI-GRAM": 250}, "qris")
    assert (
        evening_text(read_evening(till, DAY), BOOTH)
        == """\
Selamat siang, izin melaporkan penjualan *One Day One Prison's Product*.

*Hari Bhakti Pemasyarakatan ke-59*
Jumat, 14 April 2023 (hari ke-23 dari 41)
Stan S03 · Lapas Perempuan Kelas IIA Palembang

*Omzet: Rp190.000*
Nota: 2
Barang terjual: 253

*Cara bayar*
- Tunai: Rp160.000 (1 pembayaran)
- QRIS: Rp30.000 (1 pembayaran)

*Sudah laku: 2 dari 3 UPT*
Belum laku: Lapas I Palembang

*Terlaris*
1. Nastar 500 g (LPP Palembang): 2 toples, Rp130.000
2. Kopi Semendo curah (Lapas Muara Enim): 250 gram, Rp30.000
3. Semprong (LPP Palembang): 1 toples, Rp30.000

Data stan ini sampai 14.07 WIB.

Demikian dilaporkan. Terima kasih."""
    )


def test_it_is_indonesian_whatever_the_till_speaks(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    before = evening_text(read_evening(till, DAY), BOOTH)
    use_language("en")
    try:
        assert evening_text(read_evening(till, DAY), BOOTH) == before
    finally:
        use_language("id")


def test_of_one_institution_what_a_receipt_cannot_tell_is_left_out(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1, "PECI": 1})
    text = evening_text(read_evening(till, DAY, institution="LP1-PLG"), BOOTH)
    assert "Lapas Kelas I Palembang\n" in text
    assert "*Omzet: Rp50.000*\nBarang terjual: 1\nHari laku: 1 dari 23 hari\n" in text
    for word in ("Nota", "Cara bayar", "Belum laku", "None", "Nastar"):
        assert word not in text


def test_a_day_without_a_sale(till: Ledger) -> None:
    text = evening_text(read_evening(till, DAY - timedelta(days=1)), BOOTH)
    assert "*Omzet: Rp0*\nNota: 0\nBarang terjual: 0\n" in text
    assert (
        "*Sudah laku: 0 dari 3 UPT*\nBelum laku: Lapas I Palembang, LPP Palembang, Lapas Muara Enim" in text
    )
    assert "Cara bayar" not in text
    assert "Terlaris" not in text
    assert "sampai 14 April 2023 14.07 WIB" in text  # of another day than today it says when


def test_the_region_names_whose_figures_are_not_there_yet(
    till: Ledger, tmp_path: Path, collector: Ledger
) -> None:
    sell(till, {"PECI": 2})
    with closing(booth(tmp_path / "b.lapak", "S07")) as east:
        east.clock = stopped_at(datetime(2023, 4, 14, 19, 0, tzinfo=ZONES["Asia/Jayapura"]))
        sell(east, {"NASTAR-500": 1})
        for ledger in (till, east):
            bring(collector, documents(ledger)[ledger.own().code])
    collector.clock = stopped_at(MOMENT + timedelta(hours=4))
    told = read_evening(collector, DAY)
    text = evening_text(told, REGION)
    assert text.startswith("Selamat sore")
    assert "Kanwil Kemenkumham Sumatera Selatan\n2 stan\n" in text
    assert "*Omzet per UPT*\n1. Lapas I Palembang: Rp100.000\n2. LPP Palembang: Rp65.000\n" in text
    assert "Data semua stan lengkap sampai 14.07 WIB." in text
    collector.clock = stopped_at(MOMENT + timedelta(days=1))
    later = evening_text(read_evening(collector, DAY + timedelta(days=1)), REGION)
    assert (
        "data hari ini belum masuk dari: S03 (terakhir 14 April 2023 14.07 WIB), "
        "S07 (terakhir 14 April 2023 19.00 WIT)." in later
    )
    assert evening_text(read_evening(collector, DAY, booth="S07"), REGION).count("Stan S07 ·") == 1


def test_days_outside_the_exhibition_and_ahead(till: Ledger) -> None:
    early = read_evening(till, date(2023, 3, 1))
    assert early.number is None
    assert "Rabu, 1 Maret 2023 (di luar tanggal pameran)" in evening_text(early, BOOTH)
    with pytest.raises(Refused, match="15 April 2023"):
        read_evening(till, DAY + timedelta(days=1))


def test_a_ledger_without_a_booth_and_an_unknown_code(till: Ledger, collector: Ledger) -> None:
    with pytest.raises(Refused, match="stan"):
        read_evening(collector, DAY)
    with pytest.raises(Refused, match="LP9"):
        read_evening(till, DAY, institution="LP9")


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("Halo {omset}", "{omset}"),
        ("Halo {total.__class__}", "{total.__class__}"),
        ("Halo {}", "{}"),
        ("  \n ", "kosong"),
        ("a" * 2001, "2.001"),
    ],
)
def test_a_template_that_cannot_be_kept_is_told_in_one_sentence(template: str, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_template(template)
    assert named in refusal.value.message
    assert refusal.value.hint


def test_a_template_of_ones_own(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    told = read_evening(till, DAY)
    text = "Omzet {omzet}, {nota} nota, 100% } {"
    assert evening_text(told, text) == "Omzet Rp50.000, 1 nota, 100% } {"


def test_names_do_not_begin_bold(till: Ledger) -> None:
    told = replace(read_evening(till, DAY), event="Pameran *HBP*_59 `x` ~y~\nke dua")
    assert fields_of(told)["pameran"] == "Pameran HBP 59 x y ke dua"


def test_many_institutions_are_not_all_named(till: Ledger) -> None:
    told = read_evening(till, DAY)
    many = replace(told, unsold=tuple(Maker(event().institutions[n % 3], 0, 0) for n in range(531)))
    values = fields_of(many)
    assert values["belum_laku"].endswith(", dan 506 UPT lain")
    assert values["jumlah_upt"] == "531"


def test_every_field_stands_for_something() -> None:
    assert set(FIELDS) == set(re.findall(r"\{(\w+)\}", REGION))


def test_orders_and_deposits_are_told_where_there_were_any(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    assert "Pesanan" not in evening_text(read_evening(till, DAY), BOOTH)
    first = ordered(till)  # Rp300.000, to be fetched on the day after
    ahead(till, first, 100_000)
    ahead(till, first, 50_000, "qris")
    ordered(till, {"PECI": 2}, due=DAY + timedelta(days=2))
    gone = ordered(till, {"PECI": 1})
    ahead(till, gone, 20_000)
    cancel(till, gone, counter(till, "sari"), back="cash", entry=new_entry())
    moved = ordered(till, {"PECI": 3})  # changed to a later day: it is not fetched tomorrow
    change(
        till,
        moved,
        cart_of(till, {"PECI": 3}),
        replace(moved.wish, due=DAY + timedelta(days=5)),
        counter(till),
    )
    told = read_evening(till, DAY)
    assert told.orders == Ahead(3, 550_000, 3, 170_000, 20_000, 1, 150_000)
    query = "SELECT sum(amount) FROM deposit WHERE day = :day"
    assert asked(till, query) == [(told.orders.received - told.orders.returned,)]
    assert (
        "*Pesanan*\nMasuk: 3 pesanan, Rp550.000\n"
        "DP diterima: Rp170.000 (3 pembayaran), dikembalikan Rp20.000\n"
        "Akan diambil: 1 pesanan pada Sabtu, 15 April 2023, sisa tagihan Rp150.000\n"
    ) in evening_text(told, BOOTH)
    assert read_evening(till, DAY, institution="LP1-PLG").orders is None  # an order may hold goods of several
    before = read_evening(till, DAY - timedelta(days=1)).orders
    assert before is None
    page = "\n".join(one.text for one in evening_sheets(till, told))
    assert "Pesanan masuk\n3\n550.000" in page
    assert "Akan diambil 15 April 2023, sisa tagihan\n1\n150.000" in page


def test_a_paper_of_an_institution_bears_no_other_ones_head(till: Ledger, collector: Ledger) -> None:
    own = Letterhead("Kementerian", "Kanwil", signatories=(Signatory("Dra. Siti", position="Kepala"),))
    sell(till, {"PECI": 1, "NASTAR-500": 1})
    set_setting(till, KEY, letterhead_text(own))
    of_booth = evening_sheets(till, read_evening(till, DAY, institution="LPP-PLG"))[0].text
    assert "KEMENTERIAN" in of_booth
    assert "Dra. Siti" in of_booth
    bring(collector, documents(till)[till.own().code])
    set_setting(collector, KEY, letterhead_text(own))
    collector.clock = stopped_at(MOMENT)
    for ledger, code, name in (
        (till, "LP1-PLG", "Lapas Kelas I Palembang"),
        (collector, "LPP-PLG", "Lapas Perempuan Kelas IIA Palembang"),
    ):
        text = evening_sheets(ledger, read_evening(ledger, DAY, institution=code))[0].text
        assert name in text.split("\n")[:3]
        for word in ("KEMENTERIAN", "Kanwil", "Dra. Siti", "Kepala"):
            assert word not in text
    assert "KEMENTERIAN" in evening_sheets(collector, read_evening(collector, DAY))[0].text
