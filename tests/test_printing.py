"""The queue of papers: drawn from documents, counted once, tried again, never in a sale's way.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.catalog import post_products
from pos.drawer import note_opened
from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger, open_ledger, set_setting
from pos.local_tables import ACTIVITY, PRINT_JOB
from pos.model import By, Product, Staff
from pos.papers import PaperRef, draw, kuitansi_wanted, slip_wanted
from pos.printers import Printer
from pos.printers.ways import send
from pos.printing import (
    Tally,
    count,
    drop,
    enqueue,
    job_of,
    jobs,
    next_copy,
    retry,
    run_queue,
    take_up,
    tally,
)
from pos.receipts.blocks import Slip
from pos.receipts.text import slip_text
from pos.refunds import void
from pos.staff import post_staff
from tests.books import STAFF, bring, derived, documents, sell, shift_of
from tests.printers.fake import QUICK, net_printer
from tests.receipts.printer import Printed, run

FILE = Printer("file", "unused")


class Tray:
    """A printer in memory: what came out of it, or the error that it has just now."""

    def __init__(self) -> None:
        self.papers: list[Printed] = []
        self.fault: Exception | None = None

    def take(self, printer: Printer, data: bytes) -> None:
        """Print, or fail."""
        if self.fault:
            raise self.fault
        self.papers.append(run(data, printer.columns * 12))

    def said(self) -> list[str]:
        """The words of each paper."""
        return [" ".join(paper.words()) for paper in self.papers]


@pytest.fixture
def tray() -> Tray:
    return Tray()


def test_one_paper_is_the_original_and_each_other_a_copy(till: Ledger, tray: Tray) -> None:
    sale = sell(till, {"PECI": 1})
    made = [enqueue(till, slip_wanted(sale)) for _time in range(3)]
    assert [job.copy for job in made] == [0, 1, 2]
    done = run_queue(till, FILE, tray.take)
    assert [(job.id, job.state) for job in done] == [(job.id, "printed") for job in made]
    marks = [next((word for word in ("ke-1,", "ke-2,") if word in said), "") for said in tray.said()]
    assert marks == ["", "ke-1,", "ke-2,"]
    assert tally(till) == Tally()


def test_pdf_print_and_kuitansi_are_counted_where_they_belong(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    assert count(till, [sale.receipt]) == {sale.receipt: 0}
    assert enqueue(till, slip_wanted(sale)).copy == 1
    assert next_copy(till, sale.receipt) == 2
    assert kuitansi_wanted(sale).number == kuitansi_wanted(sale, itemised=True).number
    assert next_copy(till, kuitansi_wanted(sale).number) == 0


def test_a_count_of_an_earlier_version_goes_on(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    set_setting(till, f"printed:{sale.receipt}", "4")
    assert enqueue(till, slip_wanted(sale)).copy == 4


def test_a_central_file_gives_no_original(till: Ledger, collector: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    for chain in documents(till).values():
        bring(collector, chain)
    assert next_copy(collector, sale.receipt) == 1
    assert count(collector, [sale.receipt]) == {sale.receipt: 1}
    drawn = draw(collector, slip_wanted(sale), copy=1)
    assert isinstance(drawn, Slip)
    assert "SALINAN ke-1" in slip_text(drawn)


def test_a_failing_printer_touches_no_sale_and_does_not_hold_up_the_next(till: Ledger, tray: Tray) -> None:
    first, second = sell(till, {"PECI": 1}), sell(till, {"SEMPRONG": 1})
    before = derived(till), documents(till)
    one = enqueue(till, slip_wanted(first))
    tray.fault = WorldFailed("Kertas struk habis.", "Cetak lagi.")
    (failed,) = run_queue(till, FILE, tray.take)
    assert (failed.state, failed.tries, failed.error) == ("failed", 1, "Kertas struk habis. Cetak lagi.")
    tray.fault = None
    enqueue(till, slip_wanted(second))
    run_queue(till, FILE, tray.take)
    assert (derived(till), documents(till)) == before
    assert tally(till) == Tally(failed=1)
    assert job_of(till, one.id) == failed
    assert len(tray.papers) == 1


def test_a_paper_that_failed_keeps_its_number_when_it_is_tried_again(till: Ledger, tray: Tray) -> None:
    sale = sell(till, {"PECI": 1})
    one = enqueue(till, slip_wanted(sale))
    tray.fault = WorldFailed("Printer tidak ditemukan.")
    run_queue(till, FILE, tray.take)
    two = enqueue(till, slip_wanted(sale))
    tray.fault = None
    retry(till)
    done = run_queue(till, FILE, tray.take)
    assert [(job.id, job.copy, job.tries) for job in done] == [(one.id, 0, 2), (two.id, 1, 1)]
    assert ["SALINAN" in said for said in tray.said()] == [False, True]
    retry(till, one.id)  # which is printed: nothing more comes of it
    assert run_queue(till, FILE, tray.take) == []


def test_what_is_given_up_is_gone_and_stays_counted(till: Ledger, tray: Tray) -> None:
    sale = sell(till, {"PECI": 1})
    job = enqueue(till, slip_wanted(sale))
    drop(till, job.id)
    assert run_queue(till, FILE, tray.take) == []
    assert (jobs(till), tally(till)) == ([], Tally())
    assert enqueue(till, slip_wanted(sale)).copy == 1
    run_queue(till, FILE, tray.take)
    drop(till, jobs(till)[0].id)  # which came out
    assert [one.state for one in jobs(till)] == ["printed"]


def test_papers_come_from_their_documents_not_from_todays_names_and_prices(till: Ledger, tray: Tray) -> None:
    sale = sell(till, {"PECI": 2})
    enqueue(till, slip_wanted(sale))
    post_products(till, [Product("PECI", "Kopiah Baru", 99_000, "LP1-PLG", "Busana", position=3)])
    post_staff(till, [Staff("rina", "Rina Oktaviani")])
    run_queue(till, FILE, tray.take)
    assert "Peci Bordir" in tray.said()[0]
    assert "2 x 50.000 100.000" in tray.said()[0]
    assert "Kopiah" not in tray.said()[0]


def test_every_kind_of_paper_can_be_drawn_and_what_is_none_is_told(till: Ledger, tray: Tray) -> None:
    sale = sell(till, {"PECI": 1})
    back = void(till, sale, shift_of(till), "rina")
    refund = draw(till, slip_wanted(back), columns=32)
    assert isinstance(refund, Slip)
    assert back.receipt in slip_text(refund)
    for itemised in (False, True):
        sheets = draw(till, kuitansi_wanted(sale, itemised=itemised))
        assert isinstance(sheets, tuple)
        assert f"KW-{sale.receipt}" in sheets[0].text
    enqueue(till, kuitansi_wanted(sale))
    enqueue(till, PaperRef("sale", "S03XX-000009", sale.device, 9_999))
    enqueue(till, PaperRef("karcis", "K-1", sale.device, sale.seq))
    enqueue(till, slip_wanted(sale))
    done = run_queue(till, FILE, tray.take)
    assert [job.state for job in done] == ["failed", "failed", "failed", "printed"]
    says = ("bukan kertas untuk printer struk", "tidak ada di buku ini", "tidak dapat mencetak K-1")
    assert all(words in job.error for words, job in zip(says, done, strict=False))
    with pytest.raises(Refused, match="K-1"):
        draw(till, PaperRef("karcis", "K-1", sale.device, sale.seq))


def test_a_bug_in_a_paper_is_heard_and_the_paper_does_not_block(till: Ledger, tray: Tray) -> None:
    enqueue(till, slip_wanted(sell(till, {"PECI": 1})))
    tray.fault = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        run_queue(till, FILE, tray.take)
    assert jobs(till)[0].state == "failed"


def test_jobs_outlive_the_program_and_one_in_hand_is_left_to_a_person(tmp_path: Path, till: Ledger) -> None:
    sales = [sell(till, {"PECI": 1}), sell(till, {"SEMPRONG": 1})]
    for sale in sales:
        enqueue(till, slip_wanted(sale))

    def pull_the_plug(_printer: Printer, _data: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_queue(till, FILE, pull_the_plug)
    assert [job.state for job in jobs(till)] == ["waiting", "printing"]
    till.close()
    tray = Tray()
    with closing(open_ledger(tmp_path / "stan.lapak", till.clock)) as again:
        assert run_queue(again, FILE, tray.take) == []  # another worker might have it in hand
        take_up(again)
        assert "Lihat dulu apakah sudah keluar" in jobs(again)[1].error
        run_queue(again, FILE, tray.take)
        assert [job.state for job in jobs(again)] == ["printed", "failed"]
        assert sales[1].receipt in tray.said()[0]


def test_only_one_worker_prints_at_a_time(till: Ledger, tray: Tray) -> None:
    for sku in ("PECI", "SEMPRONG"):
        enqueue(till, slip_wanted(sell(till, {sku: 1})))
    inner: list[object] = []

    def slow(printer: Printer, data: bytes) -> None:
        inner.append(run_queue(till, FILE, tray.take))
        tray.take(printer, data)

    assert len(run_queue(till, FILE, slow)) == 2
    assert inner == [[], []]
    assert len(tray.papers) == 2


def test_reprints_and_openings_of_the_drawer_are_noted_for_the_shift(till: Ledger) -> None:
    sale, shift = sell(till, {"PECI": 1}), shift_of(till)
    by = By(STAFF[1], shift)
    enqueue(till, slip_wanted(sale), by)
    enqueue(till, slip_wanted(sale), by)
    count(till, [sale.receipt], by)
    note_opened(till, shift, "sari", "Tukar uang")
    with till.read() as conn:
        rows = [(row.kind, row.detail, row.cashier, row.shift) for row in conn.execute(ACTIVITY.select())]
    again = ("reprint", sale.receipt, "sari", shift.seq)
    # Sorted: within the same millisecond their ids stand in any order.
    assert sorted(rows) == [("drawer", "Tukar uang", "sari", shift.seq), again, again]


def test_only_the_papers_of_lately_are_kept(
    till: Ledger, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.printing._KEPT", 2)
    sale = sell(till, {"PECI": 1})
    tray.fault = WorldFailed("habis")
    enqueue(till, slip_wanted(sale))
    run_queue(till, FILE, tray.take)
    tray.fault = None
    for _time in range(4):
        enqueue(till, slip_wanted(sale))
    run_queue(till, FILE, tray.take)
    with till.read() as conn:
        kept = [(row.state, row.copy) for row in conn.execute(PRINT_JOB.select().order_by(PRINT_JOB.c.copy))]
    assert kept == [("failed", 0), ("printed", 3), ("printed", 4)]


def test_a_real_printer_in_the_network_gone_and_back_again_53(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1, "PECI": 3})
    enqueue(till, slip_wanted(sale))
    with net_printer(gone_after=500) as broken:
        big = Printer("tcp", broken.address, raster=True)
        (failed,) = run_queue(till, big, lambda printer, data: send(printer, data, QUICK))
        assert "terputus di tengah" in failed.error
    retry(till, failed.id)
    with net_printer() as mended:
        (done,) = run_queue(till, mended.printer, lambda printer, data: send(printer, data, QUICK))
        assert mended.wait(1)
        assert (done.state, done.copy) == ("printed", 0)
        assert sale.receipt in " ".join(run(mended.got[0], 576).words())
