"""The keys: one table that binds them, writes them on the buttons, and draws the map of F1.

DESIGN.md chapter 7. Places are asked from the inside out: a sheet's meaning of a key comes before the till's,
the till's before what holds anywhere. No single letters: a scan may begin with one.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple, cast

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.text import _


class Key(NamedTuple):
    """What keys do at one place. `keys` are their names, the one that is shown first; `repeats` when held."""

    place: str
    action: str
    keys: tuple[str, ...]
    repeats: bool = False


KEYS = (
    Key("anywhere", "help", ("F1", "Shift+F1")),
    Key("anywhere", "search", ("F2", "Ctrl+F")),
    Key("anywhere", "screen", ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7")),
    Key("anywhere", "full", ("F11",)),
    Key("anywhere", "lock", ("Ctrl+L",)),
    Key("anywhere", "settings", ("Ctrl+,",)),
    Key("anywhere", "undo", ("Ctrl+Z",)),
    Key("anywhere", "back", ("Esc",)),
    Key("till", "more", ("+",), repeats=True),
    Key("till", "less", ("-",), repeats=True),
    Key("till", "line up", ("Alt+Up",), repeats=True),
    Key("till", "line down", ("Alt+Down",), repeats=True),
    Key("till", "discount", ("F3",)),
    Key("till", "discount whole", ("Shift+F3",)),
    Key("till", "buyer", ("F4",)),
    Key("till", "note", ("F5",)),
    Key("till", "content", ("Shift+F5",)),
    Key("till", "hold", ("F6",)),
    Key("till", "held", ("F7",)),
    Key("till", "remove", ("Del",)),
    Key("till", "category left", ("Ctrl+Left",), repeats=True),
    Key("till", "category right", ("Ctrl+Right",), repeats=True),
    Key("till", "unsold", ("Ctrl+J",)),
    Key("till", "register", ("Ctrl+D",)),
    Key("till", "papers", ("F8",)),
    Key("till", "rush", ("F12",)),
    Key("till", "pay", ("F9", "Ctrl+Return", "Ctrl+Enter")),
    Key("till", "exact", ("F10",)),
    Key("pay", "cash", ("F5",)),
    Key("pay", "qris", ("F6",)),
    Key("pay", "transfer", ("F7",)),
    Key("pay", "card", ("F8",)),
    Key("pay", "split", ("F12",)),
    Key("pay", "exact amount", ("F10",)),
    Key("pay", "amount", ("Alt+1", "Alt+2", "Alt+3", "Alt+4")),
    Key("pay", "accept", ("Enter", "Return")),
    Key("pay", "add part", ("Ins",)),
    Key("content", "put in", ("F9", "Enter", "Return")),
    Key("content", "one more", ("+", "Right"), repeats=True),
    Key("content", "one less", ("-", "Left", "Del"), repeats=True),
    Key("content", "as before", ("F7",)),
    Key("done", "new sale", ("Enter", "Return")),
    Key("done", "print", ("Ctrl+P",)),
    Key("done", "pdf", ("Ctrl+S",)),
    Key("done", "copy", ("Ctrl+C",)),
    Key("done", "kuitansi", ("Ctrl+K",)),
    Key("done", "packing", ("Ctrl+H",)),
    Key("done", "paperless", ("F6",)),
    Key("done", "void", ("Ctrl+B",)),
    Key("stock", "stock main", ("F9",)),
    Key("closing", "main action", ("F9",)),
    Key("closing", "x report", ("F7",)),
    Key("closing", "move cash", ("F8",)),
    Key("orders", "new order", ("Ctrl+N",)),
    Key("orders", "order above", ("Up",), repeats=True),
    Key("orders", "order below", ("Down",), repeats=True),
    Key("orders", "hand over", ("F9",)),
    Key("orders", "order note", ("Ctrl+P",)),
    Key("orders", "save order", ("Ctrl+Return", "Ctrl+Enter")),
    Key("sync", "sync now", ("F5", "F9")),
    Key("sync", "to stick", ("Ctrl+U",)),
    Key("done", "return", ("Ctrl+R",)),
    Key("returns", "take back", ("F9",)),
    Key("returns", "paper", ("Ctrl+P",)),
    Key("goods", "new product", ("Ctrl+N",)),
    Key("goods", "save product", ("F9", "Ctrl+S")),
    Key("reports", "range", ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5")),
    Key("reports", "report", ("F4",)),
    Key("reports", "print report", ("Ctrl+P",)),
    Key("reports", "copy evening", ("Ctrl+M",)),
    Key("preview", "other page", ("PgUp", "PgDown"), repeats=True),
    Key("preview", "page size", ("-", "+", "F5"), repeats=True),
    Key("preview", "save pages", ("Ctrl+S",)),
    Key("receipts", "of days", ("F5",)),
    Key("receipts", "of booth", ("F6",)),
    Key("receipts", "of institution", ("F7",)),
    Key("receipts", "of method", ("F8",)),
    Key("receipts", "of cashier", ("F9",)),
    Key("receipts", "print receipt", ("Ctrl+P",)),
    Key("table", "open row", ("Enter", "Return")),
    Key("table", "sort column", ("F3",)),
    Key("table", "copy table", ("Ctrl+C",)),
    Key("help", "page before", ("Alt+Left",)),
    Key("help", "print manual", ("Ctrl+P",)),
    Key("setup", "next step", ("Enter", "Return")),
    Key("sign in", "person", tuple(f"Alt+{digit}" for digit in range(1, 10))),
)


def keycap(action: str, place: int = 0) -> str:
    """What stands on the button of `action`: its first key, or the one at `place`. Raises KeyError."""
    return written(_by_action()[action].keys[place])


def written(name: str) -> str:
    """A key's name as it is shown: arrows as arrows, Enter as keyboards have it."""
    for long, short in (("Return", "Enter"), ("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→")):
        name = name.replace(long, short)
    return name


