"""A running till beside its screens: the scanner, the buyer's display, the sounds, the look, the lock.

It lives as long as the window. Screens come and go under it: `attach` joins it to those of the moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from pos.errors import Refused
from pos.model import Sale
from pos.practice import practice_word
from pos.qris import QrShown
from pos.text import _
from ui import work
from ui.app import App
from ui.appearance import Appearance
from ui.customer.display import CustomerDisplay
from ui.evening.reminder import Reminder
from ui.frame import Frame
from ui.scan_burst import scan_settings
from ui.scanner import Scanner
from ui.sounds import play
from ui.voice import HELLO, Voice, change_words, total_words, voice_program
from ui.window import Window
from ui.witness import Witness


class Running(QObject):
    """`show_anew` makes all screens again, in another look or language."""

    def __init__(self, window: Window, app: App, show_anew: Callable[[], object]) -> None:
        super().__init__(window)
        self.window = window
        self.app = app
        self.frame: Frame | None = None
        self.appearance = Appearance(window, app, show_anew)
        self.display = CustomerDisplay(window, app.theme, app.device)
        self.display.set_enabled(app.switched_on("customer") and not app.office)
        application = QCoreApplication.instance()
        self.scanner = Scanner(application, scan_settings(app.setting("scanner"))) if application else None
        app.scanner = self.scanner
        if self.scanner:
            self.scanner.setParent(self)  # it hears until the window is gone
            self.scanner.scanned.connect(self._hear)
            self.scanner.refused.connect(lambda _why: self._sound("failed"))
            self.scanner.install()
        app.setting_changed.connect(self._follow)
        self.witness = Witness(app, self)
        self.reminder = Reminder(app, self)
        self.voice = Voice()
        if not app.office:
            app.printing.begin()
            app.syncing.begin()
            app.backups.begin()
            self.witness.begin()
            self.reminder.begin()
        else:
            app.taking.begin()
        app.qris_shown.connect(self._show_qris)
        app.receipt_shown.connect(self.display.show_receipt)

    def attach(self, frame: Frame) -> None:
        """These are the screens from now on."""
        self.frame = frame
        if not frame.sells:
            return
        desk = frame.desk
        self.reminder.serve(desk)
        desk.sold.connect(self._thank)
        desk.basket.changed.connect(self._show_cart)
        desk.till.asking.connect(lambda total: self._say(total_words(total)))
        sheet = desk.till.prepared_sheet()
        sheet.showing.connect(self._show_qris)
        self._show_qris_setting()
        self._show_cart()

    def finish(self) -> None:
        """The window closes."""
        self.witness.finish()
        self.voice.stop()
        self.reminder.finish()
        self.app.syncing.stop()
        self.app.backups.stop()
        self.app.taking.stop()
        if self.scanner:
            self.scanner.remove()
            self.app.scanner = None

    def leave(self) -> None:
        """The window stays, and another till comes into it: nothing of this one follows anything any more."""
        self.finish()
        self.display.set_enabled(False)
        for part in (self.display, self.appearance, self):
            part.deleteLater()

    def _hear(self, code: str) -> None:
        if self.frame:
            self._sound("scanned" if self.frame.take_scan(code) else "failed")

    def _say(self, words: str) -> None:
        if self.app.switched_on("voice"):
            self.voice.say(words)

    def _try_voice(self) -> None:
        """It was switched on or off: it is heard at once, or told why not."""
        if self.app.switched_on("voice"):
            self._say(HELLO)
            work.run(voice_program, done=self._tell_voice)

    def _tell_voice(self, program: object) -> None:
        if program is None:
            told = _("This computer has no program that speaks Indonesian.")
            self.app.failed.emit(Refused(told, _("Everything else goes on as before.")))

    def _sound(self, name: str) -> None:
        if self.app.switched_on("sounds"):
            play(name)

    def _thank(self, sale: Sale) -> None:
        if self.frame:
            self.display.show_thanks(sale, self.frame.desk.till.items)
        self._sound("paid")
        if sale.change:
            self._say(change_words(sale.change))

    def _show_cart(self) -> None:
        if self.frame and self.frame.sells:
            basket = self.frame.desk.basket
            self.display.show_cart(basket.cart, self.frame.desk.till.items, basket.selected)

    def _show_qris(self, shown: QrShown | None) -> None:
        if shown is None:
            self.display.show_qris(None)
            return
        from ui.customer.faces import Qris

        self.display.show_qris(
            Qris(shown.payload, shown.merchant, shown.nmid, shown.amount, shown.amount_inside)
        )

    def _show_qris_setting(self) -> None:
        app = self.app
        if self.frame and self.frame.sells:
            self.frame.desk.till.prepared_sheet().set_qris(
                app.setting("qris"),
                with_amount=app.switched_on("qris_amount"),
                practice=practice_word(app.device),
                booth=app.device.name,
            )

    def _follow(self, key: str) -> None:
        if key == "customer" and not self.app.office:
            self.display.set_enabled(self.app.switched_on("customer"))
        elif key in ("qris", "qris_amount"):
            self._show_qris_setting()
        elif key == "voice":
            self._try_voice()
