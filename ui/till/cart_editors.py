"""The editors of the cart and what they do to the basket: one is open at a time, or none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.cart import MAX_NOTE, Cart
from pos.draft import MAX_NAME
from pos.text import _
from ui.theme import Theme
from ui.till.basket import WHOLE, Basket

if TYPE_CHECKING:  # imported when they are made: none is seen in the first moment
    from ui.till.discount_editor import DiscountEditor
    from ui.till.editor import Editor, TextEditor

AnyEditor = TypeVar("AnyEditor", bound="Editor")


class CartEditors(QWidget):
    """Stands above the foot, as high as the editor that is open. Whoever holds it shows and hides it.

    `turned` fires before an editor appears and after it went (`current`), `left` when the keyboard is free.
    """

    turned = Signal()
    left = Signal()

    def __init__(self, theme: Theme, basket: Basket) -> None:
        super().__init__()
        self.theme = theme
        self.basket = basket
        self.current: Editor | None = None
        self._made: list[Editor] = []
        self._row = WHOLE  # whose note is edited
        self._renamed = ""  # the cart whose name is edited
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @cached_property
    def discount(self) -> DiscountEditor:
        """The editor of discounts, made when it is first needed."""
        from ui.till.discount_editor import DiscountEditor

        editor = DiscountEditor(self.theme)
        editor.taken.connect(self._take_cart)
        return self._added(editor)

    @cached_property
    def text(self) -> TextEditor:
        """The editor of notes and names, made when it is first needed."""
        from ui.till.editor import TextEditor

        editor = TextEditor(self.theme)
        editor.taken.connect(self._take_text)
        return self._added(editor)

    def edit_discount(self, row: int) -> None:
        """The discount of line `row` or of the WHOLE; asked once more, the other kind of it."""
        if self.current is self.discount and self.discount.row == row:
            self.discount.turn()
        else:
            self._open(self.discount)
            self.discount.edit(self.basket.cart, row)

    def edit_note(self, row: int) -> None:
        """The note of line `row`."""
        line = self.basket.cart.lines[row]
        self._row, self._renamed = row, ""
        self._open(self.text)
        title = _("Greeting card") if line.product.components else _("Note")
        self.text.edit(title, line.product.name, line.note, MAX_NOTE)

    def rename(self, cart: str) -> None:
        """The name of a cart that was put aside."""
        draft = next(draft for draft in self.basket.held if draft.cart.id == cart)
        self._renamed = cart
        self._open(self.text)
        self.text.edit(_("Name"), draft.cart.lines[0].product.name, draft.name, MAX_NAME)

    def finish(self) -> bool:
        """Take what was typed, as Enter would; False when it was refused."""
        return self.current is None or self.current.take()

    def close_editor(self) -> None:
        """Leave what was typed."""
        if self.current:
            self.current.hide()
            self.current = None
            self.turned.emit()

    def _open(self, editor: Editor) -> None:
        for other in self._made:
            if other is not editor:
                other.hide()
        self.current = editor
        self.turned.emit()
        editor.show()

    def _added(self, editor: AnyEditor) -> AnyEditor:
        editor.left.connect(self._leave)
        self._made.append(editor)
        self._column.addWidget(editor)
        return editor

    def _take_cart(self, cart: Cart) -> None:
        if cart != self.basket.cart:
            self.basket.become(cart)
        self._leave()

    def _take_text(self, text: str) -> None:
        if self._renamed:
            self.basket.rename(self._renamed, text)
        elif text != self.basket.cart.lines[self._row].note:
            self.basket.become(self.basket.cart.with_note(self._row, text))
        self._leave()

    def _leave(self) -> None:
        self.close_editor()
        self.left.emit()