def meant(event: QKeyEvent, *places: str) -> tuple[str, int] | None:
    """The action of a key press at the first of `places` where it has one, and which of its keys it was.

    None when it means nothing there. A held key means nothing either, unless its action repeats.
    """
    for place in places:
        found = _bound(place).get(_pressed(event))
        if found is not None:
            return None if event.isAutoRepeat() and not _by_action()[found[0]].repeats else found
    return None


def action_of(event: QKeyEvent, *places: str) -> str:
    """The action of a key press as `meant` finds it, whichever of its keys it was; "" for none."""
    return (meant(event, *places) or ("", 0))[0]


def asks_help(event: QKeyEvent) -> bool:
    """Whether the manual is wanted: the one key that reaches beyond a sheet that lies over everything."""
    return meant(event, "anywhere") == ("help", 0)


def is_bound(event: QKeyEvent, *places: str) -> bool:
    """Whether the key has a meaning at one of `places`, held or not: then nobody else shall have it."""
    return any(_pressed(event) in _bound(place) for place in places)


def offered(widget: QWidget) -> bool:
    """Whether a key press on its way up was offered to `widget` before: the keyboard is inside it."""
    holder = QApplication.focusWidget()
    return holder is not None and (holder is widget or widget.isAncestorOf(holder))


def meanings(*, office: bool = False) -> dict[str, str]:
    """What every action is called on the map of keys, in the language in use: of a booth, or the office."""
    if office:
        return _anywhere() | _of_reports() | _of_receipts()
    return _of_booth() | _anywhere() | _of_reports()


def _of_booth() -> dict[str, str]:
    return {
        "more": _("One more of the selected line"),
        "less": _("One less"),
        "line up": _("Line above"),
        "line down": _("Line below"),
        "discount": _("Discount of the line"),
        "discount whole": _("Discount of the whole sale"),
        "buyer": _("Buyer"),
        "note": _("Note"),
        "content": _("Change the content of a bundle"),
        "hold": _("Put the cart aside"),
        "held": _("Carts put aside"),
        "remove": _("Remove the line"),
        "category left": _("Category to the left"),
        "category right": _("Category to the right"),
        "unsold": _("Not sold today"),
        "register": _("Register a barcode"),
        "rush": _("Rush mode"),
        "pay": _("Pay"),
        "exact": _("Exact cash"),
        "cash": _("Cash"),
        "qris": "QRIS",
        "transfer": _("Transfer"),
        "card": _("Card"),
        "split": _("Split payment"),
        "exact amount": _("Exact amount"),
        "amount": _("Suggested amounts"),
        "accept": _("Receive, or the money has come"),
        "add part": _("Add a part"),
        "put in": _("Done"),
        "one more": _("One more of it"),
        "one less": _("One less of it"),
        "as before": _("Same content as before"),
        "new sale": _("New sale"),
        "print": _("Print"),
        "pdf": _("Save PDF"),
        "copy": _("Copy text"),
        "kuitansi": _("Formal receipt"),
        "packing": _("Packing slip"),
        "paperless": _("Receipt as a QR code"),
        "void": _("Cancel this sale"),
        "stock main": _("Main action: receive, finish, give back"),
        "main action": _("Lock the count, close the shift"),
        "x report": _("X report"),
        "move cash": _("Cash in and out"),
        "new order": _("New order"),
        "order above": _("Order above"),
        "order below": _("Order below"),
        "hand over": _("Hand over and pay"),
        "order note": _("Order note"),
        "save order": _("Save the order"),
        "sync now": _("Hand over now"),
        "to stick": _("Hand over to a USB stick"),
        "papers": _("Receipts and returns"),
        "return": _("Take goods back"),
        "take back": _("Give money back"),
        "paper": _("Show the paper"),
        "new product": _("New product"),
        "save product": _("Keep the product, or take what is shown"),
        "next step": _("Next step"),
    }


