"""Step 1: the drawer is counted by value, and nothing on the screen says what should be there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos.drawer_count import COINS, NOTES
from pos.money import plain, rupiah
from pos.text import _
from ui.closing.note_row import NoteRow, inset, unit_name
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.numpad import BACK, PadKey
from ui.scroll import Scroll
from ui.theme import Theme
from ui.widgets import Button, FitLabel, Panel, hline, label

KEEP_MS = 300  # after the latest key, before what is typed is put down
_PAD = ("7", "8", "9", "4", "5", "6", "1", "2", "3", BACK, "0")


class CountStep(QWidget):
    """Ten fields and a number pad. `locked` tells the pieces by value; `typed` what is to be kept of them."""

    locked = Signal(object)
    typed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = [NoteRow(value, theme) for value in (*NOTES, *COINS)]
        self._at = 0
        self._sum = FitLabel("amount", theme, size=27)
        self._which = label("", "label", theme, color="text2")
        self._shown = FitLabel("amount", theme, size=28)
        self._hint = label("", "body", theme, color="text2", wrap=True)
        self._next = Button(_("Onward"), kind="soft", keycap="Enter", theme=theme)
        self._lock = Button(
            _("Lock the count"), icon="lock", keycap=keycap("main action"), large=True, theme=theme
        )
        self._area = Scroll(over=False)
        self._cards: list[QWidget] = []
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self.flush)
        self._lock.clicked.connect(self.lock)
        self._next.clicked.connect(self.go_on)
        for place, row in enumerate(self.rows):
            if row.field:
                row.field.changed.connect(lambda row=row: self._change(row))
                row.field.entered.connect(self.go_on)
                row.field.wanted.connect(lambda place=place: self._come_to(place))
                row.field.edit.installEventFilter(self)
        self._lay_out()

    @property
    def pieces(self) -> Mapping[int, int]:
        """What is typed, by value."""
        return {row.value: row.pieces for row in self.rows if row.pieces}

    def start(self, pieces: Mapping[int, int], told: str = "", *, again: bool = False) -> None:
        """Go on with what was typed before; `again` from the top. `told` is why it is counted once more."""
        for row in self.rows:
            if row.field:
                row.field.set_pieces(pieces.get(row.value, 0))
                row.show_pieces(row.field.pieces)
        blind = _(
            "Type how many there are of each. What should be there is shown after the count is locked, "
            "so that it is honest."
        )
        self._hint.setText(f"{told} {blind}" if told else blind)
        empty = next((place for place, row in enumerate(self.rows) if not row.pieces), 0)
        self._come_to(0 if again else empty)
        self._add_up()

    def take_focus(self) -> None:
        """The keyboard is in the field that is next."""
        field = self.rows[self._at].field
        if field:
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            field.edit.selectAll()

    def go_on(self) -> None:
        """To the next field; from the last one to the button."""
        if self._at + 1 < len(self.rows):
            self._at += 1
            self.take_focus()
        else:
            self._lock.setFocus(Qt.FocusReason.TabFocusReason)

    def lock(self) -> None:
        """What is typed is the count."""
        self._keep.stop()
        self.locked.emit(self.pieces)

    def flush(self) -> None:
        """Put down what is typed, now."""
        if self._keep.isActive() or self.sender() is self._keep:
            self._keep.stop()
            self.typed.emit(self.pieces)

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Arrows go up and down the fields."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and 0 <= self._at + step < len(self.rows):
                self._at += step
                self.take_focus()
            return bool(step)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the pad is narrower."""
        super().resizeEvent(event)
        px = self._theme.px
        wide = px(400) if self.width() >= px(1150) else px(320)
        for card in self._cards:
            card.setFixedWidth(wide)
        low = self.height() < px(600)
        self._hint.setVisible(not low)
        self._cards[0].setVisible(not low or bool(self._hint.text()))

    def _press(self, key: str) -> None:
        field = self.rows[self._at].field
        if field:
            if not field.edit.hasFocus():
                self.take_focus()
            field.press(key)

    def _change(self, row: NoteRow) -> None:
        row.show_pieces(row.pieces)
        self._add_up()
        self._keep.start()

    def _come_to(self, place: int) -> None:
        self._at = place
        self._area.ensureWidgetVisible(self.rows[place])
        self._add_up()

    def _add_up(self) -> None:
        row = self.rows[self._at]
        self._which.setText(_("Value {value}").format(value=plain(row.value)))
        self._shown.setText(f"{plain(row.pieces)} {unit_name(row.value)}")
        self._sum.setText(rupiah(sum(value * count for value, count in self.pieces.items())))

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        right = QVBoxLayout()
        right.setSpacing(px(12))
        self._cards = [self._hint_card(), self._pad_card(), self._lock]
        right.addWidget(self._cards[0])
        right.addWidget(self._cards[1], 1)
        right.addWidget(self._cards[2])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addWidget(self._list_card(), 1)
        row.addLayout(right)
        self.setTabOrder(self.rows[-1], self._lock)
        self._next.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter in a field does the same
        self.setMinimumHeight(theme.px(200))

    def _list_card(self) -> Panel:
        theme, px = self._theme, self._theme.px
        card, inside = Panel(theme), QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, px(4), 0, 0)
        rows.setSpacing(0)
        for row in self.rows:
            rows.addWidget(row, 1)
            rows.addWidget(inset(hline(theme), px(16)))
        self._area.hold(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(3), px(16), px(3))
        foot.addWidget(_bold(label(_("Counted in all"), "bodyLarge", theme), theme))
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._sum, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, px(2), 1, px(10))
        column.setSpacing(px(8))
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        return card

    def _hint_card(self) -> Panel:
        theme, px = self._theme, self._theme.px
        card, icon = Panel(theme), QLabel()
        icon.setPixmap(icon_pixmap("eye-off", px(22), theme.color("text2"), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(icon)
        title = label(_("Count first, figures come after"), "bodyLarge", theme, wrap=True)
        head.addWidget(_bold(title, theme), 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._hint)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        return card

    def _pad_card(self) -> Panel:
        theme, px = self._theme, self._theme.px
        card, grid = Panel(theme), QGridLayout()
        grid.setSpacing(px(8))
        for place, key in enumerate(_PAD):
            button = PadKey(key, theme)
            button.clicked.connect(lambda _checked=False, key=key: self._press(key))
            grid.addWidget(button, place // 3, place % 3)
        self._next.setMinimumHeight(theme.size("touchMin"))
        self._next.setMaximumHeight(16777215)  # QWIDGETSIZE_MAX
        self._next.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        grid.addWidget(self._next, 3, 2)
        for third in range(3):
            grid.setColumnStretch(third, 1)
        for quarter in range(4):
            grid.setRowStretch(quarter, 1)
        head = QHBoxLayout()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._which)
        self._which.setMinimumHeight(px(40))
        head.addWidget(self._shown, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(8), px(16), px(14))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(grid, 1)
        return card


def _bold(text: QLabel, theme: Theme) -> QLabel:
    text.setFont(theme.font("title", 16))
    return text
