"""States of merging at the office: files tried, merged, refused; a laptop with two histories."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.cart import new_cart
from pos.checkout import checkout
from pos.clock import Clock
from pos.ledger import Ledger, create_collector, open_ledger
from pos.payments import settle
from pos.shifts import current_shift
from ui.shots.studio import Stage
from ui.sync.fork_panel import ForkPanel
from ui.sync.merge_sheet import MergeSheet

PANEL = (424, 388)  # px, as in picture 08
_ONE, _CLONE = 9, 4  # sales of either history


def twins(stage: Stage) -> tuple[Path, Path]:
    """The booth's own ledger and that of a clone, each with sales of its own; copies beside it."""
    ledger = stage.app.ledger
    folder = Path(str(ledger.path)).with_suffix("")  # of this picture only
    folder.mkdir(exist_ok=True)
    with ledger.read() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    paths = folder / "stan-03.lapak", folder / "stan-03-cadangan.lapak"
    for path, count in zip(paths, (_ONE, _CLONE), strict=True):
        shutil.copyfile(str(ledger.path), path)
        with closing(open_ledger(path, ledger.clock)) as copy:
            _sell(copy, stage.app.ledger.clock, stage, count)
    return paths


def _sell(ledger: Ledger, clock: Clock, stage: Stage, count: int) -> None:
    ledger.clock = clock
    goods = [one for one in stage.app.opening.products if not one.components]
    shift = current_shift(ledger)
    if shift is None:
        raise ValueError("no shift is open")
    for n in range(count):
        cart = new_cart().add(goods[n % len(goods)], 1 + n % 2)
        checkout(ledger, cart, [settle("cash", cart.total, cart.total)], shift, shift.cashier)


def sheet(stage: Stage, *more: Path, merged: int = 0) -> MergeSheet:
    """The sheet with the first `merged` files merged before, and all of them tried."""
    one, clone = twins(stage)
    target = one.with_name("pusat.lapak")
    if not target.exists():
        create_collector(target)
    shown = MergeSheet(stage.frame, stage.theme, str(target))
    shown.open()
    for path in (one, clone)[:merged]:
        shown.add([path])
        stage.rest()
        shown.go.click()
        stage.rest()
    shown.add([one, clone, *more])
    stage.rest()
    return shown


def empty(stage: Stage) -> QWidget:
    """Nothing was dropped yet."""
    shown = MergeSheet(stage.frame, stage.theme, str(Path(str(stage.app.ledger.path)).with_name("x.lapak")))
    shown.open()
    stage.rest()
    return stage.frame


def tried(stage: Stage) -> QWidget:
    """A booth's ledger, an old backup that went its own way, and something that is no ledger."""
    broken = Path(str(stage.app.ledger.path)).with_name("foto.lapak")
    broken.write_bytes(b"JPEG")
    sheet(stage, broken)
    return stage.frame


def forked(stage: Stage) -> QWidget:
    """The panel of picture 08 by itself, of a real fork."""
    shown = sheet(stage, merged=2)
    target = shown.target
    panel = ForkPanel(stage.app)
    ground = QWidget()
    ground.setParent(stage.frame)
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(panel)
    panel.look_at(str(target))
    shown.leave()
    stage.rest()
    width, height = (stage.theme.px(length) for length in PANEL)
    ground.setGeometry(stage.frame.width() - width - 18, stage.frame.height() - height - 44, width, height)
    ground.show()
    ground.raise_()
    stage.rest()
    return stage.frame


def differing(stage: Stage) -> QWidget:
    """Both histories side by side."""
    forked(stage)
    panel = stage.frame.findChild(ForkPanel)
    if isinstance(panel, ForkPanel):
        panel.look_button.click()
    stage.rest()
    return stage.frame
