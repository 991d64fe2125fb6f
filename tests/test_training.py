"""Training: the booth's goods in a ledger apart, with papers that say so, that no other ledger takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.catalog import products
from pos.clock import Clock
from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger, create_collector, devices, open_ledger, set_setting
from pos.merge import merge
from pos.opening import read_opening
from pos.papers import draw, papers_of, slip_wanted
from pos.paths import TRAINING, newest_own
from pos.practice import is_training
from pos.printers import Printer, printer_of, printer_text, slip_bytes
from pos.receipts.blocks import Mark, Slip
from pos.receipts.sheet import Sheet, Words
from pos.sample import make_sample
from pos.shifts import current_shift
from pos.staff import staff
from pos.stock import on_hand
from pos.submit import submit
from pos.today import booth_settings, opening_of
from pos.training import PAPERS, TRAINEE, make_training
from tests.books import booth, documents, end_shift, sell, set_pin

MARK = "LATIHAN - BUKAN BUKTI PEMBAYARAN"


@pytest.fixture
def own(home: Path) -> Path:
    """A booth's ledger in home(), with a sale, a PIN, a printer and a central file."""
    home.mkdir()
    path = home / "s03.lapak"
    with closing(booth(path)) as ledger:
        sell(ledger, {"PECI": 2})
        set_pin(ledger, "sari", "135790")
        set_setting(ledger, "printer", printer_text(Printer("tcp", "192.168.1.9", columns=32, drawer=2)))
        set_setting(ledger, "target", str(home / "pusat.lapak"))
        set_setting(ledger, "low_stock", "10")
    return path


@pytest.fixture
def training(own: Path, home: Path) -> Iterator[Ledger]:
    """Training of that booth, by Rina."""
    with closing(make_training(own, home / TRAINING, "rina")) as ledger:
        yield ledger


def test_it_has_the_booths_goods_people_and_settings_but_not_its_sales(
    training: Ledger, own: Path, home: Path
) -> None:
    with closing(open_ledger(own)) as books:
        before = documents(books)
        assert products(training) == products(books)
        assert staff(training) == staff(books)
        assert on_hand(training) == {sku: qty for sku, qty in on_hand(books).items() if qty > 0}
        shown, kept = booth_settings(training), booth_settings(books)
        assert {key for key in kept if shown[key] != kept[key]} == {"printer", "target"}
        assert before == documents(books)
    printer = printer_of(shown["printer"])
    assert (printer.kind, printer.address, printer.columns) == ("file", str(home / PAPERS), 32)
    assert not printer.drawer
    assert shown["target"] == ""
    shift = current_shift(training)
    assert shift is not None
    assert shift.cashier == "rina"
    sale = sell(training, {"PECI": 1})
    assert sale.receipt == "LATIHAN-000001"
    assert end_shift(training).paper == "LATIHAN-Z00001"


def test_it_is_made_anew_each_time_with_todays_prices(own: Path, home: Path) -> None:
    with closing(make_training(own, home / TRAINING, "rina")) as ledger:
        sell(ledger, {"PECI": 1})
    (home / PAPERS).write_bytes(b"\x1b@")
    with closing(open_ledger(own)) as books:
        sell(books, {"PECI": 3})
        left = on_hand(books)["PECI"]
    with closing(make_training(own, home / TRAINING, "rina")) as ledger:
        assert sell(ledger, {"PECI": 1}).receipt == "LATIHAN-000001"
        assert on_hand(ledger)["PECI"] == left - 1
    assert not (home / PAPERS).exists()


def test_where_nobody_signed_in_a_trainee_sells(own: Path, home: Path) -> None:
    with closing(make_training(own, home / TRAINING)) as ledger:
        shift = current_shift(ledger)
        assert shift is not None
        assert shift.cashier == TRAINEE
        assert staff(ledger)[TRAINEE].role == "kasir"


