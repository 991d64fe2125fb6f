"""States of handing over: what waits, how far it is, what was read back, what stands in the way."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos.clock import stopped_at
from pos.course import Course
from pos.ledger import create, new_device, open_ledger
from pos.model import Sale
from pos.text import _
from ui.shots.studio import Stage
from ui.sync.page import SyncPage

SYNC = "Ctrl+6"
FOLDER = "HBP 59"
# The other booths of picture 08: whose, and how many hours ago they were last heard of.
BOOTHS = (
    ("S01", "LP1-PLG", 0),
    ("S02", "LPN-MBL", 0),
    ("S04", "RTN-PLG", 1),
    ("S05", "LP-SKY", 5),
    ("S06", "LP-LLG", 2),
    ("S07", "LP-MEN", 46),
    ("S08", "RTN-BTR", 23),
)
_DONE, _TOTAL = 1_284, 2_071


def page(stage: Stage) -> SyncPage:
    """The page, in sight."""
    stage.press(SYNC)
    shown = stage.frame.screens.currentWidget()
    if not isinstance(shown, SyncPage):
        raise TypeError("the sixth screen hands over")
    return shown


def first(stage: Stage) -> QWidget:
    """Nothing was chosen yet."""
    page(stage)
    return stage.frame


def choosing(stage: Stage) -> QWidget:
    """Where to is asked."""
    page(stage).choose_target()
    stage.rest()
    return stage.frame


def done(stage: Stage) -> QWidget:
    """Handed over, and read back."""
    _shared(stage)
    stage.press("F5")
    return stage.frame


def waiting(stage: Stage) -> QWidget:
    """Handed over at noon, and sold since."""
    _handed_at_noon(stage)
    return stage.frame


def running(stage: Stage) -> QWidget:
    """Picture 08: it is half way."""
    _handed_at_noon(stage)
    course = Course(clock=stage.app.clock)
    course.begin("merge")
    course.advance(_DONE, _TOTAL)
    stage.app.syncing.course = course
    stage.app.syncing.watch()
    return stage.frame


def failed(stage: Stage) -> QWidget:
    """The stick is gone."""
    shown = _handed_at_noon(stage)
    stage.app.set("target", str(_folder(stage).parent / "KINGSTON" / "pusat-contoh.lapak"))
    shown.hand_over()
    stage.rest()
    return stage.frame


def at_office(stage: Stage) -> QWidget:
    """The target is the office's own file, open in its program: what is handed over lies beside it."""
    from pos.inbox import open_central
    from pos.letterbox import put_up
    from pos.offices import begin_office
    from pos.submit import submit

    _shared(stage)
    own = _folder(stage).parent / "pusat-contoh.lapak"
    booths = sorted(own.parent.glob("S0*.lapak"))
    for n, path in enumerate(booths):
        with closing(open_ledger(path)) as booth:
            submit(booth, str(own))
        if n == 0:
            with closing(open_ledger(own)) as central:
                central.clock = stage.app.clock
                begin_office(central)
            put_up(own)
            open_central(str(own)).close()
    stage.app.set("target", str(own))
    stage.press("F5")
    return stage.frame


def _folder(stage: Stage) -> Path:
    path = stage.app.ledger.path
    if path is None:
        raise TypeError("photographs are taken of a file")
    return path.with_suffix("") / FOLDER


def _shared(stage: Stage) -> SyncPage:
    """A shared folder with the documents of the other booths."""
    from pos.submit import submit

    folder, app = _folder(stage), stage.app
    folder.mkdir(parents=True, exist_ok=True)
    units = {unit.code for unit in app.device.event.institutions}
    for code, unit, hours in BOOTHS:
        clock = stopped_at(app.clock.now() - timedelta(hours=hours, minutes=5))
        whose = unit if unit in units else app.device.institution
        name = _("Booth {number}").format(number=code[1:])
        device = new_device(code, name, whose, app.device.event, sample=True)
        with closing(create(folder.parent / f"{code}.lapak", device, clock)) as ledger:
            ledger.clock = clock
            submit(ledger, str(folder))
    app.set("target", str(folder))
    return page(stage)


def _handed_at_noon(stage: Stage) -> SyncPage:
    """As picture 08: five sales, one of them cancelled, and goods that came, since 13.40."""
    from pos.refunds import void
    from pos.shifts import current_shift
    from pos.stock import receive

    shown, app = _shared(stage), stage.app
    app.ledger.clock = stopped_at(app.clock.now().replace(hour=12, minute=0))
    stage.press("F5")
    app.ledger.clock = stopped_at(app.clock.now().replace(hour=13, minute=40))
    sold = [_sell(stage) for _time in range(5)]
    shift = current_shift(app.ledger)
    if shift:
        void(app.ledger, sold[-1], shift, shift.cashier, _("Wrong item"))
    receive(app.ledger, {"NASTAR-500": 20})
    shown.run_panel.hide()
    shown.toast.hide()
    app.syncing.read()
    stage.rest()
    return shown


def _sell(stage: Stage) -> Sale:
    from pos.cart import new_cart
    from pos.checkout import checkout
    from pos.payments import settle
    from pos.shifts import current_shift

    goods = next(item.product for item in stage.desk.shelf.items if not item.sold_out)
    cart, shift = new_cart().add(goods, 1), current_shift(stage.app.ledger)
    if shift is None:
        raise ValueError("no shift is open")
    return checkout(stage.app.ledger, cart, [settle("cash", cart.total)], shift, shift.cashier)
