"""The settings of the receipt printer: where it is, how wide, what it can do; and a trial print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.drawer import note_opened
from pos.errors import Refused, UserError
from pos.printers import KINDS, Printer, checked, printer_text
from pos.rights import may
from pos.text import _
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.fields import FieldMessage
from ui.settings.choices import Choices
from ui.settings.printer_address import Address, kinds
from ui.settings.section import Section
from ui.switch import Switch
from ui.widgets import Button


def printer_section(app: App) -> Section:
    """The card of the page of settings."""
    card = Section(_("Receipt printer"), app)
    form = PrinterForm(app, card)
    hint = _("Otherwise with Ctrl+P on the last page of a sale.")
    card.add_switch("print_receipt", _("Print receipts by themselves"), hint)
    card.add_wide(form.trial)
    return card


class PrinterForm(QObject):
    """The rows of the card, over one Printer. What is chosen holds at once; an address when it is one."""

    def __init__(self, app: App, card: Section) -> None:
        super().__init__(card)
        self.app = app
        self._printer = app.printing.printer
        self._kinds = _choices(kinds(), self._printer.kind, app, self._take_kind)
        card.add(_("Connected by"), "", self._kinds)
        self.where = Address(app.theme, self._take_address)
        card.add_wide(self.where)
        self._rows: list[QWidget] = []
        widths = {"32": _("32 (58 mm)"), "42": "42", "48": _("48 (80 mm)")}
        hint = _("The ruler of the trial print fills one row.")
        self._add(card, (_("Columns"), hint), widths, "columns", int)
        modes = {"": _("Text"), "1": _("Picture")}
        hint = _("As a picture it looks the same on every printer, and takes a little longer.")
        self._add(card, (_("Sent as"), hint), modes, "raster", bool)
        pages = {"ascii": "ASCII", "cp437": "437", "cp858": "858", "cp1252": "1252"}
        self._add(card, (_("Code page"), _("Only for text with accents.")), pages, "code_page", str)
        pins = {"0": _("None"), "2": "Pin 2", "5": "Pin 5"}
        self._add(card, (_("Cash drawer"), ""), pins, "drawer", int)
        self._cutter = Switch("", app.theme)
        self._cutter.setAccessibleName(_("Cuts the paper"))
        self._cutter.setChecked(self._printer.cutter)
        self._cutter.toggled.connect(lambda on: self._keep(cutter=on))
        card.add(_("Cuts the paper"), _("Otherwise it is fed to where it is torn off."), self._cutter)
        self._rows.append(self._cutter)
        self.trial = Trial(app)
        self._show()

    def _add(
        self,
        card: Section,
        words: tuple[str, str],
        names: dict[str, str],
        field: str,
        kind: Callable[[str], Any],
    ) -> None:
        """The choices of one field of the printer; `words` are what it is and what it does."""
        value = getattr(self._printer, field)
        shown = str(value) if not isinstance(value, bool) else "1" if value else ""
        choices = _choices(names, shown, self.app, lambda chosen: self._keep(**{field: kind(chosen)}))
        card.add(*words, choices)
        self._rows.append(choices)

    def _take_kind(self, kind: str) -> None:
        if kind == self._printer.kind:
            return
        self._printer = replace(self._printer, kind=KINDS[KINDS.index(kind)], address="")
        self._keep()
        self._show()
        self.where.take_focus()

    def _take_address(self, address: str) -> None:
        self._keep(address=address)

    def _keep(self, **changed: Any) -> None:
        """Hold what was chosen; while the address is none, the booth goes on without a printer."""
        self._printer = replace(self._printer, **changed)
        try:
            kept = checked(self._printer)
        except Refused as refusal:
            kept = Printer()
            if "address" in changed:
                self.where.say(str(refusal))
        else:
            self.where.say("")
        self.app.set("printer", printer_text(kept) if kept.kind != "none" else "")
        self.trial.allow(kept)

    def _show(self) -> None:
        for row in self._rows:
            row.setEnabled(self._printer.kind != "none")
        self.where.show_for(self._printer)
        self.trial.allow(self.app.printing.printer)


class Trial(QWidget):
    """A trial print, the drawer, the queue; what went wrong stands below."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        self._print = BusyButton(_("Trial print"), kind="secondary", theme=theme)
        self._drawer = Button(_("Open drawer"), kind="secondary", theme=theme)
        queue = Button(_("Print queue"), kind="secondary", theme=theme)
        self._print.clicked.connect(self._try)
        self._drawer.clicked.connect(self._open_drawer)
        queue.clicked.connect(self._show_queue)
        self._message = FieldMessage(theme)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self._print, self._drawer, queue):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(6))
        column.addLayout(row)
        column.addWidget(self._message)

    def allow(self, printer: Printer) -> None:
        """Only what this printer can do."""
        self._print.setEnabled(printer.kind != "none")
        self._drawer.setEnabled(bool(printer.drawer) and may(self.app.cashier, "drawer"))

    def _try(self) -> None:
        app, printer = self.app, self.app.printing.printer
        self._message.say("")
        self._print.set_busy(_("Printing…"))

        def send_trial() -> None:
            from pos.printers import slip_bytes
            from pos.printers.ways import send
            from pos.receipts.trial import trial_slip

            send(printer, slip_bytes(printer, trial_slip(printer.columns, app.device.name, app.clock.now())))

        work.run(send_trial, done=self._printed, failed=self._failed, lane="printer")

    def _open_drawer(self) -> None:
        self._message.say("")
        app = self.app
        try:
            note_opened(app.ledger, app.shift, app.cashier.code, _("Tried in the settings"))
        except UserError as error:
            self._failed(error)
            return
        app.printing.open_drawer()

    def _show_queue(self) -> None:
        from ui.print_tray import PrintTray

        PrintTray(self.app, self.window()).open()

    def _printed(self, _none: object) -> None:
        self._print.set_busy("")

    def _failed(self, error: UserError) -> None:
        self._print.set_busy("")
        self._message.say(str(error))


def _choices(names: dict[str, str], shown: str, app: App, take: Callable[[str], object]) -> Choices:
    choices = Choices(names, app.theme)
    choices.show_value(shown)
    choices.chosen.connect(take)
    return choices
