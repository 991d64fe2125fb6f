"""The page of settings. Everything on it holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.paths import SAMPLE, home, newest_own
from pos.practice import is_training
from pos.text import _
from ui.app import App
from ui.choose_file import choose_file
from ui.keys import keycap
from ui.page import Scan
from ui.scan_burst import scan_text
from ui.scanner_panel import ScannerPanel
from ui.scroll import Scroll
from ui.settings.backups import backup_section
from ui.settings.batch import batch_section
from ui.settings.letterhead import letterhead_section
from ui.settings.people import People
from ui.settings.printer import printer_section
from ui.settings.program import program_section
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
        self._sections = [
            Section(_("Display"), app).add_group("look"),
            Section(_("Sounds"), app).add_group("sounds"),
            *([] if app.office else _of_booth(app)),
        ]
        if self._panel:
            self._sections.append(_scanner(app, self._panel))
        self._sections += [_office(app) if app.office else _booth(app), program_section(app)]
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
        scroll = self._scroll = Scroll(middle, over=False)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll it
        till, key = _("Back to the reports") if app.office else _("Back to the till"), keycap("screen")
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

    def show_section(self, title: str) -> None:
        """Scroll to the card of this name."""
        self._cards.adjustSize()
        for section in self._sections:
            if section.title == title:
                self._scroll.ensureWidgetVisible(section, 0, self.app.theme.px(12))

    def take_scan(self, _code: str) -> Scan:
        """Scans are for the test panel, as long as it is scrolled into sight: nothing is sold by them."""
        heard = self._panel is not None and not self._panel.visibleRegion().isEmpty()
        return Scan.TAKEN if heard else Scan.ELSEWHERE

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


def _of_booth(app: App) -> list[Section]:
    """What is set in the books of a booth: at the office they are those of all."""
    return [
        Section(_("Till"), app).add_group("till"),
        _goods(app),
        _qris(app),
        _stock(app),
        _sync(app),
        backup_section(app),
        printer_section(app),
        letterhead_section(app),
        batch_section(app),
        _people(app),
    ]


def _office(app: App) -> Section:
    """Which central books are open, and the way to a booth's."""
    card = Section(_("Regional office"), app)
    back = Button(_("Open the booth"), kind="secondary", icon="store", theme=app.theme)
    back.clicked.connect(lambda: app.ledger_wanted.emit(newest_own() or home() / SAMPLE))
    card.add(app.device.name, _("All booths that were brought here. Nothing is sold with it."), back)
    begin = Button(_("Set up this device"), kind="secondary", icon="rotate-ccw", theme=app.theme)
    begin.clicked.connect(app.setup_wanted)
    hint = _("As a booth, or as an office with another central file. What is there already stays as it is.")
    card.add(_("What this device is used for"), hint, begin)
    return card


def _booth(app: App) -> Section:
    """Which books are open, and the way to others."""
    sample, theme = app.device.sample, app.theme
    title = _("You are trying the sample data.") if sample else app.device.name
    card = Section(_("Booth"), app)
    if is_training(app.device):
        leave = Button(_("Back to the booth"), theme=theme)
        leave.clicked.connect(lambda: app.training_wanted.emit(False))
        card.add(_("You are in training."), _("The booth's own books are untouched."), leave)
        return card
    own = app.own_ledger()
    if own:
        back = Button(_("Back to the booth"), theme=theme)
        back.clicked.connect(lambda: app.ledger_wanted.emit(own))
        card.add(title, _("The booth's own books are untouched."), back)
    begin = Button(_("Set up a booth"), kind="secondary" if own else "primary", theme=theme)
    begin.clicked.connect(app.setup_wanted)
    hint = _("Exhibition, people, goods, printer: four steps. What is there already stays as it is.")
    card.add(_("A new booth, or a new exhibition"), hint, begin)
    office = Button(_("Open a central file"), kind="secondary", icon="landmark", theme=theme)
    office.clicked.connect(lambda: _open_central(app, office))
    central = _("The books of all booths, as the regional office sees them; the booth stays as it is.")
    card.add(_("Regional office"), central, office)
    train = Button(_("Begin training"), kind="secondary", theme=theme)
    train.clicked.connect(lambda: app.training_wanted.emit(True))
    hint = _("With the goods and prices of this booth. Nothing of it counts, and nothing is handed over.")
    card.add(_("Training"), hint, train)
    if not sample:
        practise = Button(_("Try it with sample data"), kind="secondary", theme=theme)
        practise.clicked.connect(lambda: app.ledger_wanted.emit(home() / SAMPLE))
        card.add(_("Practise"), _("Sample data never get into the booth's books."), practise)
    return card


def _open_central(app: App, over: QWidget) -> None:
    kinds = _("Central file (*.lapak)")
    if path := choose_file(over, _("Open a central file"), kinds):
        app.ledger_wanted.emit(path)


def _goods(app: App) -> Section:
    card = Section(_("Goods"), app)
    open_page = Button(_("Open the goods"), kind="secondary", icon="package", theme=app.theme)
    open_page.clicked.connect(lambda: app.goods_wanted.emit(None))
    hint = _("What is for sale: prices, photos, lists from the institutions, labels.")
    card.add(_("Catalogue"), hint, open_page)
    return card


def _qris(app: App) -> Section:
    card = Section("QRIS", app)
    card.add_wide(QrisCode(app))
    card.add_setting("qris_amount")
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


def _sync(app: App) -> Section:
    """Where and when documents are handed over; the target itself is chosen on the page that shows it."""
    from ui.sync.syncing import SCREEN

    card = Section(_("Handing over"), app)
    open_page = Button(_("Choose the central file"), kind="secondary", icon="folder-sync", theme=app.theme)
    open_page.clicked.connect(lambda: app.screen_wanted.emit(SCREEN))
    hint = _("A USB stick, a shared folder, or the office's database.")
    card.add(_("Central file"), hint, open_page)
    return card.add_group("sync")


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
