"""Every verb that needs a right, ready to be tried by anybody; and what else writes and needs none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pos.clock import new_id, stopped_at
from pos.closed_days import close_day
from pos.closing import DIFFERENCE, close_shift, closing_subject
from pos.consignment import correct, give_back, receive, write_off
from pos.deliveries import Entry, Head
from pos.deposits import cancel
from pos.deposits import give_back as give_deposit_back
from pos.drawer import OUT, Move, move_cash, move_subject
from pos.drawer_count import lock_count
from pos.goods_import import NEW, Preview, Row, take_goods
from pos.label_goods import tell_story
from pos.ledger import Ledger
from pos.model import AtTill, By, Product, Staff
from pos.people import add_person, change_role, give_pin
from pos.preorder import new_entry
from pos.privacy import erase
from pos.product_cards import save_product
from pos.quotas import set_quota, subject
from pos.refunds import void
from pos.remittances import Paying, remit
from pos.returns import Item, Wanted, take_back
from pos.settling import set_split, settle
from pos.shares import STANDARD
from pos.staff import staff
from pos.treasury import Paid, enter_pnbp, set_targets, take_back_pnbp
from tests.books import CATALOGUE, DAY, sell, shift_of
from tests.ordering import DUE, ahead, ordered

UNIT = "LPP-PLG"
BELA = Staff("bela", "Bela", "kantor")


@dataclass(frozen=True)
class Case:
    """One verb on one ledger: what its approval must be for, and how it is done."""

    action: str
    subject: str
    do: Callable[[By], Any]
    by: str = "sari"  # who may


Verb = Callable[[Ledger], Case]


def _void(till: Ledger) -> Case:
    sale = sell(till, {"PECI": 1})
    later(till)
    return Case(
        "void",
        sale.receipt,
        lambda by: void(till, sale, shift_of(till), by.who.code, "salah", by.approval),
    )


def _refund(till: Ledger) -> Case:
    sale = sell(till, {"PECI": 2})
    wanted = Wanted(new_id(), (Item(0, 1),), reason="rusak")
    return Case(
        "refund",
        sale.receipt,
        lambda by: take_back(till, sale, wanted, shift_of(till), by.who.code, by.approval),
    )


def _cash_out(till: Ledger) -> Case:
    shift, move = shift_of(till), Move(OUT, 10_000, "plastik")
    return Case(
        "cash_out",
        move_subject(shift, move),
        lambda by: move_cash(till, shift, move, by.who.code, by.approval),
    )


def _difference(till: Ledger) -> Case:
    shift = shift_of(till)
    counts = (lock_count(till, shift, {1_000: 1}, "rina"),)
    return Case(
        DIFFERENCE,
        closing_subject(shift),
        lambda by: close_shift(till, shift, counts, "salah hitung", by.who.code, by.approval),
    )


def _remit(till: Ledger) -> Case:
    sell(till, {"NASTAR-500": 2})
    return Case("remit", UNIT, lambda by: remit(till, UNIT, Paying(1_000, "cash", "Yuliana"), by))


def _write_off(till: Ledger) -> Case:
    head = Head(UNIT, reason="pecah")
    return Case("write_off", UNIT, lambda by: write_off(till, "damaged", head, [Entry("NASTAR-500", 1)], by))


def _give_back(till: Ledger) -> Case:
    head = Head(UNIT, "Yuliana")
    return Case("give_back", UNIT, lambda by: give_back(till, head, [Entry("NASTAR-500", 1)], by))


def _correct(till: Ledger) -> Case:
    head = Head(UNIT, "Yuliana", "W6.PAS.23-114")
    slip = receive(till, head, [Entry("NASTAR-500", 40)], By(staff(till)["rina"], shift_of(till)), 85)
    return Case("write_off", slip.receipt, lambda by: correct(till, slip, "salah ketik", by))


def _price(till: Ledger) -> Case:
    dearer = replace(CATALOGUE[3], price=99_000)
    return Case("price", "PECI", lambda by: save_product(till, dearer, by, "naik"))


def _catalog(till: Ledger) -> Case:
    other = replace(CATALOGUE[3], name="Peci Hitam")
    return Case("catalog", "PECI", lambda by: save_product(till, other, by))


def _import(till: Ledger) -> Case:
    fresh = Product("BARU", "Barang Baru", 5_000, UNIT)
    shown = Preview((Row(2, (), NEW, fresh),), ())
    return Case("catalog", "daftar.csv", lambda by: take_goods(till, shown, by, "daftar.csv"))


def _order_cancel(till: Ledger) -> Case:
    order = ordered(till)
    return Case("order_cancel", order.receipt, lambda by: cancel(till, order, _at_till(by), "batal"))


def _deposit_back(till: Ledger) -> Case:
    order = ordered(till)
    ahead(till, order, 50_000)
    return Case(
        "order_cancel",
        order.receipt,
        lambda by: give_deposit_back(till, order, _at_till(by), "cash", new_entry()),
    )


def _quota(till: Ledger) -> Case:
    return Case("quota", subject("PECI", DUE), lambda by: set_quota(till, "PECI", DUE, 10, _at_till(by)))


def _story(till: Ledger) -> Case:
    return Case("catalog", UNIT, lambda by: tell_story(till, UNIT, "Dipanggang setiap pagi.", by))


def _closed_day(till: Ledger) -> Case:
    return Case("closed_day", DAY.isoformat(), lambda by: close_day(till, DAY, "hujan", by))


def _erase(till: Ledger) -> Case:
    order = ordered(till)
    return Case("erase", order.receipt, lambda by: erase(till, order, _at_till(by)))


def _person(till: Ledger) -> Case:
    return Case("people", "Dedi", lambda by: add_person(till, "Dedi", "kasir", by.who.code, by.approval))


def _role(till: Ledger) -> Case:
    return Case("people", "rina", lambda by: change_role(till, "rina", "petugas", by.who.code, by.approval))


def _pin_of_another(till: Ledger) -> Case:
    return Case("people", "sari", lambda by: give_pin(till, "sari", "314159", by.who.code, by.approval))


def _settle(till: Ledger) -> Case:
    sell(till, {"NASTAR-500": 1})
    return Case("settle", UNIT, lambda by: settle(till, UNIT, "Yuliana", by))


def _split(till: Ledger) -> Case:
    rule = replace(STANDARD, since=(DAY + timedelta(days=1)).isoformat())
    return Case("split", "split", lambda by: set_split(till, rule, by), BELA.code)


PAID = Paid(UNIT, DAY, 150_000, "820230413000012", "0A1B2C3D4E5F6G7H", "Maret")


def _pnbp(till: Ledger) -> Case:
    return Case("pnbp", UNIT, lambda by: enter_pnbp(till, PAID, by))


def _pnbp_back(till: Ledger) -> Case:
    entry = enter_pnbp(till, PAID, By(staff(till)["sari"]))
    return Case("pnbp", entry.receipt, lambda by: take_back_pnbp(till, entry, "salah", by))


def _target(till: Ledger) -> Case:
    return Case("target", "2023", lambda by: set_targets(till, 2023, {UNIT: 1_000_000}, by), BELA.code)


VERBS: dict[str, Verb] = {
    "refunds.void": _void,
    "returns.take_back": _refund,
    "drawer.move_cash": _cash_out,
    "closing.close_shift": _difference,
    "remittances.remit": _remit,
    "consignment.write_off": _write_off,
    "consignment.give_back": _give_back,
    "consignment.correct": _correct,
    "product_cards.save_product: a price": _price,
    "product_cards.save_product": _catalog,
    "goods_import.take_goods": _import,
    "deposits.cancel": _order_cancel,
    "deposits.give_back": _deposit_back,
    "quotas.set_quota": _quota,
    "closed_days.close_day": _closed_day,
    "label_goods.tell_story": _story,
    "privacy.erase": _erase,
    "people.add_person": _person,
    "people.change_role": _role,
    "people.give_pin": _pin_of_another,
    "settling.settle": _settle,
    "settling.set_split": _split,
    "treasury.enter_pnbp": _pnbp,
    "treasury.take_back_pnbp": _pnbp_back,
    "treasury.set_targets": _target,
}

# What else writes, and why it asks for no right.
FREE = {
    "whoever sells": (
        "checkout.checkout orders.place orders.change orders.post_step orders._step deposits.pay_ahead "
        "handover.hand_over shifts.open_shift carts.keep carts.note_removals activity.note "
        "product_cards.give_barcode"
    ),
    "whoever counts, for it is put down who did": (
        "counts.enter counts.add_one counts.explain counts.name_witness counts.forget counts.discard "
        "counts.finish drawer_count.keep_entry drawer_count.lock_count deliveries.keep"
    ),
    "what others have put down already": (
        "sync._refused sync._keep_refused parting.divert parting.follow_split parting.offer merge.try_all "
        "inbox.discard "
        "inbox._clear verify._rebuild handed.remember radar.note_slip radar.note_receipt"
    ),
    "papers on their way to the printer": (
        "printing.count printing.enqueue printing.take_up printing.retry printing.drop printing._claim "
        "printing._finish"
    ),
    "what a new ledger begins with": (
        "ledger.create ledger.begin ledger._derive_file archive.carry_over setup._furnish sample.open_sample "
        "label_goods.bring_stories training._furnish training._keep_settings "
        "sample.make_sample people.newcomer office_people.first_person identity.continue_as_new"
    ),
    "a copy put back, which is a ledger before anybody signs in": (
        "restore.restore salvage.salvage salvage._make"
    ),
    "files of a package, and no ledger": "update_file._put",
    "what the machine remembers": "identity.remember identity.note_fork staff._keep",
    "a rule of the booth": "privacy.forget_old",
    "the command line, where whoever has the file is its keeper": (
        "pricelist.import_catalog paper.import_sales"
    ),
    "what verbs are made of": (
        "catalog.post_products staff.post_staff stock.receive ledger.set_setting closing._close "
        "consignment._out"
    ),
    "tested below or elsewhere": (
        "booth_settings.change_setting forks.split consignment.receive"  # receive: whoever sells
    ),
}


def _at_till(by: By) -> AtTill:
    if by.shift is None:
        raise TypeError(by)
    return AtTill(by.who, by.shift, by.approval)


def later(till: Ledger, **by: int) -> None:
    till.clock = stopped_at(till.clock.now() + timedelta(**(by or {"minutes": 5})))
