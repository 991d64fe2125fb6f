"""The parts of a split payment, one below the other: what has come in is locked, the rest stands last."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Payment
from pos.money import Rupiah, rupiah
from pos.payments import MOST_OPEN, Split, method_name
from pos.text import _, ngettext
from ui.icons import icon_pixmap
from ui.pay.words import icon_of
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.widgets import IconButton, fitted

MOST_ROWS = MOST_OPEN + 1  # more that has come in stands together in the first row
_PLAIN = Look("", "surfaceAlt", "sunken", "text")
_CHOSEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "text")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Row(NamedTuple):
    """One part as it is shown. `place` among the parts still to come in; -1 for what has come in."""

    icon: str
    name: str
    detail: str
    amount: Rupiah
    place: int = -1
    removable: bool = False


def rows(split: Split, chosen: int, typed: Rupiah | None) -> list[Row]:
    """The rows of `split`; `typed` is what stands in the field for the `chosen` part."""
    taken = [_taken(payment) for payment in split.taken]
    room = MOST_ROWS - len(split.open)
    if len(taken) > room:
        folded = split.taken[: len(taken) - room + 1]
        count = len(folded)
        name = ngettext("{count} part", "{count} parts", count).format(count=count)
        came = sum(payment.amount for payment in folded)
        taken = [Row("circle-check", name, _("came in"), came), *taken[count:]]
    shown = []
    for place, share in enumerate(split.open if split.left else ()):
        last = place == len(split.planned)
        piece = last and place == chosen and typed is not None and 0 < typed < share.amount
        detail = _("a piece of the rest") if piece else _("the rest") if last else _("not yet come in")
        amount = typed if piece and typed is not None else share.amount
        removable = bool(split.planned) or not split.taken
        shown.append(Row(icon_of(share.method), method_name(share.method), detail, amount, place, removable))
    return taken + shown


def _taken(payment: Payment) -> Row:
    detail = _("came in")
    if payment.reference:
        detail += f" · …{payment.reference[-4:]}"
    return Row("circle-check", method_name(payment.method), detail, payment.amount)


class PartList(QWidget):
    """A card of rows. `chosen` and `removed` carry the place of a part among those still to come in."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._high = theme.px(68)
        self._rows: list[PartRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def stops(self) -> list[QWidget]:
        """Where Tab stops here, in the order of reading."""
        return [stop for row in self._rows for stop in (row, row.remove)]

    def show_rows(self, found: list[Row], chosen: int) -> None:
        """Show these rows, the part at place `chosen` marked."""
        while len(self._rows) < len(found):
            row = PartRow(self._theme)
            row.clicked.connect(lambda _checked=False, row=row: self.chosen.emit(row.place))
            row.remove.clicked.connect(lambda _checked=False, row=row: self.removed.emit(row.place))
            self._rows.append(row)
            self._column.addWidget(row)
        for row, part in zip(self._rows, found, strict=False):
            row.show_part(part, chosen=part.place == chosen)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(found))
        self._size()

    def set_compact(self, compact: bool) -> None:
        """Low rows for a small window."""
        self._high = self._theme.px(48 if compact else 68)
        self._size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card and the hairlines between the rows."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, theme.radius("tile"), theme.radius("tile"))
        painter.fillPath(shape, theme.color("surface"))
        shown = [row for row in self._rows if not row.isHidden()]
        painter.setClipPath(shape)
        for row in shown:
            if row.chosen:
                painter.fillRect(row.geometry(), theme.color("primarySoft"))
        painter.setPen(QPen(theme.color("border"), 1))
        for row in shown[1:]:
            painter.drawLine(1, row.y() - 1, self.width() - 2, row.y() - 1)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    def _size(self) -> None:
        shown = [row for row in self._rows if not row.isHidden()]
        for row in shown:
            row.setFixedHeight(self._high)
        self.setFixedHeight(len(shown) * (self._high + 1) + 1)
        self.update()


class PartRow(Pressable):
    """One part: tapped it is chosen; what has come in cannot be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("tile") - 1, theme)
        self.place = -1
        self.chosen = False
        self._part = Row("circle-check", "", "", 0)
        self.remove = IconButton("x", _("Remove this part"), theme=theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(6), 0)
        row.addStretch(1)
        row.addWidget(self.remove)

    def show_part(self, part: Row, *, chosen: bool) -> None:
        """Another part."""
        self._part, self.place = part, part.place
        self.chosen = chosen and part.place >= 0
        self.look = _CHOSEN if self.chosen else _PLAIN
        self.setAccessibleName(f"{part.name}, {rupiah(part.amount)}, {part.detail}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if part.place < 0 else Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, part.place < 0)
        self.remove.setVisible(part.removable)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the list makes it."""
        return QSize(self.theme.px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        """Icon, name and amount."""
        return QSize(self.theme.px(200), self.theme.size("touchMin"))

    def _paint_body(self, painter: QPainter) -> None:
        if not self.chosen and (self.underMouse() or self.isDown()):  # the card paints what is chosen
            super()._paint_body(painter)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon, way and state; the amount; a lock on what has come in."""
        theme, part = self.theme, self._part
        px, dpr, middle = theme.px, self.devicePixelRatioF(), rect.center().y() + 1
        came_in = part.place < 0
        icon = px(22)
        ink = theme.color("primary" if came_in else "text")
        painter.drawPixmap(px(14), middle - icon // 2, icon_pixmap(part.icon, icon, ink, dpr))
        if came_in:
            lock = px(18)
            mark = icon_pixmap("lock", lock, theme.color("text3"), dpr)
            painter.drawPixmap(rect.width() - px(6) - px(24) - lock // 2, middle - lock // 2, mark)
        right = rect.width() - px(64)
        amount = rupiah(part.amount)
        painter.setPen(theme.color("text"))
        painter.setFont(fitted(theme.font("price"), amount, right - px(110)))
        painter.drawText(QRect(0, rect.y(), right, rect.height()), _RIGHT, amount)
        room = right - painter.fontMetrics().horizontalAdvance(amount) - px(48) - px(8)
        line = px(19)
        upper = QRect(px(48), middle - line, room, line)
        painter.setFont(fitted(theme.font("itemName"), part.name, room))
        painter.drawText(upper, _LEFT, part.name)
        painter.setPen(theme.color("text2"))
        painter.setFont(fitted(theme.font("caption"), part.detail, room))
        painter.drawText(upper.translated(0, line - 1), _LEFT, part.detail)
