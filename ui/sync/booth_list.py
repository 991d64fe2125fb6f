"""The laptops whose documents the target has: whose each is, how many, and up to when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from pos.text import _
from ui.icons import icon_pixmap
from ui.scroll import OverlayBar
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, RIGHT, Type, weighted
from ui.widgets import TAG_COLORS, Panel, Tag, TagKind, hline, label

ROW, SIDE = 59, 18  # px
BOOTH, WIDEST = 68, 96  # px of a booth's name, and at most; a longer one makes way for the code
AnyIndex = QModelIndex | QPersistentModelIndex


class BoothRow(NamedTuple):
    """One laptop: its booth, whose it is, documents, the state as words, kind and icon, and up to when."""

    booth: str
    name: str
    documents: str
    state: tuple[str, TagKind, str]
    until: str
    own: bool = False
    short: str = ""  # the booth, where its name is too long
    mark: str = ""  # which one the own one is


class BoothModel(QAbstractListModel):
    """Rows in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[BoothRow] = []
        self.room = 0  # px for the booths' names

    def show_rows(self, rows: Sequence[BoothRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """All of them."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a screen reader says of a row."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        own = (row.mark,) if row.own else ()
        return ", ".join((row.booth, row.name, *own, row.documents, row.state[0], row.until))


class BoothList(Panel):
    """A card with a head and the rows; arrows scroll it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self.count = Tag("0", theme=theme)
        self.model = BoothModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(theme, self.view))
        self.view.setAccessibleName(_("Booths"))
        self.view.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setStyleSheet("background: transparent")
        self._bar = OverlayBar(self.view)
        self._nothing = label("", "body", theme, color="text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(10))
        head.setSpacing(px(8))
        title = label(_("Booths"), "title", theme)
        title.setFont(theme.font("title", 16))
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(label(_("There up to"), "caption", theme, color="text2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, px(10))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hline(theme))
        column.addWidget(self.view, 1)
        column.addWidget(self._nothing, 1)

    def show_rows(self, rows: Sequence[BoothRow], nothing: str, *, others: int = 0) -> None:
        """Show these; `nothing` is said where there are none. So many `others` among them are no booths."""
        place = self.view.verticalScrollBar().value()
        self.model.room = _room(rows, self.theme)
        self.model.show_rows(rows)
        self.view.verticalScrollBar().setValue(place)
        self.count.set(str(len(rows) - others), "neutral")
        self._nothing.setText(nothing)
        self._nothing.setVisible(not rows)
        self.view.setVisible(bool(rows))


def _room(rows: Sequence[BoothRow], theme: Theme) -> int:
    """As much as the names take that are not too long: a second history is called `Stan 03-B`."""
    metrics = QFontMetrics(weighted(theme.font("body"), 700))
    wide = {theme.px(BOOTH), *(metrics.horizontalAdvance(row.booth) + 1 for row in rows)}
    return max(one for one in wide if one <= theme.px(WIDEST))


class _Painter(QStyledItemDelegate):
    """Booth, name and a mark for this one; documents; the state; up to when."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._bold = Type(weighted(theme.font("body"), 700))
        self._plain = Type(theme.font("body"))
        self._small = Type(theme.font("label"))
        self._tag = Type(theme.font("caption"))
        self._until = Type(weighted(theme.font("body"), 600))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """One row."""
        return QSize(100, self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """From the right inwards, so that the name gives way."""
        model = index.model()
        if not isinstance(model, BoothModel):
            return
        row, theme, px = model.rows[index.row()], self.theme, self.theme.px
        box = QRectF(option.rect)
        if row.own:
            painter.fillRect(box, theme.color("primarySoft"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border"))
        wide = box.width() > px(700)
        right = box.right() - px(SIDE)
        width = px(96)
        until = self._until.elided(row.until, width)
        place = QRectF(right - width, box.top(), width, box.height())
        self._until.write(painter, place, until, theme.color("text2"), RIGHT)
        right -= width + px(14)
        self._paint_state(painter, QRectF(right - px(118), box.center().y() - px(12), px(118), px(24)), row)
        right -= px(118) + px(14)
        if wide:
            place = QRectF(right - px(110), box.top(), px(110), box.height())
            self._small.write(painter, place, row.documents, theme.color("text2"), RIGHT)
            right -= px(110) + px(14)
        left = box.left() + px(SIDE)
        room = model.room
        fits = self._bold.width(row.booth) <= room or not row.short
        booth = self._bold.elided(row.booth if fits else row.short, room)
        place = QRectF(left, box.top(), room, box.height())
        self._bold.write(painter, place, booth, theme.color("text"), LEFT)
        left += room + px(8)
        mark = self._tag.width(row.mark) + px(28) if row.own and wide else 0
        name = self._plain.elided(row.name, max(int(right - left - mark), 0))
        place = QRectF(left, box.top(), right - left, box.height())
        self._plain.write(painter, place, name, theme.color("text"), LEFT)
        if mark:
            left += self._plain.width(name) + px(9)
            self._paint_pill(
                painter, QRectF(left, box.center().y() - px(12), mark - px(10), px(24)), "surface"
            )
            place = QRectF(left, box.center().y() - px(12), mark - px(10), px(24))
            self._tag.write(painter, place, row.mark, theme.color("text2"), CENTER)

    def _paint_state(self, painter: QPainter, place: QRectF, row: BoothRow) -> None:
        words, kind, icon = row.state
        fill, ink = TAG_COLORS[kind]
        self._paint_pill(painter, place, "surface" if row.own and kind == "ok" else fill)
        size, gap = self.theme.px(14), self.theme.px(6)
        words = self._tag.elided(words, int(place.width() - size - gap - self.theme.px(12)))
        left = place.left() + (place.width() - size - gap - self._tag.width(words)) / 2
        color = self.theme.color(ink)
        picture = icon_pixmap(icon, size, color, painter.device().devicePixelRatioF())
        painter.drawPixmap(int(left), int(place.center().y() - size / 2), picture)
        self._tag.write(
            painter, QRectF(left + size + gap, place.top(), place.width(), place.height()), words, color, LEFT
        )

    def _paint_pill(self, painter: QPainter, place: QRectF, fill: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(fill))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.restore()
