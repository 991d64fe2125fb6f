"""The head of the cart: how many pieces, putting it aside, the carts put aside, more; and whose it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from pos.buyers import BUYERS, buyer_name
from pos.cart import Cart
from pos.text import _
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.marks import keycap_size, paint_keycap
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, RIGHT, elided, weighted, write
from ui.till.measures import SIDE
from ui.till.small_button import SmallButton
from ui.widgets import IconButton, Tag, label

HEIGHT = 52  # px
_QUIET = Look("", "sunken", "sunken", "text2")


class CartHeader(QWidget):
    """Title, count and tools; while the cart is paid only the way back (`back`).

    `hold`, `held`, `whole`, `clear`, `papers`, `help`, `training`, `rush` say what was pressed.
    """

    hold = Signal()
    held = Signal()
    back = Signal()
    whole = Signal()
    clear = Signal()
    papers = Signal()
    help = Signal()
    training = Signal()
    rush = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.practising = False  # it is training already
        self._some = False
        self._count = Tag("0", "neutral", theme=theme)
        self._back = SmallButton(_("Change the cart"), "arrow-left", keycap("back"), _QUIET, theme)
        self._hold = SmallButton(_("Put aside"), "pause", keycap("hold"), _QUIET, theme)
        self._held = _HeldButton(theme)
        self._more = IconButton("ellipsis-vertical", _("More for this cart"), theme=theme)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.clicked.connect(self.back)
        self._hold.clicked.connect(self.hold)
        self._held.clicked.connect(self.held)
        self._more.clicked.connect(self._open_menu)
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SIDE), px(2), 0, px(2))
        row.setSpacing(0)
        row.addWidget(label(_("Cart"), "title", theme))
        row.addSpacing(px(10))
        row.addWidget(self._count)
        row.addStretch(1)
        for tool in (self._back, self._hold, self._held, self._more):
            row.addWidget(tool)
        self.setFixedHeight(px(HEIGHT))
        self.lock(locked=False)

    def show_cart(self, cart: Cart, held: int) -> None:
        """How many pieces are in `cart`, and how many carts are put aside."""
        self._some = bool(cart.lines)
        self._count.set(str(cart.qty), "neutral")
        self._count.setAccessibleName(_("{count} in the cart").format(count=cart.qty))
        self._hold.setEnabled(self._some)
        self._held.set_count(held)

    def lock(self, *, locked: bool) -> None:
        """While the cart is paid."""
        self._back.setVisible(locked)
        for tool in (self._hold, self._held, self._more):
            tool.setVisible(not locked)
        row = self.layout()
        if row:  # the last of its buttons stands flush with what is below: an icon has its own white
            px = self.theme.px
            row.setContentsMargins(px(SIDE), px(2), px(12) if locked else 0, px(2))

    def _open_menu(self) -> None:
        menu = menu_of(self, self.theme)
        entries = (
            (_("Discount of the whole sale"), keycap("discount whole"), self.whole, self._some),
            (_("Clear the cart"), "", self.clear, self._some),
            (_("Receipts and returns"), keycap("papers"), self.papers, True),
            (_("Rush mode"), keycap("rush"), self.rush, True),
            (_("Back to the booth") if self.practising else _("Begin training"), "", self.training, True),
            (_("Help and map of keys"), keycap("help"), self.help, True),
        )
        for text, key, signal, enabled in entries:
            action = menu.addAction(f"{text}\t{key}" if key and self.theme.hints else text)
            action.setEnabled(enabled)
            action.triggered.connect(signal)
        place = self._more.mapToGlobal(self._more.rect().bottomRight())
        menu.popup(place - QPoint(menu.sizeHint().width(), 0))


class _HeldButton(Pressable):
    """The stack of carts put aside, with their number in gold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("control"), theme)
        self._small = theme.font("caption")
        self._count = ""
        self.margin = (theme.size("touchMin") - theme.px(44)) // 2
        self.setFixedHeight(theme.size("touchMin"))
        self.setToolTip(plain_tip(" ".join((_("Carts put aside"), keycap("held")))))
        self.setAccessibleDescription(keycap("held"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Another number; none is not written."""
        self._count = str(count) if count else ""
        self.setAccessibleName(", ".join((_("Carts put aside"), str(count))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and pill."""
        pill = self._pill() + self.theme.px(6) if self._count else 0
        return QSize(max(self.theme.px(36) + pill, self.theme.size("touchMin")), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The icon; the number in its pill."""
        px, size, theme = self.theme.px, self.theme.size("icon.normal"), self.theme
        picture = icon_pixmap("layers", size, self.ink(), self.devicePixelRatioF())
        left = px(8) if self._count else (rect.width() - size) // 2
        painter.drawPixmap(left, rect.center().y() + 1 - size // 2, picture)
        if self._count:
            pill = QRectF(px(8) + size + px(8), (rect.height() - px(20)) / 2, self._pill(), px(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("goldSoft"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            write(painter, pill, self._count, self._small, theme.color("onGoldSoft"), CENTER)

    def _pill(self) -> int:
        width = QFontMetrics(self._small).horizontalAdvance(self._count) + self.theme.px(13)
        return max(width, self.theme.px(20))


class BuyerRow(Pressable):
    """Whose cart it is; a press opens the kinds of buyers. `chosen` tells the code of one."""

    chosen = Signal(str)
    ordered = Signal()  # the cart is to become an order

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "secondary", theme.radius("control"), theme)
        self.look = Look("surfaceAlt", "sunken", "sunken", "text", "border")
        self._buyer = ""
        self._locked = False
        self._link = weighted(theme.font("label"), 700)
        self.margin = theme.px(2)
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(keycap("buyer"))
        self.clicked.connect(self.open_menu)
        self.show_buyer("")

    def show_buyer(self, buyer: str) -> None:
        """The kind with this code."""
        self._buyer = buyer
        self.setText(buyer_name(buyer))
        self.setAccessibleName(": ".join((_("Buyer"), self.text())))

    def lock(self, *, locked: bool) -> None:
        """While the cart is paid it is only read."""
        self._locked = locked
        self.setEnabled(not locked)
        self.update()

    def open_menu(self) -> None:
        """The kinds of buyers to choose from."""
        menu = menu_of(self, self.theme)
        group = QActionGroup(menu)
        for code in BUYERS:
            action = menu.addAction(buyer_name(code))
            action.setCheckable(True)
            action.setChecked(code == self._buyer)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            if code == self._buyer:
                menu.setActiveAction(action)
        menu.addSeparator()
        menu.addAction(_("Make it an order…")).triggered.connect(self.ordered)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Person, kind, and the link with its key."""
        px, theme, size = self.theme.px, self.theme, self.theme.px(18)
        picture = icon_pixmap("user-round", size, theme.color("text"), self.devicePixelRatioF())
        painter.drawPixmap(px(13), rect.center().y() + 1 - size // 2, picture)
        box = QRectF(rect).adjusted(px(40), 0, -px(13), 0)
        if not self._locked:
            width = keycap_size(keycap("buyer"), theme).width()
            ink = theme.color("text3")
            place = QRectF(box.right() - width, box.center().y(), 0, 0).topLeft()
            paint_keycap(painter, place, keycap("buyer"), theme, ("sunken", ink))
            link = box.adjusted(0, 0, -width - (px(8) if width else 0), 0)
            write(painter, link, _("Choose buyer"), self._link, theme.color("primary"), RIGHT)
            box.setRight(
                link.right() - QFontMetrics(self._link).horizontalAdvance(_("Choose buyer")) - px(12)
            )
        words = elided(self.text(), QFontMetrics(self.font()), int(box.width()))
        write(painter, box, words, self.font(), theme.color("text"), LEFT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Locked it keeps its ground: it is read, not refused."""
        if not self._locked:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color("surfaceAlt"))
        painter.setPen(QPen(self.theme.color("border"), 1))
        shape = QRectF(self.rect()).adjusted(0.5, self.margin + 0.5, -0.5, -self.margin - 0.5)
        painter.drawRoundedRect(shape, self.corner, self.corner)
        self.paint_content(painter, self.rect())


def menu_of(parent: QWidget, theme: Theme) -> QMenu:
    """An empty menu in our letters that goes when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(theme.font("body", 15))
    return menu
