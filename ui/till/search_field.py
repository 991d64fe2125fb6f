"""The field that scanner and keyboard type into; it shows the quantity that was typed in front."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from pos.text import _
from ui.fields import FieldFrame
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.till.finder import split_quantity
from ui.widgets import Keycap, Tag

MOST = 100  # characters


class SearchField(FieldFrame):
    """`changed` tells what is in it after every change, also by the program."""

    changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Scan a barcode, or type a name"), theme)
        self.edit.setMaxLength(MOST)
        self.edit.setFont(theme.font("bodyLarge", 15))
        palette = self.edit.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text3"))
        self.edit.setPalette(palette)
        self.row.setContentsMargins(theme.px(15), theme.px(3), theme.px(14), theme.px(3))
        self.row.insertWidget(0, self._barcode())
        self._qty = Tag("", "ok", theme=theme)
        self._qty.setParent(self)
        self._qty.hide()
        self.row.addWidget(Keycap("F2", theme))
        self.edit.textChanged.connect(self._tell)

    @property
    def text(self) -> str:
        """What is in it."""
        return self.edit.text()

    def clear(self) -> None:
        """Ready for the next scan."""
        self.edit.clear()

    def type_text(self, text: str) -> None:
        """Type on, from wherever the keyboard was."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.insert(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint in full, or the shorter one."""
        super().resizeEvent(event)
        longer = _("Scan a barcode, or type a name… (3*nastar = 3 pcs)")
        fits = self.edit.fontMetrics().horizontalAdvance(longer) < self.edit.width()
        self.edit.setPlaceholderText(longer if fits else _("Scan a barcode, or type a name…"))

    def _tell(self, text: str) -> None:
        qty, _rest = split_quantity(text)
        self._qty.setVisible(qty is not None)
        if qty is not None:
            self._qty.set(_("{qty} pcs").format(qty=qty), "ok")
            end = self.edit.x() + self.edit.fontMetrics().horizontalAdvance(text) + self.theme.px(16)
            self._qty.resize(self._qty.sizeHint())
            self._qty.move(end, (self.height() - self._qty.height()) // 2)
        self.changed.emit(text)

    def _barcode(self) -> QWidget:
        mark = QLabel()
        mark.setPixmap(
            icon_pixmap("scan-barcode", self.theme.px(22), self.theme.color("text"), self.devicePixelRatioF())
        )
        return mark
