"""A ledger of every released version opens for ever: derived anew, verified, and with the same figures.

Each was written by the program of that version, once and for all: with `booth` and `busy_day` of its
tests.books (0.2.0-void with a void and a second shift), of 0.3.0 five days of its tests.exhibition. What that
program's own reports said of the latter two lies beside them (but `institutions` of 0.2.0: since 0.3.0 what
a bundle was sold for counts for those whose goods are inside).
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from pos.copies import Copy, copies, own_folder
from pos.doctor import examine
from pos.errors import Damaged, Refused, WorldFailed
from pos.ledger import open_ledger
from pos.mark import FORMAT, VERSION
from pos.refunds import void
from pos.reports import Period, run_report
from pos.restore import restore, try_copy
from pos.verify import verify
from tests import plain_sums
from tests.books import documents, sell, shift_of

FOLDER = Path(__file__).parent / "data/ledgers"
KEPT = sorted(FOLDER.glob("*.lapak"))
TOLD = sorted(FOLDER.glob("*.json"))
BUSY_DAY = (7, 263, 1_010_000, 35_007, 974_993, 139_284, 3, 1)  # the report `totals`
RELEASED = {"0.1.0", "0.2.0", "0.3.0"}


@pytest.fixture
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A kept ledger, as it lies on a booth's laptop."""
    return Path(shutil.copy(request.param, tmp_path / "stan.lapak"))


def version_of(path: Path) -> int:
    with closing(open_ledger(path)) as ledger, ledger.read() as conn:
        version: int = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def before_upgrade() -> list[Copy]:
    return [one for one in copies(own_folder()) if one.former]


def test_every_released_version_is_there() -> None:
    assert {path.stem.partition("-")[0] for path in KEPT} == RELEASED
    kinds = set[str]()
    for kept in KEPT:
        with closing(open_ledger(kept, read_only=True)) as ledger:
            kinds |= {doc.kind for chain in documents(ledger).values() for doc in chain}
    assert kinds >= {"shift_close", "refund", "order", "order_step", "deposit", "cash", "stock"}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem, indirect=True)
def test_a_ledger_of_an_old_version_opens_and_goes_on(path: Path) -> None:
    till = open_ledger(path)
    former = run_report(till, "totals", Period()).rows[0]
    assert former == BUSY_DAY or any(former == tuple(_told(one)["totals"][0]) for one in TOLD)
    sale = sell(till, {"PECI": 1})
    void(till, sale, shift_of(till), "rina")
    assert run_report(till, "totals", Period()).rows[0][4] == former[4]
    assert run_report(till, "reconcile", Period()).totals == {"difference": 0}
    assert verify(till, rebuild=True).ok
    assert [check for check in examine(till) if not check.ok] == []
    assert plain_sums.hold(till)
    till.close()
    assert version_of(path) == VERSION


@pytest.mark.parametrize("told", TOLD, ids=lambda path: path.stem)
def test_reports_say_what_the_program_of_then_said(told: Path) -> None:
    with closing(open_ledger(told.with_suffix(".lapak"), read_only=True)) as ledger:
        for name, rows in _told(told).items():
            assert [list(map(str, row)) for row in run_report(ledger, name, Period()).rows] == [
                list(map(str, row)) for row in rows
            ], name


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem, indirect=True)
def test_an_upgrade_copies_first(path: Path, tmp_path: Path) -> None:
    with closing(open_ledger(path, read_only=True)) as ledger:
        before = documents(ledger)
    assert before_upgrade() == []  # reading changes nothing
    open_ledger(path).close()
    (copy,) = before_upgrade()
    assert copy.documents == sum(map(len, before.values()))
    assert try_copy(copy.path).ok
    restore(copy.path, tmp_path / "lagi.lapak")
    with closing(open_ledger(tmp_path / "lagi.lapak", read_only=True)) as again:
        assert documents(again) == before
    open_ledger(path).close()
    assert before_upgrade() == [copy]  # once


@pytest.mark.parametrize("path", [FOLDER / "0.3.0.lapak"], indirect=True)
def test_without_room_for_the_copy_nothing_is_upgraded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(total=1, free=0))
        with pytest.raises(WorldFailed, match="MB"):
            open_ledger(path)
    assert path.read_bytes()[100:] == before[100:]  # what lies before is SQLite's own, its mode among it
    assert before_upgrade() == []
    assert version_of(path) == VERSION


@pytest.mark.parametrize("path", [FOLDER / "0.3.0.lapak"], indirect=True)
def test_an_upgrade_that_is_cut_off_goes_on_with_the_copy_it_has(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr("pos.journal.derive_again", lambda _conn: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            open_ledger(path)
    (copy,) = before_upgrade()
    assert version_of(path) == VERSION
    assert before_upgrade() == [copy]


@pytest.mark.parametrize("path", [FOLDER / "0.2.0.lapak"], indirect=True)
def test_a_damaged_ledger_is_not_upgraded(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60_000:68_192] = bytes(8_192)
    path.write_bytes(content)
    with pytest.raises((Damaged, Refused)):
        open_ledger(path)
    assert before_upgrade() == []


@pytest.mark.parametrize("path", [FOLDER / "0.3.0.lapak"], indirect=True)
def test_a_newer_one_is_left_as_it_is(path: Path) -> None:
    open_ledger(path).close()
    content = bytearray(path.read_bytes())
    content[60:64] = ((FORMAT + 1) * 1000).to_bytes(4, "big")  # user_version in the file's head
    path.write_bytes(content)
    with pytest.raises(Refused, match="lebih baru"):
        open_ledger(path)
    assert path.read_bytes() == bytes(content)


def _told(path: Path) -> dict[str, list[list[object]]]:
    found: dict[str, list[list[object]]] = json.loads(path.read_text("utf-8"))
    return found
