"""The head of the page of reports: which report, of which booth and institution and days, and out of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from pos.reports.overview import Scope
from pos.text import _
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.reports.asked import DAYS, PRESETS, Asked, best_preset, days_of, period_of, preset_name
from ui.reports.picker import Picker
from ui.theme import Theme
from ui.till.menus import touch_menu
from ui.widgets import Button, Chip

EXPORTS = (("xlsx", "Excel", "sheet"), ("csv", "CSV", "file-text"), ("pdf", "PDF", "file-down"))
OF_OFFICE = {"xlsx": ("zip",), "pdf": ("minutes",)}  # what an office may have besides, in the same menu


class IconChip(Chip):
    """A chip with an icon before its word."""

    def __init__(self, icon: str, text: str, theme: Theme) -> None:
        self._icon = icon
        super().__init__(text, theme=theme)

    def _content_width(self) -> int:
        return super()._content_width() + self.theme.px(24)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The icon, then the word."""
        px = self.theme.px
        icon = icon_pixmap(self._icon, px(18), self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(self._pad, rect.center().y() + 1 - px(9), icon)
        super().paint_content(painter, rect.adjusted(px(24), 0, 0, 0))


class Head(QWidget):
    """`preset` tells a range that was chosen; the others ask for a list, a calendar, a file, a paper."""

    preset = Signal(str)
    days_wanted = Signal()
    booth_wanted = Signal()
    unit_wanted = Signal()
    report_wanted = Signal()
    export = Signal(str)  # an ending of a file
    whole_wanted = Signal(str)  # one of WHOLE: of all the books, whatever is shown
    printing = Signal()
    evening = Signal()
    copying = Signal()

    def __init__(self, theme: Theme, *, office: bool = False) -> None:
        super().__init__()
        self.theme, self._office = theme, office
        px = theme.px
        self.report = Picker("", _("Report"), theme, large=True)
        self.booth = Picker("store", _("Booth"), theme)
        self.unit = Picker("landmark", _("Institution"), theme)
        self.report.clicked.connect(self.report_wanted)
        self.booth.clicked.connect(self.booth_wanted)
        self.unit.clicked.connect(self.unit_wanted)
        self.chips: dict[str, Chip] = {code: Chip(preset_name(code), theme=theme) for code in PRESETS}
        self.chips[DAYS] = IconChip("calendar-days", preset_name(DAYS), theme)
        self._spans, self._outs, self._whats = QWidget(), QWidget(), QWidget()
        spans, outs, whats = (QHBoxLayout(one) for one in (self._spans, self._outs, self._whats))
        for row, gap in ((spans, 6), (outs, 6), (whats, 6)):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(gap))
        for code, chip in self.chips.items():
            chip.margin = px(4)
            chip.narrow()
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _on=False, code=code: self._press(code))
            spans.addWidget(chip)
        for one in (self.report, self.booth, self.unit):
            whats.addWidget(one)
        self.evening_button = Button("WA", kind="secondary", icon="message-circle", theme=theme)
        self.evening_button.setAccessibleName(_("Copy the daily report for WhatsApp"))
        self.evening_button.setToolTip(_("Copy the daily report for WhatsApp"))
        self.evening_button.setAccessibleDescription(keycap("copy evening"))
        self.evening_button.clicked.connect(self.evening)
        outs.addWidget(self.evening_button)
        _narrow(self.evening_button, theme)
        self.copy_button = Button(_("Copy"), kind="secondary", icon="copy", theme=theme)
        self.copy_button.setAccessibleName(_("Copy the table for a spreadsheet"))
        self.copy_button.setAccessibleDescription(keycap("copy table"))
        self.copy_button.clicked.connect(self.copying)
        outs.addWidget(self.copy_button)
        _narrow(self.copy_button, theme)
        self.copy_button.hide()
        self.buttons: dict[str, Button] = {}
        for ending, name, icon in EXPORTS:
            button = Button(name, kind="secondary", icon=icon, theme=theme)
            button.setAccessibleName(_("Save as {kind}").format(kind=name))
            button.clicked.connect(lambda _on=False, ending=ending: self._save(ending))
            self.buttons[ending] = button
            outs.addWidget(button)
            _narrow(button, theme)
        self.print = Button(_("Print"), icon="printer", theme=theme)
        self.print.setAccessibleDescription(keycap("print report"))
        self.print.clicked.connect(self.printing)
        outs.addWidget(self.print)
        _narrow(self.print, theme)
        for part in (self._spans, self._outs, self._whats):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))
        self._rows = 0
        self._offers_all = True
        self.arrange()

    def show_asked(self, asked: Asked, scope: Scope | None, today: date, title: str) -> None:
        """What is chosen. Before anything is known about the ledger only the title."""
        self.report.show_choice(title)
        self.evening_button.setVisible(not asked.report)
        self.copy_button.setVisible(bool(asked.report))
        self._offers_all = not asked.report
        if scope is None:
            return
        names = dict(scope.booths)
        whole = _("All booths")
        self.booth.show_choice(names.get(asked.booth, asked.booth) or whole)
        if not asked.booth and len(names) == 1:
            self.booth.show_choice(next(iter(names.values())))
        units = {one.code: one.short for one in scope.units}
        self.unit.show_choice(
            units.get(asked.institution, asked.institution) or _("All institutions"),
            icon_only=not asked.institution,
        )
        now = asked.preset or best_preset(scope, today)
        for code, chip in self.chips.items():
            chip.setChecked(code == now)
        days = days_of(period_of(asked, scope, today)) if now == DAYS else preset_name(DAYS)
        self.chips[DAYS].setText(days)
        self.chips[DAYS].set_count(None)
        self.arrange()

    def allow(self, *, saving: bool) -> None:
        """Whether there is anything to save and to print."""
        for button in (self.evening_button, self.copy_button, *self.buttons.values(), self.print):
            button.setEnabled(saving)

    def _save(self, ending: str) -> None:
        """What is on the screen; on the page of figures one may want all the books as well."""
        if not self._offers_all:
            self.export.emit(ending)
            return
        menu = touch_menu(self, self.theme)
        menu.addAction(_("What is on the screen")).triggered.connect(lambda: self.export.emit(ending))
        words = {
            "xlsx": _("The whole workbook"),
            "zip": _("Sealed archive of everything"),
            "csv": _("Each line of each receipt"),
            "pdf": _("The recapitulation"),
            "minutes": _("The minutes"),
        }
        for what in (ending, *(OF_OFFICE.get(ending, ()) if self._office else ())):
            menu.addAction(words[what]).triggered.connect(
                lambda _checked=False, what=what: self.whole_wanted.emit(what)
            )
        button = self.buttons[ending]
        menu.setActiveAction(menu.actions()[0])
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def arrange(self) -> None:
        """In one row where all of it has room, otherwise the days in a row of their own."""
        px = self.theme.px
        parts = (self._whats, self._spans, self._outs)
        for part in parts:
            layout = part.layout()
            if layout is not None:
                layout.invalidate()
            part.updateGeometry()
        needed = sum(part.sizeHint().width() for part in parts) + px(3 * 8)
        rows = 1 if needed <= self.width() else 2
        high = self.theme.size("touchMin")
        self.setFixedHeight(rows * high + (rows - 1) * px(4))
        if rows == self._rows:
            return
        self._rows = rows
        for part in parts:
            self._grid.removeWidget(part)
        self._grid.addWidget(self._whats, 0, 0)
        self._grid.addWidget(self._outs, 0, 3)
        if rows == 1:
            self._grid.addWidget(self._spans, 0, 1)
        else:
            self._grid.addWidget(self._spans, 1, 0, 1, 4, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(2, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower or wider."""
        super().resizeEvent(event)
        self.arrange()

    def _press(self, code: str) -> None:
        if any(chip.hasFocus() for chip in self.chips.values()):  # or Enter would take the former one again
            self.chips[code].setFocus(Qt.FocusReason.MouseFocusReason)
        if code == DAYS:
            self.days_wanted.emit()
        else:
            self.preset.emit(code)


def _narrow(button: Button, theme: Theme) -> None:
    """Four of them stand in one row with all the rest."""
    button.setFixedWidth(button.minimumSizeHint().width() + theme.px(4))
