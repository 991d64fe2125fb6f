"""EXTENDING.md is true: each of its recipes is followed, and what was added is used from end to end.

The recipes for what is tapped are followed in tests/ui/test_extending.py.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos import journal, mark, papers
from pos.cli import main
from pos.clock import stopped_at
from pos.columns import METADATA
from pos.derive import ROWS
from pos.errors import BadDocument, Refused
from pos.exports import EXPORTS, TABLES, export
from pos.ledger import Ledger, open_ledger, open_target
from pos.model import Document
from pos.paper import import_sales
from pos.papers import draw
from pos.printers import Printer
from pos.printing import enqueue, run_queue
from pos.receipts.pdf import pdf_bytes
from pos.receipts.slip import sale_slip
from pos.receipts.text import slip_text
from pos.reports import REPORTS, Period, run_report
from pos.settings import SETTINGS, valid
from pos.tables import DERIVED, FACTS
from pos.text import LANGUAGES, _, long_date, use_language
from tests.books import MOMENT, bring, busy_day, derived, documents, new_collector, sell
from tests.guests import (
    load,
    put,
    put_gift,
    put_javanese,
    put_voucher,
    visit_of,
    visit_table,
    weekdays,
    write_markdown,
)
from tests.receipts.printer import run

GUIDE = Path(__file__).parent.parent / "EXTENDING.md"
RECIPES = ["A way to pay", "A report", "An export", "A paper", "A screen", "A language", "A kind of document"]
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module", autouse=True)
def _every_module_is_here() -> None:
    load("pos")


def recipes() -> dict[str, str]:
    """The text below each heading of the guide."""
    _head, *parts = GUIDE.read_text("utf-8").split("\n## ")
    return {part.partition("\n")[0]: part for part in parts}


def test_there_is_a_recipe_for_each() -> None:
    assert list(recipes())[: len(RECIPES)] == RECIPES


@pytest.mark.parametrize("title", RECIPES)
def test_what_a_recipe_names_is_there(title: str) -> None:
    """Every path exists, and every name stands in one of the files of its recipe."""
    quoted = re.findall(r"`([^`\n]+)`", recipes()[title])
    files = [GUIDE.parent / name for name in quoted if re.fullmatch(r"[\w./-]+\.(?:py|po|md)", name)]
    assert files
    assert [path for path in files if not path.exists()] == []
    held = "\n".join(path.read_text("utf-8") for path in files)
    names = [name for name in quoted if re.fullmatch(r"\w+(?:\.\w+)*", name)]
    assert names
    assert [name for name in names if not re.search(rf"\b{re.escape(name.split('.')[-1])}\b", held)] == []


def test_a_way_to_pay(till: Ledger, collector: Ledger, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        put_voucher(patch)
        sale = sell(till, {"PECI": 1}, "voucher")
        with pytest.raises(Refused, match=r"Voucher .*Rp500\.000"):
            sell(till, {"NASTAR-500": 8}, "voucher")
        assert "Voucher" in slip_text(sale_slip(till, sale))
        assert ("voucher", "Voucher", 1, 50_000, 100) in run_report(till, "payments", Period()).rows
        nota = "receipt,at,cashier,sku,qty,price,method\n9,2023-04-14T10:00,rina,PECI,1,50000,Voucher\n"
        (tmp_path / "nota.csv").write_text(nota, "utf-8")
        assert import_sales(till, tmp_path / "nota.csv").total == 50_000
        live = derived(till)
        with till.write() as conn:
            journal.rebuild(conn)
        assert derived(till) == live
    for chain in documents(till).values():  # an office that does not know it yet
        bring(collector, chain)
    assert ("voucher", "voucher", 2, 100_000, 100) in run_report(collector, "payments", Period()).rows
    with pytest.raises(Refused, match="cash, qris, transfer, card"):
        sell(till, {"PECI": 1}, "voucher")


def test_a_report(
    till: Ledger, tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    total = sum(sale.total for sale in busy_day(till))
    put(monkeypatch, "REPORTS", REPORTS, {**REPORTS, "weekdays": weekdays})
    put(monkeypatch, "TABLES", TABLES, (*TABLES, "weekdays"))  # made of REPORTS when the program starts
    table = run_report(till, "weekdays", Period())
    assert [(row[0], row[-1]) for row in table.rows] == [("Jum", total)]
    export(till, tmp_path / "hari.csv", table="weekdays")
    assert (tmp_path / "hari.csv").read_text("utf-8-sig").splitlines()[1].startswith("Jum;")
    path = str(till.path)
    till.close()
    assert main(["report", path, "--list"]) == 0
    assert "weekdays" in capsys.readouterr().out.split()
    assert main(["report", path, "weekdays", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["total"] == total


def test_an_export(
    till: Ledger, tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    busy_day(till)
    path = str(till.path)
    till.close()
    wanted = ["export", path, "-o", str(tmp_path / "nota.md"), "--table", "sales", "--json"]
    assert main(wanted) == 2
    capsys.readouterr()
    put(monkeypatch, "EXPORTS", EXPORTS, {**EXPORTS, ".md": write_markdown})
    assert main(wanted) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 7
    lines = (tmp_path / "nota.md").read_text("utf-8").splitlines()
    assert len(lines) == 9
    assert all(line.count(" | ") == lines[0].count(" | ") for line in lines)


def test_a_paper(till: Ledger, monkeypatch: Patch) -> None:
    sale = sell(till, {"HAMPERS": 2, "PECI": 1})
    put_gift(monkeypatch)
    gift = papers.papers_of(sale)[-1]
    assert papers.paper_name("gift") == "Gift slip"
    assert pdf_bytes(draw(till, gift)).startswith(b"%PDF")
    printed: list[str] = []

    def take(printer: Printer, data: bytes) -> None:
        printed.append(" ".join(run(data, printer.columns * 12).words()))

    assert [enqueue(till, gift).copy, enqueue(till, gift).copy] == [0, 1]
    assert [job.state for job in run_queue(till, Printer("file", "unused"), take)] == ["printed", "printed"]
    assert printed[0] == "HADIAH 2 x Hampers Lebaran 1 x Peci Bordir"


@pytest.fixture
def _indonesian_again() -> Iterator[None]:
    yield
    use_language("id")


@pytest.mark.usefixtures("_indonesian_again")
def test_a_language(
    booth_file: Path, tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not valid("language", "jv")
    put_javanese(monkeypatch, tmp_path)
    spoken = {**SETTINGS, "language": replace(SETTINGS["language"], choices=tuple(LANGUAGES))}
    put(monkeypatch, "SETTINGS", SETTINGS, spoken)  # made of LANGUAGES when the program starts
    assert valid("language", "jv")
    use_language("jv")
    assert (_("Change"), _("Card")) == ("Susuk", "Card")
    assert long_date(date(2023, 4, 14)) == "Jemuwah, 14 April 2023"
    assert main(["--lang", "jv", "report", str(booth_file), "totals", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Gunggunge"


Adding = Callable[[Patch], None]


@pytest.fixture
def add_visits() -> Iterator[Adding]:
    """Puts the kind `visit` where the recipe says, as the next version of the program would have it."""
    made = visit_table()
    METADATA.remove(made)

    def add(patch: Patch) -> None:
        METADATA._add_table("visit", None, made)
        put(patch, "FACTS", FACTS, (*FACTS, made))
        put(patch, "DERIVED", DERIVED, (*DERIVED, made))
        put(patch, "ROWS", ROWS, {**ROWS, "visit": visit_of(made)})
        patch.setattr(mark, "VERSION", mark.VERSION + 1)

    yield add
    METADATA.remove(made)


def came_by(ledger: Ledger, people: int) -> Document:
    """The verb: so many people came by today."""
    with ledger.write() as conn:
        day = ledger.clock.now().date().isoformat()
        return ledger.post(conn, "visit", {"day": day, "people": people})


def test_a_kind_of_document(
    booth_file: Path, tmp_path: Path, postgres_url: str, add_visits: Adding, monkeypatch: Patch
) -> None:
    path = shutil.copyfile(booth_file, tmp_path / "stan.lapak")  # of the version before
    old = new_collector(tmp_path / "lama.lapak")
    add_visits(monkeypatch)
    with closing(open_ledger(path, stopped_at(MOMENT))) as till:
        doc = came_by(till, 40)
        with pytest.raises(BadDocument):
            came_by(till, -1)
        live = derived(till)
        assert live["visit"] == [(doc.device, doc.seq, "2023-04-14", 40)]
        with till.write() as conn:
            journal.rebuild(conn)
        assert derived(till) == live
        (chain,) = documents(till).values()
    with closing(open_target(postgres_url)) as central:
        bring(central, chain)
        assert derived(central) == live
    with closing(open_ledger(old)) as office:
        bring(office, chain)
        assert derived(office) == live


def test_an_older_office_keeps_a_kind_it_does_not_know_and_derives_it_later(
    booth_file: Path, tmp_path: Path, add_visits: Adding
) -> None:
    path = shutil.copyfile(booth_file, tmp_path / "stan.lapak")
    office = new_collector(tmp_path / "kantor.lapak")
    with closing(open_ledger(path, stopped_at(MOMENT))) as till, closing(open_ledger(office)) as central:
        with till.write() as conn:
            doc = till.post(conn, "visit", {"day": "2023-04-14", "people": 40})
        (chain,) = documents(till).values()
        bring(central, chain)
        assert documents(central)[doc.device][-1] == doc
        assert "visit" not in derived(central)
    with pytest.MonkeyPatch.context() as patch:
        add_visits(patch)
        with closing(open_ledger(office)) as central:
            assert derived(central)["visit"] == [(doc.device, doc.seq, "2023-04-14", 40)]
