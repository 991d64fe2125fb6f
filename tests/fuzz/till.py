"""Any sequence of verbs at one till, with restarts, repeats and wrong clocks: the books hold after each.

The model beside the ledger is as small as it can be: how many papers each series has, what lies on the shelf,
what is in the drawer, what was sold. Everything else is asked of the ledger's own rules at the end.
"""

from __future__ import annotations

from hypothesis.stateful import invariant
from sqlalchemy import select

from pos import journal
from pos.carts import held_drafts, open_draft
from pos.checkout import find_sale
from pos.closing import x_report
from pos.doctor import examine
from pos.reports import Period, run_report
from pos.stock import on_hand
from pos.tables import SUMS
from tests.books import derived
from tests.fuzz.stall import OrderDesk
from tests.plain_sums import PLAIN_SUMS


class Till(OrderDesk):
    """The whole of it, and what must hold after each verb and at the end."""

    # What holds.

    @invariant()
    def the_shelf_is_what_moved(self) -> None:
        """Stock arithmetic."""
        if hasattr(self, "ledger"):
            found = on_hand(self.ledger)
            assert {sku: qty for sku, qty in found.items() if qty != self.shelf[sku]} == {}

    @invariant()
    def the_drawer_is_what_moved(self) -> None:
        """Drawer arithmetic, and what was sold."""
        if hasattr(self, "ledger") and (shift := self.shift):
            assert x_report(self.ledger, shift, "rina").expected == self.drawer

    @invariant()
    def carts_put_aside_are_there(self) -> None:
        """Also after a restart; of those being filled the last."""
        if hasattr(self, "ledger"):
            found = open_draft(self.ledger)
            assert {
                one.cart.id: one.cart for one in (*held_drafts(self.ledger), *((found,) if found else ()))
            } == {cart.id: cart for cart in self.aside.values()}

    def teardown(self) -> None:
        """At the end every rule of the books is asked."""
        try:
            if hasattr(self, "ledger"):
                self.ends()
                self.ledger.close()
        finally:
            self.patch.undo()
            self.folder.cleanup()

    def ends(self) -> None:
        """Sums, series, chain, tables, doctor."""
        live = derived(self.ledger)
        with self.ledger.read() as conn:
            for name, plain in PLAIN_SUMS.items():
                table = next(one for one in SUMS if one.name == name)
                kept = sorted(map(tuple, conn.execute(select(table))), key=repr)
                told = sorted(map(tuple, conn.exec_driver_sql(plain)), key=repr)
                assert (
                    [row for row in kept if row not in told] == [] == [row for row in told if row not in kept]
                )
        assert [one for one in examine(self.ledger) if not one.ok] == []
        with self.ledger.write() as conn:
            journal.rebuild(conn, chunk=7)
        assert derived(self.ledger) == live
        for cart, sale in self.carts:
            assert find_sale(self.ledger, sale.receipt).cart == cart.id
        totals = run_report(self.ledger, "totals", Period()).totals
        assert totals["total"] == self.turnover
