"""A booth that has made every kind of paper, for what must hold of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.catalog import institutions, post_products, products
from pos.consignment import give_back, receive, write_off
from pos.counts import enter, explain, finish
from pos.deliveries import Entry, Head
from pos.handed import hand_over_of
from pos.label_facts import Facts
from pos.label_goods import tell_story
from pos.ledger import Ledger
from pos.model import By
from pos.order_book import order_of
from pos.papers import Source
from pos.receipts.blocks import Slip
from pos.receipts.label_text import labels_of, telling_of
from pos.receipts.labels import FORMS, Kind, label_roll, label_sheets
from pos.receipts.sheet import Sheet
from pos.refunds import void
from pos.remittances import Paying, remit
from pos.settling import settle
from tests.books import STAFF, busy_day, documents, end_shift, sell, shift_of
from tests.ordering import ahead, ordered

FACTS = Facts("Dipanggang setiap pagi.", "ID16110000123456789", "2061671010123-28", "BK-02")
HEAD = Head("LPP-PLG", "Yuliana, S.H.", "W6.PAS.23-114")


def every(ledger: Ledger) -> dict[str, Source]:
    """One document of every kind that papers are made of."""
    busy_day(ledger)
    by = By(STAFF[1], shift_of(ledger))
    found: dict[str, Source] = {"sale": sell(ledger, {"HAMPERS": 2, "NASTAR-500": 1}, tendered=1_000_000)}
    found["refund"] = void(ledger, sell(ledger, {"PECI": 1}), shift_of(ledger), "rina", "salah tekan")
    order = ordered(ledger)
    ahead(ledger, order, 100_000)
    with ledger.read() as conn:
        found["order"] = order = order_of(conn, order.root)
    found["deposit"] = order.deposits[0]
    entries = [Entry("NASTAR-500", 40, "B-07", date(2023, 5, 20)), Entry("SEMPRONG", 30)]
    found["received"] = receive(ledger, HEAD, entries, by, 85)
    found["returned"] = give_back(ledger, HEAD, [Entry("SEMPRONG", 21)], by)
    gone = Head("LPP-PLG", "Yuliana, S.H.", reason="remuk di jalan")
    found["damaged"] = write_off(ledger, "damaged", gone, [Entry("SEMPRONG", 2)], by)
    enter(ledger, "LPP-PLG", "NASTAR-500", 100)
    enter(ledger, "LPP-PLG", "SEMPRONG", 98)
    for sku in ("NASTAR-500", "SEMPRONG"):
        count = explain(ledger, "LPP-PLG", sku, "other", "kemasan terbuka")
    found["counted"] = finish(ledger, count, by)
    goods = {one.sku: one for one in products(ledger)}
    post_products(ledger, [replace(goods["NASTAR-500"], facts=FACTS)])
    tell_story(ledger, "LP1-PLG", "Kami membordir sejak 2015 – “Karya Kita”.", by)
    found["remittance"] = remit(ledger, "LPP-PLG", Paying(100_000, "cash", "Yuliana, S.H."), by)
    found["settlement"] = settle(ledger, "LPP-PLG", "Yuliana, S.H.", by)
    found["closing"] = end_shift(ledger)
    found["hand-over"] = hand_over_of(ledger, documents(ledger)[ledger.own().code][-1])
    return found


def labels(ledger: Ledger, columns: int = 0) -> dict[Kind, Slip | tuple[Sheet, ...]]:
    """The papers that no document is about: labels of every kind, on A4 or on a roll of so many `columns`."""
    goods = {one.sku: one for one in products(ledger)}
    counts = {"NASTAR-500": 2, "PECI": 1, "HAMPERS": 1}
    found = labels_of(goods, institutions(ledger), counts, telling_of(ledger))
    if columns:
        return {kind: label_roll(found, columns, kind) for kind in FORMS}
    return {kind: label_sheets(found, kind=kind) for kind in FORMS}
