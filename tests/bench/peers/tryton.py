"""Tryton's point of sale as a peer, run by the peer's own Python.

`make URI FOLDER` makes the books: company, chart of accounts, a till, cash, 60 products. `serve URI FOLDER`
answers a line of JSON with a line of JSON, see tests/bench/peers/talk.py.

A sale is what Tryton's own scenario of the module `sale_point` does: lines by product, saved, paid in cash,
processed (numbered), then posted, which moves the stock and writes the accounts. It calls the server's
API in the same process: no client, no network, no screen.
"""

from __future__ import annotations

import csv
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.bench.peers import talk

NAME = "kasir"
GOODS = 60


def configure(uri: str, folder: Path) -> None:
    """Tell Tryton where its database is: a folder for SQLite, a server for PostgreSQL."""
    path = folder / "trytond.conf"
    path.write_text(f"[database]\nuri = {uri}\npath = {folder}\n[session]\nsuper_pwd =\n", "utf-8")
    os.environ["TRYTOND_CONFIG"] = str(path)
    os.environ["DB_NAME"] = NAME
    from trytond import config

    config.update_etc(str(path))


def make() -> None:
    """Make the books through proteus, Tryton's own client library, as the module's scenario does."""
    from trytond.tests.test_tryton import create_db

    create_db(NAME)
    from proteus import Model, Wizard
    from proteus import config as proteus_config

    client = proteus_config.set_trytond(NAME)
    modules = Model.get("ir.module")
    modules.click(modules.find([("name", "=", "sale_point")]), "activate")
    Wizard("ir.module.activate_upgrade").execute("upgrade")
    from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, get_accounts
    from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
    from trytond.modules.company.tests.tools import create_company

    create_company(config=client)
    create_chart(config=client)
    set_fiscalyear_invoice_sequences(create_fiscalyear()).click("create_period")
    _till(Model, get_accounts())


def _till(model: Any, accounts: Any) -> None:
    category = model.get("product.category")(name="Goods", accounting=True)
    category.account_revenue = accounts["revenue"]
    category.save()
    (unit,) = model.get("product.uom").find([("name", "=", "Unit")])
    for number in range(GOODS):
        template = model.get("product.template")(name=f"Product {number}", default_uom=unit, type="goods")
        template.salable = True
        template.account_category = category
        template.gross_price = Decimal(1000 * (number + 5))
        template.save()
    pos = model.get("sale.point")(name="POS")
    (pos.journal,) = model.get("account.journal").find([("type", "=", "revenue")], limit=1)
    pos.sequence = model.get("ir.sequence.strict")(name="POS", company=pos.company)
    (pos.sequence.sequence_type,) = model.get("ir.sequence.type").find([("name", "=", "POS")], limit=1)
    pos.sequence.save()
    (pos.storage_location,) = model.get("stock.location").find([("code", "=", "STO")])
    (pos.customer_location,) = model.get("stock.location").find([("code", "=", "CUS")])
    pos.save()
    cash = model.get("sale.point.payment.method")(name="Cash", account=accounts["cash"], cash=True)
    cash.save()


class Till:
    """An open Tryton."""

    def __init__(self) -> None:
        from trytond.pool import Pool
        from trytond.transaction import Transaction

        Pool.start()
        self.pool = Pool(NAME)
        with Transaction().start(NAME, 0):
            self.pool.init()
        self._transaction = Transaction
        self._extras: dict[str, Any] = {}
        with Transaction().start(NAME, 1):
            self._context = self.pool.get("res.user").get_preferences(context_only=True)
        with self.begin():
            self.goods = [
                one.id for one in self.pool.get("product.product").search([], order=[("id", "ASC")])
            ]
            (self.point,) = (one.id for one in self.pool.get("sale.point").search([]))
            (self.cash,) = (one.id for one in self.pool.get("sale.point.payment.method").search([]))
        self.sold = 0

    def begin(self) -> Any:
        """A transaction of the cashier."""
        return self._transaction().start(NAME, 1, context=self._context, **self._extras)

    def sell(self) -> str:
        """One sale of three lines, paid in cash and posted; its number, when it is durable.

        The first is tried again with the table locked, as Tryton's dispatcher does; later ones lock first.
        """
        from trytond.transaction import TransactionError

        while True:
            try:
                return self._sell()
            except TransactionError as error:
                error.fix(self._extras)

    def _sell(self) -> str:
        get = self.pool.get
        with self.begin() as transaction:
            sale = get("sale.point.sale")(point=self.point)
            sale.date = get("ir.date").today()
            sale.company = self._context["company"]
            lines = []
            for place in range(3):
                line = get("sale.point.sale.line")(sale=sale, quantity=1)
                line.product = self.goods[(self.sold + 7 * place) % len(self.goods)]
                line.on_change_product()
                lines.append(line)
            sale.lines = lines
            sale.save()
            payment = get("sale.point.payment")(sale=sale, method=self.cash, amount=sale.total)
            payment.save()
            sale = get("sale.point.sale")(sale.id)
            get("sale.point.sale").process([sale])
            get("sale.point.sale").post([sale])
            number = str(sale.number)
            transaction.commit()
        self.sold += 1
        return number

    def export(self, path: Path) -> int:
        """Every line as CSV through Tryton's own export; how many."""
        fields = ("sale/number", "sale/date", "product/name", "quantity", "unit_price", "amount")
        with self.begin(), path.open("w", newline="", encoding="utf-8") as file:
            lines = self.pool.get("sale.point.sale.line")
            rows = lines.export_data(lines.search([]), fields)
            csv.writer(file).writerows(rows)
        return len(rows)

    def count(self) -> int:
        """How many sales are posted."""
        with self.begin():
            return int(self.pool.get("sale.point.sale").search([("state", "=", "posted")], count=True))


if __name__ == "__main__":
    _word, what, where, place = sys.argv
    configure(where, Path(place))
    if what == "make":
        make()
    else:
        talk.serve(Till())
