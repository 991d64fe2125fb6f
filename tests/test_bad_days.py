"""Bad days of a machine: where home is, what its file system cannot do, when it sleeps.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from sqlalchemy import create_engine as make

from pos.carry import carry
from pos.carts import keep, open_draft
from pos.checkout import checkout
from pos.clock import stopped_at
from pos.draft import Draft
from pos.errors import UserError
from pos.identity import settle_identity
from pos.ledger import Ledger, open_ledger
from pos.paths import home
from pos.payments import settle
from pos.pricelist import export_catalog, import_catalog
from pos.settings import read_machine, write_machine
from pos.verify import verify
from tests.books import DAY, MOMENT, booth, cart_of, end_shift, sell, shift_of


@pytest.mark.parametrize("name", ["Stan 03 é", "50% lebih #1?", 'satu \' "dua"', "日本 😀"])
def test_home_and_stick_may_be_called_anything_57(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / name / "lapak é"))
    home().mkdir(parents=True)
    with closing(booth(home() / f"{name[:4]}.lapak")) as ledger:
        assert settle_identity(ledger) is None
        sell(ledger, {"HAMPERS": 1})
        stick = tmp_path / f"stik {name}" / "pusat kantor.lapak"
        stick.parent.mkdir()
        assert carry(ledger, stick).refused == ()
        for ending in (".csv", ".xlsx"):
            path = tmp_path / name / f"harga{ending}"
            assert export_catalog(ledger, path) == 6
            assert import_catalog(ledger, path).changed == 0
    write_machine({"theme": "dark"})
    assert read_machine()["theme"] == "dark"
    for path in (home() / f"{name[:4]}.lapak", stick):
        with closing(open_ledger(path, read_only=True)) as books:
            assert verify(books).ok


def test_on_a_drive_without_shared_memory_a_sale_is_durable_all_the_same_57(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network drive: SQLite asks for WAL and is told "delete" (its VFS with lock files has none)."""

    def on_a_share(url: URL, **options: Any) -> Any:
        return make(url.update_query_dict({"vfs": "unix-dotfile"}), **options)

    monkeypatch.setattr("pos.engines.create_engine", on_a_share)
    path = tmp_path / "stan.lapak"
    with closing(booth(path)) as ledger:
        with ledger.read() as conn:
            assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
            assert conn.exec_driver_sql("PRAGMA synchronous").scalar_one() == 3  # EXTRA
        assert [sell(ledger, {"PECI": 1}).number for _n in range(3)] == [1, 2, 3]
        assert verify(ledger).ok
    assert not list(tmp_path.glob("*-wal"))


def test_a_cart_that_was_being_paid_when_the_machine_slept_is_one_sale_54(till: Ledger) -> None:
    """The wall clock has gone on for a night, or back; the machine's own has stood still."""
    cart = cart_of(till, {"PECI": 2})
    keep(till, Draft(cart, till.clock.now()))
    for hours in (9, -30):
        till.clock = stopped_at(MOMENT + timedelta(hours=hours))
        draft = open_draft(till)
        sale = checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina")
        assert draft is None or draft.cart == cart
        assert (sale.number, sale.day) == (1, DAY)
        assert open_draft(till) is None
    assert verify(till).ok


def test_a_second_program_on_one_ledger_sells_beside_the_first_55(till: Ledger) -> None:
    """Both sell, each number is used once, and each sees what the other sold."""
    assert till.path
    with closing(open_ledger(till.path, stopped_at(MOMENT))) as second:
        assert settle_identity(second) is None
        numbers = [sell(one, {"PECI": 1}).number for one in (till, second, second, till)]
        cart = cart_of(till, {"SEMPRONG": 1})
        same = [
            checkout(one, cart, [settle("cash", cart.total)], shift_of(one), "rina") for one in (till, second)
        ]
    assert numbers == [1, 2, 3, 4]
    assert same[0] == same[1]
    assert verify(till, rebuild=True).ok


def test_a_second_program_that_closed_the_shift_is_noticed_55(till: Ledger) -> None:
    shift = shift_of(till)
    assert till.path
    with closing(open_ledger(till.path, stopped_at(MOMENT))) as second:
        end_shift(second)
    cart = cart_of(till, {"PECI": 1})
    with pytest.raises(UserError, match="ditutup"):
        checkout(till, cart, [settle("cash", cart.total)], shift, "rina")
    assert verify(till).ok
