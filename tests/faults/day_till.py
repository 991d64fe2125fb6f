"""The till of a day with pulled plugs (tests/faults/day.py): the whole program, served until it is killed.

It says on standard output, a line each, what stands on the screen once it has come up, every cart as it is
filled, and every sale that the screen shows as paid.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.settings import read_machine
from tests.ui.hands import key, wait_for
from tests.ui.till.stand import in_cart, shown_sale, tap_tile
from ui.dress import dress, theme_of
from ui.refusal import Refusal
from ui.start import Start
from ui.till.desk import Desk
from ui.window import Window

SKUS = ("PECI", "NASTAR-500", "SEMPRONG", "PUTRI-500")


def main(ledger: Path, seed: str) -> None:
    """Come up, say what is seen, sell on."""
    qt = QApplication(["lapak"])
    machine = read_machine() | {"rush": "0"}  # no hand is that fast: it would leave the done screen by itself
    theme = theme_of(machine)
    dress(theme)
    start = Start(Window(theme), ledger, machine)
    start.window.resize(1366, 768)
    told: list[str] = []
    up: list[bool] = []
    start.ready.connect(lambda: start.frame and start.frame.app.failed.connect(lambda e: told.append(str(e))))
    start.settled.connect(lambda: up.append(True))
    start.window.show()
    start.window.activateWindow()
    while not up and not start.window.findChildren(Refusal):
        qt.processEvents()
    _say("seen", {"told": told, **_seen(start)})
    if start.frame:
        _serve(start.frame.desk, Random(seed))


def _seen(start: Start) -> dict[str, object]:
    """The cart as it stands, or what the window says in its place."""
    if start.frame is None or not start.frame.sells:
        texts = [one.text() for one in start.window.findChildren(QLabel) if one.isVisible()]
        return {"cart": None, "texts": [text for text in texts if text]}
    toast = start.frame.desk.till.cart.toast
    wait_for(toast.isVisible)
    words = [one.text() for one in toast.findChildren(QLabel)] if toast.isVisible() else []
    return {"cart": in_cart(start.frame.desk), "texts": [text for text in words if text]}


def _serve(desk: Desk, chance: Random) -> None:
    """Buyer after buyer pays in exact cash; whoever was there when the plug was pulled is served on."""
    while True:
        for _tap in range(chance.randint(0 if in_cart(desk) else 1, 4)):
            sku, before = chance.choice(SKUS), in_cart(desk)
            tap_tile(desk, sku)
            _say("cart", filled := in_cart(desk))
            assert filled == before | {sku: before.get(sku, 0) + 1}, f"{sku} was tapped"
            QTest.qWait(chance.randint(0, 300))
        key(Qt.Key.Key_F10)
        if wait_for(lambda: desk.currentWidget() is desk.done):
            sale = shown_sale(desk)
            _say("sold", [sale.cart, sale.seq, sale.receipt])
            key(Qt.Key.Key_Return)
            wait_for(lambda: desk.currentWidget() is not desk.done)


def _say(what: str, value: object) -> None:
    sys.stdout.write(f"{json.dumps([what, value])}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
