"""States of the board "one day, one product" that are photographed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from pos.cart import new_cart
from pos.catalog import post_products, products
from pos.clock import stopped_at
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import Product
from pos.payments import settle
from pos.sample import DAY, SampleSale, ring_up
from pos.shifts import open_shift
from pos.staff import post_staff, staff
from ui.board.page import BoardPage
from ui.shots.exhibition import BOOTHS, bring, end
from ui.shots.office_states import office
from ui.shots.studio import Stage

# Picture 06, from 23 March to 13 April: what each institution sold, by level, 0 for nothing.
PICTURE = """
LP1-PLG  3332444223443343322443
LPP-PLG  4444343434443344344444
LPKA-PLG 2332122213121212331222
RTN-PLG  3243233223233233233322
LP-BYA   1122122122202212122012
LPN-BYA  2100221122322323332021
LP-SKY   2333232222423333333223
LP-KAG   1132001112222002222120
LP-TJR   1311221113223222233111
LP-MEN   2133222133300123332223
RTN-PBM  3233331333422323233222
LP-LHT   1212221012222110212221
LP-PGA   1111101112111101120110
LP-ELW   1211012112012112221111
LP-LLG   0232321122322223201222
LPN-MBL  1021222122221112121021
LP-SRL   1111110101011101021101
RTN-BTR  2323223333233220322222
LP-MPR   2122112122210022121112
LP-MRD   1221112101111101202112
"""
AMOUNTS = (0, 120_000, 330_000, 620_000, 1_250_000)  # Rupiah of each level
ALSO_TODAY = """
LPKA-PLG 100 RTN-PLG 600 LPN-BYA 110 LP-SKY 200 LP-TJR 340 RTN-PBM 300 LP-ELW 90 LPN-MBL 105 LP-SRL 60
RTN-BTR 110 LP-MPR 140 LP-MRD 50
"""  # thousands of Rupiah that the other booths sold
MORE_BOOTHS = (
    ("S08", "Stan 08", "LP-TJR"),
    ("S10", "Stan 10", "LP-MPR"),
    ("S04", "Stan 04", "LP-LHT"),
)
MOST = 200  # pieces on one receipt


def board(stage: Stage) -> QWidget:
    """Picture 06: the fourteenth of April after three weeks, as an officer sees it."""
    _fill(stage)
    stage.app.sign_in(next(one for one in stage.app.staff.values() if one.role != "kasir"))
    return _open(stage)


def of_cashier(stage: Stage) -> QWidget:
    """The same for a cashier: no Rupiah before the drawer is counted."""
    _fill(stage)
    return _open(stage)


def of_today(stage: Stage) -> QWidget:
    """A booth on its first day: nobody was open before."""
    return _open(stage)


def cell(stage: Stage) -> QWidget:
    """The keyboard stands on a cell, and what was sold on that day is shown."""
    board(stage)
    stage.show(stage.frame)  # it has the keyboard again
    _page(stage).card.grid.go(0, 20)
    stage.press("Return")
    return stage.frame


def how_complete(stage: Stage) -> QWidget:
    """Booth by booth."""
    board(stage)
    _page(stage).head.title.click()
    stage.rest()
    return stage.frame


def paper(stage: Stage) -> QWidget:
    """The board before it is printed."""
    board(stage)
    stage.show(stage.frame)
    stage.press("Ctrl+P")
    return stage.frame


def wall(stage: Stage) -> QWidget:
    """Nothing else on the screen."""
    board(stage)
    stage.frame.set_wall(on=True)
    stage.window.showNormal()
    stage.show(stage.frame)
    return stage.frame


def of_office(stage: Stage) -> QWidget:
    """The same at the office, over all booths."""
    _fill(stage)
    office(stage)
    return _open(stage)


STATES: tuple[tuple[str, Callable[[Stage], QWidget], bool], ...] = (
    ("06b-papan-hari-pertama", of_today, False),
    ("06h-papan-kasir", of_cashier, False),
    ("06c-papan-rincian", cell, True),
    ("06d-papan-kelengkapan", how_complete, False),
    ("06e-papan-cetak", paper, False),
    ("06f-papan-layar-penuh", wall, False),
    ("06g-papan-kantor", of_office, True),
)


def _open(stage: Stage) -> QWidget:
    stage.frame.choose(next(n for n, one in enumerate(stage.frame.menu) if one.place == "board"))
    stage.rest()
    return stage.frame


def _page(stage: Stage) -> BoardPage:
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, BoardPage):
        raise TypeError(page)
    return page


def _fill(stage: Stage) -> None:
    """Seven more booths: one tells of all three weeks, too; all of them of this day until five past two."""
    own = stage.app.ledger
    for place, who in enumerate((*BOOTHS, *MORE_BOOTHS)):
        path = Path(_others().name) / f"{place}.lapak"
        if not path.exists():
            _live(own, path, who, place)
        with closing(open_ledger(path)) as other:
            bring(other, own)


@cache
def _others() -> TemporaryDirectory[str]:
    """Where the other booths lie, which all states are brought: selling for three weeks takes a while."""
    return TemporaryDirectory(prefix="lapak-")


def _live(like: Ledger, path: Path, who: tuple[str, str, str], place: int) -> None:
    """What the booth at this place sold."""
    rows = [line.split() for line in PICTURE.split("\n") if line]
    words = ALSO_TODAY.split()
    also = list(zip(words[::2], words[1::2], strict=True))[place :: len(BOOTHS) + len(MORE_BOOTHS)]
    first = DAY - timedelta(22 if place == 0 else 0)
    with closing(_booth(like, path, who, first)) as booth:
        goods = _cheapest(booth)
        for n in range(len(rows[0][1]) if place == 0 else 0):
            sold = [(goods[code], AMOUNTS[int(levels[n])]) for code, levels in rows]
            _day(booth, DAY - timedelta(22 - n), sold)
        _day(booth, DAY, [(goods[code], 1_000 * int(much)) for code, much in also])


def _booth(like: Ledger, path: Path, who: tuple[str, str, str], first: date) -> Ledger:
    code, name, unit = who
    now = like.clock.now()
    at = stopped_at(now.replace(year=first.year, month=first.month, day=first.day, hour=7, minute=30))
    ledger = create(path, new_device(code, name, unit, like.own().event, sample=True), at)
    ledger.clock = at
    post_staff(ledger, list(staff(like).values()))
    post_products(ledger, products(like))
    return ledger


def _cheapest(ledger: Ledger) -> dict[str, Product]:
    """Of each institution the product that comes closest to any amount."""
    found: dict[str, Product] = {}
    for one in products(ledger):
        former = found.get(one.institution)
        if not one.components and (former is None or one.price < former.price):
            found[one.institution] = one
    return found


def _day(ledger: Ledger, day: date, sold: list[tuple[Product, int]]) -> None:
    """A shift with one receipt for each institution that sold for so many Rupiah."""
    opening = ledger.clock.now().replace(year=day.year, month=day.month, day=day.day, hour=8, minute=0)
    ledger.clock = stopped_at(opening)
    who = next(iter(staff(ledger)))
    shift = open_shift(ledger, who, day, 200_000)
    for product, amount in sold:
        if amount:
            cart = new_cart().add(product, min(max(amount // product.price, 1), MOST))
            at = opening.replace(hour=14, minute=5)
            ring_up(ledger, shift, SampleSale(at, who, cart, settle("cash", cart.total, cart.total)))
    if day != DAY:
        end(ledger, shift)
