"""The README's picture of the till, made by a command: the sample exhibition with a cart being filled."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pos.errors import UserError, WorldFailed
from pos.text import _

if TYPE_CHECKING:
    from ui.till.desk import Desk

SIZE = (1366, 768)
AT = (14, 7)  # what the clock shows
CART = (("NASTAR-500", 2), ("SEMPRONG", 1), ("PECI-BORDIR", 1), ("HAMPERS-A", 1))


def save_screenshot(path: Path, ledger: Path | None, *, dark: bool = False) -> int:
    """Paint the till at SIZE px into `path` without showing it; returns the exit code.

    Without `ledger` a sample exhibition is made, and thrown away again.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory() as folder:
        try:
            _paint(path, ledger, Path(folder), dark=dark)
        except UserError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_code
    return 0


def _paint(path: Path, wanted: Path | None, folder: Path, *, dark: bool) -> None:
    from PySide6.QtWidgets import QApplication

    from pos.clock import stopped_at
    from pos.ledger import open_ledger
    from pos.sample import open_sample
    from ui.app import App
    from ui.dress import dress
    from ui.frame import Frame
    from ui.theme import load_theme

    qt = QApplication.instance() or QApplication([])
    theme = load_theme("dark" if dark else "light")
    dress(theme)
    ledger = open_ledger(wanted) if wanted else open_sample(folder / "contoh.lapak")
    try:
        hour, minute = AT
        ledger.clock = stopped_at(ledger.clock.now().replace(hour=hour, minute=minute, second=0))
        frame = Frame(App.over(ledger, theme))
        frame.resize(*SIZE)
        frame.show()
        _fill_cart(frame.desk)
        qt.processEvents()
        if not frame.grab().save(str(path)):
            raise WorldFailed(_("{name} cannot be written.").format(name=path), _("Check the folder."))
    finally:
        ledger.close()


def _fill_cart(desk: Desk) -> None:
    """As the picture of the design has it, as far as the catalogue does."""
    desk.till.goods.grid.load_pictures()
    goods = {item.product.sku: item.product for item in desk.shelf.items}
    for sku, qty in CART:
        if sku in goods:
            desk.till.basket.add(goods[sku], qty)
