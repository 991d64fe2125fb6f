"""Paste a message from a chat, see what was understood, take it into the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pos.chat import MAX_CHAT, Proposal, Proposed, propose
from pos.model import Product
from pos.order_words import channel_name
from pos.preorder import shown_phone
from pos.text import _
from ui.orders.words import near_day
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.menus import touch_menu
from ui.widgets import Button, Chip, Tag, label


class ChatPanel(QWidget):
    """`taken` tells the Proposal that somebody said yes to; `closed`: the goods are wanted again."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, goods: Sequence[Product], today: date) -> None:
        super().__init__()
        self.theme, self._goods, self._today = theme, goods, today
        self._told = Proposal()
        self._chosen: dict[int, Product] = {}
        self._noted = False
        self.edit = _Pasted()
        self.edit.setAccessibleName(_("Message"))
        self.edit.setPlaceholderText(_("Paste the buyer's message here."))
        self.edit.setFont(theme.font("body"))
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._read)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(4))
        self._take = Button(_("Take it into the order"), theme=theme)
        self._take.clicked.connect(self._accept)
        self._lay_out()
        self._read()

    def paste(self) -> None:
        """Begin with what is on the clipboard."""
        self.edit.setPlainText(QGuiApplication.clipboard().text()[:MAX_CHAT])
        self.edit.setFocus()

    def _read(self) -> None:
        self._told = propose(self.edit.toPlainText(), self._goods, self._today)
        self._chosen, self._noted = {}, False
        self._show()

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        told, text = self._told, self.edit.toPlainText().strip()
        if not text:
            self._say(
                _("Goods, day, time, name and phone are looked for. Nothing is taken without your yes.")
            )
        for place, one in enumerate(told.items):
            self._rows.addWidget(self._item(place, one))
        for words in _facts(told, self._today):
            self._say(words, "text")
        if text and told.empty:
            self._say(_("Nothing in it was understood. Choose the goods yourself."))
        if told.unknown:
            self._rows.addWidget(self._unknown(" · ".join(told.unknown)))
        if told.cut:
            self._say(_("Only the first {count} characters were read.").format(count=MAX_CHAT), "warn")
        self._rows.addStretch(1)
        self._take.setEnabled(not told.empty)

    def _item(self, place: int, one: Proposed) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        product = self._chosen.get(place, one.product)
        name = label(f"{one.qty} × {product.name}", "itemName", self.theme, wrap=True)
        line.addWidget(name, 1)
        if not one.counted:
            line.addWidget(Tag(_("How many?"), "warn", theme=self.theme))
        if one.others:
            other = Button(_("Other"), kind="secondary", theme=self.theme)
            other.setAccessibleName(_("Something else than {name}").format(name=product.name))
            other.clicked.connect(lambda: self._ask_other(place, one, other))
            line.addWidget(other)
        return row

    def _unknown(self, words: str) -> QWidget:
        """What was not understood; a press makes it the order's note."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        told = label(
            _("Not understood: {words}").format(words=words), "body", self.theme, color="warn", wrap=True
        )
        line.addWidget(told, 1)
        chip = Chip(_("As a note"), theme=self.theme)
        chip.setChecked(self._noted)
        chip.toggled.connect(self._note)
        line.addWidget(chip)
        return row

    def _note(self, on: bool) -> None:
        self._noted = on

    def _ask_other(self, place: int, one: Proposed, button: QWidget) -> None:
        menu = touch_menu(self, self.theme)
        for product in (one.product, *one.others):
            entry = menu.addAction(product.name)
            entry.triggered.connect(lambda _on=False, product=product: self._choose(place, product))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _choose(self, place: int, product: Product) -> None:
        self._chosen[place] = product
        self._show()

    def _accept(self) -> None:
        items = tuple(
            replace(one, product=self._chosen.get(place, one.product))
            for place, one in enumerate(self._told.items)
        )
        note = ", ".join(self._told.unknown) if self._noted else ""
        self.taken.emit(replace(self._told, items=items, note=note))
        self.edit.clear()

    def _say(self, text: str, color: str = "text2") -> None:
        words = label(text, "body", self.theme, color=color, wrap=True)
        self._rows.addWidget(words)
        words.show()

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        back = Button(_("Back to the goods"), kind="secondary", theme=theme)
        back.clicked.connect(self.closed)
        paste = Button(_("Paste"), kind="secondary", icon="copy", theme=theme)
        paste.clicked.connect(self.paste)
        scroll = Scroll(self._inside)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(back)
        foot.addWidget(paste)
        foot.addWidget(self._take, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.edit, 2)
        column.addWidget(scroll, 3)
        column.addLayout(foot)


class _Pasted(QPlainTextEdit):
    """Takes text alone, and of a megabyte only what is read and a little more."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Cut before Qt lays it out."""
        self.insertPlainText(source.text()[: MAX_CHAT + 1])


def _facts(told: Proposal, today: date) -> list[str]:
    day = near_day(told.due, today) if told.due else ""
    hour = f"{told.due_time:%H.%M}" if told.due_time else ""
    pairs = (
        (_("Day: {text}"), " ".join(part for part in (day, hour) if part)),
        (_("Name: {text}"), told.name),
        (_("Phone: {text}"), shown_phone(told.phone)),
        (_("Account: {text}"), told.handle),
        (_("Address: {text}"), told.address),
        (
            _("Came by: {channel}").replace("{channel}", "{text}"),
            channel_name(told.channel) if told.channel else "",
        ),
    )
    return [words.format(text=text) for words, text in pairs if text]
