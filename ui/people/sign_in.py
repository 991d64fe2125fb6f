"""Signing in: choose a name, type six digits. After five wrong ones the wait is seen running down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.pins import DIGITS
from pos.practice import is_training
from pos.rights import barred
from pos.text import _
from ui import work
from ui.app import App
from ui.keys import asks_help, meant
from ui.numpad import BACK
from ui.people.person_button import PersonButton
from ui.people.pin_entry import PinEntry
from ui.people.roles import people_here
from ui.people.side_panel import SidePanel
from ui.scroll import Scroll
from ui.widgets import Button, label

if TYPE_CHECKING:  # the page is there before SQLAlchemy
    from pos.staff import SignIn


FACE = 64  # px


class SignInPage(QWidget):
    """The whole window while nobody is at the till. `entered` tells who showed a right PIN."""

    entered = Signal(object)

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.theme = app.theme
        self._asking = False
        self._rows: list[PersonButton] = []
        self._group = QButtonGroup(self)
        self._side = SidePanel(app)
        self.entry = PinEntry(app, FACE)
        self.entry.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the page takes all keys
        self.entry.complete.connect(self._ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        app.staff_changed.connect(self.show_people)
        app.renewed.connect(self.show_people)
        self.show_people()

    def show_people(self) -> None:
        """The people of the ledger as rows, the one who was last at the till chosen."""
        for row in self._rows:
            self._group.removeButton(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for place, person in enumerate(people_here(self.app)):
            row = PersonButton(person, place, self.theme)
            row.clicked.connect(lambda _checked=False, place=place: self.choose(place))
            self._group.addButton(row)
            self._list.insertWidget(place, row)
            row.show()  # now: hidden ones count for nothing in the height of all
            self._rows.append(row)
        self._scroll.setMaximumHeight(self._people.sizeHint().height())
        here = [row.person.code for row in self._rows]
        wanted = self.app.cashier.code
        self.choose(here.index(wanted) if wanted in here else 0)

    def choose(self, place: int) -> None:
        """Ask for the PIN of the person at `place`, as far as there is one."""
        if not 0 <= place < len(self._rows):
            return
        self._rows[place].setChecked(True)
        person = self._rows[place].person
        self.entry.show_person(person, place, self._expected(place), digits=DIGITS if person.pin else 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, one step back, and the keys of the people. A scanner's Enter does nothing here."""
        found = meant(event, "sign in")
        if found:
            self.choose(found[1])
        elif event.key() == Qt.Key.Key_Backspace:
            self.entry.press(BACK)
        elif event.text().isascii() and event.text().isdigit() and not event.isAutoRepeat():
            self.entry.press(event.text())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.choose(self._place() + step)
        elif asks_help(event):
            self.app.help_wanted.emit()
        event.accept()  # nothing of the till below hears a key while it is locked

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The green side gives way in a narrow window."""
        super().resizeEvent(event)
        px, wide = self.theme.px, self.width() >= self.theme.px(1240)
        self._side.setFixedWidth(px(440) if wide else max(px(240), self.width() - px(860)))
        self._right.setFixedWidth(px(340) if wide else px(300))
        self.entry.face.setVisible(self.height() >= px(690))
        self._scroll.setMaximumHeight(self._people.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.color("bg"))

    def _expected(self, place: int) -> str:
        if self.app.device.sample and not is_training(self.app.device):
            from pos.sample import sample_pin

            if pin := sample_pin(self._rows[place].person.code):
                return _("Sample: the PIN is {pin}").format(pin=pin)
        person = self._rows[place].person
        if barred(person, self.app.staff.values()):
            return _("No PIN yet: another officer gives one.")
        if not person.pin:
            return _("No PIN yet: press any digit.")
        return _("{count} digits; the last one signs in").format(count=DIGITS)

    def _place(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.isChecked()), 0)

    def _ask(self, pin: str) -> None:
        """Scrypt takes a tenth of a second on purpose: not on this thread."""
        self._asking = True
        app, code = self.app, self._rows[self._place()].person.code
        work.run(lambda: _try(app, code, pin), done=self._answered, failed=self._failed)

    def _answered(self, answer: SignIn) -> None:
        self._asking = False
        if answer.who:
            self.entry.start_anew()
            self.entered.emit(answer.who)
        elif answer.wait_s:
            self.entry.wait(answer.wait_s)
        else:
            self.entry.refuse(answer.left)

    def _failed(self, error: UserError) -> None:
        self._asking = False
        self.entry.start_anew()
        self.entry.say(str(error))

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        people = self._people = QWidget()
        self._list = QVBoxLayout(people)
        self._list.setContentsMargins(0, 0, px(2), 0)
        self._list.setSpacing(px(10))
        self._list.addStretch(1)
        scroll = self._scroll = Scroll(people, over=False)
        middle = QVBoxLayout()
        middle.setContentsMargins(px(8), px(16), 0, px(16))
        middle.setSpacing(px(2))
        middle.addStretch(1)
        title = label(_("Who is here?") if self.app.office else _("Who is selling?"), "heading", theme)
        title.setFont(theme.font("amount", 32))
        middle.addWidget(title)
        middle.addWidget(label(_("Choose a name, then type the PIN."), "bodyLarge", theme, color="text2"))
        middle.addSpacing(px(14))
        middle.addWidget(scroll, 100)
        middle.addStretch(1)
        self._right = QWidget()
        self._right.setLayout(self._pin_column())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, px(60), 0)
        row.setSpacing(px(48))
        row.addWidget(self._side)
        row.addLayout(middle, 1)
        row.addWidget(self._right)

    def _pin_column(self) -> QVBoxLayout:
        px, middle = self.theme.px, Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setContentsMargins(0, px(8), 0, px(8))
        column.setSpacing(px(6))
        column.addStretch(1)
        column.addWidget(self.entry)
        whom = _("PIN forgotten? Another person of the office gives a new one.")
        words = whom if self.app.office else _("PIN forgotten? Ask the head of the booth.")
        lost = label(words, "label", self.theme, color="text2")
        column.addWidget(lost, 0, middle)
        if not self.app.office:
            column.addWidget(self._training_button(), 0, middle)
        column.addStretch(1)
        return column

    def _training_button(self) -> Button:
        """Training needs no PIN: nothing of it counts. From there it is the way back."""
        app, inside = self.app, is_training(self.app.device)
        words, icon = (_("Back to the booth"), "arrow-left") if inside else (_("Begin training"), "star")
        button = Button(words, kind="ghost", icon=icon, theme=self.theme)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: app.training_wanted.emit(not inside))
        return button


def _try(app: App, code: str, pin: str) -> SignIn:
    from pos.staff import sign_in

    return sign_in(app.ledger, code, pin)