def _anywhere() -> dict[str, str]:
    return {
        "help": _("Help, map of keys"),
        "search": _("Search or scan"),
        "screen": _("Menu"),
        "full": _("Full screen"),
        "lock": _("Lock, change cashier"),
        "settings": _("Settings"),
        "undo": _("Undo"),
        "back": _("Close what is on top"),
        "person": _("Choose a person"),
    }


def _of_reports() -> dict[str, str]:
    return {
        "range": _("Which days"),
        "report": _("Another report"),
        "print report": _("Print what is shown"),
        "copy evening": _("Copy the daily report for WhatsApp"),
        "open row": _("Open what is chosen"),
        "sort column": _("Sort by the column, and back"),
        "copy table": _("Copy the table for a spreadsheet"),
    }


def _of_receipts() -> dict[str, str]:
    """At the office, whose map has room: at a booth the buttons themselves name these keys."""
    return {
        "of days": _("Only of these days"),
        "of booth": _("Only of a booth"),
        "of institution": _("Only with goods of an institution"),
        "of method": _("Only paid in one way"),
        "of cashier": _("Only of a cashier"),
        "print receipt": _("Print a copy"),
        "other page": _("Page before, next page"),
        "page size": _("Smaller, larger, whole page"),
        "save pages": _("Save PDF"),
        "page before": _("Page before"),
        "print manual": _("Print the manual"),
    }


def place_names(*, office: bool = False) -> dict[str, str]:
    """What every place is called on the map, in the order in which they stand there."""
    if office:
        return {
            "anywhere": _("Anywhere"),
            "reports": _("Reports"),
            "preview": _("Before printing"),
            "receipts": _("Receipts at the office"),
            "table": _("In a table"),
            "help": _("Help"),
            "sign in": _("Signing in"),
        }
    return {
        "anywhere": _("Anywhere"),
        "till": _("Till"),
        "pay": _("Payment"),
        "content": _("Content of a bundle"),
        "done": _("After the sale"),
        "stock": _("Stock"),
        "closing": _("Closing the till"),
        "orders": _("Orders"),
        "sync": _("Sync"),
        "returns": _("Receipts and returns"),
        "goods": _("Goods"),
        "reports": _("Reports"),
        "table": _("In a table"),
        "setup": _("Setting up the booth"),
        "sign in": _("Signing in"),
    }


def _pressed(event: QKeyEvent) -> tuple[int, int]:
    from PySide6.QtCore import Qt  # its enumerations take long to come to Python: not before a key is pressed

    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.text() in ("+", "-") and not plain & ~Qt.KeyboardModifier.ShiftModifier:
        return ord(event.text()), 0  # "+" needs Shift on most keyboards
    return event.key(), plain.value


def combined(name: str) -> QKeyCombination:
    """Key and modifiers of a name such as `Ctrl+Left`."""
    from PySide6.QtGui import QKeySequence  # slow to come to Python: not before a key is pressed

    parts = cast("Sequence[QKeyCombination]", QKeySequence(name))  # which the stubs do not know
    return parts[0]


@functools.cache
def _bound(place: str) -> dict[tuple[int, int], tuple[str, int]]:
    bound: dict[tuple[int, int], tuple[str, int]] = {}
    for key in KEYS:
        for number, name in enumerate(key.keys if key.place == place else ()):
            combination = combined(name)
            bound[combination.key(), combination.keyboardModifiers().value] = (key.action, number)
    return bound


@functools.cache
def _by_action() -> dict[str, Key]:
    return {key.action: key for key in KEYS}
