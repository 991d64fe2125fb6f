"""What the page of reports shows: figures, a table, nothing; before these the receipts behind a part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

FIGURES, TABLE, NOTHING, BEHIND = range(4)


class Faces(QStackedWidget):
    """Whoever goes behind a figure comes back to where the eye and the keyboard were."""

    def __init__(self, faces: tuple[QWidget, QWidget, QWidget, QWidget], right: int) -> None:
        """`right`: px that all but the first leave free at the right; that has its scroll bar there."""
        super().__init__()
        self._under = FIGURES
        self._focus: QWidget | None = None
        for number, face in enumerate(faces):
            around = face
            if number != FIGURES:
                around = QWidget()
                row = QHBoxLayout(around)
                row.setContentsMargins(0, 0, right, 0)
                row.addWidget(face)
            self.addWidget(around)

    @property
    def is_behind(self) -> bool:
        """Whether the receipts behind a figure are in sight."""
        return self.currentIndex() == BEHIND

    def show_face(self, number: int) -> None:
        """Another one; what is in front of it stays there."""
        self._under = number
        if not self.is_behind:
            self.setCurrentIndex(number)

    def go_behind(self) -> None:
        """In front of what is shown now."""
        if not self.is_behind:
            self._focus = QApplication.focusWidget()
            self._under = self.currentIndex()
            self.setCurrentIndex(BEHIND)

    def go_back(self) -> bool:
        """To where one was; whether one was anywhere else."""
        if not self.is_behind:
            return False
        self.setCurrentIndex(self._under)
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.TabFocusReason)
        return True
