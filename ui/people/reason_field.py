"""Why: a few chips with the usual reasons, and a field for every other one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.fields import FieldMessage, TextField
from ui.theme import Theme
from ui.widgets import Chip, label

MAX_REASON = 120  # characters, as pos.approvals and pos.refunds keep


class ReasonField(QWidget):
    """`chosen` tells that a usual reason was chosen, `entered` that Enter was pressed in the field."""

    chosen = Signal()
    entered = Signal()

    def __init__(self, usual: Sequence[str], theme: Theme, *, room: int) -> None:
        """`room` is the width in px at 100 % that the chips may take."""
        super().__init__()
        self.theme = theme
        self.field = TextField(_("Reason"), theme, most=MAX_REASON)
        self.field.setFixedHeight(theme.size("touchMin"))
        self.field.edit.setPlaceholderText(_("Another reason") if usual else _("Reason"))
        self.field.edit.textEdited.connect(self._typed)
        self.field.edit.returnPressed.connect(self.entered)
        self._message = FieldMessage(theme)
        self._message.hide()
        self.chips = [Chip(text, theme=theme) for text in usual]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(label(_("Reason"), "label", theme, color="text2"))
        for row in _rows(self.chips, theme.px(room), theme.px(8)):
            line = QHBoxLayout()
            line.setSpacing(theme.px(8))
            for chip in row:
                chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                chip.clicked.connect(lambda _on=False, chip=chip: self._choose(chip))
                line.addWidget(chip)
            line.addStretch(1)
            column.addLayout(line)
        column.addWidget(self.field)
        column.addWidget(self._message)

    @property
    def text(self) -> str:
        """The reason as it stands; empty when there is none yet."""
        chosen = next((chip.text() for chip in self.chips if chip.isChecked()), "")
        return self.field.edit.text().strip() or chosen

    def set_text(self, text: str) -> None:
        """Show a reason that is there already."""
        for chip in self.chips:
            chip.setChecked(chip.text() == text)
        self.field.edit.setText("" if any(chip.isChecked() for chip in self.chips) else text)

    def ask(self) -> None:
        """One is needed."""
        self._message.say(_("Choose a reason first."))
        self._message.show()

    def _choose(self, chosen: Chip) -> None:
        for chip in self.chips:
            chip.setChecked(chip is chosen)
        self.field.edit.clear()
        self._message.hide()
        self.chosen.emit()

    def _typed(self) -> None:
        for chip in self.chips:
            chip.setChecked(False)
        self._message.hide()


def _rows(chips: Sequence[Chip], room: int, gap: int) -> list[list[Chip]]:
    """The chips in as few rows as fit into `room` px."""
    rows: list[list[Chip]] = []
    left = 0
    for chip in chips:
        width = chip.sizeHint().width()
        if not rows or width > left:
            rows.append([])
            left = room
        rows[-1].append(chip)
        left -= width + gap
    return rows
