"""What the window holds when a ledger is open: the menu, the screen that was chosen, the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.app import App
from ui.rail import Rail, RailButton
from ui.screens import SCREENS
from ui.status_bar import StatusBar
from ui.till.desk import Desk


class Frame(QWidget):
    """Menu, screens, status bar. It only switches screens."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.rail = Rail(app.theme)
        self.status = StatusBar(app)
        self.screens = QStackedWidget()
        self.buttons: list[RailButton] = []
        self._made: dict[int, Desk] = {}
        self.setStyleSheet(app.theme.qss())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.screens, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        for number, screen in enumerate(SCREENS):
            button = RailButton(screen.name(), screen.icon, app.theme, enabled=screen.make is not None)
            button.clicked.connect(lambda _checked=False, number=number: self.choose(number))
            self.buttons.append(button)
            self.rail.add(button)
        app.shift_changed.connect(lambda: self.rail.show_cashier(app.cashier.name))
        self.rail.show_cashier(app.cashier.name)
        self.choose(0)

    @property
    def desk(self) -> Desk:
        """The till."""
        return self._made[0]

    def choose(self, number: int) -> None:
        """Show screen `number` of the menu; the till, chosen once more, begins the next sale."""
        make = SCREENS[number].make
        if make is None:
            return
        if number not in self._made:
            self._made[number] = make(self.app)
            self.screens.addWidget(self._made[number])
        self.buttons[number].setChecked(True)
        self.rail.update()
        self.screens.setCurrentWidget(self._made[number])
        self._made[number].begin_sale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody wanted go to the screen that is shown; Ctrl with a digit chooses one."""
        number = event.key() - Qt.Key.Key_1
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and 0 <= number < len(SCREENS):
            self.choose(number)
        else:
            self.desk.keyPressEvent(event)
