"""Books of more than one day and more than one booth, made as the program makes them, to be photographed."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from pos.catalog import post_products, products
from pos.chains import reading
from pos.clock import stopped_at
from pos.closing import close_shift, x_report
from pos.drawer_count import COINS, NOTES, lock_count
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.model import Shift, Staff
from pos.pins import hash_pin
from pos.refunds import void
from pos.sample import DAY, SampleSale, ring_up, sample_sales
from pos.shifts import open_shift
from pos.staff import post_staff, staff
from pos.sync import copy_chains
from ui.shots.studio import Stage

BOOTHS = (
    ("S01", "Stan 01", "LP1-PLG"),
    ("S02", "Stan 02", "LPKA-PLG"),
    ("S05", "Stan 05", "RTN-PBM"),
    ("S07", "Stan 07", "LP-SKY"),
)
OFFICER = Staff("kanwil", "Hj. Nurbaiti, S.H.", "kantor")
PIN = "246813"


def former_days(stage: Stage) -> None:
    """The booth sold yesterday and a week ago, too, on the laptop that it had then."""
    own = stage.app.ledger
    folder = Path(mkdtemp(prefix="lapak-"))
    try:
        days = (DAY - timedelta(days=7), DAY - timedelta(days=1))
        with closing(_booth(own, folder / "lama.lapak", ("S03", "Stan 03", "LPP-PLG"), days, 1)) as other:
            bring(other, own)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_central(booth: Ledger, path: Path) -> None:
    """A central file at `path` with what `booth` has and four more booths of three days each."""
    create_collector(path)
    folder = Path(mkdtemp(prefix="lapak-"))
    try:
        with closing(open_ledger(path)) as central:
            bring(booth, central)
            for place, who in enumerate(BOOTHS):
                days = (DAY - timedelta(days=7), DAY - timedelta(days=1), DAY)
                with closing(_booth(booth, folder / f"{place}.lapak", who, days, 4 + place)) as other:
                    bring(other, central)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bring(source: Ledger, target: Ledger) -> None:
    """Sync one into the other."""
    with reading(source) as found:
        copy_chains(found, target)


def _booth(like: Ledger, path: Path, who: tuple[str, str, str], days: tuple[date, ...], every: int) -> Ledger:
    """A booth with the goods and people of `like` that sold every so many of the sample's sales on `days`."""
    code, name, unit = who
    event = like.own().event
    ledger = create(path, new_device(code, name, unit, event, sample=True))
    ledger.clock = stopped_at(like.clock.now().replace(hour=7, minute=40) - (DAY - days[0]))
    people = list(staff(like).values())
    officer = replace(OFFICER, pin=hash_pin(PIN)) if code == "S01" else None
    post_staff(ledger, [*people, *([officer] if officer else [])])
    post_products(ledger, products(like))
    now = like.clock.now()
    for day in days:
        ledger.clock = stopped_at(now.replace(year=day.year, month=day.month, day=day.day, hour=7, minute=50))
        shift = open_shift(ledger, people[0].code, day, 200_000)
        apart = DAY - day
        sold = [one for n, one in enumerate(sample_sales(ledger)) if n % every == 0]
        for n, one in enumerate(sold):
            at = one.at - apart
            if at.astimezone(ledger.clock.zone) > now:
                break
            if (n + day.day) % 5 == 0:
                continue  # no two days are the same
            made = ring_up(ledger, shift, SampleSale(at, one.cashier, one.cart, one.payment))
            if n == 7:
                ledger.clock = stopped_at(ledger.clock.now() + timedelta(minutes=4))
                void(ledger, made, shift, people[-1].code, reason="salah ketik")
        if day != days[-1]:
            end(ledger, shift)
    return ledger


def end(ledger: Ledger, shift: Shift) -> None:
    """End a shift with all that should be there."""
    left, notes = x_report(ledger, shift, shift.cashier).expected, {}
    for note in (*NOTES, *COINS):
        notes[note], left = divmod(left, note)
    close_shift(ledger, shift, (lock_count(ledger, shift, notes, shift.cashier),), "", shift.cashier)
