"""The sheet on which an officer allows one thing: what it is, why, who, and their PIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Approval, Staff
from pos.pins import DIGITS
from pos.practice import is_training
from pos.text import _
from ui import work
from ui.app import App
from ui.hush import Hush
from ui.keys import asks_help, keycap, meant
from ui.numpad import BACK
from ui.people.person_button import PersonButton
from ui.people.pin_entry import PinEntry
from ui.people.reason_field import ReasonField
from ui.question import Asked
from ui.scroll import Scroll
from ui.widgets import Button, label

if TYPE_CHECKING:
    from pos.staff import SignIn

WIDTH, ALONE, PAD, GAP, MARGIN = 848, 480, 300, 32, 24  # px at 100 %
LIST = 3  # people in sight; more are scrolled


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be allowed: a key of pos.rights.ACTIONS, what it is done to (such as a receipt's number),
    and the sentence that the person who allows it reads.

    `second`: somebody else than who is at the till must allow it, whatever rights they have. `reason` is one
    that was given already and is not asked for again; `explain`: also an officer at the till says why.
    """

    action: str
    subject: str
    sentence: str
    second: bool = False
    reason: str = ""
    explain: bool = False


class ApprovalSheet(Asked):
    """`allowed` tells the approval; given up, it tells nothing. Either way it is gone then.

    `people` are those who may, each with the place in the list of everyone that gives their colour. Without
    any it is the officer at the till themselves, who only says why.
    """

    allowed = Signal(object)

    def __init__(
        self,
        app: App,
        window: QWidget,
        wanted: Wanted,
        people: Sequence[tuple[int, Staff]],
        usual: Sequence[str],
    ) -> None:
        super().__init__(window, app.theme)
        self.app = app
        self._wanted = wanted
        self._people = people
        self._asking = False
        self._gone = False
        self._needs_reason = bool(usual) and not wanted.reason
        theme, px = app.theme, app.theme.px
        self.setAccessibleName(wanted.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        room = WIDTH - PAD - GAP - 2 * MARGIN if people else ALONE - 2 * MARGIN
        self.reason = ReasonField(usual, theme, room=room)
        if wanted.reason:
            self.reason.hide()
        self.reason.chosen.connect(self._chose_reason)
        self.reason.entered.connect(self._reasoned)
        self._no = Button(_("Never mind"), kind="secondary", keycap=keycap("back"), theme=theme)
        self._no.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._no.clicked.connect(self.give_up)
        self._yes = Button(_("Go on"), theme=theme)
        self._yes.clicked.connect(self._try)
        self._rows = [PersonButton(person, place, theme) for place, person in people]
        self.entry = PinEntry(app)
        self.entry.complete.connect(self._try)
        self._hush = Hush(self.paper)
        row = QHBoxLayout(self.paper)
        row.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(20))
        row.setSpacing(px(GAP))
        row.addLayout(self._left(), 1)
        if people:
            self.entry.setFixedWidth(px(PAD))
            row.addWidget(self.entry)
        else:
            self.entry.hide()
        app.locked_changed.connect(self.give_up)

    def open(self) -> None:
        """Ask."""
        self.cover()
        self._hush.begin()  # the rest of a double tap was meant for the button that asked
        if self._rows:
            self.choose(0)
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.reason.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, place: int) -> None:
        """Ask for the PIN of the person at `place` of the list, as far as there is one."""
        if not 0 <= place < len(self._rows) or self._asking:
            return
        self._rows[place].setChecked(True)
        self._scroll.ensureWidgetVisible(self._rows[place])
        nth, person = self._people[place]
        self.entry.show_person(person, nth, self._hint(person), wait_s=_waiting(self.app, person.code))

    def give_up(self) -> None:
        """Nothing is allowed."""
        if not self._gone:
            self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, one step back, whose PIN it is; Esc gives up. But for F1 no key reaches what lies below."""
        found = meant(event, "sign in", "anywhere")
        if found and found[0] == "person":
            self.choose(next((n for n, (nth, _who) in enumerate(self._people) if nth == found[1]), -1))
        elif found and found[0] == "back":
            self.give_up()
        elif not self._rows or self._asking:
            pass
        elif event.key() == Qt.Key.Key_Backspace:
            self.entry.press(BACK)
        elif event.text().isascii() and event.text().isdigit() and not event.isAutoRepeat():
            self.entry.press(event.text())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self._place() + (1 if event.key() == Qt.Key.Key_Down else -1))
        event.setAccepted(not asks_help(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as what it holds, as far as there is room."""
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(WIDTH if self._rows else ALONE), self.width() - px(24))
        layout = self.paper.layout()
        wanted = layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else 0
        height = min(max(wanted, layout.sizeHint().height() if layout else 0), self.height() - px(16))
        self.lay_in_middle(width, height)

    def _left(self) -> QVBoxLayout:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(label(self._wanted.sentence, "title", theme, wrap=True))
        if self._rows:
            who = (
                _("Somebody else must allow this.")
                if self._wanted.second
                else _("An officer must allow this.")
            )
            column.addWidget(label(who, "body", theme, color="text2", wrap=True))
        if self._wanted.reason:
            given = _("Reason: {reason}").format(reason=self._wanted.reason)
            column.addWidget(label(given, "body", theme, wrap=True))
        column.addSpacing(px(4))
        column.addWidget(self.reason)
        if self._rows:
            column.addWidget(self._list())
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._no, 1)
        if self._rows:
            self._yes.hide()
        else:
            foot.addWidget(self._yes, 1)
        column.addLayout(foot)
        return column

    def _list(self) -> QWidget:
        px = self._theme.px
        group = QButtonGroup(self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, px(4), px(2), px(4))
        column.setSpacing(px(8))
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _on=False, place=place: self._chosen(place))
            group.addButton(row)
            column.addWidget(row)
        scroll = self._scroll = Scroll(inside)
        seen = min(len(self._rows), LIST)
        scroll.setMinimumHeight(px(84))
        scroll.setFixedHeight(min(px(84 * seen), inside.sizeHint().height()))
        return scroll

    def _chosen(self, place: int) -> None:
        self.choose(place)
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reasoned(self) -> None:
        if self._rows and len(self.entry.pin) < DIGITS:
            self.entry.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._try()

    def _chose_reason(self) -> None:
        if self._rows:
            self._try()  # when the digits were there before it

    def _place(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.isChecked()), 0)

    def _hint(self, person: Staff) -> str:
        if self.app.device.sample and not is_training(self.app.device):
            from pos.sample import sample_pin

            return _("Sample: the PIN is {pin}").format(pin=sample_pin(person.code))
        return _("{count} digits; the last one approves").format(count=DIGITS)

    def _try(self) -> None:
        """With a reason and all digits: ask the ledger, in the background, for a PIN takes its time."""
        if self._asking or (self._rows and len(self.entry.pin) < DIGITS):
            return
        reason = self._wanted.reason or self.reason.text
        if self._needs_reason and not reason:
            self.reason.ask()
            return
        app, wanted, pin = self.app, self._wanted, self.entry.pin
        code = self._people[self._place()][1].code if self._rows else app.cashier.code
        self._asking = True
        if self._rows:
            work.run(
                lambda: _approve(app, code, pin, wanted, reason), done=self._answered, failed=self._failed
            )
        else:
            work.run(lambda: _granted(app, code, wanted, reason), done=self._answered, failed=self._failed)

    def _answered(self, answer: Approval | SignIn) -> None:
        self._asking = False
        if self._gone:
            return
        if isinstance(answer, Approval):
            self._leave()
            self.allowed.emit(answer)
        elif answer.wait_s:
            self.entry.wait(answer.wait_s)
        else:
            self.entry.refuse(answer.left)

    def _failed(self, error: UserError) -> None:
        self._asking = False
        self.entry.start_anew()
        self.entry.say(str(error))

    def _leave(self) -> None:
        self._gone = True
        self.uncover()
        self.deleteLater()


def _waiting(app: App, code: str) -> int:
    from pos.staff import waiting_s

    return waiting_s(app.ledger, code)


def _approve(app: App, by: str, pin: str, wanted: Wanted, reason: str) -> Approval | SignIn:
    from pos.approvals import approve

    return approve(app.ledger, by, pin, wanted.action, wanted.subject, reason)


def _granted(app: App, by: str, wanted: Wanted, reason: str) -> Approval:
    from pos.approvals import granted

    return granted(app.ledger, by, wanted.action, wanted.subject, reason)
