"""The states of the orders' screen that are photographed, brought about as a person would."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.orders.form import OrderForm
from ui.orders.page import OrdersPage
from ui.shots.printers import come_out
from ui.shots.studio import Stage

NAME = "Ibu Ratna Dewi"
CHAT = """Halo kak, mau pesan 2 nastar 500 sama selusin semprong ya
diambil sabtu jam 4 sore, a.n. Ratna 0812-7111-0248
bisa dikasih pita merah?"""


def _page(stage: Stage) -> OrdersPage:
    stage.frame.choose(1)
    stage.rest()
    (page,) = stage.frame.findChildren(OrdersPage)
    return page


def orders(stage: Stage) -> QWidget:
    """The board with Ratna's order, as in the design."""
    page = _page(stage)
    page.board.move_selection(1)
    stage.rest()
    return stage.frame


def done(action: str, down: int = 1) -> Callable[[Stage], QWidget]:
    """What comes of an action on the order so many rows below the first."""

    def bring(stage: Stage) -> QWidget:
        page = _page(stage)
        page.board.move_selection(down)
        stage.rest()
        if page.detail.order is not None:
            page.acts.do(action, page.detail.order, page.mapToGlobal(page.rect().center()))
        stage.rest()
        return stage.frame

    return bring


def form(stage: Stage) -> QWidget:
    """A new order, half filled in."""
    page = _page(stage)
    stage.press("Ctrl+N")
    stage.type("12*nastar")
    stage.press("Return")
    stage.type("hampers")
    stage.press("Return")
    found = page.findChild(OrderForm)
    if found is not None:
        found.who.name.edit.setText(NAME)
        found.who.day._press("other")  # noqa: SLF001 - as the finger does
    stage.rest()
    return stage.frame


def chat(stage: Stage) -> QWidget:
    """A message was pasted."""
    page = _page(stage)
    stage.press("Ctrl+N")
    found = page.findChild(OrderForm)
    if found is not None:
        found._open_chat()  # noqa: SLF001 - as the button does
        found.chat.edit.setPlainText(CHAT)
    stage.rest()
    return stage.frame


def handed_over(stage: Stage) -> QWidget:
    """The rest was paid in cash: the done screen."""
    done("hand over")(stage)
    stage.type("200000")
    stage.press("Return")
    come_out(stage)
    return stage.frame


def deposit_taken(stage: Stage) -> QWidget:
    """A deposit came in: its receipt and the change."""
    page = _page(stage)
    page.board.move_selection(8)
    stage.rest()
    if page.detail.order is not None:
        page.acts.paying.ask(page.detail.order, 90_000, whole=False)
    stage.rest()
    stage.type("100000")
    stage.press("Return")
    return stage.frame


def quota(stage: Stage) -> QWidget:
    """How many may be ordered."""
    _page(stage).acts.quota()
    stage.rest()
    return stage.frame
