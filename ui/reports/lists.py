"""Panels with rows: how buyers paid, what sold best, which institutions sold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Product
from pos.money import plain, rupiah
from pos.reports.drawn import payments_told, unit_name, unsold_told
from pos.reports.overview import Best, Overview, Unit, Way
from pos.text import _, ngettext
from ui.orders.small import Elided
from ui.photos import Photos
from ui.plain_tip import plain_tip
from ui.pressable import Pressable
from ui.reports.choosable import Choosable, middle_cut, paint_chosen
from ui.reports.panels import Link, Titled, Unsold
from ui.stock.parts import Thumb
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write
from ui.widgets import hline, label

COLORS = ("chart1", "chart2", "chart3", "chart4", "text3")


class WaysPanel(Titled):
    """One bar of all ways to pay, and a row for each. `opened` tells a Way."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Ways to pay"), theme)
        self.rows = _WayRows(theme)
        self.rows.opened.connect(lambda place: self.opened.emit(self.rows.way(place)))
        self.body.addWidget(self.rows, 1)

    def show_view(self, view: Overview) -> None:
        """Other figures."""
        self.rows.show_ways(view.ways)


class _WayRows(Choosable):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._ways: tuple[Way, ...] | None = ()
        self.setFont(weighted(theme.font("body", 15), 600))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_ways(self, ways: tuple[Way, ...] | None) -> None:
        """Other ones; None: it cannot be told."""
        self._ways = ways
        said = [self.told(place) for place in range(self.count())]
        self.setAccessibleName("; ".join(said))
        self.chosen = None
        self.update()

    def way(self, place: int) -> Way:
        """The one in that row."""
        return (self._ways or ())[place]

    def count(self) -> int:
        """None where it cannot be told."""
        return len(self._ways or ())

    def told(self, number: int) -> str:
        """All of it."""
        way = self.way(number)
        return f"{way.name}: {payments_told(way)}, {way.percent}%, {rupiah(way.amount)}"

    def opens(self, number: int) -> bool:
        """Where anybody paid so."""
        return self.way(number).count > 0

    def place(self, number: int) -> QRectF:
        """Below the bar."""
        top = self.theme.px(30)
        high = min(self.theme.px(44), (self.height() - top) / max(self.count(), 1))
        return QRectF(0, top + number * high, self.width(), high)

    def minimumSizeHint(self) -> QSize:
        """The bar and four rows."""
        return QSize(self.theme.px(180), self.theme.px(30 + 4 * 26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar, then the rows."""
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ways is None:
            words = _("Not known for one institution: a receipt may hold goods of several.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.setPen(theme.color("text2"))
            painter.setFont(theme.font("body"))
            painter.drawText(self.rect(), flags, words)
            return
        self._paint_bar(painter)
        counted = all(self._fits(way) for way in self._ways)
        for place, way in enumerate(self._ways):
            box = self.place(place)
            paint_chosen(painter, self, place)
            if place:
                painter.fillRect(QRectF(0, box.top(), self.width(), 1), theme.color("border"))
            self._paint_row(painter, box, way, COLORS[min(place, len(COLORS) - 1)], counted=counted)

    def _paint_bar(self, painter: QPainter) -> None:
        px, theme = self.theme.px, self.theme
        bar = QRectF(0, 0, self.width(), px(22))
        path = QPainterPath()
        path.addRoundedRect(bar, px(6), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, theme.color("sunken"))
        painter.save()
        painter.setClipPath(path)
        x, ways = 0.0, self._ways or ()
        for place, way in enumerate(ways):
            width = self.width() * way.percent / 100
            part = QRectF(x, 0, max(width - px(2), 0), bar.height())
            painter.fillRect(part, theme.color(COLORS[min(place, len(COLORS) - 1)]))
            x += width
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRectF, way: Way, color: str, *, counted: bool) -> None:
        px, theme, middle = self.theme.px, self.theme, box.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(color))
        painter.drawRoundedRect(QRectF(0, middle - px(6), px(12), px(12)), px(3), px(3))
        money, small = weighted(theme.font("body", 15), 700), weighted(theme.font("label"), 500)
        amount = rupiah(way.amount)
        right = box.width()
        write(painter, box, amount, money, theme.color("text"), RIGHT)
        right -= max(QFontMetrics(money).horizontalAdvance(amount), px(96)) + px(12)
        percent = QRectF(right - px(44), box.top(), px(44), box.height())
        write(painter, percent, f"{way.percent}%", small, theme.color("text2"), RIGHT)
        right -= px(52)
        count = payments_told(way)
        name = elided(way.name, QFontMetrics(self.font()), int(right - px(22)))
        if counted:
            write(
                painter, QRectF(0, box.top(), right, box.height()), count, small, theme.color("text2"), RIGHT
            )
        write(painter, box.adjusted(px(22), 0, 0, 0), name, self.font(), theme.color("text"), LEFT)

    def _fits(self, way: Way) -> bool:
        """Whether the number of payments has room beside the name."""
        px = self.theme.px
        money, small = weighted(self.theme.font("body", 15), 700), weighted(self.theme.font("label"), 500)
        amount = max(QFontMetrics(money).horizontalAdvance(rupiah(way.amount)), px(96))
        room = self.width() - amount - px(12 + 52)
        name = QFontMetrics(self.font()).horizontalAdvance(way.name) + px(30)
        return name + QFontMetrics(small).horizontalAdvance(payments_told(way)) < room


class BestPanel(Titled):
    """What sold best, in two columns. `all_wanted`: the report of all of them; `opened` tells a Best."""

    all_wanted = Signal()
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Best sellers"), theme)
        self.photos = Photos(self)
        self.link = Link(theme)
        self.link.clicked.connect(self.all_wanted)
        self.link.hide()
        self.lead_on(self.link)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(28))
        self._grid.setVerticalSpacing(0)
        self._rows: list[QWidget] = []
        self._best: tuple[Best, ...] = ()
        self._columns = 2
        inside = QWidget()
        inside.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(inside)
        self.body.addStretch(1)

    def show_view(self, view: Overview) -> None:
        """Other goods."""
        self.link.setText(_("See all {count}").format(count=plain(view.kinds)))
        self.link.setVisible(view.kinds > 0)
        if view.best != self._best or not self._rows:
            self._best = view.best
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        columns = 2 if self.width() >= self.theme.px(560) else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _arrange(self) -> None:
        columns = self._columns
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        if not self._best:
            self._add(label(_("Nothing was sold in these days."), "body", self.theme, color="text2"), 0, 0)
        for place, best in enumerate(self._best):
            line = place // columns < (len(self._best) - 1) // columns
            row = _BestRow(best, self.photos, self.theme, line=line)
            row.button.clicked.connect(lambda _on=False, best=best: self.opened.emit(best))
            self._add(row, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(len(self._best), 1)

    def _add(self, row: QWidget, line: int, column: int) -> None:
        self._grid.addWidget(row, line, column)
        row.show()
        self._rows.append(row)


class _RowButton(Pressable):
    """A finger that scrolls takes the row along with it, so Qt sees it let go where it was pressed."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where on the screen."""
        self._where = event.globalPosition().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press unless it moved."""
        moved = (event.globalPosition().toPoint() - self._where).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self.setDown(False)
        super().mouseReleaseEvent(event)


class _BestRow(QWidget):
    """Its words lie on a button, which has the whole row."""

    def __init__(self, best: Best, photos: Photos, theme: Theme, *, line: bool) -> None:
        super().__init__()
        px = theme.px
        self.button = _RowButton("", "ghost", theme.radius("control"), theme)
        self.button.setParent(self)
        rank = label(str(best.rank), "title", theme, color="text2")
        rank.setFont(theme.font("title", 15))
        rank.setFixedWidth(px(24))
        name, maker = Elided("itemName", theme), Elided("caption", theme, color="text2")
        name.setText(best.name)
        maker.setText(best.maker)
        total = label(rupiah(best.total), "itemName", theme, right=True)
        sold = ngettext("{count} sold", "{count} sold", best.qty).format(count=plain(best.qty))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (name, maker)),
            (right, (total, label(sold, "caption", theme, color="text2", right=True))),
        ):
            column.setSpacing(0)
            column.addStretch(1)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        inner = QHBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(rank)
        inner.addWidget(Thumb(Product(best.sku, best.name, 0, "", image=best.image), photos, theme))
        inner.addSpacing(px(10))
        inner.addLayout(left, 1)
        inner.addSpacing(px(8))
        inner.addLayout(right)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, px(6), 0, 0)
        around.setSpacing(px(6))
        around.addLayout(inner)
        under = hline(theme)
        around.addWidget(under)
        under.setVisible(line)
        if not line:
            around.addSpacing(1)
        self.setFixedHeight(px(58))
        told = (str(best.rank), best.name, best.maker, sold, rupiah(best.total))
        self.button.setAccessibleName(", ".join(told))
        self.button.setToolTip(plain_tip(self.button.accessibleName()))
        for child in self.findChildren(QWidget):
            if child is not self.button:
                child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button too."""
        super().resizeEvent(event)
        self.button.setGeometry(self.rect())


class UnitsPanel(Titled):
    """The institutions that sold most. `all_wanted`: the report of all of them; `opened` tells a Unit."""

    all_wanted = Signal()
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Per institution"), theme)
        self.unsold = Unsold(theme)
        self.unsold.clicked.connect(self.all_wanted)
        self.unsold.hide()
        self.head.addWidget(self.unsold)
        self.rows = _UnitRows(theme)
        self.rows.opened.connect(self._open)
        self.body.addWidget(self.rows, 1)

    def show_view(self, view: Overview) -> None:
        """Other ones."""
        told = unsold_told(view)
        self.unsold.setText(told)
        self.unsold.setVisible(bool(told))
        self.rows.show_units(view.units)

    def _open(self, place: int) -> None:
        """The others are the whole report."""
        unit = self.rows.units[place]
        if unit.code:
            self.opened.emit(unit)
        else:
            self.all_wanted.emit()


class _UnitRows(Choosable):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.units: tuple[Unit, ...] = ()
        self.setFont(weighted(theme.font("label"), 600))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_units(self, units: tuple[Unit, ...]) -> None:
        """Other ones."""
        self.units = units
        self.chosen = None
        self.setAccessibleName("; ".join(self.told(place) for place in range(len(units))))
        self.update()

    def count(self) -> int:
        """The institutions."""
        return len(self.units)

    def told(self, number: int) -> str:
        """Its whole name, and how much."""
        return f"{unit_name(self.units[number])}: {rupiah(self.units[number].total)}"

    def place(self, number: int) -> QRectF:
        """A row."""
        high = min(self.theme.px(26), self.height() / max(len(self.units), 1))
        return QRectF(0, number * high, self.width(), high)

    def minimumSizeHint(self) -> QSize:
        """What can be read of seven."""
        return QSize(self.theme.px(180), self.theme.px(7 * 19))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, bar, amount."""
        painter, px, theme = QPainter(self), self.theme.px, self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.units:
            words = _("Nothing was sold in these days.")
            box = QRectF(0, 0, self.width(), px(26))
            write(painter, box, words, theme.font("body"), theme.color("text2"), LEFT)
            return
        money = weighted(theme.font("label"), 700)
        most = max(1, *(unit.total for unit in self.units))
        widths = [QFontMetrics(money).horizontalAdvance(rupiah(unit.total)) for unit in self.units]
        right = self.width() - max(*widths, px(80)) - px(14)
        bar = min(px(86), self.width() // 4)
        for place, unit in enumerate(self.units):
            box = self.place(place)
            paint_chosen(painter, self, place)
            write(painter, box, rupiah(unit.total), money, theme.color("text"), RIGHT)
            trough = QRectF(right - bar, box.center().y() - px(5), bar, px(10))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(trough, px(5), px(5))
            share = max(bar * max(unit.total, 0) / most, px(6))
            painter.setBrush(theme.color("primary"))
            painter.drawRoundedRect(QRectF(trough.x(), trough.y(), share, trough.height()), px(5), px(5))
            room = int(trough.x() - px(12))
            name = middle_cut(unit_name(unit), QFontMetrics(self.font()), room)
            write(painter, box, name, self.font(), theme.color("text"), LEFT)
