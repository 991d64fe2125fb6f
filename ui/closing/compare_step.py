"""Step 2: what was counted beside what should be there, why they differ, and the paper that comes of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from pos.closing import MAX_REASON, REASON_ABOVE, Closing
from pos.drawer_count import COINS, NOTES
from pos.money import rupiah
from pos.receipts.blocks import Slip
from pos.text import _
from ui.closing.note_row import NoteRow, inset
from ui.fields import FieldMessage, TextField
from ui.flow import Flow
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.scroll import Scroll
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import Button, Chip, FitLabel, Panel, hline, label, set_color


class CompareStep(QWidget):
    """Shows a locked count. `close_wanted` tells the reason that was given."""

    close_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._needed = False
        self._rows = [NoteRow(value, theme, fixed=True) for value in (*NOTES, *COINS)]
        self._total = FitLabel("amount", theme, size=27)
        self._sums = QVBoxLayout()
        self._verdict = _Verdict(theme)
        self.reason = TextField(_("Why it differs"), theme, most=MAX_REASON)
        self._why = label("", "label", theme, color="text2", wrap=True)
        self._chips = [Chip(text, theme=theme) for text in _reasons()]
        self.message = FieldMessage(theme)
        self._close = Button(
            _("Close the shift & print Z"), keycap=keycap("main action"), large=True, theme=theme
        )
        self.paper = SlipView(theme)
        self._side = QWidget()
        self._list = Panel(theme)
        self._close.clicked.connect(self.close_shift)
        self.reason.edit.returnPressed.connect(self.close_shift)
        self.reason.edit.textEdited.connect(lambda _text: self._choose(None))
        for chip in self._chips:
            chip.clicked.connect(lambda _checked=False, chip=chip: self._choose(chip))
        inside = _Inside()
        self._around = QVBoxLayout(inside)
        self._under = Panel(theme)
        self._card = QVBoxLayout(self._under)
        self._lay_out(inside)

    def show_count(self, closing: Closing, paper: Slip) -> None:
        """Show a count that is locked: `closing` is what would be put down."""
        last = closing.counts[-1]
        for row in self._rows:
            row.show_pieces(last.notes.get(row.value, 0))
        self._total.setText(rupiah(last.total))
        self._show_sums(closing)
        self._verdict.show_difference(closing.difference)
        self._needed = abs(closing.difference) > REASON_ABOVE
        amount = rupiah(REASON_ABOVE)
        self._why.setText(_("Reason for the difference (needed above {amount})").format(amount=amount))
        self.say("")
        self.reason.edit.clear()
        self._choose(None)
        self.paper.show_paper(paper)

    def take_focus(self) -> None:
        """Where something is to be typed, or the button."""
        first = self.reason.edit if self._needed else self._close
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_shift(self) -> None:
        """The reason goes with it: the chip's word, what was typed, or both."""
        chosen = next((chip.text() for chip in self._chips if chip.isChecked()), "")
        typed = self.reason.edit.text().strip()
        said = ": ".join(part for part in (chosen, typed) if part)
        if self._needed and not said:
            self.say(_("Say why the drawer does not hold what it should."))
            return
        self.close_wanted.emit(said)

    def say(self, text: str) -> None:
        """What is in the way."""
        self.message.say(text)
        self.message.setVisible(bool(text))
        self.reason.set_error(bool(text))
        if text:
            self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the paper is shown when the shift is closed."""
        super().resizeEvent(event)
        px = self._theme.px
        self._side.setVisible(self.width() >= px(1080))
        self._list.setFixedWidth(px(400) if self.width() >= px(1080) else px(330))
        low = self.height() < px(560)
        self._verdict.setFixedHeight(px(58 if low else 78))
        self._around.setSpacing(px(8 if low else 12))
        self._card.setContentsMargins(px(20), px(8 if low else 14), px(20), px(8 if low else 14))
        self._sums.setContentsMargins(px(20), px(8 if low else 18), px(20), px(6 if low else 16))

    def _choose(self, chip: Chip | None) -> None:
        if chip is None and not self.reason.edit.text():
            for other in self._chips:
                other.setChecked(False)
        for other in self._chips:
            if chip is not None and other is not chip:
                other.setChecked(False)
        if chip is not None:
            self.say("")
            if chip is self._chips[-1] and chip.isChecked():
                self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sums(self, closing: Closing) -> None:
        theme, drawer = self._theme, closing.report["drawer"]
        while item := self._sums.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        shown = [
            (_("Float"), drawer["float"], 1),
            (_("Cash sales ({count})").format(count=drawer["sales"]["count"]), drawer["sales"]["amount"], 1),
        ]
        seldom = (
            (_("Cash given back"), "back", -1),
            (_("Cash deposits"), "deposits", 1),
            (_("Cash in"), "in", 1),
            (_("Cash out"), "out", 1),
            (_("To the treasurer"), "bank", 1),
            (_("Paid to institutions"), "remitted", -1),
        )
        shown += [(name, drawer[key]["amount"], sign) for name, key, sign in seldom if drawer[key]["count"]]
        expected, counted = rupiah(closing.expected), rupiah(closing.counted or 0)
        rows = (
            *(_Sum(name, rupiah(sign * amount), theme) for name, amount, sign in shown),
            hline(theme),
            _Sum(_("Should be in the drawer"), expected, theme, large=True),
            _Sum(_("Counted"), counted, theme, large=True),
        )
        for place, row in enumerate(rows):
            if place:
                self._sums.addItem(_gap(theme))
            self._sums.addWidget(row)

    def _lay_out(self, inside: QWidget) -> None:
        theme, px = self._theme, self._theme.px
        middle = self._around
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(px(12))
        top = Panel(theme)
        top.setLayout(self._sums)
        self._sums.setSpacing(px(2))
        middle.addWidget(top)
        middle.addWidget(self._verdict)
        self._fill_card()
        middle.addWidget(self._under, 1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(2))
        name = label(_("Preview of the Z report"), "label", theme, color="text2")
        name.setContentsMargins(px(4), 0, 0, 0)
        side.addWidget(name)
        side.addWidget(self.paper, 1)
        self._side.setFixedWidth(px(340))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self._lay_out_list()
        row.addWidget(self._list)
        row.addWidget(Scroll(inside, over=False), 1)
        row.addWidget(self._side)

    def _lay_out_list(self) -> None:
        theme, px = self._theme, self._theme.px
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, px(4), 0, 0)
        rows.setSpacing(0)
        for row in self._rows:
            rows.addWidget(row, 1)
            rows.addWidget(inset(hline(theme), px(16)))
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(3), px(16), px(3))
        name = label(_("Counted in all"), "bodyLarge", theme)
        name.setFont(theme.font("title", 16))
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(name)
        foot.addWidget(self._total, 1)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(1, px(2), 1, px(10))
        column.setSpacing(px(8))
        column.addWidget(Scroll(inside, over=False), 1)
        column.addLayout(foot)

    def _fill_card(self) -> None:
        px = self._theme.px
        chips = Flow(px(8), 0)
        for chip in self._chips:
            chip.margin = (chip.height() - px(40)) // 2  # 40 px are painted, 48 can be touched
            chips.add(chip)
        self._card.setSpacing(px(8))
        for part in (self._why, chips, self.reason, self.message):
            self._card.addWidget(part)
        self._card.addStretch(1)
        self._card.addWidget(self._close)


class _Inside(QWidget):
    """Gives way as far as its layout can before it is scrolled; Qt asks how high it would like to be."""

    def heightForWidth(self, width: int) -> int:
        """The least, in px."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else -1


