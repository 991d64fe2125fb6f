"""How orders are written on the screen: when they are due, what is in them, the sign of where they came
from.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pos.model import Line
from pos.order_words import state_name
from pos.preorder import Order, Wish
from pos.text import _, clock_time, fold, long_date, short_date
from pos.weight import counted
from ui.widgets import TagKind

TAGS: dict[str, TagKind] = {
    "new": "warn",
    "deposit": "info",
    "prepared": "gold",
    "ready": "ok",
    "taken": "neutral",
    "cancelled": "neutral",
}


def state_tag(order: Order) -> tuple[str, TagKind]:
    """The word and the colour of how far it is."""
    return state_name(order.state), TAGS[order.state]


def near_day(day: date, today: date) -> str:
    """`Hari ini`, `Besok`, or `Min, 16 Apr`; the year only of another one."""
    names = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}
    named = names.get((day - today).days)
    return named or (short_date(day) if day.year != today.year else short_date(day).rsplit(" ", 1)[0])


def due_words(wish: Wish, today: date, between: str = " ") -> str:
    """`Hari ini 16.00`, or that no day is settled."""
    if wish.due is None:
        return _("No day yet")
    hour = f"{between}{wish.due_time:%H.%M}" if wish.due_time else ""
    return near_day(wish.due, today) + hour


def group_words(order: Order, today: date) -> str:
    """Under which heading of the board it stands."""
    due = order.wish.due
    if order.over:
        return _("Done")
    if order.late(today):
        return _("Late")
    if due == today:
        return _("Today · {day}").format(day=long_date(today).rsplit(" ", 1)[0])
    return _("Coming up")


def goods_words(lines: Sequence[Line]) -> str:
    """`Hampers Lebaran A ×1, Nastar 500 g ×2`."""
    return ", ".join(f"{line.name} ×{counted_pieces(line)}" for line in lines)


def counted_pieces(line: Line) -> str:
    """How many; of goods by weight with their unit."""
    return counted(line.unit, line.qty)


def step_moment(moment: datetime | None, today: date) -> str:
    """`13.20` of today, `10 Apr` of another day, nothing before it happened."""
    if moment is None:
        return ""
    if moment.date() == today:
        return clock_time(moment)
    return short_date(moment.date()).split(", ")[1].rsplit(" ", 1)[0]


def found_by(order: Order) -> str:
    """All that a search may find it by, folded."""
    contact = order.wish.contact
    told = (order.receipt, contact.name, contact.phone, contact.handle, contact.note)
    return fold(" ".join((*told, *(line.name for line in order.lines), *(line.sku for line in order.lines))))


def called(order: Order) -> str:
    """By which name it stands on the board; a dash once that was erased."""
    return order.wish.contact.called or "–"
