"""The assistant: the step one is at, with the way on, the way back, and the way out to the sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.errors import UserError
from pos.office_setup import begin_central
from pos.setup import BOOTH, OFFICE, STEPS, finish
from pos.setup_checks import first_wrong
from pos.text import _
from ui import work
from ui.busy_button import BusyButton
from ui.keys import action_of, keycap
from ui.ring import Ring
from ui.scroll import Scroll
from ui.settings.choices import Choices
from ui.setup.answers import Answers
from ui.setup.device_step import DeviceStep
from ui.setup.goods_step import GoodsStep
from ui.setup.look_step import LookStep
from ui.setup.office_step import OfficeStep
from ui.setup.people_step import PeopleStep
from ui.setup.steps_side import StepsSide
from ui.spoken_qt import speak_qt
from ui.tell import Banner
from ui.theme import Theme
from ui.widgets import Button, IconButton, hline, label

if TYPE_CHECKING:
    from pos.setup import Made
    from pos.setup_checks import Findings

WIDE, NARROW = 1240, 1000  # px of the window at 100 %
HALO = 6  # px around the fields of a step, in which halo and ring are drawn
Step: TypeAlias = "DeviceStep | PeopleStep | GoodsStep | LookStep | OfficeStep"


class SetupPage(QWidget):
    """The whole window. `made` tells the booth that was made, `left` that it shall be made another time.

    `office` tells the central file or address of an office; `sample`: the sample exhibition is to be tried;
    `moving`: a booth is to go on here with the copy of another laptop.
    """

    made = Signal(object)
    office = Signal(str)
    left = Signal()
    sample = Signal()
    moving = Signal()

    def __init__(self, theme: Theme, folder: Path | None = None) -> None:
        """`folder` is where the booth is made, home() if None."""
        super().__init__()
        self.theme = theme
        speak_qt(self)  # it chooses files
        self.answers = Answers(self, folder)
        self._side = StepsSide(theme)
        self._number = label("", "label", theme, color="text2")
        self._title = label("", "heading", theme)
        self._title.setFont(theme.font("amount", 30))
        self._sample = Button(_("Try it with sample data"), kind="ghost", theme=theme)
        self._help = IconButton("circle-question-mark", _("Help"), theme=theme)
        self._moving = Button(_("Go on with a booth from a stick"), kind="secondary", icon="usb", theme=theme)
        self._banner = Banner(theme)
        self._back = Button(_("Back"), kind="ghost", icon="arrow-left", theme=theme)
        self._next = BusyButton("", theme=theme)
        self._next.keycap = keycap("next step")
        self._next.setFont(theme.font("buttonLarge", 17))
        self._next.setFixedHeight(theme.px(62))
        self._next.setMinimumWidth(theme.px(264))
        self._ready: Ring | None = None  # around the way on, once this step is right
        self._kept = label(
            _("What you fill in is kept on this device by itself."), "label", theme, color="text2"
        )
        self._going = False  # on, as soon as what was typed is looked at
        self._finishing = False
        self.steps: tuple[Step, ...] = (
            DeviceStep(self.answers, theme),
            PeopleStep(self.answers, theme),
            GoodsStep(self.answers, theme),
            LookStep(self.answers, theme),
        )
        self.office_step = OfficeStep(self.answers, theme)
        self._used = Choices({BOOTH: _("At a booth"), OFFICE: _("At the regional office")}, theme)
        self._stack = QStackedWidget()
        for step in (*self.steps, self.office_step):
            self._stack.addWidget(self._scrolled(step))
        self._asking = (self._stack, self._back, self._sample, self._used, self._moving)
        self._words = _Words(self)
        self._words.said.connect(self._next.set_busy)
        self._lay_out()
        self._connect()
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves Enter with the step, which goes on
        self._show_step()

    @property
    def number(self) -> int:
        """The step one is at, from 0; an office has but one."""
        return 0 if self.at_office else self.answers.setup.step

    @property
    def at_office(self) -> bool:
        """Whether it is an office that is set up."""
        return self.answers.setup.used == OFFICE

    @property
    def step(self) -> Step:
        """The one that is shown."""
        return self.office_step if self.at_office else self.steps[self.number]

    def go_on(self) -> None:
        """To the next step, or make the booth, once what was typed is found right; else say what is wrong."""
        if self._finishing or self._going:
            return
        people = self.steps[1]
        if (
            self.step is people
            and isinstance(people, PeopleStep)
            and (people.when_kept(self._go_on_behind) or people.unfinished())
        ):
            return
        self.step.ask()
        self._going = True
        self.answers.look()

    def _go_on_behind(self) -> None:
        """The last PIN was kept; unless one has gone elsewhere meanwhile."""
        if self.step is self.steps[1]:
            self.go_on()

    def go_back(self) -> None:
        """To the step before; from the first one out."""
        if self._finishing:
            return
        self._going = False
        if self.number:
            self._go(self.number - 1)
        else:
            self.answers.look()
            self.left.emit()

    def show_help(self) -> None:
        """How a booth is set up."""
        from ui.manual.sheet import open_manual

        open_manual(self, self.theme, "setup")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back, F1 helps."""
        action = action_of(event, "setup", "anywhere")
        if action == "next step":
            self.go_on()
        elif action == "help":
            self.show_help()
        elif action == "back":
            self.go_back()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The green side gives way in a narrow window."""
        super().resizeEvent(event)
        px = self.theme.px
        wide, roomy = self.width() >= px(WIDE), self.width() >= px(NARROW)
        self._side.setFixedWidth(px(400 if wide else 290 if roomy else 240))
        around = px((64 if wide else 28) - HALO)
        tall = self.height() >= px(700)
        self._right.setContentsMargins(around, px(35 if tall else 8), around, px(23 if tall else 8))
        self._kept.setVisible(wide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.color("bg"))

    def _connect(self) -> None:
        self._sample.clicked.connect(self.sample)
        self._help.clicked.connect(self.show_help)
        self._moving.clicked.connect(self.moving)
        self._used.chosen.connect(self._use)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self.answers.changed.connect(lambda: self._show_ready(right=False))
        self.answers.looked.connect(self._looked)
        self.answers.failed.connect(self._tell)

    def _use(self, used: str) -> None:
        """It stands at a booth, or at an office."""
        if used != self.answers.setup.used:
            self._banner.dismiss()
            self.answers.change(used=used)
            self._show_step()

    def _go(self, step: int) -> None:
        self._banner.dismiss()
        self.answers.change(step=step)
        self._show_step()

    def _show_step(self) -> None:
        titles = (
            _("Where is this device used?"),
            _("Who sells, and who approves?"),
            _("Which goods are sold here?"),
            _("Printer, screen and look"),
        )
        onward = (
            _("Next: people & PINs"),
            _("Next: goods & stock"),
            _("Next: printer & display"),
            _("Open the till"),
        )
        number, office = self.number, self.at_office
        self._side.show_step(number, office=office)
        self._number.setText(
            _("The only step") if office else _("Step {number} of {all}").format(number=number + 1, all=STEPS)
        )
        self._title.setText(titles[number])
        self._next.setText(_("Open the regional office") if office else onward[number])
        self._stack.setCurrentIndex(STEPS if office else number)
        self._used.show_value(self.answers.setup.used)
        self._used.setVisible(number == 0)
        self._moving.setVisible(number == 0)
        self.step.fill()
        self._show_ready(right=False)
        self.answers.look()
        QTimer.singleShot(0, self.step, self.step.take_focus)

    def _looked(self, findings: Findings) -> None:
        self._show_ready(right=not findings.errors)
        if not self._going:
            return
        self._going = False
        if findings.errors:
            return
        if self.number < STEPS - 1 and not self.at_office:
            self._go(self.number + 1)
        else:
            self._finish()

    def _show_ready(self, *, right: bool) -> None:
        if self._ready and not right:
            self._ready.drop()
            self._ready = None
        elif right and not self._ready:
            self._ready = Ring(self._next, self.theme.radius("control"), self.theme)

    def _finish(self) -> None:
        """Everything once more, then the booth: what was right in step 1 may be pulled out by now."""
        self._finishing = True
        for part in self._asking:
            part.setEnabled(False)
        self._next.set_busy(_("Looking once more…"))
        setup, folder, tell = self.answers.setup, self.answers.folder, self._words.said.emit
        if self.at_office:
            work.run(lambda: begin_central(setup, folder), done=self.office.emit, failed=self._failed)
            return

        def make() -> Findings | Made:
            return first_wrong(replace(setup, step=STEPS - 1)) or finish(setup, folder, tell)

        work.run(make, done=self._made, failed=self._failed)

    def _made(self, answer: Findings | Made) -> None:
        from pos.setup_checks import Findings

        if not isinstance(answer, Findings):
            self.made.emit(answer)
            return
        self._resume()
        self._go(answer.setup.step)
        self.step.ask()
        self.step.show_findings(answer)

    def _failed(self, error: UserError) -> None:
        self._resume()
        self._tell(error)

    def _resume(self) -> None:
        self._finishing = False
        self._next.set_busy("")
        for part in self._asking:
            part.setEnabled(True)

    def _tell(self, error: UserError) -> None:
        self._banner.say("danger", error.message, error.hint)

    def _scrolled(self, step: QWidget) -> Scroll:
        scroll = Scroll(step, over=False)
        margin = self.theme.px(HALO)
        layout = step.layout()
        if layout:
            layout.setContentsMargins(margin, margin, margin, margin)
        step.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return scroll

    def _lay_out(self) -> None:
        px = self.theme.px
        halo = px(HALO)
        over = QGridLayout()
        over.setContentsMargins(halo, 0, 0, px(12))
        over.setVerticalSpacing(0)
        over.addWidget(self._number, 0, 0)
        over.addWidget(self._title, 1, 0)
        over.addWidget(self._sample, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        over.addWidget(self._help, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        over.setColumnStretch(0, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(halo, px(15), halo, 0)
        foot.addWidget(self._back)
        foot.addWidget(self._kept, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(0)
        foot.addWidget(self._next)
        self._kept.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout()
        line.setContentsMargins(halo, 0, halo, 0)
        line.addWidget(hline(self.theme))
        right = self._right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(over)
        used = QHBoxLayout()
        used.setContentsMargins(halo, 0, halo, px(4))
        used.addWidget(self._used)
        used.addStretch(1)
        used.addWidget(self._moving)
        right.addLayout(used)
        right.addWidget(self._stack, 1)
        right.addWidget(self._banner)
        right.addLayout(line)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)


class _Words(QObject):
    """Carries what is being done from the background thread to this one."""

    said = Signal(str)
