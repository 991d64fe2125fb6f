"""Who ordered is forgotten: in this file's bytes, in every ledger, and by the calendar."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.approvals import granted
from pos.carry import sync_target
from pos.catalog import products
from pos.deposits import cancel
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.order_book import order_of
from pos.orders import cart_of, change
from pos.preorder import Contact
from pos.privacy import erase, forget_old, old_orders
from pos.segments import FolderSource
from pos.sync import copy_chains
from tests.books import DAY, booth, bring, derived, documents, shift_of
from tests.books import cart_of as cart_with
from tests.ordering import counter, handed_over, ordered, wish

WHO = Contact("Zubaidah Rahmawati", "081299988877", "@zubaidah.r", "Jl. Kenanga 77", "Pita jingga")
TRACES = [text.encode() for text in ("Zubaidah", "081299988877", "zubaidah.r", "Kenanga", "jingga")]


def found(path: Path) -> list[bytes]:
    """What of the traces stands in a ledger's files."""
    files = [one for one in path.parent.iterdir() if one.name.startswith(path.name)]
    return [trace for trace in TRACES if any(trace in one.read_bytes() for one in files)]


def story(till: Ledger) -> None:
    """Ordered, changed, handed over with a note on a line, forgotten."""
    from pos.orders import place

    cart = cart_with(till, {"PECI": 2}).with_note(0, "bordir nama Zubaidah")
    order = place(till, cart, wish(contact=WHO), counter(till))
    again = change(
        till,
        order,
        cart_of(order, products(till), order.cart).with_qty(0, 3),
        wish(contact=WHO),
        counter(till),
    )
    handed_over(till, again)
    assert found(Path(till.name))
    erase(till, again, counter(till, "sari"))


def test_the_bytes_are_gone_from_the_file(till: Ledger) -> None:
    story(till)
    assert found(Path(till.name)) == []
    assert all(doc.private is None for chain in documents(till).values() for doc in chain)


def test_the_order_stays_without_its_name(till: Ledger) -> None:
    order = ordered(till, contact=WHO)
    gone = erase(till, order, counter(till, "sari"))
    assert (gone.wish.contact, gone.erased, gone.total) == (Contact(), True, 300_000)
    assert erase(till, gone, counter(till, "sari")) == gone
    assert gone.documents == ()


def test_asking_for_it_needs_an_officer(till: Ledger) -> None:
    order = ordered(till, contact=WHO)
    with pytest.raises(Refused, match="petugas"):
        erase(till, order, counter(till))
    allowed = granted(till, "sari", "erase", order.receipt)
    assert erase(till, order, counter(till, approval=allowed)).erased


@pytest.mark.parametrize("late", [0, 1, 3])
def test_a_central_file_forgets_in_whatever_order_it_hears(
    till: Ledger, collector: Ledger, tmp_path: Path, late: int
) -> None:
    """`late` documents come from another booth that took the data before they were erased."""
    order = ordered(till, contact=WHO)
    chain = documents(till)[order.device]
    known = chain[: order.seq]
    if late:
        bring(collector, known)
        assert found(tmp_path / "pusat.lapak")
    erase(till, order, counter(till, "sari"))
    whole = documents(till)[order.device]
    if late == 3:  # the data come again, from a copy that never heard of it
        bring(collector, whole[len(known) :])
    else:
        bring(collector, [*known, *whole[len(known) :]][len(known) if late else 0 :])
    assert all(doc.private is None for doc in documents(collector)[order.device])
    assert derived(collector)["erasure"] == derived(till)["erasure"]
    collector.engine.dispose()
    with closing(open_ledger(tmp_path / "pusat.lapak")):
        assert found(tmp_path / "pusat.lapak") == []


def test_a_shared_folder_forgets_with_the_next_sync(
    till: Ledger, collector: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the segments with what was erased are put down anew; what another program put there stays."""
    monkeypatch.setattr("pos.segments.BATCH", 5)
    awan = tmp_path / "awan"
    order = ordered(till, contact=WHO)
    sync_target(till, str(awan))
    torn = awan / "in" / order.device / f"1-{order.seq}-{'0' * 16}.jsonl"
    torn.write_bytes(b"{")
    before = {path: path.read_bytes() for path in awan.rglob("*.jsonl")}
    assert any(TRACES[0] in data for data in before.values())
    erase(till, order, counter(till, "sari"))
    for _again in range(2):
        sync_target(till, str(awan))
        after = {path: path.read_bytes() for path in awan.rglob("*.jsonl")}
        assert [trace for trace in TRACES if any(trace in data for data in after.values())] == []
        assert before.keys() - after.keys() == {path for path in before if TRACES[0] in before[path]}
        assert after[torn] == b"{"
    assert copy_chains(FolderSource(awan / "in"), collector).refused == []
    assert documents(collector) == documents(till)


def test_old_orders_are_forgotten_by_the_calendar(till: Ledger) -> None:
    taken, dropped, waits = (ordered(till, contact=WHO) for _n in range(3))
    handed_over(till, taken)
    cancel(till, dropped, counter(till, "sari"))
    later = DAY + timedelta(days=30)
    at_till = replace(counter(till), shift=replace(shift_of(till), day=later))
    assert old_orders(till, later - timedelta(days=1), 30) == []
    assert forget_old(till, at_till, 0) == 0
    assert forget_old(till, at_till, 31) == 0
    assert forget_old(till, at_till, 30) == 2
    assert forget_old(till, at_till, 30) == 0
    with till.read() as conn:
        assert [order_of(conn, one.root).erased for one in (taken, dropped, waits)] == [True, True, False]


def test_a_new_booth_needs_nothing_of_it(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "stan.lapak")) as till:
        assert forget_old(till, counter(till), 30) == 0
