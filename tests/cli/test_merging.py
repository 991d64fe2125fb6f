"""`lapak merge`, `split`, `seen` and `report radar` as an officer types them."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.ledger import open_ledger
from tests.books import MOMENT, booth, sell
from tests.cli.running import Run


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A booth's ledger and that of its clone; each went on selling."""
    one, clone = tmp_path / "satu.lapak", tmp_path / "klon.lapak"
    booth(one, "S07").close()
    shutil.copyfile(one, clone)
    for path, items in ((one, {"PECI": 2}), (clone, {"SEMPRONG": 1})):
        with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
            sell(ledger, items)
    return one, clone


def test_the_sentence_of_a_dry_run_and_what_json_says(
    lapak: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    pusat = tmp_path / "pusat.lapak"
    said = lapak("merge", pusat, *files, "--dry-run")
    assert said.out.splitlines()[0] == (
        "2 berkas, 6 dokumen baru, 5 sudah ada, 1 ditolak, 0 stan belum lengkap."
    )
    assert (said.code, pusat.exists()) == (1, False)
    answer = lapak("merge", pusat, *files, "--json").json
    assert (answer["new"], answer["left"], answer["quarantined"]) == (6, 1, 1)
    assert [one["left"] for one in answer["sources"]] == [0, 1]
    assert answer["incomplete"] == []


def test_a_second_history_is_told_and_split_off(lapak: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    pusat = tmp_path / "pusat.lapak"
    lapak("merge", pusat, *files)
    (fork,) = lapak("split", pusat, "--json").json["forks"]
    assert (fork["booth"], fork["seq"], fork["becomes"], fork["in_both"]) == ("S07", 6, "Stan S07-B", 0)
    assert (fork["first"]["total"], fork["second"]["total"]) == (100_000, 30_000)
    assert lapak("split", pusat, "S99").code == 2
    done = lapak("split", pusat, "s07")
    assert "Stan S07-B kini berdiri sendiri" in done.out
    assert lapak("split", pusat, "--json").json == {"forks": []}
    assert lapak("report", pusat, "totals", "--json").json["totals"]["total"] == 130_000
    assert lapak("merge", pusat, *files).code == 0
    assert lapak("doctor", pusat).code == 0


def test_what_a_slip_says_is_on_the_radar(lapak: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    pusat = tmp_path / "pusat.lapak"
    lapak("merge", pusat, files[0])
    device = lapak("report", pusat, "radar", "--json").json["rows"][0][1]
    said = lapak("seen", pusat, device, "9", "--json")
    assert (said.code, said.json["documents"], said.json["missing"]) == (1, 6, 3)
    assert lapak("report", pusat, "radar", "--json").json["totals"] == {"lacks": 3}
    again = lapak("merge", pusat, files[0], "--json").json
    assert [(one["booth"], one["missing"]) for one in again["incomplete"]] == [("S07", 3)]
    assert lapak("seen", pusat, "S99ZZ-000001").code == 2
    assert lapak("seen", tmp_path / "tiada.lapak", device, "9").code == 2
    assert lapak("seen", files[0], device, "9").code == 2  # the ledger of a till


def test_a_receipt_of_a_second_history_is_still_known(
    lapak: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Two receipts bear one number; the check code tells them apart, as it was printed on either."""
    codes = []
    for path in files:
        with closing(open_ledger(path, stopped_at(MOMENT))) as ledger, ledger.read() as conn:
            from pos import journal
            from pos.checkout import read_sale

            doc = journal.document(conn, ledger.own().code, 6)
            assert doc is not None
            codes.append((read_sale(doc).receipt, read_sale(doc).code))
    assert codes[0][0] == codes[1][0]
    pusat = tmp_path / "pusat.lapak"
    lapak("merge", pusat, *files)
    lapak("split", pusat, "S07")
    for number, code in codes:
        said = lapak("check", pusat, number, code, "--json")
        assert (said.code, said.json["valid"]) == (0, True)
    assert lapak("check", pusat, codes[0][0], "00000000", "--json").code == 1
