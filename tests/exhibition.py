"""A whole exhibition, scripted: a booth's days from opening to closing, with every kind of document.

Chance is seeded, so each run is the same; the clock is the only thing replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from pos.approvals import granted
from pos.cart import Cart
from pos.catalog import post_products, products
from pos.checkout import checkout
from pos.clock import new_id, stopped_at
from pos.closed_days import close_day
from pos.closing import Closing, x_report
from pos.consignment import give_back, receive, write_off
from pos.counts import enter, explain, finish, open_count
from pos.deliveries import Entry, Head
from pos.deposits import cancel
from pos.deposits import give_back as return_deposit
from pos.drawer import BANK, IN, OUT, Move, move_cash, move_subject, note_opened
from pos.label_goods import tell_story
from pos.ledger import Ledger
from pos.model import By, Component, Payment, Product, Sale, Shift, Staff
from pos.money import Rupiah
from pos.order_book import order_of, orders
from pos.orders import change, prepare, ready
from pos.payments import settle
from pos.preorder import Contact, Order
from pos.privacy import forget_old
from pos.quotas import set_quota
from pos.refunds import void
from pos.remittances import Paying, account_of, remit
from pos.returns import Item, Wanted, returnable, take_back
from pos.settlements import Settlement
from pos.settling import preview, set_split
from pos.settling import settle as settle_with
from pos.shares import STATE, Split
from pos.shifts import open_shift
from pos.staff import staff
from pos.stock import on_hand
from pos.treasury import Paid, enter_pnbp, set_targets, take_back_pnbp
from tests.books import CATALOGUE, WIB, cart_of, end_shift, new_ledger, with_catalogue
from tests.ordering import ahead, counter, handed_over, ordered

FIRST, LAST = date(2023, 3, 23), date(2023, 5, 2)
FLOAT: Rupiah = 200_000
CHOICE = Product(
    "PILIH-3",
    "Hampers Pilih 3",
    180_000,
    "LPP-PLG",
    "Hampers",
    "paket",
    components=tuple(Component(sku, 1) for sku in ("NASTAR-500", "PUTRI-500", "SEMPRONG", "PECI")),
    position=6,
    choose=3,
)
KANTOR = By(Staff("kanwil", "Kepala Kantor", "kantor"))
HALVES = Split((FIRST + timedelta(days=21)).isoformat(), "turnover", (("institution", 85), (STATE, 15)))
GOODS = tuple(product.sku for product in CATALOGUE)
UNITS = {product.sku: product.institution for product in CATALOGUE if not product.components}


@dataclass(slots=True)
class Booth:
    """One laptop through its days: the ledger, chance, the time of day, and what is still to be done.

    `pace` is how many sales a day has, at least and at most, `drawer` what lies in the drawer in the morning.
    """

    ledger: Ledger
    chance: Random
    pace: tuple[int, int] = (4, 7)
    drawer: Rupiah = FLOAT
    at: datetime = datetime(2023, 3, 22, 18, tzinfo=WIB)
    sales: list[Sale] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    sheets: list[Settlement] = field(default_factory=list)
    waiting: list[Order] = field(default_factory=list)

    def tick(self, minutes: int = 3) -> None:
        """Time goes on."""
        self.at += timedelta(minutes=minutes)
        self.ledger.clock = stopped_at(self.at)

    def by(self, code: str, shift: Shift | None = None) -> By:
        """Somebody of the booth."""
        return By(staff(self.ledger)[code], shift)


def set_up(path: Path, code: str, seed: int) -> Booth:
    """A booth with goods on its shelf, on the evening before."""
    ledger = with_catalogue(new_ledger(path, code), (*CATALOGUE, CHOICE))
    booth = Booth(ledger, Random(seed))
    booth.tick(0)
    deliver(booth, 150)
    return booth


def deliver(booth: Booth, qty: int) -> None:
    """Every institution brings of each of its goods."""
    for unit in dict.fromkeys(UNITS.values()):
        keeps = booth.at.date() + timedelta(days=90)
        entries = [
            Entry(sku, qty * (1000 if sku == "KOPI-GRAM" else 1), f"B{booth.at:%m%d}", keeps)
            for sku in goods_of(unit)
        ]
        head = Head(unit, "Yuliana, S.H.", f"W6-{booth.at:%m%d}")
        receive(booth.ledger, head, entries, booth.by("rina"), 85)


def goods_of(unit: str) -> list[str]:
    """The goods of an institution."""
    return [sku for sku, maker in UNITS.items() if maker == unit]


def days() -> Iterator[date]:
    """Every day of the exhibition."""
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def live(booth: Booth, day: date) -> None:
    """One day of a booth."""
    booth.at = datetime.combine(day, time(8), WIB)
    booth.tick(0)
    number, ledger = (day - FIRST).days, booth.ledger
    cashier = ("rina", "sari")[number % 2]
    shift = open_shift(ledger, cashier, day, booth.drawer)
    if number % 7 == 3:
        deliver(booth, 120)
    if number % 13 == 11:  # a day without any sale is a day too
        booth.closings.append(end_shift(ledger))
        return
    if number == 12:  # somebody sets the clock
        booth.sales.append(sell_something(booth, shift))
        booth.tick(-10)
    for _n in range(booth.chance.randint(*booth.pace)):
        booth.sales.append(sell_something(booth, shift))
    _correct(booth, shift, number)
    _order(booth, shift, number)
    _move_money(booth, shift, number)
    _mind_the_stock(booth, shift, number)
    booth.tick(30)
    short = 5_000 if number % 9 == 4 else 0
    expected = end_of(booth, shift) - short
    booth.closings.append(end_shift(ledger, expected, "salah kembalian" if short else ""))


def sell_something(booth: Booth, shift: Shift) -> Sale:
    """Goods, a hamper or one that the buyer fills, with a discount now and then, paid in all ways."""
    booth.tick()
    chance = booth.chance
    goods = {
        sku: chance.randint(1, 3) * (100 if sku == "KOPI-GRAM" else 1) for sku in chance.sample(GOODS, 2)
    }
    cart = cart_of(booth.ledger, goods)
    if chance.random() < 0.3:
        cart = with_choice(booth, cart)
    if chance.random() < 0.3:
        cart = cart.with_percent_off(10)
    return checkout(booth.ledger, cart, _paid(booth, cart.total), shift, shift.cashier)


def with_choice(booth: Booth, cart: Cart) -> Cart:
    """The cart with a hamper of three jars, two of them the same."""
    by_sku = {product.sku: product for product in products(booth.ledger)}
    cart = cart.add(by_sku[CHOICE.sku])
    two, one = booth.chance.sample(by_sku[CHOICE.sku].components, 2)
    return cart.with_content(len(cart.lines) - 1, (replace(two, qty=2), replace(one, qty=1)))


def _paid(booth: Booth, total: Rupiah) -> list[Payment]:
    way = booth.chance.choice(("cash", "cash", "qris", "transfer", "card", "parts"))
    if way == "parts" and total > 20_000:
        return [settle("qris", 20_000, reference="4711"), settle("cash", total - 20_000, total)]
    return [settle("cash" if way == "parts" else way, total)]


def _correct(booth: Booth, shift: Shift, number: int) -> None:
    """A slip of the finger is undone, and goods come back: good and damaged, of today and of last week."""
    ledger = booth.ledger
    if number % 5 == 1:
        sale = sell_something(booth, shift)
        booth.tick(1)
        void(ledger, sale, shift, "sari", "salah tekan")
    if number % 4 == 2 and booth.sales:
        booth.tick()
        sale = booth.chance.choice(booth.sales[-20:])
        left = [one for one in returnable(ledger, sale) if one.left and one.money > 0]
        whole = [one for one in left if one.part < 0]
        if not whole:
            return
        one = booth.chance.choice(whole)
        item = Item(one.line, 1 if one.unit != "gram" else one.left, damaged=number % 8 == 2)
        method = "cash" if number % 3 else "transfer"
        take_back(ledger, sale, Wanted(new_id(), (item,), method, "rusak di jalan"), shift, "sari")


def _order(booth: Booth, shift: Shift, number: int) -> None:
    """An order is taken, changed, paid ahead, made, handed over, or given up."""
    ledger = booth.ledger
    if number % 3 == 0 and shift.day < LAST:
        booth.tick()
        due = min(shift.day + timedelta(days=2), LAST)
        goods = {"NASTAR-500": 2, "HAMPERS": 1} if number % 2 else {"PUTRI-500": 3}
        order = ordered(ledger, goods, due=due, contact=Contact(f"Ibu Ke-{number}", "081271110248"))
        order = change(
            ledger, order, cart_of(ledger, goods | {"PECI": 1}), order.wish, counter(ledger, "rina")
        )
        ahead(ledger, order, 50_000, "cash" if number % 2 else "transfer")
        booth.waiting.append(order)
    for order in list(booth.waiting):
        if order.wish.due is None or order.wish.due > shift.day:
            continue
        booth.tick()
        booth.waiting.remove(order)
        if order.number % 4 == 3:
            cancel(ledger, order, counter(ledger, "sari"), "tidak jadi", back="cash", entry=new_id())
            continue
        with ledger.read() as conn:
            now = order_of(conn, order.root)
        now = ready(ledger, prepare(ledger, now, counter(ledger)), counter(ledger))
        handed_over(ledger, now, method="cash" if order.number % 2 else "qris")
    if number == 20:
        set_quota(ledger, "NASTAR-500", shift.day + timedelta(days=5), 10, counter(ledger, "sari"))
        close_day(ledger, shift.day + timedelta(days=6), "Libur", counter(ledger, "sari"))


def _move_money(booth: Booth, shift: Shift, number: int) -> None:
    """Small change comes in, lunch goes out, the treasurer takes the rest, institutions are paid."""
    ledger = booth.ledger
    booth.tick()
    if number % 6 == 0:
        move_cash(ledger, shift, Move(IN, 100_000, "uang receh"), "sari")
    if number % 6 == 5:
        move = Move(OUT, 25_000, "plastik")
        move_cash(ledger, shift, move, "rina", granted(ledger, "sari", "cash_out", move_subject(shift, move)))
        note_opened(ledger, shift, "rina", "tukar uang")
    if number % 7 == 6:
        move_cash(ledger, shift, Move(BANK, 150_000, "setor bendahara"), "sari")
        for unit in dict.fromkeys(UNITS.values()):
            due = account_of(ledger, unit).due
            if due > 0:
                method = "cash" if due < 100_000 else "transfer"
                remit(ledger, unit, Paying(due, method, "Bendahara"), booth.by("sari", shift))
    if number == 20:
        set_split(ledger, HALVES, KANTOR)
    if number % 10 == 9:
        settle_all(booth)
    if number == 15:
        post_products(ledger, [replace(products(ledger)[0], price=67_000)])


def settle_all(booth: Booth) -> None:
    """A sheet with each institution, and what the state has from its sales is paid in."""
    for unit in dict.fromkeys(UNITS.values()):
        if not preview(booth.ledger, unit).counted:
            continue
        sheet = settle_with(booth.ledger, unit, "Yuliana, S.H.", booth.by("sari"))
        booth.sheets.append(sheet)
        n = len(booth.sheets)
        day = booth.at.date()
        paid = Paid(unit, day, 50_000 + n, f"8202304{n:08d}", f"NTPN{n:012d}")
        entry = enter_pnbp(booth.ledger, paid, booth.by("sari"))
        if n == 2:
            take_back_pnbp(booth.ledger, entry, "salah UPT", booth.by("sari"))
            enter_pnbp(booth.ledger, replace(paid, amount=75_000), booth.by("sari"))


def _mind_the_stock(booth: Booth, shift: Shift, number: int) -> None:
    """A jar breaks, one is tasted, and every ten days the shelf is counted."""
    ledger = booth.ledger
    booth.tick()
    if number % 8 == 3:
        for kind in ("damaged", "sample", "gift"):
            write_off(
                ledger,
                kind,
                Head("LPP-PLG", reason="dicatat"),
                [Entry("SEMPRONG", 1)],
                booth.by("sari", shift),
            )
    if number % 10 == 9:
        stock = on_hand(ledger)
        for sku in ("NASTAR-500", "SEMPRONG"):
            enter(ledger, "LPP-PLG", sku, max(0, stock[sku] - (sku == "SEMPRONG")))
        explain(ledger, "LPP-PLG", "SEMPRONG", "lost")
        finish(ledger, open_count(ledger, "LPP-PLG"), booth.by("sari", shift))


def end_of(booth: Booth, shift: Shift) -> Rupiah:
    """What should be in the drawer."""
    return x_report(booth.ledger, shift, shift.cashier).expected


def wind_up(booth: Booth) -> None:
    """After the last day: open orders are cancelled, what is left goes back, who ordered is forgotten."""
    ledger = booth.ledger
    booth.at = datetime.combine(LAST + timedelta(days=1), time(9), WIB)
    booth.tick(0)
    shift = open_shift(ledger, "sari", booth.at.date(), 0)
    for order in orders(ledger):
        cancel(ledger, order, counter(ledger, "sari"), "pameran selesai")
        if order.paid:
            return_deposit(ledger, order, counter(ledger, "sari"), "transfer", new_id())
    stock = on_hand(ledger)
    for unit in dict.fromkeys(UNITS.values()):
        rest = [
            Entry(sku, stock[sku]) for sku, maker in UNITS.items() if maker == unit and stock.get(sku, 0) > 0
        ]
        if rest:
            give_back(ledger, Head(unit, "Yuliana, S.H."), rest, booth.by("sari", shift))
    settle_all(booth)
    tell_story(ledger, "LPP-PLG", "Dipanggang setiap pagi.", booth.by("sari", shift))
    set_targets(ledger, LAST.year, dict.fromkeys(UNITS.values(), 1_000_000), KANTOR)
    booth.closings.append(end_shift(ledger, end_of(booth, shift)))
    booth.tick(60 * 24 * 40)
    later = open_shift(ledger, "sari", booth.at.date(), 0)
    forget_old(ledger, counter(ledger, "sari"), 30)
    booth.closings.append(end_shift(ledger, end_of(booth, later)))


def whole_exhibition(path: Path, code: str = "S03", seed: int = 59) -> Booth:
    """All 41 days of one booth, and the day after."""
    booth = set_up(path, code, seed)
    for day in days():
        live(booth, day)
    wind_up(booth)
    return booth


def sparse_exhibition(path: Path, code: str, seed: int, turn: int) -> Booth:
    """A booth that opens every eighth day only, from the `turn`-th on, and sells little."""
    booth = set_up(path, code, seed)
    booth.pace, booth.drawer = (1, 2), 5 * FLOAT
    for number, day in enumerate(days()):
        if number % 8 == turn % 8 or day in (FIRST, LAST):
            live(booth, day)
    wind_up(booth)
    return booth
