"""Copies forget what was erased: in their bytes, under their own names, and never at the cost of a copy."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos.backup import back_up
from pos.backup_notes import LAPTOP, STICK, Notes, Place, Wanted
from pos.backup_round import keep_round
from pos.carry import sync_target
from pos.clock import stopped_at
from pos.copies import copies, own_folder
from pos.errors import WorldFailed
from pos.forgetting import forget_in, left_text
from pos.ledger import Ledger, open_ledger
from pos.mark import VERSION
from pos.preorder import Contact, Order
from pos.privacy import erase
from pos.restore import ASIDE, try_copy
from pos.sealing import new_lock
from pos.submit import submit
from pos.text import language, use_language
from tests.books import MOMENT, documents, sell
from tests.cli.running import tamper
from tests.ordering import counter, ordered

WHO = Contact("Zubaidah Rahmawati", "081299988877", "@zubaidah.r", "Jl. Kenanga 77", "Pita jingga")
OTHER = Contact("Wulandari", "081211122233")
CLOCK = stopped_at(MOMENT)
TRACES = [text.encode() for text in ("Zubaidah", "081299988877", "zubaidah.r", "Kenanga", "jingga")]


def path_of(ledger: Ledger) -> Path:
    assert ledger.path
    return ledger.path


def naming(folder: Path) -> list[str]:
    """The files in a folder that still say who ordered."""
    found = (path for path in folder.iterdir() if path.is_file())
    return sorted(path.name for path in found if any(trace in path.read_bytes() for trace in TRACES))


@pytest.fixture
def _english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "salinan"


@pytest.fixture
def order(till: Ledger, folder: Path) -> Order:
    """An order whose name is in two of three copies, and was erased since."""
    back_up(path_of(till), folder, clock=CLOCK)
    ordered(till, contact=OTHER)
    order = ordered(till, contact=WHO)
    for _n in range(2):
        back_up(path_of(till), folder, clock=CLOCK)
        sell(till, {"PECI": 1})
    return order


def test_the_bytes_are_gone_from_every_copy_and_nothing_else_is(
    till: Ledger, folder: Path, order: Order
) -> None:
    before = {one.path: one.documents for one in copies(folder)}
    assert len(naming(folder)) == 2
    erase(till, order, counter(till, "sari"))
    assert forget_in(path_of(till), folder) == 2
    assert naming(folder) == []
    assert {one.path: one.documents for one in copies(folder)} == before
    whole = documents(till)[order.device]
    for one in copies(folder):
        assert try_copy(one.path).ok
        with closing(open_ledger(one.path, read_only=True)) as copy:
            (chain,) = documents(copy).values()
        assert chain == whole[: one.documents]  # the other order is named in both
    assert forget_in(path_of(till), folder) == 0


def test_a_round_of_copies_lets_them_forget(till: Ledger) -> None:
    order = ordered(till, contact=WHO)
    keep_round(path_of(till), Wanted(), MOMENT)
    assert naming(own_folder())
    erase(till, order, counter(till, "sari"))
    notes = keep_round(path_of(till), Wanted(), MOMENT)
    assert (naming(own_folder()), notes.at(LAPTOP).error) == ([], "")
    assert len(copies(own_folder())) == 2


def test_a_copy_for_the_program_of_before_forgets_and_stays_one(
    till: Ledger, folder: Path, order: Order
) -> None:
    newest = copies(folder)[0].path
    former = folder / newest.name.replace("cadangan", f"sebelum-{VERSION - 1}", 1)
    newest.rename(former)
    tamper(former, f"PRAGMA user_version = {VERSION - 1}")
    erase(till, order, counter(till, "sari"))
    assert forget_in(path_of(till), folder) == 2
    assert naming(folder) == []
    tamper(former, "SELECT 1")
    assert former.read_bytes()[60:64] == (VERSION - 1).to_bytes(4, "big")


@pytest.mark.parametrize(
    "step", ["os.fsync", "shutil.copyfileobj", "pos.placing._same", "pathlib.Path.replace"]
)
def test_a_disk_that_fails_costs_no_copy_and_the_next_round_goes_on(
    till: Ledger, folder: Path, order: Order, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    erase(till, order, counter(till, "sari"))

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(step, fail)
        with pytest.raises(WorldFailed):
            forget_in(path_of(till), folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert forget_in(path_of(till), folder) == 2


def test_a_place_whose_copies_do_not_forget_is_told(
    till: Ledger, order: Order, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(till, order, counter(till, "sari"))

    def fail(*_args: object) -> None:
        raise WorldFailed("Penuh.", "Kosongkan.")

    monkeypatch.setattr("pos.forgetting._make_anew", fail)
    notes = keep_round(path_of(till), Wanted(str(folder)), MOMENT)
    assert notes.at(LAPTOP).error == "Penuh. Kosongkan."


def test_a_damaged_copy_and_those_of_others_stay_as_they_are(
    till: Ledger, folder: Path, order: Order
) -> None:
    newest, middle, _first = (one.path for one in copies(folder))
    tamper(newest, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")
    other = folder / middle.name.replace(order.device, "K7M2Q9XA")
    shutil.copyfile(middle, other)
    seen = newest.read_bytes(), other.read_bytes()
    erase(till, order, counter(till, "sari"))
    assert forget_in(path_of(till), folder) == 1
    assert (newest.read_bytes(), other.read_bytes()) == seen
    assert naming(folder) == sorted((newest.name, other.name))


@pytest.mark.usefixtures("_english")
def test_a_sealed_copy_stays_and_is_told(till: Ledger, folder: Path) -> None:
    order = ordered(till, contact=WHO)
    lock = new_lock("kata sandi panjang")
    sealed = back_up(path_of(till), folder, lock, CLOCK).path.read_bytes()
    erase(till, order, counter(till, "sari"))
    assert forget_in(path_of(till), folder) == 0
    assert copies(folder)[0].path.read_bytes() == sealed
    said = left_text(till, order, Wanted(lock="x"), Notes())
    assert said == "Still kept for now: sealed copies, the last of each day until they fill 2 GB."


@pytest.mark.usefixtures("_english")
def test_where_a_name_lies_on_is_one_sentence(till: Ledger, tmp_path: Path) -> None:
    stick = Wanted(stick="KASIR")
    gone = Notes().with_place(STICK, Place(error="Not plugged in."))
    before = submit(till, str(tmp_path / "dulu.lapak"))
    assert before.sent
    order = ordered(till, contact=WHO)
    assert left_text(till, order, stick, Notes()) == ""
    assert "until it is plugged in here" in left_text(till, order, stick, gone)
    aside = path_of(till).with_name(f"stan.lapak.20230414-140700{ASIDE}")
    aside.write_bytes(b"x")
    assert f"the former ledger {aside.name}" in left_text(till, order, Wanted(), Notes())
    aside.unlink()
    for name in ("awan", "kantor", "pusat"):
        (tmp_path / name).mkdir()
        submit(till, str(tmp_path / name))
    said = left_text(till, order, Wanted(), Notes())
    assert said.endswith("Shared folder “kantor”, 1 other place, until the next hand-over there.")
    assert "dulu" not in said
    erase(till, order, counter(till, "sari"))
    sync_target(till, str(tmp_path / "awan"))
    assert not any(TRACES[0] in path.read_bytes() for path in (tmp_path / "awan").rglob("*.jsonl"))


def test_practice_has_no_copies_to_tell_of(till: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(till, contact=WHO)
    own: Any = replace(till.own(), sample=True)
    monkeypatch.setattr(Ledger, "own", lambda _ledger: own)
    assert left_text(till, order, Wanted(lock="x"), Notes()) == ""
