"""The practice scanner: a small card that sends a product's code as a scanner does, key after key.

The keys go to whoever has the keyboard, through the same filter and the same judgement (ui/scanner.py) as
those of a real one.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos.model import Product
from pos.text import _
from ui.app import App
from ui.frame import Frame
from ui.plain_tip import plain_tip
from ui.training.card import AROUND, Card
from ui.widgets import Button

MOST = 5  # products on the card
UNKNOWN = "8990000000093"  # no product's: what is told of it is worth having seen once
WIDTH = 320  # px at 100 %


class PracticeScanner(Card):
    """Lies over the lower left of the screens and takes no keyboard."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, frame.app.theme)
        self._frame = frame
        theme, px = self.theme, self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16 + AROUND), px(4 + AROUND), px(12 + AROUND), px(16 + AROUND))
        column.setSpacing(px(6))
        column.addLayout(self.head(_("Practice scanner")))
        for name, code in (*goods_to_scan(frame.app), (_("A code that nobody knows"), UNKNOWN)):
            button = Button(name, kind="secondary", icon="scan-barcode", theme=theme)
            button.setFixedWidth(px(WIDTH - 28))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(plain_tip(code))
            button.clicked.connect(lambda _checked=False, code=code: self._scan(code))
            column.addWidget(button)
        self.setFixedWidth(px(WIDTH + 2 * AROUND))

    def toggle(self) -> None:
        """Come, or go."""
        if self.isVisible():
            self.hide()
            return
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """At the lower left, beside the menu."""
        inner = self._frame.contentsRect()
        self.adjustSize()
        left = inner.left() + self.theme.size("rail")
        self.move(left, inner.bottom() + 1 - self.theme.size("statusBar") - self.height())

    def _scan(self, code: str) -> None:
        scanner = self._frame.app.scanner
        before, after = (scanner.settings.prefix, scanner.settings.suffix) if scanner else ("", "")
        send_keys(f"{before}{code}{after}", QApplication.focusWidget() or self._frame)


def goods_to_scan(app: App) -> list[tuple[str, str]]:
    """Names and codes of some goods: those with a barcode first, of the others the number they go by."""
    goods = [one for one in app.opening.products if one.active and not one.choose]
    goods.sort(key=lambda one: not one.barcode)  # otherwise in the order of the tiles
    return [(one.name, _code(one)) for one in goods[:MOST]]


def send_keys(code: str, target: QWidget) -> None:
    """Press and release the keys of `code` and Enter, without a pause."""
    keys = [(ord(letter.upper()), letter) for letter in code]
    for key, text in (*keys, (Qt.Key.Key_Return.value, "\r")):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _code(product: Product) -> str:
    return product.barcode or product.sku
