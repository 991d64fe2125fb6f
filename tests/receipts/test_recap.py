"""The office's papers: recapitulation and minutes say what the reports say, and what is so of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from pos.catalog import post_products
from pos.chains import reading
from pos.clock import stopped_at
from pos.errors import Refused
from pos.exports import export
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger, set_setting
from pos.letterhead import KEY, Letterhead, Signatory, letterhead_text
from pos.model import Institution, Product
from pos.money import in_words, plain, rupiah
from pos.receipts.fonts import text_width
from pos.receipts.minutes import date_in_words, minutes_sheets
from pos.receipts.official import LEFT, RIGHT, rounded
from pos.receipts.pdf import pdf_bytes
from pos.receipts.recap import MOST_PRODUCTS, recap_sheets
from pos.receipts.region import recap_number, unclassed
from pos.receipts.sheet import Sheet, Words
from pos.reports import Period, run_report
from pos.shifts import open_shift
from pos.standing import sidik_of, standing
from pos.sync import copy_chains
from tests.books import MOMENT, WIB, booth, busy_day, end_shift, event, sell, with_catalogue

ALWAYS = Period()
HEAD = Letterhead(
    "Kementerian Hukum dan Hak Asasi Manusia RI",
    "Kantor Wilayah Sumatera Selatan",
    "Divisi Pemasyarakatan",
    "",
    (
        Signatory("Drs. Bambang Haryanto, M.H.", "Pembina (IV/a)", "196704121990031001", "Kepala Divisi"),
        Signatory("Yuliana Sari, S.H.", "Penata (III/c)", "198505232010122003", "Kepala Subbidang"),
    ),
)


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Ledger]:
    """A central file with two booths whose shifts are closed, and a letterhead."""
    create_collector(tmp_path / "pusat.lapak")
    clock = stopped_at(datetime(2023, 5, 2, 17, 40, tzinfo=WIB))
    with closing(open_ledger(tmp_path / "pusat.lapak", clock)) as centre:
        set_setting(centre, KEY, letterhead_text(HEAD))
        for code in ("S03", "S07"):
            with closing(booth(tmp_path / f"{code}.lapak", code)) as till:
                busy_day(till)
                end_shift(till)
                with reading(till) as chain:
                    copy_chains(chain, centre)
        yield centre


def recap(ledger: Ledger) -> tuple[Sheet, ...]:
    return recap_sheets(ledger, ALWAYS, standing(ledger))


def text_of(sheets: tuple[Sheet, ...]) -> str:
    return "\n".join(sheet.text for sheet in sheets)


def test_the_first_page_is_the_one_of_the_picture(region: Ledger) -> None:
    first = recap(region)[0].text.splitlines()
    totals = run_report(region, "totals", ALWAYS).totals
    pieces = run_report(region, "institutions", ALWAYS).totals["qty"]  # of a hamper what is inside
    assert first[0] == "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA RI"
    assert "Dicetak 2 Mei 2023 17.40" in first
    assert "Rekapitulasi Penjualan" in first
    said = "Pameran Hari Bhakti Pemasyarakatan ke-59 · 23 Maret – 2 Mei 2023 (41 hari) · 2 stan, 3 UPT"
    assert said in first
    for label, value in (
        ("Penjualan bersih", rupiah(totals["total"])),
        ("Transaksi", plain(totals["sales"])),
        ("Barang terjual", plain(pieces)),
    ):
        assert first[first.index(label) + 1] == value
    heads = "No.|UPT|Transaksi|Barang|Kotor (Rp)|Diskon (Rp)|Bersih (Rp)|Hari laku".split("|")
    place = first.index("No.")
    assert first[place : place + 8] == heads
    for row in run_report(region, "institutions", ALWAYS).rows:
        assert f"{row[-1]}/41" in first
        assert plain(row[6]) in first
    assert first[-1] == "Halaman 1 dari 4"


def test_pages_tell_days_products_ways_and_ends(region: Ledger) -> None:
    pages = [sheet.text.splitlines() for sheet in recap(region)]
    assert [page[0] for page in pages[1:]] == ["Omzet per hari", "Per produk", "Per cara bayar"]
    assert pages[1].count("Jumat") == 6
    assert "Ujung rantai tiap stan" in pages[3]
    for one in standing(region).ends:
        shown = " ".join(one.hash[n : n + 4].upper() for n in range(0, 16, 4))
        assert {one.device, plain(one.seq), shown} <= set(pages[3])
    for who in HEAD.signatories:
        assert {who.name, who.rank, f"NIP {who.nip}", who.position} <= set(pages[3])
    assert [page[-1] for page in pages] == [f"Halaman {n} dari 4" for n in range(1, 5)]


def test_every_table_comes_to_the_same_sum(region: Ledger) -> None:
    total = plain(run_report(region, "totals", ALWAYS).totals["total"])
    for page in recap(region):
        words = page.text.splitlines()
        assert total in words[words.index("Jumlah") :]


def test_what_it_says_of_the_chain_is_so(region: Ledger) -> None:
    said = " ".join(recap(region)[0].text.split())
    assert "Rantai dokumen utuh. Seluruh 14 transaksi dari 2 stan sudah diterima" in said
    assert standing(region).sidik in said


def test_a_booth_that_is_not_closed_is_named(till: Ledger) -> None:
    busy_day(till)
    stand = standing(till)
    assert (stand.whole, stand.open) == (True, ("S03",))
    said = " ".join(recap(till)[0].text.split())
    assert "sudah diterima dan cocok" not in said
    assert "Belum tutup kasir, jadi belum dicocokkan dengan laporan Z: S03." in said


def test_what_is_known_to_be_missing_is_named(region: Ledger) -> None:
    stand = replace(standing(region), lacking=("S03 paling sedikit 12",))
    said = " ".join(recap_sheets(region, ALWAYS, stand)[0].text.split())
    assert "Diketahui ada tetapi belum diterima: S03 paling sedikit 12." in said
    assert "sudah diterima dan cocok" not in said


def test_what_is_wrong_is_named_and_nothing_else_is_claimed(till: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    with till.write() as conn:
        conn.exec_driver_sql("DELETE FROM sale WHERE number = 2")
    said = " ".join(recap(till)[0].text.split())
    assert "Rantai dokumen tidak utuh. S03: nota nomor 2 hilang." in said
    assert "Rantai dokumen utuh" not in said
    assert "Jumlahnya bukan dari notanya:" in said


def test_a_closing_that_is_not_what_its_papers_say_is_named(till: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    with till.write() as conn:
        conn.exec_driver_sql("UPDATE shift_close SET told_total = told_total + 500")
    assert "laporan tutup kasir tidak sama dengan dokumennya" in " ".join(recap(till)[0].text.split())


def test_the_code_holds_number_and_fingerprint(region: Ledger) -> None:
    pages = PdfDocument(pdf_bytes(recap(region)))
    picture = pages[0].render(scale=3).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"{recap_number(region)} {standing(region).sidik.replace('-', '')}"
    pages.close()


def test_the_number_is_that_of_the_books(region: Ledger) -> None:
    count = sum(one.seq for one in standing(region).ends)
    assert recap_number(region) == f"REKAP-HBP59-{count}"
    assert recap_number(region, "BA") == f"BA-HBP59-{count}"


def test_the_fingerprint_is_of_all_ends() -> None:
    ends = [("B", 2, "ab"), ("A", 1, "cd")]
    assert sidik_of(ends) == sidik_of(ends[::-1])
    assert sidik_of(ends) != sidik_of([("B", 2, "ab"), ("A", 2, "cd")])
    assert len(sidik_of(ends)) == 14


def test_the_same_books_give_the_same_paper(region: Ledger, tmp_path: Path) -> None:
    for table in ("", "minutes"):
        made = [export(region, tmp_path / f"{n}.pdf", table=table).sha256 for n in range(2)]
        assert made[0] == made[1]


def test_a_part_of_the_days_is_told_of_alone(region: Ledger) -> None:
    sheets = recap_sheets(region, Period(date(2023, 4, 14), date(2023, 4, 14)), standing(region))
    assert "14 April 2023 (1 hari)" in sheets[0].text
    with pytest.raises(Refused):
        recap_sheets(region, Period(institution="LPP-PLG"), standing(region))


def many(path: Path, units: int, products: int) -> Ledger:
    """A booth with many institutions of long names, and many products sold."""
    long = "Lembaga Pemasyarakatan Khusus Narkotika Perempuan dan Anak Kelas IIA Kabupaten Nomor {n} Panjang"
    exhibition = replace(
        event(),
        institutions=(
            *event().institutions,
            *(Institution(f"X{n:03d}", long.format(n=n), f"Singkat {n}") for n in range(units)),
        ),
    )
    device = new_device("S03", "Stan 03", "LPP-PLG", exhibition, sample=True)
    ledger = with_catalogue(create(path, device, stopped_at(MOMENT)))
    name = "Barang dengan nama yang panjang sekali " * 3
    goods = [Product(f"P{n}", name, 999_999_000, f"X{n % units:03d}") for n in range(products)]
    post_products(ledger, goods)
    open_shift(ledger, "rina", date(2023, 4, 14))
    for n in range(0, products, 10):
        sell(ledger, {one.sku: 1 for one in goods[n : n + 10]}, "transfer")
    return ledger


def test_many_institutions_and_long_names_stay_on_the_paper(tmp_path: Path) -> None:
    with closing(many(tmp_path / "a.lapak", 60, MOST_PRODUCTS + 30)) as ledger:
        for sheets in (recap(ledger), minutes_sheets(ledger, ALWAYS, standing(ledger))):
            assert len(sheets) >= 3
            assert all("CONTOH" in sheet.text for sheet in sheets)
            for sheet in sheets:
                for stamp in sheet.stamps:
                    if isinstance(stamp, Words):
                        assert 8 < stamp.y < 290
                        width = text_width(stamp.text, stamp.weight, stamp.size)
                        left = {"left": 0.0, "center": width / 2, "right": width}[stamp.align]
                        assert stamp.x - left >= LEFT - 0.6
                        assert stamp.x - left + width <= RIGHT + 0.6, stamp.text
        assert "30 produk lain" in text_of(recap(ledger))


def test_an_empty_ledger_has_its_papers(tmp_path: Path) -> None:
    create_collector(tmp_path / "a.lapak")
    with closing(open_ledger(tmp_path / "a.lapak")) as ledger:
        assert export(ledger, tmp_path / "a.pdf").rows == 4
        assert export(ledger, tmp_path / "b.pdf", table="minutes").rows >= 1


def test_the_minutes_say_who_when_and_how_much(region: Ledger) -> None:
    said = " ".join(text_of(minutes_sheets(region, ALWAYS, standing(region))).split())
    total = run_report(region, "totals", ALWAYS).totals["total"]
    assert "BERITA ACARA REKAPITULASI PENJUALAN" in said
    assert f"Nomor: {recap_number(region, 'BA')}" in said
    assert "Selasa, tanggal dua, bulan Mei, tahun dua ribu dua puluh tiga (02-05-2023)" in said
    assert "bertempat di Palembang" in said
    assert f"berjumlah {rupiah(total)} ({in_words(total)} rupiah)" in said
    for who in HEAD.signatories:
        assert f"{who.rank} / {who.nip}" in said
        assert f"NIP {who.nip}" in said
    assert "Semua UPT berjualan." in said
    assert "Rantai dokumen utuh." in said
    assert standing(region).sidik in said


def test_who_has_not_sold_is_named_in_the_minutes(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    said = " ".join(text_of(minutes_sheets(till, ALWAYS, standing(till))).split())
    names = "Lapas Perempuan Kelas IIA Palembang, Lapas Kelas IIB Muara Enim"
    assert f"UPT tanpa penjualan: {names}." in said
    assert "tidak ada" in said


def test_without_signatories_there_is_room_to_write(till: Ledger) -> None:
    said = text_of(minutes_sheets(till, ALWAYS, standing(till)))
    assert said.count("NIP ....") == 2


def test_a_day_in_words() -> None:
    assert date_in_words(date(2023, 4, 21)).startswith("Jumat, tanggal dua puluh satu, bulan April")


def test_the_class_of_an_institution_goes_where_that_names_one_still() -> None:
    same = {"C": "Rutan Kelas IIB Baturaja", "D": "Rutan Kelas III Baturaja"}
    names = {"A": "Lapas Kelas IIB Sekayu", "B": "Lapas Kelas I Palembang"}
    assert unclassed({**names, **same}) == {"A": "Lapas Sekayu", "B": names["B"], **same}


def test_a_box_has_round_corners() -> None:
    outline = rounded(10, 4, 1)
    assert {round(min(x for x, _y in outline), 6), round(max(x for x, _y in outline), 6)} == {0, 10}
    assert {round(min(y for _x, y in outline), 6), round(max(y for _x, y in outline), 6)} == {0, 4}
    assert (0, 0) not in outline


def test_a_pdf_can_be_read_and_has_as_many_pages(region: Ledger, tmp_path: Path) -> None:
    done = export(region, tmp_path / "rekap.pdf")
    document = PdfDocument(BytesIO(done.file.read_bytes()))
    assert len(document) == done.rows == 4
    document.close()
