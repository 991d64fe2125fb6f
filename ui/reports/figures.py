"""The four figures at the top of the page of reports, each with what it is compared with, in words."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from pos.money import plain, rupiah
from pos.reports.compared import Against, Change, Comparison, Why, until_words
from pos.reports.drawn import Figure as Written
from pos.reports.overview import Overview
from pos.text import _, date_span, ngettext, short_date, weekday_name
from ui.icons import icon_pixmap
from ui.orders.small import Elided
from ui.plain_tip import plain_tip
from ui.reports.cells import UNKNOWN
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.till.menus import touch_menu
from ui.widgets import FitLabel, IconButton, Panel, label, set_color

Told: TypeAlias = tuple[str, str, bool]  # an icon, words with a shorter form behind |, more than before?
SMALL = 40  # px of the words' end that the button lies over
UP, DOWN, GOODS = "trending-up", "trending-down", "package"


class BeforeButton(IconButton):
    """Opens the list of what can stand beside the figures. `chosen` tells one of them."""

    chosen = Signal(Against)

    def __init__(self, theme: Theme) -> None:
        super().__init__("chevron-down", _("Compare with"), theme=theme)
        self._icon_size = theme.px(16)
        self._all: tuple[Comparison, ...] = ()
        self._now: Comparison | None = None
        self.clicked.connect(self._open)
        self.hide()

    def show_all(self, found: tuple[Comparison, ...], now: Comparison) -> None:
        """Which there are, and which one is shown; where there is nothing to choose it is not there."""
        self._all, self._now = found, now
        self.setVisible(len(found) > 1)
        self.setAccessibleName(_("Compare with: {before}").format(before=_name(now)))
        self.setToolTip(plain_tip(self.accessibleName()))

    def _open(self) -> None:
        menu = touch_menu(self, self.theme)
        for one in self._all:
            told = days_words(one) if one.why is None else why_not(one)[0]
            action = menu.addAction(f"{_name(one)}: {told}")
            action.setCheckable(True)
            action.setChecked(one is self._now)
            action.setEnabled(one.why is None)
            action.triggered.connect(lambda _on=False, against=one.against: self.chosen.emit(against))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Figure(Panel):
    """What it is, how much, and how that compares; before anything is known the outline of it."""

    def __init__(self, name: str, theme: Theme, *, large: bool = False) -> None:
        super().__init__(theme)
        px = theme.px
        self._right = 12  # px beside the words
        self._name = name
        self._value = FitLabel("amount", theme, size=34 if large else 30)
        self._value.setFont(weighted(self._value.font(), 800))
        self._icon = QLabel()
        self._icon.setFixedSize(px(16), px(16))
        self._words = Elided("label", theme)
        self._blank = True
        self._said = [""]
        self.written = Written(name, "", "")
        self._button: BeforeButton | None = None
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
        self.written = Written(self._name, value, words)
        color = self.theme.color("primary" if good else "text2")
        self._fit()
        set_color(self._words, color)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.setPixmap(icon_pixmap(icon, self.theme.px(16), color, self.devicePixelRatioF()))
        self.setToolTip(plain_tip(why))
        self.setAccessibleName(", ".join(part for part in (self._name, value, words, why) if part))
        self.update()

    def hold(self, button: BeforeButton) -> None:
        """With a button in the corner, from which on what the figures are compared with is chosen."""
        button.setParent(self)
        self._button, self._right = button, SMALL
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit is said shorter."""
        super().resizeEvent(event)
        if self._button is not None:
            self._button.move(self.width() - self._button.width(), self.height() - self._button.height())
        self._fit()

    def _fit(self) -> None:
        metrics, room = QFontMetrics(self._words.font()), self.width() - self.theme.px(16 + 21 + self._right)
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


def show_figures(cards: tuple[Figure, Figure, Figure, Figure], view: Overview, one: Comparison) -> None:
    """Fill all four, each beside what `one` holds."""
    turnover, sales, average, pieces = cards
    why = side_by_side(one)
    turnover.show_figure(rupiah(view.total), _money(one), why=why)
    if view.sales is None:
        words = "|".join((_("A receipt may hold goods of several institutions."), _("Cannot be told apart")))
        sales.show_figure(UNKNOWN, ("", words, False))
        average.show_figure(UNKNOWN, ("", words, False))
    else:
        sales.show_figure(plain(view.sales), _counted(one.sales, one), why=why)
        mean = rupiah(view.average or 0) if view.sales else UNKNOWN
        average.show_figure(mean, _average(one), why=why)
    pieces.show_figure(plain(view.qty), _pieces(view, one), why=why)


def side_by_side(one: Comparison) -> str:
    """What exactly is compared, or why nothing is, for those who ask."""
    if one.why is not None:
        return " ".join(why_not(one))
    return _("Compared with {days}").format(days=days_words(one))


