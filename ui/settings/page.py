"""The page of settings. Everything on it holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos import __version__
from pos.money import rupiah
from pos.paths import home
from pos.text import _
from ui.app import App
from ui.keys import keycap
from ui.scan_burst import scan_text
from ui.scanner_panel import ScannerPanel
from ui.settings.batch import batch_section
from ui.settings.letterhead import letterhead_section
from ui.settings.people import People
from ui.settings.printer import printer_section
from ui.settings.qris import QrisCode
from ui.settings.section import Section
from ui.widgets import Button, label

MOST = 940  # px at 100 %: longer rows are hard to follow
NARROW = 760


class SettingsPage(QWidget):
    """A column of cards in a scroll area."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        px = app.theme.px
        self._panel = _panel(app)
        self._sections = [_look(app), _sounds(app), _till(app), _qris(app), _stock(app)]
        self._sections += [printer_section(app), letterhead_section(app), batch_section(app), _people(app)]
        if self._panel:
            self._sections.append(_scanner(app, self._panel))
        self._sections.append(_about(app))
        self._cards = QWidget()
        cards = QVBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, px(24))
        cards.setSpacing(px(12))
        for section in self._sections:
            cards.addWidget(section)
        cards.addStretch(1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(px(20), 0, px(20), 0)
        row.addStretch(1)
        row.addWidget(self._cards, 100)
        row.addStretch(1)
        self._cards.setMaximumWidth(px(MOST))
        scroll = self._scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        middle.setAutoFillBackground(False)
        till, key = _("Back to the till"), keycap("screen")
        back = Button(till, kind="ghost", icon="arrow-left", keycap=key, theme=app.theme)
        back.clicked.connect(self._leave)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(8))
        head.addWidget(label(_("Settings"), "heading", app.theme))
        head.addStretch(1)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    def begin(self) -> None:
        """It is in sight now; the keyboard scrolls it."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def hears_scans(self) -> bool:
        """Scans are for the test panel, as long as it is scrolled into sight: nothing is sold by them."""
        return self._panel is not None and not self._panel.visibleRegion().isEmpty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Controls go under their words in a narrow window."""
        super().resizeEvent(event)
        for section in self._sections:
            section.fold(narrow=self.width() < self.app.theme.px(NARROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.app.theme.color("bg"))

    def _leave(self) -> None:
        self.app.screen_wanted.emit(0)


def _look(app: App) -> Section:
    card = Section(_("Display"), app)
    card.add_choices(
        "theme", _("Colours"), {"light": _("Light"), "dark": _("Dark"), "system": _("As the system")}
    )
    sizes = {"100": "100 %", "112": "112 %", "125": "125 %"}
    card.add_choices("scale", _("Text size"), sizes, _("Everything grows with it but the menu."))
    card.add_choices("language", _("Language"), {"id": "Bahasa Indonesia", "en": "English"})
    card.add_switch("keys", _("Show key hints"), _("The key that does the same, on each button."))
    card.add_switch("calm", _("Less motion"), _("Nothing slides or fades; only progress moves."))
    return card


def _sounds(app: App) -> Section:
    card = Section(_("Sounds"), app)
    card.add_switch("sounds", _("Sounds at scanning and paying"), _("Never the only sign of anything."))
    return card


def _till(app: App) -> Section:
    card = Section(_("Till"), app)
    minutes = {"0": _("Never"), "5": "5", "10": "10", "20": "20", "30": "30"}
    hint = _("Minutes without a touch. The cart stays as it is.")
    card.add_choices("lock_minutes", _("Lock by itself"), minutes, hint)
    days = {"7": "7", "30": "30", "90": "90", "0": _("Never")}
    told = _("Days after it was fetched or cancelled. Goods and money stay.")
    card.add_choices("forget_days", _("Forget who ordered"), days, told)
    amounts = {value: rupiah(int(value)) for value in ("0", "20000", "50000", "100000")}
    told = _("When a shift is closed with more missing or left over, a second person gives their PIN.")
    limit = card.add_choices("difference", _("Cash difference without approval"), amounts, told)
    card.officers_only(limit)
    card.add_switch("customer", _("Screen for the buyer"), _("Where a second display is connected."))
    return card


def _qris(app: App) -> Section:
    card = Section("QRIS", app)
    card.add_wide(QrisCode(app))
    hint = _("Not every provider accepts such a code: try it with Rp1 first.")
    switch = card.add_switch("qris_amount", _("Build the amount into the code"), hint)
    card.officers_only(switch)
    return card


def _stock(app: App) -> Section:
    from ui.stock.parts import Stepper

    card = Section(_("Goods on consignment"), app)
    share = Stepper(_("Share of the institutions, in percent"), app.theme)
    share.show_value(int(app.setting("share_percent")))
    card.officers_only(share)

    def keep() -> None:
        share.show_value(min(share.value or 0, 100))
        app.set("share_percent", str(share.value or 0))

    share.changed.connect(keep)
    hint = _("Of what was sold, net of what came back. The rest stays with the booth.")
    card.add(_("Share of the institutions, in percent"), hint, share)
    few = {count: f"≤ {count}" for count in ("0", "3", "5", "10", "20", "50")}
    card.add_choices("low_stock", _("Nearly sold out"), few, _("From so many pieces on it is told."))
    return card


def _panel(app: App) -> ScannerPanel | None:
    return ScannerPanel(app.scanner, app.theme) if app.scanner else None


def _scanner(app: App, panel: ScannerPanel) -> Section:
    card = Section(_("Scanner"), app)
    panel.setMinimumHeight(app.theme.px(560))
    panel.changed.connect(lambda settings: app.set("scanner", scan_text(settings)))
    card.add_wide(panel)
    return card


def _people(app: App) -> Section:
    card = Section(_("People and PINs"), app)
    card.add_wide(People(app))
    return card


def _about(app: App) -> Section:
    card = Section(_("About Lapak"), app)
    theme = app.theme
    card.add(_("Version"), "", label(__version__, "body", theme, right=True))
    card.add(_("Where the data lie"), "", label(str(home()), "body", theme, right=True))
    licences = _("Apache License 2.0. Qt for Python is used under the LGPL; NOTICE names the rest.")
    card.add(_("Licence"), licences, label("", "body", theme))
    return card
