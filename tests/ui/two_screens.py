"""A till and its buyer's window on two screens, in a process of its own: Qt asks for them at its start.

`run` starts it and gives what was seen, one observation per name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from pos.cart import new_cart
from pos.ledger import Ledger
from pos.receipts.qr_text import qr_receipt
from pos.today import opening_of
from tests import books
from ui.customer.display import CustomerDisplay
from ui.customer.faces import Qris
from ui.theme import load_fonts, load_theme
from ui.till.goods import shelf_of

ROOT = Path(__file__).parents[2]
TILL, BUYER = (0, 0, 1366, 768), (1366, 0, 1024, 600)
QRIS = Qris("00020101021126610014ID.CO.QRIS.WWW", "LAPAK HBP 59", "ID1020012345678", 295_000, True)


def run(folder: Path) -> dict[str, Any]:
    """Two screens, and what happens on them."""
    keys = ("x", "y", "width", "height")
    screens = [
        {"name": name, **dict(zip(keys, area, strict=True)), "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, area in (("TILL", TILL), ("BUYER", BUYER))
    ]
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    platform = {"QT_QPA_PLATFORM": "offscreen:configfile=screens.json", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.two_screens"],
        cwd=folder,
        env={**os.environ, **platform},
        capture_output=True,
        check=False,
        timeout=120,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


class Paints(QObject):
    """Counts how often a window is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def until(true: Callable[[], bool]) -> None:
    """Let things happen until `true`; the caller's patience is that of run()."""
    while not true():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def look(display: CustomerDisplay) -> list[Any]:
    """Where the buyer's window is and what it shows, once it has been told the newest."""
    QApplication.processEvents()  # a window that was moved hears of its new screen
    until(lambda: not display.updating)
    window = display.window
    return [window.geometry().getRect(), type(window.face).__name__] if window else []


def main() -> None:
    """Go through a day at the booth."""
    app = QApplication([])
    load_fonts()
    ledger = books.booth(Path("stan.lapak"))
    till = QLineEdit()
    till.resize(800, 500)
    till.show()
    display = CustomerDisplay(till, load_theme("light"), opening_of(ledger).device)
    seen = {"start": look(display)}
    seen |= sell(display, ledger) | move(display, till)
    till.close()
    seen["closed"] = look(display)
    ledger.close()
    print(json.dumps(seen))  # noqa: T201
    app.quit()


def sell(display: CustomerDisplay, ledger: Ledger) -> dict[str, Any]:
    """What is shown from the first tap to the next buyer."""
    items = {item.product.sku: item for item in shelf_of(opening_of(ledger)).items}
    cart = books.cart_of(ledger, {"NASTAR-500": 2, "HAMPERS": 1}, 5_000)
    seen: dict[str, Any] = {}
    assert display.window
    paints = Paints()
    display.window.installEventFilter(paints)
    display.window.repaint()  # what was to be painted before
    paints.count = 0
    for qty in range(1, 21):
        display.show_cart(cart.with_qty(0, qty), items)
    seen["many"] = look(display)
    until(lambda: paints.count > 0)
    seen["paints"] = paints.count
    display.show_cart(cart, items)
    seen["shopping"] = look(display)
    display.show_qris(QRIS)
    seen["paying"] = look(display)
    display.show_qris(None)
    seen["changed their mind"] = look(display)
    sale = books.sell(ledger, {"NASTAR-500": 2, "HAMPERS": 1}, "cash", 500_000)
    display.show_cart(new_cart(), items)  # as the till does when a cart is paid
    display.show_thanks(sale, items)
    seen["thanks"] = look(display)
    seen["thanks for"] = display.farewell.interval()
    display.show_cart(new_cart(), items)
    seen["next, nothing yet"] = look(display)
    display.show_cart(cart, items)
    seen["next, first thing"] = look(display)
    display.show_thanks(sale, items)
    display.farewell.start(0)
    until(lambda: not display.farewell.isActive())
    seen["thanks are over"] = look(display)
    display.show_thanks(sale, items)
    display.show_receipt(qr_receipt(ledger, sale))
    seen["receipt as a code"] = look(display)
    display.farewell.start(0)
    until(lambda: not display.farewell.isActive())
    seen["code after the thanks"] = look(display)
    display.show_receipt(None)
    seen["code is put away"] = look(display)
    return seen


def move(display: CustomerDisplay, till: QLineEdit) -> dict[str, Any]:
    """Where the window goes when the till's goes elsewhere, and when it is not wanted."""
    seen = {}
    till.move(1400, 20)
    seen["till on the other screen"] = look(display)
    till.move(20, 20)
    seen["till back"] = look(display)
    display.set_enabled(False)
    seen["off"] = look(display)
    display.set_enabled(True)
    seen["on"] = look(display)
    return seen


if __name__ == "__main__":
    main()
