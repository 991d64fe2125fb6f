"""The line below the goods, when there is one: the goods get that much lower and stay where they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget


class Below:
    """Holds one widget at the foot of `pane`; `arrange` lays the pane out anew."""

    def __init__(self, pane: QWidget, arrange: Callable[[], object]) -> None:
        self._pane, self._arrange = pane, arrange
        self._line: QWidget | None = None

    def put(self, line: QWidget) -> None:
        """Show this one in place of the former."""
        self.clear()
        self._line = line
        line.setParent(self._pane)
        line.lower()  # whatever covers the goods covers it too
        line.show()
        self._arrange()

    def clear(self) -> bool:
        """Take it away. False when there was none."""
        former, self._line = self._line, None
        if former is None:
            return False
        former.hide()
        former.deleteLater()
        self._arrange()
        return True

    def lay(self) -> int:
        """Lay it at the foot; where it begins, in px from the top of the pane."""
        width, end = self._pane.width(), self._pane.height()
        if self._line:
            end -= self._line.height()
            self._line.setGeometry(0, end, width, self._line.height())
        return end
