"""Doctor: sound books pass every check, and each check sees the fault that it is there for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.doctor import check_names, examine
from pos.ledger import Ledger, open_ledger
from pos.refunds import void
from tests.books import booth, busy_day, shift_of
from tests.cli.running import program
from tests.sync.world import tampered


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a busy day with a void."""
    path = tmp_path_factory.mktemp("sound") / "stan.lapak"
    with closing(booth(path)) as ledger:
        void(ledger, busy_day(ledger)[-1], shift_of(ledger), "sari", "salah tekan")
    return path


@pytest.fixture
def till(sound: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / sound.name
    shutil.copy(sound, path)
    with closing(open_ledger(path)) as ledger:
        yield ledger


def test_sound_books_pass_every_check(till: Ledger) -> None:
    findings = examine(till)
    assert [one for one in findings if not one.ok] == []
    assert [one.name for one in findings] == list(check_names())


_CLOSED = (
    "INSERT INTO shift_close VALUES (?, 99, 1, '2023-04-14', 'x', 'rina', 5, 0, {expected}, '', 5, {last}, "
    "0, 0, 0, 0, 0, 0, 0, 0)"
)
FAULTS = {
    "documents": "UPDATE document SET body = replace(body, 'Palembang', 'Palembong') WHERE seq = 1",
    "sums": "UPDATE day_payment SET amount = amount + 1 WHERE method = 'cash'",
    "numbers": "UPDATE sale SET number = 70 WHERE number = 7",
    "slip numbers": "INSERT INTO slip SELECT device, 99, number, day, at, cashier, shift, kind, institution, "
    "partner, letter, reason FROM slip",
    "refunds": "UPDATE refund_line SET qty = 9",
    "stock": "UPDATE stock SET qty = qty + 1 WHERE sku = 'PECI'",
    "institutions": "UPDATE day_share SET total = total + 1 WHERE sku = 'PECI'",
    "deposits": "INSERT INTO order_step SELECT device, seq, device, 1, 'taken', day, at, cashier, '', 1 "
    "FROM sale",
    "approvals": "INSERT INTO approval SELECT device, seq, 'same', at, 'void', 'x', 'sari', '' FROM document",
    "privacy": "INSERT INTO erasure SELECT device, 99, 0, device, 1 FROM device",
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_check_sees_its_fault(till: Ledger, name: str) -> None:
    with tampered(till) as raw:
        if name == "deposits":
            raw.execute("UPDATE payment SET method = 'deposit'")
        if name == "privacy":
            raw.execute("UPDATE document SET private = '{}' WHERE seq = 1")
        assert raw.execute(FAULTS[name]).rowcount > 0
    assert name in {one.name for one in examine(till) if not one.ok}


_TWICE = (
    "INSERT INTO cash SELECT device, seq, number - (number = 2), day, at, cashier, shift, 'in', 5, '' "
    "FROM sale WHERE number < 4"
)
_LEFT_OUT = (
    "INSERT INTO preorder SELECT device, seq, 2, day, at, cashier, shift, booth, device, seq, 'booth', "
    "'', '', 'booth', 1, 1, 'x', 1 FROM sale WHERE number = 1"
)
_FROM_NOWHERE = "INSERT INTO stock SELECT device, 'NIHIL', 3 FROM device"


@pytest.mark.parametrize(
    ("name", "rows"), [("numbers", _TWICE), ("numbers", _LEFT_OUT), ("stock", _FROM_NOWHERE)]
)
def test_rows_that_no_document_makes_are_seen(till: Ledger, name: str, rows: str) -> None:
    """A number given twice, one left out in the series of orders, goods that never came."""
    with tampered(till) as raw:
        assert raw.execute(rows).rowcount > 0
    assert name in {one.name for one in examine(till) if not one.ok}


@pytest.mark.parametrize(("expected", "last"), [(1, 98), (None, 6)])
def test_a_closing_that_does_not_agree_with_its_shift_is_seen(
    till: Ledger, expected: int | None, last: int
) -> None:
    """A wrong figure, or a sale behind the closing."""
    with tampered(till) as raw:
        cash = "SELECT 200000 + sum(amount) FROM payment WHERE method = 'cash'"
        back = "SELECT sum(amount) FROM refund_payment WHERE method = 'cash'"
        should = raw.execute(f"SELECT ({cash}) - ({back})").fetchone()[0] if expected is None else expected
        raw.execute(_CLOSED.format(expected=should, last=last), [till.own().code])
    assert "shifts" in {one.name for one in examine(till) if not one.ok}


def test_the_command_answers_as_the_contract_says(till: Ledger) -> None:
    done = program("doctor", till.path, "--json")
    assert (done.code, done.json["ok"], len(done.json["checks"])) == (0, True, len(check_names()))
    with tampered(till) as raw:
        raw.execute(FAULTS["stock"])
    assert program("doctor", till.path).code == 1
