"""The four figures at the top of the page of reports, each with what it is compared with, in words."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from pos.money import plain, rupiah
from pos.reports.overview import Change, Changes, Overview
from pos.text import _, ngettext, short_date
from ui.icons import icon_pixmap
from ui.orders.small import Elided
from ui.reports.cells import UNKNOWN
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import FitLabel, Panel, label, set_color

Told: TypeAlias = tuple[str, str, bool]  # an icon, words with a shorter form behind |, more than before?
UP, DOWN, GOODS = "trending-up", "trending-down", "package"


class Figure(Panel):
    """What it is, how much, and how that compares; before anything is known the outline of it."""

    def __init__(self, name: str, theme: Theme, *, large: bool = False) -> None:
        super().__init__(theme)
        px = theme.px
        self._name = name
        self._value = FitLabel("amount", theme, size=34 if large else 30)
        self._value.setFont(weighted(self._value.font(), 800))
        self._icon = QLabel()
        self._icon.setFixedSize(px(16), px(16))
        self._words = Elided("label", theme)
        self._blank = True
        self._said = [""]
        below = QHBoxLayout()
        below.setSpacing(px(5))
        below.addWidget(self._icon)
        below.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(12), px(10))
        column.setSpacing(0)
        column.addWidget(label(name, "label", theme, color="text2"))
        column.addStretch(1)
        column.addWidget(self._value)
        column.addStretch(1)
        column.addLayout(below)
        self.setFixedHeight(px(96))

    def sizeHint(self) -> QSize:
        """As the design has it."""
        return QSize(self.theme.px(280), self.theme.px(96))

    def minimumSizeHint(self) -> QSize:
        """It shrinks rather than be cut."""
        return QSize(self.theme.px(150), self.theme.px(96))

    def show_figure(self, value: str, told: Told, *, why: str = "") -> None:
        """Another figure; `told` is how it compares, `why` what exactly stands side by side."""
        icon, words, good = told
        self._said = words.split("|")
        words = self._said[0]
        self._blank = False
        self._value.setText(value)
        color = self.theme.color("primary" if good else "text2")
        self._fit()
        set_color(self._words, color)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.setPixmap(icon_pixmap(icon, self.theme.px(16), color, self.devicePixelRatioF()))
        self.setToolTip(why)
        self.setAccessibleName(", ".join(part for part in (self._name, value, words, why) if part))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit is said shorter."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = QFontMetrics(self._words.font()), self.width() - self.theme.px(16 + 12 + 21)
        fits = next((one for one in self._said if metrics.horizontalAdvance(one) <= room), self._said[-1])
        self._words.setText(fits)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card; a grey shape stands for a figure that is still being read."""
        super().paintEvent(event)
        if self._blank:
            px, painter = self.theme.px, QPainter(self)
            painter.setBrush(self.theme.color("sunken"))
            painter.setPen(self.theme.color("sunken"))
            painter.drawRoundedRect(px(16), px(38), min(px(150), self.width() - px(32)), px(24), px(6), px(6))


def show_figures(cards: tuple[Figure, Figure, Figure, Figure], view: Overview, *, today: bool) -> None:
    """Fill all four; `today`: the period is the day that still goes on."""
    turnover, sales, average, pieces = cards
    changes = view.changes
    why = side_by_side(changes) if changes else ""
    turnover.show_figure(rupiah(view.total), _percent(view, today=today), why=why)
    known = changes.sales if changes else None
    sales.show_figure(
        UNKNOWN if view.sales is None else plain(view.sales), _more(known, changes), why=why if known else ""
    )
    if view.sales is None:
        words = "|".join((_("A receipt may hold goods of several institutions."), _("Cannot be told apart")))
        sales.show_figure(UNKNOWN, ("", words, False))
        average.show_figure(UNKNOWN, ("", words, False))
    else:
        mean = changes.average if changes else None
        average.show_figure(rupiah(view.average or 0), _average(mean, changes), why=why if mean else "")
    many = ngettext("of {count} institution", "of {count} institutions", view.sold)
    pieces.show_figure(plain(view.qty), (GOODS, many.format(count=view.sold), False))


def side_by_side(changes: Changes) -> str:
    """What exactly is compared, for those who ask."""
    span = short_date(changes.start)
    if changes.end != changes.start:
        span = f"{span} – {short_date(changes.end)}"
    if changes.until is None:
        return _("Compared with {days}").format(days=span)
    hour = f"{changes.until:02}.00"
    return _("Compared with {days}, both until {hour}: whole hours only").format(days=span, hour=hour)


def before_word(changes: Changes) -> str:
    """What the former days are called."""
    if changes.start != changes.end:
        return _("the week before") if (changes.end - changes.start).days < 7 else _("the weeks before")
    return _("the day before") if changes.until is None else _("yesterday")


def _percent(view: Overview, *, today: bool) -> Told:
    changes = view.changes
    if changes is None:
        if view.total == 0:
            return "", _("No sales yet") if today else _("No sales"), False
        return "", _("Nothing to compare with yet"), False
    change = changes.total
    if change.percent is None:
        return UP, _("Nothing was sold {before}").format(before=before_word(changes)), True
    if changes.until is not None:
        word = before_word(changes)
        above, below = (
            _("{percent}% above {before} at the same hour"),
            _("{percent}% below {before} at the same hour"),
        )
        return _told(change, above, below, word)
    return _told(change, _("{percent}% above {before}"), _("{percent}% below {before}"), before_word(changes))


def _average(change: Change | None, changes: Changes | None) -> Told:
    if change is None or changes is None:
        return "", "", False
    return _told(change, _("{percent}% above {before}"), _("{percent}% below {before}"), before_word(changes))


def _told(change: Change, above: str, below: str, before: str) -> Told:
    percent = change.percent or 0
    if percent == 0:
        return "", _("as {before}").format(before=before), False
    words = (above if percent > 0 else below).format(percent=plain(abs(percent)), before=before)
    short = (_("{percent}% above") if percent > 0 else _("{percent}% below")).format(
        percent=plain(abs(percent))
    )
    words = f"{words}|{short}"
    return (UP if percent > 0 else DOWN), words, percent > 0


def _more(change: Change | None, changes: Changes | None) -> Told:
    if change is None or changes is None:
        return "", "", False
    before = before_word(changes)
    if change.by == 0:
        return "", _("as many as {before}").format(before=before), False
    many, few = _("{count} more than {before}"), _("{count} fewer than {before}")
    words = (many if change.by > 0 else few).format(count=plain(abs(change.by)), before=before)
    short = _("{count} more") if change.by > 0 else _("{count} fewer")
    words = f"{words}|{short.format(count=plain(abs(change.by)))}"
    return (UP if change.by > 0 else DOWN), words, change.by > 0
