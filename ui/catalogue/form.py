"""The form of one product at the right edge of the page; what it says is checked as a price list is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.approvals import MAX_REASON
from pos.goods_import import code_of
from pos.model import Product, Staff
from pos.money import plain, rupiah
from pos.pricelist import FACTS
from pos.product_cards import PriceChange
from pos.text import _, short_date
from ui.app import App
from ui.busy_button import BusyButton
from ui.catalogue.entries import Entry, line
from ui.catalogue.photo_field import PhotoField
from ui.catalogue.pick_field import PickField
from ui.keys import keycap
from ui.scroll import Scroll
from ui.switch import Switch
from ui.widgets import FitLabel, label

WIDTH = 424  # px
LONG = 2_000  # characters of a field that checks say more about
PRICES = 6  # in the history


class Unkept(NamedTuple):
    """What was typed and not put down: of which product (None: a new one), and the form's texts."""

    former: Product | None
    entry: Mapping[str, str]


class Form(QWidget):
    """`wanted` asks to put down what is in it; `edited` that something is not put down yet."""

    wanted = Signal()
    edited = Signal()

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        self.former: Product | None = None
        self.dirty = False
        self.setFixedWidth(px(WIDTH))
        self.title = FitLabel("title", theme)
        self.photo = PhotoField(app)
        unit = PickField(_("Institution"), theme, "landmark")
        self.fields = {
            "name": line(_("Name"), theme, LONG),
            "sku": line(_("Code"), theme, LONG),
            "barcode": line(_("Barcode"), theme, LONG),
            "institution": Entry(_("Institution"), unit, theme),
            "category": Entry(_("Category"), PickField(_("Category"), theme, free=True), theme),
            "unit": line(_("Unit"), theme, LONG),
            "price": line(_("Selling price"), theme, 40, "Rp"),
            "cost": line(_("Cost price"), theme, 40, "Rp"),
            "aliases": line(_("Other names, with commas between"), theme, LONG),
            "story": line(_("Story on labels"), theme, LONG),
            "halal": line(_("Halal certificate"), theme, LONG),
            "pirt": line(_("P-IRT number"), theme, LONG),
            "workshop": line(_("Workshop code"), theme, LONG),
        }
        self.reason = line(_("Why the price changes"), theme, MAX_REASON)
        self.active = Switch(_("For sale"), theme)
        self._components = label("", "body", theme, color="text2", wrap=True)
        self._history = label("", "label", theme, color="text2", wrap=True)
        self.save = BusyButton(_("Keep"), theme=theme)
        self.save.keycap = keycap("save product")
        self.save.clicked.connect(self.wanted)
        self._lay_out()
        self._coded = True  # its code was typed, or is that of a product
        self.fields["sku"].changed.connect(self._own_code)
        self.fields["name"].changed.connect(self._make_code)
        for field in (*self.fields.values(), self.reason):
            field.changed.connect(self._edited)
        self.active.toggled.connect(self._edited)
        self.photo.changed.connect(self._edited)
        for column in ("name", "sku", "unit", "price", "cost", "aliases", *FACTS):
            frame = self.fields[column].field
            if not isinstance(frame, PickField):
                frame.edit.returnPressed.connect(self.wanted)

    def set_choices(self, units: Mapping[str, str], categories: Sequence[str]) -> None:
        """Institutions by code, and the categories that there are."""
        for column, names in (("institution", units), ("category", {name: name for name in categories})):
            field = self.fields[column].field
            if isinstance(field, PickField):
                field.set_choices(names)

    def show_product(self, product: Product, *, new: bool) -> None:
        """Fill it with a product, or with what is known of a new one."""
        self.former = None if new else product
        price = plain(product.price) if product.price or not new else ""
        texts = {
            "name": product.name,
            "sku": product.sku,
            "barcode": product.barcode,
            "institution": product.institution,
            "category": product.category,
            "unit": product.unit,
            "price": price,
            "cost": "" if product.cost is None else plain(product.cost),
            "aliases": ", ".join(product.aliases),
            **asdict(product.facts),
        }
        for column, text in texts.items():
            self.fields[column].set_text(text)
        self.title.setText(_("New product") if new else product.name)
        self.fields["sku"].setEnabled(new)
        self._coded = not new
        self.reason.set_text("")
        self.reason.hide()
        self.photo.picture.show_image(product.image)
        self.active.blockSignals(True)
        self.active.setChecked(product.active)
        self.active.blockSignals(False)
        self._show_components(product)
        self.show_history(())
        self.dirty = new
        self._show_dirty()

    def unkept(self) -> Unkept | None:
        """What would be lost if it showed something else, if anything."""
        entry = self.entry()
        if not self.isVisible() or not self.dirty or not (self.former or entry["name"].strip()):
            return None
        return Unkept(self.former, entry)

    def show_unkept(self, left: Unkept) -> None:
        """Go on with what was left."""
        entry = left.entry
        self.show_product(left.former or Product("", "", 0, ""), new=left.former is None)
        for column, field in self.fields.items():
            field.set_text(entry[column].replace("|", ", ") if column == "aliases" else entry[column])
        self.photo.picture.show_image(entry["image"])
        self.active.setChecked(entry["active"] == "1")
        self._edited()

    def show_history(self, prices: Sequence[PriceChange]) -> None:
        """The prices that it had, the newest first."""
        lines = [_told(one, self.app.staff) for one in prices[:PRICES]]
        self._history.setText("\n".join([_("Prices so far"), *lines]))
        self._history.setVisible(len(prices) > 1)

    def entry(self) -> dict[str, str]:
        """What it says, by column of the price list."""
        texts = {column: field.text for column, field in self.fields.items()}
        texts["aliases"] = "|".join(part.strip() for part in texts["aliases"].split(","))
        texts["image"] = self.photo.image
        texts["active"] = "1" if self.active.isChecked() else "0"
        return texts

    def say(self, wrong: Mapping[str, str]) -> None:
        """What is wrong, each under its field; the keyboard goes to the first."""
        for column, field in self.fields.items():
            field.say(wrong.get(column, ""))
        first = next((field for column, field in self.fields.items() if column in wrong), None)
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first)

    def take_code(self, code: str) -> None:
        """What was scanned is its barcode."""
        self.fields["barcode"].set_text(code)
        self._edited()

    def awaits_code(self) -> bool:
        """Whether the keyboard is in the field for the barcode."""
        frame = self.fields["barcode"].field
        return not isinstance(frame, PickField) and frame.edit.hasFocus()

    def begin(self) -> None:
        """The keyboard to the first field."""
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, with a hairline towards the list."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.app.theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), self.app.theme.color("border"))

    def _own_code(self) -> None:
        self._coded = True

    def _make_code(self) -> None:
        """A new product has a code made of its name, until one is typed."""
        if not self._coded:
            name = self.fields["name"].text
            self.fields["sku"].set_text(code_of(name) if name.strip() else "")

    def _edited(self) -> None:
        self.dirty = True
        former = self.former
        self.reason.setVisible(former is not None and self.fields["price"].text != plain(former.price))
        self._show_dirty()
        self.edited.emit()

    def _show_dirty(self) -> None:
        self.save.setEnabled(self.dirty)

    def _show_components(self, product: Product) -> None:
        names = {one.sku: one.name for one in self.app.opening.products}
        parts = [f"{part.qty} × {names.get(part.sku, part.sku)}" for part in product.components]
        self._components.setText("\n".join([_("What is inside"), *parts]))
        self._components.setVisible(bool(parts))

    def _lay_out(self) -> None:
        px = self.app.theme.px
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(px(16), px(4), px(16), px(16))
        rows.setSpacing(px(12))
        rows.addWidget(self.photo)
        rows.addWidget(self.fields["name"])
        for pair in (("sku", "barcode"), ("institution",), ("category", "unit"), ("price", "cost")):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for column in pair:
                row.addWidget(self.fields[column], 1)
            rows.addLayout(row)
            if pair[0] == "price":
                rows.addWidget(self.reason)
        rows.addWidget(self.fields["aliases"])
        rows.addWidget(self._components)
        for column in ("story", "halal"):
            rows.addWidget(self.fields[column])
        short = QHBoxLayout()
        short.setSpacing(px(10))
        for column in ("pirt", "workshop"):
            short.addWidget(self.fields[column], 1)
        rows.addLayout(short)
        self.photo.beside.addWidget(self.active)
        rows.addWidget(self._history)
        rows.addStretch(1)
        self._scroll = Scroll(inside)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(16), px(12))
        foot.addWidget(self.save)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(16), px(16), px(8))
        head.addWidget(self.title, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)


def _told(change: PriceChange, staff: Mapping[str, Staff]) -> str:
    """`Jum, 14 Apr 2023 · Rp55.000 · Sari Wulandari · bahan naik`."""
    who = staff.get(change.allowed or change.who)
    name = who.name if who else ""
    parts = [short_date(change.at.date()), rupiah(change.price), name, change.reason]
    return " · ".join(part for part in parts if part)