class _Sum(QWidget):
    """A name and an amount at the right."""

    def __init__(self, name: str, amount: str, theme: Theme, *, large: bool = False) -> None:
        super().__init__()
        left = label(name, "bodyLarge", theme, color="text" if large else "text2")
        left.setFont(theme.font("title", 16) if large else theme.font("bodyLarge", 15))
        right = FitLabel("amount" if large else "bodyLarge", theme, size=25 if large else 15)
        set_color(right, theme.color("text" if large else "text2"))
        right.setText(amount)
        right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(left)
        row.addWidget(right, 1)


class _Verdict(QWidget):
    """Short, over, or right: a word, an icon and the amount; the colour only says it once more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fill, self._edge = "surface", "border"
        self._icon = QLabel()
        self._word = label("", "title", theme)
        self._amount = FitLabel("amountLarge", theme, size=38)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(2), theme.px(20), theme.px(2))
        row.setSpacing(theme.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._word)
        row.addWidget(self._amount, 1)
        self.setMinimumHeight(theme.px(78))

    def show_difference(self, difference: int) -> None:
        """In Rupiah; below 0 it is short."""
        looks = {
            -1: (_("Short"), "circle-minus", "dangerSoft", "dangerBorder", "onDangerSoft"),
            0: (_("As it should be"), "circle-check", "primarySoft", "primarySoft", "onPrimarySoft"),
            1: (_("Over"), "triangle-alert", "warnSoft", "warnBorder", "onWarnSoft"),
        }
        word, icon, self._fill, self._edge, ink = looks[(difference > 0) - (difference < 0)]
        theme = self._theme
        self._icon.setPixmap(icon_pixmap(icon, theme.px(24), theme.color(ink), self.devicePixelRatioF()))
        self._word.setText(word)
        self._amount.setText(rupiah(abs(difference)))
        self.setAccessibleName(f"{word} {rupiah(abs(difference))}")
        for text in (self._word, self._amount):
            set_color(text, theme.color(ink))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card in its colour."""
        theme, radius = self._theme, self._theme.radius("card")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color(self._fill))
        painter.setPen(QPen(theme.color(self._edge), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _gap(theme: Theme) -> QSpacerItem:
    """What two lines of the sums stand further apart where there is room."""
    return QSpacerItem(0, theme.px(6), QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)


def _reasons() -> tuple[str, ...]:
    """The usual ones; the last means that it is told in words."""
    return _("Wrong change"), _("Coins were missing"), _("Not written down"), _("Something else")
