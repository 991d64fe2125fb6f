"""Who orders, by which way, for when and where."""

from __future__ import annotations

import re
from datetime import date, time

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.chat import Proposal
from pos.errors import Refused
from pos.order_words import channel_name
from pos.orders import MAX_ADDRESS, MAX_HANDLE, MAX_NAME, MAX_NOTE
from pos.preorder import CHANNELS, Contact, Wish, shown_phone
from pos.text import _
from ui.fields import TextField
from ui.orders.day_picker import DayPicker
from ui.orders.small import Choices
from ui.scroll import Scroll
from ui.theme import Theme
from ui.widgets import label

HOURS = ("09.00", "10.00", "12.00", "14.00", "16.00", "18.00")
_TIME = re.compile(r"([01]?\d|2[0-3])(?:[.:]?([0-5]\d))?")


class FormWho(Scroll):
    """The fields beside the goods. `wish` reads them."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.theme = theme
        self._channel, self._place = "booth", "booth"
        self.name = TextField(_("Ordered by"), theme, most=MAX_NAME)
        self.phone = TextField(_("Phone or WhatsApp"), theme, most=30)
        self.handle = TextField(_("Account"), theme, most=MAX_HANDLE)
        self.day = DayPicker(theme, today)
        self.hour = TextField(_("Time"), theme, most=5)
        self.address = TextField(_("Delivery address"), theme, most=MAX_ADDRESS)
        self.note = TextField(_("Note"), theme, most=MAX_NOTE)
        self._channels = Choices({code: channel_name(code) for code in CHANNELS}, theme, self._set_channel)
        places = {"booth": _("Fetched at the booth"), "delivery": _("Delivered")}
        self._places = Choices(places, theme, self._set_place)
        self._address = _named(self.address, theme)
        self._hours = Choices({hour: hour for hour in HOURS}, theme, self._set_hour)
        self._lay_out()

    def show_wish(self, wish: Wish) -> None:
        """Begin with this."""
        contact = wish.contact
        self.name.edit.setText(contact.name)
        self.phone.edit.setText(shown_phone(contact.phone))
        self.handle.edit.setText(contact.handle)
        self.address.edit.setText(contact.address)
        self.note.edit.setText(contact.note)
        self.day.show_day(wish.due)
        self.hour.edit.setText(f"{wish.due_time:%H.%M}" if wish.due_time else "")
        self._set_channel(wish.channel)
        self._set_place(wish.place)
        self._hours.choose(self.hour.edit.text())

    def wish(self) -> Wish:
        """What is asked for. Raises Refused for a time that is none."""
        contact = Contact(
            *(field.edit.text() for field in (self.name, self.phone, self.handle, self.address, self.note))
        )
        return Wish(contact, self._channel, self.day.day, typed_time(self.hour.edit.text()), self._place)

    def take(self, told: Proposal) -> None:
        """Fill in what a message said; what is there already is only replaced by something."""
        pairs = (
            (self.name, told.name),
            (self.phone, told.phone),
            (self.handle, told.handle),
            (self.address, told.address),
            (self.note, told.note),
            (self.hour, f"{told.due_time:%H.%M}" if told.due_time else ""),
        )
        for field, text in pairs:
            if text:
                field.edit.setText(text)
        if told.due:
            self.day.show_day(told.due)
        if told.channel:
            self._set_channel(told.channel)
        if told.address:
            self._set_place("delivery")
        self._hours.choose(self.hour.edit.text())

    def _set_channel(self, channel: str) -> None:
        self._channel = channel
        self._channels.choose(channel)

    def _set_place(self, place: str) -> None:
        self._place = place
        self._places.choose(place)
        self._address.setVisible(place == "delivery")

    def _set_hour(self, hour: str) -> None:
        self.hour.edit.setText(hour)
        self._hours.choose(hour)

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(14), 0)
        column.setSpacing(px(8))
        column.addWidget(_titled(_("Came by"), self._channels, theme))
        column.addWidget(_named(self.name, theme))
        both = QHBoxLayout()
        both.setSpacing(px(10))
        both.addWidget(_named(self.phone, theme), 1)
        both.addWidget(_named(self.handle, theme), 1)
        column.addLayout(both)
        column.addWidget(_titled(_("Pick-up day"), self.day, theme))
        self.hour.setFixedWidth(px(96))
        self.hour.setFixedHeight(theme.size("touchMin"))
        hours = QWidget()
        row = QHBoxLayout(hours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.hour)
        row.addWidget(self._hours, 1)
        column.addWidget(_titled(_("Time"), hours, theme))
        column.addWidget(_titled(_("Place"), self._places, theme))
        column.addWidget(self._address)
        column.addWidget(_named(self.note, theme))
        column.addStretch(1)
        self.hold(inside)


def typed_time(text: str) -> time | None:
    """`16`, `16.00`, `1600` as a time of day; empty is none. Raises Refused for anything else."""
    bare = text.strip()
    if not bare:
        return None
    match = _TIME.fullmatch(bare)
    if match is None:
        raise Refused(_("'{text}' is no time of day.").format(text=bare[:10]), _("Type it as 16.00."))
    return time(int(match[1]), int(match[2] or 0))


def _titled(title: str, widget: QWidget, theme: Theme) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    column.addWidget(label(title, "label", theme, color="text2"))
    column.addWidget(widget)
    return box


def _named(field: TextField, theme: Theme) -> QWidget:
    field.setFixedHeight(theme.px(48))
    return _titled(field.edit.accessibleName(), field, theme)
