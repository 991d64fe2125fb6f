"""Training: the goods, prices, people and settings of a booth in a ledger apart, without its sales.

It is made anew each time, so it is never behind the booth, and what was tried in it is nobody's. Its booth
code and the beginning of its device code together are the word that its papers are numbered with:
LATIHAN-000001. That booth code on practice data is its mark: no ledger takes it in, and it is handed over
nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pos.catalog import institutions, post_products, products
from pos.errors import Refused
from pos.faults import told
from pos.ledger import Ledger, create, new_device, open_ledger, set_setting_on
from pos.model import Device, Event, Staff
from pos.practice import TRAINING_BOOTH, is_training
from pos.printers import Printer, printer_of, printer_text
from pos.rights import may
from pos.shifts import open_shift
from pos.staff import post_staff, staff
from pos.stock import on_hand, receive
from pos.text import _
from pos.today import booth_settings

SERIES = "LATIHAN"  # what the numbers of its papers begin with
PAPERS = "latihan.cetak"  # beside it: what the practice printer was sent and has not shown yet
FLOAT = 200_000  # Rupiah in the drawer when training begins
TRAINEE = "peserta"  # who sells where nobody has signed in
_NOT_COPIED = {"target", "printer"}  # nothing is handed over, and papers come out on the screen


def make_training(source: Path, path: Path, who: str = "") -> Ledger:
    """A new training ledger at `path`, in the place of the last one, of the booth whose ledger is `source`.

    `who` is the code of the person at the till, for whom the shift is opened. Raises as `open_ledger` does,
    WorldFailed when the last one cannot be removed; the booth's ledger is only read.
    """
    with told(str(path)):
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        path.with_name(PAPERS).unlink(missing_ok=True)
    with closing(open_ledger(source, read_only=True)) as booth:
        own = booth.own()
        event = replace(own.event, institutions=tuple(institutions(booth).values()))
        ledger = create(path, _device(own, event))
        try:
            _furnish(ledger, booth, who, path.with_name(PAPERS))
        except BaseException:
            ledger.close()
            raise
    return ledger


def refuse_training(ledger: Ledger) -> None:
    """Raise Refused for a training ledger, which is handed over nowhere."""
    if ledger.device and is_training(ledger.device):
        raise Refused(
            _("Training is not handed over: nothing of it was ever sold."),
            _("Go back to the booth, and hand over from there."),
        )


def _device(own: Device, event: Event) -> Device:
    made = new_device(TRAINING_BOOTH, own.name, own.institution, event, sample=True)
    begins = SERIES.removeprefix(TRAINING_BOOTH)
    return replace(made, code=begins + made.code[len(begins) :])


def _furnish(ledger: Ledger, booth: Ledger, who: str, papers: Path) -> None:
    """Goods, pieces, people, settings, and an open shift."""
    goods = products(booth, inactive=True)
    if goods:
        post_products(ledger, goods)
    own = {product.sku for product in goods if not product.components}
    stock = {sku: qty for sku, qty in on_hand(booth).items() if qty > 0 and sku in own}
    if stock:
        receive(ledger, stock)
    people = staff(booth)
    if who not in people or not may(people[who], "sell"):
        who, people = TRAINEE, {TRAINEE: Staff(TRAINEE, _("Trainee")), **people}
    post_staff(ledger, list(people.values()))
    _keep_settings(ledger, booth_settings(booth), papers)
    open_shift(ledger, who, ledger.clock.now().date(), FLOAT)


def _keep_settings(ledger: Ledger, values: Mapping[str, str], papers: Path) -> None:
    """Those of the booth, and the practice printer: as wide as its own, and sent what can be shown."""
    columns = printer_of(values["printer"]).columns if values["printer"] else Printer().columns
    printer = Printer("file", str(papers), columns, raster=True)
    with ledger.write() as conn:
        for key, value in values.items():
            if key not in _NOT_COPIED:
                set_setting_on(conn, key, value)
        set_setting_on(conn, "printer", printer_text(printer))
