"""Each command answers as interface.md says: the fields of its JSON, its exit code, its words for people."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from pos.cli import COMMANDS
from pos.model import Sale
from pos.paths import resource
from tests.cli.running import TOP, Run, documents_of, tamper

CATALOGUE = resource("exhibition/catalog.csv")
DAY = resource("exhibition/day.csv")


def test_catalog_import_counts(lapak: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "sku,name,price,institution\nMUG,Mug,35000,LPP-PLG\nPECI,Peci,1,LP1-PLG\n"
    )
    tried = lapak("catalog", "import", path, tmp_path / "a.csv", "--dry-run", "--json")
    said = lapak("catalog", "import", path, tmp_path / "a.csv", "--json")
    counts = {"added": 1, "changed": 1, "unchanged": 0, "rejected": []}
    assert tried.json.items() >= counts.items() <= said.json.items()
    again = lapak("catalog", "import", path, tmp_path / "a.csv")
    assert (again.code, again.err) == (0, "")
    assert "2" in again.out


def test_catalog_import_with_a_bad_row_is_refused_unless_told(lapak: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('sku,name,price,institution\nA,A,"12,5",LPP-PLG\nB,B,1,LPP-PLG\n')
    said = lapak("catalog", "import", path, tmp_path / "a.csv", "--json")
    assert said.code == 2
    assert said.sentence.startswith("a.csv:2:price: ")
    assert [(bad["row"], bad["column"]) for bad in said.json["rejected"]] == [(2, "price")]
    said = lapak("catalog", "import", path, tmp_path / "a.csv", "--skip-bad", "--json")
    assert (said.code, said.json["added"], len(said.json["rejected"])) == (0, 1, 1)


def test_catalog_import_names_columns_that_it_left_alone(lapak: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sku,name,price,institution,warna\nA,A,1,LPP-PLG,biru\n")
    assert "warna" in lapak("catalog", "import", path, tmp_path / "a.csv").sentence


def test_catalog_export_gives_the_same_back(lapak: Run, path: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert lapak("catalog", "export", path, tmp_path / name, "--json").json["rows"] == 6
        said = lapak("catalog", "import", path, tmp_path / name, "--json")
        assert (said.json["unchanged"], said.json["changed"], said.json["added"]) == (6, 0, 0)


def test_sales_import_adds_up_and_comes_once(lapak: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "a.lapak"
    lapak("new", ledger, "--booth", "S03", "--name", "Stan 03", "--institution", "LPP-PLG")
    lapak("catalog", "import", ledger, CATALOGUE)
    said = lapak("sales", "import", ledger, DAY, "--json")
    assert said.code == 0
    assert (
        said.json.items()
        >= {"sales": 120, "lines": 209, "units": 441, "total": 16_846_500, "rejected": []}.items()
    )
    again = lapak("--json", "sales", "import", ledger, DAY)
    assert (again.json["sales"], again.json["total"], again.json["known"]) == (0, 0, 120)
    assert "120" in lapak("sales", "import", ledger, DAY).out


def test_sales_import_with_a_bad_row_is_refused(lapak: Run, path: Path, tmp_path: Path) -> None:
    head = "receipt,at,cashier,sku,qty,price,discount,method"
    (tmp_path / "a.csv").write_text(f"{head}\nP-1,2023-04-14T08:00,rina,TIADA,1,1,0,cash\n")
    before = documents_of(path)
    said = lapak("sales", "import", path, tmp_path / "a.csv", "--json")
    assert (said.code, said.json["rejected"][0]["row"]) == (2, 2)
    assert said.sentence.startswith("a.csv:2:sku: ")
    assert documents_of(path) == before


def test_receipt_makes_a_pdf_and_counts_its_copies(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path
) -> None:
    number, file = sold[1].receipt, tmp_path / "struk.pdf"
    for copy in (0, 1, 2):
        said = lapak("receipt", path, number.lower(), "-o", file, "--json")
        assert said.json == {"file": str(file), "number": number, "copy": copy, "total": sold[1].total}
        with closing(PdfDocument(file)) as pdf:
            assert len(pdf) == 1
    narrow = lapak("receipt", path, number, "-o", file, "--paper", "58")
    assert (narrow.code, file.read_bytes()[:5]) == (0, b"%PDF-")


def test_receipt_as_text(lapak: Run, path: Path, sold: list[Sale], tmp_path: Path) -> None:
    shown = lapak("receipt", path, sold[0].receipt, "--text").out
    lapak("receipt", path, sold[0].receipt, "--text", "-o", tmp_path / "a.txt")
    assert sold[0].receipt in shown
    assert (tmp_path / "a.txt").read_text("utf-8") == shown


@pytest.mark.parametrize(
    "asked",
    [
        ["S03XX-000001", "-o", "a.pdf"],
        ["bukan", "-o", "a.pdf"],
        ["{number}"],
        ["{number}", "-o", "stan.lapak"],
    ],
)
def test_receipt_refuses_what_is_not_there_or_no_pdf(
    lapak: Run, path: Path, sold: list[Sale], asked: list[str]
) -> None:
    before = documents_of(path)
    words = [word.format(number=sold[0].receipt) for word in asked]
    said = lapak("receipt", path, *[path.parent / word if "." in word else word for word in words])
    assert (said.code, said.out) == (2, "")
    assert said.sentence
    assert documents_of(path) == before


def test_check_knows_ours_strangers_and_forgeries(lapak: Run, path: Path, sold: list[Sale]) -> None:
    number, code = sold[0].receipt, sold[0].code
    for written in ([f"{number} {code}"], [number, code[:4], code[4:]], [number.lower(), code.lower()]):
        said = lapak("check", path, *written, "--json")
        assert (said.code, said.json["known"], said.json["valid"]) == (0, True, True)
    assert said.json["sale"]["total"] == sold[0].total
    forged = lapak("check", path, number, "00000000", "--json")
    assert (forged.code, forged.json["known"], forged.json["valid"]) == (1, True, False)
    stranger = lapak("check", path, "S99ZZ-000001", code, "--json")
    assert (stranger.code, stranger.json) == (1, {"known": False, "valid": False, "sale": None})
    assert lapak("check", path, "halo").code == 2


def test_check_finds_a_sale_whose_content_was_changed(lapak: Run, path: Path, sold: list[Sale]) -> None:
    tamper(path, "UPDATE document SET body = replace(body, '65000', '65001') WHERE seq = ?", sold[0].seq)
    said = lapak("check", path, sold[0].receipt, sold[0].code, "--json")
    assert (said.code, said.json["valid"]) == (1, False)


def test_sync_says_what_moved(lapak: Run, path: Path, sold: list[Sale], tmp_path: Path) -> None:
    for target in (tmp_path / "pusat.lapak", tmp_path / "bersama"):
        said = lapak("sync", path, target, "--json")
        ((device, seq),) = said.json["heads"].items()
        assert (said.code, said.json["sent"], said.json["received"], said.json["refused"]) == (0, seq, 0, [])
        assert seq == sold[-1].seq
        assert lapak("sync", path, target, "--json").json["sent"] == 0
        assert device == sold[0].device


def test_sync_tells_of_a_fork_and_ends_with_1(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path
) -> None:
    lapak("sync", path, tmp_path / "pusat.lapak")
    tamper(path, "UPDATE document SET hash = ? WHERE seq = ?", "0" * 64, sold[-1].seq)
    said = lapak("sync", path, tmp_path / "pusat.lapak", "--json")
    assert said.code == 1
    assert set(said.json["refused"][0]) == {"device", "at_seq", "why"}


def test_a_central_database_is_named_like_a_ledger(
    lapak: Run, path: Path, sold: list[Sale], postgres_url: str, tmp_path: Path
) -> None:
    assert lapak("sync", path, postgres_url, "--json").json["sent"] == sold[-1].seq
    assert lapak("merge", postgres_url, path, "--json").json["new"] == 0
    assert lapak("verify", postgres_url, "--json").json["ok"]
    here, there = lapak("report", path, "days", "--json"), lapak("report", postgres_url, "days", "--json")
    assert here.json == there.json
    assert lapak("check", postgres_url, sold[0].receipt, sold[0].code).code == 0
    assert lapak("receipt", postgres_url, sold[0].receipt, "--text").code == 0
    assert lapak("export", postgres_url, "-o", tmp_path / "a.csv", "--json").json["rows"] > 0


def test_a_database_that_does_not_answer_ends_with_3(lapak: Run, path: Path) -> None:
    for command in (["sync", path], ["verify"], ["merge"]):
        target = "postgresql+psycopg://kasir:rahasia@127.0.0.1:1/pusat"
        said = lapak(*command, target, *([path] if command == ["merge"] else []))
        assert (said.code, said.out) == (3, "")
        assert "rahasia" not in said.sentence


def test_merge_takes_files_and_folders(lapak: Run, path: Path, sold: list[Sale], tmp_path: Path) -> None:
    central = tmp_path / "kanwil" / "pusat.lapak"
    tried = lapak("merge", central, path, "--dry-run", "--json")
    assert (tried.json["new"], central.exists()) == (sold[-1].seq, False)
    said = lapak("merge", central, path, tmp_path, "--json")
    assert said.code == 0
    assert set(said.json) >= {"files", "documents", "new", "known", "refused", "missing"}
    assert said.json["new"] == sold[-1].seq
    assert lapak("merge", central, path, "--json").json["new"] == 0
    assert lapak("merge", central, tmp_path / "tiada").code in {1, 2}


def test_verify_is_content_with_what_was_written(lapak: Run, path: Path, sold: list[Sale]) -> None:
    said = lapak("verify", path, "--rebuild", "--json")
    assert (said.code, said.json["ok"], said.json["problems"]) == (0, True, [])
    (device,) = said.json["devices"]
    assert device == {"device": sold[-1].device, "booth": "S03", "seq": sold[-1].seq, "hash": sold[-1].hash}
    assert said.json["documents"] == sold[-1].seq


def test_verify_ends_with_1_when_a_document_was_changed(lapak: Run, path: Path, sold: list[Sale]) -> None:
    tamper(path, "UPDATE document SET body = replace(body, 'rina', 'sari') WHERE seq = ?", sold[2].seq)
    said = lapak("verify", path, "--json")
    assert (said.code, said.json["ok"]) == (1, False)
    assert said.json["problems"][0].items() >= {"device": sold[2].device, "seq": sold[2].seq}.items()
    assert str(sold[2].seq) in said.sentence


def test_report_answers_with_columns_rows_and_totals(lapak: Run, path: Path, sold: list[Sale]) -> None:
    listed = lapak("report", path, "--list", "--json").json["reports"]
    assert {"totals", "days", "institutions", "products", "payments", "cashiers", "hours", "daily-board"} <= {
        *listed
    }
    for name in listed:
        said = lapak("report", path, name, "--json")
        assert (said.code, set(said.json)) == (0, {"title", "columns", "rows", "totals", "complete"})
        assert all(len(row) == len(said.json["columns"]) for row in said.json["rows"])
        shown = lapak("report", path, name)
        assert (shown.code, shown.out.splitlines()[0]) == (0, said.json["title"])
    assert lapak("report", path, "days", "--json").json["totals"]["total"] == sum(sale.total for sale in sold)


def test_report_keeps_to_its_days(lapak: Run, path: Path, sold: list[Sale]) -> None:
    within = lapak("report", path, "days", "--from", "2023-04-14", "--to", "2023-04-14", "--json").json
    without = lapak("report", path, "days", "--from", "2023-04-15", "--json").json
    assert within["totals"]["sales"] == len(sold)
    assert without["totals"].get("sales", 0) == 0


@pytest.mark.parametrize(
    "asked",
    [
        ["tiada"],
        [],
        ["days", "--from", "14-04-2023"],
        ["days", "--booth", "S99"],
        ["days", "--institution", "X"],
    ],
)
def test_report_refuses_what_it_does_not_know(lapak: Run, path: Path, asked: list[str]) -> None:
    said = lapak("report", path, *asked)
    assert (said.code, said.out) == (2, "")
    assert said.sentence


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.jsonl"])
def test_export_tells_rows_and_hash(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path, name: str
) -> None:
    said = lapak("export", path, "-o", tmp_path / name, "--json")
    assert (said.code, set(said.json), said.json["file"]) == (
        0,
        {"file", "rows", "sha256"},
        str(tmp_path / name),
    )
    assert said.json["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert said.json["rows"] >= len(sold)


def test_export_never_writes_over_a_ledger(lapak: Run, path: Path) -> None:
    before = documents_of(path)
    assert lapak("export", path, "-o", path).code == 2
    assert lapak("catalog", "export", path, path).code == 2
    assert documents_of(path) == before


def test_demo_leaves_a_receipt_a_central_file_and_a_workbook(lapak: Run, tmp_path: Path) -> None:
    said = lapak("demo", "--headless", "--out", tmp_path / "contoh", "--json")
    assert (said.code, said.json["sales"], said.json["total"]) == (0, 120, 16_846_500)
    files = [said.json["ledger"], said.json["central"], said.json["workbook"], *said.json["receipts"]]
    assert all(Path(file).stat().st_size > 1_000 for file in files)
    assert len(said.json["receipts"]) == 120


def test_every_command_explains_itself(lapak: Run) -> None:
    whole = lapak("--help")
    assert whole.code == 0
    for name in COMMANDS:
        assert f"    {name} " in whole.out
        assert (lapak(name, "--help").code, lapak(name, "--help", "--lang", "en").code) == (0, 0)


def test_help_comes_without_the_database() -> None:
    script = "import sys; from pos.cli import main; main(['--help']); sys.exit('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=TOP, capture_output=True, check=False)
    assert done.returncode == 0


def test_help_is_in_the_language_asked_for(lapak: Run) -> None:
    assert lapak("report", "--help", "--lang", "en").out.startswith("usage: lapak report")
    assert lapak("--lang=id", "report", "--help").out.startswith("pemakaian: lapak report")
    assert "is missing" in lapak("report", "--lang", "en").sentence


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["tiada"],
        ["report"],
        ["verify", "a", "b"],
        ["receipt", "a", "b", "--paper", "70"],
        ["catalog"],
        ["--lang", "jv", "verify", "a"],
        ["--tiada"],
    ],
)
def test_bad_usage_is_refused_in_one_sentence(lapak: Run, asked: list[str]) -> None:
    said = lapak(*asked)
    assert (said.code, said.out) == (2, "")
    assert said.sentence.startswith("lapak")
    with_json = lapak(*asked, "--json")
    assert (with_json.code, set(with_json.json)) == (2, {"error", "hint"})


def test_home_moves_all_state(lapak: Run, path: Path, tmp_path: Path) -> None:
    lapak("--home", tmp_path / "lain", "sync", path, tmp_path / "pusat.lapak")
    assert (tmp_path / "lain").is_dir()
    lapak("sync", path, tmp_path / "pusat-2.lapak", "--home", tmp_path / "lagi")
    assert (tmp_path / "lagi").is_dir()
    assert not (tmp_path / "home").exists()
