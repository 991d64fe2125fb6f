"""A region with a history that was split off: its archive is whole, and its papers are known."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtQml import QJSEngine

from pos.clock import stopped_at
from pos.closing import Closing
from pos.exports import export
from pos.forks import forks, split
from pos.ledger import Ledger, open_ledger
from pos.model import Sale
from pos.offices import begin_office
from pos.receipts.region import chain_words
from pos.standing import standing
from tests.books import DAY, MOMENT, booth, busy_day, end_shift, new_collector, next_shift, sell
from tests.exports.test_page import call, page, read
from tests.exports.test_sealed import checker_in
from tests.sync.world import take

__all__ = ["page"]  # the engine


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Sale, Closing]]:
    """An office where a clone was split off; the clone's last sale and its closing, as they were printed."""
    folder = tmp_path_factory.mktemp("klon")
    with closing(booth(folder / "s03.lapak")) as first:
        busy_day(first)
    shutil.copyfile(folder / "s03.lapak", folder / "klon.lapak")
    with (
        closing(open_ledger(folder / "s03.lapak", stopped_at(MOMENT))) as one,
        closing(open_ledger(folder / "klon.lapak", stopped_at(MOMENT))) as clone,
        closing(open_ledger(new_collector(folder / "pusat.lapak"), stopped_at(MOMENT))) as centre,
    ):
        sell(one, {"PECI": 2})
        next_shift(clone, "rina", DAY)
        sold = sell(clone, {"NASTAR-500": 1}, "qris")
        closed = end_shift(clone)
        take(one, centre)
        take(clone, centre)
        (fork,) = forks(centre)
        split(centre, fork)
        begin_office(centre)
        yield centre, sold, closed


@pytest.fixture(scope="module")
def archive(told: tuple[Ledger, Sale, Closing], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its sealed archive, unpacked."""
    folder = tmp_path_factory.mktemp("arsip")
    export(told[0], folder / "arsip.zip")
    with ZipFile(folder / "arsip.zip") as found:
        found.extractall(folder / "isi")
    return folder / "isi"


def second(archive: Path) -> Path:
    """The file of the second history."""
    (path,) = (archive / "data/rantai").glob("S03B-*.jsonl")
    return path


def test_its_checker_says_that_it_is_whole(
    archive: Path, told: tuple[Ledger, Sale, Closing], capsys: pytest.CaptureFixture[str]
) -> None:
    checker = checker_in(archive)
    _centre, sold, closed = told
    code, head = sold.hash[:8], f"S03:{closed.seq}:{closed.hash[:8]}"
    assert checker.main([str(archive), "--nota", sold.receipt, code, "--kepala", head]) == 0
    said = capsys.readouterr().out
    assert "hilang atau ganda" in said
    assert "Riwayat kedua sebuah laptop" in said
    assert f"{sold.receipt}: asli dan tidak berubah." in said
    assert f"Dokumen {closed.seq} rantai S03 sama dengan yang di kertas." in said
    assert checker.main([str(archive), "--nota", sold.receipt, "00000000"]) == 1


def test_a_second_history_that_tells_another_first_is_told(archive: Path) -> None:
    """Chained anew, so that its own hashes hold; what it says of the old document does not."""
    checker = checker_in(archive)
    chain, prev = checker.Chain("S03B"), "0" * 64
    for line in second(archive).read_text("utf-8").splitlines():
        doc = json.loads(line)
        body = json.loads(doc["body"]) | {"prev": prev}
        if body["kind"] == "sale":
            body["total"] = 1
        doc["body"] = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        prev = doc["hash"] = checker.hashlib.sha256(doc["body"].encode()).hexdigest()
        if not chain.add(json.dumps(doc).encode()):
            break
    assert "bukan yang tercatat di rantai asalnya" in chain.fault


def test_the_page_says_so_too(page: QJSEngine, archive: Path, told: tuple[Ledger, Sale, Closing]) -> None:
    path, (_centre, sold, closed) = second(archive), told
    assert {mark for mark, _text in read(page, path)} == {"baik"}
    chain = call(page, "readChain", path.name, path.read_text("utf-8"))
    assert call(page, "receiptSays", [chain], sold.receipt, sold.hash[:8])[0] == "baik"
    assert call(page, "headSays", [chain], f"S03:{closed.seq}:{closed.hash[:8]}")[0] == "baik"
    assert call(page, "headSays", [chain], f"S03:{closed.hash[:8]}")[0] == "baik"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Sale]]:
    """The archive of an office that split off a clone and its clone; the last one's sale, as printed."""
    folder = tmp_path_factory.mktemp("klon lagi")
    names = ("satu", "dua", "tiga")
    with ExitStack() as open_ones:

        def laptop(name: str) -> Ledger:
            return open_ones.enter_context(closing(open_ledger(folder / f"{name}.lapak", stopped_at(MOMENT))))

        booth(folder / "satu.lapak").close()
        shutil.copyfile(folder / "satu.lapak", folder / "dua.lapak")
        with closing(open_ledger(folder / "dua.lapak", stopped_at(MOMENT))) as clone:
            sell(clone, {"PECI": 1})
        shutil.copyfile(folder / "dua.lapak", folder / "tiga.lapak")
        first, second, third = map(laptop, names)
        new_collector(folder / "pusat.lapak")
        centre = laptop("pusat")
        sell(first, {"SEMPRONG": 1})
        sell(second, {"PECI": 2})
        sold = sell(third, {"NASTAR-500": 1})
        for ledger in (first, second, third):
            take(ledger, centre)
            while waiting := forks(centre):
                split(centre, waiting[0])
        export(centre, folder / "arsip.zip")
        with ZipFile(folder / "arsip.zip") as found:
            found.extractall(folder / "isi")
        yield folder / "isi", sold


def test_the_papers_of_a_clone_of_a_clone_are_known_too(
    twice: tuple[Path, Sale], page: QJSEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, sold = twice
    checker = checker_in(archive)
    assert checker.main([str(archive), "--nota", sold.receipt, sold.hash[:8]]) == 0, capsys.readouterr().out
    files = [path for path in (archive / "data/rantai").iterdir() if path.suffix == ".jsonl"]
    chains = [call(page, "readChain", path.name, path.read_text("utf-8")) for path in sorted(files)]
    assert len(chains) == 3
    assert call(page, "receiptSays", chains, sold.receipt, sold.hash[:8])[0] == "baik"


def test_a_paper_that_is_signed_says_whose_numbers_were_given_twice(
    told: tuple[Ledger, Sale, Closing],
) -> None:
    stand = standing(told[0])
    assert stand.booths == ("S03", "S03B")  # the office has a chain and no booth
    assert "Kecuali S03B" in chain_words(stand)[1]