def test_the_machine_begins_with_the_booth_not_with_its_training(training: Ledger, own: Path) -> None:
    assert training.path is not None
    assert newest_own() == own


def test_its_clock_shows_today_also_after_days(training: Ledger) -> None:
    """A sample's clock goes on where its day has come to; training is of today."""
    assert training.path is not None
    late = Clock(wall=lambda: 4_000_000_000.0)
    training.close()
    with closing(open_ledger(training.path, late)) as again:
        assert again.clock.now().year == 2096
        opening = read_opening(training.path, late)
        assert opening == opening_of(again)
        assert opening is not None
        assert opening.clock.now().year == 2096


def test_it_is_handed_over_nowhere(training: Ledger, tmp_path: Path) -> None:
    central = tmp_path / "pusat.lapak"
    for where in (central, tmp_path / "folder"):
        for hand_over in (submit, sync_target):
            with pytest.raises(Refused, match="Latihan tidak disetor"):
                hand_over(training, str(where))
        assert not where.exists()


@pytest.mark.parametrize("there", ["nothing", "sample", "training"])
def test_no_central_file_takes_it(training: Ledger, own: Path, tmp_path: Path, there: str) -> None:
    central = tmp_path / "pusat.lapak"
    create_collector(central)
    if there == "sample":
        with closing(make_sample(tmp_path / "contoh.lapak")[0]) as sample:
            assert sample.path is not None
            merge(str(central), [sample.path])
    elif there == "training":
        with closing(make_training(own, tmp_path / "lain.lapak")) as other:
            assert other.path is not None
            merge(str(central), [other.path])
    assert training.path is not None
    merged = merge(str(central), [training.path])
    assert merged.new == 0
    (refused,) = merged.refused
    assert refused.device == training.own().code
    assert "latihan" in refused.why
    with closing(open_ledger(central)) as taken, taken.read() as conn:
        assert not any(is_training(device) for device in devices(conn).values())


def test_every_paper_says_that_it_is_training(training: Ledger) -> None:
    sale = sell(training, {"HAMPERS": 1, "PECI": 2})
    closing_paper = end_shift(training)
    seen = 0
    for found in (sale, closing_paper):
        for what in papers_of(found):
            paper = draw(training, what, columns=48)
            assert "LATIHAN" in what.number
            seen += 1
            if isinstance(paper, Slip):
                if what.paper != "packing":
                    assert Mark(MARK) in paper.blocks
            else:
                assert all(watermark(sheet) for sheet in paper)
    assert seen > 4
    slip = draw(training, slip_wanted(sale), columns=48)
    assert isinstance(slip, Slip)
    assert [block for block in slip.blocks if isinstance(block, Mark)] == [Mark(MARK)] * 2
    assert slip_bytes(Printer("file", "x", raster=True), slip)


def test_a_booths_papers_bear_no_watermark(own: Path) -> None:
    with closing(open_ledger(own)) as books:
        sale = sell(books, {"PECI": 1})
        for what in papers_of(sale):
            paper = draw(books, what)
            if isinstance(paper, Slip):
                assert not any(isinstance(block, Mark) for block in paper.blocks)
            else:
                assert not any(watermark(sheet) for sheet in paper)


def test_what_cannot_be_replaced_is_told_and_nothing_is_made(own: Path, home: Path) -> None:
    (home / TRAINING).mkdir()
    with pytest.raises(WorldFailed):
        make_training(own, home / TRAINING)
    assert newest_own() == own


def test_training_of_the_sample_is_training_too(home: Path) -> None:
    home.mkdir()
    ledger, _shift = make_sample(home / "contoh.lapak")
    ledger.close()
    with closing(make_training(home / "contoh.lapak", home / TRAINING, "rina")) as made:
        assert is_training(made.own())
        assert len(products(made)) > 50


def watermark(sheet: Sheet) -> bool:
    """Below everything else, almost from edge to edge."""
    first = sheet.stamps[0]
    return isinstance(first, Words) and first.text == "LATIHAN" and first.size > 80