def days_words(one: Comparison) -> str:
    """`Kam, 13 Apr 2023, sama-sama sampai jam 14.00`."""
    span = short_date(one.start) if one.start == one.end else date_span(one.start, one.end)
    if one.until is None:
        return span
    return _("{days}, both until {hour}").format(days=span, hour=until_words(one))


def before_word(one: Comparison, *, going: bool) -> str:
    """What the former days are called; `going`: the day that is compared with them still goes on."""
    if one.against is Against.SAME_WEEKDAY:
        day = weekday_name(one.start)
        return (_("last {weekday}") if going else _("the {weekday} before")).format(weekday=day)
    if one.against is Against.WEEKS_BEFORE:
        return _("the week before") if (one.end - one.start).days < 7 else _("the weeks before")
    return _("yesterday") if going else _("the day before")


def why_not(one: Comparison) -> tuple[str, str]:
    """Why nothing is compared: in a few words, and what that means."""
    return {
        None: ("", ""),
        Why.FIRST: (_("Nothing to compare with"), _("The books hold no sales of those days.")),
        Why.EARLY: (_("No whole hour with sales yet"), _("Only whole hours are compared.")),
        Why.PART: (
            _("Compared once the day is over"),
            _("Of one institution no hours are kept, only whole days."),
        ),
        Why.LATE: (
            _("Data of {booth} is still missing").format(booth=one.late),
            _("It is compared once all booths have sent theirs."),
        ),
        Why.AHEAD: (_("Still to come"), _("Nothing can have been sold yet.")),
    }[one.why]


def _name(one: Comparison) -> str:
    words = before_word(one, going=one.until is not None or one.why in (Why.EARLY, Why.PART, Why.LATE))
    return words[:1].upper() + words[1:]


def _until(one: Comparison, words: str) -> str:
    """The same with the hour, and shorter and shorter forms behind |."""
    if one.until is None:
        return words
    return _("{words} until {hour}").format(words=words, hour=until_words(one))


def _word(one: Comparison) -> str:
    return before_word(one, going=one.until is not None)


def _money(one: Comparison) -> Told:
    if one.why is not None:
        return "", why_not(one)[0], False
    change, before = one.total, _word(one)
    if one.then.total == 0:
        said = _("Nothing was sold {before}").format(before=before)
        return (UP if change.by else ""), "|".join((_until(one, said), said)), False
    if change.percent is None:  # more came back than was sold: no part of anything
        words = _("{amount} above {before}") if change.by > 0 else _("{amount} below {before}")
        said = words.format(amount=rupiah(abs(change.by)), before=before)
        return (UP if change.by > 0 else DOWN), f"{_until(one, said)}|{said}", change.by > 0
    same = _("{words} at the same hours") if one.until is not None else "{words}"
    return _percent(change, one, same)


def _average(one: Comparison) -> Told:
    change = one.average
    if one.why is not None or change is None or change.percent is None:
        return "", "", False
    return _percent(change, one, "{words}")


def _percent(change: Change, one: Comparison, around: str) -> Told:
    percent, before = change.percent or 0, _word(one)
    if percent == 0:
        same = _("as {before}").format(before=before)
        return "", "|".join((_until(one, same), same)), False
    above, below = _("{percent}% above {before}"), _("{percent}% below {before}")
    said = (above if percent > 0 else below).format(percent=plain(abs(percent)), before=before)
    short = (_("{percent}% above") if percent > 0 else _("{percent}% below")).format(
        percent=plain(abs(percent))
    )
    forms = dict.fromkeys((_until(one, around.format(words=said)), _until(one, said), said, short))
    return (UP if percent > 0 else DOWN), "|".join(forms), percent > 0


def _counted(change: Change | None, one: Comparison) -> Told:
    if one.why is not None or change is None:
        return "", "", False
    before = _word(one)
    if change.by == 0:
        same = _("as many as {before}").format(before=before)
        return "", "|".join((_until(one, same), same)), False
    many, few = _("{count} more than {before}"), _("{count} fewer than {before}")
    said = (many if change.by > 0 else few).format(count=plain(abs(change.by)), before=before)
    forms = dict.fromkeys((_until(one, said), said, _short(change)))
    return (UP if change.by > 0 else DOWN), "|".join(forms), change.by > 0


def _short(change: Change) -> str:
    short = _("{count} more") if change.by > 0 else _("{count} fewer")
    return short.format(count=plain(abs(change.by)))


def _pieces(view: Overview, one: Comparison) -> Told:
    of = ngettext("of {count} institution", "of {count} institutions", view.sold).format(count=view.sold)
    if one.why is not None or not one.qty.by:
        return GOODS, of, False
    forms = _counted(one.qty, one)[1].split("|")
    return GOODS, "|".join([*(f"{of} · {form}" for form in forms), of]), False
