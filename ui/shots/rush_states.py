"""States of a busy booth that are photographed: rush mode, and small notes that run out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.shots.studio import Stage


def rush(stage: Stage) -> QWidget:
    """Some sales, then the best sellers; one of them is in the next cart."""
    goods = [item.product for item in stage.desk.shelf.items if not item.sold_out]
    for places in ((1, 3), (3,), (1, 5), (9, 3)):
        for place in places:
            stage.desk.basket.add(goods[place])
        stage.press("F10")
        stage.press("Return")
    stage.press("F12")
    stage.desk.basket.add(goods[3])
    stage.rest()
    return stage.frame


def small_money(stage: Stage) -> QWidget:
    """Small notes run out while somebody pays."""
    stage.desk.small_money.refilled()
    stage.desk.basket.add(
        next(item.product for item in stage.desk.shelf.items if item.product.price % 10_000)
    )
    stage.desk.till.small_is_low = True
    stage.press("F9")
    return stage.frame


STATES = (
    ("01r-ramai", rush, True),
    ("02r-uang-kecil", small_money, True),
)
